"""Search for other programs."""

from typing import Any

from apiflask import APIBlueprint

from repository import web
from repository.permissions import is_staff
from repository.search.exchange import results_as_json
from repository.search.schemas import SearchIn, SearchOut, query_of

api = APIBlueprint("search_api", __name__, url_prefix="/api/search", tag="Search")


@api.get("")
@api.input(SearchIn, location="query", arg_name="wanted")
@api.output(SearchOut)
@api.doc(summary="Find published lectures and questions")
def find(wanted: dict[str, Any]) -> dict[str, Any]:
    """Full text with facets. Explanations are searched for editors and reviewers only; keys never are."""
    query = query_of(wanted, sees_explanations=is_staff(web.actor()), wants_facets=wanted["wants_facets"])
    return results_as_json(web.services().search.find(query))
