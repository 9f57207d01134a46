"""All segments of the index as one: documents are numbered through, columns put end to end."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import log

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.facets import FacetTable
from repository.search.embedded.lists import Docs, TermLists
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.schema import MILLION, NUMBERS, StoredTexts, ident_of
from repository.search.embedded.segments import SegmentView
from repository.search.embedded.words import Vocabulary
from repository.search.text import Form

LIST_BYTES = 96 * 1024 * 1024
QUALITY_LIFT = 0.06
USE_LIFT = 0.06
MANY_USES = 5_000


class Collection:
    """What one commit of the index holds. Made anew when the index changes; the views of segments are kept."""

    def __init__(self, views: Sequence[SegmentView], cache: PostingCache, limit_bytes: int = LIST_BYTES) -> None:
        self.views = list(views)
        self.count = sum(view.count for view in views)
        self.bases = list(accumulate((view.count for view in views), initial=0))
        self.terms = TermLists(self.views, cache, limit_bytes)
        self.facets = FacetTable(self.views)
        self.vocabulary = Vocabulary(self.views)
        self.numbers = {name: self._end_to_end(name) for name in NUMBERS}
        self.idents = self.numbers["ident"]
        self.live = self._live()
        self.lifts = {"quality": quality_lift(self.numbers["quality"]), "uses": use_lift(self.numbers["uses"])}
        self.phrases_seen: dict[tuple[int, tuple[Form, ...], bool, bool], bool] = {}
        self.prior: NDArray[np.float32] = np.float32(1) + self.lifts["quality"] + self.lifts["uses"]

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

    def _end_to_end(self, name: str) -> NDArray[np.int64]:
        columns = [view.numbers[name] for view in self.views]
        return columns[0] if len(columns) == 1 else np.concatenate([np.empty(0, np.int64), *columns])

    def _live(self) -> NDArray[np.bool_] | None:
        if all(view.live is None for view in self.views):
            return None
        return np.concatenate([np.ones(v.count, np.bool_) if v.live is None else v.live for v in self.views])


def quality_lift(millionths: NDArray[np.int64]) -> NDArray[np.float32]:
    """What review and completeness add, as a share of what the text is worth."""
    return (millionths * (QUALITY_LIFT / MILLION)).astype(np.float32)


def use_lift(uses: NDArray[np.int64]) -> NDArray[np.float32]:
    """What being used adds: the first uses say most, and beyond ``MANY_USES`` nothing."""
    lift: NDArray[np.float64] = np.minimum(np.log1p(uses) / np.log1p(MANY_USES), 1) * USE_LIFT
    return lift.astype(np.float32)
