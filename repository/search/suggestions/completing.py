"""Completing what is being typed: phrases by their beginning, names by any of their words, all asked of the index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import Suggestion
from repository.search.suggestions.fresh import LECTURE, FreshTitles
from repository.search.suggestions.lexicon import KINDS, Lexicon
from repository.search.suggestions.live import Live
from repository.search.suggestions.spelling import live_words
from repository.search.suggestions.syllables import allows, has_marks, written
from repository.search.suggestions.typed import Typed, folded_words, open_forms, typed_of

LONGEST_PHRASE = 4
LOOKED_AT = 48
NAMES_LOOKED_AT = 24
MOST_NAMES = {"topic": 2, "person": 2, "lecture": 3}
SINGLE_WORD_SHARE = 0.15
LONG_PHRASE_SHARE = 1.5
"""What a single word's count is worth, and what that of three or four words is."""


@dataclass(frozen=True)
class Found:
    text: str
    folded: str


class Completer:
    """Finds what typed words may become."""

    def __init__(self, lexicon: Lexicon, live: Live, fresh: FreshTitles) -> None:
        self._phrases = lexicon.phrases
        self._names = lexicon.names
        self._live = live
        self._fresh = fresh_lines(fresh)

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """At most ``limit`` suggestions; phrases first, then topics, people and lectures."""
        typed = typed_of(text)
        if not typed.words or limit < 1 or (len(typed.words) == 1 and not typed.words[0].strip()):
            return ()
        names = list(self._names_for(typed)) if typed.is_open or len(typed.words) > 1 else []
        kept_names = names[: max(limit // 2, limit - MOST_PHRASES_BESIDE)]
        shown = {folded_of(name.text) for name in kept_names if name.kind != LECTURE}
        phrases = [
            Suggestion(typed.head + found.text, "phrase")
            for found in self._phrases_for(typed, limit)
            if found.folded not in shown
        ]
        room = max(limit - len(kept_names), 0)
        phrases = phrases[:room]
        return (*phrases, *names[: limit - len(phrases)])

    def _phrases_for(self, typed: Typed, limit: int) -> Iterator[Found]:
        """Live phrases that go on as typed, the most frequent first; of many words typed, the last are completed."""
        found: list[Found] = []
        for taken in range(min(LONGEST_PHRASE, len(typed.words)), 0, -1):
            words, before = typed.words[-taken:], typed.words[:-taken]
            for phrase in self._beginning(words, typed.is_open):
                whole = Found(" ".join((*before, phrase.text)), " ".join((*before, phrase.folded)))
                if not before or self._live.holds_words(live_words(whole.text)):
                    found.append(whole)
                if len(found) >= limit:
                    return iter(found)
            if found:
                break
        return iter(found)

    def _beginning(self, words: tuple[str, ...], is_open: bool) -> Iterator[Found]:
        places, scores = self._candidates(words, is_open)
        taken: list[str] = []
        for place in places[np.argsort(-scores, kind="stable")].tolist():
            text = self._phrases.texts[place]
            folded = folded_of(text)
            if folded in taken or not fits(words, text, is_open) or is_typed(words, text, is_open):
                continue
            if self._live.holds_phrase(live_words(text)):
                taken.append(folded)
                yield Found(text, folded)

    def _candidates(self, words: tuple[str, ...], is_open: bool) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Places of the most frequent phrases under the folded beginning, and what they are worth."""
        places = np.concatenate([np.arange(*self._phrases.prefixes.found(key)) for key in keys_of(words, is_open)])
        counts = self._phrases.counts[places]
        if len(places) > 4 * LOOKED_AT:
            best = np.argpartition(counts, len(counts) - 4 * LOOKED_AT)[-4 * LOOKED_AT :]
            places, counts = places[best], counts[best]
        spaces = np.array([self._phrases.texts[place].count(" ") for place in places.tolist()], np.int64)
        worth = np.array([SINGLE_WORD_SHARE, 1.0, LONG_PHRASE_SHARE, LONG_PHRASE_SHARE])[np.minimum(spaces, 3)]
        return places, counts * worth

    def _names_for(self, typed: Typed) -> Iterator[Suggestion]:
        """Live topics, people and lectures with the typed words in a row, those that begin so first."""
        left = dict(MOST_NAMES)
        seen: set[tuple[str, str]] = set()
        for suggestion in (*self._known_names(typed), *self._fresh_names(typed)):
            key = (suggestion.kind, suggestion.id or suggestion.text)
            if left[suggestion.kind] and key not in seen and self._is_live(suggestion):
                seen.add(key)
                left[suggestion.kind] -= 1
                yield suggestion

    def _known_names(self, typed: Typed) -> Iterable[Suggestion]:
        names = self._names
        found: dict[int, bool] = {}
        for key in keys_of(typed.words, typed.is_open):
            first, last = names.prefixes.found(key)
            starts = names.prefixes.starts[first : min(last, first + 400)]
            lines = np.searchsorted(names.lines, starts, "right") - 1
            for line, is_first in zip(lines.tolist(), (names.lines[lines] == starts).tolist(), strict=True):
                found[line] = found.get(line, False) or is_first
        ranked = sorted(found, key=lambda line: (-found[line], -float(names.weights[line])))
        for line in ranked[:NAMES_LOOKED_AT]:
            text = names.texts[line]
            if fits_somewhere(typed.words, text):
                yield Suggestion(text, KINDS[names.kinds[line]], names.ids[line])

    def _fresh_names(self, typed: Typed) -> Iterable[Suggestion]:
        blob, entries = self._fresh
        for key in keys_of(typed.words, typed.is_open):
            place = blob.find(f" {key}")
            for _ in range(NAMES_LOOKED_AT):
                if place < 0:
                    break
                id, title = entries[blob.count("\n", 0, place)]
                if fits_somewhere(typed.words, title):
                    yield Suggestion(title, LECTURE, str(id))
                place = blob.find(f" {key}", place + 1)

    def _is_live(self, suggestion: Suggestion) -> bool:
        if suggestion.kind == LECTURE:
            title = self._live.title_of(LECTURE, int(suggestion.id))
            return title is not None and " ".join(title.split()).startswith(suggestion.text)
        return self._live.holds_words(live_words(suggestion.text))


MOST_PHRASES_BESIDE = 5
"""Phrases shown where there are names to show as well."""


def fresh_lines(fresh: FreshTitles) -> tuple[str, list[tuple[int, str]]]:
    """Folded titles, each on a line of its own with a space before every word, and what the lines are."""
    entries = [(id, title) for id, title in fresh.titles.items()]
    return "\n".join(" " + " ".join(folded_words(title)) for _, title in entries), entries


def keys_of(words: tuple[str, ...], is_open: bool) -> list[str]:
    """The folded texts by which the typed words are looked up; a finished word ends with a space or the text."""
    whole = [written(word).folded for word in words]
    if not is_open:
        return [" ".join(whole)]
    return [" ".join([*whole[:-1], last]) for last in open_forms(words[-1])]


def folded_of(text: str) -> str:
    return " ".join(folded_words(text))


def is_typed(words: tuple[str, ...], text: str, is_open: bool) -> bool:
    """Whether the suggestion says nothing that was not typed, accents included."""
    return " ".join(words) == text


def fits(words: tuple[str, ...], text: str, is_open: bool) -> bool:
    """Whether the accents typed are those of the text: all of a finished word, those so far of the last."""
    there = text.split()
    if len(words) > len(there):
        return False
    *whole, last = words
    return all(means(word, other) for word, other in zip(whole, there, strict=False)) and (
        allows(last, there[len(whole)]) if is_open else means(last, there[len(whole)])
    )


def means(typed: str, word: str) -> bool:
    """Whether a finished word is this one: without marks it may be any with its letters."""
    return not has_marks(typed) or written(typed).exact == written(word).exact


def fits_somewhere(words: tuple[str, ...], text: str) -> bool:
    """As ``fits``, wherever in the text the words begin."""
    there = text.split()
    return any(fits(words, " ".join(there[place:]), True) for place in range(len(there) - len(words) + 1))
