"""One open segment of the index: columns in memory, posting lists decoded when asked for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from repository.search.documents import FACETS
from repository.search.embedded.postings import DocNumbers, Postings, RefColumn, Weights, numbers_of, refs_of
from repository.search.embedded.schema import FACET_COLUMNS, ID_STEP, KINDS, SEPARATOR

Text = tuple[str, str]
StoredTexts = tuple[str, Text, Text, Text]
TREE_FACETS = frozenset({"topic"})


@dataclass(frozen=True)
class FacetColumn:
    """A facet in memory. ``sets[refs[doc]]`` are the document's values, often one, sometimes several."""

    refs: NDArray[np.uint16]
    sets: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, column: RefColumn) -> "FacetColumn":
        return cls(column.refs, tuple(tuple(filter(None, raw.decode().split(SEPARATOR))) for raw in column.values))

    def accepts(self, wanted: tuple[str, ...], is_tree: bool) -> NDArray[np.bool_]:
        """Which documents have one of the values, or on a tree something below one."""
        wanted_set = frozenset(wanted)
        below = tuple(f"{value}." for value in wanted) if is_tree else ()
        accepted = [any(v in wanted_set or (below and v.startswith(below)) for v in values) for values in self.sets]
        return np.array(accepted, np.bool_)[self.refs]

    def count(self, docs: DocNumbers, counts: Counter[str]) -> None:
        found = np.bincount(self.refs[docs], minlength=len(self.sets))
        for number in np.flatnonzero(found):
            for value in self.sets[number]:
                counts[value] += int(found[number])


@dataclass
class SegmentView:
    """A segment as a query sees it. Everything but ``live`` stays the same for the life of the segment."""

    segment_id: str
    reader: SegmentReader
    idents: NDArray[np.int64]
    published: NDArray[np.int64]
    facets: Mapping[str, FacetColumn]
    live: NDArray[np.bool_] | None = field(default=None)

    @classmethod
    def open(cls, reader: SegmentReader) -> "SegmentView":
        return cls(
            segment_id=reader.segment().segment_id(),
            reader=reader,
            idents=numbers_of(reader, "ident"),
            published=numbers_of(reader, "published"),
            facets={name: FacetColumn.of(refs_of(reader, FACET_COLUMNS[name])) for name in FACETS},
        )

    @property
    def count(self) -> int:
        return len(self.idents)

    def all_docs(self) -> DocNumbers:
        return np.arange(self.count, dtype=np.int32)

    def mark_deleted(self, deleted: frozenset[int]) -> None:
        self.live = None
        if deleted:
            self.live = np.ones(self.count, np.bool_)
            self.live[list(deleted)] = False

    def allowed(self, kind: str | None, filters: Mapping[str, tuple[str, ...]]) -> NDArray[np.bool_] | None:
        """A mask of the documents that are live and pass the filters; None when all do."""
        masks = [] if self.live is None else [self.live]
        if kind is not None:
            masks.append(self.idents % ID_STEP == KINDS.index(kind))
        masks += [self.facets[name].accepts(values, name in TREE_FACETS) for name, values in filters.items()]
        return np.logical_and.reduce(masks) if masks else None

    def values_of(self, doc: int) -> dict[str, tuple[str, ...]]:
        return {name: column.sets[column.refs[doc]] for name, column in self.facets.items() if column.refs[doc]}

    def texts_of(self, doc: int) -> StoredTexts:
        """Title, and with their bare forms: body, more, explanation."""
        texts: StoredTexts = self.reader.stored_fields(doc)["texts"]
        return texts


def docs_with_all(lists: list[Postings]) -> DocNumbers:
    """Documents that stand in every list; the shortest lists first."""
    ordered = sorted(lists, key=lambda postings: len(postings.docs))
    docs = ordered[0].docs
    for postings in ordered[1:]:
        if not len(docs):
            break
        docs = docs[places_of(postings.docs, docs)[1]]
    return docs


def coverage_of(lists: list[Postings], count: int) -> NDArray[np.uint8]:
    """How many of the lists each of the ``count`` documents stands in."""
    covered = np.zeros(count, np.uint8)
    for postings in lists:
        covered[postings.docs] += 1
    return covered


def add_weights(scores: NDArray[np.float32], docs: DocNumbers, postings: Postings, factor: float) -> None:
    """Add ``factor x weight`` to the scores of those of ``docs`` that stand in the list."""
    if not len(postings.docs) or not len(docs):
        return
    places, is_there = places_of(postings.docs, docs)
    scores[is_there] += np.float32(factor) * postings.weights[places[is_there]]


def places_of(haystack: DocNumbers, needles: DocNumbers) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each needle stands in the sorted haystack, and whether it does."""
    if not len(haystack):
        return np.zeros(len(needles), np.intp), np.zeros(len(needles), np.bool_)
    places = np.minimum(np.searchsorted(haystack, needles), len(haystack) - 1)
    return places, haystack[places] == needles


def joined(first: Postings, second: Postings) -> Postings:
    """Both lists as one; a document in both has the sum of the weights."""
    if not len(second.docs):
        return first
    docs = np.union1d(first.docs, second.docs)
    weights: Weights = np.zeros(len(docs), np.float32)
    for postings in (first, second):
        if len(postings.docs):
            weights[np.searchsorted(docs, postings.docs)] += postings.weights
    return Postings(docs, weights)
