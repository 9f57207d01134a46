"""Mending on the import desk: one question at a time, and the pictures that a file came without."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from quizbank.questions import import_door, mending
from quizbank.questions.desk import pictures_from
from quizbank.questions.editor import QuestionForm, form_of, question_from
from quizbank.questions.import_items import problems_of, question_of
from quizbank.questions.import_models import ImportItem
from quizbank.questions.models import QuestionImport
from quizbank.questions.pages.blueprint import pages, place_label
from quizbank.questions.pages.editing import fields_of, form_sent, mistakes_in
from quizbank.questions.rules import NewQuestion, Placement, QuestionContent, QuestionType
from repository import web
from repository.errors import Invalid


@pages.post("/imports/<int:import_id>/items/<int:position>/left-out")
def leave_out(import_id: int, position: int) -> Response:
    """Leave a question out, or take it in again."""
    is_left_out = request.form.get("left_out") == "yes"
    mending.leave_out(web.session(), web.actor(), import_id, position, is_left_out=is_left_out)
    return back_to(import_id, position)


@pages.post("/imports/<int:import_id>/items/<int:position>/source")
def mend_source(import_id: int, position: int) -> Response:
    """Read one question anew from its source as it was changed."""
    mending.mend_source(
        web.session(),
        web.actor(),
        import_id,
        position,
        request.form.get("source", ""),
        store=web.services().store,
        now=web.now(),
    )
    return back_to(import_id, position)


@pages.get("/imports/<int:import_id>/items/<int:position>")
def edit_item(import_id: int, position: int) -> str:
    made, item = mending.see_item(web.session(), web.actor(), import_id, position)
    return show_item(made, item, form_of(question_of(item) or blank_of(item)), {})


@pages.post("/imports/<int:import_id>/items/<int:position>")
def mend_item(import_id: int, position: int) -> Response | tuple[str, int]:
    """Give a question the fields that a person typed."""
    made, item = mending.see_item(web.session(), web.actor(), import_id, position)
    form, unread = form_sent()
    new, errors = question_from(form)
    if mistakes := mistakes_in(new, errors, unread):
        web.keep_changes()
        return show_item(made, item, form, mistakes), 422
    mending.mend_fields(web.session(), web.actor(), import_id, position, new)
    return back_to(import_id, position)


@pages.post("/imports/<int:import_id>/pictures")
def add_pictures(import_id: int) -> Response:
    """Put pictures beside the file, and into the questions that miss them."""
    made = mending.see_desk(web.session(), web.actor(), import_id)
    kept: dict[str, str] = {}
    for file in request.files.getlist("pictures"):
        if file.filename:
            kept |= pictures_from(file.stream, file.filename, import_door.kept_image)
    if not kept:
        raise Invalid("Hãy chọn một tệp hình.")
    mending.add_pictures(web.session(), web.actor(), made.id, kept)
    web.say("Đã thêm {count} hình.", count=len(kept))
    return web.go_to(f"/questions/imports/{import_id}")


def back_to(import_id: int, position: int) -> Response:
    """To the page of the desk that was left, at the question."""
    return web.go_to(place_on_desk(import_id, position, request.form.get("next", "")))


def place_on_desk(import_id: int, position: int, page: str) -> str:
    address = web.safe_next(page, f"/questions/imports/{import_id}")
    return f"{address.partition('#')[0]}#item-{position}"


def blank_of(item: ImportItem) -> NewQuestion:
    """A form for what could not be read as a question: its source as the stem."""
    from_source = QuestionContent(QuestionType.SINGLE_CHOICE, item.source[:2_000], ())
    given: dict[str, Any] = {**item.placement, "tags": tuple(item.placement["tags"])}
    return NewQuestion(from_source, Placement(**given), item.passage, item.origin, licence=item.licence)


def show_item(made: QuestionImport, item: ImportItem, form: QuestionForm, errors: Any) -> str:
    page = request.values.get("next", "")
    return web.render(
        "quizbank/questions/edit_item.html",
        made=made,
        item=item,
        problems=problems_of(item),
        errors=errors,
        place=place_label,
        next=page,
        back=place_on_desk(made.id, item.position, page),
        **fields_of(form),
    )
