"""What changes the index, always by way of the worker: a job in the transaction of the change that causes it."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.jobs import Job, JobState, enqueue

UPDATE = "search.update"
REBUILD = "search.rebuild"
MOST_IDS = 10_000


def schedule_update(session: Session, kind: str, ids: Iterable[int], *, now: dt.datetime) -> None:
    """Have the worker look again at things of one kind: one job for all, none for nobody.

    Ids join the job of an earlier change that still waits, for a commit of the index costs more than its documents.
    """
    chosen = set(ids)
    if not chosen:
        return
    waiting = waiting_update(session, kind)
    if waiting is not None and len(waiting.payload["ids"]) + len(chosen) <= MOST_IDS:
        waiting.payload = {"kind": kind, "ids": sorted(chosen.union(waiting.payload["ids"]))}
        session.flush()
    else:
        enqueue(session, UPDATE, {"kind": kind, "ids": sorted(chosen)}, now=now)


def waiting_update(session: Session, kind: str) -> Job | None:
    """The newest update of this kind that no worker has touched, held until the transaction ends."""
    query = (
        select(Job)
        .where(Job.kind == UPDATE, Job.state == JobState.QUEUED, Job.tries == 0)
        .order_by(Job.id.desc())
        .limit(8)
        .with_for_update(skip_locked=True)
    )
    return next((job for job in session.scalars(query) if job.payload["kind"] == kind), None)


def schedule_rebuild(session: Session, *, now: dt.datetime) -> None:
    """Have the worker build the index from nothing, unless that is already waiting or under way."""
    pending = select(Job.id).where(Job.kind == REBUILD, Job.state.in_((JobState.QUEUED, JobState.RUNNING))).limit(1)
    if session.scalar(pending) is None:
        enqueue(session, REBUILD, {}, now=now)
