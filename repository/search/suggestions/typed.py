"""What somebody has typed so far: whole words, and the one still being typed."""

import re
import unicodedata
from dataclasses import dataclass

from repository.search.suggestions.syllables import bare, written

WORD = re.compile(r"[^\W_]+")
MOST_CHARS = 200
MOST_TYPED_WORDS = 24


@dataclass(frozen=True)
class Typed:
    """A text that is being typed.

    Attributes:
        head: what stands before the words that may be completed: operators, filters, quotes; kept as it is.
        words: the whole words, then the last one, still being typed.
        is_open: whether the last word goes on; False after a space.
    """

    head: str
    words: tuple[str, ...]
    is_open: bool


def typed_of(text: str) -> Typed:
    """Read a text at whose end the cursor stands."""
    text = unicodedata.normalize("NFC", text[-MOST_CHARS:])
    start = max((match.end() for match in re.finditer(r'"|\S+:\S*\s+|-\S+\s+', text)), default=0)
    words = tuple(WORD.findall(text[start:]))[-MOST_TYPED_WORDS:]
    return Typed(text[:start], words, bool(words) and text[-1:].isalnum())


def words_in(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))


def folded_words(text: str) -> list[str]:
    """The words of a text as prefixes are compared: folded, formulas as they stand."""
    return [written(word).folded for word in words_in(text)]


def open_forms(word: str) -> tuple[str, ...]:
    """How a word that is still being typed may begin: ``ly`` may become *lyric* or be *lí*."""
    plain, whole = bare(word), written(word).folded
    return (plain,) if plain == whole else (plain, whole)
