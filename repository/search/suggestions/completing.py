"""Completing what is being typed: phrases by their beginning, names by any of their words, all asked of the index."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import Suggestion
from repository.search.suggestions.fresh import LECTURE, FreshTitles
from repository.search.suggestions.lexicon import KINDS, Lexicon
from repository.search.suggestions.live import Live
from repository.search.suggestions.query_words import in_case
from repository.search.suggestions.restoring import restored
from repository.search.suggestions.spelling import live_words
from repository.search.suggestions.syllables import allows, has_marks, written
from repository.search.suggestions.typed import Typed, folded_words, open_forms, typed_of, words_in

LONGEST_PHRASE = 4
LOOKED_AT = 24
NAMES_LOOKED_AT = 10
MOST_NAMES = {"topic": 2, "person": 2, "lecture": 3}
PHRASES_BESIDE = 5
"""Phrases shown where there are names to show as well, of eight suggestions."""
WAYS_TO_WRITE = 8
"""A document may count this often for a phrase: by capitals and places of tones."""
TITLES_KEPT = 20_000
ASKED_WORDS = 5
"""So many words of a name are asked of the index; they are enough to know it by."""


@dataclass(frozen=True)
class Wanted:
    """Typed words ready for looking up.

    Attributes:
        words: as typed, the last one perhaps still being typed.
        is_open: whether it is.
        keys: the folded texts that a suggestion may begin with.
        is_marked: whether any word was typed with marks.
    """

    words: tuple[str, ...]
    is_open: bool
    keys: tuple[str, ...]
    is_marked: bool


class Completer:
    """Finds what typed words may become."""

    def __init__(self, lexicon: Lexicon, live: Live, fresh: FreshTitles) -> None:
        self._phrases = lexicon.phrases
        self._names = lexicon.names
        self._words = lexicon.words
        self._live = live
        self._fresh = fresh_lines(fresh)
        self._surely = math.inf if fresh.replaced is None else float(fresh.replaced * WAYS_TO_WRITE)

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """At most ``limit`` suggestions: phrases, then topics, people and lectures."""
        typed = typed_of(text)
        if not typed.words or limit < 1:
            return ()
        names = sorted(self._names_for(wanted_of(typed.words, typed.is_open)), key=lambda name: KINDS.index(name.kind))
        names = names[: max(limit - PHRASES_BESIDE, limit // 2)]
        shown = {" ".join(folded_words(name.text)) for name in names if name.kind != LECTURE}
        phrases = self._phrases_for(typed, limit, shown)
        return (*phrases[: limit - min(len(names), limit - min(PHRASES_BESIDE, limit))], *names)[:limit]

    def _phrases_for(self, typed: Typed, limit: int, shown: set[str]) -> list[Suggestion]:
        """Live phrases that go on as typed, the most frequent first; of many words typed, the last are completed.

        Fewer words are completed only where more lead nowhere, neither to phrases nor to the names ``shown``.
        """
        if len(typed.words) <= LONGEST_PHRASE:
            whole = list(self._beginning(wanted_of(typed.words, typed.is_open), limit, shown))
            if whole or shown:
                return [Suggestion(typed.head + text, "phrase") for text in whole]
        for taken in range(min(LONGEST_PHRASE, len(typed.words)), 0, -1):
            wanted, before = wanted_of(typed.words[-taken:], typed.is_open), typed.words[:-taken]
            ends = [text for text in self._beginning(wanted, limit, set()) if self._go_together(before, text)]
            if ends:
                head = self._head(before, ends[0])
                return [Suggestion(f"{typed.head}{head}{text}", "phrase") for text in ends]
        return []

    def _go_together(self, before: tuple[str, ...], text: str) -> bool:
        """Whether the words before a phrase are met with it, the last of them just before it."""
        if not before:
            return True
        words, near = live_words(" ".join((*before, text))), live_words(f"{before[-1]} {text}")
        return self._live.holds_phrase(near) and self._live.holds_words(words)

    def _beginning(self, wanted: Wanted, limit: int, shown: set[str]) -> Iterator[str]:
        """The live phrases under the keys, one for each folded text."""
        typed = " ".join(wanted.words)
        taken = set(shown)
        for place in self._best_phrases(wanted):
            folded = self._phrases.folded(place)
            if folded in taken:
                continue
            text = self._phrases.texts[place]
            if text != typed and fits(wanted, text.split(" ")) and self._is_there(place, text):
                taken.add(folded)
                yield text
                if len(taken) - len(shown) == limit:
                    return

    def _is_there(self, place: int, text: str) -> bool:
        """Whether it is published now. One of more documents than have changed need not be asked for."""
        return self._phrases.worth[place] > self._surely or self._live.holds_phrase(live_words(text))

    def _best_phrases(self, wanted: Wanted) -> list[int]:
        """Places of the phrases worth most under the keys, the best first, those with just the typed accents before."""
        found: list[int] = []
        for key in wanted.keys:
            first, last = self._phrases.prefixes.found(key)
            found += (first + best_of(self._phrases.worth[first:last], LOOKED_AT)).tolist()
        if wanted.is_marked:
            typed = " ".join(wanted.words).lower()
            found.sort(key=lambda place: not self._phrases.texts[place].lower().startswith(typed))
        return found

    def _head(self, before: tuple[str, ...], text: str) -> str:
        """The words before the completed ones, with accents where none were typed at all."""
        if any(map(has_marks, before)):
            return " ".join(before) + " "
        numbers = [self._words.folded_numbers.get(written(word).folded, -1) for word in before]
        choices = [self._words.forms_of(number) if number >= 0 else [] for number in numbers]
        fixed = [self._words.exact_numbers.get(written(word).exact, -1) for word in text.split()]
        chosen = restored(self._words, [*choices, *([number] if number >= 0 else [] for number in fixed)])
        forms = zip(before, chosen, strict=False)
        return "".join(f"{in_case(word, self._words.texts[n]) if n >= 0 else word} " for word, n in forms)

    def _names_for(self, wanted: Wanted) -> Iterator[Suggestion]:
        """Live topics, people and lectures with the typed words in a row, those that begin so first."""
        left = dict(MOST_NAMES)
        seen: set[tuple[str, str]] = set()
        for suggestion in chain(self._fresh_names(wanted), self._known_names(wanted, left)):
            key = (suggestion.kind, suggestion.id or suggestion.text)
            if left[suggestion.kind] and key not in seen and self._is_live(suggestion):
                seen.add(key)
                left[suggestion.kind] -= 1
                yield suggestion

    def _known_names(self, wanted: Wanted, left: Mapping[str, int]) -> Iterator[Suggestion]:
        """Names of the lexicon, the best of each kind first, while any of the kind are ``left`` to be found."""
        names = self._names
        for key in wanted.keys:
            first, last = names.prefixes.found(key)
            for number, kind in enumerate(KINDS):
                if first == last or not left[kind]:
                    continue
                places = np.flatnonzero(names.start_kinds[first:last] == number) + first
                for place in places[best_of(names.worth[places], NAMES_LOOKED_AT)].tolist():
                    if not left[kind]:
                        break
                    line = names.line_of(place)
                    text = names.texts[line]
                    if not wanted.is_marked or fits(wanted, words_in(text)[names.word_of(place, line) :]):
                        yield Suggestion(text, kind, names.ids[line])

    def _fresh_names(self, wanted: Wanted) -> Iterable[Suggestion]:
        blob, entries = self._fresh
        for key in wanted.keys:
            place = blob.find(f" {key}")
            for _ in range(NAMES_LOOKED_AT):
                if place < 0:
                    break
                id, title = entries[blob.count("\n", 0, place)]
                number = blob.count(" ", blob.rfind("\n", 0, place) + 1, place)
                if not wanted.is_marked or fits(wanted, words_in(title)[number:]):
                    yield Suggestion(title, LECTURE, str(id))
                place = blob.find(f" {key}", place + 1)

    def _is_live(self, suggestion: Suggestion) -> bool:
        if suggestion.kind == LECTURE:
            title = self._live.title_of(LECTURE, int(suggestion.id))
            return title is not None and " ".join(title.split()).startswith(suggestion.text)
        return self._live.holds_words(live_words(suggestion.text)[:ASKED_WORDS])


def best_of(worth: NDArray[np.float32], wanted: int) -> NDArray[np.intp]:
    """Places of the highest values, the highest first."""
    if len(worth) > wanted:
        places = np.argpartition(worth, len(worth) - wanted)[-wanted:]
        return places[np.argsort(-worth[places], kind="stable")]
    return np.argsort(-worth, kind="stable")


def fresh_lines(fresh: FreshTitles) -> tuple[str, list[tuple[int, str]]]:
    """Folded titles, each on a line of its own with a space before every word, and what the lines are."""
    entries = [(id, title) for id, title in fresh.titles.items()]
    return "\n".join(folded_line(title) for _, title in entries), entries


@lru_cache(maxsize=TITLES_KEPT)
def folded_line(title: str) -> str:
    """Remembered, for most fresh titles are still fresh after the next commit."""
    return " " + " ".join(folded_words(title))


def wanted_of(words: tuple[str, ...], is_open: bool) -> Wanted:
    whole = [written(word).folded for word in words]
    ends = open_forms(words[-1]) if is_open else (whole[-1],)
    keys = tuple(" ".join([*whole[:-1], end]) for end in ends)
    return Wanted(words, is_open, keys, any(map(has_marks, words)))


def fits(wanted: Wanted, there: list[str]) -> bool:
    """Whether the words go on as typed: a finished word is this one, the last one may become it."""
    if len(wanted.words) > len(there):
        return False
    last = len(wanted.words) - 1
    if not wanted.is_open and not is_word(wanted.words[last], there[last]):
        return False
    if not wanted.is_marked:
        return True
    return all(is_word(wanted.words[place], there[place]) for place in range(last)) and allows(
        wanted.words[last], there[last]
    )


def is_word(typed: str, word: str) -> bool:
    """Whether a finished word is this one: without marks it may be any with its letters."""
    meant, there = written(typed), written(word)
    return meant.exact == there.exact if meant.exact != meant.folded else meant.folded == there.folded
