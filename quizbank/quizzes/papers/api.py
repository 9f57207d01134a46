"""Printed papers for other programs: ask for a bundle, see how far it is, take it."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, DateTime, Integer, List, Nested, String
from apiflask.validators import Length, OneOf
from marshmallow import EXCLUDE, RAISE
from werkzeug.wrappers import Response

from quizbank.questions.pages.importing import download
from quizbank.quizzes import queries
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.papers import builds
from quizbank.quizzes.papers.models import PaperBuild
from quizbank.quizzes.papers.pages import LINES, trouble_of
from quizbank.quizzes.papers.wishes import LONGEST_NOTE, Form, Wish, forms_from
from repository import web

api = APIBlueprint("papers_api", __name__, url_prefix="/api/quizzes", tag="Quizzes")


class PapersIn(Schema):
    """What to print. Codes that the quiz does not have yet are made."""

    class Meta:
        unknown = RAISE

    codes = List(String(validate=Length(max=20)), load_default=[], metadata={"description": "101, or 101-104."})
    formats = List(String(validate=OneOf([str(form) for form in Form])), required=True, validate=Length(min=1))
    solutions = Boolean(load_default=False)
    large_print = Boolean(load_default=False)
    candidate_digits = Integer(load_default=6, validate=OneOf([6, 8]))
    code_digits = Integer(load_default=3, validate=OneOf([3, 4]))
    authority = String(validate=Length(max=LONGEST_NOTE))
    school = String(validate=Length(max=LONGEST_NOTE))
    exam = String(validate=Length(max=LONGEST_NOTE))
    year = String(validate=Length(max=LONGEST_NOTE))
    note = String(validate=Length(max=LONGEST_NOTE))


class PapersOut(Schema):
    """A bundle. ``file`` is there once ``state`` is ``ready``, until ``expires_at``."""

    id = Integer()
    quiz_id = Integer()
    state = String(metadata={"description": "writing, ready, refused, failed or expired"})
    title = String()
    codes = List(String())
    formats = List(String())
    total = Integer(metadata={"description": "Files that it will hold."})
    done = Integer(metadata={"description": "Files made so far."})
    size_bytes = Integer()
    losses = List(String(), metadata={"description": "What could not be printed as it is."})
    trouble = String()
    created_at = DateTime()
    expires_at = DateTime(allow_none=True)
    file = String(allow_none=True)


class ListedPapersOut(PapersOut):
    """A bundle among others."""


class PageIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, metadata={"description": "The `next` of the page before."})


class PaperListOut(Schema):
    builds = List(Nested(ListedPapersOut))
    next = Integer(allow_none=True)


@api.post("/<int:quiz_id>/papers")
@api.input(PapersIn, arg_name="given")
@api.output(PapersOut, status_code=201)
@api.doc(summary="Have papers printed into one zip, by the worker", security="bearer")
def post_papers(quiz_id: int, given: dict[str, Any]) -> dict[str, Any]:
    queries.get_quiz(web.session(), web.actor(), quiz_id)
    wish = wish_from_json(given)
    builds.with_codes(web.session(), web.actor(), quiz_id, wish.codes, now=web.now())
    return shown(builds.ask_for_papers(web.session(), web.actor(), quiz_id, wish, now=web.now()))


@api.get("/<int:quiz_id>/papers")
@api.input(PageIn, location="query", arg_name="page")
@api.output(PaperListOut)
@api.doc(summary="Your bundles of a quiz, the newest first")
def list_papers(quiz_id: int, page: dict[str, Any]) -> dict[str, Any]:
    queries.get_quiz(web.session(), web.actor(), quiz_id)
    found, next_key = builds.list_builds(web.session(), web.actor(), quiz_id, after=page["after"])
    return {"builds": [shown(build) for build in found], "next": next_key}


@api.get("/papers/<int:build_id>")
@api.output(PapersOut)
@api.doc(summary="How far a bundle is")
def get_papers(build_id: int) -> dict[str, Any]:
    return shown(builds.get_build(web.session(), web.actor(), build_id))


@api.get("/papers/<int:build_id>/file")
@api.doc(summary="The bundle")
def get_papers_file(build_id: int) -> Response:
    build = builds.get_build(web.session(), web.actor(), build_id)
    store = web.services().store
    return download(store.path(builds.file_of(build, store, web.now())), f"{build.title}.zip", "application/zip")


def wish_from_json(given: dict[str, Any]) -> Wish:
    return Wish(
        codes_from(", ".join(given["codes"])) if given["codes"] else (),
        forms_from(given["formats"]),
        with_solutions=given["solutions"],
        with_large=given["large_print"],
        number_digits=given["candidate_digits"],
        code_digits=given["code_digits"],
        **{name: given[name].strip() for name in LINES if name in given},
    )


def shown(build: PaperBuild) -> dict[str, Any]:
    state, job = builds.progress_of(web.session(), build, web.now())
    return {
        "id": build.id,
        "quiz_id": build.quiz_id,
        "state": state,
        "title": build.title,
        "codes": build.wanted["codes"],
        "formats": build.wanted["forms"],
        "total": build.total_count,
        "done": job.done_count if job else build.count,
        "size_bytes": build.size_bytes,
        "losses": build.losses,
        "trouble": trouble_of(build),
        "created_at": build.created_at,
        "expires_at": build.expires_at,
        "file": f"/api/quizzes/papers/{build.id}/file" if state == "ready" else None,
    }
