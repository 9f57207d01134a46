"""What every test may ask for: a real database, real services, the real product, and browsers' worth of clients."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from quizbank.app import create_product
from quizbank.jobs import open_services
from repository import logs
from repository.db import Base, writing
from repository.permissions import Actor, Role
from repository.services import Services
from repository.settings import Settings, normal_database_url
from tests.builders import a_person, sign_in_client

logs.settle()

pytest_plugins = ["tests.browser.fixtures"]

NOW = dt.datetime(2026, 11, 20, 2, 30, tzinfo=dt.UTC)
SERVER_URL = normal_database_url(os.environ.get("HOCLIEU_DATABASE_URL", ""))
IS_POSTGRES = SERVER_URL.startswith("postgresql")
DATABASES = {"database_template", "new_database", "engine_name"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks for a database, or for the command; the rest has nothing to say about it."""
    if IS_POSTGRES:
        without = [item for item in items if DATABASES.isdisjoint(item.fixturenames) and "/cli/" not in item.nodeid]  # type: ignore[attr-defined]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in set(without)]


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database with all tables: a file to copy, or on PostgreSQL a database of this process."""
    if not IS_POSTGRES:
        path = tmp_path_factory.mktemp("template") / "hoclieu.sqlite"
        engine = create_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        engine.dispose()
        yield str(path)
        return
    name = f"hoclieu_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server = create_engine(SERVER_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.url.set(database=name).render_as_string(hide_password=False)
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    yield url
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def settings(tmp_path: Path, database_template: str) -> Settings:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    if IS_POSTGRES:
        empty_all_tables(database_template)
        url = database_template
    else:
        shutil.copyfile(database_template, data_dir / "hoclieu.sqlite")
        url = f"sqlite:///{data_dir / 'hoclieu.sqlite'}"
    return Settings(
        data_dir=data_dir,
        database_url=url,
        secret_key="a secret of the tests, long enough for anybody",
        packages_origin="http://localhost:8001",
    )


def empty_all_tables(url: str) -> None:
    engine = create_engine(url)
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    made = open_services(settings)
    yield made
    made.engine.dispose()


@pytest.fixture
def session(services: Services) -> Iterator[Session]:
    """A session that writes. Commit before a client or a worker is to see what was made."""
    with services.sessions() as made:
        yield writing(made)


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def app(services: Services) -> APIFlask:
    made = create_product(services)
    made.testing = False
    return made


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


SignIn = Callable[..., tuple[FlaskClient, Actor]]


@pytest.fixture
def sign_in(app: APIFlask, services: Services) -> SignIn:
    """``client, actor = sign_in(Role.TEACHER)``: a new person with these roles, and a browser signed in as them."""

    def signed_in(*roles: Role, email: str = "") -> tuple[FlaskClient, Actor]:
        with services.sessions() as db:
            person = a_person(writing(db), *roles, email=email)
            actor = Actor(person.id, person.name, person.roles, person.organisation_id)
            client = sign_in_client(app, db, person)
            db.commit()
        return client, actor

    return signed_in


@pytest.fixture
def production(settings: Settings) -> Settings:
    return replace(settings, environment="production", base_url="https://hoclieu.example")
