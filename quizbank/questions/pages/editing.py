"""The question editor: one form for all types, with a preview, and pictures."""

from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import CREATE_QUESTION, EDIT_QUESTION, IMPORT_QUESTIONS
from quizbank.questions import actions, queries
from quizbank.questions.cards import QuestionCard, key_card
from quizbank.questions.comparing import changes_between
from quizbank.questions.editor import QuestionForm, form_from, form_of, picture_markup, question_from, with_images
from quizbank.questions.images import LIMIT_BYTES, keep_image
from quizbank.questions.lint import Advice, advice_on
from quizbank.questions.pages.blueprint import (
    grade_choices,
    level_choices,
    licence_labels,
    pages,
    programme_choices,
    subject_choices,
    topic_choices,
    type_labels,
)
from quizbank.questions.pages.changes import shown_changes
from quizbank.questions.palette import NAMES, PALETTE
from quizbank.questions.placement_form import grade_from
from quizbank.questions.problems import Problem
from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, check_content
from quizbank.questions.storing import preview_version
from repository import web
from repository.errors import Conflict, Invalid
from repository.markup import render

IMAGE_FIELDS = ("stem", "explanation", *(f"part-{row}" for row in range(8)))


@pages.get("/new")
def new_question() -> str:
    CREATE_QUESTION.require(web.actor())
    given = request.args
    form = QuestionForm(
        subject=given.get("subject", ""), grade=given.get("grade", ""), type=given.get("type", "single-choice")
    )
    return show_form(form, {})


@pages.post("/new")
def create_question() -> Response | str | tuple[str, int]:
    CREATE_QUESTION.require(web.actor())
    form, unread = form_sent()
    if "preview" in request.form:
        return show_form(form, unread, has_preview=True)
    new, errors = question_from(form)
    if mistakes := mistakes_in(new, errors, unread):
        web.keep_changes()
        return show_form(form, mistakes), 422
    question = actions.create_question(web.session(), web.actor(), new, now=web.now())
    web.say("Đã lưu câu hỏi thành bản nháp.")
    return web.go_to(f"/questions/{question.id}{draft_mark()}")


@pages.get("/<int:question_id>/edit")
def edit_question(question_id: int) -> str:
    question = queries.see_question(web.session(), web.actor(), question_id)
    EDIT_QUESTION.require(web.actor(), question)
    version = queries.get_version(web.session(), question.current_version_id)
    return show_form(form_of(queries.new_question_of(version), version.number), {}, question_id=question_id)


@pages.post("/<int:question_id>/edit")
def revise_question(question_id: int) -> Response | str | tuple[str, int]:
    question = queries.see_question(web.session(), web.actor(), question_id)
    EDIT_QUESTION.require(web.actor(), question)
    form, unread = form_sent()
    if "preview" in request.form:
        return show_form(form, unread, question_id=question_id, has_preview=True)
    version = queries.get_version(web.session(), question.current_version_id)
    new, errors = question_from(replace(form, origin=(version.source_file, version.source_place)))
    if mistakes := mistakes_in(new, errors, unread):
        web.keep_changes()
        return show_form(form, mistakes, question_id=question_id), 422
    based_on = form.based_on or 0
    try:
        with web.session().begin_nested():
            actions.revise_question(web.session(), web.actor(), question_id, new, now=web.now(), based_on=based_on)
    except Conflict as error:
        if "latest" not in error.facts:
            raise
        web.keep_changes()
        return show_conflict(question_id, form, new), 409
    web.say("Đã lưu bản mới của câu hỏi.")
    return web.go_to(f"/questions/{question_id}{draft_mark()}")


def show_conflict(question_id: int, form: QuestionForm, new: NewQuestion) -> str:
    """The form as it was sent, beside what somebody else saved meanwhile; saved again, it becomes the version after."""
    question = queries.get_question(web.session(), question_id)
    latest = queries.get_version(web.session(), question.current_version_id)
    number, saved = latest.number, queries.new_question_of(latest)
    history = [line for line in queries.list_history(web.session(), question_id) if line.number == number]
    conflict = {
        "number": number,
        "who": history[-1].actor_name if history else "",
        "at": history[-1].row.at if history else web.now(),
        "changes": shown_changes(changes_between(saved, new)),
    }
    return show_form(replace(form, based_on=number), {}, question_id=question_id, has_preview=True, conflict=conflict)


def draft_mark() -> str:
    """Tells the next page which text kept in the browser is saved by now."""
    mark = request.form.get("draft", "")
    return f"#saved-{mark}" if mark.isalnum() and mark.isascii() and len(mark) <= 40 else ""


@pages.post("/preview")
def preview_question() -> str:
    """A part of a page: the card as it will look, and what could be wrong or better in it."""
    CREATE_QUESTION.require(web.actor())
    new, _errors = question_from(form_from(request.form))
    return web.render("quizbank/questions/_preview.html", **preview_of(new))


@pages.get("/choices")
def offer_choices() -> str:
    """A part of a page: the topics of a subject and grade, and the levels of a programme."""
    CREATE_QUESTION.require(web.actor())
    given = request.args
    grade = given.get("grade", type=int)
    return web.render(
        "quizbank/questions/_choices.html",
        topics=topic_choices(given.get("subject", ""), grade),
        levels=level_choices(given.get("programme", "")),
        chosen=(given.get("topic", ""), given.get("level", "")),
    )


@pages.post("/images")
def keep_images() -> dict[str, str]:
    """Keep one picture for a script; answers with its markup."""
    IMPORT_QUESTIONS.require(web.actor())
    file = request.files.get("image")
    if file is None:
        raise Invalid("Hãy chọn một tệp hình.")
    return {"markup": kept_markup(file)}


def form_sent() -> tuple[QuestionForm, dict[str, list[str]]]:
    """The form as it was sent, its pictures kept and named in their texts; field -> what is wrong with its picture."""
    markup: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for name in IMAGE_FIELDS:
        for file in request.files.getlist(f"image-{name}"):
            try:
                kept = kept_markup(file, request.form.get(f"words-{name}", "")) if file.filename else ""
            except Invalid as error:
                errors.setdefault("parts" if name.startswith("part-") else name, []).append(web.message_of(error))
            else:
                markup[name] = "\n".join(filter(None, (markup.get(name, ""), kept)))
    return with_images(form_from(request.form), {name: text for name, text in markup.items() if text}), errors


def kept_markup(file: Any, words: str = "") -> str:
    data = file.stream.read(LIMIT_BYTES + 1)
    sha256 = keep_image(web.session(), web.services().store, data, now=web.now(), name=file.filename or "")
    return picture_markup(sha256, words)


def mistakes_in(new: NewQuestion, errors: dict[str, list[str]], unread: dict[str, list[str]]) -> dict[str, list[str]]:
    """Field -> what is wrong there, in the reader's language; ``unread``: what is wrong with the pictures."""
    found = {name: list(messages) for name, messages in unread.items()}
    for name, messages in (
        *errors.items(),
        *actions.placement_problems(new.placement).items(),
        *actions.statement_level_problems(new).items(),
    ):
        found.setdefault(name, []).extend(_(message) for message in messages)
    for wrong in check_content(new.content):
        field = actions.FIELD_OF_PROBLEM.get(wrong.code, "parts")
        found.setdefault(field, []).append(web.message_of(wrong))
    return found


def preview_of(new: NewQuestion) -> dict[str, Any]:
    """The card, what keeps it from being sound, and advice: each with the field it belongs to."""
    card: QuestionCard = key_card(preview_version(new), passage_html=render(new.passage).html)
    problems = [Advice(one.code, one.message, one.facts, field_of(one)) for one in check_content(new.content)]
    advice = [
        one for one in advice_on(new.content) if new.content.stem or one.code not in ("no-explanation", "no-guide")
    ]
    return {"card": card, "problems": problems, "advice": advice}


def field_of(found: Problem) -> str:
    """The field of the form that a problem of the content is in."""
    letter = found.facts.get("letters", "")[:1]
    if letter and letter in OPTION_LETTERS:
        return f"part-{OPTION_LETTERS.index(letter)}"
    return "stem" if actions.FIELD_OF_PROBLEM.get(found.code) == "stem" else "parts"


def show_form(
    form: QuestionForm,
    errors: Any,
    *,
    question_id: int | None = None,
    has_preview: bool = False,
    conflict: dict[str, Any] | None = None,
) -> str:
    preview = preview_of(question_from(form)[0]) if has_preview else {"card": None, "problems": (), "advice": ()}
    return web.render(
        "quizbank/questions/edit_question.html",
        errors=errors,
        question_id=question_id,
        conflict=conflict,
        **fields_of(form),
        **preview,
    )


def fields_of(form: QuestionForm) -> dict[str, Any]:
    """What the fields of a question need, wherever they are shown."""
    grade = grade_from(form.grade)
    groups = [
        (_(NAMES[group]), [(_(one.name), one.tex, render(f"${one.shown}$").html) for one in formulas])
        for group, formulas in PALETTE.items()
    ]
    return {
        "form": form,
        "types": list(type_labels().items()),
        "subjects": subject_choices(),
        "programmes": programme_choices(),
        "grades": grade_choices(),
        "topics": topic_choices(form.subject, grade),
        "levels": level_choices(form.programme),
        "licences": list(licence_labels().items()),
        "palette": groups,
        "media_origin": web.services().settings.packages_origin,
    }
