import datetime as dt
from threading import Event
from typing import Any

import pytest
from sqlalchemy.orm import Session

from repository.db import writing
from repository.jobs import (
    LEASE_SECONDS,
    MAX_TRIES,
    Handler,
    Job,
    JobContext,
    JobState,
    Worker,
    back_off,
    claim_job,
    enqueue,
    reclaim_jobs,
    retry_job,
)
from repository.services import Services
from tests.conftest import NOW

LATER = NOW + dt.timedelta(seconds=LEASE_SECONDS + 1)


class Broken(Exception):
    pass


def a_worker(services: Services, handler: Handler, at: dt.datetime = NOW) -> Worker:
    return Worker(services.sessions, {"test": handler}, services, clock=lambda: at)


def an_enqueued_job(services: Services, **payload: Any) -> int:
    with services.sessions() as session:
        job = enqueue(writing(session), "test", payload, now=NOW)
        session.commit()
        return job.id


def job_after(services: Services, job_id: int) -> Job:
    with services.sessions() as session:
        job = session.get(Job, job_id)
        assert job
        return job


def breaking(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    raise Broken("no luck")


def doing_nothing(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    pass


def test_a_job_gets_its_payload_and_is_done(services: Services) -> None:
    seen: list[dict[str, Any]] = []
    job_id = an_enqueued_job(services, number=7)
    a_worker(services, lambda _session, payload, _context: seen.append(payload)).run_due()
    assert seen == [{"number": 7}]
    assert job_after(services, job_id).state is JobState.DONE


def test_a_job_of_a_transaction_that_failed_does_not_exist(services: Services) -> None:
    with services.sessions() as session:
        enqueue(writing(session), "test", {}, now=NOW)
        session.rollback()
    assert a_worker(services, doing_nothing).run_due() == 0


def test_what_a_failed_handler_wrote_is_rolled_back(services: Services) -> None:
    def half_done(session: Session, payload: dict[str, Any], context: JobContext) -> None:
        enqueue(writing(session), "test", {"child": True}, now=NOW + dt.timedelta(days=1))
        raise Broken

    an_enqueued_job(services)
    a_worker(services, half_done).run_one()
    with services.sessions() as session:
        assert session.query(Job).count() == 1


def test_a_job_that_failed_waits_before_its_next_try(services: Services) -> None:
    job_id = an_enqueued_job(services)
    worker = a_worker(services, breaking)
    worker.run_one()
    assert not worker.run_one()
    job = job_after(services, job_id)
    assert job.state is JobState.QUEUED
    assert job.error == "Broken: no luck"


def test_a_job_that_never_works_is_marked_failed(services: Services) -> None:
    job_id = an_enqueued_job(services)
    for day in range(MAX_TRIES):
        a_worker(services, breaking, NOW + dt.timedelta(days=day)).run_one()
    assert job_after(services, job_id).state is JobState.FAILED


def test_a_failed_job_can_be_tried_afresh(session: Session) -> None:
    job = enqueue(session, "test", {}, now=NOW)
    job.state, job.tries = JobState.FAILED, MAX_TRIES
    retry_job(session, job, NOW)
    assert claim_job(session, "w", NOW) is job


def test_two_workers_never_hold_the_same_job(session: Session) -> None:
    enqueue(session, "test", {}, now=NOW)
    assert claim_job(session, "one", NOW)
    session.flush()
    assert claim_job(session, "two", NOW) is None


def test_a_dead_workers_job_is_taken_over_when_its_lease_ends(session: Session) -> None:
    enqueue(session, "test", {}, now=NOW)
    claim_job(session, "dead", NOW)
    session.flush()
    taken = claim_job(session, "heir", LATER)
    assert taken and taken.worker == "heir" and taken.tries == 2


def test_a_worker_that_starts_takes_back_at_once_what_its_machine_left(session: Session) -> None:
    enqueue(session, "test", {}, now=NOW)
    claim_job(session, "here:1", NOW)
    session.flush()
    reclaim_jobs(session, "here", NOW, lambda pid: False)
    assert claim_job(session, "here:2", NOW)


def test_a_worker_that_starts_leaves_its_living_neighbour_alone(session: Session) -> None:
    enqueue(session, "test", {}, now=NOW)
    claim_job(session, "here:1", NOW)
    session.flush()
    reclaim_jobs(session, "here", NOW, lambda pid: pid == 1)
    assert claim_job(session, "here:2", NOW) is None


def test_a_job_for_later_waits_for_its_time(session: Session) -> None:
    enqueue(session, "test", {}, now=NOW, run_after=NOW + dt.timedelta(hours=1))
    assert claim_job(session, "w", NOW) is None


def test_only_the_asked_kinds_are_run(services: Services) -> None:
    an_enqueued_job(services)
    assert a_worker(services, doing_nothing).run_due(("other",)) == 0


def test_progress_is_visible_while_the_job_runs(services: Services) -> None:
    seen: list[tuple[int, int, str]] = []

    def telling(session: Session, payload: dict[str, Any], context: JobContext) -> None:
        context.progress(3, 9, "a third")
        job = job_after(services, context.job_id)
        seen.append((job.done_count, job.total_count, job.message))

    an_enqueued_job(services)
    a_worker(services, telling).run_one()
    assert seen == [(3, 9, "a third")]


def test_a_worker_stops_when_told(services: Services) -> None:
    stop = Event()
    an_enqueued_job(services)
    a_worker(services, lambda *_: stop.set()).run(stop)
    assert stop.is_set()


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 4), (5, 32), (20, 3600)])
def test_back_off_doubles_up_to_an_hour(tries: int, seconds: int) -> None:
    assert back_off(tries, 0.5) == dt.timedelta(seconds=seconds)
