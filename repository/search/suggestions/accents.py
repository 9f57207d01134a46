"""Accents in a query: those of a word that was mended, and those typed that the neighbours speak against."""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from repository.search.suggestions.lexicon import Lexicon
from repository.search.suggestions.query_words import QueryWord, in_case, neighbours
from repository.search.suggestions.restoring import common_forms, restored

ENOUGH_TOGETHER = 3
ACCENT_COST = 4.0
UNKNOWN = -40.0
NEVER_MET = 0.02
"""How much of its own share a form keeps beside a neighbour it never met."""


class Accents:
    """Which of the ways to write a word's letters is meant, by how often each stands beside its neighbours."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._total = max(1.0, float(lexicon.words.folded_counts.sum()))

    def mended(self, words: Sequence[QueryWord], numbers: Sequence[int]) -> list[str]:
        """The words as they were probably meant; ``numbers`` are their folded numbers, mended where they were wrong."""
        texts = [word.text for word in words]
        changed = [place for place, word in enumerate(words) if numbers[place] != word.number]
        if changed and not any(word.is_marked for word in words):
            return self._all_restored(words, numbers)
        exact = [word.exact for word in words]
        for place in changed:
            exact[place] = -1
        for place in changed:
            exact[place] = self._likeliest(numbers[place], *neighbours(exact, place))
            texts[place] = in_case(texts[place], self._words.texts[exact[place]])
        if len(words) > 1:
            self._mend_typed(words, texts, exact, changed)
        return texts

    def _all_restored(self, words: Sequence[QueryWord], numbers: Sequence[int]) -> list[str]:
        """All words with accents, where none was typed with any."""
        choices = [self._words.forms_of(number) if number >= 0 else [] for number in numbers]
        return [
            in_case(word.text, self._words.texts[form])
            if form >= 0 and (number != word.number or len(word.text) > 1)
            else word.text
            for word, number, form in zip(words, numbers, restored(self._words, choices), strict=True)
        ]

    def _mend_typed(
        self, words: Sequence[QueryWord], texts: list[str], exact: list[int], changed: Sequence[int]
    ) -> None:
        """Write other accents where those that were typed don't go with the neighbours."""
        met = self._met(exact)
        for place, word in enumerate(words):
            before, after = met[place], met[place + 1]
            are_together = before > 0 and after > 0 and (before >= ENOUGH_TOGETHER or after >= ENOUGH_TOGETHER)
            if are_together or not word.is_marked or word.number < 0 or place in changed:
                continue
            better = self._better(word, exact, place)
            if better >= 0:
                texts[place], exact[place] = in_case(word.text, self._words.texts[better]), better
                met = self._met(exact)

    def _met(self, exact: Sequence[int]) -> list[int]:
        """How often each word stands after the one before it; framed by the first and the last number."""
        count = self._words.pairs.count
        met = [count(left, right) for left, right in pairwise(exact)]
        return [met[0], *met, met[-1]]

    def _better(self, word: QueryWord, exact: Sequence[int], place: int) -> int:
        """The exact number of another form of the same letters that fits much better, or -1."""
        left, right = neighbours(exact, place)
        typed, count = exact[place], self._words.pairs.count
        if (left < 0 and right < 0) or go_together(left, right, typed, count(left, typed), count(typed, right)):
            return -1
        met = [form for form in self._words.forms_of(word.number) if count(left, form) or count(form, right)]
        if not met or met == [typed]:
            return -1
        scores = self._fits(met, left, right)
        best, best_score = met[scores.index(max(scores))], max(scores)
        own = self._fits([typed], left, right)[0] if typed >= 0 else UNKNOWN
        return best if best != typed and best_score > own + ACCENT_COST else -1

    def _likeliest(self, folded: int, left: int, right: int) -> int:
        """The form of a folded word that fits best between two others; the most frequent where nothing is known."""
        forms = common_forms(self._words, self._words.forms_of(folded))
        if len(forms) == 1 or (left < 0 and right < 0):
            return forms[0]
        scores = self._fits(forms, left, right)
        return forms[scores.index(max(scores))]

    def _fits(self, forms: Sequence[int], left: int, right: int) -> list[float]:
        """The logarithms of how likely exact forms are between two others."""
        count, count_of = self._words.pairs.count, self._words.count_of
        unmet = [NEVER_MET * count_of(form) / self._total for form in forms]
        fits = [1.0] * len(forms)
        if left >= 0:
            share = 1 / count_of(left)
            fits = [max(count(left, form) * share, least) for form, least in zip(forms, unmet, strict=True)]
        if right >= 0:
            share = 1 / count_of(right)
            fits = [
                fit * max(count(form, right) * share, least)
                for fit, form, least in zip(fits, forms, unmet, strict=True)
            ]
        return list(map(log, fits))


def go_together(left: int, right: int, form: int, before: int, after: int) -> bool:
    """Whether a word has met both its neighbours, as far as they are known, and one of them often."""
    if form < 0:
        return False
    before = before if left >= 0 else after
    after = after if right >= 0 else before
    return before > 0 and after > 0 and max(before, after) >= ENOUGH_TOGETHER
