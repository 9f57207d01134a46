"""The words of the index, and which of them an unknown word may have been meant to be."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from repository.search.embedded.segments import SegmentView

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 2, 12


class Vocabulary:
    """Words of letters in any segment; read when first asked for, once per segment."""

    def __init__(self, views: Sequence[SegmentView]) -> None:
        self._views = views

    def lacks(self, word: str) -> bool:
        """Whether no segment has this word of letters; of other words nothing is known here."""
        return word.isalpha() and not any(word in view.words for view in self._views)

    def near(self, word: str) -> tuple[str, ...]:
        """The words of the index that are one slip of the finger away: a letter more, less, another, or two swapped."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return ()
        slips = slips_of(word)
        return tuple(sorted(set[str]().union(*(slips & view.words for view in self._views))))


@lru_cache(maxsize=2048)
def slips_of(word: str) -> frozenset[str]:
    return frozenset(slips(word)) - {word}


def slips(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
