"""What help while typing asks of the index: whether words are in something published now."""

from collections.abc import Iterable, Sequence

from repository.search.embedded.collection import Collection
from repository.search.embedded.lists import TermList
from repository.search.embedded.schema import BIGRAMS, FOLDED, KINDS
from repository.search.text import pairs_of


class LiveCollection:
    """The public texts of one commit; explanations are none of them."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def holds_phrase(self, words: Sequence[str]) -> bool:
        if len(words) < 2:
            return self.holds_words(words)
        return self._holds(self.collection.terms.get((BIGRAMS,), pair) for pair in pairs_of(" ".join(words)))

    def holds_words(self, words: Sequence[str]) -> bool:
        return self._holds(self.collection.terms.get((FOLDED,), word) for word in words)

    def title_of(self, kind: str, id: int) -> str | None:
        doc = self.collection.find(kind, id) if kind in KINDS else None
        return None if doc is None else self.collection.title_of(doc)

    def _holds(self, lists: Iterable[TermList]) -> bool:
        known = list(lists)
        return bool(known) and bool(len(self.collection.living(self.collection.terms.docs_with_all(known))))
