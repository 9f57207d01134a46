"""The question bank for other programs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.actions import revise_question
from quizbank.questions.states import QuestionState
from repository.permissions import Actor, Role
from tests.builders import MOMENT, csrf_of
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question, some_questions

SignIn = Callable[..., tuple[FlaskClient, Actor]]
GIVEN: dict[str, Any] = {
    "type": "single-choice",
    "stem": "Tính $1+1$?",
    "parts": [{"text": "1"}, {"text": "2", "is_true": True}],
    "subject": "toan",
    "grade": 12,
}


def send(client: FlaskClient, address: str, given: Any = None) -> Any:
    return client.post(address, json=given, headers={"X-CSRFToken": csrf_of(client)})


def test_strangers_get_a_published_question_without_key_and_explanation(client: FlaskClient, session: Session) -> None:
    question = a_question(session, a_choice(explanation="Lí do bí mật"))
    session.commit()
    given = client.get(f"/api/questions/{question.id}").get_json()
    assert given["options"] == ["một", "hai", "bốn", "ba"]
    assert "key" not in given and "explanation" not in given


def test_teachers_get_the_key(sign_in: SignIn, session: Session) -> None:
    question = a_question(session)
    session.commit()
    assert sign_in(Role.TEACHER)[0].get(f"/api/questions/{question.id}").get_json()["key"] == "B"


def test_drafts_of_others_do_not_exist(client: FlaskClient, session: Session) -> None:
    question = a_question(session, state=QuestionState.DRAFT)
    session.commit()
    assert client.get(f"/api/questions/{question.id}").status_code == 404


def test_the_list_is_paged_by_key(sign_in: SignIn, session: Session) -> None:
    some_questions(session, 5)
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    first = client.get("/api/questions?limit=3").get_json()
    rest = client.get(f"/api/questions?limit=3&after={first['next']}").get_json()
    assert (len(first["questions"]), len(rest["questions"]), rest["next"]) == (3, 2, None)


def test_the_bank_is_not_listed_to_strangers(client: FlaskClient, sign_in: SignIn) -> None:
    assert client.get("/api/questions").status_code == 401
    assert sign_in(Role.STUDENT)[0].get("/api/questions").status_code == 403


def test_a_question_is_made_revised_and_submitted(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.EDITOR)
    made = send(client, "/api/questions", GIVEN)
    assert (made.status_code, made.get_json()["state"], made.get_json()["key"]) == (201, "draft", "B")
    address = f"/api/questions/{made.get_json()['id']}"
    revised = send(client, f"{address}/versions", {**GIVEN, "stem": "Mới?", "based_on": 1})
    assert revised.get_json()["version"] == 2
    assert send(client, f"{address}/versions", {**GIVEN, "based_on": 1}).status_code == 409
    assert send(client, f"{address}/submission").get_json()["state"] == "in-review"


def test_faults_are_named_by_field(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.EDITOR)
    answer = send(client, "/api/questions", {**GIVEN, "parts": [{"text": "1"}, {"text": "2"}]})
    assert answer.status_code == 422
    assert answer.get_json()["facts"]["fields"] == {"key": ["Không có đáp án."]}
    assert send(client, "/api/questions", {"type": "essay"}).status_code == 422


def test_strangers_change_nothing(client: FlaskClient, session: Session) -> None:
    question = a_question(session)
    session.commit()
    assert send(client, "/api/questions", GIVEN).status_code == 401
    assert send(client, f"/api/questions/{question.id}/versions", {**GIVEN, "based_on": 1}).status_code == 401
    assert send(client, f"/api/questions/{question.id}/submission").status_code == 401


def test_strangers_learn_nothing_of_a_newer_draft(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    session.commit()
    (maker_client, maker), (teacher, _) = sign_in(Role.TEACHER), sign_in(Role.TEACHER)
    question = a_question(session, by=maker)
    revise_question(session, maker, question.id, a_new_question(), now=MOMENT)
    session.commit()
    page, told = f"/questions/{question.id}", f"/api/questions/{question.id}"
    for reader in (client, teacher):
        assert reader.get(told).get_json()["state"] == "published"
        assert "Bản nháp" not in reader.get(page).text and "Đã xuất bản" in reader.get(page).text
    listed = teacher.get("/api/questions").get_json()["questions"]
    assert [one["state"] for one in listed] == ["published"]
    assert maker_client.get(told).get_json()["state"] == "draft" and "Bản nháp" in maker_client.get(page).text


def test_a_program_is_told_that_not_all_was_looked_at(
    sign_in: SignIn, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_questions(session, 2)
    session.commit()
    client = sign_in(Role.TEACHER)[0]
    asked = "/api/questions?text=" + quote("Câu")
    assert client.get(asked).get_json()["is_cut"] is False
    monkeypatch.setattr("quizbank.questions.listing.MOST_FOUND", 1)
    assert client.get(asked).get_json()["is_cut"] is True
