import pytest
from sqlalchemy.orm import Session

from repository import audit
from repository.administration import queries
from repository.administration.queries import PAGE_SIZE, AuditFilter
from repository.errors import Forbidden, NotFound
from repository.jobs import JobState
from repository.permissions import STRANGER, SYSTEM, Role
from tests.builders import an_actor
from tests.conftest import NOW
from tests.repository.administration.builders import a_job


def test_jobs_are_listed_by_state_and_kind_with_their_maker(session: Session) -> None:
    editor = an_actor(session, Role.EDITOR)
    wanted = a_job(session, JobState.FAILED, created_by_id=editor.person_id)
    a_job(session, JobState.DONE)
    a_job(session, JobState.FAILED, kind="search.update")
    rows, _ = queries.list_jobs(session, SYSTEM, state=JobState.FAILED, kind="lectures.process")
    assert [(row.job.id, row.maker) for row in rows] == [(wanted.id, editor.name)]


def test_pages_of_jobs_follow_each_other(session: Session) -> None:
    made = [a_job(session).id for _ in range(PAGE_SIZE + 2)]
    first, key = queries.list_jobs(session, SYSTEM)
    second, end = queries.list_jobs(session, SYSTEM, after=key)
    assert [row.job.id for row in first + second] == made[::-1] and end is None


def test_every_state_is_counted_even_when_nothing_is_in_it(session: Session) -> None:
    a_job(session, JobState.FAILED)
    counts = queries.count_jobs(session)
    assert counts == {JobState.QUEUED: 0, JobState.RUNNING: 0, JobState.DONE: 0, JobState.FAILED: 1}


def test_a_job_is_seen_by_its_maker_and_by_nobody_else(session: Session) -> None:
    maker, other = an_actor(session, Role.EDITOR), an_actor(session, Role.EDITOR)
    job = a_job(session, created_by_id=maker.person_id)
    assert queries.get_job(session, maker, job.id).job is job
    for actor in (other, STRANGER):
        with pytest.raises(NotFound):
            queries.get_job(session, actor, job.id)


def test_a_job_of_the_system_is_not_a_strangers(session: Session) -> None:
    job = a_job(session)
    with pytest.raises(NotFound):
        queries.get_job(session, STRANGER, job.id)


def test_the_trail_is_searched_by_who_what_and_which(session: Session) -> None:
    editor = an_actor(session, Role.EDITOR)
    audit.record(session, editor, "publish", "lecture", 7, NOW)
    audit.record(session, editor, "publish", "question", 7, NOW)
    audit.record(session, SYSTEM, "publish", "lecture", 7, NOW)
    audit.record(session, editor, "withdraw", "lecture", 7, NOW)
    audit.record(session, editor, "publish", "lecture", 8, NOW)
    session.flush()
    entries, _ = queries.list_audit(session, SYSTEM, AuditFilter(editor.person_id, "publish", "lecture", 7))
    assert len(entries) == 1


def test_pages_of_the_trail_follow_each_other(session: Session) -> None:
    for number in range(PAGE_SIZE + 2):
        audit.record(session, SYSTEM, "publish", "lecture", number, NOW)
    session.flush()
    first, key = queries.list_audit(session, SYSTEM, AuditFilter())
    second, end = queries.list_audit(session, SYSTEM, AuditFilter(), key)
    assert [entry.thing_id for entry in first + second] == list(range(PAGE_SIZE + 1, -1, -1)) and end is None


def test_jobs_and_trail_are_for_administrators(session: Session) -> None:
    reviewer = an_actor(session, Role.REVIEWER, Role.EDITOR, Role.TEACHER)
    with pytest.raises(Forbidden):
        queries.list_jobs(session, reviewer)
    with pytest.raises(Forbidden):
        queries.list_audit(session, reviewer, AuditFilter())
