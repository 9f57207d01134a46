import datetime as dt
from collections.abc import Iterable, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.jobs import Job, JobState, Worker
from repository.search.actions import schedule_rebuild, schedule_update
from repository.search.documents import DocumentSource, SearchDocument, SearchQuery
from repository.services import Services
from tests.repository.search.builders import a_document, a_source


@pytest.fixture
def worker(services: Services) -> Worker:
    return Worker(services.sessions, services.job_handlers, services)


@pytest.fixture
def library(services: Services) -> list[SearchDocument]:
    """What is published; tests change the list as people would change the library."""
    documents = [a_document("Hàm số", id=1), a_document("Đạo hàm", id=2)]
    services.document_sources["question"] = a_source_of(documents)
    return documents


def a_source_of(documents: list[SearchDocument]) -> DocumentSource:
    def read(session: Session, ids: Sequence[int]) -> Iterable[SearchDocument]:
        return list(a_source(documents).read(session, ids))

    return DocumentSource(lambda session: [document.id for document in documents], read)


def found_ids(services: Services) -> list[int]:
    return [hit.id for hit in services.search.find(SearchQuery("")).hits]


def test_one_job_carries_all_ids(session: Session, now: dt.datetime) -> None:
    schedule_update(session, "question", [3, 1, 3], now=now)
    jobs = session.scalars(select(Job).where(Job.kind == "search.update")).all()
    assert [job.payload for job in jobs] == [{"kind": "question", "ids": [1, 3]}]


def test_nothing_changed_needs_no_job(session: Session, now: dt.datetime) -> None:
    schedule_update(session, "question", [], now=now)
    assert session.scalar(select(Job)) is None


def test_a_second_rebuild_waits_for_no_job(session: Session, now: dt.datetime) -> None:
    schedule_rebuild(session, now=now)
    schedule_rebuild(session, now=now)
    assert len(session.scalars(select(Job)).all()) == 1


def test_the_first_update_builds_the_whole_index(
    services: Services, session: Session, worker: Worker, library: list[SearchDocument], now: dt.datetime
) -> None:
    schedule_update(session, "question", [1], now=now)
    session.commit()
    worker.run_due()
    assert sorted(found_ids(services)) == [1, 2]


def test_an_update_takes_in_what_is_published_and_drops_what_is_not(
    services: Services, session: Session, worker: Worker, library: list[SearchDocument], now: dt.datetime
) -> None:
    services.search.rebuild(library)
    library[:] = [library[1], a_document("Tích phân", id=3)]
    schedule_update(session, "question", [1, 3], now=now)
    session.commit()
    worker.run_due()
    assert sorted(found_ids(services)) == [2, 3]


def test_an_update_run_twice_changes_nothing(
    services: Services, session: Session, worker: Worker, library: list[SearchDocument], now: dt.datetime
) -> None:
    for _ in range(2):
        schedule_update(session, "question", [1, 2], now=now)
        session.commit()
        assert worker.run_due() == 1
    assert sorted(found_ids(services)) == [1, 2]


def test_a_rebuild_shows_how_far_it_is(
    services: Services, session: Session, worker: Worker, library: list[SearchDocument], now: dt.datetime
) -> None:
    schedule_rebuild(session, now=now)
    session.commit()
    worker.run_due()
    with services.sessions() as later:
        job = later.scalars(select(Job)).one()
    assert (job.state, job.done_count, job.total_count) == ("done", 2, 2)


def test_changes_that_follow_each_other_share_the_job_that_waits(session: Session, now: dt.datetime) -> None:
    for ids in ([3], [1, 3], [7]):
        schedule_update(session, "question", ids, now=now)
    schedule_update(session, "lecture", [1], now=now)
    jobs = session.scalars(select(Job).order_by(Job.id)).all()
    assert [job.payload for job in jobs] == [{"kind": "question", "ids": [1, 3, 7]}, {"kind": "lecture", "ids": [1]}]


def test_a_job_that_a_worker_has_is_left_alone(session: Session, now: dt.datetime) -> None:
    schedule_update(session, "question", [1], now=now)
    session.scalars(select(Job)).one().state = JobState.RUNNING
    schedule_update(session, "question", [2], now=now)
    assert [job.payload["ids"] for job in session.scalars(select(Job).order_by(Job.id))] == [[1], [2]]
