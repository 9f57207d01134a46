import datetime as dt

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from repository.audit import AuditEntry
from repository.errors import Forbidden, Invalid, NotSignedIn
from repository.jobs import Job
from repository.permissions import STRANGER, SYSTEM, Actor, Role
from repository.publishing.actions import (
    publish_record,
    publish_records,
    request_delivery,
    withdraw_record,
    withdraw_records,
)
from repository.publishing.log import verify_log
from repository.publishing.models import Record, RecordEvent
from repository.publishing.queries import find_record_of, list_events
from repository.services import Services
from tests.builders import an_actor
from tests.conftest import IS_POSTGRES
from tests.repository.publishing.builders import a_content, some_records

HOUR = dt.timedelta(hours=1)


def record_of(session: Session, thing_id: int = 1) -> Record:
    record = find_record_of(session, "lecture", thing_id)
    assert record
    return record


def events(session: Session) -> list[str]:
    return [str(event.event) for event in reversed(list_events(session, None, 100))]


def test_a_publication_is_record_event_audit_and_job(session: Session, now: dt.datetime) -> None:
    reviewer = an_actor(session, Role.REVIEWER)
    publish_record(session, reviewer, "lecture", 1, a_content(), now=now)
    assert record_of(session).dublin_core["title"] == ["Sóng cơ"]
    assert [(e.event, e.actor_id) for e in list_events(session, None, 9)] == [("publish", reviewer.person_id)]
    assert session.scalars(select(Job.kind)).all() == ["publishing.deliver"]
    assert session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.thing_kind == "record")) == 1


def test_publishing_the_same_again_changes_nothing(session: Session, now: dt.datetime) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now)
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now + HOUR)
    assert events(session) == ["publish"]
    assert record_of(session).datestamp == now.replace(microsecond=0)


def test_a_change_keeps_id_and_identifier_and_moves_the_datestamp(session: Session, now: dt.datetime) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now)
    before = record_of(session).id, record_of(session).identifier
    publish_record(session, SYSTEM, "lecture", 1, a_content("Sóng âm", sets=("subject:toan",)), now=now + HOUR)
    record = record_of(session)
    assert (record.id, record.identifier) == before
    assert record.datestamp == (now + HOUR).replace(microsecond=0)
    session.refresh(record, ["sets"])
    assert [row.set_spec for row in record.sets] == ["lecture", "subject:toan"]
    assert events(session) == ["publish", "update"]


def test_a_datestamp_never_goes_back(session: Session, now: dt.datetime) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now)
    publish_record(session, SYSTEM, "lecture", 1, a_content("Khác"), now=now - HOUR)
    assert record_of(session).datestamp == now.replace(microsecond=0)


def test_a_withdrawal_leaves_a_tombstone(session: Session, now: dt.datetime) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now)
    withdraw_record(session, SYSTEM, "lecture", 1, now=now + HOUR)
    record = record_of(session)
    assert record.is_deleted
    assert record.datestamp > now
    assert events(session) == ["publish", "withdraw"]


def test_withdrawing_twice_or_what_never_was_changes_nothing(session: Session, now: dt.datetime) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now)
    assert withdraw_records(session, SYSTEM, "lecture", [1, 99], now=now) == 1
    assert withdraw_records(session, SYSTEM, "lecture", [1, 99], now=now) == 0


def test_what_was_withdrawn_can_be_published_again_under_its_old_identifier(session: Session, now: dt.datetime) -> None:
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now)
    withdraw_record(session, SYSTEM, "lecture", 1, now=now)
    publish_record(session, SYSTEM, "lecture", 1, a_content(), now=now + HOUR)
    assert not record_of(session).is_deleted
    assert events(session) == ["publish", "withdraw", "publish"]
    assert session.scalar(select(func.count()).select_from(Record)) == 1


def test_a_batch_with_one_bad_record_writes_nothing(session: Session, now: dt.datetime) -> None:
    with pytest.raises(Invalid):
        publish_records(session, SYSTEM, "lecture", {1: a_content(), 2: a_content(" ")}, now=now)
    assert session.scalar(select(Record)) is None


def test_many_records_take_few_statements(services: Services, session: Session, now: dt.datetime) -> None:
    some_records(session, 1200, now)
    assert session.scalar(select(func.count()).select_from(RecordEvent)) == 1200
    assert session.scalar(select(func.count()).select_from(Job)) == 1
    assert verify_log(session).is_whole


@pytest.mark.parametrize("roles", [(), (Role.STUDENT,), (Role.TEACHER,), (Role.EDITOR,)])
def test_only_reviewers_publish_withdraw_and_deliver(
    session: Session, now: dt.datetime, roles: tuple[Role, ...]
) -> None:
    actor = Actor(person_id=5, roles=frozenset(roles))
    with pytest.raises(Forbidden):
        publish_record(session, actor, "lecture", 1, a_content(), now=now)
    with pytest.raises(Forbidden):
        withdraw_record(session, actor, "lecture", 1, now=now)
    with pytest.raises(Forbidden):
        request_delivery(session, actor, now=now)


def test_a_stranger_is_asked_to_sign_in(session: Session, now: dt.datetime) -> None:
    with pytest.raises(NotSignedIn):
        publish_record(session, STRANGER, "lecture", 1, a_content(), now=now)


# The log


def test_the_database_refuses_to_change_or_remove_a_line(session: Session, now: dt.datetime) -> None:
    some_records(session, 2, now)
    session.commit()
    for statement in (update(RecordEvent).values(actor_name="nobody"), delete(RecordEvent)):
        with pytest.raises(DatabaseError, match="only ever added to"):
            session.execute(statement)
        session.rollback()


def disarm(session: Session) -> None:
    """What a forger with full rights on the database would do first. Nothing of it is committed."""
    if IS_POSTGRES:
        session.execute(text("ALTER TABLE record_events DISABLE TRIGGER record_events_keep"))
    else:
        session.execute(text("DROP TRIGGER record_events_update"))
        session.execute(text("DROP TRIGGER record_events_delete"))


@pytest.fixture
def forged(session: Session, now: dt.datetime) -> Session:
    some_records(session, 5, now)
    session.commit()
    disarm(session)
    return session


@pytest.mark.parametrize("change", [{"event": "withdraw"}, {"payload_sha256": "0" * 64}, {"version_id": 9}])
def test_a_changed_line_breaks_the_chain(forged: Session, change: dict[str, object]) -> None:
    forged.execute(update(RecordEvent).where(RecordEvent.seq == 3).values(change))
    assert verify_log(forged).broken_at == 3


def test_a_removed_line_breaks_the_chain(forged: Session) -> None:
    forged.execute(delete(RecordEvent).where(RecordEvent.seq == 2))
    assert verify_log(forged).broken_at == 3


def test_an_untouched_log_is_whole(session: Session, now: dt.datetime) -> None:
    assert verify_log(session).count == 0
    some_records(session, 3, now)
    withdraw_record(session, SYSTEM, "lecture", 2, now=now)
    state = verify_log(session)
    assert (state.count, state.is_whole) == (4, True)
