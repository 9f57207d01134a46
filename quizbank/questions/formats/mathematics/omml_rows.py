"""What stands beside each other in a formula: brackets and bars that belong together, signs that lack a neighbour.

Word sets signs where they stand; other programs read its equations as sentences. There a bracket is paired, a script
is that of all before it, a sign of relation stands between two things. What would be no sentence is said otherwise.
"""

from collections.abc import Container, Sequence

from lxml import etree
from lxml.etree import _Element

BRACKETS = {"(": ")", "[": "]", "{": "}"}
BAR, APPLIED = "|", "\u2061"
SCRIPTED = {"msup": "sSup", "msub": "sSub", "msubsup": "sSubSup"}
SLOTS = {"msup": ("sup",), "msub": ("sub",), "msubsup": ("sub", "sup")}
COMMANDS = frozenset(
    ("and", "ge", "gt", "im", "in", "inf", "le", "lim", "liminf", "limsup", "lt", "ni", "or", "re", "set", "sub", "sup")
)
"""Names, nickel and indium among them, that are commands where LibreOffice writes an equation down."""
_FIRST = frozenset("=<>≤≥≠≈≡∼≅∝→⇒⇔←↔↦∈∉⊂⊃⊆⊇×·⋅÷∙/*∪∩∧∨|∣∥⊥")
_LAST = _FIRST | frozenset("+-−±∓¬!")


def name_of(element: _Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text_of(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def is_sign(element: _Element, signs: Container[str]) -> bool:
    return name_of(element) == "mo" and text_of(element) in signs


def base_of(element: _Element) -> _Element:
    """The thing that bears scripts, or the element itself."""
    return element[0] if name_of(element) in SCRIPTED and len(element) else element


def unwrapped(elements: Sequence[_Element]) -> list[_Element]:
    """The elements, without the groups that end in a bracket that is closed outside: ``{sin (}x)``."""
    found: list[_Element] = []
    for element in elements:
        is_open = name_of(element) == "mrow" and len(element) > 1 and is_sign(element[-1], BRACKETS)
        found += list(element) if is_open else [element]
    return found


def partner_of(elements: Sequence[_Element], place: int) -> int | None:
    """Where the bracket or bar at ``place`` closes: ``|x|``, ``(x)^2``, ``[0;1)``."""
    if is_sign(elements[place], BAR):
        return next((end for end in range(place + 1, len(elements)) if is_sign(base_of(elements[end]), BAR)), None)
    if not is_sign(elements[place], BRACKETS):
        return None
    open_count = 0
    for end in range(place, len(elements)):
        closer = base_of(elements[end])
        open_count += is_sign(elements[end], BRACKETS) - is_sign(closer, BRACKETS.values())
        if open_count == 0:
            return end
    return None


def is_one_thing(elements: Sequence[_Element]) -> bool:
    """Whether brackets must be said to be a pair: bars, unlike ones as in ``[0;1)``, and closing ones with scripts."""
    closer = base_of(elements[-1])
    return closer is not elements[-1] or BRACKETS.get(text_of(elements[0])) != text_of(closer)


def lacks_neighbour(elements: Sequence[_Element], place: int) -> bool:
    """Whether a sign stands first or last where it should be between two things, as in ``= 5`` and ``3+``."""
    element = elements[place]
    is_first, is_last = place == 0, place == len(elements) - 1
    return is_sign(element, BAR) or (is_first and is_sign(element, _FIRST)) or (is_last and is_sign(element, _LAST))


def is_function(elements: Sequence[_Element], place: int) -> bool:
    """Whether a name such as ``sin`` or ``lim`` with its limit is applied to what follows."""
    return (
        place + 2 < len(elements)
        and is_sign(elements[place + 1], APPLIED)
        and name_of(base_of(elements[place])) in {"mi", "mrow"}
    )
