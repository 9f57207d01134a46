"""Where in its source a doubt of the import desk is: the words that a problem speaks of, found again. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizbank.questions.problems import Problem
from quizbank.questions.rules import OPTION_LETTERS

FACTS = ("text", "image", "path", "what", "keys", "key", "kind")
"""Facts of problems that may stand in the source word by word."""

SHORTEST = 2
LONGEST = 80
KEY_CODES = {"two-keys", "key-not-an-option", "key-does-not-fit", "not-a-number", "key-from-explanation"}
_KEY = re.compile(r"^[^\n\w]*(?:đáp án|đ/a|answer|key)\b[^\n]*|chọn\s+[A-H]\b", re.IGNORECASE | re.MULTILINE)
_FIGURE = re.compile(r"\b(?:hình(?: vẽ| bên| dưới)*|biểu đồ|đồ thị|sơ đồ|lược đồ|bảng)\b", re.IGNORECASE)

Span = tuple[int, int]


def marked_source(source: str, problems: Sequence[Problem]) -> tuple[tuple[str, str], ...]:
    """The source in pieces, each with the numbers of the problems (from 1) that speak of it; empty where none does."""
    found = [(span, number) for number, one in enumerate(problems, start=1) for span in spans_of(source, one)]
    edges = sorted({0, len(source), *(edge for span, _number in found for edge in span)})
    pieces = []
    for start, end in pairwise(edges):
        numbers = sorted({number for (low, high), number in found if low <= start and end <= high})
        pieces.append((source[start:end], " ".join(map(str, numbers))))
    return tuple(pieces) or ((source, ""),)


def spans_of(source: str, problem: Problem) -> tuple[Span, ...]:
    """The places that a problem speaks of, as far as its facts tell; none where it speaks of what is not there."""
    letters = letters_of(problem)
    if letters:
        return tuple(span for letter in letters for span in _option(source, letter))
    if problem.code in KEY_CODES:
        return tuple(match.span() for match in _KEY.finditer(source))
    if problem.code == "missing-figure":
        return tuple(match.span() for match in _FIGURE.finditer(source))[:1]
    return tuple(_words(source, problem))


def letters_of(problem: Problem) -> str:
    """The options that a problem names."""
    return "".join(letter for letter in problem.facts.get("letters", "").split(", ") if letter in OPTION_LETTERS)


def _option(source: str, letter: str) -> Iterator[Span]:
    """An option from its letter to the next option or the end of its line."""
    pattern = rf"(?<![^\s*#]){letter}\s*[.):/](?:(?!\s[A-Ha-h]\s*[.):/])[^\n])*"
    yield from (match.span() for match in re.finditer(pattern, source, re.IGNORECASE))


def _words(source: str, problem: Problem) -> Iterator[Span]:
    for name in FACTS:
        words = problem.facts.get(name, "").rstrip("….").strip()[:LONGEST]
        at = source.find(words) if len(words) >= SHORTEST else -1
        if at >= 0:
            yield at, at + len(words)
