"""Jobs to watch."""

from typing import Any

from sqlalchemy.orm import Session

from repository.jobs import Job, JobState, enqueue
from tests.conftest import NOW


def a_job(session: Session, state: JobState = JobState.QUEUED, **changes: Any) -> Job:
    job = enqueue(session, changes.pop("kind", "lectures.process"), {"lecture_id": 7}, now=NOW)
    job.state = state
    for name, value in changes.items():
        setattr(job, name, value)
    session.flush()
    return job
