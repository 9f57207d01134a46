"""Counting phrases of one to four words in many documents: packed into numbers, counted with numpy, bounded in memory.

A word is a number below 65,536, so that four of them fit one uint64, the first in the highest bits; a shorter phrase
ends in zeros. Sorting the numbers sorts the phrases, and the first words of a phrase are a mask away.
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]

WORDS = 4
HARD, SOFT = 0, 1
FIRST_WORD = 2
MOST_WORDS = 65_535
FLUSH_KEYS = 2_000_000
MOST_KEYS = 4_000_000
MOST_CHARS = 5_000
"""Of one document: a long lecture says its phrases early and often."""

TEX = re.compile(r"\$[^$\n]{0,2000}\$|\\[a-zA-Z]+")
TOKEN = re.compile(r"\w+|[^\w\s]|\n")
SHORT_WORDS = frozenset("y")
ENDS = frozenset(".!?:;\n")
MASKS = tuple(
    np.uint64((0xFFFF_FFFF_FFFF_FFFF << (16 * (WORDS - n))) & 0xFFFF_FFFF_FFFF_FFFF) for n in range(WORDS + 1)
)


class WordNumbers(dict[str, int]):
    """Numbers words as they come. What is no word is a break; after a hard one a capital means nothing."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(ENDS, HARD))
        self.words: list[str] = ["", ""]

    def __missing__(self, token: str) -> int:
        if not is_word(token) or len(self.words) >= MOST_WORDS:
            if len(token) <= 2:
                self[token] = SOFT
            return SOFT
        self[token] = len(self.words)
        self.words.append(token)
        return self[token]


def is_word(token: str) -> bool:
    return (
        token.isalpha() and len(token) <= 24 and (len(token) > 1 or not token.isascii() or token.lower() in SHORT_WORDS)
    )


@dataclass(frozen=True)
class Counted:
    """Phrases as numbers, ascending, and in how many documents each stands. ``words[number]`` is a word."""

    words: tuple[str, ...]
    keys: Keys
    counts: Counts


class PhraseCounter:
    """Counts in how many documents each phrase stands. Beyond ``MOST_KEYS`` phrases the rarest are forgotten."""

    def __init__(self) -> None:
        self.numbers = WordNumbers()
        self._capitals = np.zeros(FIRST_WORD, np.bool_)
        self._lower = np.zeros(FIRST_WORD, np.uint64)
        self._pending: list[Keys] = []
        self._pending_size = 0
        self._keys: Keys = np.empty(0, np.uint64)
        self._counts: Counts = np.empty(0, np.int64)

    def add(self, texts: list[str]) -> None:
        """Count the phrases of one document."""
        joined = unicodedata.normalize("NFC", "\n".join(texts)[:MOST_CHARS])
        if "$" in joined or "\\" in joined:
            joined = TEX.sub(" , ", joined)
        numbers = [*map(self.numbers.__getitem__, TOKEN.findall(joined))]
        keys = keys_of(self._as_written(np.array([HARD, *numbers, HARD, HARD, HARD], np.uint64)))
        self._pending.append(keys)
        self._pending_size += len(keys)
        if self._pending_size >= FLUSH_KEYS:
            self._flush()

    def counted(self) -> Counted:
        self._flush()
        return Counted(tuple(self.numbers.words), self._keys, self._counts)

    def _as_written(self, numbers: Keys) -> Keys:
        """Capitals taken from the first word of a sentence and from headings, where they say nothing."""
        if len(self._lower) < len(self.numbers.words):
            self._learn_capitals()
        places = numbers.astype(np.intp)
        shouts = self._capitals[places]
        starts = np.zeros(len(numbers), np.bool_)
        starts[1:] = places[:-1] == HARD
        heading = np.zeros(len(numbers), np.bool_)
        heading[1:] |= shouts[1:] & shouts[:-1]
        heading[:-1] |= shouts[1:] & shouts[:-1]
        return np.where(heading | (starts & ~shouts), self._lower[places], numbers)

    def _learn_capitals(self) -> None:
        """The lower-case number of every word met since the last time, and whether it is all capitals."""
        known = len(self._lower)
        lower = [self.numbers[word.lower()] for word in self.numbers.words[known:]]
        lower += range(known + len(lower), len(self.numbers.words))
        words = self.numbers.words[known:]
        self._lower = np.concatenate([self._lower, np.array(lower, np.uint64)])
        self._capitals = np.concatenate([self._capitals, [len(word) > 1 and word.isupper() for word in words]])

    def _flush(self) -> None:
        if not self._pending:
            return
        keys = np.concatenate(self._pending)
        self._pending, self._pending_size = [], 0
        keys.sort()
        firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.intp)
        counts = np.diff(firsts, append=len(keys))
        self._keys, self._counts = merged(self._keys, self._counts, keys[firsts], counts)
        self._forget()

    def _forget(self) -> None:
        """Drop the rarest phrases of several words until there is room; single words are never many."""
        is_word = self._keys & ~MASKS[1] == 0
        for rare in range(1, int(self._counts.max(initial=0)) + 1):
            if len(self._keys) - np.count_nonzero(is_word) <= MOST_KEYS:
                return
            kept = is_word | (self._counts > rare)
            self._keys, self._counts, is_word = self._keys[kept], self._counts[kept], is_word[kept]


def keys_of(numbers: Keys) -> Keys:
    """All phrases of one document, each once."""
    is_word_there = numbers >= FIRST_WORD
    runs = is_word_there[:-3]
    keys = numbers[:-3] << np.uint64(48)
    found = [keys[runs]]
    for place in range(1, WORDS):
        shift = np.uint64(48 - 16 * place)
        end = len(numbers) - 3 + place
        runs = runs & is_word_there[place:end]
        keys = keys | (numbers[place:end] << shift)
        found.append(keys[runs])
    return distinct(np.concatenate(found))


def distinct(keys: Keys) -> Keys:
    keys.sort()
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def merged(keys: Keys, counts: Counts, more_keys: Keys, more_counts: Counts) -> tuple[Keys, Counts]:
    """Two counts as one."""
    if not len(keys):
        return more_keys, more_counts
    return summed(np.concatenate([keys, more_keys]), np.concatenate([counts, more_counts]))


def summed(keys: Keys, counts: Counts) -> tuple[Keys, Counts]:
    """Counts of equal keys added up, keys ascending."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.intp)
    return keys[firsts], np.add.reduceat(counts, firsts) if len(keys) else counts


def length_of(keys: Keys) -> NDArray[np.int64]:
    """How many words each phrase has."""
    lengths = np.zeros(len(keys), np.int64)
    for n in range(WORDS):
        lengths += (keys & ~MASKS[n] & MASKS[n + 1]) != 0
    return lengths
