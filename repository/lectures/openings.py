"""How often lectures are opened: counted in memory, written now and then, told to the search index by night.

A process that dies forgets the last minute's openings; nothing else depends on them.
"""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy import case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from repository.db import writing
from repository.jobs import Job, JobContext, JobState, enqueue
from repository.lectures.descriptions import KIND
from repository.lectures.models import LectureOpenings
from repository.search.actions import schedule_update

TELL = "lectures.tell-openings"
WRITE_EVERY = dt.timedelta(minutes=1)
TELL_AFTER = dt.timedelta(hours=24)
WORTH_TELLING = 1.1

log = structlog.get_logger("lectures")


def beside(work: Callable[[], None]) -> None:
    """Do it in a thread of its own, so that no page waits for a busy database."""
    threading.Thread(target=work, daemon=True).start()


class OpeningCounter:
    """Counts for one process. ``run`` does the writing, at most once a minute."""

    def __init__(self, run: Callable[[Callable[[], None]], None] = beside) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._counts: Counter[int] = Counter()
        self._written_at: dt.datetime | None = None

    def count(self, lecture_id: int, sessions: sessionmaker[Session], *, now: dt.datetime) -> None:
        """Note one opening; when the minute is over write what was noted."""
        with self._lock:
            self._counts[lecture_id] += 1
            self._written_at = self._written_at or now
            if now - self._written_at < WRITE_EVERY:
                return
            counts, self._counts, self._written_at = self._counts, Counter(), now
        self._run(lambda: self._write(counts, sessions, now))

    def _write(self, counts: Counter[int], sessions: sessionmaker[Session], now: dt.datetime) -> None:
        try:
            with sessions() as session:
                add_openings(writing(session), counts, now=now)
                session.commit()
        except OperationalError:
            log.info("openings wait while the database is busy", lectures=len(counts))
            with self._lock:
                self._counts.update(counts)


COUNTERS: "WeakKeyDictionary[sessionmaker[Session], OpeningCounter]" = WeakKeyDictionary()
"""One for each database that this process knows: what was opened in one is never written to another."""


def count_opening(lecture_id: int, sessions: sessionmaker[Session], *, now: dt.datetime) -> None:
    """Note that a lecture's page was opened."""
    COUNTERS.setdefault(sessions, OpeningCounter()).count(lecture_id, sessions, now=now)


def add_openings(session: Session, counts: Counter[int], *, now: dt.datetime) -> None:
    """Add to the lectures' counts, and have the index told within a day."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    new = insert(LectureOpenings).values([{"lecture_id": id, "openings": n} for id, n in sorted(counts.items())])
    both = LectureOpenings.openings + new.excluded.openings
    session.execute(new.on_conflict_do_update(index_elements=["lecture_id"], set_={"openings": both}))
    planned = select(Job.id).where(Job.kind == TELL, Job.state == JobState.QUEUED).limit(1)
    if session.scalar(planned) is None:
        enqueue(session, TELL, {}, now=now, run_after=now + TELL_AFTER)


def tell_openings(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Have the index look again at lectures that were opened a tenth more often than it knows."""
    row = LectureOpenings
    is_worth = row.openings >= case((row.indexed == 0, 1), else_=row.indexed * WORTH_TELLING)
    changed = list(session.scalars(select(row.lecture_id).where(row.openings > row.indexed, is_worth)))
    session.rollback()
    writing(session).execute(update(row).where(row.lecture_id.in_(changed)).values(indexed=row.openings))
    schedule_update(session, KIND, changed, now=context.now())
