"""Say a MathType equation in presentation MathML, as MathType's own translator does."""

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element

from quizbank.questions.formats.mathematics import mtef_templates as bits
from quizbank.questions.formats.mathematics.mtef import Char, Line, Matrix, MtefError, Node, Pile, Template, Typeface
from quizbank.questions.formats.mathematics.mtef_characters import (
    EMBELLISHMENTS,
    Embellishment,
    character,
    is_space,
    tag_of,
)
from quizbank.questions.formats.mathematics.mtef_decorations import DECORATIONS, Drawn, made, text_of
from quizbank.questions.formats.mathematics.mtef_templates import Selector

OPENERS = {")": "(", "]": "[", "}": "{"}
TEXT_FACES = frozenset({Typeface.TEXT, Typeface.USER_1, Typeface.USER_2, Typeface.TEXT_FAR_EAST})
SCRIPTS = frozenset({Selector.SUB, Selector.SUP, Selector.SUBSUP})
INTEGRALS = {1: "∫∮", 2: "∬∯", 3: "∭∰"}
OPERATORS = {
    Selector.SUM: "∑",
    Selector.PROD: "∏",
    Selector.COPROD: "∐",
    Selector.UNION: "⋃",
    Selector.INTER: "⋂",
}
FENCES = {
    Selector.ANGLE: "⟨⟩",
    Selector.PAREN: "()",
    Selector.BRACE: "{}",
    Selector.BRACK: "[]",
    Selector.BAR: "||",
    Selector.DBAR: "‖‖",
    Selector.FLOOR: "⌊⌋",
    Selector.CEILING: "⌈⌉",
    Selector.OBRACK: "⟦⟧",
}
INTERVAL_SIGNS = "()[]"


def mathml_of(equation: Line) -> Element:
    """The ``math`` element of an equation.

    Raises:
        MtefError: it holds a character or a construct that can't be said.
    """
    math = Element("math")
    math.extend(_row(equation.items))
    return math


def _row(items: Sequence[Node]) -> list[Element]:
    """The elements of what stands beside each other: scripts take what they belong to, letters join to words."""
    done: list[Element] = []
    waiting: list[Callable[[Element], Element]] = []
    for run in _runs(items):
        first = run[0]
        if isinstance(first, Template) and first.selector in SCRIPTS:
            if first.variation & bits.PRECEDES:
                waiting.append(_prescripts(first))
                continue
            found: Element | None = _scripts(first, _take_base(done))
        else:
            found = _chars(run) if isinstance(first, Char) else _node(first)
        if found is None:
            continue
        while waiting:
            found = waiting.pop()(found)
        done.append(found)
    while waiting:
        done.append(waiting.pop()(Element("mrow")))
    return done


def _runs(items: Sequence[Node]) -> Iterable[Sequence[Node]]:
    """Items by themselves, but characters of one word, text or number together."""
    run: list[Node] = []
    for item in items:
        if run and not (isinstance(item, Char) and isinstance(run[-1], Char) and _joins(run[-1], item)):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _joins(left: Char, right: Char) -> bool:
    if left.embellishments or right.embellishments or is_space(left) or is_space(right):
        return False
    if left.typeface in TEXT_FACES and right.typeface in TEXT_FACES:
        return True
    if left.typeface == right.typeface == Typeface.FUNCTION:
        return not right.starts_function and character(left).isalpha() and character(right).isalpha()
    return tag_of(left) == tag_of(right) == "mn"


def _chars(run: Sequence[Node]) -> Element | None:
    chars = [item for item in run if isinstance(item, Char)]
    if chars[0].typeface == Typeface.MARKER:
        return None
    if is_space(chars[0]):
        return text_of("mtext", character(chars[0]))
    tag = "mtext" if chars[0].typeface in TEXT_FACES else tag_of(chars[0])
    text = "".join(map(character, chars))
    said = text_of(tag, text.replace(" ", "\u00a0") if tag == "mtext" else text)
    if chars[0].typeface == Typeface.VECTOR and tag == "mi":
        said.set("mathvariant", "bold")
    for mark in chars[0].embellishments:
        said = _embellished(said, mark)
    return said


def _embellished(base: Element, mark: int) -> Element:
    try:
        how: Embellishment = EMBELLISHMENTS[mark]
    except KeyError as error:
        raise MtefError(f"embellishment {mark}") from error
    if how.tag == "menclose":
        return made("menclose", base, notation=how.sign)
    if how.tag == "mmultiscripts":
        return made(how.tag, base, Element("mprescripts"), Element("none"), text_of("mo", how.sign))
    marked = made(how.tag, base, text_of("mo", how.sign))
    if how.attribute:
        marked.set(how.attribute, "true")
    return marked


def _take_base(done: list[Element]) -> Element:
    """What a script belongs to: the thing before it, or all from the bracket that opens what it closes."""
    if not done:
        return Element("mrow")
    closer = done[-1].text or ""
    opener = OPENERS.get(closer)
    if opener:
        depth = 0
        for place in range(len(done) - 1, -1, -1):
            depth += (done[place].text == closer) - (done[place].text == opener)
            if depth == 0:
                group = done[place:]
                del done[place:]
                return made("mrow", *group)
    return done.pop()


def _scripts(template: Template, base: Element) -> Element:
    sub, sup = (_slot(template, place) for place in (0, 1))
    if base.tag == "mmultiscripts" and base[1].tag == "mprescripts":
        base.insert(1, Element("none") if template.selector is Selector.SUP else sub)
        base.insert(2, Element("none") if template.selector is Selector.SUB else sup)
        return base
    if template.selector is Selector.SUB:
        return made("msub", base, sub)
    if template.selector is Selector.SUP:
        return made("msup", base, sup)
    return made("msubsup", base, sub, sup)


def _prescripts(template: Template) -> Callable[[Element], Element]:
    sub = Element("none") if template.selector is Selector.SUP else _slot(template, 0)
    sup = Element("none") if template.selector is Selector.SUB else _slot(template, 1)
    return lambda base: made("mmultiscripts", base, Element("mprescripts"), sub, sup)


def _node(node: Node) -> Element | None:
    match node:
        case Line():
            return _group(node)
        case Pile():
            return _table([[line] for line in node.lines], "left")
        case Matrix():
            rows = [
                node.cells[start : start + node.columns] for start in range(0, len(node.cells), max(node.columns, 1))
            ]
            return _table(rows, {1: "left", 3: "right"}.get(node.alignment, ""))
        case Template():
            return _template(node)
        case _:
            return _chars([node])


def _table(rows: Iterable[Sequence[Node]], alignment: str) -> Element:
    table = Element("mtable")
    if alignment:
        table.set("columnalign", alignment)
    for cells in rows:
        table.append(made("mtr", *(made("mtd", *_inside(cell)) for cell in cells)))
    return table


def _inside(node: Node) -> list[Element]:
    if isinstance(node, Line):
        return _row(node.items)
    said = _node(node)
    return [] if said is None else [said]


def _group(node: Node) -> Element:
    """One element for a slot: the only one in it, or a row of them."""
    inside = _inside(node)
    return inside[0] if len(inside) == 1 else made("mrow", *inside)


def _slot(template: Template, place: int) -> Element:
    slots = template.slots
    return _group(slots[place]) if place < len(slots) else Element("mrow")


def _has(template: Template, place: int) -> bool:
    """Whether a slot is there and not merely a place holder."""
    slots = template.slots
    if place >= len(slots):
        return False
    slot = slots[place]
    return not (isinstance(slot, Line) and slot.is_null)


def _template(template: Template) -> Element:
    selector = template.selector
    if selector in bits.FENCES:
        return _fenced(template)
    if selector in bits.BIG_OPERATORS:
        return _operator(template)
    if selector in DECORATIONS:
        places = range(len(template.slots))
        slots = tuple(_slot(template, place) if _has(template, place) else None for place in places)
        return DECORATIONS[selector](Drawn(selector, template.variation, slots))
    return TEMPLATES[selector](template)


def _fenced(template: Template) -> Element:
    """The fences are characters after the slot; those without a public code are known by the template."""
    left, right = _fences_of(template)
    chars = [character(char, private="") for char in template.chars]
    if template.selector is not Selector.INTERVAL:
        has_left, has_right = template.variation & bits.FENCE_LEFT, template.variation & bits.FENCE_RIGHT
        left, right = left if has_left else "", right if has_right else ""
        if len(chars) == bool(has_left) + bool(has_right):
            left = (chars[0] or left) if has_left else ""
            right = (chars[-1] or right) if has_right else ""
    parts = [text_of("mo", left)] if left else []
    parts.append(_slot(template, 0))
    return made("mrow", *parts, *([text_of("mo", right)] if right else []))


def _fences_of(template: Template) -> tuple[str, str]:
    if template.selector is Selector.INTERVAL:
        return INTERVAL_SIGNS[template.variation & 0x03], INTERVAL_SIGNS[template.variation >> 4 & 0x03]
    pair = FENCES[template.selector]
    return pair[0], pair[1]


def _operator(template: Template) -> Element:
    char = next((character(char, private="") for char in template.chars), "")
    sign = _slot(template, 3) if _has(template, 3) else text_of("mo", char or OPERATORS.get(template.selector, ""))
    if not len(sign) and not sign.text:
        raise MtefError(f"operator of template {template.selector}")
    is_over = bool(template.variation & bits.SUM_STYLE)
    return _displayed(_limits(template, sign, is_over=is_over), _slot(template, 0))


def _integral(template: Template) -> Element:
    signs = template.variation & 0x03 or 1
    loop = template.variation & bits.INTEG_ANTICLOCKWISE
    if signs == 1 and loop in (bits.INTEG_CLOCKWISE, bits.INTEG_ANTICLOCKWISE):
        sign = "∲" if loop == bits.INTEG_CLOCKWISE else "∳"
    else:
        sign = INTEGRALS[signs][1 if loop else 0]
    is_over = bool(template.variation & bits.SUM_STYLE)
    return _displayed(_limits(template, text_of("mo", sign), is_over=is_over), _slot(template, 0))


def _displayed(*parts: Element) -> Element:
    return made("mstyle", made("mrow", *parts), displaystyle="true")


def _limits(template: Template, sign: Element, *, is_over: bool) -> Element:
    has_lower, has_upper = _has(template, 1), _has(template, 2)
    if has_lower and has_upper:
        return made("munderover" if is_over else "msubsup", sign, _slot(template, 1), _slot(template, 2))
    if has_lower:
        return made("munder" if is_over else "msub", sign, _slot(template, 1))
    if has_upper:
        return made("mover" if is_over else "msup", sign, _slot(template, 2))
    return sign


def _limit(template: Template) -> Element:
    return _limits(template, _slot(template, 0), is_over=True)


def _root(template: Template) -> Element:
    if _has(template, 1):
        return made("mroot", _slot(template, 0), _slot(template, 1))
    return made("msqrt", _slot(template, 0))


def _fraction(template: Template) -> Element:
    fraction = made("mfrac", _slot(template, 0), _slot(template, 1))
    if template.variation & bits.FRACT_SLASH:
        fraction.set("bevelled", "true")
    return fraction


def _dirac(template: Template) -> Element:
    """Bra, ket or both; the slots are the left and the right part."""
    has_left, has_right = template.variation & bits.DIRAC_LEFT, template.variation & bits.DIRAC_RIGHT
    parts = [text_of("mo", "⟨"), _slot(template, 0)] if has_left else []
    parts.append(text_of("mo", "|"))
    return made("mrow", *parts, *([_slot(template, 1), text_of("mo", "⟩")] if has_right else []))


TEMPLATES: dict[Selector, Callable[[Template], Element]] = {
    Selector.ROOT: _root,
    Selector.FRACT: _fraction,
    Selector.INTEG: _integral,
    Selector.LIM: _limit,
    Selector.SUB: lambda template: _scripts(template, Element("mrow")),
    Selector.SUP: lambda template: _scripts(template, Element("mrow")),
    Selector.SUBSUP: lambda template: _scripts(template, Element("mrow")),
    Selector.DIRAC: _dirac,
}
