"""Pages of the exam matrices."""

import secrets
from typing import Any

from flask import Blueprint, request
from flask_babel import get_locale, gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.matrices import actions, queries
from quizbank.matrices.editor import (
    Editor,
    editor_from,
    editor_of,
    heading_from,
    show_problems,
    show_supply,
    topic_choices,
)
from quizbank.matrices.formats import ExamFormat, exam_formats, get_format, matrix_of
from quizbank.matrices.grid import DEFAULT_MARKS, MOST_ROWS, Row, count_name, marks_name, topic_name
from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.rules import Matrix, advice_of
from quizbank.permissions import MAKE_MATRIX
from quizbank.questions.rules import QuestionType
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import Conflict

pages = Blueprint("matrices", __name__, url_prefix="/matrices")

SEEDS = 10**6
ROWS_AT_ONCE = 3


def type_labels() -> dict[str, str]:
    """What the types of questions are called."""
    return {
        QuestionType.SINGLE_CHOICE: _("Một lựa chọn"),
        QuestionType.MULTIPLE_RESPONSE: _("Nhiều lựa chọn"),
        QuestionType.TRUE_FALSE: _("Đúng/Sai"),
        QuestionType.SHORT_ANSWER: _("Trả lời ngắn"),
        QuestionType.ESSAY: _("Tự luận"),
    }


def level_label(level: str | None) -> str:
    return name_of(level) if level else _("Mọi mức")


def topic_label(topic: str | None) -> str:
    return name_of(topic) if topic else _("Mọi chủ đề")


def name_of(id: str) -> str:
    return curriculum().name_of(id, str(get_locale()))


def format_label(format: ExamFormat) -> str:
    exams = {
        "tot-nghiep-2025": _("Tốt nghiệp THPT từ 2025"),
        "tot-nghiep-2017": _("Tốt nghiệp THPT 2017–2024"),
    }
    orientation = format.orientation_en if str(get_locale()) == "en" else format.orientation
    return f"{exams[format.exam]}: {name_of(format.subject)}{f' ({orientation})' if orientation else ''}"


@pages.get("")
def list_matrices() -> str:
    after = request.args.get("after", type=int)
    rows, next_key = queries.list_matrices(web.session(), web.actor(), after)
    return web.render(
        "quizbank/matrices/list_matrices.html",
        rows=rows,
        next_key=next_key,
        is_first=after is None,
        deleted_id=request.args.get("deleted", type=int),
        name_of=name_of,
    )


@pages.get("/new")
def choose_format() -> str:
    MAKE_MATRIX.require(web.actor())
    return web.render(
        "quizbank/matrices/choose_format.html",
        formats=[(format.id, format_label(format)) for format in exam_formats()],
        subjects=[(subject.id, name_of(subject.id)) for subject in curriculum().subjects],
        programmes=[(programme.id, name_of(programme.id)) for programme in curriculum().programmes],
    )


@pages.get("/new/table")
def new_matrix() -> str:
    MAKE_MATRIX.require(web.actor())
    if chosen := request.args.get("format"):
        format = get_format(chosen)
        return show_editor(editor_of(matrix_of(format, format_label(format)), curriculum()))
    heading = heading_from(request.args)
    curriculum().get_subject(heading.subject)
    curriculum().get_programme(heading.programme)
    empty = Matrix(heading.title, heading.subject, heading.grade, heading.programme, 45, ())
    editor = editor_of(empty, curriculum())
    editor.rows.extend(Row() for _number in range(ROWS_AT_ONCE))
    return show_editor(editor)


@pages.post("/new/table")
def create_matrix() -> Response | str | tuple[str, int]:
    MAKE_MATRIX.require(web.actor())
    editor = editor_from(request.form, curriculum())
    if answer := edited_further(editor):
        return answer
    matrix = actions.create_matrix(web.session(), web.actor(), editor.matrix, now=web.now())
    web.say("Đã lưu ma trận “{title}”.", title=matrix.title)
    return web.go_to(f"/matrices/{matrix.id}")


@pages.get("/<int:matrix_id>")
def show_matrix(matrix_id: int) -> str:
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    return show_editor(editor_of(kept.matrix, curriculum()), kept)


@pages.post("/<int:matrix_id>")
def change_matrix(matrix_id: int) -> Response | str | tuple[str, int]:
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    editor = editor_from(request.form, curriculum())
    if answer := edited_further(editor, kept):
        return answer
    revision = request.form.get("revision", type=int, default=0)
    try:
        actions.change_matrix(web.session(), web.actor(), matrix_id, editor.matrix, revision=revision, now=web.now())
    except Conflict as error:
        return show_editor(editor, kept, message=web.message_of(error)), error.status
    web.say("Đã lưu ma trận “{title}”.", title=editor.matrix.title)
    return web.go_to(f"/matrices/{matrix_id}")


@pages.post("/<int:matrix_id>/copy")
def copy_matrix(matrix_id: int) -> Response:
    original = queries.get_matrix(web.session(), web.actor(), matrix_id)
    title = _("%(title)s (bản sao)", title=original.title)
    copied = actions.copy_matrix(web.session(), web.actor(), matrix_id, title=title, now=web.now())
    return web.go_to(f"/matrices/{copied.id}")


@pages.post("/<int:matrix_id>/delete")
def delete_matrix(matrix_id: int) -> Response:
    actions.delete_matrix(web.session(), web.actor(), matrix_id, now=web.now())
    return web.go_to(f"/matrices?deleted={matrix_id}")


@pages.post("/<int:matrix_id>/restore")
def restore_matrix(matrix_id: int) -> Response:
    matrix = actions.restore_matrix(web.session(), web.actor(), matrix_id, now=web.now())
    web.say("Đã khôi phục ma trận “{title}”.", title=matrix.title)
    return web.go_to("/matrices")


def edited_further(editor: Editor, kept: ExamMatrix | None = None) -> str | tuple[str, int] | None:
    """The page again, when a button asked for more rows or columns, or when something is wrong."""
    if request.form.get("do") == "add-rows":
        editor.rows = [*editor.rows, *(Row() for _number in range(ROWS_AT_ONCE))][:MOST_ROWS]
        return show_editor(editor, kept)
    if request.form.get("do") == "all-types":
        editor.types = tuple(QuestionType)
        return show_editor(editor, kept)
    if show_problems(editor, curriculum()):
        editor.errors = {name: [gettext(message) for message in messages] for name, messages in editor.errors.items()}
        return show_editor(editor, kept), 422
    return None


def show_editor(editor: Editor, kept: ExamMatrix | None = None, message: str = "") -> str:
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
    }
    names = {"count_name": count_name, "marks_name": marks_name, "topic_name": topic_name}
    labels = {"type_labels": type_labels(), "level_label": level_label, "name_of": name_of, "translated": gettext}
    usual = {"default_marks": DEFAULT_MARKS}
    page = "show_matrix" if kept else "new_matrix"
    return web.render(f"quizbank/matrices/{page}.html", **values, **names, **labels, **usual)
