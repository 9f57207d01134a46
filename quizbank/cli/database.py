"""The database by itself: who looks after the bank needs no web, and loading all of the product takes seconds."""

import os

from sqlalchemy.orm import Session, sessionmaker

from repository.db import make_engine, make_sessions
from repository.migrations import is_current, upgrade
from repository.settings import read_settings


def open_database() -> sessionmaker[Session]:
    """Sessions on the database of the settings, brought up to date."""
    settings = read_settings(os.environ)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    if not is_current(engine):
        upgrade(engine)
    return make_sessions(engine)
