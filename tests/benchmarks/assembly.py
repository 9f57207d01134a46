"""Measures papers assembled from the whole bank: ``python -m tests.benchmarks.assembly --data DIR``.

``DIR`` holds a full demo library (``hoclieu demo --full --build-only --data DIR``); it is copied, never written to. Its
questions get answers of their own, so that they differ in difficulty: a share of marks around what is expected of their
level and type (standard deviation 0.16), from 20 to 320 answers each, the same in every run.
"""

import argparse
import datetime as dt
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.models import Question, QuestionStatistics, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.assembly.assemble import Form, assemble
from quizbank.quizzes.assembly.feasibility import check_feasible
from quizbank.quizzes.assembly.supplies import Locked
from quizbank.quizzes.assembly.targets import NO_TARGETS, Information, Targets
from quizbank.quizzes.building import build_quiz
from quizbank.quizzes.dice import Dice
from quizbank.quizzes.estimates import estimates_of
from quizbank.quizzes.stock_reading import StockKeeper
from repository.db import make_engine
from repository.permissions import SYSTEM
from repository.settings import available_cores
from tests.benchmarks.__main__ import Measure, show
from tests.benchmarks.questions import command

SEEDS = range(200)
FORMS = 24
TOLERANCE = 0.003
SPREAD = 0.16
COUNTS = {"toan.l10": (5, 4, 3), "toan.l11": (5, 4, 3), "toan.l12": (6, 4, 6)}
LEVELS = ("biet", "hieu", "van-dung")
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.assembly", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with a full demo library")
    given = parser.parse_args()
    print(f"\n{platform.machine()}, {available_cores()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="hoclieu-bench-") as folder:
        data = Path(folder) / "full"
        shutil.copytree(given.data, data)
        command(data, "db", "upgrade")
        engine = make_engine(f"sqlite:///{data / 'hoclieu.sqlite'}")
        with Session(engine) as session:
            answer_all(session)
            show("From matrix to quiz: assembly", list(measure(session)))


def a_matrix(counts: dict[str, tuple[int, ...]] | None = None) -> Matrix:
    """Forty questions of Toán in nine cells: three grades, three levels."""
    cells = [
        Cell(topic, level, QuestionType.SINGLE_CHOICE, count, Decimal("0.25"))
        for topic, row in (counts or COUNTS).items()
        for level, count in zip(LEVELS, row, strict=True)
    ]
    return Matrix("Bốn mươi câu", "toan", None, "gdpt-2018", 90, tuple(cells))


def answer_all(session: Session) -> None:
    """Give every question answers that differ from what is expected of its kind."""
    session.query(QuestionStatistics).delete()
    ids = list(session.scalars(select(Question.id).order_by(Question.id)))
    dice = Dice("answers")
    for id, estimate in estimates_of(session, ids).items():
        noise = sum(dice.below(2001) - 1000 for _ in range(12)) / 2000
        share = min(max(estimate.right_fraction + SPREAD * noise, 0.03), 0.97)
        counts = {"uses": 40, "answers": 20 + dice.below(300), "wrong_fraction": 1 - share}
        session.execute(insert(QuestionStatistics).values(question_id=id, **counts))
    session.commit()


def measure(session: Session) -> Iterator[Measure]:
    matrix = a_matrix()
    yield _cold(session)
    plain, plain_times = papers(session, matrix, NO_TARGETS)
    middle = sum(plain) / len(plain)
    inside = _inside(plain, middle)
    yield Measure("one form of 40, plain draw, pool included", _told(plain_times), "", _is_under(plain_times, 0.020))
    yield Measure(f"of these within ± {TOLERANCE} of the bank's mean share", f"{inside:.0%}", "about 9 %", inside < 0.2)
    aimed, times = papers(session, matrix, Targets(difficulty=middle, tolerance=TOLERANCE))
    inside = _inside(aimed, middle)
    yield Measure("the same with that as its target", _told(times), "20 ms", _is_under(times, 0.020))
    yield Measure("of these within the target", f"{inside:.0%}", "100 %", inside == 1)
    harder, times = papers(session, matrix, Targets(difficulty=middle - 0.06, tolerance=TOLERANCE))
    inside = _inside(harder, middle - 0.06)
    yield Measure("the same, 0.6 marks harder", f"{_told(times)}, {inside:.0%} within", "", inside == 1)
    yield _informed(session, matrix, middle)
    yield _built(session, matrix, middle)
    yield from _forms(session, matrix)
    yield from _changed(session, matrix, middle)
    yield from _infeasible(session)


def papers(session: Session, matrix: Matrix, targets: Targets) -> tuple[list[float], list["Times"]]:
    """The mean shares and the seconds of a form for each seed."""
    shares: list[float] = []
    times: list[Times] = []
    for seed in SEEDS:
        clock = Clock()
        [form] = assemble(session, SYSTEM, matrix, targets, seed)
        times.append(clock.read())
        shares.append(mean_share(form))
    return shares, times


def mean_share(form: Form) -> float:
    """All questions of these matrices have the same marks."""
    return sum(one.share for one in form.chosen) / len(form.chosen)


def _inside(shares: Sequence[float], middle: float) -> float:
    return sum(abs(share - middle) <= TOLERANCE + 1e-9 for share in shares) / len(shares)


class Times(NamedTuple):
    """Seconds by the wall and of the processor."""

    wall: float
    processor: float


class Clock:
    def __init__(self) -> None:
        self.began = Times(time.perf_counter(), time.process_time())

    def read(self) -> Times:
        return Times(time.perf_counter() - self.began.wall, time.process_time() - self.began.processor)


def _told(times: Sequence[Times]) -> str:
    walls, processor = [one.wall * 1000 for one in times], median(one.processor for one in times) * 1000
    return f"{median(walls):.1f} ms (p95 {quantiles(walls, n=20)[-1]:.1f}; processor {processor:.1f})"


def _is_under(times: Sequence[Times], seconds: float) -> bool:
    """Whether the median of the processor's seconds is: on a busy machine the wall's measure the neighbours."""
    return median(one.processor for one in times) < seconds


def _timed(work: Callable[[], object], times: int) -> list[Times]:
    found = []
    for _ in range(times):
        clock = Clock()
        work()
        found.append(clock.read())
    return found


def _cold(session: Session) -> Measure:
    """What the first paper of a process waits for: the columns of its subject."""
    engine = session.get_bind().engine
    count = session.query(QuestionVersion).filter_by(subject="toan").count()
    times = _timed(lambda: StockKeeper(engine, "toan").current(session), 5)
    return Measure(f"reading the columns of a subject, {count} questions, once a process", _told(times), "", True)


def _informed(session: Session, matrix: Matrix, middle: float) -> Measure:
    """A band of information about average students beside the difficulty."""
    bands = (Information(0.0, 5.6, 5.75), Information(1.0, 0.0, 40.0))
    aims = Targets(difficulty=middle, tolerance=TOLERANCE, information=bands)
    shares, times = papers(session, matrix, aims)
    inside = _inside(shares, middle)
    return Measure(
        "difficulty and a narrow band of information", f"{_told(times)}, {inside:.0%} within", "", inside == 1
    )


def _built(session: Session, matrix: Matrix, middle: float) -> Measure:
    targets, seeds = Targets(difficulty=middle, tolerance=TOLERANCE), iter(SEEDS)

    def build() -> None:
        build_quiz(session, SYSTEM, matrix, seed=next(seeds), now=NOW, targets=targets)
        session.commit()

    return Measure("the whole action: checked, assembled, written, committed", _told(_timed(build, 50)), "", True)


def _forms(session: Session, matrix: Matrix) -> Iterator[Measure]:
    seeds = iter(SEEDS)
    made: list[tuple[Form, ...]] = []
    times = _timed(lambda: made.append(assemble(session, SYSTEM, matrix, NO_TARGETS, next(seeds), forms=FORMS)), 5)
    marks = [[mean_share(form) * 10 for form in forms] for forms in made]
    apart = max(max(some) - min(some) for some in marks)
    ids = [[one.candidate.question_id for form in forms for one in form.chosen] for forms in made]
    is_disjoint = all(len(set(some)) == len(some) == FORMS * 40 for some in ids)
    yield Measure(f"{FORMS} disjoint forms of 40", _told(times), "8 s", _is_under(times, 8) and is_disjoint)
    yield Measure("their predicted marks lie apart by at most", f"{apart:.3f}", "0.1", apart <= 0.1)


def _changed(session: Session, matrix: Matrix, middle: float) -> Iterator[Measure]:
    targets = Targets(difficulty=middle, tolerance=TOLERANCE)
    [form] = assemble(session, SYSTEM, matrix, targets, 1)
    stay = [Locked(one.cell, one.candidate.question_id) for one in form.chosen]
    for name, some in (("one question drawn anew beside 39", stay[1:]), ("20 of 40 drawn anew", stay[::2])):
        seeds = iter(SEEDS)
        times = _timed(lambda: assemble(session, SYSTEM, matrix, NO_TARGETS, next(seeds), locked=some), 50)  # noqa: B023
        yield Measure(name, _told(times), "", True)


def _infeasible(session: Session) -> Iterator[Measure]:
    short = a_matrix({"toan.l10": (5, 4, 95), "toan.l11": (5, 4, 90), "toan.l12": (6, 4, 6)})
    report = check_feasible(session, SYSTEM, short)
    times = _timed(lambda: check_feasible(session, SYSTEM, short), 20)
    what = f"two short cells explained, {len(report.relaxations)} relaxations found"
    yield Measure(what, _told(times), "100 ms", _is_under(times, 0.1) and len(report.shortages) == 2)
    forms = check_feasible(session, SYSTEM, a_matrix(), forms=40)
    times = _timed(lambda: check_feasible(session, SYSTEM, a_matrix(), forms=40), 5)
    what = f"40 disjoint forms: {len(forms.shortages)} short cells explained"
    yield Measure(what, _told(times), "100 ms", _is_under(times, 0.1))
    targets = Targets(difficulty=0.95, tolerance=0.01)
    times = _timed(lambda: check_feasible(session, SYSTEM, a_matrix(), targets), 5)
    yield Measure("a difficulty out of reach explained", _told(times), "100 ms", _is_under(times, 0.1))


if __name__ == "__main__":
    main()
