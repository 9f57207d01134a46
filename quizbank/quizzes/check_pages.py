"""The matrix editor with what the bank says of the matrix: short cells, and changes that help, each one click."""

import json
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from quizbank.matrices.editing import sent_editor, show_editor, translate_errors
from quizbank.matrices.editor import Editor, show_problems
from quizbank.matrices.labels import level_label, row_label
from quizbank.matrices.matrix_file import data_of
from quizbank.matrices.pages import own_matrix
from quizbank.matrices.rules import Cell, Matrix
from quizbank.permissions import MAKE_MATRIX
from quizbank.questions.pages.blueprint import type_labels
from quizbank.quizzes.assembly.feasibility import Report, check_feasible
from quizbank.quizzes.assembly.wording import relaxation_sentence
from repository import web
from repository.curriculum.queries import curriculum

pages = Blueprint("matrix_checks", __name__, url_prefix="/matrices")


@pages.post("/check")
def check_matrix() -> str | tuple[str, int]:
    """Ask the bank about the matrix as it stands in the form; nothing is saved."""
    MAKE_MATRIX.require(web.actor())
    matrix_id = request.form.get("matrix_id", type=int)
    kept = own_matrix(matrix_id) if matrix_id else None
    editor = sent_editor()
    if show_problems(editor, curriculum()):
        translate_errors(editor)
        return show_editor(editor, kept), 422
    report = check_feasible(web.session(), web.actor(), editor.matrix)
    return show_editor(editor, kept, report_template="quizbank/quizzes/_matrix_report.html", **words_of(report, editor))


def words_of(report: Report, editor: Editor) -> dict[str, Any]:
    """What the template of the report shows: cells lead to their fields, changes carry the matrix they lead to."""
    fields = editor.said.fields
    return {
        "report": report,
        "cell_places": {one.number: (fields[f"cells[{one.number}].count"], place_of(one.cell)) for one in report.cells},
        "relaxations": [
            (
                place_of(editor.matrix.cells[one.cell]) if one.cell is not None else "",
                relaxation_sentence(one),
                file_of(one.matrix) if one.matrix != editor.matrix else "",
            )
            for one in report.relaxations
        ],
        "relaxed": file_of(report.relaxed.matrix) if report.relaxed.matrix != editor.matrix else "",
    }


def place_of(cell: Cell) -> str:
    """A cell in words: its row, type and levels."""
    levels = ", ".join(
        _("%(level)s %(count)s ý", level=level_label(level), count=count) for level, count in cell.statements
    )
    return f"{row_label(cell.row)} – {type_labels()[cell.type]}, {levels or level_label(cell.level)}"


def file_of(matrix: Matrix) -> str:
    return json.dumps(data_of(matrix), ensure_ascii=False)
