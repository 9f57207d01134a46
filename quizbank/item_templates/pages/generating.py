"""Making questions of a template: the order, and how far it is."""

from flask import request
from werkzeug.wrappers import Response

from quizbank.item_templates import actions, queries
from quizbank.item_templates.jobs import schedule_clones
from quizbank.item_templates.pages.blueprint import pages
from quizbank.item_templates.pages.listing import page_of
from quizbank.permissions import GENERATE_QUESTIONS
from repository import web
from repository.errors import Invalid


@pages.post("/<int:template_id>/generations")
def generate_questions(template_id: int) -> Response | tuple[str, int]:
    session, actor = web.session(), web.actor()
    template = queries.get_template(session, actor, template_id)
    GENERATE_QUESTIONS.require(actor, template)
    sent = {name: request.form.get(name, "").strip() for name in ("count", "first")}
    first = whole(sent["first"]) if sent["first"] else None
    try:
        generation = actions.order_clones(session, actor, template_id, whole(sent["count"]), first=first, now=web.now())
    except Invalid as error:
        session.rollback()
        return page_of(template, sent, error.facts.get("fields", {})), 422
    schedule_clones(session, actor, generation, now=web.now())
    return web.go_to(f"/item-templates/{template_id}/generations/{generation.id}")


@pages.get("/<int:template_id>/generations/<int:generation_id>")
def show_generation(template_id: int, generation_id: int) -> str:
    """How far an order is, and when it is over what came of it."""
    session = web.session()
    template = queries.get_template(session, web.actor(), template_id)
    generation = queries.get_generation(session, template_id, generation_id)
    return web.render(
        "quizbank/item_templates/show_generation.html",
        kept=template,
        version=queries.get_version(session, template),
        generation=generation,
        is_at_work=generation.finished_at is None,
    )


def whole(text: str) -> int:
    """A whole number as typed; one that is out of every bound where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
