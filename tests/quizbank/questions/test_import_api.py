"""The import desk through the API: a file in pieces or at once, its items, stored and undone."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.models import Question
from repository.permissions import Role
from tests.builders import csrf_of
from tests.conftest import SignIn

OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PAPER = f"Câu 1. Một?\n{OPTIONS}\nĐáp án: A\n\nCâu 2. Hai?\n{OPTIONS}\n"


@pytest.fixture
def teacher(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.TEACHER)[0]


def send(client: FlaskClient, address: str, method: str = "POST", **more: Any) -> Any:
    headers = {"X-CSRFToken": csrf_of(client), **more.pop("headers", {})}
    return client.open(address, method=method, headers=headers, **more)


def a_file(name: str = "de.txt") -> tuple[io.BytesIO, str]:
    return io.BytesIO(PAPER.encode()), name


def test_a_file_is_read_looked_at_stored_and_undone(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    made = send(teacher, "/api/questions/imports", data={"file": a_file(), "subject": "toan"})
    assert made.status_code == 201
    told = made.get_json()
    assert (told["state"], told["format"], told["found"], told["waiting"], told["left_out"]) == (
        "ready",
        "text",
        2,
        1,
        1,
    )
    address = f"/api/questions/imports/{told['id']}"
    [doubtful] = teacher.get(f"{address}/items?doubtful=true").get_json()["items"]
    assert (doubtful["label"], doubtful["place"], doubtful["outcome"]) == ("Câu 2", "line 8", "left-out")
    assert [found["code"] for found in doubtful["problems"]] == ["no-key"]
    assert (send(teacher, f"{address}/store").get_json())["imported"] == 1
    assert teacher.get(address).get_json()["state"] == "done"
    assert send(teacher, f"{address}/undo").get_json()["state"] == "undone"
    session.rollback()
    assert session.scalars(select(Question.state)).all() == ["withdrawn"]


def test_items_come_page_by_page(teacher: FlaskClient) -> None:
    made = send(teacher, "/api/questions/imports", data={"file": a_file(), "subject": "toan"}).get_json()
    address = f"/api/questions/imports/{made['id']}/items?limit=1"
    first = teacher.get(address).get_json()
    second = teacher.get(f"{address}&after={first['next']}").get_json()
    assert [one["items"][0]["label"] for one in (first, second)] == ["Câu 1", "Câu 2"] and second["next"] is None


def test_a_file_may_come_in_pieces(teacher: FlaskClient) -> None:
    data = PAPER.encode()
    upload = send(teacher, "/api/uploads", json={"file_name": "de.txt", "size_bytes": len(data)}).get_json()["id"]
    early = send(teacher, "/api/questions/imports", json={"upload": upload, "subject": "toan"})
    assert early.status_code == 409
    send(teacher, f"/api/uploads/{upload}", "PATCH", data=data[:20], headers={"Upload-Offset": "0"})
    send(teacher, f"/api/uploads/{upload}", "PATCH", data=data[20:], headers={"Upload-Offset": "20"})
    made = send(teacher, "/api/questions/imports", json={"upload": upload, "subject": "toan"})
    assert made.status_code == 201 and made.get_json()["found"] == 2
    assert teacher.get(f"/api/uploads/{upload}").status_code == 404


def test_what_can_not_be_read_is_refused_with_the_reason(teacher: FlaskClient) -> None:
    refused = send(teacher, "/api/questions/imports", data={"file": (io.BytesIO(b"\x00\x01"), "x.bin")})
    assert refused.status_code == 422 and "x.bin" in refused.get_json()["detail"]
    assert send(teacher, "/api/questions/imports", data={"file": a_file(), "format": "magic"}).status_code == 422
    assert send(teacher, "/api/questions/imports", data={"file": a_file(), "subject": "magic"}).status_code == 422
    assert send(teacher, "/api/questions/imports", json={"upload": "nothing"}).status_code == 404
    assert send(teacher, "/api/questions/imports", json=[]).status_code == 422
