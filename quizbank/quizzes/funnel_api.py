"""What the bank has for the cells of a matrix, for the matrix editor and other programs."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Integer, List, Nested, String
from marshmallow.validate import Range

from quizbank.quizzes.funnel import MOST_QUIZZES, funnel_of
from repository import web

api = APIBlueprint("matrix_funnel_api", __name__, url_prefix="/api/matrices", tag="Matrices")


class FunnelQuery(Schema):
    subject = String(required=True)
    programme = String(required=True)
    last = Integer(load_default=0, validate=Range(0, MOST_QUIZZES), metadata={"description": "Your newest quizzes."})


class FunnelPlaceOut(Schema):
    topic = String(allow_none=True)
    level = String(allow_none=True)
    type = String()
    grade = Integer(allow_none=True)
    statements = String(metadata={"description": "Levels of the statements of each, as `biet:2 hieu:1 van-dung:1`."})
    count = Integer(metadata={"description": "Questions that you may use or are still writing."})
    unused = Integer(metadata={"description": "Of `count`: in none of your newest quizzes."})
    published = Integer(metadata={"description": "Of `count`: reviewed and published."})
    usable = Integer(metadata={"description": "Published, and in none of your newest quizzes."})


class FunnelOut(Schema):
    places = List(Nested(FunnelPlaceOut))


@api.get("/funnel")
@api.input(FunnelQuery, location="query", arg_name="wanted")
@api.output(FunnelOut)
@api.doc(summary="What the bank has in each place of a subject, and how much of it your newest quizzes left unused")
def show_funnel(wanted: dict[str, Any]) -> dict[str, Any]:
    places = funnel_of(web.session(), web.actor(), wanted["subject"], wanted["programme"], wanted["last"])
    return {"places": places}
