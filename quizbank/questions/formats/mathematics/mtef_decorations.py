"""What MathType draws over, under, through and around things, in MathML."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizbank.questions.formats.mathematics import mtef_templates as bits
from quizbank.questions.formats.mathematics.mtef_templates import Selector

HATS = {Selector.TILDE: "˜", Selector.HAT: "^", Selector.ARC: "⌢", Selector.JSTATUS: "︹"}


@dataclass(frozen=True)
class Drawn:
    """A template whose slots are said already; None for a slot that is not there."""

    selector: Selector
    variation: int
    slots: tuple[Element | None, ...]

    def has(self, place: int) -> bool:
        return place < len(self.slots) and self.slots[place] is not None

    def slot(self, place: int) -> Element:
        found = self.slots[place] if place < len(self.slots) else None
        return Element("mrow") if found is None else found


def made(name: str, *children: Element, **attributes: str) -> Element:
    built = Element(name, attributes)
    built.extend(children)
    return built


def text_of(name: str, text: str, **attributes: str) -> Element:
    built = Element(name, attributes)
    built.text = text
    return built


def over(base: Element, sign: str) -> Element:
    return made("mover", base, text_of("mo", sign, stretchy="true"), accent="true")


def under(base: Element, sign: str) -> Element:
    return made("munder", base, text_of("mo", sign, stretchy="true"), accentunder="true")


def bar(drawn: Drawn) -> Element:
    drawn_bar, wrap = drawn.slot(0), over if drawn.selector is Selector.OBAR else under
    for _bar_number in range(2 if drawn.variation & bits.BAR_DOUBLE else 1):
        drawn_bar = wrap(drawn_bar, "¯" if drawn.selector is Selector.OBAR else "_")
    return drawn_bar


def hat(drawn: Drawn) -> Element:
    return over(drawn.slot(0), HATS[drawn.selector])


def vector(drawn: Drawn) -> Element:
    variation = drawn.variation
    sides = variation & (bits.VEC_LEFT | bits.VEC_RIGHT)
    is_under, is_harpoon = bool(variation & bits.VEC_UNDER), bool(variation & bits.VEC_HARPOON)
    if is_harpoon:
        signs = {bits.VEC_LEFT: "↽" if is_under else "↼", bits.VEC_RIGHT: "⇁" if is_under else "⇀"}
    else:
        signs = {bits.VEC_LEFT: "←", bits.VEC_RIGHT: "→"}
    return (under if is_under else over)(drawn.slot(0), signs.get(sides, "↔"))


def arrow(drawn: Drawn) -> Element:
    variation = drawn.variation
    top, bottom = bool(variation & bits.ARROW_TOP), bool(variation & bits.ARROW_BOTTOM)
    is_pair = bool(variation & (bits.ARROW_DOUBLE | bits.ARROW_HARPOON))
    sides = variation & (bits.ARROW_LEFT | bits.ARROW_RIGHT)
    if is_pair and sides in (bits.ARROW_LEFT, bits.ARROW_RIGHT):
        return uneven_arrows(drawn, is_upper_larger=sides == bits.ARROW_LEFT)
    if is_pair:
        sign = "⇌" if variation & bits.ARROW_HARPOON else "⇄"
    else:
        sign = {bits.ARROW_LEFT: "←", bits.ARROW_RIGHT: "→"}.get(sides, "↔")
    return labelled(drawn, text_of("mo", sign), top=top, bottom=bottom)


def labelled(drawn: Drawn, sign: Element, *, top: bool, bottom: bool) -> Element:
    if top and bottom:
        return made("munderover", sign, drawn.slot(1), drawn.slot(0))
    if bottom:
        return made("munder", sign, drawn.slot(1))
    return made("mover", sign, drawn.slot(0))


def uneven_arrows(drawn: Drawn, *, is_upper_larger: bool) -> Element:
    signs = ("⇀", "↽") if drawn.variation & bits.ARROW_HARPOON else ("→", "←")
    levels = ("-1", "+1") if is_upper_larger else ("+1", "-1")
    upper, lower = (
        made("mstyle", text_of("mo", sign), scriptlevel=level) for sign, level in zip(signs, levels, strict=True)
    )
    has_top, has_bottom = drawn.variation & bits.ARROW_TOP, drawn.variation & bits.ARROW_BOTTOM
    if has_top and has_bottom:
        below = made("munder", lower, drawn.slot(1))
        return made("munderover", upper, below, drawn.slot(0), accentunder="true")
    pair = made("munder", upper, lower, accentunder="true")
    return labelled(drawn, pair, top=bool(has_top), bottom=bool(has_bottom))


def brace(drawn: Drawn) -> Element:
    is_top = bool(drawn.variation & bits.HBRACE_TOP)
    if drawn.selector is Selector.HBRACE:
        sign = "︷" if is_top else "︸"
    else:
        sign = "⎴" if is_top else "⎵"
    tag = "mover" if is_top else "munder"
    braced = made(tag, drawn.slot(0), text_of("mo", sign, stretchy="true"))
    return made(tag, braced, drawn.slot(1)) if drawn.has(1) else braced


def division(drawn: Drawn) -> Element:
    divided = made("menclose", drawn.slot(0), notation="longdiv")
    if not drawn.has(1):
        return divided
    cells = (made("mtd", part, columnalign="right") for part in (drawn.slot(1), divided))
    return made("mtable", *(made("mtr", cell) for cell in cells))


def strike(drawn: Drawn) -> Element:
    names = (
        (bits.STRIKE_HORIZONTAL, "horizontalstrike"),
        (bits.STRIKE_UP, "updiagonalstrike"),
        (bits.STRIKE_DOWN, "downdiagonalstrike"),
    )
    return enclosed(drawn, names)


def box(drawn: Drawn) -> Element:
    sides = (
        (bits.BOX_TOP, "top"),
        (bits.BOX_BOTTOM, "bottom"),
        (bits.BOX_LEFT, "left"),
        (bits.BOX_RIGHT, "right"),
    )
    all_sides = sum(bit for bit, _ in sides)
    if drawn.variation & all_sides == all_sides:
        notation = "roundedbox" if drawn.variation & bits.BOX_ROUND else "box"
        return made("menclose", drawn.slot(0), notation=notation)
    return enclosed(drawn, sides)


def enclosed(drawn: Drawn, names: Iterable[tuple[int, str]]) -> Element:
    notation = " ".join(name for bit, name in names if drawn.variation & bit)
    return made("menclose", drawn.slot(0), notation=notation)


DECORATIONS: dict[Selector, Callable[[Drawn], Element]] = {
    Selector.UBAR: bar,
    Selector.OBAR: bar,
    Selector.ARROW: arrow,
    Selector.HBRACE: brace,
    Selector.HBRACK: brace,
    Selector.LDIV: division,
    Selector.VEC: vector,
    Selector.TILDE: hat,
    Selector.HAT: hat,
    Selector.ARC: hat,
    Selector.JSTATUS: hat,
    Selector.STRIKE: strike,
    Selector.BOX: box,
}
