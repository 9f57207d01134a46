"""Which documents a query finds. All its words must be there; a ladder says what is given up when nothing has them."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.collection import Collection
from repository.search.embedded.lists import Docs, TermList
from repository.search.embedded.phrases import Phrase, has_phrase
from repository.search.embedded.schema import BIGRAMS, EXACT, FOLDED, PRIVATE
from repository.search.language import Asked
from repository.search.text import Form, pairs_of

Filters = Mapping[str, tuple[str, ...]]
GivenUp = tuple[str, ...]
"""What is not insisted on, in the words of ``SearchResults.relaxed``."""

ENOUGH_SHARE = 0.6
ALTERNATIVE_SHARE = 0.8
NEAREST_SHARE = 0.6
MOST_CHECKED = 120
"""So many documents are opened to see whether a phrase stands in them; of others its pairs of words must do."""


def ladder(asked: Asked, *, has_filters: bool, has_unknown: bool) -> Iterator[GivenUp]:
    """What to give up, one attempt after the other, until something is found."""
    steps: list[GivenUp] = [()]
    if any(has_accents(form) for phrase in asked.phrases for form in phrase):
        steps.append(("accents",))
    if asked.phrases:
        steps.append(("phrases",))
    so_far = steps[-1] if asked.phrases else ()
    if has_unknown:
        steps.append((*so_far, "spelling"))
    if len(asked.terms.folded) > 1:
        steps.append((*so_far, "words"))
    yield from steps
    if has_filters and asked.terms.folded:
        yield from ((*step, "filters") for step in steps)


def has_accents(form: Form) -> bool:
    return form.exact != form.folded


@dataclass(frozen=True)
class Word:
    """One word of the query: where it, or what may stand in its place, is found, and what finding it is worth."""

    text: str
    listed: TermList
    worth: float


@dataclass(frozen=True)
class Matches:
    """Documents and the words they were found by.

    ``covered[i]`` is the share of the words that ``docs[i]`` has, None where all have all. ``unchecked`` are phrases
    whose pairs of words every document has, though not perhaps in one place.
    """

    docs: Docs
    words: list[Word]
    covered: NDArray[np.float32] | None = None
    unchecked: tuple[Phrase, ...] = ()

    def only(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> "Matches":
        covered = None if self.covered is None else self.covered[keep]
        return Matches(self.docs[keep], self.words, covered, self.unchecked)


class Matcher:
    """One query over one collection."""

    def __init__(self, collection: Collection, asked: Asked, *, sees_explanations: bool) -> None:
        self.collection = collection
        self.lists = collection.terms
        self.asked = asked
        self.sees_explanations = sees_explanations
        self.word_bags = (FOLDED, PRIVATE) if sees_explanations else (FOLDED,)
        self.pair_bags = (BIGRAMS, PRIVATE) if sees_explanations else (BIGRAMS,)
        self.words = [self._word(text) for text in asked.terms.folded]
        self.required = [word for word in self.words if word.text not in asked.terms.optional] or self.words

    @property
    def has_unknown(self) -> bool:
        return any(not word.listed.count for word in self.required)

    def attempt(self, given_up: GivenUp) -> Matches:
        """The documents found, before filters."""
        if "words" in given_up:
            found = self._with_most([self._or_nearest(word) for word in self.required])
        elif "spelling" in given_up:
            found = self._with_all([self._or_nearest(word) for word in self.required])
        else:
            found = self._with_all(self.required)
        if "phrases" not in given_up:
            for phrase in self.asked.phrases:
                found = self._with_phrase(found, phrase, minds_accents="accents" not in given_up)
        for phrase in self.asked.excluded:
            found = self._without(found, phrase)
        return found

    def stands(self, doc: int, phrase: Phrase, *, minds_accents: bool = True) -> bool:
        """Whether the phrase stands in a text of the document that may be searched."""
        key = (doc, phrase, minds_accents, self.sees_explanations)
        known = self.collection.phrases_seen
        if key not in known:
            texts = self.collection.texts_of(doc)
            known[key] = has_phrase(
                texts, phrase, minds_accents=minds_accents, sees_explanations=self.sees_explanations
            )
        return known[key]

    def _word(self, text: str) -> Word:
        lists, own = self.lists, self.lists.get(self.word_bags, text)
        others = self.asked.terms.alternatives.get(text, ())
        if others:
            parts = [(own, 1.0), *((self._alternative(other), ALTERNATIVE_SHARE) for other in others)]
            own = lists.kept(("alternatives", self.word_bags, text, others), lambda: lists.any_of(parts))
        return Word(text, own, self.collection.idf(own.count))

    def _alternative(self, text: str) -> TermList:
        pairs = pairs_of(text)
        if not pairs:
            return self.lists.get(self.word_bags, text)
        return self._list_of_pairs(pairs)

    def _list_of_pairs(self, pairs: tuple[str, ...]) -> TermList:
        lists = [self.lists.get(self.pair_bags, pair) for pair in pairs]
        return lists[0] if len(lists) == 1 else self.lists.all_of(lists)

    def _or_nearest(self, word: Word) -> Word:
        """The word; one that nothing has, as the nearest words of the index."""
        if word.listed.count:
            return word
        lists, near = self.lists, self.collection.vocabulary.near(word.text)
        parts = [(lists.get(self.word_bags, other), NEAREST_SHARE) for other in near]
        listed = lists.kept(("nearest", self.word_bags, word.text), lambda: lists.any_of(parts)) if near else None
        return Word(word.text, listed, self.collection.idf(listed.count)) if listed else word

    def _with_all(self, words: list[Word]) -> Matches:
        """Documents with every word; with no word at all, every document."""
        if not words:
            return Matches(self.collection.all_docs(), [])
        docs = self.lists.docs_with_all([word.listed for word in words])
        return Matches(self.collection.living(docs), words)

    def _with_most(self, words: list[Word]) -> Matches:
        """Documents with most of the words, or with as many as any document has."""
        counts = np.zeros(self.collection.count, np.uint8)
        for word in words:
            if word.listed.column is not None:
                counts += word.listed.column != 0
            else:
                counts[word.listed.docs] += 1
        needed = math.ceil(ENOUGH_SHARE * len(words)) if len(words) > 2 else 1
        needed = max(1, min(needed, int(counts.max(initial=0))))
        docs = self.collection.living((counts >= needed).nonzero()[0])
        covered: NDArray[np.float32] = counts.take(docs).astype(np.float32) / np.float32(len(words))
        return Matches(docs, words, covered)

    def _with_phrase(self, found: Matches, phrase: Phrase, *, minds_accents: bool) -> Matches:
        """Those that have the phrase, as far as can be told without opening too many."""
        lists = [self.lists.get(self.pair_bags, pair) for pair in pairs_in(phrase)]
        accented = [form for form in phrase if has_accents(form)] if minds_accents else []
        if not self.sees_explanations:
            lists += [self.lists.get((EXACT,), form.exact) for form in accented]
        for listed in lists:
            found = found.only(self.lists.steps_at(listed, found.docs) != 0)
        if len(phrase) == 2 and not accented:
            return found
        if len(found.docs) > MOST_CHECKED:
            return Matches(found.docs, found.words, found.covered, (*found.unchecked, phrase))
        stands = [self.stands(doc, phrase, minds_accents=minds_accents) for doc in found.docs.tolist()]
        return found.only(np.array(stands, np.bool_))

    def _without(self, found: Matches, phrase: Phrase) -> Matches:
        """Those that have neither the word nor the phrase."""
        accented = [form for form in phrase if has_accents(form)]
        if len(phrase) == 1:
            listed = (
                self.lists.get((EXACT,), phrase[0].exact)
                if accented
                else self.lists.get(self.word_bags, phrase[0].folded)
            )
        else:
            listed = self._list_of_pairs(pairs_in(phrase))
        has = self.lists.steps_at(listed, found.docs) != 0
        doubtful = has.nonzero()[0]
        if (len(phrase) > 2 or (len(phrase) > 1 and accented)) and len(doubtful) <= MOST_CHECKED:
            has[doubtful] = [self.stands(doc, phrase) for doc in found.docs[doubtful].tolist()]
        return found.only(~has)


def pairs_in(phrase: Phrase) -> tuple[str, ...]:
    return pairs_of(" ".join(form.folded for form in phrase))
