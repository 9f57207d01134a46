"""Draws the matrix editor: a new matrix, a kept one, and what a button of the form asked for without saving."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import get_locale, gettext
from flask_babel import gettext as _

from quizbank.matrices import queries
from quizbank.matrices.advice import advice_of, usual_shares
from quizbank.matrices.editor import (
    Editor,
    add_rows,
    editor_from,
    fill_outcomes,
    show_problems,
    show_supply,
    step_rows,
    topic_choices,
    with_grid,
)
from quizbank.matrices.grid import (
    DEFAULT_MARKS,
    count_name,
    marks_name,
    outcomes_name,
    tag_name,
    topic_name,
    unit_name,
)
from quizbank.matrices.labels import level_head, level_label, name_of, row_names
from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.sharing import Sharing
from quizbank.permissions import EDIT_MATRIX
from quizbank.questions.pages.blueprint import type_labels
from repository import web
from repository.curriculum.queries import curriculum

SEEDS = 10**6


def sent_editor() -> Editor:
    """The editor as the form of this request has it, rows moved where a button said so."""
    editor = editor_from(request.form, curriculum())
    moved = step_rows(dict(request.form.items()))
    return with_grid(editor, moved, curriculum()) if moved else editor


def edited_further(editor: Editor, kept: ExamMatrix | None = None) -> str | tuple[str, int] | None:
    """The page again, when a button asked for something else than saving, or when something is wrong."""
    asked = request.form.get("do", "")
    if asked == "add-rows":
        add_rows(editor)
    if asked == "fill-outcomes":
        rows = {(row.topic or None, row.unit) for row in editor.grid.rows}
        fill_outcomes(editor, queries.outcomes_written_for(web.session(), web.actor(), rows))
    if asked:
        return show_editor(editor, kept)
    if show_problems(editor, curriculum()):
        translate_errors(editor)
        return show_editor(editor, kept), 422
    return None


def translate_errors(editor: Editor) -> None:
    editor.errors = {name: [gettext(message) for message in messages] for name, messages in editor.errors.items()}


def show_editor(editor: Editor, kept: ExamMatrix | None = None, message: str = "", **more: Any) -> str:
    heading = editor.heading
    show_supply(editor, queries.supply_of(web.session(), heading.subject, heading.programme))
    editor.advice = advice_of(editor.matrix, curriculum()) if editor.matrix.cells and not editor.errors else ()
    values: dict[str, Any] = {
        "editor": editor,
        "kept": kept,
        "message": message,
        "topics": topic_choices(curriculum(), heading.subject, heading.grade, str(get_locale()), _("Mọi chủ đề")),
        "revision": request.form.get("revision", type=int, default=kept.revision if kept else 0),
        "suggested_seed": secrets.randbelow(SEEDS),
        "usual_shares": usual_shares(heading.programme),
        "sharings": sharing_choices(),
        "may_share_nearby": web.actor().organisation_id is not None,
    }
    page = "show_matrix" if kept else "new_matrix"
    return web.render(f"quizbank/matrices/{page}.html", **values, **field_names(), **table_labels(), **more)


def may_edit(kept: ExamMatrix) -> bool:
    return EDIT_MATRIX.allows(web.actor(), kept)


def field_names() -> dict[str, Callable[..., str]]:
    return {
        "count_name": count_name,
        "marks_name": marks_name,
        "outcomes_name": outcomes_name,
        "tag_name": tag_name,
        "topic_name": topic_name,
        "unit_name": unit_name,
    }


def table_labels() -> dict[str, Any]:
    """What templates that draw a table call things."""
    return {
        "type_labels": type_labels(),
        "official_labels": official_labels(),
        "level_head": level_head,
        "level_label": level_label,
        "name_of": name_of,
        "row_names": row_names,
        "translated": gettext,
        "default_marks": DEFAULT_MARKS,
    }


def official_labels() -> dict[str, str]:
    """The types as the head of the official table has them."""
    return {
        "single-choice": _("TNKQ nhiều lựa chọn"),
        "multiple-response": _("TNKQ nhiều đáp án đúng"),
        "true-false": _("TNKQ đúng – sai (số ý)"),
        "short-answer": _("TNKQ trả lời ngắn"),
        "essay": _("Tự luận"),
    }


def sharing_choices() -> list[tuple[Sharing, str]]:
    return [
        (Sharing.PRIVATE, _("Riêng tôi")),
        (Sharing.ORGANISATION, _("Giáo viên trong đơn vị của tôi")),
        (Sharing.EVERYONE, _("Mọi giáo viên")),
    ]
