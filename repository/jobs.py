"""Work that outlives a request: the job row, written in the transaction that causes it, and the worker loop.

A job is run at least once: a worker that dies leaves its lease to expire, and another takes the job over.
Handlers are therefore idempotent. A handler that raises is tried again with back-off, then marked failed.
"""

import datetime as dt
import os
import random
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Thread
from typing import Any

import structlog
from sqlalchemy import JSON, ForeignKey, Index, Text, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from repository.db import Base, Id, Moment, UtcDateTime, writing

LEASE_SECONDS = 60
MAX_TRIES = 8
IDLE_SECONDS = 0.25

log = structlog.get_logger("jobs")


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "state", "run_after"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState]
    tries: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[Moment]
    leased_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    worker: Mapped[str | None]
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[Moment]
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class JobContext:
    """What a handler may use beside its session and payload.

    ``services`` is the product's ``repository.services.Services``; it is untyped here because it stands above.
    """

    job_id: int
    services: Any
    sessions: sessionmaker[Session]
    clock: Callable[[], dt.datetime]

    def now(self) -> dt.datetime:
        return self.clock()

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Show how far the job is, and keep its lease. Writes at once, beside the handler's transaction.

        On SQLite call it only while the handler's own session isn't writing.
        """
        with self.sessions() as session:
            writing(session).execute(
                update(Job)
                .where(Job.id == self.job_id)
                .values(done_count=done, total_count=total, message=message, leased_until=_lease(self.now()))
            )
            session.commit()


Handler = Callable[[Session, dict[str, Any], JobContext], None]


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    now: dt.datetime,
    created_by_id: int | None = None,
    run_after: dt.datetime | None = None,
) -> Job:
    """Write a job in the caller's transaction: it exists exactly if the change that needs it does."""
    job = Job(
        kind=kind,
        payload=payload,
        state=JobState.QUEUED,
        run_after=run_after or now,
        created_by_id=created_by_id,
        created_at=now,
    )
    session.add(job)
    session.flush()
    return job


def back_off(tries: int, jitter: float) -> dt.timedelta:
    """How long to wait before try ``tries + 1``: 2 s, 4 s, 8 s ... at most an hour, give or take a fifth."""
    seconds: float = min(2.0**tries, 3600.0)
    return dt.timedelta(seconds=seconds * (0.8 + 0.4 * jitter))


def claim_job(session: Session, worker: str, now: dt.datetime, kinds: tuple[str, ...] = ()) -> Job | None:
    """Take the oldest job that is due, or one whose worker died. One worker wins; the others see nothing."""
    due = (Job.state == JobState.QUEUED) & (Job.run_after <= now)
    orphaned = (Job.state == JobState.RUNNING) & (Job.leased_until < now)
    query = select(Job).where(due | orphaned).order_by(Job.run_after, Job.id).limit(1).with_for_update(skip_locked=True)
    if kinds:
        query = query.where(Job.kind.in_(kinds))
    job = session.scalars(query).first()
    if job is None:
        return None
    job.state, job.worker, job.started_at, job.leased_until = JobState.RUNNING, worker, now, _lease(now)
    job.tries += 1
    return job


def reclaim_jobs(session: Session, host: str, now: dt.datetime, is_alive: Callable[[int], bool]) -> None:
    """Take back at once what dead workers of this machine left running, without waiting for their leases."""
    running = select(Job).where(Job.state == JobState.RUNNING, Job.worker.startswith(f"{host}:", autoescape=True))
    for job in session.scalars(running):
        if not is_alive(int((job.worker or "0").rpartition(":")[2])):
            job.leased_until = now - dt.timedelta(seconds=1)


def is_process_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def retry_job(session: Session, job: Job, now: dt.datetime) -> None:
    """Put a failed job back in the queue with a fresh count of tries."""
    job.state, job.tries, job.run_after, job.error = JobState.QUEUED, 0, now, ""


@dataclass
class Worker:
    """Runs jobs one after the other until told to stop."""

    sessions: sessionmaker[Session]
    handlers: Mapping[str, Handler]
    services: Any
    clock: Callable[[], dt.datetime] = utc_now
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or f"{socket.gethostname()}:{os.getpid()}"

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set; a database that is away for a while is waited for."""
        with self.sessions() as session:
            reclaim_jobs(writing(session), socket.gethostname(), self.clock(), is_process_alive)
            session.commit()
        while not stop.is_set():
            try:
                has_worked = self.run_one()
            except Exception:
                log.exception("worker trouble")
                has_worked = False
                stop.wait(2)
            if not has_worked:
                stop.wait(IDLE_SECONDS)

    def run_due(self, kinds: tuple[str, ...] = (), limit: int = 100_000) -> int:
        """Run what is due now and return how many jobs that were. For commands and tests."""
        count = 0
        while count < limit and self.run_one(kinds):
            count += 1
        return count

    def run_one(self, kinds: tuple[str, ...] = ()) -> bool:
        """Claim and run one job; False when none is due."""
        if not self._is_any_due(kinds):
            return False
        with self.sessions() as session:
            job = claim_job(writing(session), self.name, self.clock(), kinds)
            session.commit()
        if job is None:
            return False
        started = time.perf_counter()
        context = JobContext(job.id, self.services, self.sessions, self.clock)
        try:
            with self._kept_lease(job.id), self.sessions() as session:
                self.handlers[job.kind](session, job.payload, context)
                _finish(writing(session), job.id, self.clock())
                session.commit()
        except Exception as error:
            log.exception("job failed", job=job.id, kind=job.kind, tries=job.tries)
            self._put_back(job, error)
        else:
            log.info("job done", job=job.id, kind=job.kind, seconds=round(time.perf_counter() - started, 3))
        return True

    @contextmanager
    def _kept_lease(self, job_id: int) -> Iterator[None]:
        """Renew the lease from a thread while the handler works, however long that takes."""
        is_over = Event()

        def renew() -> None:
            while not is_over.wait(LEASE_SECONDS / 3):
                try:
                    with self.sessions() as session:
                        lease = update(Job).where(Job.id == job_id).values(leased_until=_lease(self.clock()))
                        writing(session).execute(lease)
                        session.commit()
                except OperationalError:
                    log.info("the lease can't be renewed while the database is busy", job=job_id)

        keeper = Thread(target=renew, daemon=True)
        keeper.start()
        try:
            yield
        finally:
            is_over.set()

    def _is_any_due(self, kinds: tuple[str, ...]) -> bool:
        """A cheap look without the write lock, so that an idle worker disturbs nobody."""
        now = self.clock()
        due = (Job.state == JobState.QUEUED) & (Job.run_after <= now)
        orphaned = (Job.state == JobState.RUNNING) & (Job.leased_until < now)
        query = select(Job.id).where(due | orphaned).limit(1)
        if kinds:
            query = query.where(Job.kind.in_(kinds))
        with self.sessions() as session:
            return session.scalar(query) is not None

    def _put_back(self, job: Job, error: Exception) -> None:
        now = self.clock()
        is_over = job.tries >= MAX_TRIES
        with self.sessions() as session:
            writing(session).execute(
                update(Job)
                .where(Job.id == job.id)
                .values(
                    state=JobState.FAILED if is_over else JobState.QUEUED,
                    run_after=now + back_off(job.tries, random.random()),
                    leased_until=None,
                    finished_at=now if is_over else None,
                    error=f"{type(error).__name__}: {error}"[:4000],
                )
            )
            session.commit()


def _finish(session: Session, job_id: int, now: dt.datetime) -> None:
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state=JobState.DONE, finished_at=now, leased_until=None, error="", done_count=Job.total_count)
    )


def _lease(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(seconds=LEASE_SECONDS)
