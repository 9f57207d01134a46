"""Small questions asked of MathML elements, from an XML or an HTML parser alike, and pieces of LaTeX put together."""

import re
from collections.abc import Iterable

from lxml import etree

_COMMAND_AT_END = re.compile(r"(?<!\\)(?:\\\\)*\\[a-zA-Z]+\Z")
_WRAPPERS = frozenset({"mrow", "mstyle", "mpadded"})


class UnreadableMathml(ValueError):
    """This formula has no LaTeX; the message names the element."""


MAX_DEPTH = 80
MAX_ELEMENTS = 20_000


def check_size(math: etree._Element) -> None:
    """Refuse what would take the reader too deep.

    Raises:
        UnreadableMathml: more levels or elements than the caps.
    """
    depth = 0
    for count, (event, _) in enumerate(etree.iterwalk(math, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH or count > 2 * MAX_ELEMENTS:
            raise UnreadableMathml("math")


def name_of(element: etree._Element) -> str:
    """The local name; nothing for comments. HTML parsers leave prefixes (``m:mi``) in the tag."""
    return re.split(r"[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""


def children_of(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def text_of(element: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).replace("\u00a0", " ").split())


def sign_of(element: etree._Element) -> str:
    """The text of an operator; of anything else nothing."""
    return text_of(element) if name_of(element) in ("mo", "mi") and not children_of(element) else ""


def flag(element: etree._Element, name: str) -> bool:
    return (element.get(name) or "").strip().lower() == "true"


def without_wrappers(element: etree._Element) -> etree._Element:
    """The one element inside rows that hold nothing else but space."""
    while name_of(element) in _WRAPPERS:
        inner = [child for child in children_of(element) if name_of(child) != "mspace"]
        if len(inner) != 1:
            return element
        element = inner[0]
    return element


def joined(pieces: Iterable[str]) -> str:
    r"""Pieces of LaTeX one after the other, with the blank that parts ``\pi`` from ``r``."""
    written = ""
    for piece in pieces:
        needs_blank = piece[:1].isalpha() and piece[:1].isascii() and _COMMAND_AT_END.search(written)
        written += f" {piece}" if needs_blank else piece
    return written
