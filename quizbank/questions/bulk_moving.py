"""Moving many questions to another organisation, and back: no version is written, but their records say whose they are.

The ground floor of bulk edits, as ``bulk_storing`` is; nothing here commits.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.permissions import MOVE_QUESTIONS
from quizbank.questions.bulk import BulkOutcome
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.bulk_queries import Selected
from quizbank.questions.descriptions import KIND, read_records
from quizbank.questions.models import Question, QuestionHistory
from quizbank.questions.states import QuestionEvent
from quizbank.questions.storing import insert_rows
from repository.accounts.queries import find_organisation_by_code
from repository.errors import NotFound
from repository.permissions import SYSTEM, Actor
from repository.publishing.actions import publish_records
from repository.search.actions import schedule_update

Row = dict[str, Any]
Refusal = Callable[[Question, BulkEditItem], BulkOutcome | None]


def target_of(session: Session, code: str) -> int | None:
    """The organisation with this code; None for nobody's.

    Raises:
        NotFound: there is none.
    """
    if not code:
        return None
    found = find_organisation_by_code(session, code)
    if found is None:
        raise NotFound("Không có đơn vị với mã “{code}”.", code=code)
    return found.id


def moving_outcome(actor: Actor, found: Selected, target_id: int | None) -> BulkOutcome:
    """What moving would make of a question; its state and what is asked do not matter."""
    if not MOVE_QUESTIONS.allows(actor):
        return BulkOutcome.NOT_ALLOWED
    return BulkOutcome.SAME if found.organisation_id == target_id else BulkOutcome.CHANGE


def move(
    session: Session,
    actor: Actor,
    edit: BulkEdit,
    items: Sequence[BulkEditItem],
    target_id: int | None,
    *,
    now: dt.datetime,
) -> list[Row]:
    """Make the planned questions the organisation's, unless somebody moved them since. Returns what became of each."""

    def refusal(question: Question, planned: BulkEditItem) -> BulkOutcome | None:
        return None if question.organisation_id == planned.before_organisation_id else BulkOutcome.NEWER

    targets = {item.question_id: target_id for item in items}
    return _move(session, actor, edit, items, targets, refusal, BulkOutcome.CHANGED, now)


def move_back(
    session: Session,
    actor: Actor,
    edit: BulkEdit,
    items: Sequence[BulkEditItem],
    target_id: int | None,
    *,
    now: dt.datetime,
) -> list[Row]:
    """Give the questions back to whose they were, unless somebody moved them on since."""

    def refusal(question: Question, _planned: BulkEditItem) -> BulkOutcome | None:
        return None if question.organisation_id == target_id else BulkOutcome.NEWER

    targets = {item.question_id: item.before_organisation_id for item in items}
    return _move(session, actor, edit, items, targets, refusal, BulkOutcome.RESTORED, now)


def _move(
    session: Session,
    actor: Actor,
    edit: BulkEdit,
    items: Sequence[BulkEditItem],
    targets: dict[int, int | None],
    refusal: Refusal,
    outcome: BulkOutcome,
    now: dt.datetime,
) -> list[Row]:
    planned = {item.question_id: item for item in items}
    if not MOVE_QUESTIONS.allows(actor):
        return [{"of": question_id, "fate": BulkOutcome.NOT_ALLOWED} for question_id in planned]
    query = select(Question).where(Question.id.in_(planned)).order_by(Question.id).with_for_update()
    event = QuestionEvent.BULK_EDITED if outcome is BulkOutcome.CHANGED else QuestionEvent.BULK_UNDONE
    fates: dict[int, BulkOutcome] = {}
    history: list[Row] = []
    public: list[int] = []
    for question in session.scalars(query):
        fates[question.id] = refusal(question, planned[question.id]) or outcome
        if fates[question.id] is not outcome:
            continue
        question.organisation_id, question.updated_at = targets[question.id], now
        line = {"question_id": question.id, "version_id": question.current_version_id, "actor_id": actor.person_id}
        history.append({**line, "at": now, "event": event, "comment": f"#{edit.id}"})
        public += [question.id] if question.published_version_id is not None else []
    session.flush()
    insert_rows(session, QuestionHistory.__table__, history)
    _tell(session, public, now=now)
    return [{"of": question_id, "fate": fate} for question_id, fate in fates.items()]


def _tell(session: Session, public: Sequence[int], *, now: dt.datetime) -> None:
    """Have records and index say whose the published ones are. The product does: what was approved stays as it is."""
    if public:
        publish_records(session, SYSTEM, KIND, read_records(session, public), now=now)
        schedule_update(session, KIND, public, now=now)
