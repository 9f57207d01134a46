"""Many drafts sent to the review desk at once: which, which not and why, and taken back; and fields of shuffling."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions import bulk_jobs
from quizbank.questions.actions import (
    approve_question,
    comment_question,
    return_question,
    revise_question,
    submit_question,
)
from quizbank.questions.bulk import BulkChange, BulkState, change_from_json, change_to_json
from quizbank.questions.bulk_editing import begin_applying, begin_undoing, plan_bulk_edit, start_bulk_edit
from quizbank.questions.bulk_form import change_from, form_of
from quizbank.questions.bulk_jobs import work_now_or_later
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.models import Question, QuestionDoubt
from quizbank.questions.queries import get_version, last_number, list_history
from quizbank.questions.states import QuestionState
from repository.accounts.models import RoleGrant
from repository.errors import Conflict, Invalid
from repository.jobs import Worker
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.conftest import NOW
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question, a_short_answer

SUBMIT = BulkChange({}, submits=True)


@pytest.fixture
def editor(session: Session) -> Actor:
    return an_actor(session, Role.EDITOR)


def planned(session: Session, actor: Actor, change: BulkChange, *questions: Question) -> BulkEdit:
    edit = start_bulk_edit(session, actor, {"ids": [question.id for question in questions]}, now=MOMENT)
    return plan_bulk_edit(session, actor, edit.id, change)


def applied(session: Session, actor: Actor, change: BulkChange, *questions: Question) -> BulkEdit:
    edit = planned(session, actor, change, *questions)
    work_now_or_later(session, actor, begin_applying(session, actor, edit.id, 1, now=NOW), now=NOW)
    return edit


def undo(session: Session, actor: Actor, edit: BulkEdit) -> None:
    work_now_or_later(session, actor, begin_undoing(session, actor, edit.id, now=NOW), now=NOW)


def fates(session: Session, edit: BulkEdit, column: Any = BulkEditItem.outcome) -> dict[int, str]:
    query = select(BulkEditItem.question_id, column).where(BulkEditItem.bulk_edit_id == edit.id)
    return {question_id: str(outcome) for question_id, outcome in session.execute(query)}


def a_draft(session: Session, **more: Any) -> Question:
    return a_question(session, state=QuestionState.DRAFT, **more)


def state_of(session: Session, question: Question) -> str:
    return str(session.get_one(Question, question.id).state)


def test_what_can_not_be_sent_is_said_before_anything_is_sent(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    doubtful = a_draft(session, by=teacher)
    session.add(QuestionDoubt(version_id=doubtful.current_version_id, position=0, code="two-keys", facts={}))
    questions = {
        "change": a_draft(session, by=teacher),
        "not-allowed": a_question(session),
        "in-review": a_question(session, by=teacher, state=QuestionState.IN_REVIEW),
        "withdrawn": a_question(session, by=teacher, state=QuestionState.WITHDRAWN),
        "published": a_question(session, by=teacher),
        "doubtful": doubtful,
    }
    edit = planned(session, teacher, SUBMIT, *questions.values())
    assert fates(session, edit) == {question.id: reason for reason, question in questions.items()}
    assert edit.summary == [{"field": "state", "old": "draft", "new": "in-review", "count": 1}]
    assert state_of(session, questions["change"]) == "draft"


def test_drafts_are_sent_without_new_versions_and_taken_back(session: Session, editor: Actor) -> None:
    questions = [a_draft(session), a_draft(session)]
    edit = applied(session, editor, SUBMIT, *questions)
    assert [state_of(session, one) for one in questions] == ["in-review", "in-review"]
    line = list_history(session, questions[0].id)[0]
    assert (line.row.event, line.row.comment, line.row.actor_id) == ("submitted", f"#{edit.id}", editor.person_id)
    approve_question(session, an_actor(session, Role.REVIEWER), questions[1].id, now=NOW)
    undo(session, editor, edit)
    assert [state_of(session, one) for one in questions] == ["draft", "published"]
    assert fates(session, edit, BulkEditItem.undo_outcome) == {questions[0].id: "restored", questions[1].id: "newer"}
    assert {last_number(session, one.id) for one in questions} == {1} and edit.state == BulkState.UNDONE


def test_what_was_sent_once_more_by_hand_stays(session: Session, editor: Actor) -> None:
    again, discussed = a_draft(session, by=editor), a_draft(session, by=editor)
    edit = applied(session, editor, SUBMIT, again, discussed)
    reviewer = an_actor(session, Role.REVIEWER)
    return_question(session, reviewer, again.id, now=NOW, comment="Sửa lại.")
    submit_question(session, editor, again.id, now=NOW)
    comment_question(session, reviewer, discussed.id, now=NOW, comment="Đang xem.")
    undo(session, editor, edit)
    assert (state_of(session, again), state_of(session, discussed)) == ("in-review", "draft")
    assert fates(session, edit, BulkEditItem.undo_outcome) == {again.id: "newer", discussed.id: "restored"}


def test_of_two_forms_sent_at_once_one_is_applied(session: Session, editor: Actor, services: Services) -> None:
    edit = planned(session, editor, SUBMIT, a_draft(session, by=editor))
    session.commit()
    with services.sessions() as other:
        seen = other.get_one(BulkEdit, edit.id)
        other.commit()
        begin_applying(session, editor, edit.id, 1, now=NOW)
        session.commit()
        with pytest.raises(Conflict):
            begin_applying(other, editor, seen.id, 1, now=NOW)


def test_what_changed_between_preview_and_sending_stays(session: Session, editor: Actor) -> None:
    sent, withdrawn, revised = (a_draft(session, by=editor) for _ in range(3))
    edit = planned(session, editor, SUBMIT, sent, withdrawn, revised)
    withdrawn.state = QuestionState.WITHDRAWN
    revise_question(session, editor, revised.id, a_new_question(a_choice("Khác?")), now=NOW)
    work_now_or_later(session, editor, begin_applying(session, editor, edit.id, 1, now=NOW), now=NOW)
    assert fates(session, edit) == {sent.id: "changed", withdrawn.id: "withdrawn", revised.id: "newer"}


def test_many_are_sent_by_the_worker_as_whoever_asked(
    session: Session, editor: Actor, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_jobs, "QUICK_QUESTIONS", 1)
    questions = [a_draft(session) for _ in range(3)]
    edit = applied(session, editor, SUBMIT, *questions)
    session.commit()
    Worker(services.sessions, services.job_handlers, services, lambda: NOW).run_due((bulk_jobs.WORK,))
    session.expire_all()
    assert set(fates(session, edit).values()) == {"changed"} and edit.state == BulkState.DONE


def test_who_lost_their_role_meanwhile_sends_nothing(
    session: Session, editor: Actor, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_jobs, "QUICK_QUESTIONS", 0)
    question = a_draft(session)
    edit = applied(session, editor, SUBMIT, question)
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.person_id == editor.person_id)):
        session.delete(grant)
    session.commit()
    Worker(services.sessions, services.job_handlers, services, lambda: NOW).run_due((bulk_jobs.WORK,))
    session.expire_all()
    assert fates(session, edit) == {question.id: "not-allowed"} and state_of(session, question) == "draft"


def test_sending_stands_alone(session: Session, editor: Actor) -> None:
    with pytest.raises(Invalid):
        planned(session, editor, BulkChange({"level": "biet"}, submits=True), a_draft(session))


def test_order_and_tolerance_change_where_a_question_has_them(session: Session, editor: Actor) -> None:
    choice, number = a_question(session, a_choice()), a_question(session, a_short_answer("Bao nhiêu?", "2,5"))
    edit = applied(session, editor, BulkChange({"keeps_order": True}), choice, number)
    assert fates(session, edit) == {choice.id: "changed", number.id: "bad-order"}
    edit = applied(session, editor, BulkChange({"tolerance": Decimal("0.05")}), choice, number)
    assert fates(session, edit) == {choice.id: "bad-tolerance", number.id: "changed"}
    versions = [get_version(session, session.get_one(Question, one.id).current_version_id) for one in (choice, number)]
    assert (versions[0].keeps_order, versions[1].tolerance) == (True, Decimal("0.05"))
    undo(session, editor, edit)
    assert get_version(session, session.get_one(Question, number.id).current_version_id).tolerance is None


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ({"keeps_order": "no"}, {"keeps_order": False}),
        ({"tolerance": "0,05"}, {"tolerance": Decimal("0.05")}),
        ({"tolerance": "-"}, {"tolerance": None}),
    ],
)
def test_a_form_is_a_change_and_back(form: dict[str, str], values: dict[str, Any]) -> None:
    change = change_from(form)
    assert dict(change.values) == values and change_from_json(change_to_json(change)) == change
    assert change_from(form_of(change)) == change


def test_a_tolerance_is_a_number(session: Session, editor: Actor) -> None:
    for given in ("vài", "-1", "1e12", "NaN"):
        with pytest.raises(Invalid) as refused:
            planned(session, editor, change_from({"tolerance": given}), a_question(session))
        assert "tolerance" in refused.value.facts["fields"]
