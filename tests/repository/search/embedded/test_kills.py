"""The writer may die at any moment: what was committed stays readable, and the next writer carries on.

A process of its own forks a writer, says its number, and forks the next one when it was killed.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository.search.documents import SearchQuery
from repository.search.embedded import writer
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import a_document, an_index, many_documents

KILLS = 20
LATEST_SECONDS = 0.3
DOCUMENTS = 400

FORKER = """
import os, sys
from pathlib import Path
from repository.search.embedded import merging
from repository.search.embedded.index import WhooshIndex
from repository.search.engine import Position
from tests.repository.search.builders import a_document, many_documents

DOCUMENTS = many_documents(400)

def update(index):
    position = index.position()
    for number in range(position.change_id + 1, 1_000_000):
        change = a_document(f"Lần {number}", id=number % 20 + 1, kind="question")
        index.update([change], position=Position(position.generation, number))

def rebuild(index):
    while True:
        index.rebuild(DOCUMENTS, change_id=0)

def merge(index):
    for number in range(1_000_000):
        some = [a_document(f"Gộp {k}", id=k + 1, kind="question") for k in range(number % 5 * 70, number % 5 * 70 + 70)]
        index.update(some)
        index.tidy()

for line in sys.stdin:
    work, folder = line.split()
    number = os.fork()
    if not number:
        globals()[work](WhooshIndex(Path(folder)))
    print(number, flush=True)
    os.waitpid(number, 0)
    print("dead", flush=True)
"""


@pytest.fixture(scope="module")
def forker() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "ignore", "-c", FORKER]
    root = Path(__file__).parents[4]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def kill_after(forker: subprocess.Popen[str], work: str, folder: Path, seconds: float) -> None:
    assert forker.stdin and forker.stdout
    forker.stdin.write(f"{work} {folder}\n")
    forker.stdin.flush()
    number = int(line_of(forker))
    time.sleep(seconds)
    os.kill(number, signal.SIGKILL)
    assert line_of(forker) == "dead"


def line_of(forker: subprocess.Popen[str]) -> str:
    """What the forker says, without what the log says beside it."""
    assert forker.stdout
    for line in forker.stdout:
        if line.strip().isdigit() or line.strip() == "dead":
            return line.strip()
    raise AssertionError("the forker ended")


def moments(work: str) -> list[float]:
    chance = random.Random(work)
    return [chance.uniform(0, LATEST_SECONDS) for _ in range(KILLS)]


def all_titles(index: WhooshIndex) -> dict[tuple[str, int], str]:
    titles: dict[tuple[str, int], str] = {}
    page = index.find(SearchQuery("", limit=100, wants_highlights=False))
    for _ in range(20):
        titles |= {(hit.kind, hit.id): hit.title for hit in page.hits}
        if page.next is None:
            return titles
        page = index.find(SearchQuery("", limit=100, after=page.next, wants_highlights=False))
    raise AssertionError("too many pages")


def check_sound(index: WhooshIndex) -> None:
    current = index.generations.current()
    assert current
    writer.check(current)
    found = index.find(SearchQuery("", limit=100))
    assert found.total == index.state().documents
    assert len({(hit.kind, hit.id) for hit in found.hits}) == 100


def test_a_writer_killed_at_an_update_has_done_what_its_position_says(
    tmp_path: Path, forker: subprocess.Popen[str]
) -> None:
    an_index(tmp_path).rebuild(many_documents(DOCUMENTS), change_id=0)
    reader = WhooshIndex(tmp_path)
    for seconds in moments("update"):
        kill_after(forker, "update", tmp_path, seconds)
        check_sound(reader)
        position = reader.position()
        assert position
        titles = all_titles(reader)
        for number in range(max(1, position.change_id - 19), position.change_id + 1):
            done = int(titles["question", number % 20 + 1].split()[1])
            assert done == number or done == position.change_id + 1 == number + 20


def test_a_rebuild_killed_at_any_moment_leaves_a_whole_index(tmp_path: Path, forker: subprocess.Popen[str]) -> None:
    reader = an_index(tmp_path, *many_documents(DOCUMENTS))
    for seconds in moments("rebuild"):
        kill_after(forker, "rebuild", tmp_path, seconds)
        check_sound(WhooshIndex(tmp_path))
        assert reader.find(SearchQuery("", limit=0)).total == DOCUMENTS
    reader.rebuild(many_documents(DOCUMENTS))
    assert len(list(tmp_path.glob("g*-*/"))) == 2


def test_a_merge_killed_at_any_moment_loses_nothing(tmp_path: Path, forker: subprocess.Popen[str]) -> None:
    reader = an_index(tmp_path, *many_documents(DOCUMENTS))
    before = all_titles(reader).keys()
    for seconds in moments("merge"):
        kill_after(forker, "merge", tmp_path, seconds)
        check_sound(WhooshIndex(tmp_path))
        assert all_titles(reader).keys() >= before
    reader.update([a_document("Viết tiếp được", id=5000)])
    reader.tidy()
    assert reader.find(SearchQuery("viết tiếp được")).hits[0].id == 5000
