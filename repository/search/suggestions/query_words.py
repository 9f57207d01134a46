"""The words of a query as somebody typed them, and others put in their places."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from repository.search.suggestions.lexicon import Words
from repository.search.suggestions.syllables import written

OPERATOR = re.compile(r"[^\s:\"]+:(?:\"[^\"]*\"|\S*)|(?<!\S)-(?:\"[^\"]*\"|\S+)")
WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 16


class QueryWord(NamedTuple):
    """A word of the query, where it stands, and its numbers in the lexicon, folded and exact (-1: unknown)."""

    text: str
    start: int
    end: int
    folded: str
    number: int
    exact: int
    is_marked: bool


def read_words(text: str, known: Words) -> list[QueryWord]:
    """The words of an NFC text that may be mended: no operators, no single letters, no formulas."""
    has_operators = ":" in text or "-" in text
    covered = [match.span() for match in OPERATOR.finditer(text)] if has_operators else []
    numbers, exact_numbers = known.folded_numbers, known.exact_numbers
    found: list[QueryWord] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if covered and any(first <= start < last for first, last in covered):
            continue
        word = text[start:end]
        folded, exact = written(word)
        place = exact_numbers.get(exact, -1)
        found.append(QueryWord(word, start, end, folded, numbers.get(folded, -1), place, exact != folded))
        if len(found) == MOST_WORDS:
            break
    return found


def put_in(text: str, words: Sequence[QueryWord], texts: Sequence[str]) -> str:
    """The query with other words at their places, everything else as it was."""
    pieces, done = [], 0
    for word, new in zip(words, texts, strict=True):
        pieces += [text[done : word.start], new]
        done = word.end
    return "".join([*pieces, text[done:]])


def in_case(typed: str, text: str) -> str:
    """A word of the lexicon in the case it was typed in, its own capitals kept."""
    if len(typed) > 1 and typed.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if typed[:1].isupper() else text


def neighbours(numbers: Sequence[int], place: int) -> tuple[int, int]:
    left = numbers[place - 1] if place else -1
    return left, numbers[place + 1] if place + 1 < len(numbers) else -1
