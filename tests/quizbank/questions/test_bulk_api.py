"""Bulk edits by programs: preview, apply, follow, undo."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.models import Question
from quizbank.questions.states import QuestionState
from repository.permissions import Actor, Role
from tests.builders import csrf_of
from tests.conftest import SignIn
from tests.quizbank.questions.builders import a_question

Editor = tuple[FlaskClient, Actor]


@pytest.fixture
def editor(sign_in: SignIn) -> Editor:
    return sign_in(Role.EDITOR)


def send(client: FlaskClient, address: str, body: dict[str, Any] | None = None) -> Any:
    where = f"/api/questions/bulk-edits{address}"
    return client.post(where, json=body or {}, headers={"X-CSRFToken": csrf_of(client, "/help")})


def test_a_program_previews_applies_and_undoes(editor: Editor, session: Session) -> None:
    questions = [a_question(session), a_question(session, state=QuestionState.IN_REVIEW)]
    session.commit()
    made = send(editor[0], "", {"filter": {"subject": "toan"}, "change": {"level": "van-dung", "add_tags": ["mới"]}})
    preview = made.get_json()
    assert made.status_code == 201 and preview["state"] == "ready"
    assert (preview["selected"], preview["changing"], preview["left"]) == (2, 1, {"in-review": 1})
    assert {line["field"] for line in preview["summary"]} == {"level", "tags"}
    done = send(editor[0], f"/{preview['id']}/apply", {"plan": preview["plan"]}).get_json()
    assert (done["state"], done["changed"]) == ("done", 1)
    items = editor[0].get(f"/api/questions/bulk-edits/{preview['id']}/items").get_json()["items"]
    assert items == [{"question_id": questions[0].id, "outcome": "changed", "undo_outcome": None}]
    undone = send(editor[0], f"/{preview['id']}/undo").get_json()
    assert (undone["state"], undone["restored"], undone["kept"]) == ("undone", 1, {})
    listed = editor[0].get("/api/questions/bulk-edits").get_json()["bulk_edits"]
    assert [(one["id"], one["change"]["level"]) for one in listed] == [(preview["id"], "van-dung")]


def test_a_program_sends_drafts_to_review(editor: Editor, session: Session) -> None:
    draft, published = a_question(session, state=QuestionState.DRAFT), a_question(session)
    session.commit()
    preview = send(editor[0], "", {"ids": [draft.id, published.id], "change": {"submit": True}}).get_json()
    assert (preview["changing"], preview["left"]) == (1, {"published": 1})
    send(editor[0], f"/{preview['id']}/apply", {"plan": preview["plan"]})
    session.rollback()
    session.expire_all()
    assert session.get_one(Question, draft.id).state == QuestionState.IN_REVIEW


def test_only_what_was_looked_at_is_applied(editor: Editor, session: Session) -> None:
    question = a_question(session)
    session.commit()
    preview = send(editor[0], "", {"ids": [question.id], "change": {"level": "biet"}}).get_json()
    again = send(editor[0], f"/{preview['id']}/plan", {"tolerance": None, "level": "van-dung"}).get_json()
    assert again["plan"] == preview["plan"] + 1 and again["change"]["tolerance"] is None
    assert send(editor[0], f"/{preview['id']}/apply", {"plan": preview["plan"]}).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"change": {"level": "biet"}},
        {"ids": [1], "filter": {}, "change": {"level": "biet"}},
        {"filter": {"magic": "yes"}, "change": {"level": "biet"}},
        {"filter": {"grade": "mười"}, "change": {"level": "biet"}},
        {"filter": {"import_id": 5}, "change": {"level": "biet"}},
        {"filter": {"organisation_id": 5}, "change": {"level": "biet"}},
        {"filter": {"is_own": True}, "change": {"level": "biet"}},
        {"filter": {"limit": 1}, "change": {"level": "biet"}},
        {"ids": [1], "change": {"stem": "khác"}},
        {"filter": {}, "change": {}},
    ],
)
def test_what_makes_no_sense_is_refused(editor: Editor, session: Session, body: dict[str, Any]) -> None:
    a_question(session)
    session.commit()
    assert send(editor[0], "", body).status_code == 422


def test_the_page_previews_sending_everything_filtered(editor: Editor, session: Session) -> None:
    a_question(session, state=QuestionState.DRAFT)
    session.commit()
    form = {"csrf_token": csrf_of(editor[0], "/help"), "step": "submit"}
    answer = editor[0].post("/questions/bulk-edits?all=yes&subject=toan", data=form)
    page = editor[0].get(answer.location).text
    assert "1 câu sẽ được gửi thẩm định." in page and "Gửi thẩm định 1 câu" in page
