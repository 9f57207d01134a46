"""Two questions side by side: what they share as it is printed, what differs word by word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from quizbank.questions.cards import ShownPart
from quizbank.questions.comparing import Piece, pieces_between
from quizbank.questions.likeness_folding import folded_line
from quizbank.questions.rules import QuestionType
from repository.markup.maths import find_mathml


class Shown(Protocol):
    """What is needed of a question version."""

    @property
    def type(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def stem_html(self) -> str: ...
    @property
    def parts(self) -> Sequence[ShownPart]: ...


_FORMULA = re.compile(r"(\$[^$\n]+\$)")


class Words(NamedTuple):
    """Some words or one formula, which has MathML. ``differs``: the other question does not say them here."""

    differs: bool
    text: str
    mathml: str = ""


@dataclass(frozen=True)
class Line:
    """A stem or an option: ``html`` where the other question says the same, else ``pieces``."""

    html: str
    pieces: tuple["Words", ...] = ()
    is_true: bool = False


@dataclass(frozen=True)
class Side:
    stem: Line
    parts: tuple[Line, ...]


def sides_of(left: Shown, right: Shown) -> tuple[Side, Side]:
    """Both questions, each marked where it differs from the other; options are matched by what they say."""
    return _side(left, right, Piece.REMOVED), _side(right, left, Piece.ADDED)


def _side(own: Shown, other: Shown, kind: Piece) -> Side:
    shared = {folded_line(part.text) for part in own.parts} & {folded_line(part.text) for part in other.parts}
    left_over = [part.text for part in other.parts if folded_line(part.text) not in shared]
    parts = []
    for part in own.parts:
        is_shared = folded_line(part.text) in shared
        twin = part.text if is_shared else (left_over.pop(0) if left_over else "")
        is_true = part.is_true and own.type != QuestionType.SHORT_ANSWER
        parts.append(_line(part.html, part.text, twin, kind, is_true=is_true))
    return Side(_line(own.stem_html, own.stem, other.stem, kind), tuple(parts))


def _line(html: str, text: str, other: str, kind: Piece, *, is_true: bool = False) -> Line:
    if folded_line(text) == folded_line(other):
        return Line(html, is_true=is_true)
    before, after = (text, other) if kind is Piece.REMOVED else (other, text)
    pieces = [
        Words(piece is kind, words, (find_mathml(words.strip("$")) or "") if words.startswith("$") else "")
        for piece, text in pieces_between(before, after)
        if piece in (Piece.SAME, kind)
        for words in filter(None, _FORMULA.split(text))
    ]
    return Line("", tuple(pieces), is_true)
