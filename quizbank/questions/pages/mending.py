"""Mending on the import desk: one question at a time, and the pictures that a file came without."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.questions import import_door, mending
from quizbank.questions.actions import placement_problems
from quizbank.questions.desk import pictures_from
from quizbank.questions.editor import QuestionForm, form_from, form_of, question_from
from quizbank.questions.import_items import question_of
from quizbank.questions.import_models import ImportItem
from quizbank.questions.models import QuestionImport
from quizbank.questions.pages.blueprint import (
    level_choices,
    licence_labels,
    pages,
    place_label,
    topic_choices,
    type_labels,
)
from quizbank.questions.pages.importing import choices
from quizbank.questions.rules import NewQuestion, Placement, QuestionContent, QuestionType, check_content
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
    form = form_from(request.form)
    new, errors = question_from(form)
    found = {**errors, **placement_problems(new.placement)}
    mistakes = {name: [_(text) for text in texts] for name, texts in found.items()}
    if wrong := check_content(new.content):
        mistakes["parts"] = [_(one.message).format(**one.facts) for one in wrong]
    if mistakes:
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
    address = web.safe_next(request.form.get("next"), f"/questions/imports/{import_id}")
    return web.go_to(f"{address.partition('#')[0]}#item-{position}")


def blank_of(item: ImportItem) -> NewQuestion:
    """A form for what could not be read as a question: its source as the stem."""
    from_source = QuestionContent(QuestionType.SINGLE_CHOICE, item.source[:2_000], ())
    given: dict[str, Any] = {**item.placement, "tags": tuple(item.placement["tags"])}
    return NewQuestion(from_source, Placement(**given), item.passage, item.origin, licence=item.licence)


def show_item(made: QuestionImport, item: ImportItem, form: QuestionForm, errors: Any) -> str:
    grade = int(form.grade) if form.grade.isdecimal() else None
    return web.render(
        "quizbank/questions/edit_item.html",
        made=made,
        item=item,
        form=form,
        errors=errors,
        place=place_label,
        next=request.values.get("next", ""),
        types=list(type_labels().items()),
        topics=topic_choices(form.subject, grade),
        levels=level_choices(form.programme),
        **choices() | {"licences": list(licence_labels().items())},
    )
