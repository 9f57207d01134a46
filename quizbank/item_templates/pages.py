"""Pages of item templates: the list, one template with its questions, the editor with its preview."""

from flask import Blueprint, request

from quizbank.item_templates import queries
from quizbank.permissions import WRITE_ITEM_TEMPLATE
from quizbank.questions.pages.blueprint import name_of, type_labels
from repository import web

pages = Blueprint("item_templates", __name__, url_prefix="/item-templates")


@pages.get("")
def list_templates() -> str:
    after = request.args.get("after", type=int)
    rows, next_key = queries.list_templates(web.session(), web.actor(), after=after)
    return web.render(
        "quizbank/item_templates/list_templates.html",
        rows=rows,
        after=next_key,
        is_first=after is None,
        may_write=WRITE_ITEM_TEMPLATE.allows(web.actor()),
        type_labels=type_labels(),
        name_of=name_of,
    )
