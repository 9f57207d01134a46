"""Bulk editing: choose questions, say what is to change, look at it, apply, undo."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from quizbank.permissions import BULK_EDIT_QUESTIONS, MOVE_QUESTIONS, PLAN_BULK_EDIT, UNDO_BULK_EDIT
from quizbank.questions import bulk_editing, bulk_queries
from quizbank.questions.bulk import REASONS, BulkOutcome, BulkState, change_from_json
from quizbank.questions.bulk_checks import STATEMENTS
from quizbank.questions.bulk_form import change_from, form_of
from quizbank.questions.bulk_jobs import AT_WORK, work_now_or_later
from quizbank.questions.bulk_models import BulkEdit
from quizbank.questions.bulk_queries import ItemRow
from quizbank.questions.bulk_texts import REPLACED
from quizbank.questions.descriptions import title_of
from quizbank.questions.pages.bank import filter_from_request
from quizbank.questions.pages.blueprint import (
    grade_choices,
    level_choices,
    licence_labels,
    pages,
    programme_choices,
    subject_choices,
    topic_choices,
)
from quizbank.questions.pages.bulk_labels import (
    changed_fields,
    field_names,
    labels_of,
    reason_labels,
    row_texts,
    state_labels,
)
from quizbank.questions.placement_form import grade_from
from repository import web
from repository.accounts.queries import list_offices
from repository.errors import Invalid
from repository.permissions import Actor

MOST_TICKED = 500
MADE = (BulkOutcome.CHANGE, BulkOutcome.CHANGED)


@pages.post("/bulk-edits")
def start_bulk_edit() -> Response:
    """Lay the ticked questions aside, or with ``all`` everything that the list's filter finds."""
    BULK_EDIT_QUESTIONS.require(web.actor())
    if request.values.get("all"):
        selection: dict[str, Any] = {"filter": asdict(filter_from_request())}
    else:
        ids = [int(given) for given in request.form.getlist("id") if given.isdecimal() and len(given) < 16]
        selection = {"ids": ids[:MOST_TICKED]}
    edit = bulk_editing.start_bulk_edit(web.session(), web.actor(), selection, now=web.now())
    if request.form.get("step") == "submit":
        bulk_editing.plan_bulk_edit(web.session(), web.actor(), edit.id, change_from(request.form))
        return web.go_to(f"/questions/bulk-edits/{edit.id}#preview")
    return web.go_to(f"/questions/bulk-edits/{edit.id}")


@pages.get("/bulk-edits")
def list_bulk_edits() -> str:
    BULK_EDIT_QUESTIONS.require(web.actor())
    after = request.args.get("after", type=int)
    edits, next_key = bulk_queries.list_bulk_edits(web.session(), web.actor(), after=after)
    return web.render(
        "quizbank/questions/list_bulk_edits.html",
        edits=edits,
        after=next_key,
        is_first=after is None,
        states=state_labels(),
        changed_fields=changed_fields,
    )


@pages.get("/bulk-edits/<int:edit_id>")
def show_bulk_edit(edit_id: int) -> str:
    edit = bulk_queries.get_bulk_edit(web.session(), web.actor(), edit_id)
    return page_of(edit, form_of(change_from_json(edit.change)), {})


@pages.post("/bulk-edits/<int:edit_id>")
def plan_bulk_edit(edit_id: int) -> Response | tuple[str, int]:
    """Look at what a change would make of the selection."""
    edit = bulk_queries.get_bulk_edit(web.session(), web.actor(), edit_id)
    try:
        bulk_editing.plan_bulk_edit(web.session(), web.actor(), edit_id, change_from(request.form))
    except Invalid as error:
        return page_of(edit, request.form, error.facts.get("fields", {})), 422
    return web.go_to(f"/questions/bulk-edits/{edit_id}#preview")


@pages.post("/bulk-edits/<int:edit_id>/apply")
def apply_bulk_edit(edit_id: int) -> Response:
    plan_number = request.form.get("plan", type=int, default=0)
    edit = bulk_editing.begin_applying(web.session(), web.actor(), edit_id, plan_number, now=web.now())
    work_now_or_later(web.session(), web.actor(), edit, now=web.now())
    return web.go_to(f"/questions/bulk-edits/{edit_id}")


@pages.post("/bulk-edits/<int:edit_id>/undo")
def undo_bulk_edit(edit_id: int) -> Response:
    edit = bulk_editing.begin_undoing(web.session(), web.actor(), edit_id, now=web.now())
    work_now_or_later(web.session(), web.actor(), edit, now=web.now())
    return web.go_to(f"/questions/bulk-edits/{edit_id}")


def page_of(edit: BulkEdit, form: Mapping[str, str], errors: Mapping[str, list[str]]) -> str:
    """The page of one bulk edit, whatever its state; ``form`` is what its fields show."""
    session, actor = web.session(), web.actor()
    show, after = request.args.get("show", "changed"), request.args.get("after", type=int)
    outcomes = REASONS if show in ("left", "kept") else MADE
    rows, next_key = bulk_queries.list_items(session, edit.id, outcomes, of_undo=show == "kept", after=after)
    counts = bulk_queries.count_outcomes(session, edit.id)
    undone = bulk_queries.count_outcomes(session, edit.id, of_undo=True)
    change = change_from_json(edit.change)
    may_plan = PLAN_BULK_EDIT.allows(actor, edit) and edit.state in (BulkState.CHOOSING, BulkState.READY)
    return web.render(
        "quizbank/questions/show_bulk_edit.html",
        edit=edit,
        form=form,
        errors={name: [_(text) for text in texts] for name, texts in errors.items()},
        is_at_work=edit.state in AT_WORK,
        may_plan=may_plan,
        may_undo=UNDO_BULK_EDIT.allows(actor, edit) and edit.state == BulkState.DONE,
        show=show,
        rows=texts_of(session, edit, rows, show),
        after=next_key,
        is_first=after is None,
        changing=sum(counts.get(outcome, 0) for outcome in MADE),
        changed=counts.get(BulkOutcome.CHANGED, 0),
        public=bulk_queries.count_public(session, edit.id),
        left=reason_counts(counts),
        restored=undone.get(BulkOutcome.RESTORED, 0),
        kept=reason_counts(undone),
        selected=sum(counts.values()) or bulk_queries.count_selected(session, actor, edit.selection),
        submits=change.submits,
        moves=change.moves,
        summary=[(field_names().get(line["field"]), *labels_of(line), line["count"]) for line in edit.summary],
        state=state_labels()[edit.state],
        **(form_choices(session, actor, edit, form) if may_plan else {}),
    )


def texts_of(
    session: Session, edit: BulkEdit, rows: Sequence[ItemRow], show: str
) -> list[tuple[ItemRow, str, list[tuple[str, Markup]], str]]:
    """The rows with the titles of their questions, and what changes in them or why nothing does."""
    code = change_from_json(edit.change).organisation
    names = bulk_queries.organisation_names(session, [row.item.before_organisation_id for row in rows])
    target = bulk_queries.name_of_code(session, code or "")
    return [(row, title_of(row.version), *row_texts(edit, row, show, names, target)) for row in rows]


def reason_counts(counts: Mapping[BulkOutcome, int]) -> list[tuple[str, int]]:
    return [(reason_labels()[reason], counts[reason]) for reason in REASONS if counts.get(reason)]


def form_choices(session: Session, actor: Actor, edit: BulkEdit, form: Mapping[str, str]) -> dict[str, Any]:
    """What can be chosen. Topics are those of the subject and grade that are chosen, or that all questions share."""
    empty = ("-", _("(bỏ trống)"))
    places = bulk_queries.subjects_of(session, actor, edit.selection)
    subjects, grades = {subject for subject, _grade in places}, {grade for _subject, grade in places}
    subject = form.get("subject", "") or (subjects.pop() if len(subjects) == 1 else "")
    chosen = form.get("grade", "")
    grade = grades.pop() if len(grades) == 1 and not chosen else grade_from(chosen.replace("-", ""))
    topics = topic_choices(subject, grade)
    return {
        "subjects": subject_choices(),
        "programmes": programme_choices(),
        "grades": [empty, *grade_choices()],
        "topics": [empty, *topics],
        "has_topics": bool(topics),
        "levels": [empty, *level_choices()],
        "licences": [empty, *licence_labels().items()],
        "statements": STATEMENTS,
        "where": [(name, where_labels()[name]) for name in REPLACED],
        "filled": {name for name, value in form.items() if value},
        "may_move": MOVE_QUESTIONS.allows(actor),
        "offices": list_offices(session) if MOVE_QUESTIONS.allows(actor) else [],
    }


def where_labels() -> dict[str, str]:
    """Where words can be looked for."""
    names = field_names()
    return {**names, "parts": _("Phương án và các ý")}
