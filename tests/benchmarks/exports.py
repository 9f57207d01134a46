"""Measures exports of the whole bank, a format after the other: ``python -m tests.benchmarks.exports --data DIR``.

``DIR`` holds a full demo library (``hoclieu demo --full --build-only --data DIR``); it is copied, never written to.
Every export is a command in a process of its own.
"""

import argparse
import platform
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizbank.questions.formats.writers import WRITERS
from repository.settings import available_cores
from tests.benchmarks.__main__ import Measure, show
from tests.benchmarks.questions import command

MOST_MEGABYTES = 400


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.exports", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with a full demo library")
    parser.add_argument("--format", action="append", help="only this format; may be given several times")
    given = parser.parse_args()
    print(f"\n{platform.machine()}, {available_cores()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="hoclieu-bench-") as folder:
        data = Path(folder) / "full"
        shutil.copytree(given.data, data)
        command(data, "db", "upgrade")
        show("Questions: export", list(measure_exports(data, given.format or [one.id for one in WRITERS])))


def measure_exports(data: Path, forms: Sequence[str]) -> Iterator[Measure]:
    """The whole bank in each format; memory is that of the process with the pages of the database it has mapped."""
    for form in forms:
        path = data / f"bank.{form}"
        run = command(data, "export", "questions", "--format", form, "-o", str(path))
        size = f"{path.stat().st_size / 1e6:.0f} MB"
        is_small = run.megabytes <= MOST_MEGABYTES
        yield Measure(f"`--format {form}`, {size}", str(run), f"{MOST_MEGABYTES} MB", is_small)


if __name__ == "__main__":
    main()
