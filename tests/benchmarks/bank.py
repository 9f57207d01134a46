"""A bank of any size, and how long its list takes: ``python -m tests.benchmarks.bank --questions 400000``.

The full demo library is copied as often as needed, with other words, owners, imports and figures, by statements of the
database itself; then every filter, every pair of filters, every order and some searches are asked of the product in
this process. ``--data DIR`` names a folder with a full library, ``--keep DIR`` keeps the SQLite bank for the next run,
``--postgres`` measures a PostgreSQL server of its own instead.
"""

import argparse
import itertools
import os
import platform
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, RowMapping, Table, event, func, insert, select, text

from quizbank.app import create_product
from quizbank.demo.people import ACCOUNTS
from quizbank.jobs import open_services
from quizbank.questions.models import Question
from quizbank.questions.shelf import SORTS
from quizbank.questions.shelf_reading import Keeper
from repository import migrations
from repository.accounts.models import Person
from repository.db import Base, make_engine
from repository.permissions import Role
from repository.services import Services
from repository.settings import available_cores, read_settings
from tests.benchmarks.search.postgres_server import postgres_server
from tests.builders import sign_in_client
from tests.counting import count_queries

LIMIT_MS, LIMIT_QUERIES = 60, 12
ROUNDS, WARM_UP = 7, 1
BATCH = 2_000
IMPORTS = 40
FILTERS = {
    "subject": "toan",
    "grade": "12",
    "topic": "toan.l12",
    "level": "hieu",
    "type": "single-choice",
    "state": "published",
    "own": "yes",
    "doubts": "yes",
    "explained": "no",
    "used": "yes",
    "licence": "cc-by-4.0",
    "import": "7",
    "organisation": "1",
}
SEARCHES = (
    "đạo hàm",
    "dao ham",
    "hàm số bậc ba",
    '"gia tốc trọng trường"',
    "nguyên tử khối",
    "chi",
    "của",
    "câu",
    "thể tích khối chóp",
    "the following",
    "lý thuyết",
    "2x",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bank", description=__doc__)
    parser.add_argument("--questions", type=int, default=400_000)
    parser.add_argument("--data", type=Path, required=True, help="a folder with a full demo library")
    parser.add_argument("--keep", type=Path, help="where the SQLite bank is kept, or is already")
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hoclieu-bank-")))
        url = stack.enter_context(postgres_server()) if given.postgres else f"sqlite:///{folder / 'hoclieu.sqlite'}"
        os.environ |= {"HOCLIEU_DATA_DIR": str(folder), "HOCLIEU_DATABASE_URL": url}
        folder.mkdir(parents=True, exist_ok=True)
        engine = make_engine(read_settings(os.environ).database_url)
        if given.postgres:
            migrations.upgrade(engine)
            copy_library(given.data / "hoclieu.sqlite", engine)
        elif not (folder / "hoclieu.sqlite").exists():
            shutil.copyfile(given.data / "hoclieu.sqlite", folder / "hoclieu.sqlite")
            migrations.upgrade(engine)
        event.listen(engine, "connect", without_foreign_keys)
        engine.dispose()
        multiply(engine, given.questions)
        services = open_services()
        print(
            f"\n{engine.dialect.name}, {platform.machine()}, {available_cores()} cores, {platform.python_version()}\n"
        )
        measure(services)


def copy_library(source: Path, engine: Engine) -> None:
    """Every row of a SQLite library into an empty database of the same tables."""
    origin = make_engine(f"sqlite:///{source}")
    if not migrations.is_current(origin):
        raise SystemExit(f"{source} has older tables: start the product on it once, or run `hoclieu db upgrade`")
    with origin.connect() as reading, engine.begin() as writing:
        writing.execute(text("SET session_replication_role = replica"))
        for table in Base.metadata.sorted_tables:
            rows = reading.execution_options(stream_results=True).execute(select(table)).mappings()
            for some in batches(iter(rows)):
                writing.execute(insert(table), [dict(row) for row in some])
            if "id" in table.c and table.c.id.type.python_type is int:
                last = f"SELECT coalesce(max(id), 1) FROM {table.name}"
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                writing.execute(text(f"SELECT setval({sequence}, ({last})) WHERE {sequence} IS NOT NULL"))


def without_foreign_keys(connection: Any, _record: Any) -> None:
    """Rows that name each other are copied table by table."""
    if hasattr(connection, "executescript"):
        connection.execute("PRAGMA foreign_keys = OFF")


def batches(rows: Iterator[RowMapping]) -> Iterator[list[RowMapping]]:
    while some := list(itertools.islice(rows, BATCH)):
        yield some


def multiply(engine: Engine, wanted: int) -> None:
    """Copy all questions as often as needed, each copy with ids, words, people and figures of its own."""
    with engine.connect() as connection:
        have = connection.scalar(select(func.count()).select_from(Question)) or 0
        step = connection.scalar(select(func.max(Question.id))) or 0
        last_version = connection.scalar(text("SELECT max(id) FROM question_versions")) or 0
    if have >= wanted:
        return
    copies = -(-wanted // have)
    for number in range(1, copies):
        started = time.perf_counter()
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))
            copy_questions(connection, number, step, last_version)
        print(f"copy {number} of {copies - 1}: {time.perf_counter() - started:.1f} s", flush=True)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        decorate(connection)


def copy_questions(connection: Connection, number: int, step: int, versions: int) -> None:
    ids, own = f"+ {number * step}", f"+ {number * versions}"
    tables = Base.metadata.tables
    copy(connection, tables["questions"], f"id <= {step}", {
        "id": f"id {ids}", "current_version_id": f"current_version_id {own}",
        "published_version_id": f"published_version_id {own}",
    })  # fmt: skip
    copy(connection, tables["question_versions"], f"id <= {versions}", {
        "id": f"id {own}", "question_id": f"question_id {ids}", "stem": f"stem || ' (bản {number})'",
        "text": f"text || ' bản {number} số ' || id", "fingerprint": f"'{number:04x}' || substr(fingerprint, 5)",
    })  # fmt: skip
    copy(connection, tables["question_parts"], f"version_id <= {versions}", {"version_id": f"version_id {own}"})


def copy(connection: Connection, table: Table, where: str, changed: dict[str, str]) -> None:
    names = [column.name for column in table.columns]
    chosen = ", ".join(changed.get(name, name) for name in names)
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {chosen} FROM {table.name} WHERE {where}"
    connection.execute(text(statement))


def decorate(connection: Connection) -> None:
    """Imports, doubts, licences, explanations and figures, so that every facet has something to count."""
    moment = "(SELECT max(created_at) FROM questions)"
    for number in range(1, IMPORTS + 1):
        connection.execute(text(
            "INSERT INTO question_imports (id, file_names, found_count, imported_count, duplicate_count, problems, "
            "created_at, state, format, options, pictures) SELECT "
            f"coalesce(max(id), 0) + 1, '[\"de-{number}.docx\"]', 0, 0, 0, '[]', {moment}, 'done', 'docx', '{{}}', "
            "'{}' FROM question_imports"
        ))  # fmt: skip
    for statement in (
        f"UPDATE questions SET import_id = 1 + id % {IMPORTS} WHERE id % 3 = 0",
        "UPDATE question_versions SET explanation = '', explanation_html = '' WHERE id % 5 = 0",
        "UPDATE question_versions SET licence = 'cc0-1.0' WHERE id % 7 = 0",
        "INSERT INTO question_doubts (version_id, position, code, facts) "
        "SELECT id, 0, 'no-key', '{}' FROM question_versions WHERE id % 33 = 0",
        "INSERT INTO question_statistics (question_id, uses, answers, wrong_fraction) "
        "SELECT id, 1 + id % 211, id % 97, (id % 101) / 100.0 FROM questions WHERE id % 2 = 0 "
        "AND id NOT IN (SELECT question_id FROM question_statistics)",
    ):
        connection.execute(text(statement))
    connection.execute(text("ANALYZE"))


def measure(services: Services) -> None:
    app = create_product(services)
    app.testing = False
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = len(Keeper(services.engine).current())
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"shelf of {size} rows read in {time.perf_counter() - started:.2f} s, {grown:.0f} MB at most\n", flush=True)
    print("| who | what | pages | median | slowest page | its processor time | queries | |\n" + "|---" * 8 + "|")
    clients = [(role, client_of(app, services, role)) for role in (Role.TEACHER, Role.EDITOR)]
    for role, client in clients:
        for what, paths in kinds_of_page():
            times = [ask(client, services, path) for path in paths]
            worst, queries = max(times), max(one.queries for one in times)
            kept = "" if worst.wall_ms <= LIMIT_MS and queries <= LIMIT_QUERIES else "NOT KEPT"
            median = statistics.median(one.wall_ms for one in times)
            figures = f"{median:.1f} ms | {worst.wall_ms:.1f} ms | {worst.processor_ms:.1f} ms | {queries} | {kept}"
            print(f"| {role} | {what} | {len(paths)} | {figures} |", flush=True)


def client_of(app: object, services: Services, role: Role) -> FlaskClient:
    address = next(account.email for account in ACCOUNTS if account.role is role)
    with services.sessions() as session:
        person = session.scalars(select(Person).where(Person.email == address)).one()
        client = sign_in_client(app, session, person)  # type: ignore[arg-type]
        session.commit()
    return client


def kinds_of_page() -> Iterator[tuple[str, Sequence[str]]]:
    yield "no filter", ["/questions"]
    yield "one filter", [listed(one) for one in itertools.combinations(FILTERS, 1)]
    yield "two filters", [listed(one) for one in itertools.combinations(FILTERS, 2)]
    chance = random.Random(1)
    yield "three to six filters", [listed(chance.sample(list(FILTERS), chance.randint(3, 6))) for _ in range(60)]
    yield "another order", [f"/questions?sort={sort}" for sort in SORTS]
    some = [listed(one) for one in (["subject"], ["level", "type"])]
    yield "another order, filtered", [f"{path}&sort={sort}" for path in some for sort in SORTS]
    yield "words", [f"/questions?text={words}" for words in SEARCHES]
    yield "words and a filter", [f"/questions?text={words}&subject=toan&sort=used" for words in SEARCHES]
    yield "words in other questions", [f"/questions?text=bản {number} số&level=hieu" for number in range(1, 10)]


def listed(names: Sequence[str]) -> str:
    return "/questions?" + "&".join(f"{name}={FILTERS[name]}" for name in names)


class Asked(NamedTuple):
    """Medians of some requests, and the queries of one."""

    wall_ms: float
    processor_ms: float
    queries: int


def ask(client: FlaskClient, services: Services, path: str) -> Asked:
    for _ in range(WARM_UP):
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    with count_queries(services.engine) as queries:
        client.get(path)
    walls, processors = [], []
    for _ in range(ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        client.get(path)
        walls.append((time.perf_counter() - started) * 1000)
        processors.append((time.process_time() - worked) * 1000)
    return Asked(statistics.median(walls), statistics.median(processors), len(queries))


if __name__ == "__main__":
    main()
