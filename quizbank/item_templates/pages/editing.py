"""The editor of a template: one form for all types, a preview of its first clones, help with the language."""

from dataclasses import replace

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.item_templates import actions, queries
from quizbank.item_templates.descriptions import draft_of_version
from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.editor import (
    TemplateForm,
    draft_from,
    form_field,
    form_from,
    form_of,
    with_more_rows,
)
from quizbank.item_templates.examples import example_of
from quizbank.item_templates.generating import LARGEST_NUMBER
from quizbank.item_templates.library import LIBRARY
from quizbank.item_templates.models import KeptTemplate
from quizbank.item_templates.pages.blueprint import Problem, field_label, pages, place_of, shown_trial, translated
from quizbank.item_templates.pages.listing import example_labels
from quizbank.item_templates.trying import faults_in, try_out
from quizbank.permissions import EDIT_ITEM_TEMPLATE, WRITE_ITEM_TEMPLATE
from quizbank.questions.actions import placement_problems
from quizbank.questions.pages.blueprint import (
    grade_choices,
    level_choices,
    licence_labels,
    programme_choices,
    subject_choices,
    topic_choices,
    type_labels,
)
from quizbank.questions.placement_form import grade_from
from repository import web
from repository.db import writing

PREVIEW_CLONES = 5
Errors = dict[str, list[str]]


@pages.get("/new")
def new_template() -> str:
    """An empty editor, one of the examples, or a template that the reader may see, to be made into one of their own."""
    WRITE_ITEM_TEMPLATE.require(web.actor())
    if "from" in request.args:
        origin = queries.get_template(web.session(), web.actor(), request.args.get("from", 0, type=int))
        return show_form(form_of(draft_of_version(queries.get_version(web.session(), origin))), {}, first=1)
    example = example_of(request.args.get("example", ""))
    return show_form(form_of(example), {}, first=1) if example else show_form(TemplateForm(), {})


@pages.post("/new")
def create_template() -> Response | str | tuple[str, int]:
    WRITE_ITEM_TEMPLATE.require(web.actor())
    form = form_from(request.form)
    if looks_only():
        return look_at(form)
    draft, unread = draft_from(form)
    if mistakes := mistakes_in(draft, unread):
        return show_form(form, mistakes), 422
    template = actions.create_template(web.session(), web.actor(), draft, now=web.now(), is_checked=True)
    web.say("Đã lưu mẫu câu hỏi. Bây giờ có thể sinh câu hỏi từ mẫu.")
    return web.go_to(f"/item-templates/{template.id}")


@pages.post("/preview")
def preview_template() -> str:
    """A part of a page: the first clones, how many differ, and what is wrong where."""
    WRITE_ITEM_TEMPLATE.require(web.actor())
    draft, unread = draft_from(form_from(request.form))
    trial = try_out(draft, first_asked(), PREVIEW_CLONES)
    return web.render("quizbank/item_templates/_preview.html", **shown_trial(trial, unread_problems(unread)))


@pages.get("/<int:template_id>/edit")
def edit_template(template_id: int) -> str:
    template = template_to_edit(template_id)
    version = queries.get_version(web.session(), template)
    return show_form(form_of(draft_of_version(version), version.number), {}, template=template, first=1)


@pages.post("/<int:template_id>/edit")
def revise_template(template_id: int) -> Response | str | tuple[str, int]:
    template = template_to_edit(template_id)
    session, form = web.session(), form_from(request.form)
    session.rollback()  # Nothing is locked while the draft is drawn from.
    if looks_only():
        return look_at(form, template)
    draft, unread = draft_from(form)
    if mistakes := mistakes_in(draft, unread):
        return show_form(form, mistakes, template=template), 422
    based_on = form.based_on or 0
    actions.revise_template(
        writing(session), web.actor(), template_id, draft, now=web.now(), based_on=based_on, is_checked=True
    )
    web.say("Đã lưu bản mới của mẫu. Các câu đã sinh giữ nguyên.")
    return web.go_to(f"/item-templates/{template_id}")


def template_to_edit(template_id: int) -> KeptTemplate:
    template = queries.get_template(web.session(), web.actor(), template_id)
    EDIT_ITEM_TEMPLATE.require(web.actor(), template)
    return template


def looks_only() -> bool:
    return "preview" in request.form or "more" in request.form


def look_at(form: TemplateForm, template: KeptTemplate | None = None) -> str:
    """The form after a button that saves nothing: more rows, or the preview."""
    if "more" in request.form:
        return show_form(with_more_rows(form), {}, template=template)
    return show_form(form, {}, template=template, first=first_asked())


def first_asked() -> int:
    """The number of the first clone of a preview."""
    given = request.form.get("preview", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 1
    return min(max(1, number), LARGEST_NUMBER)


def mistakes_in(draft: TemplateDraft, unread: Errors) -> Errors:
    """Field of the form -> what is wrong there, in the reader's language."""
    found = {name: [_(message) for message in messages] for name, messages in unread.items()}
    for name, messages in placement_problems(draft.placement).items():
        found.setdefault(name, []).extend(_(message) for message in messages)
    for fault in faults_in(draft):
        place = place_of(fault) + ": " if fault.line else ""
        found.setdefault(form_field(fault.field), []).append(place + translated(fault))
    return found


def unread_problems(unread: Errors) -> list[Problem]:
    return [(name, field_label(name), _(message)) for name, messages in unread.items() for message in messages]


def show_form(form: TemplateForm, errors: Errors, *, template: KeptTemplate | None = None, first: int = 0) -> str:
    """The editor; ``first``: the number of the first clone of its preview, 0 for none."""
    grade = grade_from(form.grade)
    draft, unread = draft_from(form)
    trial = shown_trial(try_out(draft, first, PREVIEW_CLONES), unread_problems(unread)) if first else {"trial": None}
    session = web.session()
    return web.render(
        "quizbank/item_templates/edit_template.html",
        form=replace(form, shown_rows=max(form.shown_rows, len(form.parts))),
        errors=errors,
        template_id=template.id if template else None,
        kept_name=queries.get_version(session, template).name if template else "",
        clone_count=sum(queries.count_clones(session, template.id).values()) if template else 0,
        examples=example_labels(),
        part_name=part_label(form.type),
        has_advanced=bool(form.show or form.rows or form.definitions or form.tables),
        types=list(type_labels().items()),
        subjects=subject_choices(),
        programmes=programme_choices(),
        grades=grade_choices(),
        topics=topic_choices(form.subject, grade),
        levels=level_choices(form.programme),
        licences=list(licence_labels().items()),
        library=library_groups(),
        **trial,
    )


def library_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The functions of the language for the help panel: group -> (usage, what it gives)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for function in LIBRARY.values():
        groups.setdefault(_(function.group), []).append((function.usage, _(function.summary)))
    return list(groups.items())


def part_label(kind: str) -> str:
    labels: dict[str, str] = {
        "single-choice": _("Phương án nhiễu"),
        "true-false": _("Ý"),
        "short-answer": _("Đáp án cũng được nhận"),
    }
    return labels.get(kind) or str(_("Phương án"))
