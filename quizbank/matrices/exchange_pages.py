"""Matrices to and from Excel and Word."""

from urllib.parse import quote

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizbank.matrices import queries
from quizbank.matrices.editing import show_editor, translate_errors
from quizbank.matrices.editor import editor_of, show_problems, with_grid
from quizbank.matrices.exchange.files import FileFormat, get_file_format, matrix_sent
from quizbank.matrices.exchange.importing import Choices, ImportedMatrix
from quizbank.matrices.labels import name_of
from quizbank.matrices.rules import Matrix
from quizbank.permissions import MAKE_MATRIX
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import HocLieuError, Invalid

pages = Blueprint("matrix_exchange", __name__, url_prefix="/matrices")


@pages.get("/<int:matrix_id>/file")
def download_matrix(matrix_id: int) -> Response:
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    ending = request.args.get("format", "xlsx")
    return file_answer(get_file_format(ending), kept.matrix, ending)


def file_answer(form: FileFormat, matrix: Matrix, ending: str) -> Response:
    """A matrix as a file to keep, named by its title."""
    answer = Response(form.write(matrix, curriculum()), mimetype=form.media_type)
    name = quote(f"{matrix.title}.{ending}", safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@pages.get("/import")
def choose_file() -> str:
    MAKE_MATRIX.require(web.actor())
    return show_form()


@pages.post("/import")
def import_file() -> str | tuple[str, int]:
    """The editor with what a file says; nothing is saved."""
    MAKE_MATRIX.require(web.actor())
    try:
        return show_imported(sent_matrix())
    except HocLieuError as error:
        return show_form(web.message_of(error)), error.status


def sent_matrix() -> ImportedMatrix:
    """The matrix of the file that this request brings."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("Hãy chọn một tệp Excel, Word hoặc tệp ma trận (JSON).")
    choices = Choices(subject=request.form.get("subject", ""), grade=request.form.get("grade", type=int))
    return matrix_sent(file.stream, file.filename[-200:], curriculum(), choices)


def show_imported(imported: ImportedMatrix) -> str:
    editor = with_grid(editor_of(imported.matrix, curriculum()), imported.grid, curriculum())
    doubts = [gettext(one.message).format(**one.facts) for one in imported.doubts]
    doubts += [f"{place}: {gettext(text)}" for place, text in imported.problems(curriculum())]
    if show_problems(editor, curriculum()):
        translate_errors(editor)
    return show_editor(editor, doubts=doubts, is_imported=True)


def show_form(message: str = "") -> str:
    subjects = [(subject.id, name_of(subject.id)) for subject in curriculum().subjects]
    return web.render(
        "quizbank/matrices/choose_file.html",
        message=message,
        subjects=[("", gettext("Như tệp ghi")), *subjects],
        subject=request.form.get("subject", ""),
        grade=request.form.get("grade", ""),
    )
