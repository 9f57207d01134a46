"""What the helper asks of an engine, so that nothing is suggested that is not published now."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

REMEMBERED = 8_000


class Live(Protocol):
    """The public texts as they are in the index at this moment; explanations are none of them.

    An engine makes one per refresh. Words are folded, as in ``text.Form``.
    """

    def holds_phrase(self, words: Sequence[str]) -> bool:
        """Whether a live document holds all the words, each next to the one before it (pairs are enough)."""

    def holds_words(self, words: Sequence[str]) -> bool:
        """Whether a live document holds all the words, wherever they stand."""

    def title_of(self, kind: str, id: int) -> str | None:
        """The title under which a thing is published, None where it is not."""


class RememberedLive:
    """Asks an index once: what ``ph`` needs to know, ``phu`` needs again. As good as the commit it was made for."""

    def __init__(self, live: Live) -> None:
        self._holds_phrase = lru_cache(REMEMBERED)(live.holds_phrase)
        self._holds_words = lru_cache(REMEMBERED)(live.holds_words)
        self._title_of = lru_cache(REMEMBERED)(live.title_of)

    def holds_phrase(self, words: Sequence[str]) -> bool:
        return self._holds_phrase(tuple(words))

    def holds_words(self, words: Sequence[str]) -> bool:
        return self._holds_words(tuple(words))

    def title_of(self, kind: str, id: int) -> str | None:
        return self._title_of(kind, id)
