import datetime as dt
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from repository import audit
from repository.audit import AuditEntry
from repository.db import writing
from repository.permissions import SYSTEM
from repository.services import Services
from tests.conftest import IS_POSTGRES, NOW

HANOI = dt.timezone(dt.timedelta(hours=7))
only_sqlite = pytest.mark.skipif(IS_POSTGRES, reason="a promise of the SQLite set-up")


def test_moments_come_back_aware_and_in_utc(session: Session) -> None:
    audit.record(session, SYSTEM, "try", "test", 1, NOW.astimezone(HANOI))
    session.flush()
    session.expire_all()
    at = session.query(AuditEntry).one().at
    assert (at, at.utcoffset()) == (NOW, dt.timedelta(0))


def test_a_naive_moment_is_refused(session: Session) -> None:
    audit.record(session, SYSTEM, "try", "test", 1, dt.datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test
    with pytest.raises(StatementError, match="naive"):
        session.flush()


@only_sqlite
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2)])
def test_sqlite_keeps_its_promises(session: Session, pragma: str, value: object) -> None:
    assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


@only_sqlite
def test_a_second_writer_waits_instead_of_failing(services: Services) -> None:
    with services.sessions() as first:
        audit.record(writing(first), SYSTEM, "try", "test", 1, NOW)
        first.flush()

        def write_too() -> None:
            with services.sessions() as second:
                audit.record(writing(second), SYSTEM, "try", "test", 2, NOW)
                second.commit()

        waiting = threading.Thread(target=write_too)
        waiting.start()
        waiting.join(0.2)
        was_waiting = waiting.is_alive()
        first.commit()
        waiting.join(10)
    assert was_waiting
    with services.sessions() as reader:
        assert reader.query(AuditEntry).count() == 2
