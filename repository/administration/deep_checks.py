"""Checks that read much: for ``hoclieu check``, not for a page."""

import datetime as dt
import hashlib
from io import BufferedReader
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository.administration.checks import Check, all_checks
from repository.files.models import StoredFile
from repository.files.store import FileStore
from repository.jobs import Job, JobState
from repository.publishing.log import verify_log
from repository.search.actions import REBUILD
from repository.search.queries import lag_of
from repository.services import Services

ROWS_AT_ONCE = 1_000


def thorough_checks(
    session: Session, services: Services, now: dt.datetime, *, reads_bytes: bool = False
) -> list[Check]:
    """All checks of the health page and those that look at every row.

    Args:
        reads_bytes: also compare the SHA-256 of every stored file.
    """
    checks = all_checks(session, services, now)
    if not all(check.is_well for check in checks if check.code.startswith("database")):
        return checks
    if all(check.is_well for check in checks if check.code.startswith("search")):
        checks.append(index_against_database(session, services))
    return [*checks, stored_files(session, services, reads_bytes=reads_bytes), publishing_log(session)]


def index_against_database(session: Session, services: Services) -> Check:
    """The index holds as many documents as are published, or changes that will see to it are waiting."""
    published = sum(sum(1 for _ in source.list_ids(session)) for source in services.document_sources.values())
    held = services.search.state().documents
    unfinished = (Job.state != JobState.DONE) & (Job.kind == REBUILD)
    rebuilds = session.scalar(select(func.count()).select_from(Job).where(unfinished)) or 0
    waiting = rebuilds + lag_of(session, services.search).changes
    facts = {"held": held, "published": published, "waiting": waiting}
    return Check("index-well" if held == published or waiting else "index-astray", facts)


def stored_files(session: Session, services: Services, *, reads_bytes: bool) -> Check:
    """Every stored file is there with its size, and where asked with its hash."""
    count, wrong = 0, []
    rows = select(StoredFile.sha256, StoredFile.size_bytes).execution_options(yield_per=ROWS_AT_ONCE)
    for sha256, size_bytes in session.execute(rows):
        count += 1
        if not is_kept(services.store, sha256, size_bytes, reads_bytes=reads_bytes):
            wrong.append(sha256[:12])
    if wrong:
        return Check("stored-wrong", {"count": len(wrong), "names": ", ".join(wrong[:5])})
    return Check("stored-well", {"count": count})


def is_kept(store: FileStore, sha256: str, size_bytes: int, *, reads_bytes: bool) -> bool:
    if not store.has(sha256) or store.path(sha256).stat().st_size != size_bytes:
        return False
    if not reads_bytes:
        return True
    with store.open(sha256) as file:
        return hashlib.file_digest(cast(BufferedReader, file), "sha256").hexdigest() == sha256


def publishing_log(session: Session) -> Check:
    state = verify_log(session)
    if state.is_whole:
        return Check("log-well", {"count": state.count})
    return Check("log-broken", {"line": state.broken_at})
