"""Suggestions for whoever types: asked for at every pause of the fingers, so neither session nor actor is looked up."""

import time
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Float, Integer, List, Nested, String
from apiflask.validators import Range
from flask import Response, jsonify
from marshmallow import EXCLUDE

from repository import web
from repository.search.suggestions.descriptions import suggestions_as_json

FRESH_SECONDS = 5
MOST_SUGGESTIONS = 20

api = APIBlueprint("suggestions_api", __name__, url_prefix="/api/suggest", tag="Search")


class SuggestIn(Schema):
    class Meta:
        unknown = EXCLUDE

    q = String(load_default="", metadata={"description": "What was typed so far; the last word is being typed."})
    limit = Integer(validate=Range(1, MOST_SUGGESTIONS), load_default=8)


class SuggestionOut(Schema):
    text = String()
    kind = String(metadata={"description": "phrase, topic, person or lecture."})
    id = String(metadata={"description": "Of a lecture or topic, else empty."})
    url = String(metadata={"description": "Where it leads."})


class SuggestionsOut(Schema):
    suggestions = List(Nested(SuggestionOut))
    took_ms = Float()


@api.get("")
@api.input(SuggestIn, location="query", arg_name="wanted")
@api.output(SuggestionsOut)
@api.doc(summary="What somebody who has typed this may want")
def suggest(wanted: dict[str, Any]) -> Response:
    """Phrases, topics, people and titles of what is published, accents restored, best first."""
    started = time.perf_counter()
    found = web.services().search.suggest(wanted["q"], limit=wanted["limit"])
    response = jsonify(suggestions_as_json(found, round((time.perf_counter() - started) * 1000, 3)))
    response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return response
