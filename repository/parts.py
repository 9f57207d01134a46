"""The repository's parts for its settings, without the web: what commands and workers need, and the application too."""

import secrets
from pathlib import Path

from sqlalchemy import Engine

from repository.db import make_engine, make_sessions
from repository.files.jobs import HANDLERS as FILE_HANDLERS
from repository.files.store import LocalFileStore
from repository.jobs import Handler
from repository.lectures.descriptions import DOCUMENTS as LECTURE_DOCUMENTS
from repository.lectures.descriptions import KIND as LECTURE
from repository.lectures.jobs import HANDLERS as LECTURE_HANDLERS
from repository.lectures.records import RECORDS as LECTURE_RECORDS
from repository.lectures.review import LECTURES as LECTURES_IN_REVIEW
from repository.publishing.jobs import HANDLERS as PUBLISHING_HANDLERS
from repository.publishing.platforms import platforms_of
from repository.search.embedded.index import WhooshIndex, folder_of
from repository.search.engine import SearchIndex
from repository.search.jobs import HANDLERS as SEARCH_HANDLERS
from repository.search.postgres.index import PostgresIndex
from repository.services import Services
from repository.settings import DEVELOPMENT_SECRET_FILE, Settings

JOB_HANDLERS: dict[str, Handler] = {**SEARCH_HANDLERS, **FILE_HANDLERS, **LECTURE_HANDLERS, **PUBLISHING_HANDLERS}


def make_services(settings: Settings) -> Services:
    """The repository's parts for these settings; makes the data folder where it is missing."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    services = Services(
        settings=with_secret(settings),
        engine=engine,
        sessions=make_sessions(engine),
        store=LocalFileStore(settings.data_dir / "files"),
        search=search_index_of(settings, engine),
        platforms=dict(platforms_of(settings)),
    )
    services.job_handlers.update(JOB_HANDLERS)
    services.document_sources[LECTURE] = LECTURE_DOCUMENTS
    services.record_sources[LECTURE] = LECTURE_RECORDS
    services.review_sources[LECTURE] = LECTURES_IN_REVIEW
    return services


def search_index_of(settings: Settings, engine: Engine) -> SearchIndex:
    """The search engine of the settings."""
    if settings.search == "postgres":
        return PostgresIndex(engine)
    return WhooshIndex(folder_of(settings.data_dir))


def with_secret(settings: Settings) -> Settings:
    """The settings with a secret key; a development machine keeps a random one in its data folder."""
    if settings.secret_key:
        return settings
    return Settings(**{**vars(settings), "secret_key": _kept_secret(settings.data_dir / DEVELOPMENT_SECRET_FILE)})


def _kept_secret(path: Path) -> str:
    """The secret in ``path``; whoever comes first writes it."""
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
