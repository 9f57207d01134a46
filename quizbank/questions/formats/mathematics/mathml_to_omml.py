"""Presentation MathML, as the markup makes it of LaTeX, into the native equations of Word (Office MathML).

Source: ECMA-376, part 1, chapter 22.1 (Math).
"""

from collections.abc import Callable, Sequence

from lxml import etree
from lxml.etree import _Element

from quizbank.questions.formats.mathematics.omml_rows import (
    COMMANDS,
    SCRIPTED,
    SLOTS,
    base_of,
    is_function,
    is_one_thing,
    lacks_neighbour,
    partner_of,
    text_of,
    unwrapped,
)

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAX_DEPTH = 60
NARY = frozenset("∑∏∐∫∬∭∮∯∰⋃⋂⨆⋁⋀⨁⨂")
RELATIONS = frozenset("=<>≤≥≠≈≡∼≅∝→⇒⇔←↔∈∉⊂⊃⊆⊇,;:")
INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\ufe00\ufe01")
OPENING = frozenset("([{|‖⟨⌊⌈\u2063∣∥")
CLOSING = frozenset(")]}|‖⟩⌋⌉\u2063∣∥")
ACCENTS = {"ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c"}
ACCENTS |= {"´": "\u0301", "`": "\u0300", "˘": "\u0306", "→": "\u20d7", "⃗": "\u20d7", "←": "\u20d6", "↔": "\u20e1"}
ACCENTS |= {"⃛": "\u20db", "¯": "\u0305"}
BARS = frozenset("‾¯_―\u0332\u0305")
GROUPS = frozenset("⏞⏟⏜⏝⎴⎵⌢⌣︷︸")
ARROWS = frozenset("→←↔⇒⇐⇔↦⇌⇄⟶⟵⟷⇀↽")
SPACES = ((0.1, "\u200a"), (0.2, "\u2009"), (0.25, "\u205f"), (0.4, "\u2004"), (0.8, "\u2002"), (1.5, "\u2003"))
STRIKES = {
    "updiagonalstrike": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
    "horizontalstrike": "strikeH",
    "verticalstrike": "strikeV",
}
STRIKE_ORDER = ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")
SIDES = {"top": "hideTop", "bottom": "hideBot", "left": "hideLeft", "right": "hideRight"}


def omml_of(math: _Element) -> _Element:
    """The ``m:oMath`` element of a ``math`` element; annotations are left behind.

    Raises:
        ValueError: nested too deeply.
    """
    return _made("oMath", *_Converter().row(_children(math)))


def _name(element: _Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: _Element) -> list[_Element]:
    return [child for child in element if _name(child) and not _name(child).startswith("annotation")]


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _made(name: str, *children: _Element, **values: str) -> _Element:
    """An element of Office MathML; ``values`` are those of its attribute ``val`` by name of a property."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={"m": NAMESPACE})
    if values:
        properties = etree.SubElement(made, f"{{{NAMESPACE}}}{name}Pr")
        for key, value in values.items():
            etree.SubElement(properties, f"{{{NAMESPACE}}}{key}").set(f"{{{NAMESPACE}}}val", value)
    made.extend(children)
    return made


def _run(text: str, *, is_upright: bool = False, is_text: bool = False) -> list[_Element]:
    text = "".join(char for char in text if char not in INVISIBLE)
    if not text:
        return []
    run = _made("r")
    if is_text or is_upright:
        properties = etree.SubElement(run, f"{{{NAMESPACE}}}rPr")
        if is_text:
            etree.SubElement(properties, f"{{{NAMESPACE}}}nor")
        else:
            etree.SubElement(properties, f"{{{NAMESPACE}}}sty").set(f"{{{NAMESPACE}}}val", "p")
    part = etree.SubElement(run, f"{{{NAMESPACE}}}t")
    part.text = text
    part.set(SPACE, "preserve")
    return [run]


class _Converter:
    """One walk over a formula. ``depth`` keeps hostile nesting from the stack."""

    def __init__(self) -> None:
        self.depth = 0

    def row(self, elements: Sequence[_Element]) -> list[_Element]:
        """What stands beside each other; big operators and scripts before a thing take what follows."""
        made: list[_Element] = []
        elements, place = unwrapped(elements), 0
        while place < len(elements):
            element = elements[place]
            if self.is_nary(element):
                end = place + 1
                while end < len(elements) and not _is_relation(elements[end]):
                    end += 1
                made.append(self.nary(element, elements[place + 1 : end]))
                place = end
            elif (closing := self.partner(elements, place)) and is_one_thing(elements[place : closing + 1]):
                made.append(self.bracketed(elements[place : closing + 1]))
                place = closing + 1
            elif _is_prescript(element) and place + 1 < len(elements):
                made.append(self.prescript(element, elements[place + 1]))
                place += 2
            elif is_function(elements, place):
                end = self.partner(elements, place + 2) or place + 2
                made.append(self.function(element, elements[place + 2 : end + 1]))
                place = end + 1
            elif lacks_neighbour(elements, place):
                made += _run(_text(element), is_text=True)
                place += 1
            else:
                made += self.element(element)
                place += 1
        return made

    def partner(self, elements: Sequence[_Element], place: int) -> int | None:
        return partner_of(elements, place) if self.depth < MAX_DEPTH - 2 else None

    def bracketed(self, elements: Sequence[_Element]) -> _Element:
        """Brackets that do not grow, with the scripts of the closing one."""
        first, last = elements[0], elements[-1]
        self.depth += 1
        made = _made(
            "d", self.slot("e", *elements[1:-1]), begChr=text_of(first), endChr=text_of(base_of(last)), grow="0"
        )
        self.depth -= 1
        return made if base_of(last) is last else self.scripted(last, made)

    def scripted(self, element: _Element, base: _Element) -> _Element:
        """A base that is made already, with the scripts of the element."""
        name = _name(element)
        scripts = zip(SLOTS[name], _children(element)[1:], strict=True)
        return _made(SCRIPTED[name], _made("e", base), *(self.slot(slot, script) for slot, script in scripts))

    def function(self, name: _Element, argument: Sequence[_Element]) -> _Element:
        """A named function with its argument, so that Word puts air between them."""
        return _made("func", self.slot("fName", name), self.slot("e", *argument))

    def element(self, element: _Element) -> list[_Element]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(f"deeper than {MAX_DEPTH}")
        try:
            convert: Callable[[_Element], list[_Element]] | None = getattr(self, f"of_{_name(element)}", None)
            return convert(element) if convert else self.row(_children(element))
        finally:
            self.depth -= 1

    def slot(self, name: str, *elements: _Element) -> _Element:
        return _made(name, *self.row(elements))

    def of_mi(self, element: _Element) -> list[_Element]:
        text = _text(element)
        is_upright = len(text) > 1 or element.get("mathvariant") == "normal"
        return _run(text, is_upright=is_upright, is_text=text.lower() in COMMANDS)

    def of_mn(self, element: _Element) -> list[_Element]:
        return _run(_text(element))

    of_mo = of_mn

    def of_mtext(self, element: _Element) -> list[_Element]:
        return _run(_text(element), is_text=True)

    of_ms = of_mtext

    def of_mspace(self, element: _Element) -> list[_Element]:
        width = element.get("width", "")
        try:
            width_em = float(width.removesuffix("em")) if width.endswith("em") else 0.0
        except ValueError:
            width_em = 0.0
        space = next((sign for limit, sign in SPACES if width_em < limit), "\u2003\u2003")
        return _run(space) if width_em > 0 else []

    def of_mrow(self, element: _Element) -> list[_Element]:
        inside = [child for child in _children(element) if not _is_empty_space(child)]
        if len(inside) > 1 and _is_fence(inside[0], OPENING) and _is_fence(inside[-1], CLOSING):
            opening, closing = (_text(inside[place]).strip("\u2063") for place in (0, -1))
            return [_made("d", self.slot("e", *inside[1:-1]), begChr=opening, endChr=closing)]
        return self.row(inside)

    def of_mfrac(self, element: _Element) -> list[_Element]:
        above, below = _children(element)
        kind = "skw" if element.get("bevelled") == "true" else "bar"
        kind = "noBar" if element.get("linethickness", "").rstrip("empx") == "0" else kind
        return [_made("f", self.slot("num", above), self.slot("den", below), type=kind)]

    def of_msqrt(self, element: _Element) -> list[_Element]:
        return [_made("rad", _made("deg"), self.slot("e", *_children(element)), degHide="1")]

    def of_mroot(self, element: _Element) -> list[_Element]:
        base, degree = _children(element)
        return [_made("rad", self.slot("deg", degree), self.slot("e", base))]

    def of_msub(self, element: _Element) -> list[_Element]:
        base, sub = _children(element)
        return [_made("sSub", self.slot("e", base), self.slot("sub", sub))]

    def of_msup(self, element: _Element) -> list[_Element]:
        base, sup = _children(element)
        return [_made("sSup", self.slot("e", base), self.slot("sup", sup))]

    def of_msubsup(self, element: _Element) -> list[_Element]:
        base, sub, sup = _children(element)
        return [_made("sSubSup", self.slot("e", base), self.slot("sub", sub), self.slot("sup", sup))]

    def of_mmultiscripts(self, element: _Element) -> list[_Element]:
        children = _children(element)
        names = [_name(child) for child in children]
        split = names.index("mprescripts") if "mprescripts" in names else len(children)
        base = self.element(children[0])
        after, before = children[1:split], children[split + 1 :]
        if len(after) >= 2:
            base = [_made("sSubSup", _made("e", *base), self.slot("sub", after[0]), self.slot("sup", after[1]))]
        if len(before) >= 2:
            base = [_made("sPre", self.slot("sub", before[0]), self.slot("sup", before[1]), _made("e", *base))]
        return base

    def is_nary(self, element: _Element) -> bool:
        if _name(element) in {"msub", "msup", "msubsup", "munder", "mover", "munderover"}:
            base = _children(element)[:1]
            return bool(base) and _name(base[0]) == "mo" and _text(base[0]).strip() in NARY
        return _name(element) == "mo" and _text(element).strip() in NARY

    def nary(self, element: _Element, operand: Sequence[_Element]) -> _Element:
        name = _name(element)
        parts = _children(element)
        sign = _text(parts[0] if parts else element).strip()
        sub = parts[1] if name in {"msub", "munder", "msubsup", "munderover"} else None
        sup = parts[-1] if name in {"msup", "mover", "msubsup", "munderover"} else None
        values = {"chr": sign, "limLoc": "undOvr" if name.startswith("mu") or name == "mover" else "subSup"}
        values |= {} if sub is not None else {"subHide": "1"}
        values |= {} if sup is not None else {"supHide": "1"}
        slots = [self.slot(slot, *([] if found is None else [found])) for slot, found in (("sub", sub), ("sup", sup))]
        return _made("nary", *slots, _made("e", *(self.row(operand) or _zero_width())), **values)

    def prescript(self, script: _Element, base: _Element) -> _Element:
        name, parts = _name(script), _children(script)
        sub = parts[1] if name in {"msub", "msubsup"} else None
        sup = parts[-1] if name in {"msup", "msubsup"} else None
        slots = [
            self.slot(slot, found) if found is not None else _made(slot, *_zero_width())
            for slot, found in (("sub", sub), ("sup", sup))
        ]
        return _made("sPre", *slots, self.slot("e", base))

    def of_mover(self, element: _Element) -> list[_Element]:
        base, over = _children(element)
        sign = _text(over).strip("\u00a0 ") if _name(over) == "mo" else ""
        if sign == "¯" and over.get("stretchy") == "false":
            return [_made("acc", self.slot("e", base), chr="\u0304")]
        if sign in BARS and sign not in {"_", "\u0332"}:
            return [_made("bar", self.slot("e", base), pos="top")]
        if sign in GROUPS:
            return [_made("groupChr", self.slot("e", base), chr=sign, pos="top", vertJc="bot")]
        if sign in ACCENTS or (len(sign) == 1 and sign in ACCENTS.values()):
            return [_made("acc", self.slot("e", base), chr=ACCENTS.get(sign, sign))]
        if _name(base) == "mo" and _text(base).strip() in ARROWS:
            return [_labelled_arrow(_text(base).strip(), self.row([_label_of(over)]), is_above=True)]
        return [_made("limUpp", self.slot("e", base), self.slot("lim", over))]

    def of_munder(self, element: _Element) -> list[_Element]:
        base, under = _children(element)
        sign = _text(under).strip("\u00a0 ") if _name(under) == "mo" else ""
        if sign in BARS:
            return [_made("bar", self.slot("e", base), pos="bot")]
        if sign in GROUPS:
            return [_made("groupChr", self.slot("e", base), chr=sign, pos="bot", vertJc="top")]
        if _name(base) == "mo" and _text(base).strip() in ARROWS:
            return [_labelled_arrow(_text(base).strip(), self.row([_label_of(under)]), is_above=False)]
        return [_made("limLow", self.slot("e", base), self.slot("lim", under))]

    def of_munderover(self, element: _Element) -> list[_Element]:
        base, under, over = _children(element)
        lower = _made("limLow", self.slot("e", base), self.slot("lim", _label_of(under)))
        return [_made("limUpp", _made("e", lower), self.slot("lim", _label_of(over)))]

    def of_mtable(self, element: _Element) -> list[_Element]:
        rows = [[self.slot("e", *_children(cell)) for cell in _children(row)] for row in _children(element)]
        columns = max(map(len, rows), default=0)
        made = _made("m")
        properties = etree.SubElement(made, f"{{{NAMESPACE}}}mPr")
        kinds = etree.SubElement(properties, f"{{{NAMESPACE}}}mcs")
        for place in range(columns):
            kind = _made("mc", count="1", mcJc=_alignment(element, place))
            kinds.append(kind)
        for cells in rows:
            cells += [_made("e") for _missing in range(columns - len(cells))]
            made.append(_made("mr", *cells))
        return [made]

    def of_menclose(self, element: _Element) -> list[_Element]:
        notations = element.get("notation", "").split()
        inside = [child for child in _children(element) if "menclose-" not in child.get("class", "")]
        values = {STRIKES[name]: "1" for name in notations if name in STRIKES}
        if not {"box", "roundedbox"} & set(notations):
            values = {hidden: "1" for side, hidden in SIDES.items() if side not in notations} | values
        ordered = {name: values[name] for name in (*SIDES.values(), *STRIKE_ORDER) if name in values}
        return [_made("borderBox", self.slot("e", *inside), **ordered)]

    def of_mphantom(self, element: _Element) -> list[_Element]:
        return [_made("phant", self.slot("e", *_children(element)), show="0")]


def _zero_width() -> list[_Element]:
    """Something for a slot that Word would otherwise show as a dotted box."""
    run = _made("r")
    etree.SubElement(run, f"{{{NAMESPACE}}}t").text = "\u200b"
    return [run]


def _labelled_arrow(sign: str, label: list[_Element], *, is_above: bool) -> _Element:
    """An arrow with words over or under it: for Word, words whose group character stands on the line."""
    side = "bot" if is_above else "top"
    arrow = _made("groupChr", _made("e", *(label or _zero_width())), chr=sign, pos=side, vertJc=side)
    return _made("box", _made("e", arrow), opEmu="1")


def _label_of(element: _Element) -> _Element:
    """The words of a stretched arrow, without the empty ones that stretch it."""
    children = _children(element)
    if _name(element) in {"mover", "munder"} and len(children) == 2 and _name(children[1]) == "mspace":
        row = children[0]
        for child in _children(row):
            if _name(child) == "mspace":
                row.remove(child)
        return row
    return element


def _alignment(table: _Element, place: int) -> str:
    cell = next((cells[place] for row in _children(table) if len(cells := _children(row)) > place), None)
    classes = "" if cell is None else cell.get("class", "")
    return "left" if "m-left" in classes.split() else "right" if "m-right" in classes.split() else "center"


def _is_relation(element: _Element) -> bool:
    return _name(element) == "mo" and _text(element).strip() in RELATIONS


def _is_prescript(element: _Element) -> bool:
    if _name(element) not in {"msub", "msup", "msubsup"}:
        return False
    base = _children(element)[0]
    return _name(base) == "mrow" and not _children(base) and not _text(base).strip()


def _is_empty_space(element: _Element) -> bool:
    return _name(element) == "mspace" and not element.get("width")


def _is_fence(element: _Element, signs: frozenset[str]) -> bool:
    return _name(element) == "mo" and element.get("stretchy") != "false" and _text(element).strip(" ") in signs
