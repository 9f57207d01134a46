"""The question bank for other programs. Keys go only to those who may see them."""

from typing import Any

from apiflask import APIBlueprint

from quizbank.permissions import COMMENT_QUESTION, SEE_KEY
from quizbank.questions import actions, queries
from quizbank.questions.descriptions import json_of
from quizbank.questions.listing import list_bank
from quizbank.questions.models import Question
from quizbank.questions.queries import QuestionRow
from quizbank.questions.schemas import (
    QuestionIn,
    QuestionOut,
    QuestionsIn,
    QuestionsOut,
    RevisionIn,
    filter_from,
    question_from,
)
from quizbank.questions.shelf import key_from
from repository import web

api = APIBlueprint("questions_api", __name__, url_prefix="/api/questions", tag="Questions")


def shown(row: QuestionRow) -> dict[str, Any]:
    works_on_it = COMMENT_QUESTION.allows(web.actor(), row.question)
    return json_of(row, with_key=SEE_KEY.allows(web.actor(), row.question), works_on_it=works_on_it)


def row_of(question: Question) -> QuestionRow:
    version_id = queries.shown_version(question, web.actor())
    return QuestionRow(question, queries.get_version(web.session(), version_id))


@api.get("")
@api.input(QuestionsIn, location="query", arg_name="wanted")
@api.output(QuestionsOut)
@api.doc(summary="List the question bank, newest first unless told otherwise")
def list_questions(wanted: dict[str, Any]) -> dict[str, Any]:
    page = list_bank(
        *(web.session(), web.actor(), filter_from(wanted)),
        sort=wanted["sort"],
        after=key_from(wanted["after"]),
        limit=wanted["limit"],
        is_counted=wanted["facets"],
    )
    following = str(page.after) if page.after else None
    return {
        "questions": [shown(row) for row in page.rows],
        "next": following,
        "total": page.total,
        "is_cut": page.is_cut,
        "facets": page.facets if wanted["facets"] else None,
    }


@api.get("/<int:question_id>")
@api.output(QuestionOut)
@api.doc(summary="One question")
def get_question(question_id: int) -> dict[str, Any]:
    return shown(row_of(queries.see_question(web.session(), web.actor(), question_id)))


@api.post("")
@api.input(QuestionIn, arg_name="given")
@api.output(QuestionOut, status_code=201)
@api.doc(summary="Create a draft")
def create_question(given: dict[str, Any]) -> dict[str, Any]:
    question = actions.create_question(web.session(), web.actor(), question_from(given), now=web.now())
    return shown(row_of(question))


@api.post("/<int:question_id>/versions")
@api.input(RevisionIn, arg_name="given")
@api.output(QuestionOut, status_code=201)
@api.doc(summary="Add a version to a question")
def revise_question(question_id: int, given: dict[str, Any]) -> dict[str, Any]:
    question = actions.revise_question(
        web.session(), web.actor(), question_id, question_from(given), now=web.now(), based_on=given["based_on"]
    )
    return shown(row_of(question))


@api.post("/<int:question_id>/submission")
@api.output(QuestionOut)
@api.doc(summary="Send a draft to the review desk")
def submit_question(question_id: int) -> dict[str, Any]:
    return shown(row_of(actions.submit_question(web.session(), web.actor(), question_id, now=web.now())))
