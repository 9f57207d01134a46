"""What changes a question: who may, when, and what follows from it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions import actions
from quizbank.questions.models import Question, QuestionHistory, QuestionVersion
from quizbank.questions.states import QuestionState
from repository.audit import AuditEntry
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.permissions import STRANGER, Actor, Role
from repository.publishing.models import Record
from repository.search.models import SearchChange
from tests.builders import MOMENT, an_actor
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


@pytest.fixture
def reviewer(session: Session) -> Actor:
    return an_actor(session, Role.REVIEWER)


@pytest.fixture
def draft(session: Session, teacher: Actor) -> Question:
    return a_question(session, by=teacher, state=QuestionState.DRAFT)


def publish(session: Session, question: Question, teacher: Actor, reviewer: Actor) -> None:
    actions.submit_question(session, teacher, question.id, now=MOMENT)
    actions.approve_question(session, reviewer, question.id, now=MOMENT)


def test_a_new_question_is_a_draft_of_its_maker(session: Session, teacher: Actor) -> None:
    question = actions.create_question(session, teacher, a_new_question(), now=MOMENT)
    assert (question.state, question.created_by_id) == (QuestionState.DRAFT, teacher.person_id)
    assert session.scalar(select(AuditEntry.action)) == "create question"


def test_strangers_and_students_write_no_questions(session: Session) -> None:
    with pytest.raises(NotSignedIn):
        actions.create_question(session, STRANGER, a_new_question(), now=MOMENT)
    with pytest.raises(Forbidden):
        actions.create_question(session, an_actor(session, Role.STUDENT), a_new_question(), now=MOMENT)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": "phép-thuật"}, "subject"),
        ({"programme": "gdpt-1890"}, "programme"),
        ({"grade": 13}, "grade"),
        ({"level": "nhan-biet"}, "level"),
        ({"topic": "vat-li.l12.nothing"}, "topic"),
        ({"tags": ("x" * 81,)}, "tags"),
        ({"content": a_choice(key="X")}, "key"),
    ],
)
def test_what_is_not_sound_is_refused(session: Session, teacher: Actor, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.create_question(session, teacher, a_new_question(**more), now=MOMENT)
    assert field in caught.value.facts["fields"]


def test_a_revision_leaves_the_published_version_as_it_is(
    session: Session, draft: Question, teacher: Actor, reviewer: Actor
) -> None:
    publish(session, draft, teacher, reviewer)
    published = draft.published_version_id
    actions.revise_question(session, teacher, draft.id, a_new_question(a_choice("Mới?")), now=MOMENT, based_on=1)
    assert draft.state == QuestionState.DRAFT
    assert (draft.published_version_id, draft.current_version_id) == (
        published,
        session.scalar(select(QuestionVersion.id).filter_by(question_id=draft.id, number=2)),
    )


def test_an_old_window_does_not_win(session: Session, draft: Question, teacher: Actor) -> None:
    actions.revise_question(session, teacher, draft.id, a_new_question(), now=MOMENT, based_on=1)
    with pytest.raises(Conflict):
        actions.revise_question(session, teacher, draft.id, a_new_question(), now=MOMENT, based_on=1)


def test_nothing_changes_while_it_is_reviewed(session: Session, draft: Question, teacher: Actor) -> None:
    actions.submit_question(session, teacher, draft.id, now=MOMENT)
    with pytest.raises(Conflict):
        actions.revise_question(session, teacher, draft.id, a_new_question(), now=MOMENT, based_on=1)
    with pytest.raises(Conflict):
        actions.submit_question(session, teacher, draft.id, now=MOMENT)


def test_approval_publishes_with_record_and_search_change(
    session: Session, draft: Question, teacher: Actor, reviewer: Actor
) -> None:
    publish(session, draft, teacher, reviewer)
    assert (draft.state, draft.published_version_id) == (QuestionState.PUBLISHED, draft.current_version_id)
    record = session.scalars(select(Record).filter_by(kind="question", thing_id=draft.id)).one()
    assert not record.is_deleted
    assert draft.id in session.scalars(select(SearchChange.thing_id)).all()


def test_a_record_gives_no_answer_away(session: Session, teacher: Actor, reviewer: Actor) -> None:
    content = a_choice("Hỏi?", explanation="Lí do bí mật", options=("một", "đáp án bí mật", "ba", "bốn"))
    question = a_question(session, content, by=teacher, state=QuestionState.DRAFT)
    publish(session, question, teacher, reviewer)
    record = session.scalars(select(Record).filter_by(kind="question", thing_id=question.id)).one()
    assert "bí mật" not in f"{record.dublin_core}{record.schema_org}"


def test_nobody_approves_what_is_their_own(session: Session) -> None:
    both = an_actor(session, Role.TEACHER, Role.REVIEWER)
    question = a_question(session, by=both, state=QuestionState.IN_REVIEW)
    with pytest.raises(Forbidden):
        actions.approve_question(session, both, question.id, now=MOMENT)


def test_a_return_needs_a_reason(session: Session, draft: Question, teacher: Actor, reviewer: Actor) -> None:
    actions.submit_question(session, teacher, draft.id, now=MOMENT)
    with pytest.raises(Invalid):
        actions.return_question(session, reviewer, draft.id, now=MOMENT, comment=" ")
    actions.return_question(session, reviewer, draft.id, now=MOMENT, comment="Sai đơn vị.")
    assert draft.state == QuestionState.DRAFT


def test_a_withdrawn_question_leaves_a_tombstone(
    session: Session, draft: Question, teacher: Actor, reviewer: Actor
) -> None:
    publish(session, draft, teacher, reviewer)
    actions.withdraw_question(session, reviewer, draft.id, now=MOMENT)
    assert (draft.state, draft.published_version_id) == (QuestionState.WITHDRAWN, None)
    assert session.scalars(select(Record.is_deleted)).all() == [True]
    with pytest.raises(Conflict):
        actions.withdraw_question(session, reviewer, draft.id, now=MOMENT)


def test_every_step_leaves_a_line_of_history(
    session: Session, draft: Question, teacher: Actor, reviewer: Actor
) -> None:
    actions.comment_question(session, teacher, draft.id, now=MOMENT, comment="Chưa chắc.")
    publish(session, draft, teacher, reviewer)
    events = session.scalars(select(QuestionHistory.event).order_by(QuestionHistory.id)).all()
    assert events == ["created", "commented", "submitted", "approved"]


def test_several_at_once_skip_what_may_not_be(session: Session, teacher: Actor, reviewer: Actor) -> None:
    own = a_question(session, by=teacher, state=QuestionState.DRAFT)
    foreign = a_question(session, by=an_actor(session, Role.TEACHER), state=QuestionState.DRAFT)
    ids = [own.id, foreign.id, 10_000]
    assert actions.submit_all(session, teacher, ids, now=MOMENT) == 1
    assert actions.approve_all(session, reviewer, ids, now=MOMENT) == 1


Step = Callable[..., Any]


@pytest.mark.parametrize("step", [actions.submit_question, actions.approve_question, actions.withdraw_question])
def test_strangers_know_nothing_of_a_draft(session: Session, draft: Question, step: Step) -> None:
    for actor in (STRANGER, an_actor(session, Role.STUDENT), an_actor(session, Role.TEACHER)):
        with pytest.raises(NotFound):
            step(session, actor, draft.id, now=MOMENT)


@pytest.mark.parametrize(
    "step",
    [
        lambda session, actor, id: actions.submit_question(session, actor, id, now=MOMENT),
        lambda session, actor, id: actions.approve_question(session, actor, id, now=MOMENT),
        lambda session, actor, id: actions.return_question(session, actor, id, now=MOMENT, comment="x"),
        lambda session, actor, id: actions.withdraw_question(session, actor, id, now=MOMENT),
        lambda session, actor, id: actions.comment_question(session, actor, id, now=MOMENT, comment="x"),
        lambda session, actor, id: actions.revise_question(session, actor, id, a_new_question(), now=MOMENT),
    ],
)
def test_other_teachers_change_nothing_of_a_published_question(session: Session, step: Step) -> None:
    question = a_question(session, by=an_actor(session, Role.TEACHER))
    with pytest.raises(Forbidden):
        step(session, an_actor(session, Role.TEACHER), question.id)
