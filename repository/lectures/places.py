"""Places in a lecture's text: kept beside it as marks, named in addresses, opened in its player."""

import re
from collections.abc import Sequence

from repository.files.examination import TextPlace
from repository.search.documents import PlacedText, Where

SEPARATOR = "\n\n"
AT = re.compile(r"(page|slide|chapter|second)-([1-9]\d{0,6})", re.ASCII)
FRAGMENTS = {"page": "part-", "chapter": "part-", "slide": "slide-"}

Marks = list[list[str | int]]
"""``[kind, number, start]`` for every stretch of a text, in order; it ends where the next one starts."""


def joined(texts: Sequence[TextPlace]) -> tuple[str, Marks]:
    """The whole text and the marks that tell its places; number 0 where nothing can be opened.

    Only a text read before places were kept has no marks at all.
    """
    marks: Marks = []
    start = 0
    for found in texts:
        marks.append([found.kind, found.number, start])
        start += len(found.text) + len(SEPARATOR)
    return SEPARATOR.join(found.text for found in texts), marks


def split(text: str, marks: Marks) -> tuple[tuple[PlacedText, ...], str]:
    """The texts of the places, and the rest that has none. A place met again adds to its first text."""
    places: dict[Where, str] = {}
    rest: list[str] = []
    starts = [int(mark[2]) for mark in marks]
    for (kind, number, start), end in zip(marks, [*starts[1:], len(text) + len(SEPARATOR)], strict=True):
        piece = text[int(start) : end - len(SEPARATOR)]
        if not number:
            rest.append(piece)
            continue
        where = Where(str(kind), int(number))
        places[where] = f"{places[where]}{SEPARATOR}{piece}" if where in places else piece
    return tuple(PlacedText(where, piece) for where, piece in places.items()), SEPARATOR.join(rest)


def read_at(asked: str) -> Where | None:
    """The place named in an address (``?at=page-12``), None for nonsense."""
    found = AT.fullmatch(asked)
    return Where(found[1], int(found[2])) if found else None


def fragment_of(where: Where | None, kind: str) -> str:
    """What to put behind the address of a lecture of this kind so that it opens at the place; often nothing."""
    if where is None:
        return ""
    if kind == "pdf":
        return f"#page={where.number}" if where.kind == "page" else ""
    if kind in ("video", "audio"):
        return f"#t={where.number}" if where.kind == "second" else ""
    return f"#{FRAGMENTS[where.kind]}{where.number}" if where.kind in FRAGMENTS else ""
