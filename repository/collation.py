"""Vietnamese alphabetical order: a ă â b c d đ e ê …, and the tones ngang, huyền, hỏi, ngã, sắc, nặng."""

import re
import unicodedata

_RANKS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_WORDS = re.compile(r"\d+|[^\W\d_]+")

SortKey = tuple[tuple[int, int, tuple[int, ...], tuple[int, ...]], ...]


def sort_key(text: str) -> SortKey:
    """A key that sorts as a Vietnamese dictionary does: syllable by syllable, letters before tones.

    Numbers sort by their value, so "Toán 9" stands before "Toán 10". Case and punctuation do not count.
    """
    return tuple(_word_key(word) for word in _WORDS.findall(unicodedata.normalize("NFC", text).lower()))


def _word_key(word: str) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    if word[0].isdigit():
        return (0, int(word), (), ())
    letters = []
    tones = []
    for char in word:
        letter, tone = _split(char)
        letters.append(_RANKS.get(letter, len(_RANKS) + ord(letter)))
        tones.append(tone)
    return (1, 0, tuple(letters), tuple(tones))


def _split(char: str) -> tuple[str, int]:
    """The letter without its tone, and the tone: ("ê", 4) of "ế"."""
    marks = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return letter[0], tone
