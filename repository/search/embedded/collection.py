"""All segments of the index as one: documents are numbered through, columns put end to end."""

from bisect import bisect
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate
from math import log

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.facets import FacetTable
from repository.search.embedded.growing import Growing
from repository.search.embedded.lists import Docs, TermLists
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.schema import MILLION, NUMBERS, StoredTexts, ident_of
from repository.search.embedded.segments import SegmentView
from repository.search.embedded.words import Vocabulary
from repository.search.embedded.writer import SMALL_DOCUMENTS
from repository.search.text import Form

LIST_BYTES = 96 * 1024 * 1024
QUALITY_LIFT = 0.06
USE_LIFT = 0.06
MANY_USES = 5_000
MOST_PHRASES_SEEN = 50_000

Seen = dict[tuple[int, tuple[Form, ...], bool, bool], bool]


class Collection:
    """What one commit of the index holds, and then the next.

    Segments that stay keep their places, from the first on, and with them all that is known of their documents: a
    change costs what is behind them, not what there is.
    """

    def __init__(self, cache: PostingCache, limit_bytes: int = LIST_BYTES) -> None:
        self.views: list[SegmentView] = []
        self.count = 0
        self.bases = [0]
        self.terms = TermLists((), cache, limit_bytes)
        self.facets = FacetTable()
        self.vocabulary = Vocabulary(())
        self.phrases_seen: Seen = {}
        self._cache = cache
        self._live = Growing(np.bool_)
        self._deleted: list[Set[int]] = []
        self._columns = {name: Growing(np.int64) for name in NUMBERS}
        self._lifts = {name: Growing(np.float32) for name in ("quality", "uses")}
        self._prior = Growing(np.float32)
        self._title_marks = Growing(np.uint8)
        self._show()

    def follow(self, views: Sequence[SegmentView]) -> None:
        """Be the collection of these segments. Should this fail, the collection is of no use any more.

        Raises:
            Damaged: a column is not what was written.
        """
        kept = 0
        while kept < min(len(views), len(self.views)) and views[kept] is self.views[kept]:
            kept += 1
        gone, new, start = self.views[kept:], views[kept:], self.bases[kept]
        self.views = list(views)
        self.bases = list(accumulate((view.count for view in views), initial=0))
        if gone or new:
            self._take_in(start, new)
            self.terms.take_in(start, self.views)
            self.vocabulary = Vocabulary(self.views)
            self._forget_phrases(start)
        if any(view.count > SMALL_DOCUMENTS for view in gone):
            self._cache.keep_only(frozenset(view.segment_id for view in views))
        self._mark_deleted(kept)
        self._show()

    def living(self, docs: Docs) -> Docs:
        """Those of the documents that were not deleted."""
        return docs if self.live is None else docs[self.live.take(docs)]

    def all_docs(self) -> Docs:
        return np.arange(self.count) if self.live is None else self.live.nonzero()[0]

    def find(self, kind: str, id: int) -> int | None:
        """The number of a document."""
        found = self.living((self.idents == ident_of(kind, id)).nonzero()[0])
        return int(found[0]) if len(found) else None

    def texts_of(self, doc: int) -> StoredTexts:
        view, number = self._place_of(doc)
        return view.texts_of(number)

    def title_of(self, doc: int) -> str:
        """Without the other texts, which may be long."""
        view, number = self._place_of(doc)
        return view.title_of(number)

    def _place_of(self, doc: int) -> tuple[SegmentView, int]:
        place = bisect(self.bases, doc) - 1
        return self.views[place], doc - self.bases[place]

    def idf(self, count: int) -> float:
        """What a term is worth that stands in so many documents: a rare one says more."""
        return log(1 + (self.count - count + 0.5) / (count + 0.5))

    def _take_in(self, start: int, views: Sequence[SegmentView]) -> None:
        """Number the documents of the views from ``start`` on."""
        for name, column in self._columns.items():
            column.put(start, [view.numbers[name] for view in views])
        quality = quality_lift(self._columns["quality"].values[start:])
        uses = use_lift(self._columns["uses"].values[start:])
        self._lifts["quality"].put(start, [quality])
        self._lifts["uses"].put(start, [uses])
        self._prior.put(start, [np.float32(1) + quality + uses])
        self._title_marks.put(start, [title_marks(view.numbers["title_words"]) for view in views])
        self._live.put(start, [np.ones(view.count, np.bool_) for view in views])
        self.facets.take_in(start, views)

    def _mark_deleted(self, kept: int) -> None:
        """Take in what was deleted since, of the first ``kept`` segments, and all that is of others."""
        known = [*self._deleted[:kept], *(frozenset[int]() for _ in self.views[kept:])]
        for base, view, before in zip(self.bases, self.views, known, strict=False):
            if len(view.deleted) > len(before):  # nothing ever comes back to life
                newly = view.deleted - before
                self._live.values[base + np.fromiter(newly, np.intp, len(newly))] = False
        self._deleted = [view.deleted for view in self.views]

    def _forget_phrases(self, start: int) -> None:
        if len(self.phrases_seen) > MOST_PHRASES_SEEN:
            self.phrases_seen.clear()
        else:
            self.phrases_seen = {key: stands for key, stands in self.phrases_seen.items() if key[0] < start}

    def _show(self) -> None:
        """Have the columns as they are now under their names."""
        self.count = self.bases[-1]
        self.numbers: Mapping[str, NDArray[np.int64]] = {name: c.values for name, c in self._columns.items()}
        self.idents = self.numbers["ident"]
        self.lifts: Mapping[str, NDArray[np.float32]] = {name: c.values for name, c in self._lifts.items()}
        self.prior: NDArray[np.float32] = self._prior.values
        self.title_marks: NDArray[np.uint8] = self._title_marks.values
        self.live: NDArray[np.bool_] | None = self._live.values if any(v.deleted for v in self.views) else None


def quality_lift(millionths: NDArray[np.int64]) -> NDArray[np.float32]:
    """What review and completeness add, as a share of what the text is worth."""
    return (millionths * (QUALITY_LIFT / MILLION)).astype(np.float32)


def use_lift(uses: NDArray[np.int64]) -> NDArray[np.float32]:
    """What being used adds: the first uses say most, and beyond ``MANY_USES`` nothing."""
    lift: NDArray[np.float64] = np.minimum(np.log1p(uses) / np.log1p(MANY_USES), 1) * USE_LIFT
    return lift.astype(np.float32)


def title_marks(title_words: NDArray[np.int64]) -> NDArray[np.uint8]:
    """A byte of the number of each title: by it nearly all that are others are told apart without their numbers."""
    return (title_words >> 8).astype(np.uint8)
