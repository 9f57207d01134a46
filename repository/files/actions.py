"""Keeping files: bytes first, then the row, so that a row never lacks its bytes.

These are the ground floor's actions: who may upload is asked by the feature that calls them.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from repository.files import media_types
from repository.files.models import StoredFile
from repository.files.queries import find_file, known_of
from repository.files.store import ORPHAN_AGE, FileStore, StoredBytes

BATCH = 500


def keep_file(
    session: Session,
    store: FileStore,
    stream: BinaryIO,
    *,
    limit_bytes: int,
    now: dt.datetime,
    name: str = "",
) -> StoredFile:
    """Put the bytes in the store and write their row. The same bytes are one row, whatever their name.

    Args:
        stream: read to its end.
        limit_bytes: the most that may come.
        name: what the owner called the file; it decides nothing.

    Raises:
        TooLarge: more bytes than ``limit_bytes``.
    """
    return keep_stored(session, store, store.put(stream, limit_bytes=limit_bytes), now=now)


def keep_stored(session: Session, store: FileStore, stored: StoredBytes, *, now: dt.datetime) -> StoredFile:
    """Write the row of bytes already in the store, so that a long upload holds no database lock."""
    known = find_file(session, stored.sha256)
    if known is not None:
        return known
    media_type = media_types.sniff(store.path(stored.sha256))
    row = StoredFile(sha256=stored.sha256, size_bytes=stored.size_bytes, media_type=media_type, created_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.get_one(StoredFile, stored.sha256)
    return row


def keep_path(session: Session, store: FileStore, path: Path, *, limit_bytes: int, now: dt.datetime) -> StoredFile:
    """Keep a file of this machine."""
    with path.open("rb") as stream:
        return keep_file(session, store, stream, limit_bytes=limit_bytes, now=now, name=path.name)


def sweep_orphans(session: Session, store: FileStore, *, now: dt.datetime) -> int:
    """Delete bytes without a row that are older than a day, and what never arrived whole. Returns how many."""
    moment = now - ORPHAN_AGE
    names = store.list_older_than(moment)
    swept = store.sweep_unfinished(moment)
    for batch in batches(names):
        known = known_of(session, batch)
        swept += sum(store.delete_if_older(name, moment) for name in batch if name not in known)
    return swept


def batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, BATCH)):
        yield batch
