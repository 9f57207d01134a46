r"""Word's own equations (OMML) as LaTeX.

Every construct of the format is read: ``m:f m:rad m:nary m:d m:m m:eqArr m:acc m:bar m:limLow m:limUpp m:sSub m:sSup
m:sSubSup m:sPre m:func m:groupChr m:box m:borderBox m:phant``. What a newer Word may add gives its contents.

Source: ECMA-376 part 1, chapter 22.1.
"""

import re
from collections.abc import Callable

from lxml.etree import _Element

from quizbank.questions.formats.mathematics.latex_characters import join_latex, latex_of_character
from quizbank.questions.formats.mathematics.omml_runs import FUNCTIONS, latex_of_run
from quizbank.questions.formats.mathematics.omml_signs import (
    ACCENTS,
    ARROWS,
    EXTENSIBLE,
    FENCES,
    INTEGRALS,
    NARY,
    OVER,
    UNDER,
    WIDE,
)

MAX_DEPTH = 60
"""Levels of nested constructs; what lies deeper is read as bare text."""

_Read = Callable[["_Reader", _Element], str]
_SIMPLE_BASE = re.compile(
    r"(?:\w+|\\[a-zA-Z]+(?:\{[^{}]*\})?|\\left.*\\right(?:\\[a-zA-Z]+|\\?\S)|\\[|{}])\Z", re.DOTALL
)
_STRIKES = ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")
_CELL_SEPARATORS = re.compile(r"\\&")


def latex_of_omml(element: _Element) -> str:
    """The LaTeX, without dollars, of an ``m:oMath`` or ``m:oMathPara``; several formulas are joined by a wide space."""
    reader = _Reader()
    if _name(element) == "oMathPara":
        formulas = [reader.children(child) for child in element if _name(child) == "oMath"]
        return r"\quad ".join(formula for formula in formulas if formula)
    return reader.children(element).strip()


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element if _name(child) == name), None)


def _value(element: _Element, *path: str) -> str | None:
    """The ``m:val`` at the end of a path of children: ``""`` where the element has no value, None where it is not."""
    found: _Element | None = element
    for name in path:
        found = _child(found, name) if found is not None else None
    if found is None:
        return None
    return next((str(value) for key, value in found.attrib.items() if str(key).rpartition("}")[2] == "val"), "")


def _is_on(element: _Element, *path: str) -> bool:
    return _value(element, *path) not in (None, "0", "off", "false")


def _scripted(base: str) -> str:
    """A base that may carry a script: in braces where it is more than one thing."""
    return base if _SIMPLE_BASE.match(base) and base.count(r"\left") <= 1 else f"{{{base}}}"


class _Reader:
    def __init__(self) -> None:
        self._depth = 0

    def children(self, element: _Element | None) -> str:
        if element is None:
            return ""
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                return "".join(latex_of_character(char) for text in element.itertext() for char in str(text))
            return join_latex(self.one(child) for child in element)
        finally:
            self._depth -= 1

    def one(self, element: _Element) -> str:
        name = _name(element)
        if not name or name.endswith("Pr") or name in ("del", "moveFrom"):
            return ""
        return _CONSTRUCTS.get(name, _Reader.children)(self, element)

    def part(self, element: _Element, name: str) -> str:
        return self.children(_child(element, name))

    def run(self, element: _Element) -> str:
        return latex_of_run(element)

    def fraction(self, element: _Element) -> str:
        above, below = self.part(element, "num"), self.part(element, "den")
        kind = _value(element, "fPr", "type")
        if kind == "lin":
            return join_latex([_scripted(above), "/", _scripted(below)])
        if kind == "skw":
            return rf"{{}}^{{{above}}}/_{{{below}}}"
        return (
            rf"\genfrac{{}}{{}}{{0pt}}{{}}{{{above}}}{{{below}}}"
            if kind == "noBar"
            else rf"\frac{{{above}}}{{{below}}}"
        )

    def radical(self, element: _Element) -> str:
        degree, inside = self.part(element, "deg"), self.part(element, "e")
        is_square = _is_on(element, "radPr", "degHide") or not degree
        return rf"\sqrt{{{inside}}}" if is_square else rf"\sqrt[{degree}]{{{inside}}}"

    def nary(self, element: _Element) -> str:
        sign = _value(element, "naryPr", "chr")
        sign = "∫" if sign is None else sign
        below = "" if _is_on(element, "naryPr", "subHide") else self.part(element, "sub")
        above = "" if _is_on(element, "naryPr", "supHide") else self.part(element, "sup")
        is_stacked = _value(element, "naryPr", "limLoc") == "undOvr"
        written = latex_of_character(sign) if sign else ""
        scripts = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
        if sign in NARY:
            limits = r"\limits" if is_stacked and sign in INTEGRALS and scripts else ""
            return join_latex([written + limits + scripts, self.part(element, "e")])
        stacked = rf"\overset{{{above}}}{{{written}}}" if above else written
        stacked = rf"\underset{{{below}}}{{{stacked}}}" if below else stacked
        return join_latex([stacked if is_stacked else written + scripts, self.part(element, "e")])

    def delimiters(self, element: _Element) -> str:
        values = [_value(element, "dPr", name) for name in ("begChr", "endChr", "sepChr")]
        begin, end, separator = (
            default if value is None else value for value, default in zip(values, "()|", strict=True)
        )
        inner = [child for child in element if _name(child) == "e"]
        if begin == "{" and end == "" and len(inner) == 1 and (cases := self._cases(inner[0])):
            return cases
        parts = [self.children(child) for child in inner]
        between = rf"\middle{FENCES[separator]}" if separator and separator in FENCES else _bare(separator)
        opening, closing = FENCES.get(begin), FENCES.get(end)
        if opening is None or closing is None:
            return join_latex([_bare(begin), _bare(separator).join(parts), _bare(end)])
        inside = [piece for place, part in enumerate(parts) for piece in ([between] if place else []) + [part]]
        if len(parts) == 1 and _value(element, "dPr", "grow") in ("0", "off", "false"):
            return join_latex([opening.strip("."), *inside, closing.strip(".")])
        return join_latex([rf"\left{opening}", *inside, rf"\right{closing}"])

    def _cases(self, element: _Element) -> str:
        """``\\begin{cases}`` for an array of equations behind one brace, where nothing else stands beside it."""
        arrays = [child for child in element if not _name(child).endswith("Pr")]
        if len(arrays) != 1 or _name(arrays[0]) != "eqArr":
            return ""
        rows = self._rows_of_array(arrays[0])
        return "" if any("&" in _without_escapes(row) for row in rows) else _environment("cases", rows)

    def _rows_of_array(self, element: _Element) -> list[str]:
        return [_with_alignment(self.children(child)) for child in element if _name(child) == "e"]

    def equations(self, element: _Element) -> str:
        rows = self._rows_of_array(element)
        is_aligned = any("&" in _without_escapes(row) for row in rows)
        return _environment("aligned", rows) if is_aligned else _environment("array", rows, "{l}")

    def matrix(self, element: _Element) -> str:
        rows = [
            "&".join(self.children(cell) for cell in row if _name(cell) == "e") for row in element if _name(row) == "mr"
        ]
        columns = self._columns_of(element, max((row.count("&") + 1 for row in rows), default=1))
        if set(columns) == {"c"}:
            return _environment("matrix", rows)
        return _environment("array", rows, f"{{{columns}}}")

    def _columns_of(self, element: _Element, count: int) -> str:
        """How the columns are set: ``lcr``."""
        found = ""
        properties = _child(element, "mPr")
        columns = _child(properties, "mcs") if properties is not None else None
        for column in columns if columns is not None else ():
            times = _value(column, "mcPr", "count") or "1"
            side = (_value(column, "mcPr", "mcJc") or "center")[:1]
            found += (side if side in "lcr" else "c") * min(int(times) if times.isdecimal() else 1, count)
        return found[:count] if found else "c"

    def accent(self, element: _Element) -> str:
        sign = _value(element, "accPr", "chr")
        command = ACCENTS.get("\u0302" if sign is None else sign, "")
        inside = self.part(element, "e")
        if not command:
            return rf"\overset{{{latex_of_character(sign or '')}}}{{{inside}}}" if sign else inside
        bare = inside.removeprefix("\\").strip()
        is_wide = len(bare) > 1 and not (inside.startswith("\\") and bare.isalpha())
        return rf"\{WIDE.get(command, command) if is_wide else command}{{{inside}}}"

    def bar(self, element: _Element) -> str:
        is_above = _value(element, "barPr", "pos") == "top"
        return rf"\{'overline' if is_above else 'underline'}{{{self.part(element, 'e')}}}"

    def group_sign(self, element: _Element) -> str:
        sign = _value(element, "groupChrPr", "chr")
        sign = "⏟" if sign is None else sign
        is_above = _value(element, "groupChrPr", "pos") == "top"
        sits_below = _value(element, "groupChrPr", "vertJc") == "bot"
        inside = self.part(element, "e")
        if sign in ARROWS and is_above != sits_below:
            return rf"\x{ARROWS[sign]}[{inside}]{{}}" if is_above else rf"\x{ARROWS[sign]}{{{inside}}}"
        command = (OVER if is_above else UNDER).get(sign)
        if command:
            return rf"\{command}{{{inside}}}"
        return (
            rf"\{'overset' if is_above else 'underset'}{{{latex_of_character(sign)}}}{{{inside}}}" if sign else inside
        )

    def lower_limit(self, element: _Element) -> str:
        base, limit = self.part(element, "e"), self.part(element, "lim")
        return _limited(base, limit, "_")

    def upper_limit(self, element: _Element) -> str:
        base, limit = self.part(element, "e"), self.part(element, "lim")
        return _limited(base, limit, "^")

    def subscript(self, element: _Element) -> str:
        return f"{_scripted(self.part(element, 'e'))}_{{{self.part(element, 'sub')}}}"

    def superscript(self, element: _Element) -> str:
        base, raised = _scripted(self.part(element, "e")), self.part(element, "sup")
        if raised and set(raised) == {"'"}:
            return base + raised
        return base + raised if raised == r"^{\circ}" else f"{base}^{{{raised}}}"

    def both_scripts(self, element: _Element) -> str:
        below, above = self.part(element, "sub"), self.part(element, "sup")
        return f"{_scripted(self.part(element, 'e'))}_{{{below}}}^{{{above}}}"

    def scripts_before(self, element: _Element) -> str:
        below, above = self.part(element, "sub"), self.part(element, "sup")
        scripts = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
        return join_latex(["{}" + scripts, self.part(element, "e")])

    def function(self, element: _Element) -> str:
        name, argument = self.part(element, "fName"), self.part(element, "e")
        bare = re.fullmatch(r"\\mathrm\{([A-Za-z]+)\}|([A-Za-z]{2,})", name)
        if bare:
            word = bare[1] or bare[2]
            name = f"\\{word}" if word in FUNCTIONS else rf"\operatorname{{{word}}}"
        return join_latex([name, argument])

    def framed(self, element: _Element) -> str:
        inside = self.part(element, "e")
        strikes = {
            name for name in ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR") if _is_on(element, "borderBoxPr", name)
        }
        if {"strikeBLTR", "strikeTLBR"} <= strikes:
            return rf"\xcancel{{{inside}}}"
        if strikes:
            return rf"\{'bcancel' if 'strikeTLBR' in strikes else 'cancel'}{{{inside}}}"
        sides = [
            name for name in ("hideTop", "hideBot", "hideLeft", "hideRight") if _is_on(element, "borderBoxPr", name)
        ]
        return inside if len(sides) == 4 else rf"\boxed{{{inside}}}"

    def phantom(self, element: _Element) -> str:
        is_hidden = _value(element, "phantPr", "show") in ("0", "off", "false")
        inside = self.part(element, "e")
        if not is_hidden:
            return inside
        if _is_on(element, "phantPr", "zeroWid"):
            return rf"\vphantom{{{inside}}}"
        flat = _is_on(element, "phantPr", "zeroAsc") and _is_on(element, "phantPr", "zeroDesc")
        return rf"\hphantom{{{inside}}}" if flat else rf"\phantom{{{inside}}}"


def _bare(sign: str) -> str:
    return "".join(latex_of_character(char) for char in sign)


def _limited(base: str, limit: str, script: str) -> str:
    """A base with a limit below (``_``) or above (``^``) it."""
    command = base.strip().removeprefix("\\")
    word = re.fullmatch(r"\\mathrm\{([A-Za-z]+)\}|\\?([A-Za-z]{2,})", base.strip())
    name = (word[1] or word[2]) if word else ""
    if name in FUNCTIONS:
        return rf"\{name}\limits{script}{{{limit}}}"
    arrow = {"to": "rightarrow", "longrightarrow": "rightarrow", "longleftarrow": "leftarrow"}.get(command, command)
    if base.startswith("\\") and arrow in EXTENSIBLE:
        return rf"\x{arrow}{{{limit}}}" if script == "^" else rf"\x{arrow}[{limit}]{{}}"
    if base.startswith((r"\underbrace", r"\underbracket")) and script == "_":
        return f"{base}_{{{limit}}}"
    if base.startswith((r"\overbrace", r"\overbracket")) and script == "^":
        return f"{base}^{{{limit}}}"
    return rf"\{'underset' if script == '_' else 'overset'}{{{limit}}}{{{base}}}"


def _environment(name: str, rows: list[str], columns: str = "") -> str:
    return rf"\begin{{{name}}}{columns}" + r"\\ ".join(rows) + rf"\end{{{name}}}"


def _without_escapes(row: str) -> str:
    return _CELL_SEPARATORS.sub("", row)


def _with_alignment(row: str) -> str:
    r"""Inside an array of equations ``&`` is a place to align at; runs write it ``\&`` as elsewhere."""
    return row if r"\begin" in row else row.replace(r"\&", "&")


_CONSTRUCTS: dict[str, _Read] = {
    "r": _Reader.run,
    "f": _Reader.fraction,
    "rad": _Reader.radical,
    "nary": _Reader.nary,
    "d": _Reader.delimiters,
    "m": _Reader.matrix,
    "eqArr": _Reader.equations,
    "acc": _Reader.accent,
    "bar": _Reader.bar,
    "groupChr": _Reader.group_sign,
    "limLow": _Reader.lower_limit,
    "limUpp": _Reader.upper_limit,
    "sSub": _Reader.subscript,
    "sSup": _Reader.superscript,
    "sSubSup": _Reader.both_scripts,
    "sPre": _Reader.scripts_before,
    "func": _Reader.function,
    "borderBox": _Reader.framed,
    "phant": _Reader.phantom,
}
