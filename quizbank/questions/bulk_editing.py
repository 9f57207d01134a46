"""Edit many questions at once: choose, look at what would change, apply, undo as a whole. Nothing here commits."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from quizbank.permissions import (
    BULK_EDIT_QUESTIONS,
    EDIT_QUESTION,
    MOVE_QUESTIONS,
    PLAN_BULK_EDIT,
    SUBMIT_QUESTION,
    UNDO_BULK_EDIT,
    signed_in_id,
)
from quizbank.questions import bulk_moving, bulk_submitting
from quizbank.questions.bulk import (
    NOTHING,
    BulkChange,
    BulkOutcome,
    BulkState,
    apply_change,
    change_from_json,
    change_to_json,
    counted_as,
    differences,
)
from quizbank.questions.bulk_checks import (
    change_problems,
    fitting_outcome,
    outcome_of,
    state_outcome,
    submit_outcome,
)
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.bulk_moving import moving_outcome, target_of
from quizbank.questions.bulk_queries import (
    Selected,
    count_selected,
    doubtful_of,
    get_bulk_edit,
    organisation_names,
    selected_questions,
)
from quizbank.questions.bulk_storing import Copy, copy_versions
from quizbank.questions.likeness_search import schedule_comparison
from quizbank.questions.models import Question, QuestionHistory
from quizbank.questions.states import QuestionEvent, QuestionState
from quizbank.questions.storing import insert_rows, set_versions
from repository.audit import record
from repository.errors import Conflict, Invalid, NotFound
from repository.permissions import Actor

KIND = "bulk edit"
MOST_QUESTIONS = 20_000
MOST_SUMMARY_LINES = 100
Counted = tuple[str, str, str]
SENT = ("state", str(QuestionState.DRAFT), str(QuestionState.IN_REVIEW))


@dataclass(frozen=True)
class ToWrite:
    """A question that is to get a new version: ``of_version_id`` with the change in it.

    ``expected_version_id``: the version that must still be the newest.
    """

    question_id: int
    of_version_id: int
    expected_version_id: int


def start_bulk_edit(session: Session, actor: Actor, selection: Mapping[str, Any], *, now: dt.datetime) -> BulkEdit:
    """Lay a selection aside, to say afterwards what is to change.

    Args:
        selection: ``{"ids": […]}`` or ``{"filter": {…}}``, the fields of a ``QuestionFilter``.

    Raises:
        Invalid: it holds no question, or too many.
    """
    BULK_EDIT_QUESTIONS.require(actor)
    count = count_selected(session, actor, selection)
    if count == 0:
        raise Invalid("Hãy chọn ít nhất một câu hỏi.")
    if count > MOST_QUESTIONS:
        raise Invalid("Quá {limit} câu: hãy lọc bớt rồi sửa từng phần.", limit=MOST_QUESTIONS)
    edit = BulkEdit(
        state=BulkState.CHOOSING,
        selection=dict(selection),
        change=change_to_json(NOTHING),
        summary=[],
        plan_number=0,
        created_by_id=signed_in_id(actor),
        created_at=now,
    )
    session.add(edit)
    session.flush()
    return edit


def plan_bulk_edit(session: Session, actor: Actor, edit_id: int, change: BulkChange) -> BulkEdit:
    """Find out what a change would make of every question, and lay it down; no question is touched.

    Raises:
        Conflict: it was applied already.
        Invalid: the change itself makes no sense; ``facts["fields"]`` says where.
    """
    edit = _locked(session, get_bulk_edit(session, actor, edit_id))
    PLAN_BULK_EDIT.require(actor, edit)
    BULK_EDIT_QUESTIONS.require(actor)
    if edit.state not in (BulkState.CHOOSING, BulkState.READY):
        raise Conflict("Lần sửa này đã được áp dụng.")
    if change.moves:
        MOVE_QUESTIONS.require(actor)
    target_id = _target(session, change)
    session.execute(delete(BulkEditItem).where(BulkEditItem.bulk_edit_id == edit.id))
    counted: Counter[Counted] = Counter()
    for batch in selected_questions(session, actor, edit.selection, change):
        outcomes = _outcomes(session, actor, batch, change, target_id, counted)
        rows = [
            {
                "bulk_edit_id": edit.id,
                "question_id": one.question_id,
                "before_version_id": one.version_id,
                "before_organisation_id": one.organisation_id if change.moves else None,
                "outcome": outcome,
            }
            for one, outcome in zip(batch, outcomes, strict=True)
        ]
        insert_rows(session, BulkEditItem.__table__, rows)
    edit.change, edit.state = change_to_json(change), BulkState.READY
    edit.summary = _summary(counted)
    edit.plan_number += 1
    session.flush()
    return edit


def _target(session: Session, change: BulkChange) -> int | None:
    """The organisation to move to, once the change is found to make sense."""
    problems = change_problems(change)
    try:
        target_id = target_of(session, change.organisation or "")
    except NotFound:
        problems["organisation"] = ["Không có đơn vị nào mang mã này."]
        target_id = None
    if problems:
        raise Invalid("Chưa xem trước được.", fields=problems)
    return target_id


def _outcomes(
    session: Session,
    actor: Actor,
    batch: Sequence[Selected],
    change: BulkChange,
    target_id: int | None,
    counted: Counter[Counted],
) -> list[BulkOutcome]:
    if change.submits:
        return _submitting(session, actor, batch, counted)
    if change.moves:
        return _moving(session, actor, batch, target_id, counted)
    return [_planned(actor, one, change, counted) for one in batch]


def _submitting(
    session: Session, actor: Actor, batch: Sequence[Selected], counted: Counter[Counted]
) -> list[BulkOutcome]:
    doubtful = doubtful_of(session, [one.version_id for one in batch])
    outcomes = []
    for one in batch:
        may_submit = SUBMIT_QUESTION.allows(actor, one)
        refusal = submit_outcome(one.state, may_submit=may_submit, is_doubtful=one.version_id in doubtful)
        counted.update([SENT] if refusal is None else [])
        outcomes.append(refusal or BulkOutcome.CHANGE)
    return outcomes


def _moving(
    session: Session, actor: Actor, batch: Sequence[Selected], target_id: int | None, counted: Counter[Counted]
) -> list[BulkOutcome]:
    names = organisation_names(session, {target_id, *(one.organisation_id for one in batch)})
    outcomes = [moving_outcome(actor, one, target_id) for one in batch]
    counted.update(
        ("organisation", names[one.organisation_id], names[target_id])
        for one, outcome in zip(batch, outcomes, strict=True)
        if outcome is BulkOutcome.CHANGE
    )
    return outcomes


def _planned(actor: Actor, found: Selected, change: BulkChange, counted: Counter[Counted]) -> BulkOutcome:
    outcome = state_outcome(found.state, may_edit=EDIT_QUESTION.allows(actor, found))
    if outcome is not None:
        return outcome
    new = apply_change(change, found.fields)
    outcome = fitting_outcome(change, found.fields, new) or outcome_of(change, found.fields, new)
    if outcome is BulkOutcome.CHANGE:
        lines = (counted_as(one, change) for one in differences(found.fields, new))
        counted.update(set(chain.from_iterable(lines)))
    return outcome


def _summary(counted: Counter[Counted]) -> list[dict[str, Any]]:
    """The differences with their counts, the most frequent first; what is rare beyond a hundred is one line."""
    lines = [
        {"field": field, "old": old, "new": new, "count": count}
        for (field, old, new), count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    rest = sum(sorted(counted.values(), reverse=True)[MOST_SUMMARY_LINES:])
    more = [{"field": "", "old": "", "new": "", "count": rest}] if rest else []
    return lines[:MOST_SUMMARY_LINES] + more


def _locked(session: Session, edit: BulkEdit) -> BulkEdit:
    """The edit as it stands: of two forms sent at once, the second waits for the first and finds what it did."""
    session.refresh(edit, with_for_update=True)
    return edit


def begin_applying(session: Session, actor: Actor, edit_id: int, plan_number: int, *, now: dt.datetime) -> BulkEdit:
    """Let the planned changes be made by ``apply_batch``.

    Raises:
        Conflict: there is a newer preview than the one looked at, or it was applied already.
    """
    edit = _locked(session, get_bulk_edit(session, actor, edit_id))
    PLAN_BULK_EDIT.require(actor, edit)
    BULK_EDIT_QUESTIONS.require(actor)
    if edit.state != BulkState.READY:
        raise Conflict("Lần sửa này chưa được xem trước hoặc đã được áp dụng.")
    if edit.plan_number != plan_number:
        raise Conflict("Bản xem trước đã đổi: hãy xem lại trước khi áp dụng.")
    if change_from_json(edit.change).moves:
        MOVE_QUESTIONS.require(actor)
    edit.state, edit.applied_at = BulkState.APPLYING, now
    record(session, actor, "bulk edit questions", KIND, edit.id, now, change=edit.change)
    session.flush()
    return edit


def apply_batch(session: Session, actor: Actor, edit: BulkEdit, *, limit: int, now: dt.datetime) -> int:
    """Make new versions of the next questions, as drafts; returns how many were settled, 0 at the end.

    Whether the actor may is asked again for each: those that they may not edit any more are left alone.
    """
    change = change_from_json(edit.change)
    items = session.scalars(_items(edit).where(BulkEditItem.outcome == BulkOutcome.CHANGE).limit(limit)).all()
    if not change.edits:
        if change.submits:
            rows = bulk_submitting.submit(session, actor, edit, items, now=now)
        else:
            target_id = target_of(session, change.organisation or "")
            rows = bulk_moving.move(session, actor, edit, items, target_id, now=now)
        return _end(session, edit, {"outcome": bindparam("fate")}, rows, BulkState.DONE)
    wanted = [ToWrite(item.question_id, item.before_version_id, item.before_version_id) for item in items]
    outcomes, made = _write(session, actor, edit, wanted, change, now=now)
    if made and change.touches_asked:
        schedule_comparison(session, now=now)
    rows = [
        {
            "of": question_id,
            "to": made.get(question_id),
            "fate": BulkOutcome.CHANGED if question_id in made else outcome,
        }
        for question_id, outcome in outcomes.items()
    ]
    return _end(
        session, edit, {"outcome": bindparam("fate"), "after_version_id": bindparam("to")}, rows, BulkState.DONE
    )


def begin_undoing(session: Session, actor: Actor, edit_id: int, *, now: dt.datetime) -> BulkEdit:
    """Let ``undo_batch`` restore what was changed.

    Raises:
        Conflict: it was not applied, or was undone already.
    """
    edit = _locked(session, get_bulk_edit(session, actor, edit_id))
    UNDO_BULK_EDIT.require(actor, edit)
    if edit.state != BulkState.DONE:
        raise Conflict("Chỉ hoàn tác được lần sửa đã áp dụng xong.")
    if change_from_json(edit.change).moves:
        MOVE_QUESTIONS.require(actor)
    edit.state, edit.undone_at, edit.undone_by_id = BulkState.UNDOING, now, signed_in_id(actor)
    record(session, actor, "undo bulk edit", KIND, edit.id, now)
    session.flush()
    return edit


def undo_batch(session: Session, actor: Actor, edit: BulkEdit, *, limit: int, now: dt.datetime) -> int:
    """Restore the next questions, where nobody changed them since; returns how many were settled.

    A version that is still the published one is the newest again, so that nobody has to review what was approved;
    others come back by new versions. Whether the actor may is asked for each.
    """
    change = change_from_json(edit.change)
    query = _items(edit).where(BulkEditItem.outcome == BulkOutcome.CHANGED, BulkEditItem.undo_outcome.is_(None))
    items = session.scalars(query.limit(limit)).all()
    if not change.edits:
        if change.submits:
            rows = bulk_submitting.take_back(session, actor, edit, items, now=now)
        else:
            target_id = target_of(session, change.organisation or "")
            rows = bulk_moving.move_back(session, actor, edit, items, target_id, now=now)
        return _end(session, edit, {"undo_outcome": bindparam("fate")}, rows, BulkState.UNDONE)
    wanted = [ToWrite(item.question_id, item.before_version_id, item.after_version_id or 0) for item in items]
    outcomes, made = _write(session, actor, edit, wanted, NOTHING, now=now)
    if made and change.touches_asked:
        schedule_comparison(session, now=now)
    rows = [
        {"of": question_id, "fate": BulkOutcome.RESTORED if question_id in made else outcome}
        for question_id, outcome in outcomes.items()
    ]
    return _end(session, edit, {"undo_outcome": bindparam("fate")}, rows, BulkState.UNDONE)


def _items(edit: BulkEdit) -> Any:
    return select(BulkEditItem).where(BulkEditItem.bulk_edit_id == edit.id).order_by(BulkEditItem.question_id)


def _write(
    session: Session, actor: Actor, edit: BulkEdit, wanted: Iterable[ToWrite], change: BulkChange, *, now: dt.datetime
) -> tuple[dict[int, BulkOutcome], dict[int, int]]:
    """Write the versions of a batch; returns every question's outcome, and the new versions of those that got one."""
    by_id = {one.question_id: one for one in wanted}
    question = Question
    columns = (question.id, question.state, question.current_version_id, question.published_version_id)
    query = select(*columns, question.created_by_id).where(question.id.in_(by_id))
    outcomes: dict[int, BulkOutcome] = {}
    public: dict[int, int] = {}
    for row in session.execute(query.order_by(question.id).with_for_update(of=question)).all():
        outcome = state_outcome(row.state, may_edit=EDIT_QUESTION.allows(actor, row))
        is_newer = row.current_version_id != by_id[row.id].expected_version_id
        outcomes[row.id] = outcome or (BulkOutcome.NEWER if is_newer else BulkOutcome.CHANGE)
        if edit.state == BulkState.UNDOING and row.published_version_id == by_id[row.id].of_version_id:
            public[row.id] = row.published_version_id
    coming = [by_id[id_] for id_, outcome in outcomes.items() if outcome is BulkOutcome.CHANGE]
    copies = [Copy(one.question_id, one.of_version_id) for one in coming if one.question_id not in public]
    version_ids = copy_versions(session, actor, copies, change, now=now)
    made = dict(zip((copy.question_id for copy in copies), version_ids, strict=True))
    again = {one.question_id: public[one.question_id] for one in coming if one.question_id in public}
    event = QuestionEvent.BULK_UNDONE if edit.state == BulkState.UNDOING else QuestionEvent.BULK_EDITED
    line = {"actor_id": actor.person_id, "at": now, "event": event, "comment": f"#{edit.id}"}
    pairs = (made | again).items()
    insert_rows(session, QuestionHistory.__table__, [{"question_id": q, "version_id": v, **line} for q, v in pairs])
    for some, state in ((made, QuestionState.DRAFT), (again, QuestionState.PUBLISHED)):
        set_versions(session, some.items(), Question.current_version_id.key, state=state, updated_at=now)
    return outcomes, made | again


def _end(
    session: Session, edit: BulkEdit, values: dict[str, Any], rows: list[dict[str, Any]], at_the_end: BulkState
) -> int:
    """Write what became of a batch, or without one the end of the whole; returns how many were settled."""
    if rows:
        table = BulkEditItem.__table__
        query = update(table).where(table.c.bulk_edit_id == edit.id, table.c.question_id == bindparam("of"))  # type: ignore[arg-type]
        session.execute(query.values(values), rows)
    session.expire_all()
    if not rows:
        edit.state = at_the_end
        session.flush()
    return len(rows)
