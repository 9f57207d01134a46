"""Where a term stands in the whole index: the lists of its segments put end to end, for as long as nothing changes."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.growing import SPARE_SHARE
from repository.search.embedded.postings import PostingCache, Postings
from repository.search.embedded.schema import WEIGHT_STEPS
from repository.search.embedded.segments import SegmentView
from repository.search.embedded.terms import Steps

Docs = NDArray[np.intp]
"""Numbers of documents in the whole index, ascending unless said."""
Numbers = NDArray[np.signedinteger]
Key = tuple[object, ...]

COMMON_SHARE = 1 / 48
VERY_COMMON_SHARE = 1 / 8
MOST_STEPS = WEIGHT_STEPS - 1
FEW, MANY = 6, 256
MOST_ASKED = 20_000
"""Of terms, to remember how often; then the counts are halved."""
MOST_CHANGES = 4_096
"""Of the index, before lists that nobody asked for meanwhile are forgotten."""


@dataclass(frozen=True, slots=True)
class TermList:
    """Where a term stands.

    ``column[doc]`` is the weight of every document, kept for common terms: looking up beats searching. Of common terms
    the column has the weights, of very common ones the documents too; then they are not kept twice.
    """

    count: int
    column: Steps | None
    kept_docs: Numbers | None
    kept_steps: Steps | None

    @property
    def docs(self) -> Numbers:
        """The documents, ascending."""
        if self.kept_docs is not None:
            return self.kept_docs
        return np.empty(0, np.intp) if self.column is None else (self.column != 0).nonzero()[0]

    @property
    def some_docs(self) -> list[int]:
        """A few of the documents, sooner than all; perhaps none."""
        docs: list[int] = []
        if self.kept_docs is not None:
            docs = self.kept_docs[:FEW].tolist()
        elif self.column is not None:
            docs = self.column[:MANY].nonzero()[0][:FEW].tolist()
        return docs

    @property
    def steps(self) -> Steps:
        """The weight in each of ``docs``."""
        if self.kept_steps is not None:
            return self.kept_steps
        return np.empty(0, np.uint8) if self.column is None else self.column.take(self.docs)

    @property
    def size_bytes(self) -> int:
        """Memory of this process: what is read in place costs nothing."""
        arrays = (self.kept_docs, self.kept_steps, self.column)
        return sum(a.nbytes for a in arrays if a is not None and a.flags.owndata) + 400


class TermLists:
    """The lists of terms used last, bounded by bytes.

    Not for several threads at once: looking up uses one column of scratch.
    """

    def __init__(self, views: Sequence[SegmentView], cache: PostingCache, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.size_bytes = 0
        self._cache = cache
        self._scratch: Steps = np.zeros(0, np.uint8)
        self._lists: OrderedDict[Key, TermList] = OrderedDict()
        self._older: OrderedDict[Key, tuple[TermList, int]] = OrderedDict()
        self._asked: dict[Key, int] = {}
        self._starts: list[int] = []
        self.take_in(0, views)

    def take_in(self, start: int, views: Sequence[SegmentView]) -> None:
        """Follow the index, which is as it was before document ``start``. Lists are mended when next asked for."""
        self.views = views
        self.count = sum(view.count for view in views)
        if len(self._scratch) < self.count:
            self._scratch = np.zeros(self.count + self.count // SPARE_SHARE, np.uint8)
        self._set_aside()
        self._starts.append(start)
        if not start or len(self._starts) > MOST_CHANGES:
            self._older.clear()
            self._starts.clear()
            self.size_bytes = 0

    def get(self, bags: tuple[str, ...], term: str) -> TermList:
        """A term's list over one bag; over several, a document has the sum of its weights."""
        return self.kept((bags, term), lambda: self._read(bags, term))

    def kept(self, key: Key, make: Callable[[], TermList]) -> TermList:
        """The list made for this key before, or made now. Where all don't fit, those asked for most often are kept."""
        self._asked[key] = self._asked.get(key, 0) + 1
        found = self._lists.get(key)
        if found is not None:
            self._lists.move_to_end(key)
            return found
        found = make()
        while self.size_bytes + found.size_bytes > self.limit_bytes and self._older:
            self.size_bytes -= self._older.popitem(last=False)[1][0].size_bytes
        if self._has_room_for(key, found.size_bytes):
            self._lists[key] = found
            self.size_bytes += found.size_bytes
        return found

    def _has_room_for(self, key: Key, size_bytes: int) -> bool:
        """Whether a list may stay, room being made by those that went longest unused and are asked for less often."""
        if len(self._asked) > MOST_ASKED:
            self._asked = {key: count // 2 for key, count in self._asked.items() if count > 1}
        wanted = self._asked.get(key, 0)
        if size_bytes > self.limit_bytes:
            return False
        while self.size_bytes + size_bytes > self.limit_bytes:
            oldest = next(iter(self._lists))
            if self._asked.get(oldest, 0) >= wanted:
                self._lists.move_to_end(oldest)
                return False
            self.size_bytes -= self._lists.pop(oldest).size_bytes
        return True

    def steps_at(self, listed: TermList, docs: Docs) -> Steps:
        """The term's weight in each of the documents, 0 where it does not stand."""
        if listed.column is not None:
            return listed.column.take(docs)
        if not listed.count:
            return np.zeros(len(docs), np.uint8)
        places = listed.docs.astype(np.intp, copy=False)
        self._scratch[places] = listed.steps
        found = self._scratch.take(docs)
        self._scratch[places] = 0
        return found

    def docs_with_all(self, lists: Sequence[TermList]) -> Docs:
        """The documents with every one of at least one term, deleted ones too; the rarest is looked at first."""
        ordered = sorted(lists, key=lambda listed: listed.count)
        docs = ordered[0].docs.astype(np.intp, copy=False)
        for listed in ordered[1:]:
            if not len(docs):
                break
            docs = docs[(self.steps_at(listed, docs) != 0).nonzero()[0]]
        return docs

    def any_of(self, weighted: Sequence[tuple[TermList, float]]) -> TermList:
        """A list of the documents with at least one of the terms, each with the best of its weights times shares."""
        best = np.zeros(self.count, np.uint8)
        for listed, share in weighted:
            if listed.count:
                docs = listed.docs
                shared = np.maximum(1, listed.steps * np.float32(share)).astype(np.uint8)
                best[docs] = np.maximum(best[docs], shared)
        docs = (best != 0).nonzero()[0]
        return self._list_of(docs, best[docs])

    def all_of(self, lists: Sequence[TermList]) -> TermList:
        """A list of the documents with all of the terms, each with the least of its weights."""
        rarest, *others = sorted(lists, key=lambda listed: listed.count)
        docs, steps = rarest.docs.astype(np.intp, copy=False), rarest.steps
        for listed in others:
            steps = np.minimum(steps, self.steps_at(listed, docs))
        is_there = steps != 0
        return self._list_of(docs[is_there], steps[is_there])

    def _set_aside(self) -> None:
        """Keep the lists of terms to be mended; what was made of several is made anew."""
        for key, listed in self._lists.items():
            if isinstance(key[0], str):
                self.size_bytes -= listed.size_bytes
            else:
                self._older[key] = (listed, len(self._starts))
        self._lists.clear()

    def _read(self, bags: tuple[str, ...], term: str) -> TermList:
        found = self._older.pop((bags, term), None)
        if found is None:
            return self._list_of(*self._over_segments(bags, term, 0))
        older, age = found
        self.size_bytes -= older.size_bytes
        right = min(self._starts[age:])
        older_docs, older_steps = older.docs, older.steps
        kept = int(older_docs.searchsorted(right))
        docs, steps = self._over_segments(bags, term, right)
        if kept == older.count and not len(docs):
            return self._list_of(older_docs, older_steps)
        return self._list_of(np.concatenate([older_docs[:kept], docs]), np.concatenate([older_steps[:kept], steps]))

    def _over_segments(self, bags: tuple[str, ...], term: str, start: int) -> tuple[Numbers, Steps]:
        """A term's list from document ``start`` on, which begins a segment."""
        public, *others = (self._of_bag(bag, term, start) for bag in bags)
        if not any(len(docs) for docs, _ in others):
            return public
        total = np.zeros(self.count - start, np.uint16)
        for docs, steps in (public, *others):
            total[docs - np.int32(start)] += steps
        found = (total != 0).nonzero()[0]
        return found + start, np.minimum(total[found], MOST_STEPS).astype(np.uint8)

    def _of_bag(self, bag: str, term: str, start: int) -> tuple[NDArray[np.int32], Steps]:
        """The same of one bag; where it stands in one segment only, the first, it is read in place."""
        found: list[tuple[int, Postings]] = []
        base = 0
        for view in self.views:
            if base >= start:
                postings = self._cache.get(view.reader, view.segment_id, bag, term)
                if len(postings.docs):
                    found.append((base, postings))
            base += view.count
        if not found:
            return np.empty(0, np.int32), np.empty(0, np.uint8)
        docs = [postings.docs + np.int32(first) if first else postings.docs for first, postings in found]
        steps = [postings.steps for _, postings in found]
        return (docs[0], steps[0]) if len(found) == 1 else (np.concatenate(docs), np.concatenate(steps))

    def _list_of(self, docs: Numbers, steps: Steps) -> TermList:
        if len(docs) <= self.count * COMMON_SHARE:
            return TermList(len(docs), None, docs, steps)
        column = np.zeros(self.count, np.uint8)
        column[docs.astype(np.intp, copy=False)] = steps
        return TermList(len(docs), column, docs if len(docs) <= self.count * VERY_COMMON_SHARE else None, None)
