"""``/oai``: one address, by GET or POST, always status 200 as the protocol wants."""

from typing import Any

from flask import Blueprint, Response, request

from repository import web
from repository.publishing.harvest import xml
from repository.publishing.harvest.answers import Harvest, oai_address
from repository.publishing.harvest.arguments import OaiError, parse_request

UNECHOED = frozenset({"badVerb", "badArgument"})

pages = Blueprint("oai", __name__)


@pages.route("/oai", methods=["GET", "POST"])
def harvest() -> Response:
    given = request.form if request.method == "POST" else request.args
    arguments = dict(given.lists())
    settings = web.services().settings
    echoed: dict[str, str] = {name: values[0] for name, values in arguments.items()}
    try:
        with web.services().sessions() as session:
            body = Harvest(session, settings, parse_request(arguments)).body()
    except OaiError as error:
        echoed = {} if error.code in UNECHOED else echoed
        body = xml.error(error.code, str(error))
    document = xml.answer(body, base_url=oai_address(settings), arguments=echoed, now=web.now())
    return Response(document, content_type="text/xml; charset=utf-8")


def changes_nothing(view: Any) -> None:
    """Mark a POST that only asks: it needs no CSRF token."""
    view.changes_nothing = True


changes_nothing(harvest)
