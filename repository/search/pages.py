"""The search page. Facets are links, so that it works without JavaScript and every result has an address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from flask_babel import get_locale
from marshmallow import ValidationError

from repository import web
from repository.db import writing
from repository.errors import Invalid
from repository.permissions import is_staff
from repository.search.actions import schedule_rebuild
from repository.search.descriptions import FACET_LABELS, address_of, html_of, label_of
from repository.search.documents import FacetCount, SearchQuery, SearchResults
from repository.search.embedded.schema import KINDS
from repository.search.engine import SearchUnavailable
from repository.search.schemas import SearchIn, query_of

PAGE_HITS = 20
SHOWN_FACETS = ("subject", "grade", "topic", "level", "type", "media", "year", "programme", "explained")
SHOWN_VALUES = 12
MEANINGLESS_ALONE = frozenset({"programme", "explained", "year"})

pages = Blueprint("search", __name__)


@dataclass(frozen=True)
class FacetLink:
    value: str
    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    links: tuple[FacetLink, ...]


@pages.get("/search")
def search() -> str | tuple[str, int]:
    query = asked_query()
    try:
        results: SearchResults = web.services().search.find(query)
    except SearchUnavailable:
        ask_for_rebuild()
        return web.render("repository/search/search.html", query=query, results=None, tabs=(), groups=()), 503
    return web.render(
        "repository/search/search.html",
        query=query,
        results=results,
        tabs=tabs_of(query, results),
        groups=groups_of(query, results),
        html_of=html_of,
        address_of=address_of,
        label_of=lambda facet, value: label_of(facet, value, str(get_locale())),
    )


def asked_query() -> SearchQuery:
    """The query in the address; what is no kind, sort or number of hits is refused."""
    given: dict[str, Any] = {name: values[0] for name, values in request.args.lists()}
    given |= {name: request.args.getlist(name) for name in FACET_LABELS if request.args.getlist(name)}
    given["limit"] = PAGE_HITS
    try:
        wanted = SearchIn().load(given)
    except ValidationError as error:
        raise Invalid("Địa chỉ tìm kiếm không đúng.", fields=error.messages) from error
    return query_of(wanted, sees_explanations=is_staff(web.actor()), wants_facets=True)


def ask_for_rebuild() -> None:
    """Writes although the request is a GET, in a transaction of its own: the index mends itself."""
    with web.services().sessions() as session:
        schedule_rebuild(writing(session), now=web.now())
        session.commit()


def tabs_of(query: SearchQuery, results: SearchResults) -> tuple[FacetLink, ...]:
    """All, lectures, questions, with the count of each whatever is chosen."""
    counts = results.facets["kind"]
    if query.kind:
        wider = replace(query, kind=None, limit=0, after=None)
        counts = web.services().search.find(wider).facets["kind"]
    found = {count.value: count.count for count in counts}
    numbers = {"": sum(found.values())} | {kind: found.get(kind, 0) for kind in KINDS}
    return tuple(
        FacetLink(kind, kind, count, address(kind=[kind] if kind else []), kind == (query.kind or ""))
        for kind, count in numbers.items()
    )


def groups_of(query: SearchQuery, results: SearchResults) -> tuple[FacetGroup, ...]:
    """The facets worth showing: those chosen, and those that would narrow the result."""
    groups = (
        FacetGroup(name, str(FACET_LABELS[name]), links_of(name, query.filters.get(name, ()), results.facets[name]))
        for name in SHOWN_FACETS
    )
    return tuple(group for group in groups if len(group.links) > 1 or (group.links and is_worth(group.name, query)))


def is_worth(name: str, query: SearchQuery) -> bool:
    return name in query.filters or name not in MEANINGLESS_ALONE


def links_of(name: str, chosen: tuple[str, ...], counts: Sequence[FacetCount]) -> tuple[FacetLink, ...]:
    """The values most often met, and the chosen ones even when nothing has them."""
    shown = {count.value: count.count for count in counts[:SHOWN_VALUES]}
    known = {count.value: count.count for count in counts}
    for value in chosen:
        shown.setdefault(value, known.get(value, 0))
    if name == "grade":
        shown = dict(sorted(shown.items(), key=lambda item: int(item[0]) if item[0].isdigit() else 0))
    locale = str(get_locale())
    return tuple(
        FacetLink(value, label_of(name, value, locale), count, toggled(name, value, chosen), value in chosen)
        for value, count in shown.items()
    )


def toggled(name: str, value: str, chosen: tuple[str, ...]) -> str:
    """The address with this value chosen, or no longer chosen; a facet has one value at a time."""
    return address(**{name: [other for other in chosen if other != value] if value in chosen else [value]})


def address(**changed: list[str]) -> str:
    """This page's address with other values, from its first hit on."""
    kept = [(k, v) for k, values in request.args.lists() if k != "after" and k not in changed for v in values if v]
    new = [(name, value) for name, values in changed.items() for value in values]
    return "/search?" + urlencode(kept + new)
