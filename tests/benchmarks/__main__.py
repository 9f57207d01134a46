"""Measures what is promised and prints it as tables: ``python -m tests.benchmarks [--data DIR]``.

Without ``--data`` a full library is built in a folder of its own first, which is measured too; with it, the library in
that folder is used. Pages are asked of the product in this process, one after the other: no network, no second worker.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from quizbank.app import create_product
from quizbank.classes.models import SchoolClass
from quizbank.demo.people import ACCOUNTS, read_cast
from quizbank.jobs import open_services
from quizbank.matrices.models import ExamMatrix
from quizbank.questions.models import Question
from quizbank.quizzes.actions import build_quiz
from quizbank.quizzes.models import Quiz
from repository.accounts.models import Person
from repository.db import writing
from repository.jobs import utc_now
from repository.lectures.models import Lecture
from repository.permissions import Role
from repository.publishing.models import Record
from repository.services import Services
from repository.settings import PROJECT_ROOT, available_cores
from tests.builders import sign_in_client
from tests.counting import count_queries
from tests.shared_data import SHARED

ROUNDS = 31
WARM_UP = 3
LIMIT_MS, LIMIT_QUERIES = 60, 12
QUIZ_LIMIT_MS = 50


@dataclass(frozen=True)
class Measure:
    """One line of a table; ``limit`` is what was promised, empty where nothing was."""

    what: str
    value: str
    limit: str = ""
    is_kept: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with a full demo library")
    given = parser.parse_args()
    print(f"\n{platform.machine()}, {available_cores()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="hoclieu-bench-") as folder:
        data = given.data or Path(folder) / "full"
        rows = [] if given.data else [*measure_build(data)]
        rows += measure_import(Path(folder) / "import")
        show("Whole commands", rows)
        os.environ["HOCLIEU_DATA_DIR"] = str(data)
        services = open_services()
        show("Pages of the full library", [*measure_pages(services)])
        show("From matrix to quiz", [*measure_quizzes(services)])


def show(title: str, rows: Sequence[Measure]) -> None:
    print(f"## {title}\n\n| what | measured | promised |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.value} | {row.limit}{'' if row.is_kept else ' — missed'} |")
    print()


def measure_build(data: Path) -> Iterator[Measure]:
    """The full library with its index: wall clock, and the memory of the largest process."""
    seconds = timed_command("demo", "--full", "--build-only", "--data", str(data))
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Measure("`hoclieu demo --full --build-only`", f"{seconds:.0f} s", "240 s", seconds <= 240)
    yield Measure("its largest process", f"{megabytes:.0f} MB", "1,000 MB", megabytes <= 1000)


def measure_import(data: Path) -> Iterator[Measure]:
    if not SHARED.exists():
        return
    report = data.with_suffix(".json")
    arguments = ("import", "questions", str(SHARED / "exams"), "--report", str(report))
    seconds = timed_command(*arguments, data=data)
    found = json.loads(report.read_text(encoding="utf-8"))["found"]
    yield Measure(f"`hoclieu import questions` of {found:,} questions", f"{seconds:.1f} s", "20 s", seconds <= 20)


def timed_command(*arguments: str, data: Path | None = None) -> float:
    environment = os.environ | ({"HOCLIEU_DATA_DIR": str(data)} if data else {})
    started = time.perf_counter()
    command = [sys.executable, "-m", "quizbank.cli", *arguments]
    subprocess.run(command, check=True, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def measure_pages(services: Services) -> Iterator[Measure]:
    app = create_product(services)
    app.testing = False
    stranger, people = app.test_client(), signed_in_clients(app, services)
    for who, client, name, path in pages_to_ask(services, stranger, people):
        milliseconds, queries, status = ask(client, services, path)
        is_kept = milliseconds <= LIMIT_MS and queries <= LIMIT_QUERIES and status == 200
        value = f"{milliseconds:.1f} ms, {queries} queries" + ("" if status == 200 else f", status {status}")
        yield Measure(f"{name} ({who})", value, f"{LIMIT_MS} ms, {LIMIT_QUERIES} queries", is_kept)


def signed_in_clients(app: object, services: Services) -> dict[Role, FlaskClient]:
    clients: dict[Role, FlaskClient] = {}
    with services.sessions() as session:
        for account in ACCOUNTS:
            person = session.scalars(select(Person).where(Person.email == account.email)).one()
            clients.setdefault(account.role, sign_in_client(app, writing(session), person))  # type: ignore[arg-type]
        session.commit()
    return clients


def pages_to_ask(
    services: Services, stranger: FlaskClient, people: dict[Role, FlaskClient]
) -> Iterator[tuple[str, FlaskClient, str, str]]:
    """Who asks, from which browser, what it is called and where it stands."""
    with services.sessions() as session:
        lecture = session.scalar(select(Lecture.id).where(Lecture.published_version_id.is_not(None)).limit(1))
        question = session.scalar(select(Question.id).where(Question.published_version_id.is_not(None)).limit(1))
        record = session.scalar(select(Record.id).where(Record.is_deleted.is_(False)).limit(1))
        quiz = session.scalar(select(Quiz.id).order_by(Quiz.id.desc()).limit(1))
        school_class = session.scalar(select(SchoolClass.id).order_by(SchoolClass.id).limit(1))
    public = [
        ("home", "/"),
        ("search, two words", "/search?q=t%C3%ADch+ph%C3%A2n"),
        ("search, a phrase without accents", "/search?q=chuyen+dong+tron+deu"),
        ("lecture", f"/lectures/{lecture}"),
        ("practice", "/practice"),
        ("practice, one subject", "/practice?subject=toan&grade=12"),
        ("record", f"/records/{record}"),
        ("OAI-PMH Identify", "/oai?verb=Identify"),
        ("OAI-PMH ListIdentifiers", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"),
        ("OAI-PMH ListRecords", "/oai?verb=ListRecords&metadataPrefix=oai_dc"),
    ]
    for name, path in public:
        yield "stranger", stranger, name, path
    for role, name, path in [
        (Role.STUDENT, "my progress", "/me"),
        (Role.STUDENT, "my classes", "/classes"),
        (Role.TEACHER, "question list", "/questions"),
        (Role.TEACHER, "question list, filtered", "/questions?subject=toan&grade=12&level=hieu"),
        (Role.TEACHER, "question", f"/questions/{question}"),
        (Role.TEACHER, "matrices", "/matrices"),
        (Role.TEACHER, "quizzes", "/quizzes"),
        (Role.ADMINISTRATOR, "quiz workbench", f"/quizzes/{quiz}"),
        (Role.TEACHER, "class", f"/classes/{school_class}"),
        (Role.REVIEWER, "review desk", "/review"),
        (Role.REVIEWER, "publishing ledger", "/ledger"),
        (Role.ADMINISTRATOR, "people", "/admin/people"),
        (Role.ADMINISTRATOR, "jobs", "/admin/jobs"),
        (Role.ADMINISTRATOR, "health", "/admin/health"),
    ]:
        yield role.value, people[role], name, path


def ask(client: FlaskClient, services: Services, path: str) -> tuple[float, int, int]:
    """Median milliseconds, queries of one request, and the status."""
    for _ in range(WARM_UP):
        client.get(path)
    with count_queries(services.engine) as queries:
        status = client.get(path).status_code
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), len(queries), status


def measure_quizzes(services: Services) -> Iterator[Measure]:
    """The papers of the graduation exam, drawn anew with another seed each time; nothing is kept."""
    with services.sessions() as session:
        teacher = read_cast(session).teachers[0]
        kept = session.scalars(select(ExamMatrix).join(Quiz, Quiz.matrix_id == ExamMatrix.id).order_by(ExamMatrix.id))
        matrices = [one.matrix for one in kept]
    for matrix in matrices:
        times = []
        for seed in range(ROUNDS):
            with services.sessions() as session:
                writing(session)
                started = time.perf_counter()
                build_quiz(session, teacher, matrix, seed=seed, now=utc_now())
                times.append((time.perf_counter() - started) * 1000)
                session.rollback()
        median = statistics.median(times)
        yield Measure(matrix.title, f"{median:.1f} ms", f"{QUIZ_LIMIT_MS} ms", median <= QUIZ_LIMIT_MS)


if __name__ == "__main__":
    main()
