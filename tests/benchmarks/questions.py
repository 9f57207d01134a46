"""Measures the bank's large works and prints a table: ``python -m tests.benchmarks.questions --data DIR``.

``DIR`` holds a full demo library (``hoclieu demo --full --build-only --data DIR``); it is copied, never written to.
Each command is a process of its own; of its time both the wall's and the processor's are shown, for on a machine that
others use too the second says more.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizbank.demo.people import ACCOUNTS
from quizbank.demo.questions.library import generate_questions
from quizbank.jobs import open_services
from quizbank.questions.bulk import BulkChange
from quizbank.questions.bulk_editing import apply_batch, begin_applying, begin_undoing, plan_bulk_edit, start_bulk_edit
from quizbank.questions.bulk_editing import undo_batch as undo_next
from quizbank.questions.bulk_jobs import BATCH
from quizbank.questions.bulk_texts import Replacement
from quizbank.questions.formats.gift_writer import write_gift
from quizbank.questions.formats.writing import Export
from quizbank.questions.likeness_index import find_alike
from quizbank.questions.likeness_models import QuestionBand, QuestionLikeness, QuestionSignature
from quizbank.questions.models import Question
from quizbank.questions.states import QuestionState
from repository.accounts.models import Organisation
from repository.accounts.queries import actor_of, find_person_by_email
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import Actor, Role
from repository.services import Services
from repository.settings import PROJECT_ROOT, available_cores
from tests.benchmarks.__main__ import Measure, show

MANY, FEW, EDITED, ASKED = 40_000, 10_000, 10_000, 200
SEED = 4711


@dataclass(frozen=True)
class Run:
    """What a process took: seconds by the wall, of the processor, megabytes at its peak."""

    wall: float
    processor: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.processor:.1f} s of processor), {self.megabytes:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.questions", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with a full demo library")
    parser.add_argument("--rounds", type=int, default=3, help="how often the bank is compared (default 3)")
    given = parser.parse_args()
    print(f"\n{platform.machine()}, {available_cores()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="hoclieu-bench-") as folder:
        data = Path(folder) / "full"
        shutil.copytree(given.data, data)
        os.environ["HOCLIEU_DATA_DIR"] = str(data)
        command(data, "db", "upgrade")
        rows = [*measure_comparison(data, given.rounds), *measure_one(), *measure_bulk_edit()]
        rows += measure_imports(Path(folder), data)
        rows += measure_families(Path(folder))
        show("Questions: import, duplicates, bulk edit", rows)


def command(data: Path, *arguments: str, output: Path | None = None) -> Run:
    """Run a command of the product in a process of its own.

    Raises:
        RuntimeError: it failed.
    """
    environment = os.environ | {"HOCLIEU_DATA_DIR": str(data)}
    words = [sys.executable, "-c", LAUNCHER, sys.executable, "-m", "quizbank.cli", *arguments]
    with (output or Path(os.devnull)).open("wb") as told:
        launched = subprocess.run(words, cwd=PROJECT_ROOT, env=environment, stdout=told, stderr=subprocess.PIPE)
    *said, figures = launched.stderr.decode().splitlines()
    if launched.returncode:
        raise RuntimeError("\n".join((" ".join(arguments), *said)))
    wall, processor, kilobytes = map(float, figures.split())
    return Run(wall, processor, kilobytes / 1024)


LAUNCHER = """
import os, sys, time
started = time.perf_counter()
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(f"\\n{time.perf_counter() - started} {used.ru_utime + used.ru_stime} {used.ru_maxrss}", file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""
"""A process counts the memory of the one that it was begun by as its own, so that one has to be small."""


def measure_comparison(data: Path, rounds: int) -> Iterator[Measure]:
    """The whole bank from nothing, again and again; then once more with nothing new."""
    report = data.parent / "duplicates.json"
    runs = []
    for _ in range(rounds):
        with open_services().sessions() as session:
            for table in (QuestionBand, QuestionSignature, QuestionLikeness):
                writing(session).execute(delete(table))
            session.commit()
        runs.append(command(data, "questions", "duplicates", "--json", output=report))
    found = json.loads(report.read_text(encoding="utf-8"))
    what = f"`hoclieu questions duplicates` over {found['compared']:,} questions: {found['pairs']:,} pairs, "
    wall = statistics.median(run.wall for run in runs)
    yield Measure(f"{what}{found['conflicts']} with keys at odds", "; ".join(map(str, runs)), "20 s", wall <= 20)
    again = command(data, "questions", "duplicates", "--json", output=report)
    yield Measure("the same with nothing new", str(again))


def measure_one() -> Iterator[Measure]:
    """Questions that the bank does not hold, one by one."""
    with open_services().sessions() as session:
        contents = [new.content for new in generate_questions(ASKED, SEED)]
        find_alike(session, contents[:1])
        times = sorted(milliseconds(lambda one=one: find_alike(session, [one])) for one in contents)  # type: ignore[misc]
    median, late = statistics.median(times), times[int(0.95 * len(times))]
    value = f"{median:.1f} / {late:.1f} ms"
    yield Measure("one new question held against the bank, median / p95", value, "50 ms", late <= 50)


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure_bulk_edit() -> Iterator[Measure]:
    """Ten thousand questions changed in three ways, and restored, batch by batch as the worker does it."""
    services = open_services()
    with services.sessions() as session:
        email = next(account.email for account in ACCOUNTS if account.role is Role.ADMINISTRATOR)
        person = find_person_by_email(session, email)
        if person is None:
            raise LookupError(email)
        editor = actor_of(person)
        known = select(Question.id).where(Question.state != QuestionState.WITHDRAWN).order_by(Question.id)
        ids = list(session.scalars(known.limit(EDITED)))
        code = session.scalars(select(Organisation.code).order_by(Organisation.id.desc())).first()
    everywhere = Replacement("a", "à", ("stem", "parts", "explanation", "passage"))
    changes = {
        "a tag added": BulkChange({}, added_tags=("đo",)),
        "a letter replaced in every text": BulkChange({}, replacement=everywhere),
        "moved to another organisation": BulkChange({}, organisation=code),
    }
    for name, change in changes.items():
        yield from measure_change(services, editor, ids, f"bulk edit of {EDITED:,}, {name}", change)


def measure_change(
    services: Services, editor: Actor, ids: list[int], name: str, change: BulkChange
) -> Iterator[Measure]:
    with services.sessions() as session:
        started, used = time.perf_counter(), time.process_time()
        edit = start_bulk_edit(writing(session), editor, {"ids": ids}, now=utc_now())
        edit_id = plan_bulk_edit(session, editor, edit.id, change).id
        session.commit()
        planned = time.perf_counter() - started, time.process_time() - used
        begin_applying(writing(session), editor, edit_id, 1, now=utc_now())
        applied = settle(session, lambda: apply_batch(session, editor, edit, limit=BATCH, now=utc_now()))
        begin_undoing(writing(session), editor, edit_id, now=utc_now())
        undone = settle(session, lambda: undo_next(session, editor, edit, limit=BATCH, now=utc_now()))
    for step, (wall, processor) in (("preview", planned), ("applied", applied), ("undone", undone)):
        yield Measure(f"{name}: {step}", f"{wall:.1f} s ({processor:.1f} s of processor)", "10 s", wall <= 10)


def settle(session: Session, step: Callable[[], int]) -> tuple[float, float]:
    """Seconds until nothing is left: by the wall, and of the processor."""
    started, used = time.perf_counter(), time.process_time()
    session.commit()
    while writing(session) and step():
        session.commit()
    session.commit()
    return time.perf_counter() - started, time.process_time() - used


def measure_imports(folder: Path, full: Path) -> Iterator[Measure]:
    """GIFT files of other questions than the library's, into an empty bank and into the full one."""
    many, few = folder / "many.gift", folder / "few.gift"
    for path, count in ((many, MANY), (few, FEW)):
        with path.open("wb") as output:
            named = ((f"q-{n}", new) for n, new in enumerate(islice(generate_questions(MANY, SEED), count), start=1))
            write_gift(Export("", named, lambda sha256: b""), output)
    for name, path, data in (
        (f"{MANY:,} GIFT questions into an empty bank", many, folder / "one"),
        (f"{FEW:,} into an empty bank", few, folder / "two"),
        (f"{MANY:,} into a bank of {MANY:,}, each held against it", many, full),
    ):
        command(data, "db", "upgrade")
        report = folder / "report.json"
        run = command(data, "import", "questions", str(path), "--subject", "toan", "--report", str(report))
        told = json.loads(report.read_text(encoding="utf-8"))
        near = sum(problem["code"] == "near-duplicate" for problem in told["problems"])
        value = f"{run}; {told['imported']:,} imported, {told['duplicates']:,} known, {near:,} nearly"
        yield Measure(
            f"`hoclieu import questions`: {name}", value, "90 s" if path == many else "", path != many or run.wall <= 90
        )


FAMILIES = {
    "sums with other numbers": "Câu {n}: {n} + {m} = ? {{ ={sum} ~{n}1 ~{m}2 ~{sum}3 }}\n\n",
    "one stem with one number changed": (
        "Một lớp học có {n} học sinh, trong đó số học sinh nữ nhiều hơn số học sinh nam. Hỏi cần ít nhất bao nhiêu "
        "bàn đôi để cả lớp đủ chỗ ngồi? {{ ={m} bàn ~{n}1 bàn ~{n}2 bàn ~{n}3 bàn }}\n\n"
    ),
    "copies of one": "Thủ đô của nước ta là thành phố nào? {{ =Hà Nội ~Huế ~Đà Nẵng ~Cần Thơ }}\n\n",
}
"""What a script of ten lines makes: all of one shape."""


def measure_families(folder: Path) -> Iterator[Measure]:
    """Banks in which every question is like every other: imported, then compared."""
    for number, (name, shape) in enumerate(FAMILIES.items()):
        path, data = folder / f"family-{number}.gift", folder / f"family-{number}"
        lines = (shape.format(n=n, m=(7 * n) % 1_009, sum=n + (7 * n) % 1_009) for n in range(1, MANY + 1))
        path.write_text("".join(lines), encoding="utf-8")
        command(data, "db", "upgrade")
        run = command(data, "import", "questions", str(path), "--subject", "toan")
        yield Measure(f"{MANY:,} questions imported: {name}", str(run), "90 s", run.wall <= 90)
        report = folder / "family.json"
        run = command(data, "questions", "duplicates", "--json", output=report)
        found = json.loads(report.read_text(encoding="utf-8"))
        value = f"{run}; {found['compared']:,} compared, {found['pairs']:,} pairs, {found['most_listed']:,} cut short"
        yield Measure(f"their duplicates: {name}", value, "20 s", run.wall <= 20)


if __name__ == "__main__":
    main()
