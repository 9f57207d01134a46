"""Exports for other programs: ask for a file, see how far it is, take it and the list of what it could not hold."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import DateTime, Integer, List, Nested, String
from apiflask.validators import Length, OneOf
from marshmallow import EXCLUDE, RAISE
from werkzeug.wrappers import Response

from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions import exporting
from quizbank.questions.export_jobs import write_now_or_later
from quizbank.questions.export_models import QuestionExport
from quizbank.questions.formats.writers import WRITERS, get_writer
from quizbank.questions.pages.exporting import title_of, trouble_of
from quizbank.questions.pages.importing import download
from quizbank.questions.queries import QuestionFilter
from quizbank.questions.schemas import QuestionsIn, filter_from
from repository import web
from repository.errors import Invalid

api = APIBlueprint("exports_api", __name__, url_prefix="/api/questions/exports", tag="Questions")
FORMATS = [one.id for one in WRITERS]


class FormatIn(Schema):
    format = String(required=True, validate=OneOf(FORMATS))


class ExportIn(QuestionsIn):
    """What to write: the filters of the list of questions, or a query in the language of the search field.

    A name that is no filter is refused: left out, it would widen what is written.
    """

    class Meta:
        unknown = RAISE

    format = String(required=True, validate=OneOf(FORMATS))
    query = String(load_default="", validate=Length(max=500))


class ExportOut(Schema):
    """An export. The addresses are there once ``state`` is ``ready``, until ``expires_at``."""

    id = Integer()
    state = String(metadata={"description": "writing, ready, refused, failed or expired"})
    format = String()
    title = String()
    total = Integer(metadata={"description": "Questions found when it was asked for."})
    done = Integer(metadata={"description": "Questions written so far."})
    losses = Integer(metadata={"description": "How many things the format could not hold."})
    size_bytes = Integer()
    trouble = String()
    created_at = DateTime()
    expires_at = DateTime(allow_none=True)
    file = String(allow_none=True)
    losses_file = String(allow_none=True)


class ListedExportOut(ExportOut):
    """An export among others."""


class ExportsIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, metadata={"description": "The `next` of the page before."})


class ExportsOut(Schema):
    exports = List(Nested(ListedExportOut))
    next = Integer(allow_none=True)


@api.post("")
@api.input(ExportIn, arg_name="given")
@api.output(ExportOut, status_code=201)
@api.doc(summary="Write questions in a format; more than 200 by the worker", security="bearer")
def post_export(given: dict[str, Any]) -> dict[str, Any]:
    SEE_QUESTION_BANK.require(web.actor())
    wanted = wanted_from(given)
    made = exporting.ask_for_export(
        web.session(), web.actor(), title_of(wanted), given["format"], wanted, now=web.now()
    )
    write_now_or_later(web.session(), web.actor(), made, store=web.services().store, now=web.now())
    return shown_export(exporting.get_export(web.session(), web.actor(), made.id))


@api.get("")
@api.input(ExportsIn, location="query", arg_name="wanted")
@api.output(ExportsOut)
@api.doc(summary="Your exports, the newest first")
def list_exports(wanted: dict[str, Any]) -> dict[str, Any]:
    exports, next_key = exporting.list_exports(web.session(), web.actor(), after=wanted["after"])
    return {"exports": [shown_export(made) for made in exports], "next": next_key}


@api.get("/<int:export_id>")
@api.output(ExportOut)
@api.doc(summary="How far an export is")
def get_export(export_id: int) -> dict[str, Any]:
    return shown_export(exporting.get_export(web.session(), web.actor(), export_id))


@api.get("/<int:export_id>/file")
@api.doc(summary="The file")
def get_file(export_id: int) -> Response:
    made = exporting.get_export(web.session(), web.actor(), export_id)
    store, writer = web.services().store, get_writer(made.format)
    sha256 = exporting.file_of(made, store, made.file_sha256, web.now())
    return download(store.path(sha256), f"{made.title}{writer.ending}", writer.media_type)


@api.get("/<int:export_id>/losses")
@api.doc(summary="What the format could not hold: one JSON object a line, with question, code and facts")
def get_losses(export_id: int) -> Response:
    made = exporting.get_export(web.session(), web.actor(), export_id)
    store = web.services().store
    sha256 = exporting.file_of(made, store, made.losses_sha256, web.now())
    return download(store.path(sha256), f"losses-{made.id}.jsonl", "application/x-ndjson")


def wanted_from(given: dict[str, Any]) -> QuestionFilter:
    """The filter that a request means: a query, or the single filters.

    Raises:
        Invalid: both.
    """
    chosen = {name: value for name, value in given.items() if name not in ("format", "query")}
    single = filter_from(chosen)
    if not given["query"]:
        return single
    if single != QuestionFilter():
        raise Invalid("Chọn hoặc query, hoặc từng điều kiện lọc.")
    return exporting.filter_of(given["query"])


def shown_export(made: QuestionExport) -> dict[str, Any]:
    state, job = exporting.progress_of(web.session(), made, web.now())
    address = f"/api/questions/exports/{made.id}"
    return {
        "id": made.id,
        "state": state,
        "format": made.format,
        "title": made.title,
        "total": made.total_count,
        "done": job.done_count if job else made.count,
        "losses": made.loss_count,
        "size_bytes": made.size_bytes,
        "trouble": trouble_of(made),
        "created_at": made.created_at,
        "expires_at": made.expires_at,
        "file": f"{address}/file" if state == "ready" else None,
        "losses_file": f"{address}/losses" if state == "ready" else None,
    }
