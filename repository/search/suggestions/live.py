"""What the helper asks of an engine, so that nothing is suggested that is not published now."""

from collections.abc import Sequence
from typing import Protocol


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
