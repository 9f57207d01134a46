"""What only an index has that several processes write."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from repository.search.documents import SearchQuery
from repository.search.postgres.index import PostgresIndex
from tests.repository.search.builders import a_document
from tests.repository.search.contract.conftest import NewDatabase

SLOW_REBUILD = """
import sys, time
from repository.db import make_engine
from repository.search.postgres.index import PostgresIndex
from tests.repository.search.builders import a_document

def documents():
    for number in range(1, 100_000):
        if number == 500:
            print("under way", flush=True)
        time.sleep(0 if number < 500 else 0.01)
        yield a_document("Mới", id=number)

PostgresIndex(make_engine(sys.argv[1])).rebuild(documents())
"""


@pytest.fixture
def database(new_database: NewDatabase) -> Engine:
    return new_database()


def test_a_rebuild_that_is_killed_leaves_the_index_in_use(database: Engine) -> None:
    index = PostgresIndex(database)
    index.rebuild([a_document("Còn", id=1)])
    url = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, "-c", SLOW_REBUILD, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "under way\n"
    index.update([a_document("Còn nữa", id=2)])
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert index.find(SearchQuery("còn")).total == 2
    assert index.rebuild([a_document("Sau", id=3)]) == 1
    assert [hit.id for hit in index.find(SearchQuery("")).hits] == [3]


def test_one_process_follows_and_another_takes_over(database: Engine) -> None:
    first, second = PostgresIndex(database), PostgresIndex(database)
    assert first.leads()
    assert first.leads()
    assert not second.leads()
    first.close()
    assert is_soon_true(second.leads)
    second.close()


def test_who_loses_the_connection_leads_no_longer(database: Engine) -> None:
    first, second = PostgresIndex(database), PostgresIndex(database)
    assert first.leads()
    with database.connect() as connection:
        held = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 8101948"
        connection.exec_driver_sql(held)
    assert is_soon_true(second.leads)
    assert not first.leads()
    second.close()


def is_soon_true(ask: Callable[[], bool]) -> bool:
    for _ in range(100):
        if ask():
            return True
        time.sleep(0.02)
    return False
