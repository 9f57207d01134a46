r"""Equations that old documents write as fields: ``{ EQ \f(1;2) }`` becomes ``\frac{1}{2}``."""

import re

from quizbank.questions.formats.mathematics.latex_characters import latex_of_character

MAX_FIELD = 5_000
MAX_DEPTH = 30
_EQUATION = re.compile(r"\s*EQ\b\s?(?P<body>.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(
    r"\s*SYMBOL\s+(?P<code>\d{1,5}|0x[0-9a-f]{1,4})\b(?:.*?\\f\s+\"?(?P<font>[\w ]+)\"?)?", re.IGNORECASE
)
_OPTION = re.compile(r"\\(?P<name>[a-zA-Z]{2})(?P<value>\d+|\\.|)\s*")
_INTEGRALS = {"su": r"\sum", "pr": r"\prod", "in": r"\int"}


def equation_in_field(instruction: str) -> str | None:
    """The LaTeX of an ``EQ`` field, or None for every other field."""
    found = _EQUATION.fullmatch(instruction[:MAX_FIELD])
    return _Reader(found["body"]).read_all() if found else None


def symbol_in_field(instruction: str) -> tuple[int, str] | None:
    """Code and font of a ``SYMBOL`` field."""
    found = _SYMBOL.match(instruction[:MAX_FIELD])
    return (int(found["code"], 0), (found["font"] or "Symbol").strip()) if found else None


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0

    def read_all(self) -> str:
        pieces = []
        while self._place < len(self._text):
            pieces.append(self._until(""))
            if self._place < len(self._text):
                pieces.append(latex_of_character(self._text[self._place]))
                self._place += 1
        return "".join(pieces).strip()

    def _until(self, ends: str) -> str:
        """Read on to one of the signs in ``ends`` outside of brackets, or to the end."""
        pieces: list[str] = []
        open_brackets = 0
        while self._place < len(self._text):
            char = self._text[self._place]
            if ends and char in ends and not open_brackets:
                break
            if char == "\\":
                pieces.append(self._command())
                continue
            open_brackets += {"(": 1, ")": -1}.get(char, 0) if ends else 0
            pieces.append(" " if char.isspace() else latex_of_character(char))
            self._place += 1
        return "".join(pieces).strip() if ends else "".join(pieces)

    def _command(self) -> str:
        name = self._text[self._place + 1 : self._place + 2].lower()
        if not name.isalpha() or self._depth > MAX_DEPTH:
            self._place += 2
            return latex_of_character(name) if name else ""
        self._place += 2
        options = self._options()
        arguments = self._arguments()
        return _COMMANDS.get(name, _joined)(arguments, options)

    def _options(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while match := _OPTION.match(self._text, self._skipped()):
            found[match["name"].lower()] = match["value"].removeprefix("\\")
            self._place = match.end()
        return found

    def _skipped(self) -> int:
        while self._place < len(self._text) and self._text[self._place] == " ":
            self._place += 1
        return self._place

    def _arguments(self) -> list[str]:
        if self._text[self._skipped() : self._place + 1] != "(":
            return []
        self._depth += 1
        found: list[str] = []
        while self._place < len(self._text):
            self._place += 1
            found.append(self._until(",;)"))
            if self._text[self._place : self._place + 1] in (")", ""):
                self._place += 1
                break
        self._depth -= 1
        return found


def _fraction(arguments: list[str], _: dict[str, str]) -> str:
    above, below = [*arguments, "", ""][:2]
    return rf"\frac{{{above}}}{{{below}}}"


def _radical(arguments: list[str], _: dict[str, str]) -> str:
    if len(arguments) > 1:
        return rf"\sqrt[{arguments[0]}]{{{arguments[1]}}}" if arguments[0] else rf"\sqrt{{{arguments[1]}}}"
    return rf"\sqrt{{{''.join(arguments)}}}"


def _script(arguments: list[str], options: dict[str, str]) -> str:
    if len(arguments) > 1:
        return rf"{{}}^{{{arguments[0]}}}_{{{arguments[1]}}}"
    return f"_{{{''.join(arguments)}}}" if "do" in options else f"^{{{''.join(arguments)}}}"


def _brackets(arguments: list[str], options: dict[str, str]) -> str:
    both = options.get("bc", "")
    begin = options.get("lc", both or ("" if "rc" in options else "("))
    end = options.get("rc", {"{": "}", "[": "]", "<": ">", "(": ")"}.get(both, both) if both else "")
    end = ")" if not both and not options else end
    fences = {"{": r"\{", "}": r"\}", "": ".", "<": r"\langle", ">": r"\rangle"}
    left, right = (fences.get(sign, sign if sign in "()[]|/" else ".") for sign in (begin, end))
    return rf"\left{left} {''.join(arguments)}\right{right} "


def _integral(arguments: list[str], options: dict[str, str]) -> str:
    below, above, inside = [*arguments, "", "", ""][:3]
    sign = next((command for name, command in _INTEGRALS.items() if name in options), r"\int")
    return sign + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "") + f" {inside}"


def _array(arguments: list[str], options: dict[str, str]) -> str:
    columns = max(1, int(options.get("co") or "1") if options.get("co", "1").isdecimal() else 1)
    rows = ["&".join(arguments[start : start + columns]) for start in range(0, len(arguments), columns)]
    side = "l" if "al" in options else "r" if "ar" in options else "c"
    return rf"\begin{{array}}{{{side * columns}}}" + r"\\ ".join(rows) + r"\end{array}"


def _box(arguments: list[str], options: dict[str, str]) -> str:
    inside = "".join(arguments)
    if options.keys() & {"to"} and not options.keys() & {"bo", "le", "ri"}:
        return rf"\overline{{{inside}}}"
    return rf"\underline{{{inside}}}" if options.keys() & {"bo"} and len(options) == 1 else rf"\boxed{{{inside}}}"


def _over(arguments: list[str], _: dict[str, str]) -> str:
    """Characters on top of each other: a letter and its arrow or bar."""
    if len(arguments) == 2 and arguments[1].strip() in (r"\to", "→", r"\rightarrow"):
        return rf"\overrightarrow{{{arguments[0]}}}"
    if len(arguments) == 2 and arguments[1].strip() in ("¯", "_", r"\_", "-", "‾"):
        return rf"\overline{{{arguments[0]}}}"
    return rf"\overset{{{arguments[1]}}}{{{arguments[0]}}}" if len(arguments) == 2 else "".join(arguments)


def _joined(arguments: list[str], _: dict[str, str]) -> str:
    return ", ".join(arguments)


def _space(arguments: list[str], _: dict[str, str]) -> str:
    return r"\ "


_COMMANDS = {"f": _fraction, "r": _radical, "s": _script, "b": _brackets, "i": _integral, "a": _array, "x": _box} | {
    "o": _over,
    "l": _joined,
    "d": _space,
}
