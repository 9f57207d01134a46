"""What changed between two versions, as pages show it: formulas and pictures as they look, not as they are written."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from quizbank.questions.comparing import Change, Piece
from quizbank.questions.pages.blueprint import field_labels, licence_labels, name_of, type_labels
from repository.markup import render
from repository.web import content_html

NAMED = ("subject", "programme", "topic", "level", "statement-level")
MARK = {Piece.ADDED: "ins", Piece.REMOVED: "del"}
_SHOWN = re.compile(r"(\$[^$\n]+\$|!\[[^\]\n]*\]\([^()\s]*\))")


def shown_changes(changes: Sequence[Change]) -> list[tuple[str, Markup]]:
    """What each changed field is called, and its words, the added and removed ones marked."""
    labels = field_labels()
    return [(f"{labels[change.field]} {change.letter}".strip(), html_of(change)) for change in changes]


def html_of(change: Change) -> Markup:
    return Markup("").join(_marked(kind, _said(change.field, text)) for kind, text in change.pieces)


def _marked(kind: Piece, text: str) -> Markup:
    inner = Markup("").join(_pieces_of(text))
    tag = MARK.get(kind)
    return Markup("<{0}>{1}</{0}>").format(tag, inner) if tag else inner


def _pieces_of(text: str) -> Iterator[Markup]:
    for piece in _SHOWN.split(text):
        yield content_html(render(piece).html) if _SHOWN.fullmatch(piece) else escape(piece)


def _said(field: str, text: str) -> str:
    """What an id is called; other words stay as they are."""
    if field == "type":
        return type_labels().get(text, text)
    if field == "licence":
        return licence_labels().get(text, text)
    return (name_of(text) or text) if field in NAMED and text else text
