"""Presentation MathML, as the markup makes it of LaTeX, into code of Typst.

What comes out is one expression in code mode that stands after ``PRELUDE`` inside ``math.equation``. Whatever the
author wrote stands in it as string literals and nowhere else: no formula can be read as code.
"""

import re
from collections.abc import Callable, Sequence

from lxml import etree

from quizbank.questions.formats.mathematics.mathml_characters import FUNCTIONS, INTEGRALS, LARGE_OPERATORS
from quizbank.questions.formats.mathematics.mathml_tree import (
    UnreadableMathml,
    check_size,
    children_of,
    name_of,
    sign_of,
    without_wrappers,
)
from quizbank.questions.formats.mathematics.typst_signs import (
    ARROWS,
    BOTH_STRIKES,
    CLOSING,
    INVISIBLE,
    LIMITED,
    OPENING,
    OVER,
    STRIKES,
    UNDER,
    all_text_of,
    literal,
    mark_over,
    mark_under,
)
from quizbank.questions.formats.mathematics.typst_tables import fraction_without_line, table_code

PRELUDE = """
#let s(c) = [#symbol(c)]
#let tx(t, ..more) = text(font: text-font, ..more, t)
#let nm(t) = math.class("normal", text(t))
#let fn(t, limits: false) = math.op(text(t), limits: limits)
#let at(base, ..scripts) = math.attach(base, ..scripts)
#let lim(base, ..scripts) = math.attach(math.limits(base), ..scripts)
#let xarr(c, ..labels) = {
  let padded = labels.named().pairs().map(((side, label)) => (side, { h(0.5em); label; h(0.5em) })).to-dict()
  math.attach(math.limits(math.stretch(s(c), size: 100% + 0.4em)), ..padded)
}
#let ap = $&$.body
#let boxed(body) = box(stroke: 0.5pt, inset: (x: 0.3em, y: 0.2em), baseline: 0.2em, math.equation(body))
#let lay(..lines) = math.mat(delim: none, row-gap: 0.45em, column-gap: 0.9em, ..lines)
"""
"""Definitions that the expressions need; ``text-font`` is that of the words around a formula."""

MAX_DEPTH = 40
_DIGITS = re.compile(r"[0-9]+")


def typst_of(math: etree._Element) -> str:
    """The formula of a ``math`` element as an expression of Typst.

    Raises:
        UnreadableMathml: nested too deeply, or an element of it has no counterpart.
    """
    check_size(math)
    return _Converter(_source_of(math)).row(children_of(math))


def _source_of(math: etree._Element) -> str:
    """The TeX that a formula was made of; empty if it does not say."""
    return next((str(found.text or "") for found in math.iter("{*}annotation", "annotation")), "")


class _Converter:
    """One walk over a formula. ``depth`` keeps hostile nesting from the stack, here and in Typst."""

    def __init__(self, tex: str) -> None:
        self.depth = 0
        self.parts_by_comma = re.search(r"\d,\s", tex) is not None

    def row(self, elements: Sequence[etree._Element]) -> str:
        """What stands beside each other, as a block of code; scripts before a thing hang on what follows."""
        made: list[str] = []
        place = 0
        while place < len(elements):
            element = elements[place]
            following = elements[place + 1] if place + 1 < len(elements) else None
            if following is not None and _is_prescript(element):
                made.append(self.prescript(element, following))
                place += 2
                continue
            if self.is_decimal_comma(elements, place):
                made.append('math.class("normal", ",")')
            else:
                made.append(self.element(element))
            place += 1
        kept = [piece for piece in made if piece]
        return kept[0] if len(kept) == 1 else f"{{{'; '.join(kept)}}}" if kept else "[]"

    def is_decimal_comma(self, elements: Sequence[etree._Element], place: int) -> bool:
        """A comma between digits, as in ``2,5``, unless the author parts numbers by commas and blanks."""
        if not 0 < place < len(elements) - 1 or sign_of(elements[place]) != ",":
            return False
        around = (elements[place - 1], elements[place + 1])
        return not self.parts_by_comma and all(_begins_with_number(one) for one in around)

    def element(self, element: etree._Element) -> str:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableMathml("math")
        try:
            name = name_of(element)
            if name in _PASSED_OVER:
                return ""
            convert: Callable[[etree._Element], str] | None = getattr(self, f"of_{name}", None)
            if convert is None:
                raise UnreadableMathml(name)
            return convert(element)
        finally:
            self.depth -= 1

    def slot(self, element: etree._Element) -> str:
        return self.row([element])

    def of_mrow(self, element: etree._Element) -> str:
        inside = [child for child in children_of(element) if not _is_empty_space(child)]
        if len(inside) < 2 or not _is_fence(inside[0], OPENING) or not _is_fence(inside[-1], CLOSING):
            return self.row(inside)
        opening, closing = (all_text_of(inside[end]).strip("\u2063 ") for end in (0, -1))
        stacked = fraction_without_line(inside[1:-1])
        if stacked is not None and (opening, closing) == ("(", ")"):
            return f"math.binom({self.slot(stacked[0])}, {self.slot(stacked[1])})"
        middle = self.row(inside[1:-1])
        return f"math.lr({{{_fence(opening, 'opening')}{middle}; {_fence(closing, 'closing')}}})"

    of_mpadded = of_merror = of_semantics = of_math = of_mrow

    def of_mstyle(self, element: etree._Element) -> str:
        inside = self.row(children_of(element))
        style = {"true": "display", "false": "inline"}.get(element.get("displaystyle") or "")
        style = {"1": "script", "2": "sscript"}.get(element.get("scriptlevel") or "", style)
        return f"math.{style}({inside})" if style else inside

    def of_mi(self, element: etree._Element) -> str:
        text = _seen(all_text_of(element).strip())
        if not text:
            return ""
        if text in FUNCTIONS or _is_applied(element):
            return f"fn({literal(text)}{', limits: true' if text in LIMITED else ''})"
        if len(text) > 1:
            return f"nm({literal(text)})"
        return f"nm({literal(text)})" if element.get("mathvariant") == "normal" else f"s({literal(text)})"

    def of_mn(self, element: etree._Element) -> str:
        text = _seen(all_text_of(element).strip()).replace("\u00a0", " ")
        return literal(text) if _DIGITS.fullmatch(text) else f"nm({literal(text)})" if text else ""

    def of_mo(self, element: etree._Element) -> str:
        text = _seen(all_text_of(element).replace("\u00a0", " ").strip())
        if not text:
            return ""
        if len(text) > 1 and not set(text) <= set("′.⋅⋯'|‖"):
            return f"fn({literal(text)}{', limits: true' if text in LIMITED else ''})"
        size = re.fullmatch(r"[\d.]+em", element.get("minsize") or "")
        if size and text in OPENING | CLOSING | {"/"}:
            return f"math.lr(size: {size[0]}, s({literal(text)}))"
        return "; ".join(f"s({literal(sign)})" for sign in text)

    def of_mtext(self, element: etree._Element) -> str:
        made = []
        if element.text:
            made.append(_words(str(element.text), ""))
        for child in children_of(element):
            made.append(_words(all_text_of(child), _TEXT_LOOKS.get(name_of(child), "")))
            made.append(_words(str(child.tail or ""), ""))
        kept = [piece for piece in made if piece]
        return kept[0] if len(kept) == 1 else f"{{{'; '.join(kept)}}}" if kept else ""

    of_ms = of_mtext

    def of_mspace(self, element: etree._Element) -> str:
        width = re.fullmatch(r"-?\d{1,2}(?:\.\d{1,8})?", (element.get("width") or "").removesuffix("em"))
        return f"h({width[0]}em)" if width else ""

    def of_mfrac(self, element: etree._Element) -> str:
        above, below = self.arguments(element, 2)
        if re.fullmatch(r"0(?:\.0*)?[a-z%]*", (element.get("linethickness") or "").strip()):
            return f"math.vec(delim: none, {above}, {below})"
        skewed = ', style: "skewed"' if element.get("bevelled") == "true" else ""
        made = f"math.frac({above}, {below}{skewed})"
        style = {"true": "display", "false": "inline"}.get(element.get("displaystyle") or "")
        return f"math.{style}({made})" if style else made

    def of_msqrt(self, element: etree._Element) -> str:
        return f"math.sqrt({self.row(children_of(element))})"

    def of_mroot(self, element: etree._Element) -> str:
        radicand, index = self.arguments(element, 2)
        return f"math.root({index}, {radicand})"

    def of_msup(self, element: etree._Element) -> str:
        base, upper = self.arguments(element, 2)
        return f"at({base}, t: {upper})"

    def of_msub(self, element: etree._Element) -> str:
        base, lower = self.arguments(element, 2)
        return f"at({base}, b: {lower})"

    def of_msubsup(self, element: etree._Element) -> str:
        base, lower, upper = self.arguments(element, 3)
        return f"at({base}, b: {lower}, t: {upper})"

    def of_mmultiscripts(self, element: etree._Element) -> str:
        parts = children_of(element)
        names = [name_of(part) for part in parts]
        cut = names.index("mprescripts") if "mprescripts" in names else len(parts)
        if not parts or cut == 0:
            raise UnreadableMathml("mmultiscripts")
        after, before = parts[1:cut], parts[cut + 1 :]
        places = [*zip(("br", "tr"), after, strict=False), *zip(("bl", "tl"), before, strict=False)]
        scripts = "".join(f", {side}: {self.slot(one)}" for side, one in places if name_of(one) != "none")
        return f"at({self.slot(parts[0])}{scripts})"

    def prescript(self, script: etree._Element, base: etree._Element) -> str:
        name, parts = name_of(script), children_of(script)
        scripts = f", bl: {self.slot(parts[1])}" if name in {"msub", "msubsup"} else ""
        scripts += f", tl: {self.slot(parts[-1])}" if name in {"msup", "msubsup"} else ""
        name, parts = name_of(base), children_of(base)
        if name not in {"msub", "msup", "msubsup"} or _is_prescript(base):
            return f"at({self.slot(base)}{scripts})"
        scripts += f", br: {self.slot(parts[1])}" if name in {"msub", "msubsup"} else ""
        scripts += f", tr: {self.slot(parts[-1])}" if name in {"msup", "msubsup"} else ""
        return f"at({self.slot(parts[0])}{scripts})"

    def of_munder(self, element: etree._Element) -> str:
        return self.over_and_under(element, has_under=True, has_over=False)

    def of_mover(self, element: etree._Element) -> str:
        return self.over_and_under(element, has_under=False, has_over=True)

    def of_munderover(self, element: etree._Element) -> str:
        return self.over_and_under(element, has_under=True, has_over=True)

    def over_and_under(self, element: etree._Element, *, has_under: bool, has_over: bool) -> str:
        parts = children_of(element)
        if len(parts) != 1 + has_under + has_over:
            raise UnreadableMathml(name_of(element))
        under, over = parts[1] if has_under else None, parts[-1] if has_over else None
        base = without_wrappers(parts[0])
        sign = all_text_of(base).strip() if name_of(base) == "mo" else ""
        scripts = [(side, one) for side, one in (("b", under), ("t", over)) if one is not None]
        if sign in ARROWS:
            labels = "".join(f", {side}: {self.slot(_label_of(one))}" for side, one in scripts)
            return f"xarr({literal(sign)}{labels})"
        if sign in LARGE_OPERATORS | INTEGRALS or all_text_of(base).strip() in LIMITED:
            return f"lim({self.slot(parts[0])}{''.join(f', {side}: {self.slot(one)}' for side, one in scripts)})"
        return self.marked(element, parts[0], under, over)

    def marked(
        self, element: etree._Element, base: etree._Element, under: etree._Element | None, over: etree._Element | None
    ) -> str:
        """A thing with an accent, a line, a brace or words above or below."""
        braced = self.labelled_brace(base, under, over)
        if braced:
            return braced
        made, labels = self.slot(base), ""
        for side, mark in (("b", under), ("t", over)):
            if mark is None:
                continue
            inner = without_wrappers(mark)
            sign = all_text_of(inner).replace("\u00a0", "").strip() if name_of(inner) in {"mo", "mi"} else ""
            drawn = mark_under(made, sign) if side == "b" else mark_over(made, sign, inner)
            made = drawn or made
            labels += "" if drawn else f", {side}: {self.slot(mark)}"
        return f"lim({made}{labels})" if labels else made

    def labelled_brace(
        self, base: etree._Element, under: etree._Element | None, over: etree._Element | None
    ) -> str | None:
        """``\\underbrace{…}_{n}``: a label at a brace that is itself a mark."""
        inner = without_wrappers(base)
        label = under if over is None else over if under is None else None
        if label is None or name_of(inner) != ("munder" if over is None else "mover"):
            return None
        parts = children_of(inner)
        found = (UNDER if over is None else OVER).get(all_text_of(parts[-1]).strip()) if len(parts) == 2 else None
        return f"math.{found}({self.slot(parts[0])}, {self.slot(label)})" if found else None

    def of_mtable(self, element: etree._Element) -> str:
        return table_code(element, lambda cells: self.row(cells))

    def of_menclose(self, element: etree._Element) -> str:
        inside = [child for child in children_of(element) if "menclose-" not in (child.get("class") or "")]
        made = self.row(inside)
        notations = (element.get("notation") or "").split()
        if set(notations) >= BOTH_STRIKES:
            return f"math.cancel(cross: true, {made})"
        for notation in notations:
            made = STRIKES[notation].format(made) if notation in STRIKES else made
        return made

    def of_mphantom(self, element: etree._Element) -> str:
        return f"hide({self.row(children_of(element))})"

    def of_maction(self, element: etree._Element) -> str:
        return self.row(children_of(element)[:1])

    def arguments(self, element: etree._Element, count: int) -> list[str]:
        parts = children_of(element)
        if len(parts) != count:
            raise UnreadableMathml(name_of(element))
        return [self.slot(part) for part in parts]


_PASSED_OVER = frozenset({"none", "mprescripts", "annotation", "annotation-xml", "maligngroup", "malignmark"})
_TEXT_LOOKS = {"i": ', style: "italic"', "b": ', weight: "bold"', "em": ', style: "italic"', "u": ""}


def _seen(text: str) -> str:
    return "".join(sign for sign in text if sign not in INVISIBLE)


def _words(text: str, looks: str) -> str:
    """Words in a formula, in the font of the text; blanks at their ends stay."""
    text = re.sub(r"[\s\u00a0]+", " ", text)
    if not text:
        return ""
    inside = text.strip(" ")
    before, after = "h(0.25em); " if text[0] == " " else "", "; h(0.25em)" if inside and text[-1] == " " else ""
    words = f"tx({literal(inside)}{looks})" if inside else "h(0em)"
    return f"{{{before}{words}{after}}}" if before or after else words


def _fence(sign: str, kind: str) -> str:
    return f'math.class("{kind}", s({literal(sign)})); ' if sign else ""


def _label_of(element: etree._Element) -> etree._Element:
    """The words at a stretched arrow, without the empty ones that stretch it in a browser."""
    children = children_of(element)
    if name_of(element) in {"mover", "munder"} and len(children) == 2 and name_of(children[1]) == "mspace":
        return children[0]
    return element


def _is_applied(element: etree._Element) -> bool:
    """Whether a sign of function application follows, perhaps after the end of the row around."""
    while element.getnext() is None and (parent := element.getparent()) is not None and name_of(parent) == "mrow":
        element = parent
    following = element.getnext()
    return following is not None and all_text_of(following) == "\u2061"


def _begins_with_number(element: etree._Element) -> bool:
    """A number, or one with a script at it, as both sides of a decimal comma are."""
    parts = children_of(element)
    return name_of(element) == "mn" or (name_of(element) == "msup" and bool(parts) and name_of(parts[0]) == "mn")


def _is_prescript(element: etree._Element) -> bool:
    if name_of(element) not in {"msub", "msup", "msubsup"}:
        return False
    base = children_of(element)[0]
    return name_of(base) == "mrow" and not children_of(base) and not all_text_of(base).strip()


def _is_empty_space(element: etree._Element) -> bool:
    return name_of(element) == "mspace" and not element.get("width")


def _is_fence(element: etree._Element, signs: frozenset[str]) -> bool:
    return name_of(element) == "mo" and element.get("stretchy") != "false" and all_text_of(element).strip(" ") in signs
