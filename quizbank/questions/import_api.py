"""The import desk for other programs: send a file, see how far it is and what was read, store it, undo it."""

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Dict, Integer, List, Nested, Raw, String
from apiflask.validators import Range
from flask import request
from marshmallow import EXCLUDE

from quizbank.permissions import IMPORT_QUESTIONS
from quizbank.questions import import_door, import_items, importing, queries, undoing
from quizbank.questions.import_models import ImportItem
from quizbank.questions.models import QuestionImport
from repository import web
from repository.errors import Conflict, Invalid
from repository.files.store import StoredBytes
from repository.lectures.forms import upload_folder
from repository.lectures.uploads import end_upload, get_upload

api = APIBlueprint("imports_api", __name__, url_prefix="/api/questions/imports", tag="Questions")


class ImportOut(Schema):
    """An import. ``waiting`` questions are stored by the next step; ``trouble`` says why there are no more."""

    id = Integer()
    state = String(metadata={"description": "reading, ready, storing, done, undone or refused"})
    format = String()
    files = List(String())
    found = Integer()
    waiting = Integer()
    imported = Integer()
    duplicates = Integer()
    left_out = Integer()
    doubtful = Integer()
    trouble = String()


class ImportItemsIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, metadata={"description": "The `next` of the page before."})
    doubtful = Boolean(load_default=False)
    limit = Integer(load_default=20, validate=Range(1, 200))


class ImportProblem(Schema):
    code = String()
    message = String()
    facts = Dict()


class ImportItemOut(Schema):
    position = Integer()
    file = String()
    format = String()
    label = String()
    place = String()
    source = String()
    question = Raw(metadata={"description": "What was read, or null."})
    placement = Raw()
    problems = List(Nested(ImportProblem))
    outcome = String(metadata={"description": "imported, held, duplicate or left-out"})
    question_id = Integer(allow_none=True)


class ImportItemsOut(Schema):
    items = List(Nested(ImportItemOut))
    next = Integer(allow_none=True)


@api.post("")
@api.output(ImportOut, status_code=201)
@api.doc(summary="Put a file of questions on the import desk", security="bearer")
def post_import() -> dict[str, Any]:
    """Multipart with a `file` part, or JSON with `upload`, the id of a finished upload of `/api/uploads`. Besides:
    `subject`, `programme`, `grade`, `licence` of questions that don't say their own, and `format` to force one.
    """
    IMPORT_QUESTIONS.require(web.actor())
    given = request.form if request.files or request.form else request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Invalid("Hãy gửi một tệp, hoặc mã của một lượt tải lên.")
    file, upload_id = request.files.get("file"), str(given.get("upload") or "")
    if file is not None:
        stored, name = import_door.stored_file(file)
    elif upload_id:
        stored, name = uploaded(upload_id)
    else:
        raise Invalid("Hãy gửi một tệp, hoặc mã của một lượt tải lên.")
    made = import_door.take_in(stored, name, str(given.get("format") or ""), import_door.options_from(given))
    if upload_id:
        end_upload(web.session(), web.actor(), upload_id, folder=upload_folder())
    return shown(made)


@api.get("/<int:import_id>")
@api.output(ImportOut)
@api.doc(summary="How far an import is")
def get_import(import_id: int) -> dict[str, Any]:
    return shown(queries.get_import(web.session(), web.actor(), import_id))


@api.get("/<int:import_id>/items")
@api.input(ImportItemsIn, location="query", arg_name="wanted")
@api.output(ImportItemsOut)
@api.doc(summary="What was read, with every doubt")
def get_items(import_id: int, wanted: dict[str, Any]) -> dict[str, Any]:
    made = queries.get_import(web.session(), web.actor(), import_id)
    items, next_key = import_items.list_items(
        web.session(), made, after=wanted["after"], only_doubtful=wanted["doubtful"], limit=wanted["limit"]
    )
    return {"items": [shown_item(item) for item in items], "next": next_key}


@api.post("/<int:import_id>/store")
@api.output(ImportOut)
@api.doc(summary="Store what lies on the desk as drafts", security="bearer")
def store_import(import_id: int) -> dict[str, Any]:
    """A large import goes on as a job: its state is `storing` until it is `done`."""
    return shown(import_door.store_now_or_later(import_id))


@api.post("/<int:import_id>/undo")
@api.output(ImportOut)
@api.doc(summary="Withdraw every question of an import", security="bearer")
def undo_import(import_id: int) -> dict[str, Any]:
    return shown(undoing.undo_import(web.session(), web.actor(), import_id, now=web.now()))


def uploaded(upload_id: str) -> tuple[StoredBytes, str]:
    """A whole upload in the store, and its name.

    Raises:
        NotFound: there is none of this actor.
        Conflict: a part is still missing; ``facts["offset"]`` says from where on.
    """
    with web.services().sessions() as lookup:
        upload = get_upload(lookup, web.actor(), upload_id)
    offset = upload_folder().offset(upload.id)
    if offset != upload.size_bytes:
        raise Conflict("Tệp chưa tải lên xong.", offset=offset)
    with upload_folder().path(upload.id).open("rb") as stream:
        return import_door.put(stream), upload.file_name


def shown(made: QuestionImport) -> dict[str, Any]:
    counts = import_items.count_items(web.session(), made.id)
    trouble = importing.trouble_of(made)
    is_over = made.state in ("done", "undone")
    return {
        "id": made.id,
        "state": str(made.state),
        "format": made.format,
        "files": made.file_names,
        "found": made.found_count,
        "waiting": counts.waiting,
        "imported": made.imported_count,
        "duplicates": made.duplicate_count if is_over else counts.duplicates,
        "left_out": made.found_count - made.imported_count - made.duplicate_count if is_over else counts.left_out,
        "doubtful": counts.doubtful,
        "trouble": web.message_of(trouble) if trouble else "",
    }


def shown_item(item: ImportItem) -> dict[str, Any]:
    problems = [
        {"code": found.code, "message": str(found), "facts": found.facts} for found in import_items.problems_of(item)
    ]
    names = ("position", "file", "format", "label", "place", "source", "placement", "question_id")
    shown = {name: getattr(item, name) for name in names}
    return shown | {"question": item.draft, "problems": problems, "outcome": str(item.outcome)}
