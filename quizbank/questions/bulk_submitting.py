"""Sending many drafts to the review desk, and taking them back: no version is written, only the state changes.

The ground floor of bulk edits, as ``bulk_storing`` is; nothing here commits.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.permissions import SUBMIT_QUESTION
from quizbank.questions.bulk import BulkOutcome
from quizbank.questions.bulk_checks import submit_outcome
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.bulk_queries import doubtful_of
from quizbank.questions.models import Question, QuestionHistory
from quizbank.questions.states import QuestionEvent, QuestionState
from quizbank.questions.storing import insert_rows
from repository.permissions import Actor

Row = dict[str, Any]


def submit(
    session: Session, actor: Actor, edit: BulkEdit, items: Sequence[BulkEditItem], *, now: dt.datetime
) -> list[Row]:
    """Send the planned drafts; whether each still may be is asked again. Returns what became of each."""
    doubtful = doubtful_of(session, [item.before_version_id for item in items])

    def refusal(question: Question, planned: BulkEditItem) -> BulkOutcome | None:
        if question.current_version_id != planned.before_version_id:
            return BulkOutcome.NEWER
        is_doubtful = planned.before_version_id in doubtful
        may_submit = SUBMIT_QUESTION.allows(actor, question)
        return submit_outcome(question.state, may_submit=may_submit, is_doubtful=is_doubtful)

    step = (QuestionState.IN_REVIEW, QuestionEvent.SUBMITTED, BulkOutcome.CHANGED)
    return _move(session, actor, edit, items, refusal, step, now)


def take_back(
    session: Session, actor: Actor, edit: BulkEdit, items: Sequence[BulkEditItem], *, now: dt.datetime
) -> list[Row]:
    """Make drafts again of what nobody has approved, returned, changed or sent once more since."""
    sent = _still_sent(session, edit, [item.question_id for item in items])

    def refusal(question: Question, planned: BulkEditItem) -> BulkOutcome | None:
        if not SUBMIT_QUESTION.allows(actor, question):
            return BulkOutcome.NOT_ALLOWED
        is_waiting = question.state == QuestionState.IN_REVIEW and question.id in sent
        is_same = is_waiting and question.current_version_id == planned.before_version_id
        return None if is_same else BulkOutcome.NEWER

    step = (QuestionState.DRAFT, QuestionEvent.BULK_UNDONE, BulkOutcome.RESTORED)
    return _move(session, actor, edit, items, refusal, step, now)


def _still_sent(session: Session, edit: BulkEdit, question_ids: Sequence[int]) -> set[int]:
    """Those that this edit was the last to send. What somebody says of a question meanwhile changes nothing."""
    newest = (
        select(func.max(QuestionHistory.id))
        .where(QuestionHistory.question_id.in_(question_ids), QuestionHistory.event != QuestionEvent.COMMENTED)
        .group_by(QuestionHistory.question_id)
    )
    query = select(QuestionHistory.question_id).where(
        QuestionHistory.id.in_(newest),
        QuestionHistory.event == QuestionEvent.SUBMITTED,
        QuestionHistory.comment == f"#{edit.id}",
    )
    return set(session.scalars(query))


def _move(
    session: Session,
    actor: Actor,
    edit: BulkEdit,
    items: Sequence[BulkEditItem],
    refusal: Callable[[Question, BulkEditItem], BulkOutcome | None],
    step: tuple[QuestionState, QuestionEvent, BulkOutcome],
    now: dt.datetime,
) -> list[Row]:
    planned = {item.question_id: item for item in items}
    state, event, outcome = step
    query = select(Question).where(Question.id.in_(planned)).order_by(Question.id).with_for_update()
    fates: dict[int, BulkOutcome] = {}
    history: list[Row] = []
    for question in session.scalars(query):
        fates[question.id] = refusal(question, planned[question.id]) or outcome
        if fates[question.id] is not outcome:
            continue
        question.state, question.updated_at = state, now
        line = {"question_id": question.id, "version_id": question.current_version_id, "actor_id": actor.person_id}
        history.append({**line, "at": now, "event": event, "comment": f"#{edit.id}"})
    session.flush()
    insert_rows(session, QuestionHistory.__table__, history)
    return [{"of": question_id, "fate": fate} for question_id, fate in fates.items()]
