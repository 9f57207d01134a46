"""Exam matrices for other programs."""

from typing import Any

from apiflask import APIBlueprint

from quizbank.matrices import actions, queries
from quizbank.matrices.advice import advice_of
from quizbank.matrices.matrix_file import data_of, matrix_from
from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.schemas import MatricesOut, MatrixIn, MatrixOut, PageQuery, SuppliesOut, SupplyQuery
from quizbank.permissions import MAKE_MATRIX
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import Invalid

api = APIBlueprint("matrices_api", __name__, url_prefix="/api/matrices", tag="Matrices")


@api.get("")
@api.input(PageQuery, location="query", arg_name="page")
@api.output(MatricesOut)
@api.doc(summary="Your exam matrices, or those shared with you, the newest first")
def list_matrices(page: dict[str, Any]) -> dict[str, Any]:
    is_shared, words = page.get("list") == "shared", page.get("q", "")
    rows, after = queries.list_matrices(web.session(), web.actor(), page.get("after"), words=words, is_shared=is_shared)
    listed = [
        {"id": m.id, "title": m.title, "subject": m.subject, "grade": m.grade, "count": row.count, "maker": row.maker}
        for row in rows
        for m in [row.matrix]
    ]
    return {"matrices": listed, "next": after}


@api.get("/supply")
@api.input(SupplyQuery, location="query", arg_name="wanted")
@api.output(SuppliesOut)
@api.doc(summary="How many published questions the bank has for each topic, level, type and grade of a subject")
def show_supply(wanted: dict[str, str]) -> dict[str, Any]:
    MAKE_MATRIX.require(web.actor())
    return {"supply": queries.supply_of(web.session(), wanted["subject"], wanted["programme"])}


@api.post("")
@api.input(MatrixIn, arg_name="data")
@api.output(MatrixOut, status_code=201)
@api.doc(summary="Keep a new matrix")
def create_matrix(data: dict[str, Any]) -> dict[str, Any]:
    MAKE_MATRIX.require(web.actor())
    kept = actions.create_matrix(web.session(), web.actor(), matrix_from(data), now=web.now())
    return answer_of(kept)


@api.get("/<int:matrix_id>")
@api.output(MatrixOut)
@api.doc(summary="One matrix, as a matrix file")
def show_matrix(matrix_id: int) -> dict[str, Any]:
    return answer_of(queries.get_matrix(web.session(), web.actor(), matrix_id))


@api.put("/<int:matrix_id>")
@api.input(MatrixIn, arg_name="data")
@api.output(MatrixOut)
@api.doc(summary="Replace a matrix; 409 when `revision` is an old one")
def change_matrix(matrix_id: int, data: dict[str, Any]) -> dict[str, Any]:
    queries.get_matrix(web.session(), web.actor(), matrix_id)
    revision = data.pop("revision", None)
    if not isinstance(revision, int):
        raise Invalid("Thiếu số hiệu bản sửa (revision).")
    matrix = matrix_from(data)
    kept = actions.change_matrix(web.session(), web.actor(), matrix_id, matrix, revision=revision, now=web.now())
    return answer_of(kept)


@api.delete("/<int:matrix_id>")
@api.output({}, status_code=204)
@api.doc(summary="Put a matrix away")
def delete_matrix(matrix_id: int) -> str:
    actions.delete_matrix(web.session(), web.actor(), matrix_id, now=web.now())
    return ""


def answer_of(kept: ExamMatrix) -> dict[str, Any]:
    advice = advice_of(kept.matrix, curriculum())
    return {
        "id": kept.id,
        "revision": kept.revision,
        "updated_at": kept.updated_at,
        "sharing": kept.sharing,
        "matrix": data_of(kept.matrix),
        "advice": [{"code": one.code, "message": str(one), "facts": one.facts} for one in advice],
    }
