"""How long a teacher waits on the workbench: ``python -m tests.benchmarks.workbench --data DIR [--json]``.

DIR holds a full library, which is copied first. A quiz of fifty questions of one subject is built; then its pages are
asked of the product in this process and every kind of step is taken in turn, each through the door that the page's own
script uses: the step, what it writes, and the workbench that comes back. Medians and 95th percentiles, beside them the
time of the process itself, for a busy machine makes the clock lie.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from quizbank.app import create_product
from quizbank.demo.people import ACCOUNTS
from quizbank.jobs import open_services
from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.actions import add_variants
from quizbank.quizzes.building import build_quiz
from quizbank.quizzes.models import Quiz
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import Role
from repository.services import Services
from repository.settings import read_settings
from tests.builders import csrf_of, sign_in_client
from tests.counting import count_queries

ROUNDS = 30
PART = {"X-Workbench": "1"}
COUNTS = {QuestionType.SINGLE_CHOICE: 40, QuestionType.TRUE_FALSE: 4, QuestionType.SHORT_ANSWER: 6}
LEVELS = ("biet", "hieu", "van-dung")


@dataclass(frozen=True)
class Measured:
    name: str
    median_ms: float
    slow_ms: float
    process_ms: float
    queries: int


def fifty() -> Matrix:
    """Forty choices over three levels, four true/false questions and six short answers of Toán 12."""
    cells = [
        Cell(None, level, QuestionType.SINGLE_CHOICE, count, Decimal("0.1"))
        for level, count in zip(LEVELS, (16, 12, 12), strict=True)
    ]
    cells += [
        Cell(None, None, kind, COUNTS[kind], Decimal("0.5"))
        for kind in (QuestionType.TRUE_FALSE, QuestionType.SHORT_ANSWER)
    ]
    return Matrix("Đề năm mươi câu", "toan", 12, "gdpt-2018", 90, tuple(cells))


class Bench:
    """A teacher's browser at one quiz."""

    def __init__(self, services: Services, client: FlaskClient, quiz_id: int, question_ids: Iterator[int]) -> None:
        self.services, self.client, self.quiz_id = services, client, quiz_id
        self.token = csrf_of(client)
        self.question_ids = question_ids

    def revision(self) -> int:
        with self.services.sessions() as session:
            return session.get_one(Quiz, self.quiz_id).revision

    def send(self, button: str, **fields: Any) -> Callable[[], int]:
        form = {"csrf_token": self.token, "revision": self.revision(), **fields}
        place = f"/quizzes/{self.quiz_id}/{button}"
        return lambda: self.client.post(place, data=form, headers=PART).status_code

    def look(self, page: str) -> Callable[[], int]:
        return lambda: self.client.get(f"/quizzes/{self.quiz_id}{page}").status_code


def things_done(bench: Bench) -> dict[str, Callable[[int], Callable[[], int]]]:
    """Name -> for each round what is to be measured, made ready."""
    return {
        "The page": lambda _: bench.look(""),
        "Ten alternatives": lambda n: bench.look(f"/items/{n % 40 + 1}/alternatives"),
        "Search of the bank": lambda _: bench.look("/add?text=ham so"),
        "Lock or unlock": lambda n: bench.send("items/5/lock", is_locked="no" if n % 2 else "yes"),
        "Swap for the nearest": lambda n: bench.send(f"items/{n % 40 + 1}/swap"),
        "Move": lambda n: bench.send("items/7/move", by="1"),
        "Edit marks": lambda n: bench.send("marks", **{"marks-3": f"0,{n % 9 + 1}"}),
        "Share marks of a part": lambda n: bench.send("parts/1/marks", total=str(n % 5 + 3)),
        "Add a question": lambda _: bench.send("items", question_id=next(bench.question_ids)),
        "Remove a question": lambda _: bench.send("items/1/remove"),
        "Draw all anew": lambda _: bench.send("redraw"),
        "Draw a cell anew": lambda _: bench.send("redraw", cell="1"),
        "Undo": lambda _: bench.send("undo"),
        "Redo": lambda _: bench.send("redo"),
    }


def measure(bench: Bench) -> Iterator[Measured]:
    for name, ready in things_done(bench).items():
        walls, processes, queries = [], [], 0
        for number in range(ROUNDS):
            act = ready(number)
            with count_queries(bench.services.engine) as sent:
                wall, process = time.perf_counter(), time.process_time()
                status = act()
                walls.append((time.perf_counter() - wall) * 1000)
                processes.append((time.process_time() - process) * 1000)
            if status != 200:
                raise RuntimeError(f"{name}: status {status}")
            queries = max(queries, len(sent))
        walls.sort()
        slow = walls[int(len(walls) * 0.95)]
        yield Measured(name, statistics.median(walls), slow, statistics.median(processes), queries)


def run(services: Services) -> list[Measured]:
    app = create_product(services)
    email = next(account.email for account in ACCOUNTS if account.role is Role.TEACHER)
    with services.sessions() as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        actor = actor_of(person)
        client = sign_in_client(app, writing(session), person)
        quiz = build_quiz(session, actor, fifty(), seed=1, now=utc_now())
        add_variants(session, actor, quiz.id, ["101", "102", "103", "104"], now=utc_now())
        session.commit()
        quiz_id = quiz.id
        spare = session.scalars(
            select(QuestionVersion.question_id)
            .join(Question, Question.published_version_id == QuestionVersion.id)
            .where(QuestionVersion.subject == "toan", QuestionVersion.grade == 11, Question.family_id.is_(None))
            .limit(ROUNDS)
        ).all()
    client.get(f"/quizzes/{quiz_id}")
    return list(measure(Bench(services, client, quiz_id, iter(spare))))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="A folder with a full library.")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(given.data, data)
        services = open_services(read_settings({"HOCLIEU_DATA_DIR": str(data)}))
        rows = run(services)
        services.engine.dispose()
    if given.json:
        print(json.dumps([vars(row) for row in rows], indent=1))
        return
    print(f"| {'what':24} | median ms | 95 % ms | process ms | queries |")
    print("|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.name:24} | {row.median_ms:.1f} | {row.slow_ms:.1f} | {row.process_ms:.1f} | {row.queries} |")


if __name__ == "__main__":
    main()
