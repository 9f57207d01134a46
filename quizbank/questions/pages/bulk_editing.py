"""Bulk editing: choose questions, say what is to change, look at it, apply, undo."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from quizbank.permissions import BULK_EDIT_QUESTIONS, PLAN_BULK_EDIT, UNDO_BULK_EDIT
from quizbank.questions import bulk_editing, bulk_queries
from quizbank.questions.bulk import (
    REASONS,
    BulkOutcome,
    BulkState,
    Difference,
    apply_change,
    change_from_json,
    differences,
)
from quizbank.questions.bulk_form import change_from, form_of
from quizbank.questions.bulk_jobs import AT_WORK, work_now_or_later
from quizbank.questions.bulk_models import BulkEdit
from quizbank.questions.descriptions import title_of
from quizbank.questions.pages.bank import filter_from_request
from quizbank.questions.pages.blueprint import (
    field_labels,
    grade_choices,
    level_choices,
    licence_labels,
    name_of,
    pages,
    programme_choices,
    subject_choices,
    topic_choices,
)
from quizbank.questions.pages.blueprint import state_labels as state_names
from quizbank.questions.placement_form import grade_from
from repository import web
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
        rows=[(row, title_of(row.version), *row_texts(edit, row, show)) for row in rows],
        after=next_key,
        is_first=after is None,
        changing=sum(counts.get(outcome, 0) for outcome in MADE),
        changed=counts.get(BulkOutcome.CHANGED, 0),
        public=bulk_queries.count_public(session, edit.id),
        left=reason_counts(counts),
        restored=undone.get(BulkOutcome.RESTORED, 0),
        kept=reason_counts(undone),
        selected=sum(counts.values()) or bulk_queries.count_selected(session, actor, edit.selection),
        submits=change_from_json(edit.change).submits,
        summary=[(field_names().get(line["field"]), *labels_of(line), line["count"]) for line in edit.summary],
        state=state_labels()[edit.state],
        **(form_choices(session, actor, edit, form) if may_plan else {}),
    )


def row_texts(edit: BulkEdit, row: bulk_queries.ItemRow, show: str) -> tuple[list[tuple[str, str, str]], str]:
    """What changes in a row as (field, old, new), or why nothing does."""
    if show in ("left", "kept"):
        outcome = row.item.undo_outcome if show == "kept" else row.item.outcome
        return [], reason_labels()[BulkOutcome(outcome or BulkOutcome.SAME)]
    change = change_from_json(edit.change)
    if change.submits:
        return [(str(_("Tình trạng")), label_of("state", "draft"), label_of("state", "in-review"))], ""
    old = bulk_queries.fields_of(row.version)
    found = differences(old, apply_change(change, old))
    return [(field_names()[one.field], *values_of(one)) for one in found], ""


def values_of(one: Difference) -> tuple[str, str]:
    return label_of(one.field, one.old), label_of(one.field, one.new)


def labels_of(line: Mapping[str, Any]) -> tuple[str, str]:
    return label_of(line["field"], line["old"]), label_of(line["field"], line["new"])


def label_of(field: str, value: Any) -> str:
    """A value in the reader's words."""
    if value is None or value in ("", False, ()):
        return str(_("(trống)"))
    if field == "grade":
        return str(_("Lớp %(grade)s", grade=value))
    if field == "tags" and not isinstance(value, str):
        return ", ".join(value)
    if field == "keeps_order":
        return str(_("có"))
    if field == "state":
        return state_names()[value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if field == "licence":
        return licence_labels().get(value, str(value))
    return name_of(value) if field in ("subject", "programme", "topic", "level") else str(value)


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
    }


def changed_fields(edit: BulkEdit) -> str:
    """Which fields a bulk edit sets, by name."""
    change = change_from_json(edit.change)
    if change.submits:
        return str(_("Gửi thẩm định"))
    names = [*change.values, *(["tags"] if change.touches_tags else [])]
    return ", ".join(field_names()[name] for name in names)


def field_names() -> dict[str, str]:
    return {
        **field_labels(),
        "tolerance": _("Sai số"),
        "keeps_order": _("Giữ thứ tự phương án"),
        "state": _("Tình trạng"),
    }


def state_labels() -> dict[str, str]:
    return {
        BulkState.CHOOSING: _("đang chọn"),
        BulkState.READY: _("đã xem trước, chưa áp dụng"),
        BulkState.APPLYING: _("đang sửa"),
        BulkState.DONE: _("đã sửa"),
        BulkState.UNDOING: _("đang hoàn tác"),
        BulkState.UNDONE: _("đã hoàn tác"),
    }


def reason_labels() -> dict[str, str]:
    return {
        BulkOutcome.SAME: _("đã đúng như vậy rồi"),
        BulkOutcome.NOT_ALLOWED: _("bạn không có quyền sửa câu này"),
        BulkOutcome.IN_REVIEW: _("đang chờ thẩm định"),
        BulkOutcome.WITHDRAWN: _("đã thu hồi"),
        BulkOutcome.NEWER: _("đã có người sửa từ lúc đó"),
        BulkOutcome.BAD_SUBJECT: _("môn không có trong chương trình"),
        BulkOutcome.BAD_PROGRAMME: _("chương trình không còn dùng"),
        BulkOutcome.BAD_GRADE: _("lớp không có trong chương trình"),
        BulkOutcome.BAD_TOPIC: _("chủ đề không thuộc môn và lớp của câu"),
        BulkOutcome.BAD_LEVEL: _("mức độ không thuộc chương trình của câu"),
        BulkOutcome.BAD_ORDER: _("câu trả lời ngắn không có phương án"),
        BulkOutcome.BAD_TOLERANCE: _("đáp án của câu không phải là số"),
        BulkOutcome.PUBLISHED: _("đã xuất bản, không có gì mới để gửi"),
        BulkOutcome.DOUBTFUL: _("còn chỗ ngờ từ tệp nguồn: hãy mở ra xem từng câu"),
        BulkOutcome.BAD_TAGS: _("quá 20 nhãn, hoặc nhãn quá 80 kí tự"),
    }
