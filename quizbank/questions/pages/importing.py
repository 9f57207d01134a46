"""The import desk: give a file, see what was read beside its source, import, undo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import IMPORT_QUESTIONS, UNDO_IMPORT
from quizbank.questions import import_door, import_items, importing, mending, queries, undoing
from quizbank.questions.cards import QuestionCard, key_card
from quizbank.questions.columns import is_table
from quizbank.questions.formats.catalogue import FORMATS, endings_of, find_format
from quizbank.questions.import_models import ImportItem
from quizbank.questions.pages.blueprint import (
    grade_choices,
    licence_labels,
    name_of,
    pages,
    place_label,
    programme_choices,
    subject_choices,
)
from quizbank.questions.pointing import letters_of, marked_source
from quizbank.questions.problems import Problem
from quizbank.questions.states import ImportState
from quizbank.questions.storing import preview_version
from repository import web
from repository.errors import Invalid, NotFound, TooLarge
from repository.files.store import CHUNK_BYTES
from repository.markup import render

AT_WORK = (ImportState.READING, ImportState.STORING)


@dataclass(frozen=True)
class DeskRow:
    """One question on the desk: source on the left, what was read of it on the right.

    ``source``: its pieces, each with the numbers of the problems that speak of it; ``doubtful``: the options they name.
    """

    item: ImportItem
    problems: tuple[Problem, ...]
    card: QuestionCard | None
    is_text: bool
    source: tuple[tuple[str, str], ...]
    doubtful: str


@pages.get("/import")
def import_questions() -> str:
    IMPORT_QUESTIONS.require(web.actor())
    return show_form({"subject": request.args.get("subject", ""), "licence": "cc-by-4.0"}, {})


@pages.post("/import")
def start_import() -> Response | tuple[str, int]:
    """Take a file or a pasted text in, and go to its desk."""
    IMPORT_QUESTIONS.require(web.actor())
    files = [file for file in request.files.getlist("paper") if file.filename]
    pictures = [file for file in request.files.getlist("pictures") if file.filename]
    text, form = request.form.get("text", ""), request.form.get("format", "")
    try:
        if not files and not text.strip():
            fields = {"text": ["Hãy dán đề vào đây hoặc chọn một tệp."]}
            raise Invalid("Chưa đọc được đề.", fields=fields)
        if len(files) > 1:
            stored, name = import_door.stored_files(files)
        elif files:
            stored, name = import_door.stored_file(files[0])
        else:
            stored, name = import_door.stored_text(text), request.form.get("name", "").strip()[:200] or "paste.txt"
        made = import_door.take_in(stored, name, form, import_door.options_from(request.form), pictures)
    except (Invalid, TooLarge) as error:
        return show_form(request.form, error.facts.get("fields", {}), web.message_of(error)), 422
    return web.go_to(f"/questions/imports/{made.id}")


@pages.get("/imports")
def list_imports() -> str:
    IMPORT_QUESTIONS.require(web.actor())
    after = request.args.get("after", type=int)
    imports, next_key = queries.list_imports(web.session(), web.actor(), after=after)
    return web.render(
        "quizbank/questions/list_imports.html",
        imports=imports,
        after=next_key,
        is_first=after is None,
        states=state_labels(),
    )


@pages.get("/imports/<int:import_id>")
def show_import(import_id: int) -> str:
    """Progress while it is at work, the desk while it waits, the report when it is done."""
    made = queries.get_import(web.session(), web.actor(), import_id)
    after, only_doubtful = request.args.get("after", type=int), bool(request.args.get("doubtful"))
    items, next_key = import_items.list_items(web.session(), made, after=after, only_doubtful=only_doubtful)
    counts = import_items.count_items(web.session(), made.id)
    may_change = UNDO_IMPORT.allows(web.actor(), made)
    trouble = importing.trouble_of(made)
    return web.render(
        "quizbank/questions/show_import.html",
        made=made,
        is_at_work=made.state in AT_WORK,
        rows=[row_of(item) for item in items],
        counts=counts,
        left_out=made.found_count - made.imported_count - made.duplicate_count,
        after=next_key,
        is_first=after is None,
        doubts_around=doubts_around(made.id, items),
        only_doubtful=only_doubtful,
        trouble=web.message_of(trouble) if trouble else "",
        may_change=may_change and made.state in (ImportState.READY, ImportState.DONE),
        may_read_anew=may_change and made.state in (ImportState.READY, ImportState.REFUSED) and not made.imported_count,
        is_table=is_table(made.file_names[0], made.format),
        may_undo=may_change and made.undone_at is None,
        format=find_format(made.format),
        place=place_label,
        name_of=name_of,
        licence_labels=licence_labels(),
        **choices(),
    )


@pages.post("/imports/<int:import_id>/store")
def store_import(import_id: int) -> Response:
    import_door.store_now_or_later(import_id)
    return web.go_to(f"/questions/imports/{import_id}")


@pages.post("/imports/<int:import_id>/undo")
def undo_import(import_id: int) -> Response:
    undoing.undo_import(web.session(), web.actor(), import_id, now=web.now())
    web.say("Đã hoàn tác lần nhập: các câu hỏi của nó đã được thu hồi.")
    return web.go_to(f"/questions/imports/{import_id}")


@pages.post("/imports/<int:import_id>/read")
def read_import(import_id: int) -> Response:
    """Read the file once more with other choices."""
    made = mending.see_desk(web.session(), web.actor(), import_id)
    import_door.read_anew(made, request.form.get("format", ""), import_door.options_from(request.form))
    return web.go_to(f"/questions/imports/{import_id}")


@pages.get("/imports/<int:import_id>/source")
def import_source(import_id: int) -> Response:
    """The file as it came."""
    made = queries.get_import(web.session(), web.actor(), import_id)
    if made.source_sha256 is None:
        raise NotFound("Tệp nguồn của lần nhập này không được giữ.")
    path = web.services().store.path(made.source_sha256)
    return download(path, made.file_names[0].rsplit("/", 1)[-1], "application/octet-stream")


def download(path: Path, name: str, media_type: str) -> Response:
    """A file to keep, never to show."""
    answer = Response(pieces_of(path), mimetype=media_type)
    answer.content_length = path.stat().st_size
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def row_of(item: ImportItem) -> DeskRow:
    new = import_items.question_of(item)
    card = key_card(preview_version(new), passage_html=render(new.passage).html) if new else None
    found = find_format(item.format)
    problems = import_items.problems_of(item)
    doubtful = "".join(map(letters_of, problems))
    is_text = found is not None and found.is_text
    return DeskRow(item, problems, card, is_text, marked_source(item.source, problems), doubtful)


def doubts_around(import_id: int, items: Sequence[ImportItem]) -> tuple[str, str]:
    """The pages of the last doubt before these items and of the first one after them; empty where there is none."""
    if not items:
        return "", ""
    first, last = items[0].position, items[-1].position
    before = import_items.find_doubt(web.session(), import_id, before=first)
    after = import_items.find_doubt(web.session(), import_id, after=last)
    return tuple(  # type: ignore[return-value]
        "" if position is None else f"/questions/imports/{import_id}?after={position - 1}#item-{position}"
        for position in (before, after)
    )


def state_labels() -> dict[str, str]:
    return {
        ImportState.READING: _("đang đọc"),
        ImportState.READY: _("chờ bạn xem"),
        ImportState.STORING: _("đang nhập"),
        ImportState.DONE: "",
        ImportState.UNDONE: _("đã hoàn tác"),
        ImportState.REFUSED: _("không đọc được"),
    }


def choices() -> dict[str, Any]:
    return {
        "subjects": subject_choices(),
        "programmes": programme_choices(),
        "grades": grade_choices(),
        "licences": list(licence_labels().items()),
        "formats": [(found.id, _(found.name)) for found in FORMATS],
        "endings": ",".join(sorted({*endings_of(), ".zip"})),
    }


def show_form(given: Any, errors: Any, message: str = "") -> str:
    return web.render(
        "quizbank/questions/import_questions.html",
        given=given,
        errors={name: [_(text) for text in texts] for name, texts in errors.items()},
        message=message,
        **choices(),
    )
