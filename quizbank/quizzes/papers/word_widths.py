"""How wide a text is in print, about: enough to choose in how many columns options stand and how wide a cell is.

Widths are in ems, those of Times New Roman; a letter with marks is as wide as without them. Formulas are measured as
the boxes they are made of: a fraction is as wide as the wider of its halves.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from lxml import etree
from lxml.etree import _Element

_WIDTHS = {
    180: "'",
    200: "|",
    250: " ,.·\u00a0",
    278: "/:;\\ijlt",
    333: "!()-I[]`fr‘’",
    350: "•",
    389: "Js",
    408: '"',
    444: "?acez“”γ",
    480: "{}λδ",
    500: "#$*0123456789_bdghknopquvxyđαβπμρστε",
    550: "÷±≤≥≠≈√~F P S+<=>×−φ".replace(" ", ""),
    611: "ELTZΔω",
    667: "BCRΩ",
    722: "ADGHKNOQUVXYwĐ",
    778: "&m",
    833: "%",
    900: "M@",
    944: "W",
    1000: "—…→⇒↔⇔∞",
}
_OTHERS = 550
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_SMALLER = 0.75
_RELATIONS = frozenset("=<>≤≥≠≈≡∼→⇒⇔←↔∈∉⊂⊃⊆⊇+−±×·∪∩")


def text_width_em(text: str) -> float:
    return sum(map(_letter_width, text)) / 1000


@cache
def _letter_width(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    return 0 if unicodedata.combining(base) else _WIDTH_OF.get(base, _OTHERS)


def formula_width_em(element: _Element) -> float:
    """The width of a formula in MathML."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    measure = _MEASURES.get(name)
    return measure(element) if measure else _in_a_row(element)


def _widths(elements: Iterable[_Element]) -> list[float]:
    return [formula_width_em(element) for element in elements]


def _in_a_row(element: _Element) -> float:
    return text_width_em((element.text or "").strip()) + sum(_widths(element))


def _letters(element: _Element) -> float:
    return text_width_em("".join(map(str, element.itertext())))


def _operator(element: _Element) -> float:
    sign = "".join(map(str, element.itertext())).strip()
    return text_width_em(sign) + (0.5 if sign in _RELATIONS and element.get("form") != "prefix" else 0.05)


def _space(element: _Element) -> float:
    try:
        return max(0.0, float(element.get("width", "0").removesuffix("em")))
    except ValueError:
        return 0.0


def _stacked(element: _Element) -> float:
    """Things above each other: a fraction."""
    return max(_widths(element), default=0.0) + 0.2


def _with_scripts(element: _Element) -> float:
    base, *scripts = _widths(element) or [0.0]
    return base + _SMALLER * max(scripts, default=0.0)


def _with_limits(element: _Element) -> float:
    base, *limits = _widths(element) or [0.0]
    return max(base, _SMALLER * max(limits, default=0.0))


def _table(element: _Element) -> float:
    rows = [_widths(row) for row in element]
    columns = max(map(len, rows), default=0)
    return sum(max(row[place] for row in rows if len(row) > place) + 0.8 for place in range(columns))


_MEASURES: dict[str, Callable[[_Element], float]] = {
    "annotation": lambda _element: 0.0,
    "mi": _letters,
    "mn": _letters,
    "mtext": _letters,
    "mo": _operator,
    "mspace": _space,
    "mfrac": _stacked,
    "msqrt": lambda element: _in_a_row(element) + 0.7,
    "mroot": lambda element: _in_a_row(element) + 0.7,
    "msub": _with_scripts,
    "msup": _with_scripts,
    "msubsup": _with_scripts,
    "mover": _with_limits,
    "munder": _with_limits,
    "munderover": _with_limits,
    "mtable": _table,
}
