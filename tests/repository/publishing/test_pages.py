import datetime as dt
import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from repository.jobs import Job
from repository.permissions import SYSTEM, Role
from repository.publishing.actions import publish_record, withdraw_record
from repository.publishing.models import Record
from repository.services import Services
from tests.builders import csrf_of, post
from tests.conftest import SignIn
from tests.repository.publishing.builders import a_content, some_records


@pytest.fixture
def record_id(session: Session, now: dt.datetime) -> int:
    publish_record(session, SYSTEM, "lecture", 1, a_content("Sóng </script><b>cơ"), now=now)
    session.commit()
    return session.scalars(select(Record.id)).one()


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_a_record_is_public_and_leads_to_its_thing(client: FlaskClient, record_id: int) -> None:
    html = text(client, f"/records/{record_id}")
    assert 'href="/lectures/1"' in html
    assert "oai:hoclieu.moet.gov.vn:lecture/1" in html
    assert "<b>" not in html


def test_a_record_carries_schema_org(client: FlaskClient, record_id: int) -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', text(client, f"/records/{record_id}"), re.S
    )
    assert found
    said = json.loads(found[1])
    assert said["@type"] == ["LearningResource", "VideoObject"]
    assert said["name"] == "Sóng </script><b>cơ"
    assert said["url"] == "http://127.0.0.1:8000/lectures/1"
    assert said["license"].startswith("https://creativecommons.org/")


def test_a_withdrawn_record_is_gone_and_says_so(
    client: FlaskClient, session: Session, record_id: int, now: dt.datetime
) -> None:
    withdraw_record(session, SYSTEM, "lecture", 1, now=now)
    session.commit()
    html = text(client, f"/records/{record_id}", 410)
    assert "thu hồi" in html
    assert "Sóng" not in html


def test_a_record_that_never_was_is_not_found(client: FlaskClient) -> None:
    assert client.get("/records/77").status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
def test_the_ledger_shows_publications_to_staff(sign_in: SignIn, record_id: int, role: Role) -> None:
    client, _ = sign_in(role)
    assert f'href="/records/{record_id}"' in text(client, "/ledger")


def test_the_ledger_is_not_for_strangers_teachers_and_students(client: FlaskClient, sign_in: SignIn) -> None:
    assert client.get("/ledger").status_code == 302
    for role in (Role.TEACHER, Role.STUDENT):
        text(sign_in(role)[0], "/ledger", 403)


def test_the_ledger_can_be_verified(sign_in: SignIn, record_id: int) -> None:
    client, _ = sign_in(Role.EDITOR)
    assert "nguyên vẹn" in text(client, "/ledger?verify=1")


def test_the_ledger_goes_on_by_key(session: Session, sign_in: SignIn, now: dt.datetime) -> None:
    some_records(session, 60, now)
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    assert "/ledger?after=11" in text(client, "/ledger")
    assert "Bài 60" not in text(client, "/ledger?after=11")
    text(client, "/ledger?after=x", 422)


def test_the_ledger_takes_few_queries(services: Services, session: Session, sign_in: SignIn, now: dt.datetime) -> None:
    some_records(session, 60, now)
    session.commit()
    client, _ = sign_in(Role.REVIEWER)
    statements: list[str] = []
    event.listen(services.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    text(client, "/ledger")
    assert len(statements) <= 12


def test_a_reviewer_may_have_it_delivered_again(services: Services, sign_in: SignIn, record_id: int) -> None:
    client, _ = sign_in(Role.REVIEWER)
    assert post(client, "/ledger/deliver").status_code == 303
    with services.sessions() as session:
        assert session.scalars(select(Job.kind)).all() == ["publishing.deliver"] * 2


def test_an_editor_may_not(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.EDITOR)
    assert csrf_of(client, "/ledger")
    assert post(client, "/ledger/deliver").status_code == 403
