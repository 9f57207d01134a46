r"""Brackets of MathML: which opens what, and whether they grow (``\left(``), stand as they are, or make a matrix."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from quizbank.questions.formats.mathematics.mathml_characters import BARS, CLOSING, NOTHING, OPENING
from quizbank.questions.formats.mathematics.mathml_tables import table_text
from quizbank.questions.formats.mathematics.mathml_tree import (
    children_of,
    joined,
    name_of,
    sign_of,
    text_of,
    without_wrappers,
)

Row = Callable[[Sequence[etree._Element]], str]
_TALL = frozenset({"mfrac", "mtable", "mroot", "msqrt", "munder", "munderover"})
_DELIMITERS = {**OPENING, **CLOSING, **BARS, NOTHING: ".", "": ".", "/": "/", "\\": r"\backslash"}
_SCRIPTS = frozenset({"msup", "msub", "msubsup"})


@dataclass(frozen=True)
class Fenced:
    """Brackets and what is between. ``parts`` are the columns of an ``mfenced``; ``closer`` may carry scripts."""

    opening: str
    parts: tuple[tuple[etree._Element, ...], ...]
    closing: str
    separators: str = ","
    is_plain: bool = False
    closer: etree._Element | None = None


def runs_of(elements: Sequence[etree._Element]) -> Iterator[etree._Element | Fenced]:
    """The elements of a row, those between two brackets that belong together as one."""
    partners = _partners_of(elements)
    at = 0
    while at < len(elements):
        end = partners.get(at)
        if end is None:
            yield elements[at]
            at += 1
            continue
        closer = elements[end] if end < len(elements) else None
        inner = tuple(elements[at + 1 : end])
        is_plain = elements[at].get("stretchy") == "false" or not _is_tall(inner)
        closing = sign_of(_bracket_in(closer)) if closer is not None else ""
        yield Fenced(sign_of(elements[at]), (inner,), closing, is_plain=is_plain, closer=closer)
        at = end + 1


def fenced_text(fenced: Fenced, row: Row) -> str:
    scripts = _scripts_of(fenced.closer, row)
    if len(fenced.parts) == 1 and (table := _only_table(fenced.parts[0])) is not None:
        return table_text(table, row, fence=fenced.opening.strip(NOTHING) + fenced.closing.strip(NOTHING)) + scripts
    separators = [*fenced.separators, *fenced.separators[-1:] * len(fenced.parts)]
    pieces = [row(fenced.parts[0])] if fenced.parts else []
    for separator, part in zip(separators, fenced.parts[1:], strict=False):
        pieces += [separator, row(part)]
    inner = joined(pieces) if fenced.separators else joined(row(part) for part in fenced.parts)
    opening, closing = _DELIMITERS.get(fenced.opening), _DELIMITERS.get(fenced.closing)
    if opening is None or closing is None:
        return joined([fenced.opening, inner, fenced.closing])
    if fenced.is_plain:
        return joined(["" if opening == "." else opening, inner, "" if closing == "." else closing]) + scripts
    return joined([rf"\left{opening}", inner, rf"\right{closing}"]) + scripts


def of_mfenced(element: etree._Element) -> Fenced:
    parts = tuple((part,) for part in children_of(element))
    opening, closing = (element.get("open", "(") or "").strip(), (element.get("close", ")") or "").strip()
    separators = "".join((element.get("separators", ",") or "").split())
    return Fenced(opening, parts, closing, separators, not _is_tall([part for (part,) in parts]))


def is_closing(element: etree._Element) -> bool:
    return sign_of(element) in CLOSING


def _partners_of(elements: Sequence[etree._Element]) -> dict[int, int]:
    """Place of an opening bracket -> place of its partner; ``len(elements)`` for a brace before a last table."""
    opened: list[tuple[int, str]] = []
    partners: dict[int, int] = {}
    for at, element in enumerate(elements):
        sign = sign_of(_bracket_in(element))
        is_bare = sign == sign_of(element)
        is_end = at == len(elements) - 1
        if sign in BARS or (sign == NOTHING and (at == 0 or is_end)):
            matching = [
                place for place, other in opened if (other in BARS) == (sign in BARS) or NOTHING in (sign, other)
            ]
            if matching and not (sign == NOTHING and at == 0):
                partners[matching[-1]] = at
                opened = [pair for pair in opened if pair[0] < matching[-1]]
            elif is_bare:
                opened.append((at, sign))
        elif sign in OPENING and is_bare:
            opened.append((at, sign))
        elif sign in CLOSING and (places := [place for place, other in opened if other in OPENING or other == NOTHING]):
            partners[places[-1]] = at
            opened = [pair for pair in opened if pair[0] < places[-1]]
    for place, sign in opened:
        if sign in OPENING and _only_table(elements[place + 1 :]) is not None:
            partners[place] = len(elements)
    return partners


def _bracket_in(element: etree._Element) -> etree._Element:
    """The bracket itself where it carries scripts: ``)`` of ``)²``."""
    parts = children_of(element)
    return parts[0] if name_of(element) in _SCRIPTS and parts and sign_of(parts[0]) in {**CLOSING, **BARS} else element


def _scripts_of(closer: etree._Element | None, row: Row) -> str:
    if closer is None or name_of(closer) not in _SCRIPTS:
        return ""
    _, *scripts = children_of(closer)
    lower = row(scripts[:1]) if name_of(closer) != "msup" else ""
    upper = row(scripts[-1:]) if name_of(closer) != "msub" else ""
    raised = upper if set(upper) == {"'"} else f"^{{{upper}}}" if upper else ""
    return (f"_{{{lower}}}" if lower else "") + raised


def _is_tall(elements: Sequence[etree._Element]) -> bool:
    return any(name_of(found) in _TALL for element in elements for found in element.iter())


def _only_table(elements: Sequence[etree._Element]) -> etree._Element | None:
    parts = [without_wrappers(part) for part in elements if name_of(part) != "mspace" and not _is_nothing(part)]
    return parts[0] if len(parts) == 1 and name_of(parts[0]) == "mtable" else None


def _is_nothing(element: etree._Element) -> bool:
    return name_of(element) in ("mo", "mrow") and not children_of(element) and text_of(element).strip(NOTHING) == ""
