"""The question editor: one form for all four types, with a preview, and pictures."""

from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.permissions import CREATE_QUESTION, EDIT_QUESTION, IMPORT_QUESTIONS
from quizbank.questions import actions, queries
from quizbank.questions.cards import QuestionCard, key_card
from quizbank.questions.editor import QuestionForm, form_from, form_of, question_from, with_images
from quizbank.questions.images import LIMIT_BYTES, keep_image
from quizbank.questions.lint import advice_on
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
from quizbank.questions.rules import NewQuestion, check_content
from quizbank.questions.storing import preview_version
from repository import web
from repository.errors import Invalid
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
    form = form_sent()
    if "preview" in request.form:
        return show_form(form, {}, has_preview=True)
    new, errors = question_from(form)
    if mistakes := mistakes_in(new, errors):
        return show_form(form, mistakes), 422
    question = actions.create_question(web.session(), web.actor(), new, now=web.now())
    web.say("Đã lưu câu hỏi thành bản nháp.")
    return web.go_to(f"/questions/{question.id}")


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
    form = form_sent()
    if "preview" in request.form:
        return show_form(form, {}, question_id=question_id, has_preview=True)
    version = queries.get_version(web.session(), question.current_version_id)
    new, errors = question_from(replace(form, origin=(version.source_file, version.source_place)))
    if mistakes := mistakes_in(new, errors):
        return show_form(form, mistakes, question_id=question_id), 422
    actions.revise_question(web.session(), web.actor(), question_id, new, now=web.now(), based_on=form.based_on or 0)
    web.say("Đã lưu bản mới của câu hỏi.")
    return web.go_to(f"/questions/{question_id}")


@pages.post("/preview")
def preview_question() -> str:
    """A part of a page: the card as it will look, and what keeps it from being sound."""
    CREATE_QUESTION.require(web.actor())
    new, _errors = question_from(form_from(request.form))
    return web.render("quizbank/questions/_preview.html", **preview_of(new))


@pages.post("/images")
def keep_images() -> dict[str, str]:
    """Keep one picture for a script; answers with its markup."""
    IMPORT_QUESTIONS.require(web.actor())
    file = request.files.get("image")
    if file is None:
        raise Invalid("Hãy chọn một tệp hình.")
    return {"markup": kept_markup(file)}


def form_sent() -> QuestionForm:
    """The form as it was sent, its pictures kept and named in their texts."""
    markup = {
        name: "\n".join(kept_markup(file) for file in files)
        for name in IMAGE_FIELDS
        if (files := [file for file in request.files.getlist(f"image-{name}") if file.filename])
    }
    return with_images(form_from(request.form), markup)


def kept_markup(file: Any) -> str:
    data = file.stream.read(LIMIT_BYTES + 1)
    sha256 = keep_image(web.session(), web.services().store, data, now=web.now(), name=file.filename or "")
    return f"![](media:{sha256})"


def mistakes_in(new: NewQuestion, errors: dict[str, list[str]]) -> dict[str, list[str]]:
    """Field -> what is wrong there, in the reader's language."""
    found = {name: [_(message) for message in messages] for name, messages in errors.items()}
    for name, messages in actions.placement_problems(new.placement).items():
        found.setdefault(name, []).extend(_(message) for message in messages)
    for wrong in check_content(new.content):
        field = actions.FIELD_OF_PROBLEM.get(wrong.code, "parts")
        found.setdefault(field, []).append(_(wrong.message).format(**wrong.facts))
    return found


def preview_of(new: NewQuestion) -> dict[str, Any]:
    card: QuestionCard = key_card(preview_version(new), passage_html=render(new.passage).html)
    problems = check_content(new.content)
    return {"card": card, "problems": problems, "advice": () if problems else advice_on(new.content)}


def show_form(form: QuestionForm, errors: Any, *, question_id: int | None = None, has_preview: bool = False) -> str:
    preview = preview_of(question_from(form)[0]) if has_preview else {"card": None, "problems": (), "advice": ()}
    grade = int(form.grade) if form.grade.isdecimal() else None
    return web.render(
        "quizbank/questions/edit_question.html",
        form=form,
        errors=errors,
        question_id=question_id,
        types=list(type_labels().items()),
        subjects=subject_choices(),
        programmes=programme_choices(),
        grades=grade_choices(),
        topics=topic_choices(form.subject, grade),
        levels=level_choices(form.programme),
        licences=list(licence_labels().items()),
        **preview,
    )
