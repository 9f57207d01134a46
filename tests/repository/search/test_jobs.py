import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.jobs import Job, Worker
from repository.search.actions import schedule_rebuild, schedule_update
from repository.search.documents import DocumentSource, SearchDocument, SearchQuery
from repository.services import Services
from tests.repository.search.builders import a_document


@pytest.fixture
def worker(services: Services) -> Worker:
    return Worker(services.sessions, services.job_handlers, services)


@pytest.fixture
def library(services: Services) -> list[SearchDocument]:
    documents = [a_document("Hàm số", id=1), a_document("Đạo hàm", id=2)]
    services.document_sources["question"] = DocumentSource(
        lambda session: [document.id for document in documents],
        lambda session, ids: [document for document in documents if document.id in ids],
    )
    return documents


def found_ids(services: Services) -> list[int]:
    return sorted(hit.id for hit in services.search.find(SearchQuery("")).hits)


def ask_for_rebuild(session: Session, now: dt.datetime) -> None:
    schedule_rebuild(session, now=now)
    session.commit()


def test_a_second_rebuild_waits_for_no_job(session: Session, now: dt.datetime) -> None:
    schedule_rebuild(session, now=now)
    schedule_rebuild(session, now=now)
    assert len(session.scalars(select(Job)).all()) == 1


def test_a_rebuild_shows_how_far_it_is(
    services: Services, session: Session, worker: Worker, library: list[SearchDocument], now: dt.datetime
) -> None:
    ask_for_rebuild(session, now)
    worker.run_due()
    with services.sessions() as later:
        job = later.scalars(select(Job)).one()
    assert (job.state, job.done_count, job.total_count) == ("done", 2, 2)
    assert found_ids(services) == [1, 2]


def test_a_rebuild_that_somebody_else_has_done_is_not_repeated(
    services: Services, session: Session, worker: Worker, library: list[SearchDocument], now: dt.datetime
) -> None:
    services.search.rebuild(library, change_id=0)
    before = services.search.position()
    library.append(a_document("Tích phân", id=3))
    schedule_update(session, "question", [3], now=now)
    ask_for_rebuild(session, now)
    worker.run_due()
    after = services.search.position()
    assert before and after
    assert before.generation == after.generation
    assert found_ids(services) == [1, 2, 3]
