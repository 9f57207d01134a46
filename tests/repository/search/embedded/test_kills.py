"""The writer may die at any moment: what was committed stays readable, and the next writer carries on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from repository.search.documents import SearchQuery
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import a_document, an_index, many_documents

WRITER = """
import sys
from pathlib import Path
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import a_document, many_documents
index = WhooshIndex(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(10_000):
    if sys.argv[2] == "rebuild":
        index.rebuild(many_documents(200))
    else:
        index.update([a_document(f"Lần {number}", id=number % 20 + 1, kind="question")])
"""


@pytest.mark.parametrize("work", ["update", "rebuild"])
@pytest.mark.parametrize("delay_ms", [5, 40, 90, 160, 333])
def test_a_killed_writer_leaves_a_readable_index(tmp_path: Path, work: str, delay_ms: int) -> None:
    an_index(tmp_path, *many_documents(200))
    command = [sys.executable, "-W", "ignore", "-c", WRITER, str(tmp_path), work]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as writer:
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(delay_ms / 1000)
        os.kill(writer.pid, signal.SIGKILL)
    index = WhooshIndex(tmp_path)
    found = index.find(SearchQuery("", limit=100))
    assert found.total == index.state().documents >= 200
    assert len({(hit.kind, hit.id) for hit in found.hits}) == 100
    index.update([a_document("Viết tiếp được", id=5000)])
    assert index.find(SearchQuery("viết tiếp được")).hits[0].id == 5000
