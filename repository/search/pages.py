"""The search page. Facets are links, so that it works without JavaScript and every result has an address."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask_babel import get_locale
from flask_babel import gettext as _
from marshmallow import ValidationError

from repository import web
from repository.db import writing
from repository.errors import Invalid
from repository.permissions import is_staff
from repository.search.actions import schedule_rebuild
from repository.search.descriptions import FACET_LABELS
from repository.search.documents import KINDS, SearchQuery, SearchResults
from repository.search.engine import SearchUnavailable
from repository.search.narrowing import Choice, Wanted, chips_of, groups_of
from repository.search.schemas import SearchIn, query_of
from repository.search.showing import ShownHit, shown_hits

PAGE_HITS = 20
QUESTION_SORTS = ("relevance", "newest", "used", "easiest", "hardest")
LECTURE_SORTS = ("relevance", "newest", "used")

SEARCH_IN = SearchIn()

pages = Blueprint("search", __name__)


@dataclass(frozen=True)
class SearchPage:
    """Everything that the page shows; ``literal`` leads to the text as it was typed."""

    hits: tuple[ShownHit, ...]
    tabs: tuple[Choice, ...]
    chips: tuple[Choice, ...]
    groups: tuple[Any, ...]
    sorts: tuple[Choice, ...]
    relaxed: tuple[str, ...]
    did_you_mean: str
    literal: str
    everything: str


@pages.get("/search")
def search() -> str | tuple[str, int]:
    query = asked_query()
    wanted = Wanted.of(query)
    try:
        results: SearchResults = web.services().search.find(query)
    except SearchUnavailable:
        ask_for_rebuild()
        return web.render("repository/search/search.html", query=query, wanted=wanted, results=None), 503
    page = page_of(wanted, results)
    return web.render("repository/search/search.html", query=query, wanted=wanted, results=results, page=page)


def asked_query() -> SearchQuery:
    """The query in the address; what is no kind, sort or number of hits is refused."""
    given: dict[str, Any] = {name: values[0] for name, values in request.args.lists()}
    given |= {name: request.args.getlist(name) for name in FACET_LABELS if request.args.getlist(name)}
    given["limit"] = PAGE_HITS
    try:
        wanted = SEARCH_IN.load(given)
    except ValidationError as error:
        raise Invalid("Địa chỉ tìm kiếm không đúng.", fields=error.messages) from error
    return query_of(wanted, sees_explanations=is_staff(web.actor()), wants_facets=True)


def ask_for_rebuild() -> None:
    """Writes although the request is a GET, in a transaction of its own: the index mends itself."""
    with web.services().sessions() as session:
        schedule_rebuild(writing(session), now=web.now())
        session.commit()


def page_of(wanted: Wanted, results: SearchResults) -> SearchPage:
    locale = str(get_locale())
    better = results.did_you_mean
    return SearchPage(
        hits=shown_hits(results.hits, locale),
        tabs=tabs_of(wanted, results),
        chips=chips_of(wanted, locale),
        groups=groups_of(wanted, results.facets, locale),
        sorts=sorts_of(wanted),
        relaxed=tuple(word for name, word in relaxed_words().items() if name in results.relaxed),
        did_you_mean=wanted.address(q=[better], as_typed=[]) if better else "",
        literal=wanted.address(as_typed=["true"]) if results.read_as else "",
        everything=wanted.address(**{name: [] for name in ("kind", *wanted.chosen)}),
    )


def tabs_of(wanted: Wanted, results: SearchResults) -> tuple[Choice, ...]:
    """All, lectures, questions, with the count of each whatever is chosen."""
    found = {count.value: count.count for count in results.facets["kind"]}
    labels = {"": _("Tất cả"), "lecture": _("Bài giảng"), "question": _("Câu hỏi")}
    return tuple(
        Choice(
            f"kind:{kind}",
            labels[kind],
            wanted.address(kind=[kind] if kind else []),
            found.get(kind, 0) if kind else sum(found.values()),
            kind == wanted.kind,
        )
        for kind in ("", *KINDS)
    )


def sorts_of(wanted: Wanted) -> tuple[Choice, ...]:
    labels = {
        "relevance": _("Liên quan nhất") if wanted.text else _("Mới nhất trước"),
        "newest": _("Mới nhất"),
        "used": _("Dùng nhiều nhất"),
        "easiest": _("Câu hỏi dễ trước"),
        "hardest": _("Câu hỏi khó trước"),
    }
    shown: tuple[str, ...] = LECTURE_SORTS if wanted.kind == "lecture" else QUESTION_SORTS
    if not wanted.text:
        shown = tuple(sort for sort in shown if sort != "newest")
    return tuple(
        Choice(
            f"sort:{sort}",
            labels[sort],
            wanted.address(sort=[] if sort == "relevance" else [sort]),
            is_chosen=sort == wanted.sort,
        )
        for sort in shown
    )


def relaxed_words() -> dict[str, str]:
    """What was given up, in words; the keys are those of ``SearchResults.relaxed``."""
    return {
        "phrases": _("các từ của cụm từ có thể đứng rời nhau"),
        "words": _("không cần có đủ mọi từ"),
        "spelling": _("từ không có trong kho được hiểu là từ gần giống nhất"),
        "accents": _("không phân biệt dấu"),
        "filters": _("không theo các bộ lọc"),
    }
