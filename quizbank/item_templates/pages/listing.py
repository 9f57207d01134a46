"""The list of templates, and the page of one with what was made of it."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quizbank.item_templates import actions, queries
from quizbank.item_templates.actions import MOST_CLONES
from quizbank.item_templates.descriptions import draft_of_version
from quizbank.item_templates.drafts import MAX_NAME
from quizbank.item_templates.models import KeptTemplate
from quizbank.item_templates.pages.blueprint import pages, shown_trial
from quizbank.item_templates.queries import Origin, TemplateWish
from quizbank.item_templates.trying import try_out
from quizbank.permissions import EDIT_ITEM_TEMPLATE, GENERATE_QUESTIONS, WRITE_ITEM_TEMPLATE
from quizbank.questions.descriptions import title_of
from quizbank.questions.pages.blueprint import grade_choices, name_of, subject_choices, type_labels
from quizbank.questions.placement_form import grade_from
from repository import web
from repository.markup import nfc

GRADES = range(1, 13)


@pages.get("")
def list_templates() -> str:
    after = request.args.get("after", type=int)
    wish = wish_from(request.args)
    rows, next_key = queries.list_templates(web.session(), web.actor(), wish, after=after)
    return web.render(
        "quizbank/item_templates/list_templates.html",
        rows=rows,
        after=next_key,
        is_first=after is None,
        wish=wish,
        is_narrowed=bool(wish.words or wish.subject or wish.grade),
        subjects=subject_choices(),
        grades=grade_choices(),
        may_write=WRITE_ITEM_TEMPLATE.allows(web.actor()),
        examples=example_labels(),
        type_labels=type_labels(),
        name_of=name_of,
    )


def wish_from(asked: Mapping[str, str]) -> TemplateWish:
    """What the address asks for; a grade that is none asks for nothing."""
    words = " ".join(nfc(asked.get("q", "")[:MAX_NAME]).split())
    grade = grade_from(asked.get("grade", ""))
    return TemplateWish(words, asked.get("subject", ""), grade if grade in GRADES else None, "withdrawn" in asked)


@pages.app_template_global()
def template_behind(question_id: int) -> Origin | None:
    """For the page of a question, which stands below and knows nothing of templates."""
    return queries.find_origin(web.session(), web.actor(), question_id)


@pages.post("/<int:template_id>/withdraw")
def withdraw_template(template_id: int) -> Response:
    actions.withdraw_template(web.session(), web.actor(), template_id, now=web.now())
    web.say("Đã cất mẫu. Các câu đã sinh giữ nguyên.")
    return web.go_to(f"/item-templates/{template_id}")


@pages.post("/<int:template_id>/restore")
def restore_template(template_id: int) -> Response:
    actions.restore_template(web.session(), web.actor(), template_id, now=web.now())
    web.say("Đã lấy lại mẫu.")
    return web.go_to(f"/item-templates/{template_id}")


@pages.get("/<int:template_id>")
def show_template(template_id: int) -> str:
    return page_of(queries.get_template(web.session(), web.actor(), template_id), {}, {})


def page_of(template: KeptTemplate, sent: Mapping[str, str], errors: Mapping[str, list[str]]) -> str:
    """The page of one template: what it draws, what was made of it, and the form to make more as it was sent."""
    session, actor = web.session(), web.actor()
    version = queries.get_version(session, template)
    after = request.args.get("after", type=int)
    clones, next_key = queries.list_clones(session, actor, template.id, after=after)
    may_generate = GENERATE_QUESTIONS.allows(actor, template) and template.withdrawn_at is None
    next_number = queries.last_clone_number(session, template.id) + 1
    return web.render(
        "quizbank/item_templates/show_template.html",
        kept=template,
        version=version,
        versions=queries.list_versions(session, template.id),
        counts=queries.count_clones(session, template.id),
        clones=[(row, title_of(row.version)) for row in clones],
        after=next_key,
        is_first=after is None,
        next_number=next_number,
        sent=sent,
        errors={name: [_(text) for text in texts] for name, texts in errors.items()},
        may_write=WRITE_ITEM_TEMPLATE.allows(actor),
        may_edit=EDIT_ITEM_TEMPLATE.allows(actor, template),
        may_generate=may_generate,
        most=MOST_CLONES,
        type_labels=type_labels(),
        name_of=name_of,
        **shown_trial(try_out(draft_of_version(version), next_number if may_generate else 1, 1, draws=0)),
    )


def example_labels() -> list[tuple[str, str]]:
    """What a teacher may start from: name in the address, label."""
    return [
        ("numbers", _("Lựa chọn số")),
        ("short", _("Trả lời ngắn")),
        ("cluster", _("Cụm đúng/sai")),
        ("story", _("Toán đố")),
    ]
