"""What changes the index, always by way of the worker: a line in the log, in the transaction of the change itself."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from repository.jobs import Job, JobState, enqueue
from repository.search.models import SearchChange

REBUILD = "search.rebuild"


def schedule_update(session: Session, kind: str, ids: Iterable[int], *, now: dt.datetime) -> None:
    """Have every index look again at things of one kind, within two seconds of the commit."""
    rows = [{"kind": kind, "thing_id": id, "at": now} for id in sorted(set(ids))]
    if rows:
        session.execute(insert(SearchChange), rows)


def schedule_rebuild(session: Session, *, now: dt.datetime) -> None:
    """Have the worker see to it that there is a sound index, unless that is already waiting or under way."""
    pending = select(Job.id).where(Job.kind == REBUILD, Job.state.in_((JobState.QUEUED, JobState.RUNNING))).limit(1)
    if session.scalar(pending) is None:
        enqueue(session, REBUILD, {}, now=now)
