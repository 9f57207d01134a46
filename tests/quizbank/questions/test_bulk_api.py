"""Bulk edits by programs: preview, apply, follow, undo."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.models import Question
from quizbank.questions.states import QuestionState
from repository.accounts.actions import add_organisation
from repository.accounts.models import OrganisationKind
from repository.permissions import SYSTEM, Actor, Role
from tests.builders import MOMENT, csrf_of
from tests.conftest import SignIn
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question, a_short_answer

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
    differences = [
        {"field": "level", "letter": "", "old": "hieu", "new": "van-dung"},
        {"field": "tags", "letter": "", "old": [], "new": ["mới"]},
    ]
    fate = {"outcome": "changed", "undo_outcome": None, "differences": differences}
    assert items == [{"question_id": questions[0].id, **fate}]
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
        {"ids": [1], "change": {"replace": {"put": "mới"}}},
        {"ids": [1], "change": {"replace": {"find": "a", "fields": ["key"]}}},
        {"ids": [1], "change": {"replace": {"find": "a", "fields": []}}},
        {"ids": [1], "change": {"locked": "first"}},
        {"ids": [1], "change": {"answer_kind": "magic"}},
        {"ids": [1], "change": {"statements": {"e": "biet"}}},
        {"ids": [1], "change": {"organisation": "không có"}},
        {"ids": [1], "change": {"organisation": ""}},
        {"ids": [1], "change": {"organisation": None, "level": "biet"}},
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


def test_a_program_replaces_words_and_is_told_what_changes(editor: Editor, session: Session) -> None:
    question = a_question(session, a_choice("Vật lý?", options=("Vật lý", "b", "c", "d")), source="Vật lý 12")
    session.commit()
    wish = {"find": "vật lý", "put": "vật lí", "fields": ["parts", "source"], "ignores_case": True}
    preview = send(editor[0], "", {"ids": [question.id], "change": {"replace": wish}}).get_json()
    assert preview["change"]["replace"] == wish | {"whole_words": False, "in_formulas": False}
    items = editor[0].get(f"/api/questions/bulk-edits/{preview['id']}/items").get_json()["items"]
    assert items[0]["differences"] == [
        {"field": "source", "letter": "", "old": "Vật lý 12", "new": "Vật lí 12"},
        {"field": "part", "letter": "A", "old": "Vật lý", "new": "Vật lí"},
    ]
    send(editor[0], f"/{preview['id']}/apply", {"plan": preview["plan"]})
    shown = editor[0].get(f"/api/questions/{question.id}").get_json()
    assert (shown["options"][0], shown["source"], shown["stem"]) == ("Vật lí", "Vật lí 12", "Vật lý?")


def test_a_program_sets_every_field(editor: Editor, session: Session) -> None:
    questions = [a_question(session, content) for content in (a_cluster(), a_short_answer("Số?", "2"), a_choice())]
    session.commit()
    ids = [one.id for one in questions]
    for change, changing in (
        ({"statements": {"a": "biet", "b": None}}, 1),
        ({"answer_kind": "text"}, 1),
        ({"tolerance": "0.25"}, 1),
        ({"locked": "last"}, 2),
        ({"passage": "Đoạn."}, 3),
        ({"licence": "cc0-1.0", "fill_only": True}, 0),
    ):
        preview = send(editor[0], "", {"ids": ids, "change": change}).get_json()
        assert preview["changing"] == changing, change
        assert change.items() <= preview["change"].items()


def test_a_program_moves_questions_to_nobody(editor: Editor, session: Session) -> None:
    office = add_organisation(session, SYSTEM, kind=OrganisationKind.DEPARTMENT, name="Sở", code="so", now=MOMENT)
    question = a_question(session)
    question.organisation_id = office.id
    session.commit()
    preview = send(editor[0], "", {"ids": [question.id], "change": {"organisation": None}}).get_json()
    assert preview["change"]["organisation"] is None
    items = editor[0].get(f"/api/questions/bulk-edits/{preview['id']}/items").get_json()["items"]
    assert items[0]["differences"] == [{"field": "organisation", "letter": "", "old": "Sở", "new": ""}]
    send(editor[0], f"/{preview['id']}/apply", {"plan": preview["plan"]})
    session.rollback()
    session.expire_all()
    assert session.get_one(Question, question.id).organisation_id is None


def test_a_teacher_may_not_move_questions(sign_in: SignIn, session: Session) -> None:
    session.rollback()
    client, teacher = sign_in(Role.TEACHER)
    question = a_question(session, by=teacher)
    session.commit()
    assert send(client, "", {"ids": [question.id], "change": {"organisation": None}}).status_code == 403
