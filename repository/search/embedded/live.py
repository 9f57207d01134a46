"""What help while typing asks of the index: whether words are in something published now."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.collection import Collection
from repository.search.embedded.lists import Docs, TermList
from repository.search.embedded.schema import BIGRAMS, FOLDED, KINDS
from repository.search.text import pairs_of

FIRST_LOOK = 32
COUNT = attrgetter("count")


class LiveCollection:
    """The public texts of one commit; explanations are none of them."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def holds_phrase(self, words: Sequence[str]) -> bool:
        if len(words) < 2:
            return self.holds_words(words)
        return self._holds(self.collection.terms.get((BIGRAMS,), pair) for pair in pairs_of(" ".join(words)))

    def holds_words(self, words: Sequence[str]) -> bool:
        if len(words) == 1 and self.collection.vocabulary.lacks(words[0]):
            return False
        return self._holds(self.collection.terms.get((FOLDED,), word) for word in words)

    def title_of(self, kind: str, id: int) -> str | None:
        doc = self.collection.find(kind, id) if kind in KINDS else None
        return None if doc is None else self.collection.title_of(doc)

    def _holds(self, lists: Iterable[TermList]) -> bool:
        """Whether one document is in all the lists: mostly one of the first of the shortest is."""
        known = sorted(lists, key=COUNT)
        if not known or not known[0].count:
            return False
        rarest, *others = known
        live = self.collection.live
        for doc in rarest.some_docs:
            if (live is None or live[doc]) and all(stands_in(listed, doc) for listed in others):
                return True
        for first, last in ((0, FIRST_LOOK), (FIRST_LOOK, rarest.count)):
            docs = self.collection.living(rarest.docs[first:last].astype(np.intp))
            for listed in others:
                docs = docs[places_of(listed, docs)]
            if len(docs):
                return True
        return False


def stands_in(listed: TermList, doc: int) -> bool:
    if listed.column is not None:
        return bool(listed.column[doc])
    docs = listed.docs.data
    place = bisect_left(docs, doc)
    return place < listed.count and bool(docs[place] == doc)


def places_of(listed: TermList, docs: Docs) -> NDArray[np.bool_]:
    """Which of the documents stand in the list."""
    if listed.column is not None:
        return np.asarray(listed.column.take(docs) != 0)
    found = np.minimum(listed.docs.searchsorted(docs), listed.count - 1)
    return np.asarray(listed.docs.take(found) == docs)
