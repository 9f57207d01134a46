"""What an operator may do about jobs."""

import datetime as dt

from sqlalchemy.orm import Session

from repository import audit, jobs, permissions
from repository.administration import queries
from repository.errors import Conflict
from repository.jobs import Job, JobState
from repository.permissions import Actor


def retry_job(session: Session, actor: Actor, job_id: int, *, now: dt.datetime) -> Job:
    """Put a failed job back in the queue.

    Raises:
        Conflict: the job hasn't failed.
    """
    permissions.ADMINISTER.require(actor)
    job = queries.get_job(session, actor, job_id).job
    if job.state != JobState.FAILED:
        raise Conflict("Chỉ chạy lại được công việc đã hỏng.")
    jobs.retry_job(session, job, now)
    audit.record(session, actor, "retry", "job", job.id, now, kind=job.kind)
    return job
