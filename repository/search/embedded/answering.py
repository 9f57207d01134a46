"""One query to the embedded engine, understood as ``search.answering`` says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from repository.search.answering import Answering
from repository.search.documents import SearchQuery
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import Evaluation, evaluate
from repository.search.embedded.live import places_of
from repository.search.embedded.schema import BIGRAMS, FOLDED
from repository.search.language import Asked
from repository.search.misspelt import OFTEN, Bagged
from repository.search.suggestions.helper import Helper

LOOKED_AT = 10


@dataclass(frozen=True)
class Answer:
    """``read_as`` is the text that was searched for where it is not the one typed."""

    asked: Asked
    evaluation: Evaluation
    read_as: str | None = None
    did_you_mean: str | None = None


def answered(collection: Collection, query: SearchQuery, helper: Callable[[], Helper]) -> Answer:
    """Find what is asked for. Where nothing has all the words, another reading of them may have more.

    Args:
        collection: the index.
        query: as typed; its text may be anything.
        helper: called only where few documents match.
    """

    def find(query: SearchQuery, asked: Asked) -> Evaluation:
        return evaluate(collection, query, asked)

    answer = Answering(query, find, CollectionTexts(collection), helper).answer()
    found = replace(answer.found, relaxed=("spelling",)) if answer.is_respelt else answer.found
    return Answer(answer.asked, found, answer.read_as, answer.did_you_mean)


class CollectionTexts:
    """The public texts of one commit."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def known(self, words: Sequence[str]) -> set[str]:
        return {word for word in words if self.collection.terms.get((FOLDED,), word).count}

    def often(self, pairs: Sequence[str]) -> set[str]:
        return {pair for pair in pairs if self.collection.terms.get((BIGRAMS,), pair).count >= OFTEN}

    def near(self, word: str) -> tuple[str, ...]:
        return self.collection.vocabulary.near(word)

    def shows(self, found: Evaluation, words: Sequence[Bagged]) -> bool:
        docs = np.array([ranked.doc for ranked in found.ranked[:LOOKED_AT]], np.intp)
        for bag, text in words:
            if not len(docs):
                return False
            listed = self.collection.terms.get((bag,), text)
            docs = docs[places_of(listed, docs)] if listed.count else docs[:0]
        return len(docs) > 0

    def beside(self, words: Sequence[Bagged], others: Sequence[Bagged]) -> set[Bagged]:
        lists = self.collection.terms
        listed = [lists.get((bag,), text) for bag, text in words]
        docs = self.collection.living(lists.docs_with_all(listed)) if listed else self.collection.all_docs()
        if not len(docs):
            return set()
        return {other for other in others if np.any(lists.steps_at(lists.get(other[:1], other[1]), docs))}
