"""Who used which version of a question, for people and for programs; and a word of it for the pages of a question."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Integer, List, Nested, String
from flask import Blueprint, request

from quizbank.attempts.uses import MOST_COUNTED, InUse, in_use, uses_of
from repository import web

pages = Blueprint("uses", __name__)
api = APIBlueprint("uses_api", __name__, url_prefix="/api/questions", tag="Questions")


class VersionUsesOut(Schema):
    number = Integer(metadata={"description": "The version."})
    quizzes = Integer()
    variants = Integer(metadata={"description": "Codes of those papers."})
    assignments = Integer()
    sittings = Integer(metadata={"description": "Of assignments."})
    practices = Integer()


class AssignedToOut(Schema):
    """``class`` is empty for those who do not teach the class."""

    assignment_id = Integer()
    class_id = Integer(allow_none=True)
    class_name = String()


class QuizUseOut(Schema):
    quiz_id = Integer()
    title = String()
    number = Integer(metadata={"description": "The version that stands in it."})
    position = Integer()
    codes = List(String())
    assigned = List(Nested(AssignedToOut))


class UsesOut(Schema):
    versions = List(Nested(VersionUsesOut))
    quizzes = List(Nested(QuizUseOut), metadata={"description": "Papers that you may open, the newest first."})
    others = Integer(metadata={"description": "Papers that you may not open."})
    is_cut = Boolean(metadata={"description": f"There are more sittings than the {MOST_COUNTED} that were counted."})
    next = Integer(allow_none=True, attribute="after")


class UsesIn(Schema):
    after = Integer(load_default=None, metadata={"description": "The `next` of the page before."})


@pages.get("/questions/<int:question_id>/uses")
def show_uses(question_id: int) -> str:
    after = request.args.get("after", type=int)
    return web.render(
        "quizbank/attempts/show_uses.html",
        uses=uses_of(web.session(), web.actor(), question_id, after=after),
        is_first=after is None,
        most=MOST_COUNTED,
    )


@api.get("/<int:question_id>/uses")
@api.input(UsesIn, location="query", arg_name="given")
@api.output(UsesOut)
@api.doc(summary="Who used which version of a question")
def list_uses(question_id: int, given: dict[str, Any]) -> Any:
    return uses_of(web.session(), web.actor(), question_id, after=given["after"])


@pages.app_template_global()
def question_in_use(question_id: int) -> InUse:
    """For the pages of a question, which stand below and know nothing of papers."""
    return in_use(web.session(), question_id)
