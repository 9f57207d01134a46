"""Did you mean: a deletes index over folded syllables, weighed by the words beside them; then the accents.

First the letters: a word with its neighbours against every word one edit away (``dong bein``: *dong bien*), real words
included where their neighbours speak against them. Then, where accents were typed, the accents: ``vuông gốc`` against
*vuông góc*. What is rare but stands beside the others in some published text is no mistake.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from repository.search.suggestions.lexicon import Lexicon
from repository.search.suggestions.live import Live
from repository.search.suggestions.near import NEVER_MET, Near
from repository.search.suggestions.restoring import restored
from repository.search.suggestions.slips import LEAST_COST, is_one_slip, slip_cost
from repository.search.suggestions.syllables import has_marks, ways_to_write, written
from repository.search.text import form_of, words_of

OPERATOR = re.compile(r"[^\s:\"]+:(?:\"[^\"]*\"|\S*)|(?<!\S)-(?:\"[^\"]*\"|\S+)")
WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 16
SHORTEST = 2
ENOUGH_TOGETHER = 3
REAL_WORD_COST = 4.5
ACCENT_COST = 4.0
UNKNOWN = -40.0
MOST_CANDIDATES = 6
MOST_DOUBTED = 1
FEWEST_SOUND = 2
SELDOM = 5


class Word(NamedTuple):
    """A word of the query, where it stands, and its number among the folded words of the lexicon (-1: unknown)."""

    text: str
    start: int
    end: int
    folded: str
    number: int


class Speller:
    """Corrects queries against a lexicon; ``live`` says what is really there."""

    def __init__(self, lexicon: Lexicon, live: Live) -> None:
        self._words = lexicon.words
        self._near = Near(lexicon)
        self._live = live
        self._total = max(1.0, float(lexicon.words.folded_counts.sum()))

    def correct(self, text: str) -> str | None:
        """The whole query with its mistakes mended, or None where it is well written or no better one is known."""
        text = unicodedata.normalize("NFC", text)
        words = self._read(text)
        if not words or not len(self._words.folded):
            return None
        numbers = self._mended(words)
        changes = {place: n for place, (n, word) in enumerate(zip(numbers, words, strict=True)) if n != word.number}
        texts = [word.text for word in words]
        if changes:
            texts = self._accented(words, numbers, changes)
        texts = self._accents_mended(words, texts, changes)
        if texts == [word.text for word in words] or not self._is_there(texts):
            return None
        return put_in(text, words, texts)

    def doubts(self, text: str, *, is_sound: bool = False) -> dict[str, tuple[str, ...]]:
        """Folded words that no neighbour knows -> the words that may have been meant, likeliest first, folded.

        Words beside which nothing is known either are left in peace: keywords in any order have no neighbours. Of a
        query that finds enough (``is_sound``) only words are doubted that nobody writes with these accents.
        """
        text = unicodedata.normalize("NFC", text)
        if is_sound and (text.isascii() or not any(map(self._is_never_written, WORD.findall(text)))):
            return {}
        words = self._read(text)
        together = self._together([word.number for word in words])
        strangers = [place for place in range(len(words)) if not max(together[place : place + 2], default=0)]
        if is_sound:
            has_accents = any(has_marks(word.text) for word in words)
            strangers = [place for place in strangers if has_accents and self._is_never_written(words[place].text)]
        elif sum(words[p].number >= 0 for p in strangers) > MOST_DOUBTED or len(words) - len(strangers) < FEWEST_SOUND:
            strangers = [place for place in strangers if words[place].number < 0]
        found: dict[str, tuple[str, ...]] = {}
        numbers = [word.number for word in words]
        for place in strangers:
            word = words[place]
            if word.text.isalpha() and len(word.folded) >= SHORTEST:
                found[word.folded] = self._candidates(word, *neighbours(numbers, place))
        return {folded: candidates for folded, candidates in found.items() if candidates}

    def forms_near(self, typed: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Those of the folded words that are known -> their exact forms that are one slip away from what was typed."""
        numbers = {word: self._words.folded_numbers.get(word, -1) for word in words}
        return {
            word: tuple(form_of(text).exact for text in self._written(number) if is_slip_of(typed, text))
            for word, number in numbers.items()
            if number >= 0
        }

    def _written(self, folded: int) -> list[str]:
        """How a folded word is written, with which accents."""
        return [self._words.texts[form] for form in self._words.forms_of(folded)]

    def _is_never_written(self, word: str) -> bool:
        """Whether hardly any text has the word with these accents."""
        number = self._words.exact_numbers.get(written(word).exact, -1)
        return number < 0 or int(self._words.counts[number]) < SELDOM

    def _candidates(self, word: Word, left: int, right: int) -> tuple[str, ...]:
        """The likeliest words near a word, folded."""
        near = self._near.of(word.folded)
        if not near.numbers:
            return ()
        names = [self._words.folded[number] for number in near.numbers]
        costs = np.array([slip_cost(word.folded, name) if name != word.folded else math.inf for name in names])
        scores = np.array(self._near.likelihoods(near, left, right)) - costs
        best = np.argsort(-scores)[:MOST_CANDIDATES].tolist()
        return tuple(names[place] for place in best if names[place] != word.folded)

    def _read(self, text: str) -> list[Word]:
        """The words that may be mended: no operators, no single letters, no formulas."""
        has_operators = ":" in text or "-" in text
        covered = [match.span() for match in OPERATOR.finditer(text)] if has_operators else []
        found: list[Word] = []
        for match in WORD.finditer(text):
            is_covered = any(start <= match.start() < end for start, end in covered)
            if not is_covered and len(found) < MOST_WORDS:
                folded = written(match.group()).folded
                number = self._words.folded_numbers.get(folded, -1)
                found.append(Word(match.group(), match.start(), match.end(), folded, number))
        return found

    def _mended(self, words: Sequence[Word]) -> list[int]:
        """The folded numbers of the words, better ones in the place of mistakes."""
        numbers = [word.number for word in words]
        for place in sorted(self._doubtful(words, numbers), key=lambda place: numbers[place] >= 0):
            word = words[place]
            if not self._is_mendable(word) or self._is_supported(words, numbers, place):
                continue
            better = self._better(word, *neighbours(numbers, place))
            if better >= 0:
                numbers[place] = better
        return numbers

    def _is_mendable(self, word: Word) -> bool:
        """Of letters only; one of two letters only where no text at all has it, for most are signs and symbols."""
        if not word.text.isalpha() or len(word.folded) < SHORTEST:
            return False
        is_long = len(word.folded) > SHORTEST
        return is_long or (word.number < 0 and not self._live.holds_words(live_words(word.text)))

    def _doubtful(self, words: Sequence[Word], numbers: list[int]) -> list[int]:
        """Unknown words, and known ones of which no neighbour thinks much."""
        together = self._together(numbers)
        return [
            place
            for place in range(len(words))
            if numbers[place] < 0 or (len(words) > 1 and max(together[place : place + 2]) < ENOUGH_TOGETHER)
        ]

    def _together(self, numbers: list[int]) -> list[int]:
        """How often each word stands after the one before it; framed by zeros."""
        count = self._words.folded_pairs.count
        return [0, *(count(left, right) for left, right in pairwise(numbers)), 0]

    def _is_supported(self, words: Sequence[Word], numbers: list[int], place: int) -> bool:
        """Rare, but it does stand beside its neighbours, or alone where it has none."""
        near = [n for n in (place - 1, place + 1) if 0 <= n < len(words)]
        if numbers[place] >= 0:
            return not near
        if not self._live.holds_words(live_words(words[place].text)):
            return False
        pairs = (f"{words[min(place, other)].text} {words[max(place, other)].text}" for other in near)
        return not near or any(self._live.holds_phrase(live_words(pair)) for pair in pairs)

    def _better(self, word: Word, left: int, right: int) -> int:
        """The folded number of the word that was probably meant, -1 where none is likelier than what was typed."""
        near = self._near.of(word.folded)
        if not near.numbers:
            return -1
        scores = self._near.likelihoods(near, left, right)
        best, best_score = -1, scores[near.typed] + REAL_WORD_COST if near.typed >= 0 else UNKNOWN
        for likely, candidate in sorted(zip(scores, near.numbers, strict=True), reverse=True):
            if likely - LEAST_COST <= best_score:
                break
            score = likely - slip_cost(word.folded, self._words.folded[candidate])
            if score > best_score and candidate != word.number:
                best, best_score = candidate, score
        return best

    def _accented(self, words: Sequence[Word], numbers: list[int], changes: dict[int, int]) -> list[str]:
        """The words with accents: the changed ones, and all of them where none was typed with any."""
        are_bare = not any(has_marks(word.text) for word in words)
        choices = [
            self._words.forms_of(number) if number >= 0 and (are_bare or place in changes) else self._typed_form(word)
            for place, (word, number) in enumerate(zip(words, numbers, strict=True))
        ]
        chosen = restored(self._words, choices)
        return [
            in_case(word.text, self._words.texts[form])
            if form >= 0 and (place in changes or (are_bare and len(word.text) > 1))
            else word.text
            for place, (word, form) in enumerate(zip(words, chosen, strict=True))
        ]

    def _typed_form(self, word: Word) -> list[int]:
        """The exact number of a word as typed; all its forms where it was typed without accents."""
        if word.number >= 0 and not has_marks(word.text):
            return self._words.forms_of(word.number)
        number = self._exact_of(word.text)
        return [number] if number >= 0 else []

    def _accents_mended(self, words: Sequence[Word], texts: list[str], changes: dict[int, int]) -> list[str]:
        """Accents that were typed and that the neighbours speak against."""
        marked = [
            place
            for place, word in enumerate(words)
            if place not in changes and word.number >= 0 and has_marks(word.text)
        ]
        if not marked or len(words) < 2:
            return texts
        mended = list(texts)
        exact = list(map(self._exact_of, mended))
        for place in marked:
            left, right = neighbours(exact, place)
            better = self._better_accents(words[place], left, exact[place], right)
            if better >= 0:
                mended[place], exact[place] = in_case(words[place].text, self._words.texts[better]), better
        return mended

    def _exact_of(self, text: str) -> int:
        return self._words.exact_numbers.get(written(text).exact, -1)

    def _better_accents(self, word: Word, left: int, typed: int, right: int) -> int:
        """The exact number of another form of the same letters that fits much better, or -1."""
        if (left < 0 and right < 0) or self._go_together(left, typed, right):
            return -1
        forms = self._words.forms_of(word.number)
        scores = {form: self._fit(form, left, right) for form in forms}
        best = max(scores, key=lambda form: scores[form])
        own = self._fit(typed, left, right) if typed >= 0 else UNKNOWN
        has_met = self._words.pairs.count(left, best) or self._words.pairs.count(best, right)
        return best if best != typed and has_met and scores[best] > own + ACCENT_COST else -1

    def _go_together(self, left: int, form: int, right: int) -> bool:
        """Whether a word has met both its neighbours, one of them often."""
        count = self._words.pairs.count
        before = count(left, form) if left >= 0 else ENOUGH_TOGETHER
        if form < 0 or not before:
            return False
        after = count(form, right) if right >= 0 else before
        return after > 0 and max(before if left >= 0 else after, after) >= ENOUGH_TOGETHER

    def _fit(self, form: int, left: int, right: int) -> float:
        """The logarithm of how likely an exact form is between two others."""
        count_of, pairs = self._words.count_of, self._words.pairs
        unmet = NEVER_MET * count_of(form) / self._total
        score = 0.0
        if left >= 0:
            score += math.log(max(pairs.count(left, form) / count_of(left), unmet))
        if right >= 0:
            score += math.log(max(pairs.count(form, right) / count_of(right), unmet))
        return score

    def _is_there(self, texts: list[str]) -> bool:
        """Nobody is sent where there is nothing."""
        return self._live.holds_words(live_words(" ".join(texts)))


def neighbours(numbers: list[int], place: int) -> tuple[int, int]:
    left = numbers[place - 1] if place else -1
    return left, numbers[place + 1] if place + 1 < len(numbers) else -1


def live_words(text: str) -> list[str]:
    """The words as the index knows them."""
    return [form.folded for form in words_of(text)]


def is_slip_of(typed: str, text: str) -> bool:
    """Whether one slip makes what was typed (in lower case) of a word, wherever its tone is put."""
    ways = ways_to_write(text)
    return typed not in ways and any(is_one_slip(typed, way) for way in ways)


def in_case(typed: str, text: str) -> str:
    """A word of the lexicon in the case it was typed in, its own capitals kept."""
    if len(typed) > 1 and typed.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if typed[:1].isupper() else text


def put_in(text: str, words: Sequence[Word], texts: Sequence[str]) -> str:
    """The query with other words at their places, everything else as it was."""
    pieces, done = [], 0
    for word, new in zip(words, texts, strict=True):
        pieces += [text[done : word.start], new]
        done = word.end
    return "".join([*pieces, text[done:]])
