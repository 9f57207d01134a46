"""Syllables as they are written: unlike the terms of the index, no two different words are ever made one here."""

import unicodedata
from functools import lru_cache

from repository.search.text import TONES, Form, one_spelling, strip_marks, without_tones

EITHER_VOWEL = ("oa", "oe", "uy")


@lru_cache(maxsize=80_000)
def written(word: str) -> Form:
    """Folded and exact form of one word, as ``text.Form`` says, but without synonyms: ``natri`` stays ``natri``."""
    toneless, tones = without_tones(word)
    return Form(one_spelling(strip_marks(toneless)), one_spelling(toneless) + tones)


@lru_cache(maxsize=20_000)
def ways_to_write(word: str) -> tuple[str, ...]:
    """A word in lower case with its tone on either vowel, where people differ: ``thuỷ`` and ``thủy``."""
    word = unicodedata.normalize("NFC", word.lower())
    toneless, tones = without_tones(word)
    if len(tones) != 1 or not toneless.endswith(EITHER_VOWEL):
        return (word,)
    mark = next(mark for mark, digit in TONES.items() if digit == tones)
    return tuple(unicodedata.normalize("NFC", way) for way in (toneless + mark, toneless[:-1] + mark + toneless[-1]))


def has_marks(word: str) -> bool:
    """Whether a word was typed with marks, so that its typist meant them."""
    if word.isascii():
        return False
    form = written(word)
    return form.exact != form.folded


def bare(text: str) -> str:
    """Lower case without marks, ``y`` kept: what a prefix that is still being typed is compared by."""
    return strip_marks(text.lower())


def allows(typed: str, word: str) -> bool:
    """Whether ``word`` may be what somebody is typing: every letter typed with marks has these marks in it.

    ``phuong`` and ``phươ`` allow *phương*, ``phườ`` doesn't.
    """
    if typed.isascii():
        return True
    meant = [marked_letter(char) for char in unicodedata.normalize("NFC", typed.lower())]
    there = [marked_letter(char) for char in unicodedata.normalize("NFC", word.lower())]
    return len(meant) <= len(there) and all(
        letter == other and marks <= others for (letter, marks), (other, others) in zip(meant, there, strict=False)
    )


@lru_cache(maxsize=2_000)
def marked_letter(char: str) -> tuple[str, frozenset[str]]:
    """A letter and its marks; the bar of đ is one."""
    if char == "đ":
        return "d", frozenset("đ")
    plain = unicodedata.normalize("NFD", char)
    return plain[0], frozenset(plain[1:])
