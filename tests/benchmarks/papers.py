"""How fast papers are printed: ``python -m tests.benchmarks.papers --data DIR``.

``DIR`` holds a full demo library (``hoclieu demo --full --build-only --data DIR``); it is copied, never written to.
A quiz is built for every exam format of 2025 that the bank can fill, with 24 codes; then its papers are made from the
database to the last byte. Of the time both the wall's and the processor's (this process and those it started) are
shown, medians of several rounds.
"""

import argparse
import os
import platform
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from quizbank.demo.people import read_cast
from quizbank.jobs import open_services
from quizbank.matrices.formats import ExamFormat, exam_formats, matrix_of
from quizbank.matrices.rules import Cell
from quizbank.questions.exporting import media_of
from quizbank.quizzes.building import build_quiz
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.papers.paper import Paper, PaperOptions
from quizbank.quizzes.papers.pdf import Media, PdfFiles, PdfKind, pdf_files
from quizbank.quizzes.papers.queries import papers_of
from quizbank.quizzes.variant_actions import add_variants
from repository.db import writing
from repository.errors import HocLieuError
from repository.jobs import utc_now
from repository.permissions import Actor
from repository.services import Services
from repository.settings import available_cores
from tests.benchmarks.__main__ import Measure, show
from tests.benchmarks.questions import command

CODES = tuple(str(code) for code in range(101, 125))
LIMIT_SECONDS = 4.0
ROUNDS = 5
KINDS = (PdfKind.PAPER, PdfKind.KEYS)
MAIN_SUBJECTS = ("toan", "vat-li", "tieng-anh")


@dataclass(frozen=True)
class Time:
    """Seconds by the wall and of the processor, medians of some rounds."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processor:.2f} s of processor)"


def main() -> None:
    run("papers", __doc__, "24 codes of a paper as PDF", measure_pdf)


def run(name: str, told: str | None, title: str, measure: Callable[[Services, int], Iterator[Measure]]) -> None:
    """Measure on a copy of a full library, as the command line says, and print the table."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.benchmarks.{name}", description=told)
    parser.add_argument("--data", type=Path, required=True, help="a folder with a full demo library")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print(f"\n{platform.machine()}, {available_cores()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="hoclieu-bench-") as folder:
        data = Path(folder) / "full"
        shutil.copytree(given.data, data)
        command(data, "db", "upgrade")
        os.environ["HOCLIEU_DATA_DIR"] = str(data)
        show(title, list(measure(open_services(), given.rounds)))


def measure_pdf(services: Services, rounds: int) -> Iterator[Measure]:
    """Papers with keys from the database to the last byte, and for a few subjects what else there is."""
    media = media_of(services.store)
    for form in (one for one in exam_formats() if one.exam == "tot-nghiep-2025"):
        with services.sessions() as session:
            actor = read_cast(session).teachers[0]
            quiz = a_printable_quiz(session, actor, form)
            if quiz is None:
                yield Measure(f"{form.id}: the bank can't fill it", "–")
                continue
            took, made = timed(partial(print_all, session, actor, quiz.id, media), rounds)
            size = sum(len(file.data) for file in made.files) / 1e6
            what = f"{form.id}: {len(quiz.items)} questions, 24 codes and the key table, {size:.1f} MB"
            yield Measure(what, str(took), f"{LIMIT_SECONDS:.0f} s", took.wall <= LIMIT_SECONDS)
            if form.subject in MAIN_SUBJECTS:
                papers = keyed(session, actor, quiz.id)
                one, _ = timed(partial(pdf_files, papers[:1], media), rounds)
                yield Measure(f"{form.id}: one code", str(one))
                booklets, _ = timed(partial(pdf_files, papers, media, (PdfKind.SOLUTIONS,)), rounds)
                yield Measure(f"{form.id}: 24 booklets of solutions", str(booklets))
            session.rollback()


def a_printable_quiz(session: Session, actor: Actor, form: ExamFormat) -> Quiz | None:
    """A quiz with 24 codes that nobody keeps; None where the bank has too few questions, whatever their level."""
    matrix = matrix_of(form, form.id)
    plain = replace(matrix, cells=tuple(Cell(None, None, part.type, part.count, part.marks) for part in form.parts))
    for wanted in (matrix, plain):
        writing(session)
        try:
            quiz = build_quiz(session, actor, wanted, seed=7, now=utc_now())
        except HocLieuError:
            session.rollback()
            continue
        add_variants(session, actor, quiz.id, CODES, now=utc_now())
        session.flush()
        return quiz
    return None


def print_all(session: Session, actor: Actor, quiz_id: int, media: Media) -> PdfFiles:
    session.expire_all()
    return pdf_files(keyed(session, actor, quiz_id), media, KINDS)


def keyed(session: Session, actor: Actor, quiz_id: int) -> list[Paper]:
    return papers_of(session, actor, quiz_id, CODES, PaperOptions(with_keys=True))


def timed(make: Callable[[], PdfFiles], rounds: int) -> tuple[Time, PdfFiles]:
    walls, processors = [], []
    made = make()
    for _ in range(rounds):
        wall, processor = time.perf_counter(), processor_seconds()
        made = make()
        walls.append(time.perf_counter() - wall)
        processors.append(processor_seconds() - processor)
    return Time(statistics.median(walls), statistics.median(processors)), made


def processor_seconds() -> float:
    """Of this process and of those it started and waited for."""
    kinds = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in kinds)


if __name__ == "__main__":
    main()
