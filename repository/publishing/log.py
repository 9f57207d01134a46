"""The log of publications: every line carries the hash of the one before, so that none can change unseen."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from repository.permissions import Actor
from repository.publishing.models import Record, RecordEvent
from repository.publishing.rules import START_OF_LOG, RecordEventKind, chained_hash

LOG_LOCK = 8101946
READ_BATCH = 2_000


@dataclass(frozen=True)
class LogEntry:
    """What is to be logged."""

    record_id: int
    identifier: str
    event: RecordEventKind
    version_id: int | None
    payload_sha256: str


@dataclass(frozen=True)
class LogState:
    """What checking the log found. ``broken_at``: the first line that doesn't follow from those before it."""

    count: int
    last_hash: str
    broken_at: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def append_to_log(session: Session, actor: Actor, entries: Sequence[LogEntry], now: dt.datetime) -> tuple[int, int]:
    """Add lines at the end of the log; writers take turns until they commit. Returns the first and last number."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOG_LOCK})
    last = session.execute(select(RecordEvent.seq, RecordEvent.hash).order_by(RecordEvent.seq.desc()).limit(1)).first()
    first = last.seq + 1 if last else 1
    rows = list(lines_of(entries, actor, now, first, last.hash if last else START_OF_LOG))
    session.execute(insert(RecordEvent), rows)
    return first, first + len(rows) - 1


def lines_of(
    entries: Sequence[LogEntry], actor: Actor, now: dt.datetime, first: int, previous: str
) -> Iterator[dict[str, Any]]:
    """Rows of the log, each sealed with the one before."""
    for seq, entry in enumerate(entries, first):
        line = {
            "seq": seq,
            "record_id": entry.record_id,
            "event": entry.event,
            "at": now,
            "actor_id": actor.person_id,
            "actor_name": actor.name,
            "version_id": entry.version_id,
            "payload_sha256": entry.payload_sha256,
            "previous_hash": previous,
        }
        previous = chained_hash(
            previous,
            seq=seq,
            identifier=entry.identifier,
            event=entry.event,
            at=now,
            actor_id=actor.person_id,
            version_id=entry.version_id,
            payload=entry.payload_sha256,
        )
        yield {**line, "hash": previous}


def verify_log(session: Session) -> LogState:
    """Recompute every hash from the first line on; stop at the first that doesn't fit."""
    count, previous = 0, START_OF_LOG
    query = (
        select(
            RecordEvent.seq,
            Record.identifier,
            RecordEvent.event,
            RecordEvent.at,
            RecordEvent.actor_id,
            RecordEvent.version_id,
            RecordEvent.payload_sha256,
            RecordEvent.previous_hash,
            RecordEvent.hash,
        )
        .outerjoin(Record, Record.id == RecordEvent.record_id)
        .order_by(RecordEvent.seq)
    )
    with session.execute(query.execution_options(yield_per=READ_BATCH)) as rows:
        for row in rows:
            expected = chained_hash(
                previous,
                seq=count + 1,
                identifier=row.identifier,
                event=row.event,
                at=row.at,
                actor_id=row.actor_id,
                version_id=row.version_id,
                payload=row.payload_sha256,
            )
            if (row.seq, row.previous_hash, row.hash) != (count + 1, previous, expected):
                return LogState(count, previous, broken_at=row.seq)
            count, previous = row.seq, row.hash
    return LogState(count, previous)
