"""Bulk edits for other programs: choose questions, look at what would change, apply, follow, undo."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from apiflask import APIBlueprint

from quizbank.permissions import BULK_EDIT_QUESTIONS
from quizbank.questions import bulk_editing, bulk_queries
from quizbank.questions.bulk import REASONS, BulkChange, BulkOutcome, BulkState, Difference, change_from_json
from quizbank.questions.bulk_form import selection_from
from quizbank.questions.bulk_jobs import work_now_or_later
from quizbank.questions.bulk_models import BulkEdit
from quizbank.questions.bulk_queries import ItemRow
from quizbank.questions.bulk_schemas import (
    ApplyIn,
    BulkEditIn,
    BulkEditOut,
    BulkEditsIn,
    BulkEditsOut,
    BulkItemsIn,
    BulkItemsOut,
    ChangeIn,
    MadeBulkEditOut,
)
from quizbank.questions.bulk_texts import Replacement, replacement_to_json
from repository import web

api = APIBlueprint("bulk_edits_api", __name__, url_prefix="/api/questions/bulk-edits", tag="Questions")
MADE = (BulkOutcome.CHANGE, BulkOutcome.CHANGED)
BESIDE = ("add_tags", "remove_tags", "submit", "replace", "fill_only", "organisation")


@api.post("")
@api.input(BulkEditIn, arg_name="given")
@api.output(MadeBulkEditOut, status_code=201)
@api.doc(summary="Look at what a change would make of many questions; nothing is changed yet", security="bearer")
def post_bulk_edit(given: dict[str, Any]) -> dict[str, Any]:
    BULK_EDIT_QUESTIONS.require(web.actor())
    selection = selection_from(given)
    edit = bulk_editing.start_bulk_edit(web.session(), web.actor(), selection, now=web.now())
    return shown(bulk_editing.plan_bulk_edit(web.session(), web.actor(), edit.id, change_of(given["change"])))


@api.get("")
@api.input(BulkEditsIn, location="query", arg_name="wanted")
@api.output(BulkEditsOut)
@api.doc(summary="Bulk edits, the newest first", security="bearer")
def list_bulk_edits(wanted: dict[str, Any]) -> dict[str, Any]:
    BULK_EDIT_QUESTIONS.require(web.actor())
    edits, next_key = bulk_queries.list_bulk_edits(web.session(), web.actor(), after=wanted["after"])
    return {"bulk_edits": [listed(edit) for edit in edits], "next": next_key}


@api.get("/<int:edit_id>")
@api.output(BulkEditOut)
@api.doc(summary="A bulk edit: its preview, and how far it is", security="bearer")
def get_bulk_edit(edit_id: int) -> dict[str, Any]:
    return shown(bulk_queries.get_bulk_edit(web.session(), web.actor(), edit_id))


@api.get("/<int:edit_id>/items")
@api.input(BulkItemsIn, location="query", arg_name="wanted")
@api.output(BulkItemsOut)
@api.doc(summary="What will become, or became, of each question", security="bearer")
def get_items(edit_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    edit = bulk_queries.get_bulk_edit(web.session(), web.actor(), edit_id)
    show = wanted["show"]
    outcomes = MADE if show == "changed" else REASONS
    rows, next_key = bulk_queries.list_items(
        web.session(), edit.id, outcomes, of_undo=show == "kept", after=wanted["after"]
    )
    items = [item_json(row, found if show == "changed" else ()) for row, found in read_items(edit, rows)]
    return {"items": items, "next": next_key}


@api.post("/<int:edit_id>/plan")
@api.input(ChangeIn, arg_name="given")
@api.output(BulkEditOut)
@api.doc(summary="Look at another change of the same questions", security="bearer")
def plan_bulk_edit(edit_id: int, given: dict[str, Any]) -> dict[str, Any]:
    return shown(bulk_editing.plan_bulk_edit(web.session(), web.actor(), edit_id, change_of(given)))


@api.post("/<int:edit_id>/apply")
@api.input(ApplyIn, arg_name="given")
@api.output(BulkEditOut)
@api.doc(summary="Apply the preview that was looked at; more than 500 questions by the worker", security="bearer")
def apply_bulk_edit(edit_id: int, given: dict[str, Any]) -> dict[str, Any]:
    edit = bulk_editing.begin_applying(web.session(), web.actor(), edit_id, given["plan"], now=web.now())
    work_now_or_later(web.session(), web.actor(), edit, now=web.now())
    return shown(edit)


@api.post("/<int:edit_id>/undo")
@api.output(BulkEditOut)
@api.doc(summary="Undo a bulk edit as a whole, where nobody changed a question since", security="bearer")
def undo_bulk_edit(edit_id: int) -> dict[str, Any]:
    edit = bulk_editing.begin_undoing(web.session(), web.actor(), edit_id, now=web.now())
    work_now_or_later(web.session(), web.actor(), edit, now=web.now())
    return shown(edit)


def read_items(edit: BulkEdit, rows: list[ItemRow]) -> Iterator[tuple[ItemRow, Sequence[Difference]]]:
    """The rows with what the change makes of each."""
    change, session = change_from_json(edit.change), web.session()
    names = bulk_queries.organisation_names(session, [row.item.before_organisation_id for row in rows])
    target = bulk_queries.name_of_code(session, change.organisation or "")
    for row in rows:
        yield row, bulk_queries.differences_of(row, change, names, target)


def item_json(row: ItemRow, differences: Sequence[Difference]) -> dict[str, Any]:
    return {
        "question_id": row.item.question_id,
        "outcome": str(row.item.outcome),
        "undo_outcome": str(row.item.undo_outcome) if row.item.undo_outcome else None,
        "differences": [
            {"field": one.field, "letter": one.letter, "old": told(one.old), "new": told(one.new)}
            for one in differences
        ],
    }


def told(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Decimal) else value


def change_of(given: dict[str, Any]) -> BulkChange:
    """A field that isn't there stays; null, or an empty text, empties it."""
    values = {name: value for name, value in given.items() if name not in BESIDE}
    wish = dict(given.get("replace") or {})
    where = tuple(wish.pop("fields_", ()))
    replacement = Replacement(**wish, fields=where) if wish else None
    return BulkChange(
        values,
        tuple(given["add_tags"]),
        tuple(given["remove_tags"]),
        submits=given["submit"],
        replacement=replacement,
        fills_only=given["fill_only"],
        organisation=(given["organisation"] or "") if "organisation" in given else None,
    )


def listed(edit: BulkEdit) -> dict[str, Any]:
    return {
        "id": edit.id,
        "state": str(edit.state),
        "plan": edit.plan_number,
        "change": change_json(change_from_json(edit.change)),
        "created_at": edit.created_at,
        "applied_at": edit.applied_at,
        "undone_at": edit.undone_at,
        "job_id": edit.job_id,
    }


def change_json(change: BulkChange) -> dict[str, Any]:
    """A change as it was sent."""
    values = {name: told(value) for name, value in change.values.items()}
    tags = {"add_tags": list(change.added_tags), "remove_tags": list(change.removed_tags)}
    beside: dict[str, Any] = {"submit": change.submits, "fill_only": change.fills_only}
    if change.replacement:
        beside["replace"] = replacement_to_json(change.replacement)
    if change.moves:
        beside["organisation"] = change.organisation or None
    return {**values, **tags, **beside}


def shown(edit: BulkEdit) -> dict[str, Any]:
    counts = bulk_queries.count_outcomes(web.session(), edit.id)
    undone = bulk_queries.count_outcomes(web.session(), edit.id, of_undo=True)
    is_over = edit.state not in (BulkState.CHOOSING, BulkState.READY, BulkState.APPLYING)
    return {
        **listed(edit),
        "selected": sum(counts.values()),
        "changing": sum(counts.get(outcome, 0) for outcome in MADE),
        "changed": counts.get(BulkOutcome.CHANGED, 0) if is_over or edit.state == BulkState.APPLYING else 0,
        "left": {str(reason): counts[reason] for reason in REASONS if counts.get(reason)},
        "restored": undone.get(BulkOutcome.RESTORED, 0),
        "kept": {str(reason): undone[reason] for reason in REASONS if undone.get(reason)},
        "summary": edit.summary,
    }
