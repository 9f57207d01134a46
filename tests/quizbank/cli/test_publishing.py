import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.cli.publishing import bring_up_to_date
from repository.permissions import SYSTEM
from repository.publishing.actions import publish_record
from repository.publishing.models import Record, RecordEvent
from repository.publishing.rules import RecordContent
from repository.services import Services
from tests.repository.publishing.builders import a_content, a_record_source


@pytest.fixture
def library() -> dict[int, RecordContent]:
    return {1: a_content("Một", thing_id=1), 2: a_content("Hai", thing_id=2)}


def titles(services: Services) -> dict[int, str | None]:
    with services.sessions() as session:
        return {
            r.thing_id: None if r.is_deleted else r.dublin_core["title"][0] for r in session.scalars(select(Record))
        }


def test_everything_approved_gets_a_record(services: Services, library: dict[int, RecordContent]) -> None:
    assert bring_up_to_date(services, "lecture", a_record_source(library)) == (2, 0)
    assert titles(services) == {1: "Một", 2: "Hai"}


def test_a_second_run_changes_nothing(services: Services, library: dict[int, RecordContent]) -> None:
    source = a_record_source(library)
    bring_up_to_date(services, "lecture", source)
    assert bring_up_to_date(services, "lecture", source) == (0, 0)
    with services.sessions() as session:
        assert len(session.scalars(select(RecordEvent)).all()) == 2


def test_what_differs_is_updated_and_what_is_gone_is_withdrawn(
    services: Services, session: Session, library: dict[int, RecordContent], now: dt.datetime
) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content("Một cũ"), now=now)
    publish_record(session, SYSTEM, "lecture", 9, a_content("Chín", thing_id=9), now=now)
    publish_record(session, SYSTEM, "question", 5, a_content("Câu hỏi", thing_id=5), now=now)
    session.commit()
    assert bring_up_to_date(services, "lecture", a_record_source(library)) == (2, 1)
    assert titles(services) == {1: "Một", 2: "Hai", 9: None, 5: "Câu hỏi"}
