"""What changed between two versions of a question, word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, QuestionType

MAX_WORDS = 4_000
_WORD = re.compile(r"\$[^$\n]+\$|!\[[^\]\n]*\]\([^()\s]*\)|\w+|\s+|[^\w\s]", re.UNICODE)


class Piece(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One field that reads otherwise. ``pieces``: the words in order, each the same, added or removed.

    ``field`` is ``stem``, ``part``, ``explanation``, ``passage``, … or a name of the placement; ``letter`` an option's.
    """

    field: str
    pieces: tuple[tuple[Piece, str], ...]
    letter: str = ""


def changes_between(old: NewQuestion, new: NewQuestion) -> tuple[Change, ...]:
    """Every field that differs, in the order of the page."""
    return tuple(_changes(old, new))


def _changes(old: NewQuestion, new: NewQuestion) -> Iterator[Change]:
    yield from _change("passage", old.passage, new.passage)
    yield from _change("stem", old.content.stem, new.content.stem)
    yield from _choice("type", str(old.content.type), str(new.content.type))
    for letter, before, after in zip_longest(OPTION_LETTERS, old.content.parts, new.content.parts):
        if before or after:
            yield from _change("part", before.text if before else "", after.text if after else "", letter)
    yield from _change("key", _key_of(old), _key_of(new))
    yield from _change("locked", _locked_of(old), _locked_of(new))
    for letter, before, after in zip_longest(OPTION_LETTERS, old.content.parts, new.content.parts):
        old_level, new_level = (_said(part.level if part else None) for part in (before, after))
        yield from _choice("statement-level", old_level, new_level, (letter or "").lower())
    yield from _change("explanation", old.content.explanation, new.content.explanation)
    for name in ("subject", "grade", "programme", "topic", "level"):
        yield from _choice(name, _said(getattr(old.placement, name)), _said(getattr(new.placement, name)))
    yield from _change("tags", ", ".join(sorted(old.placement.tags)), ", ".join(sorted(new.placement.tags)))
    yield from _change("source", old.source, new.source)
    yield from _choice("licence", old.licence, new.licence)


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _key_of(question: NewQuestion) -> str:
    return "" if question.content.type is QuestionType.SHORT_ANSWER else question.content.key


def _locked_of(question: NewQuestion) -> str:
    letters = zip(OPTION_LETTERS, question.content.parts, strict=False)
    locked = ", ".join(letter for letter, part in letters if part.is_locked)
    return f"{locked} *" if question.content.keeps_order else locked


def _choice(field: str, old: str, new: str, letter: str = "") -> Iterator[Change]:
    """A value out of a list: one or the other, never a mixture of both."""
    if old != new:
        yield Change(
            field, tuple((kind, text) for kind, text in ((Piece.REMOVED, old), (Piece.ADDED, new)) if text), letter
        )


def _change(field: str, old: str, new: str, letter: str = "") -> Iterator[Change]:
    if old != new:
        yield Change(field, tuple(pieces_between(old, new)), letter)


def pieces_between(old: str, new: str) -> Iterator[tuple[Piece, str]]:
    """The words of both texts in order; a formula is one word, and so is a picture.

    Very long texts are compared as a whole.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MAX_WORDS:
        yield from _pieces(Piece.REMOVED, [old])
        yield from _pieces(Piece.ADDED, [new])
        return
    for kind, low, high, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from _pieces(Piece.SAME, after[first:last])
        else:
            yield from _pieces(Piece.REMOVED, before[low:high])
            yield from _pieces(Piece.ADDED, after[first:last])


def _pieces(kind: Piece, words: Sequence[str]) -> Iterator[tuple[Piece, str]]:
    text = "".join(words)
    if text:
        yield kind, text
