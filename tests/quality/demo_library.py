"""The library of ``hoclieu demo`` with its index, but without people's attempts: what judged queries are about."""

import datetime as dt
from pathlib import Path

from quizbank.demo.build import Build
from quizbank.demo.content import withdraw_some
from quizbank.demo.people import add_people, read_cast
from quizbank.demo.stages import FIRST, SMALL, BuildState
from quizbank.jobs import open_services
from repository.db import make_engine, writing
from repository.migrations import upgrade
from repository.services import Services
from repository.settings import Settings

SEED = 2025
BEGAN_AT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


def build_library(folder: Path) -> Services:
    """Build it in an empty folder; ids are those of every other build of this size."""
    url = f"sqlite:///{folder / 'hoclieu.sqlite'}"
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    services = open_services(Settings(data_dir=folder, database_url=url, secret_key="x" * 40))
    build = Build(services, SMALL, BEGAN_AT, BEGAN_AT, BuildState().done, silent)
    with build.stage(FIRST) as session:
        assert session is not None
        add_people(session, SMALL, SEED, BEGAN_AT - dt.timedelta(days=1_200))
    build.add_content()
    with services.sessions() as session:
        withdraw_some(writing(session), read_cast(session), BEGAN_AT - dt.timedelta(days=1))
        session.commit()
    build.index()
    return services


def silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""
