"""Answers queries: what is found, in which order, and how many of each facet value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import NamedTuple

import numpy as np

from repository.errors import Invalid
from repository.search.documents import FACETS, SORTS, FacetCount, SearchQuery
from repository.search.embedded.collection import Collection
from repository.search.embedded.lists import Docs
from repository.search.embedded.matching import MOST_CHECKED, Filters, GivenUp, Matcher, Matches, ladder
from repository.search.embedded.paging import Ranks, page_of
from repository.search.embedded.ranking import Scorer, ranks_by
from repository.search.embedded.schema import KINDS
from repository.search.language import Asked

MAX_LIMIT = 100
RELEVANCE, NEWEST = "relevance", "newest"
NO_PARTS: Mapping[str, float] = {}


class Ranked(NamedTuple):
    """One hit of the page: its number in the collection, what it is ordered by, and why."""

    doc: int
    rank: float
    parts: Mapping[str, float] = NO_PARTS


@dataclass(frozen=True)
class Evaluation:
    total: int
    ranked: tuple[Ranked, ...]
    next: str | None
    facets: Mapping[str, Sequence[FacetCount]]
    relaxed: GivenUp
    filters: Filters


@dataclass(frozen=True)
class Found:
    """The matches that pass the filters. ``beside`` are, facet by facet, those that only its own filter keeps out."""

    matches: Matches
    beside: Mapping[str, Docs]
    given_up: GivenUp


NOTHING = Found(Matches(np.empty(0, np.intp), []), {}, ())


def evaluate(collection: Collection, query: SearchQuery, asked: Asked) -> Evaluation:
    """Find, rank, count.

    Raises:
        Invalid: a kind, facet, sort or page key that does not exist.
    """
    check_query(query)
    filters = filters_of(collection, query, asked)
    matcher = Matcher(collection, asked, sees_explanations=query.sees_explanations)
    found = find(collection, query, asked, matcher, filters)
    scorer = Scorer(matcher, found.matches.words)
    found, ranks = ranked(matcher, scorer, found, query.sort if asked.terms.folded else by_column(query.sort))
    docs = found.matches.docs
    page, key = page_of(docs, ranks, collection.idents, min(max(query.limit, 0), MAX_LIMIT), query.after)
    shown = zip(docs[page].tolist(), ranks[page].tolist(), strict=True)
    explained = [scorer.explain(found.matches, at) for at in page] if query.wants_explanation else repeat(NO_PARTS)
    return Evaluation(
        total=len(docs),
        ranked=tuple([Ranked(doc, rank, parts) for (doc, rank), parts in zip(shown, explained, strict=False)]),
        next=key,
        facets=facets_of(collection, found) if query.wants_facets else {},
        relaxed=found.given_up,
        filters={name: v for name, v in filters.items() if name != "kind" and "filters" not in found.given_up},
    )


def check_query(query: SearchQuery) -> None:
    """Raise ``Invalid`` for a kind, facet or sort that doesn't exist; any text is legal."""
    if query.kind is not None and query.kind not in KINDS:
        raise Invalid("Không có loại nội dung “{kind}”.", kind=query.kind)
    unknown = next((name for name in query.filters if name not in FACETS), None)
    if unknown:
        raise Invalid("Không lọc được theo “{facet}”.", facet=unknown)
    if query.sort not in SORTS:
        raise Invalid("Không sắp xếp được theo “{sort}”.", sort=query.sort)


def filters_of(collection: Collection, query: SearchQuery, asked: Asked) -> dict[str, tuple[str, ...]]:
    """The query's filters and those typed in its text; of one facet any value will do."""
    filters = {name: values for name, values in query.filters.items() if values}
    for name, typed in asked.filters.items():
        meant = collection.facets.values_meant(name, typed)
        filters[name] = tuple(dict.fromkeys((*filters.get(name, ()), *meant)))
    if query.kind is not None:
        filters["kind"] = (query.kind,)
    return filters


def find(collection: Collection, query: SearchQuery, asked: Asked, matcher: Matcher, filters: Filters) -> Found:
    """What the first step of the ladder finds that finds anything."""
    if query.text.strip() and not (asked.terms.folded or asked.excluded or asked.filters):
        return NOTHING
    droppable = filters.keys() - {"kind"}
    first = None
    for given_up in ladder(asked, has_filters=bool(droppable), has_unknown=matcher.has_unknown):
        kept = {name: v for name, v in filters.items() if "filters" not in given_up or name not in droppable}
        found = passing(collection, matcher.attempt(given_up), kept, given_up, counts_beside=query.wants_facets)
        if len(found.matches.docs):
            return found
        first = first or found
    return first or NOTHING


def passing(
    collection: Collection, matches: Matches, filters: Filters, given_up: GivenUp, *, counts_beside: bool
) -> Found:
    masks = {name: collection.facets.mask(name, values) for name, values in filters.items()}
    if not counts_beside or not masks:
        for mask in masks.values():
            matches = matches.only(mask.take(matches.docs))
        return Found(matches, {}, given_up)
    failed = {name: ~mask.take(matches.docs) for name, mask in masks.items()}
    failures = np.add.reduce(list(failed.values()), dtype=np.uint8)
    nearly = failures == 1
    beside = {name: matches.docs[nearly & fails] for name, fails in failed.items()}
    return Found(matches.only(failures == 0), beside, given_up)


def by_column(sort: str) -> str:
    return NEWEST if sort == RELEVANCE else sort


def ranked(matcher: Matcher, scorer: Scorer, found: Found, sort: str) -> tuple[Found, Ranks]:
    """What every match is ordered by. Of phrases not looked up yet, those of the best matches are, and these may go."""

    def ranks_of(matches: Matches) -> Ranks:
        return scorer.scores(matches) if sort == RELEVANCE else ranks_by(sort, matcher.collection, matches.docs)

    ranks = ranks_of(found.matches)
    if not found.matches.unchecked:
        return found, ranks
    best = np.argsort(-ranks, kind="stable")[:MOST_CHECKED]
    minds_accents = "accents" not in found.given_up
    keep = np.ones(len(ranks), np.bool_)
    for at in best.tolist():
        doc = int(found.matches.docs[at])
        keep[at] = all(matcher.stands(doc, p, minds_accents=minds_accents) for p in found.matches.unchecked)
    return replace(found, matches=found.matches.only(keep)), ranks[keep]


def facets_of(collection: Collection, found: Found) -> Mapping[str, Sequence[FacetCount]]:
    """How often each value occurs in the whole result; those of a filtered facet as if it were not filtered."""
    table = collection.facets
    counts = table.counts(found.matches.docs)
    for name, docs in found.beside.items():
        counts[table.nodes_of(name)] += table.counts(docs)[table.nodes_of(name)]
    return table.listed(counts)
