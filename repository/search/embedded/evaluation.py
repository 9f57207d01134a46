"""Which documents a query finds, in which order, and how many of each facet value: numpy over decoded postings.

All the words must be there; when nothing has them all, most of them are enough (60 %), times coverage squared.
Scores add up idf x weight over folded words, exact words (half) and neighbouring pairs (0.3).
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repository.errors import Invalid
from repository.search.documents import FACETS, FacetCount, SearchQuery
from repository.search.embedded.postings import DocNumbers, PostingCache, Postings
from repository.search.embedded.schema import BIGRAMS, EXACT, FOLDED, ID_STEP, KINDS, PRIVATE, kind_and_id_of
from repository.search.embedded.segments import SegmentView, add_weights, coverage_of, docs_with_all, joined
from repository.search.text import Terms, terms_of

EXACT_SHARE = 0.5
BIGRAM_SHARE = 0.3
ENOUGH = 0.6
MAX_LIMIT = 100


@dataclass(frozen=True)
class Found:
    """The matches of one segment: documents, and what they are ordered by (higher first)."""

    view: SegmentView
    docs: DocNumbers
    ranks: NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """One hit of the page."""

    view: SegmentView
    doc: int
    rank: float
    ident: int


@dataclass(frozen=True)
class Evaluation:
    total: int
    ranked: tuple[Ranked, ...]
    next: str | None
    facets: dict[str, tuple[FacetCount, ...]]
    is_relaxed: bool


@dataclass(frozen=True)
class Bag:
    """One bag of the query's terms with its posting lists, ``lists[segment][term]``, and the worth of each term."""

    lists: list[list[Postings]]
    worth: list[float]


class Evaluator:
    """Answers queries over a fixed set of segments."""

    def __init__(self, views: list[SegmentView], cache: PostingCache) -> None:
        self.views = views
        self.cache = cache
        self.documents = sum(view.count for view in views)

    def evaluate(self, query: SearchQuery) -> Evaluation:
        check_query(query)
        terms = terms_of(query.text)
        found, is_relaxed = self._matches(query, terms)
        page, key = page_of(found, min(max(query.limit, 0), MAX_LIMIT), query.after)
        return Evaluation(
            total=sum(len(part.docs) for part in found),
            ranked=page,
            next=key,
            facets=facets_of(found) if query.wants_facets else {},
            is_relaxed=is_relaxed,
        )

    def _matches(self, query: SearchQuery, terms: Terms) -> tuple[list[Found], bool]:
        masks = [view.allowed(query.kind, query.filters) for view in self.views]
        if not terms.folded:
            if query.text.strip():
                return [], False
            return [newest(v, passing(v.all_docs(), mask)) for v, mask in zip(self.views, masks, strict=True)], False
        folded = self._folded(terms, query.sees_explanations)
        docs = [passing(docs_with_all(lists), mask) for lists, mask in zip(folded.lists, masks, strict=True)]
        is_relaxed = len(terms.folded) > 1 and not any(map(len, docs))
        if is_relaxed:
            docs = self._docs_with_most(folded, masks, len(terms.folded))
        if query.sort == "newest":
            return [newest(view, some) for view, some in zip(self.views, docs, strict=True)], is_relaxed
        return self._scored(docs, folded, terms, is_relaxed), is_relaxed

    def _folded(self, terms: Terms, sees_explanations: bool) -> Bag:
        public = self._bag(FOLDED, terms.folded)
        if not sees_explanations:
            return public
        private = self._bag(PRIVATE, terms.folded)
        both = zip(public.lists, private.lists, strict=True)
        return self._weighed([[joined(a, b) for a, b in zip(here, there, strict=True)] for here, there in both])

    def _bag(self, name: str, terms: tuple[str, ...]) -> Bag:
        lists = [[self.cache.get(view.reader, view.segment_id, name, term) for term in terms] for view in self.views]
        return self._weighed(lists)

    def _weighed(self, lists: list[list[Postings]]) -> Bag:
        counts = [sum(len(postings.docs) for postings in column) for column in zip(*lists, strict=True)]
        return Bag(lists, [idf(count, self.documents) for count in counts])

    def _docs_with_most(self, folded: Bag, masks: list[NDArray[np.bool_] | None], wanted: int) -> list[DocNumbers]:
        needed = math.ceil(ENOUGH * wanted) if wanted > 2 else 1
        return [
            passing(np.flatnonzero(coverage_of(lists, view.count) >= needed).astype(np.int32), mask)
            for view, lists, mask in zip(self.views, folded.lists, masks, strict=True)
        ]

    def _scored(self, docs: list[DocNumbers], folded: Bag, terms: Terms, is_relaxed: bool) -> list[Found]:
        exact, bigrams = self._bag(EXACT, terms.exact), self._bag(BIGRAMS, terms.bigrams)
        found: list[Found] = []
        for number, view in enumerate(self.views):
            scores = np.zeros(len(docs[number]), np.float32)
            for bag, share in ((folded, 1.0), (exact, EXACT_SHARE), (bigrams, BIGRAM_SHARE)):
                for postings, worth in zip(bag.lists[number], bag.worth, strict=True):
                    add_weights(scores, docs[number], postings, share * worth)
            if is_relaxed:
                covered = coverage_of(folded.lists[number], view.count)[docs[number]] / len(terms.folded)
                scores *= np.square(covered, dtype=np.float32)
            ranks = scores.astype(np.float64).round(4)
            found.append(Found(view, docs[number], ranks))
        return found


def check_query(query: SearchQuery) -> None:
    """Raise ``Invalid`` for a kind or facet that doesn't exist; any text is legal."""
    if query.kind is not None and query.kind not in KINDS:
        raise Invalid("Không có loại nội dung “{kind}”.", kind=query.kind)
    unknown = next((name for name in query.filters if name not in FACETS), None)
    if unknown:
        raise Invalid("Không lọc được theo “{facet}”.", facet=unknown)


def idf(count: int, documents: int) -> float:
    return math.log(1 + (documents - count + 0.5) / (count + 0.5)) if count <= documents else 0.0


def passing(docs: DocNumbers, mask: NDArray[np.bool_] | None) -> DocNumbers:
    return docs if mask is None else docs[mask[docs]]


def newest(view: SegmentView, docs: DocNumbers) -> Found:
    return Found(view, docs, view.published[docs].astype(np.float64))


def page_of(found: list[Found], limit: int, after: str | None) -> tuple[tuple[Ranked, ...], str | None]:
    """The next ``limit`` hits after a key, best first, and the key of the page that follows."""
    if not found or not limit:
        return (), None
    numbers = np.concatenate([np.full(len(part.docs), number, np.int32) for number, part in enumerate(found)])
    docs = np.concatenate([part.docs for part in found])
    ranks = np.concatenate([part.ranks for part in found])
    idents = np.concatenate([part.view.idents[part.docs] for part in found])
    left = np.arange(len(docs))
    if after is not None:
        rank, ident = parse_key(after)
        left = np.flatnonzero((ranks < rank) | ((ranks == rank) & (idents > ident)))
    chosen = best_of(left, ranks, idents, limit + 1)
    page = tuple(
        Ranked(found[numbers[i]].view, int(docs[i]), float(ranks[i]), int(idents[i])) for i in chosen[:limit].tolist()
    )
    return page, f"{page[-1].rank!r}~{page[-1].ident}" if len(chosen) > limit else None


def best_of(
    left: NDArray[np.intp], ranks: NDArray[np.float64], idents: NDArray[np.int64], wanted: int
) -> NDArray[np.intp]:
    """The best ``wanted`` of ``left``, ties by ident, without sorting what is not wanted."""
    if len(left) > 4 * wanted:
        bar = np.partition(ranks[left], len(left) - wanted)[len(left) - wanted]
        left = left[ranks[left] >= bar]
    return left[np.lexsort((idents[left], -ranks[left]))][:wanted]


def parse_key(key: str) -> tuple[float, int]:
    try:
        rank, ident = key.split("~")
        return float(rank), int(ident)
    except ValueError:
        raise Invalid("Địa chỉ trang kết quả không đúng.", after=key) from None


def facets_of(found: list[Found]) -> dict[str, tuple[FacetCount, ...]]:
    """How often each value occurs in the whole result, most frequent first; ``kind`` beside the named facets."""
    counts: Mapping[str, Counter[str]] = {name: Counter() for name in ("kind", *FACETS)}
    for part in found:
        for name, column in part.view.facets.items():
            column.count(part.docs, counts[name])
        kinds, amounts = np.unique(part.view.idents[part.docs] % ID_STEP, return_counts=True)
        for kind, amount in zip(kinds.tolist(), amounts.tolist(), strict=True):
            counts["kind"][kind_and_id_of(kind)[0]] += amount
    return {name: in_order(counter) for name, counter in counts.items()}


def in_order(counter: Counter[str]) -> tuple[FacetCount, ...]:
    pairs = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in pairs)
