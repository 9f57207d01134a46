"""What commands share: the product's parts, one session, and letting pending jobs run."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from quizbank.cli.loading import loaded
from quizbank.parts import open_parts
from repository.db import writing
from repository.jobs import Worker, utc_now
from repository.migrations import is_current, upgrade
from repository.search.following import Follower
from repository.services import Services


def open_product() -> Services:
    """The product's parts, with the database brought up to date; ``with_jobs`` loads what its jobs run."""
    services = open_parts()
    if not is_current(services.engine):
        upgrade(services.engine)
    return services


def with_jobs(services: Services) -> Services:
    """The same parts, ready to run any job."""
    services.job_handlers.update(loaded("quizbank.jobs:JOB_HANDLERS"))
    return services


@contextmanager
def one_session(services: Services, *, writes: bool = True) -> Iterator[Session]:
    """One session for one command: committed at its end, rolled back when it fails."""
    with services.sessions() as session:
        if writes:
            writing(session)
        yield session
        session.commit()


def run_pending_jobs(services: Services, kinds: tuple[str, ...] = ()) -> int:
    """Run what a command has just caused before it ends; a running worker shares the work."""
    return Worker(services.sessions, with_jobs(services).job_handlers, services).run_due(kinds)


def follow_changes(services: Services) -> int:
    """Bring the search index up to date with what a command has just changed."""
    return Follower(services.search, services.sessions, services.document_sources).catch_up()


def now() -> dt.datetime:
    return utc_now()
