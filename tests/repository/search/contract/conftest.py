"""Every sentence here is said of both engines; of PostgreSQL only where HOCLIEU_DATABASE_URL names a server."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from repository.db import make_engine
from repository.search.documents import SearchDocument
from repository.search.embedded.index import WhooshIndex
from repository.search.engine import SearchIndex
from repository.search.postgres.index import PostgresIndex
from tests.conftest import IS_POSTGRES, SERVER_URL
from tests.repository.search.builders import many_documents

MANY = many_documents(400)

Opening = Callable[..., SearchIndex]
NewDatabase = Callable[[], Engine]


@pytest.fixture(scope="session")
def new_database() -> Iterator[NewDatabase]:
    """An empty database of its own at every call; all are dropped in the end."""
    if not IS_POSTGRES:
        pytest.skip("HOCLIEU_DATABASE_URL is no PostgreSQL server")
    server = create_engine(SERVER_URL, isolation_level="AUTOCOMMIT")
    worker, numbers = os.environ.get("PYTEST_XDIST_WORKER", "main"), count(1)
    made: list[tuple[str, Engine]] = []

    def new() -> Engine:
        name = f"hoclieu_search_{worker}_{next(numbers)}"
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        made.append((name, make_engine(server.url.set(database=name).render_as_string(hide_password=False))))
        return made[-1][1]

    yield new
    for name, engine in made:
        engine.dispose()
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session", params=["whoosh", "postgres"])
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "postgres" and not IS_POSTGRES:
        pytest.skip("HOCLIEU_DATABASE_URL is no PostgreSQL server")
    return name


@pytest.fixture(scope="session")
def many(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[SearchIndex]:
    """``MANY`` in an index; nobody changes it."""
    index = opened(engine_name, tmp_path_factory.mktemp("many"), request)
    index.rebuild(MANY)
    yield index
    index.close()


@pytest.fixture(scope="module")
def own_place(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> SearchIndex:
    """An index that the tests of a module fill one after the other."""
    return opened(engine_name, tmp_path_factory.mktemp("index"), request)


@pytest.fixture
def an_index(own_place: SearchIndex) -> Iterator[Opening]:
    """``an_index(*documents)``: an index of just these, until the next is made."""

    def build(*documents: SearchDocument) -> SearchIndex:
        own_place.rebuild(documents, change_id=0)
        return own_place

    yield build
    own_place.close()


def opened(engine_name: str, folder: Path, request: pytest.FixtureRequest) -> SearchIndex:
    if engine_name == "whoosh":
        return WhooshIndex(folder)
    new_database: NewDatabase = request.getfixturevalue("new_database")
    return PostgresIndex(new_database())
