"""Did you mean: a deletes index over folded syllables, weighed by the words beside them; then the accents.

First the letters: a word with its neighbours against every word one edit away (``dong bein``: *dong bien*), real words
included where their neighbours speak against them. Then, where accents were typed, the accents: ``vuông gốc`` against
*vuông góc*. What is rare but stands beside the others in some published text is no mistake.
"""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from repository.search.suggestions.accents import Accents
from repository.search.suggestions.lexicon import Lexicon
from repository.search.suggestions.live import Live
from repository.search.suggestions.near import Near
from repository.search.suggestions.query_words import WORD, QueryWord, neighbours, put_in, read_words
from repository.search.suggestions.slips import LEAST_COST, is_one_slip, slip_cost
from repository.search.suggestions.syllables import ways_to_write, written
from repository.search.text import form_of, terms_of_folded, words_of

SHORTEST = 2
ENOUGH_TOGETHER = 3
REAL_WORD_COST = 4.5
UNKNOWN = -40.0
MOST_CANDIDATES = 6
MOST_DOUBTED = 1
FEWEST_SOUND = 2
SELDOM = 5


class Speller:
    """Corrects queries against a lexicon; ``live`` says what is really there."""

    def __init__(self, lexicon: Lexicon, live: Live) -> None:
        self._words = lexicon.words
        self._near = Near(lexicon)
        self._live = live
        self._accents = Accents(lexicon)

    def correct(self, text: str) -> str | None:
        """The whole query with its mistakes mended, or None where it is well written or no better one is known."""
        text = unicodedata.normalize("NFC", text)
        words = read_words(text, self._words)
        if not words or not len(self._words.folded):
            return None
        numbers = self._mended(words)
        texts = self._accents.mended(words, numbers)
        if texts == [word.text for word in words] or not self._is_there(words, numbers):
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
        words = read_words(text, self._words)
        together = self._together([word.number for word in words])
        strangers = [place for place in range(len(words)) if not max(together[place : place + 2], default=0)]
        if is_sound:
            has_accents = any(word.is_marked for word in words)
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

    def _candidates(self, word: QueryWord, left: int, right: int) -> tuple[str, ...]:
        """The likeliest words near a word, folded."""
        near = self._near.of(word.folded)
        if not near.numbers:
            return ()
        likely = zip(self._near.likelihoods(near, left, right), near.numbers, strict=True)
        names = ((likelihood, self._words.folded[number]) for likelihood, number in likely if number != word.number)
        scored = [(likelihood - slip_cost(word.folded, name), name) for likelihood, name in names]
        return tuple(name for _, name in sorted(scored, reverse=True)[:MOST_CANDIDATES])

    def _mended(self, words: Sequence[QueryWord]) -> list[int]:
        """The folded numbers of the words, better ones in the place of mistakes: of unknown words first, then of known
        ones of which no neighbour thinks much."""
        numbers = [word.number for word in words]
        for place, word in enumerate(words):
            if word.number < 0:
                self._mend(words, numbers, place)
        met = self._together(numbers)
        for place, word in enumerate(words):
            is_doubtful = word.number >= 0 and len(words) > 1 and max(met[place], met[place + 1]) < ENOUGH_TOGETHER
            if is_doubtful and self._mend(words, numbers, place):
                met = self._together(numbers)
        return numbers

    def _mend(self, words: Sequence[QueryWord], numbers: list[int], place: int) -> bool:
        """Put a better word in the place of one, where there is one; whether there was."""
        word = words[place]
        if not self._is_mendable(word) or (word.number < 0 and self._is_supported(words, place)):
            return False
        better = self._better(word, *neighbours(numbers, place))
        if better >= 0:
            numbers[place] = better
        return better >= 0

    def _is_mendable(self, word: QueryWord) -> bool:
        """Of letters only; one of two letters only where no text at all has it, for most are signs and symbols."""
        if not word.text.isalpha() or len(word.folded) < SHORTEST:
            return False
        is_long = len(word.folded) > SHORTEST
        return is_long or (word.number < 0 and not self._live.holds_words(live_terms(word)))

    def _together(self, numbers: list[int]) -> list[int]:
        """How often each word stands after the one before it; framed by zeros."""
        count = self._words.folded_pairs.count
        return [0, *(count(left, right) for left, right in pairwise(numbers)), 0]

    def _is_supported(self, words: Sequence[QueryWord], place: int) -> bool:
        """Rare, but it does stand beside its neighbours, or alone where it has none."""
        if not self._live.holds_words(live_terms(words[place])):
            return False
        near = [n for n in (place - 1, place + 1) if 0 <= n < len(words)]
        pairs = (f"{words[min(place, other)].text} {words[max(place, other)].text}" for other in near)
        return not near or any(self._live.holds_phrase(live_words(pair)) for pair in pairs)

    def _better(self, word: QueryWord, left: int, right: int) -> int:
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

    def _is_there(self, words: Sequence[QueryWord], numbers: Sequence[int]) -> bool:
        """Nobody is sent where there is nothing."""
        meant: list[str] = []
        for word, number in zip(words, numbers, strict=True):
            meant += live_terms(word) if number == word.number else terms_of_folded(self._words.folded[number])
        return self._live.holds_words(meant)


def live_words(text: str) -> list[str]:
    """The words as the index knows them."""
    return [form.folded for form in words_of(text)]


def live_terms(word: QueryWord) -> Sequence[str]:
    """The same of one word that was read."""
    return terms_of_folded(word.folded) if word.text.isalpha() else live_words(word.text)


def is_slip_of(typed: str, text: str) -> bool:
    """Whether one slip makes what was typed (in lower case) of a word, wherever its tone is put."""
    ways = ways_to_write(text)
    return typed not in ways and any(is_one_slip(typed, way) for way in ways)
