"""Quizzes for other programs."""

from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint

from quizbank.matrices import queries as matrices
from quizbank.matrices.matrix_file import matrix_from
from quizbank.matrices.rules import check_matrix
from quizbank.permissions import MAKE_QUIZ, SEE_QUIZ_KEYS
from quizbank.questions.export_api import ExportOut, FormatIn, shown_export
from quizbank.questions.exporting import get_export
from quizbank.quizzes import actions, exporting, queries
from quizbank.quizzes.assembly.feasibility import check_feasible
from quizbank.quizzes.assembly.relaxations import Request, applied
from quizbank.quizzes.assembly.targets import targets_from
from quizbank.quizzes.building import build_forms
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.descriptions import key_table, quiz_data, short_cells_data
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.schemas import CheckIn, CodesIn, KeysOut, PageQuery, QuizIn, QuizOut, QuizzesOut, ReportOut
from quizbank.quizzes.selection import PoolTooSmall
from repository import web
from repository.curriculum.queries import curriculum
from repository.errors import Invalid

api = APIBlueprint("quizzes_api", __name__, url_prefix="/api/quizzes", tag="Quizzes")


@api.get("")
@api.input(PageQuery, location="query", arg_name="page")
@api.output(QuizzesOut)
@api.doc(summary="Your quizzes, the newest first")
def list_quizzes(page: dict[str, Any]) -> dict[str, Any]:
    rows, after = queries.list_quizzes(web.session(), web.actor(), page.get("after"))
    listed = [
        {
            "id": row.quiz.id,
            "title": row.quiz.title,
            "subject": row.quiz.subject,
            "grade": row.quiz.grade,
            "count": row.count,
            "marks": str(row.marks),
            "created_at": row.quiz.created_at,
        }
        for row in rows
    ]
    return {"quizzes": listed, "next": after}


@api.post("")
@api.input(QuizIn, arg_name="wanted")
@api.output(QuizOut, status_code=201)
@api.doc(summary="Build a quiz, or several forms of one, from a matrix; 409 lists every short cell in `facts.short`")
def build_quiz(wanted: dict[str, Any]) -> dict[str, Any]:
    MAKE_QUIZ.require(web.actor())
    asked, matrix_id = _request_of(wanted)
    asked = applied(asked, wanted["relax"])
    drafts = asked.targets.own_drafts or wanted["with_own_drafts"]
    try:
        quizzes = build_forms(
            *(web.session(), web.actor(), asked.matrix, replace(asked.targets, own_drafts=drafts)),
            title=wanted["title"],
            seed=wanted["seed"],
            now=web.now(),
            forms=asked.forms,
            matrix_id=matrix_id,
        )
    except PoolTooSmall as error:
        short = short_cells_data(error, asked.matrix.cells)
        raise PoolTooSmall(error.message, **{**error.facts, "short": short}) from error
    return {**_data_of(quizzes[0]), "forms": [quiz.id for quiz in quizzes]}


@api.post("/check")
@api.input(CheckIn, arg_name="wanted")
@api.output(ReportOut)
@api.doc(summary="Hold a matrix against the bank: what each cell has, and the fewest changes where it can't be filled")
def check_build(wanted: dict[str, Any]) -> dict[str, Any]:
    MAKE_QUIZ.require(web.actor())
    asked, _matrix_id = _request_of(wanted)
    check_matrix(asked.matrix, curriculum())
    report = check_feasible(web.session(), web.actor(), asked.matrix, asked.targets, forms=asked.forms)
    return report.to_data()


def _request_of(wanted: dict[str, Any]) -> tuple[Request, int | None]:
    targets = targets_from(wanted["targets"])
    if "matrix" in wanted:
        return Request(matrix_from(wanted["matrix"]), targets, wanted["forms"]), None
    if "matrix_id" in wanted:
        kept = matrices.get_matrix(web.session(), web.actor(), wanted["matrix_id"])
        return Request(kept.matrix, targets, wanted["forms"]), kept.id
    raise Invalid("Hãy gửi matrix_id hoặc matrix.")


def _data_of(quiz: Quiz) -> dict[str, Any]:
    versions = queries.versions_of(web.session(), quiz)
    rulings = queries.rulings_of(web.session(), quiz)
    return quiz_data(quiz, versions, rulings, with_keys=SEE_QUIZ_KEYS.allows(web.actor(), quiz))


@api.get("/<int:quiz_id>")
@api.output(QuizOut)
@api.doc(summary="One quiz with its questions; keys only for those who may see them")
def show_quiz(quiz_id: int) -> dict[str, Any]:
    return _data_of(queries.get_quiz(web.session(), web.actor(), quiz_id))


@api.get("/<int:quiz_id>/keys")
@api.output(KeysOut)
@api.doc(summary="The key table: a column for each code")
def show_keys(quiz_id: int) -> dict[str, Any]:
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    SEE_QUIZ_KEYS.require(web.actor(), quiz)
    variants = queries.variants_with_items(web.session(), quiz.id)
    rulings = queries.rulings_of(web.session(), quiz)
    codes, rows = key_table(quiz, queries.versions_of(web.session(), quiz), variants, rulings)
    return {"codes": codes, "rows": rows}


@api.post("/<int:quiz_id>/variants")
@api.input(CodesIn, arg_name="wanted")
@api.output(QuizOut)
@api.doc(summary="Add codes (mã đề); codes that exist stay as they are")
def add_variants(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    codes = codes_from(", ".join(wanted["codes"]))
    actions.add_variants(web.session(), web.actor(), quiz_id, codes, now=web.now())
    return _data_of(queries.get_quiz(web.session(), web.actor(), quiz_id))


@api.post("/<int:quiz_id>/exports")
@api.input(FormatIn, arg_name="wanted")
@api.output(ExportOut, status_code=201)
@api.doc(summary="Write the quiz in a format; the file is at `/api/questions/exports/ID/file`")
def export_quiz(quiz_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    made_id = exporting.export_quiz(
        web.session(), web.actor(), quiz_id, wanted["format"], store=web.services().store, now=web.now()
    )
    return shown_export(get_export(web.session(), web.actor(), made_id))


@api.delete("/<int:quiz_id>")
@api.output({}, status_code=204)
@api.doc(summary="Put away a quiz that no class has got")
def delete_quiz(quiz_id: int) -> str:
    actions.delete_quiz(web.session(), web.actor(), quiz_id, now=web.now())
    return ""
