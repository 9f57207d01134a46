"""Matrices to and from Excel and Word, for other programs."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import List, Nested, String
from flask import request
from werkzeug.wrappers import Response

from quizbank.matrices import queries
from quizbank.matrices.exchange.files import get_file_format
from quizbank.matrices.exchange_pages import file_answer, sent_matrix
from quizbank.matrices.matrix_file import data_of
from quizbank.matrices.schemas import MatrixFileOut
from quizbank.permissions import MAKE_MATRIX
from repository import web
from repository.curriculum.queries import curriculum

api = APIBlueprint("matrix_exchange_api", __name__, url_prefix="/api/matrices", tag="Matrices")


class PlacedProblemOut(Schema):
    place = String(metadata={"description": "The cell of the file, such as `Ma trận!F12`."})
    message = String(metadata={"description": "A Vietnamese sentence."})


class ReadMatrixOut(Schema):
    """What a file says. ``problems`` keep the matrix from being kept, ``doubts`` are what was not understood."""

    matrix = Nested(MatrixFileOut)
    doubts = List(Nested(PlacedProblemOut))
    problems = List(Nested(PlacedProblemOut))


@api.post("/read")
@api.output(ReadMatrixOut)
@api.doc(summary="Read a matrix from an Excel, Word or matrix file (form field `file`); nothing is kept")
def read_matrix() -> dict[str, Any]:
    MAKE_MATRIX.require(web.actor())
    imported = sent_matrix()
    return {
        "matrix": data_of(imported.matrix),
        "doubts": [{"place": one.facts["place"], "message": str(one)} for one in imported.doubts],
        "problems": [{"place": place, "message": text} for place, text in imported.problems(curriculum())],
    }


@api.get("/<int:matrix_id>/file")
@api.doc(summary="A matrix and its specification in the official layout, `format` xlsx or docx")
def download_matrix(matrix_id: int) -> Response:
    kept = queries.get_matrix(web.session(), web.actor(), matrix_id)
    ending = request.args.get("format", "xlsx")
    return file_answer(get_file_format(ending), kept.matrix, ending)
