import pytest
from sqlalchemy.orm import Session

from repository.administration import actions
from repository.audit import AuditEntry
from repository.errors import Conflict, Forbidden, NotFound, NotSignedIn
from repository.jobs import JobState
from repository.permissions import STRANGER, SYSTEM, Role
from tests.builders import an_actor
from tests.conftest import NOW
from tests.repository.administration.builders import a_job


def test_a_failed_job_goes_back_to_the_queue_with_fresh_tries(session: Session) -> None:
    job = a_job(session, JobState.FAILED, tries=8, error="OSError: disk full")
    actions.retry_job(session, SYSTEM, job.id, now=NOW)
    assert (job.state, job.tries, job.error, job.run_after) == (JobState.QUEUED, 0, "", NOW)


def test_a_retry_is_on_the_trail(session: Session) -> None:
    job = a_job(session, JobState.FAILED)
    actions.retry_job(session, SYSTEM, job.id, now=NOW)
    session.flush()
    entry = session.query(AuditEntry).one()
    assert (entry.action, entry.thing_kind, entry.thing_id) == ("retry", "job", job.id)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.DONE])
def test_a_job_that_has_not_failed_is_left_alone(session: Session, state: JobState) -> None:
    job = a_job(session, state)
    with pytest.raises(Conflict):
        actions.retry_job(session, SYSTEM, job.id, now=NOW)


def test_a_job_that_is_not_there_cannot_be_retried(session: Session) -> None:
    with pytest.raises(NotFound):
        actions.retry_job(session, SYSTEM, 999_999, now=NOW)


def test_even_its_maker_does_not_retry_a_job(session: Session) -> None:
    editor = an_actor(session, Role.EDITOR)
    job = a_job(session, JobState.FAILED, created_by_id=editor.person_id)
    with pytest.raises(Forbidden):
        actions.retry_job(session, editor, job.id, now=NOW)
    with pytest.raises(NotSignedIn):
        actions.retry_job(session, STRANGER, job.id, now=NOW)
