"""The front door: the home page, the guide, and the choice of language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, Response, current_app, request
from flask import session as cookie
from flask_babel import get_locale
from werkzeug.wrappers import Response as BaseResponse

from repository import web
from repository.collation import sort_key
from repository.curriculum.queries import curriculum
from repository.errors import NotFound
from repository.i18n import LOCALES
from repository.search.documents import FacetCount, SearchHit, SearchQuery, SearchResults
from repository.search.queries import find_or_nothing

NEWEST_LECTURES = 6
PRACTICE_QUESTIONS = 10

pages = Blueprint("quizbank", __name__)


@dataclass(frozen=True)
class Tile:
    """A subject or a grade with what the library has of it."""

    value: str
    name: str
    lectures: int
    questions: int


@dataclass(frozen=True)
class Operation:
    """One thing that the API does."""

    method: str
    path: str
    tag: str
    summary: str


@pages.get("/")
def home() -> str:
    lectures = find_facets("lecture", NEWEST_LECTURES)
    questions = find_facets("question", 0)
    subjects = tiles_of("subject", lectures, questions)
    return web.render(
        "quizbank/home.html",
        lectures=lectures,
        questions=questions,
        subjects=sorted(
            (tile for tile in subjects if tile.lectures or tile.questions), key=lambda tile: sort_key(tile.name)
        ),
        grades=sorted(tiles_of("grade", lectures, questions), key=lambda tile: int(tile.value)),
        practice_questions=PRACTICE_QUESTIONS,
        name_of=name_of,
        first_of=first_of,
    )


@pages.get("/help")
def show_help() -> str:
    return web.render("quizbank/show_help.html")


@pages.get("/api/docs")
def show_api() -> str:
    """The API as its OpenAPI description tells it, for people."""
    spec = cast(dict[str, Any], cast(APIFlask, current_app).spec)
    operations = [
        Operation(method.upper(), path, tag, found.get("summary", ""))
        for path, methods in spec["paths"].items()
        for method, found in methods.items()
        if method != "parameters"
        for tag in found.get("tags", [])[:1]
    ]
    return web.render("quizbank/show_api.html", operations=sorted(operations, key=lambda one: (one.tag, one.path)))


@pages.get("/language/<code>")
def choose_language(code: str) -> BaseResponse | Response:
    if code not in LOCALES:
        raise NotFound("Không có trang này.")
    cookie.permanent = True
    cookie["locale"] = code
    return web.go_to(web.safe_next(request.args.get("next")))


def find_facets(kind: str, limit: int) -> SearchResults:
    """The newest of a kind with the counts of all of it; nothing while there is no index."""
    query = SearchQuery(kind=kind, sort="newest", limit=limit, wants_facets=True, wants_highlights=False)
    return find_or_nothing(web.services().search, query)


def tiles_of(facet: str, lectures: SearchResults, questions: SearchResults) -> list[Tile]:
    """One tile for each value that occurs, in no order."""
    by_lecture, by_question = counts_of(lectures.facets.get(facet, ())), counts_of(questions.facets.get(facet, ()))
    return [
        Tile(value, name_of(value), by_lecture.get(value, 0), by_question.get(value, 0))
        for value in by_lecture | by_question
    ]


def counts_of(values: Sequence[FacetCount]) -> dict[str, int]:
    return {value.value: value.count for value in values}


def name_of(value: str) -> str:
    return curriculum().name_of(value, str(get_locale()))


def first_of(hit: SearchHit, facet: str) -> str:
    return next(iter(hit.facets.get(facet, ())), "")
