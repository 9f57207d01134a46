"""What changes the index, always by way of the worker: a job in the transaction of the change that causes it."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.jobs import Job, JobState, enqueue

UPDATE = "search.update"
REBUILD = "search.rebuild"


def schedule_update(session: Session, kind: str, ids: Iterable[int], *, now: dt.datetime) -> None:
    """Have the worker look again at things of one kind: one job for all, none for nobody."""
    chosen = sorted(set(ids))
    if chosen:
        enqueue(session, UPDATE, {"kind": kind, "ids": chosen}, now=now)


def schedule_rebuild(session: Session, *, now: dt.datetime) -> None:
    """Have the worker build the index from nothing, unless that is already waiting or under way."""
    pending = select(Job.id).where(Job.kind == REBUILD, Job.state.in_((JobState.QUEUED, JobState.RUNNING))).limit(1)
    if session.scalar(pending) is None:
        enqueue(session, REBUILD, {}, now=now)
