"""Questions about jobs and the audit trail. Changes nothing."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository import permissions
from repository.accounts.models import Person
from repository.audit import AuditEntry
from repository.errors import NotFound
from repository.jobs import Job, JobState
from repository.permissions import Actor

PAGE_SIZE = 50


@dataclass(frozen=True)
class JobRow:
    """A job with the name of who caused it."""

    job: Job
    maker: str | None


@dataclass(frozen=True)
class AuditFilter:
    """What to look for in the trail; None means any."""

    actor_id: int | None = None
    action: str | None = None
    thing_kind: str | None = None
    thing_id: int | None = None


def list_jobs(
    session: Session, actor: Actor, *, state: JobState | None = None, kind: str | None = None, after: int | None = None
) -> tuple[list[JobRow], int | None]:
    """The newest jobs first, and the key of the next page."""
    permissions.ADMINISTER.require(actor)
    query = select(Job, Person.name).outerjoin(Person, Person.id == Job.created_by_id)
    if state:
        query = query.where(Job.state == state)
    if kind:
        query = query.where(Job.kind == kind)
    if after is not None:
        query = query.where(Job.id < after)
    found = session.execute(query.order_by(Job.id.desc()).limit(PAGE_SIZE + 1)).all()
    rows = [JobRow(job, name) for job, name in found[:PAGE_SIZE]]
    return rows, rows[-1].job.id if len(found) > PAGE_SIZE else None


def count_jobs(session: Session) -> dict[JobState, int]:
    counts = dict.fromkeys(JobState, 0)
    for state, count in session.execute(select(Job.state, func.count()).group_by(Job.state)):
        counts[state] = count
    return counts


def get_job(session: Session, actor: Actor, job_id: int) -> JobRow:
    """A job for its maker or an administrator.

    Raises:
        NotFound: there is none, or it isn't for this actor to see.
    """
    found = session.execute(
        select(Job, Person.name).outerjoin(Person, Person.id == Job.created_by_id).where(Job.id == job_id)
    ).first()
    if found is None or not permissions.SEE_JOBS.allows(actor, found[0]):
        raise NotFound("Không có công việc này.")
    return JobRow(found[0], found[1])


def list_audit(
    session: Session, actor: Actor, wanted: AuditFilter, after: int | None = None
) -> tuple[list[AuditEntry], int | None]:
    """The newest entries first, and the key of the next page."""
    permissions.ADMINISTER.require(actor)
    query = select(AuditEntry)
    for column, value in (
        (AuditEntry.actor_id, wanted.actor_id),
        (AuditEntry.action, wanted.action),
        (AuditEntry.thing_kind, wanted.thing_kind),
        (AuditEntry.thing_id, wanted.thing_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if after is not None:
        query = query.where(AuditEntry.id < after)
    found = list(session.scalars(query.order_by(AuditEntry.id.desc()).limit(PAGE_SIZE + 1)))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None
