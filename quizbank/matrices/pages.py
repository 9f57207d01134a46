"""Pages of the exam matrices."""

import secrets

from flask import Blueprint, request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.matrices import actions, queries
from quizbank.matrices.editing import SEEDS, edited_further, may_edit, sent_editor, show_editor, table_labels
from quizbank.matrices.editor import Editor, add_rows, editor_of, heading_from
from quizbank.matrices.formats import (
    FRAME_MINUTES,
    ExamFormat,
    exam_formats,
    get_format,
    get_frame,
    matrix_of,
    matrix_of_frame,
    school_frames,
)
from quizbank.matrices.labels import level_label as level_label
from quizbank.matrices.labels import name_of as name_of
from quizbank.matrices.labels import topic_label as topic_label
from quizbank.matrices.matrix_file import parse_matrix
from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.official import table_of
from quizbank.matrices.rules import Matrix
from quizbank.matrices.sharing import Sharing
from quizbank.permissions import EDIT_MATRIX, MAKE_MATRIX
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Invalid

pages = Blueprint("matrices", __name__, url_prefix="/matrices")


def format_label(format: ExamFormat) -> str:
    exams = {
        "tot-nghiep-2025": _("Tốt nghiệp THPT từ 2025"),
        "tot-nghiep-2017": _("Tốt nghiệp THPT 2017–2024"),
    }
    orientation = format.orientation_en if str(get_locale()) == "en" else format.orientation
    return f"{exams[format.exam]}: {name_of(format.subject)}{f' ({orientation})' if orientation else ''}"


def frame_labels() -> dict[str, str]:
    return {
        "kiem-tra-7991": _("Kiểm tra định kì theo CV 7991: 3 – 2 – 2 – 3 điểm"),
        "kiem-tra-7991-khong-tra-loi-ngan": _("Kiểm tra định kì theo CV 7991, không có trả lời ngắn: 3 – 4 – 3 điểm"),
        "kiem-tra-bon-muc-do": _("Kiểm tra bốn mức độ (NB 40 %, TH 30 %, VD 20 %, VDC 10 %)"),
    }


@pages.get("")
def list_matrices() -> str:
    after, words = request.args.get("after", type=int), request.args.get("q", "")
    is_shared = request.args.get("list") == "shared"
    rows, next_key = queries.list_matrices(web.session(), web.actor(), after, words=words, is_shared=is_shared)
    return web.render(
        "quizbank/matrices/list_matrices.html",
        rows=rows,
        next_key=next_key,
        is_first=after is None,
        words=words,
        is_shared=is_shared,
        deleted_id=request.args.get("deleted", type=int),
        name_of=name_of,
    )


@pages.get("/new")
def choose_format() -> str:
    MAKE_MATRIX.require(web.actor())
    frames = frame_labels()
    return web.render(
        "quizbank/matrices/choose_format.html",
        formats=[(format.id, format_label(format)) for format in exam_formats()],
        frames=[(frame.id, frames[frame.id]) for frame in school_frames()],
        frame_minutes=[(minutes, str(minutes)) for minutes in FRAME_MINUTES],
        subjects=[(subject.id, name_of(subject.id)) for subject in curriculum().subjects],
        programmes=[(programme.id, name_of(programme.id)) for programme in curriculum().programmes],
    )


@pages.get("/new/table")
def new_matrix() -> str:
    MAKE_MATRIX.require(web.actor())
    return show_editor(chosen_start())


def chosen_start() -> Editor:
    """The table that the page of formats asked for."""
    if chosen := request.args.get("format"):
        format = get_format(chosen)
        return editor_of(matrix_of(format, format_label(format)), curriculum())
    heading = heading_from(request.args)
    curriculum().get_subject(heading.subject)
    if chosen := request.args.get("frame"):
        frame = get_frame(chosen)
        minutes = request.args.get("minutes", type=int, default=FRAME_MINUTES[0])
        title = heading.title or f"{_('Đề kiểm tra')} {name_of(heading.subject)}"
        return editor_of(matrix_of_frame(frame, title, heading.subject, heading.grade, minutes), curriculum())
    curriculum().get_programme(heading.programme)
    empty = Matrix(heading.title, heading.subject, heading.grade, heading.programme, FRAME_MINUTES[0], ())
    editor = editor_of(empty, curriculum())
    add_rows(editor)
    return editor


@pages.post("/new/table")
def create_matrix() -> Response | str | tuple[str, int]:
    MAKE_MATRIX.require(web.actor())
    editor = sent_editor()
    if answer := edited_further(editor):
        return answer
    matrix = actions.create_matrix(web.session(), web.actor(), editor.matrix, now=web.now())
    web.say("Đã lưu ma trận “{title}”.", title=matrix.title)
    return web.go_to(f"/matrices/{matrix.id}")


@pages.post("/draft")
def show_draft() -> str:
    """The editor with a matrix that was proposed, such as a relaxed one; nothing is saved."""
    MAKE_MATRIX.require(web.actor())
    matrix_id = request.form.get("matrix_id", type=int)
    kept = own_matrix(matrix_id) if matrix_id else None
    editor = editor_of(parse_matrix(request.form.get("matrix", "")), curriculum())
    return show_editor(editor, kept, is_draft=True)


def own_matrix(matrix_id: int) -> ExamMatrix | None:
    """A kept matrix that the actor may change; None for one to be read only."""
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    return kept if may_edit(kept) else None


@pages.get("/<int:matrix_id>")
def show_matrix(matrix_id: int) -> str:
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    if may_edit(kept):
        return show_editor(editor_of(kept.matrix, curriculum()), kept)
    return read_matrix(kept)


def read_matrix(kept: ExamMatrix) -> str:
    """The page of a matrix that somebody else made."""
    table = table_of(kept.matrix, curriculum(), str(get_locale()), _("Mọi chủ đề"))
    maker = queries.maker_of(web.session(), kept)
    seed = secrets.randbelow(SEEDS)
    values = {"kept": kept, "table": table, "maker": maker, "suggested_seed": seed}
    return web.render("quizbank/matrices/_read_matrix.html", **values, **table_labels())


@pages.post("/<int:matrix_id>")
def change_matrix(matrix_id: int) -> Response | str | tuple[str, int]:
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    EDIT_MATRIX.require(web.actor(), kept)
    editor = sent_editor()
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


@pages.post("/<int:matrix_id>/share")
def share_matrix(matrix_id: int) -> Response:
    asked = request.form.get("sharing", "")
    queries.get_matrix(web.session(), web.actor(), matrix_id)
    if asked not in tuple(Sharing):
        raise Invalid("Hãy chọn người được xem ma trận này.")
    actions.share_matrix(web.session(), web.actor(), matrix_id, Sharing(asked), now=web.now())
    web.say("Đã đổi người được xem ma trận này.")
    return web.go_to(f"/matrices/{matrix_id}")


@pages.post("/<int:matrix_id>/delete")
def delete_matrix(matrix_id: int) -> Response:
    actions.delete_matrix(web.session(), web.actor(), matrix_id, now=web.now())
    return web.go_to(f"/matrices?deleted={matrix_id}")


@pages.post("/<int:matrix_id>/restore")
def restore_matrix(matrix_id: int) -> Response:
    matrix = actions.restore_matrix(web.session(), web.actor(), matrix_id, now=web.now())
    web.say("Đã khôi phục ma trận “{title}”.", title=matrix.title)
    return web.go_to("/matrices")
