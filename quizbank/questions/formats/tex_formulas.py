r"""The formulas of LaTeX papers: where they begin and end, and their commands as those that pages can show.

``\heva`` and ``\hoac`` of ``ex_test`` are written out; so is what other packages and plain TeX give a teacher
(``\vv``, ``\SI``, ``\root``, text with formulas in it).
"""

import re
from collections.abc import Callable, Mapping

from quizbank.questions.formats.tex_arguments import TexError, group_at, option_at

_BEGIN = re.compile(
    r"(?P<dollars>\$\$)|(?<!\\)(?P<dollar>\$)|(?<!\\)\\(?P<bracket>[(\[])"
    r"|\\begin\{(?P<name>equation|align|alignat|gather|multline|eqnarray|flalign|displaymath|math|aligned)(?P<star>\*?)\}"
)
_INSIDE = re.compile(r"\\.|[{}]|\$\$?", re.DOTALL)
_ROWS = frozenset({"align", "alignat", "gather", "multline", "eqnarray", "flalign", "aligned"})
_TEXT = re.compile(r"\\(?:text(?:rm|bf|it|normal|sf|tt|sl|sc)?|mbox|hbox|fbox)(?![a-zA-Z])\s*(?=\{)")
_NESTED = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+?)(?<!\\)\$", re.DOTALL)
_ROOT = re.compile(r"\\root\s*(\{[^{}]*\}|\w)\s*\\of\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\w)")
_SYSTEMS = (("heva", r"\{"), ("hoac", "["))
_NAMES = {
    "vv": r"\overrightarrow", "wideparen": r"\overparen", "arc": r"\overparen", "mbox": r"\text", "hbox": r"\text",
    "textnormal": r"\text", "emph": r"\text", "fbox": r"\boxed", "uline": r"\underline", "dotsb": r"\cdots",
    "dotfill": r"\ldots",
    "permil": "‰", "textperthousand": "‰", "textdegree": r"^\circ", "ohm": r"\Omega", "celsius": r"^\circ\mathrm{C}",
    "hfill": r"\quad", "hfil": r"\quad", "dint": r"\displaystyle\int", "dlim": r"\lim\limits",
}  # fmt: skip
_SILENT = (
    "allowdisplaybreaks protect strut ensuremath smash footnotesize small normalsize large Large scriptsize tiny "
    "centering noindent nolinebreak nobreak break selectfont hskip"
)
_WITH_ARGUMENTS = {"label": 1, "fontsize": 2, "vspace": 1, "rule": 2, "setlength": 2}
_COMMAND = re.compile(rf"\\(?P<name>{'|'.join([*_NAMES, *_SILENT.split()])})\*?(?![a-zA-Z])[ \t]*(?P<next>[a-zA-Z]?)")
_LIMITS = re.compile(r"\\mathop\s*\{(?P<what>\\?[a-zA-Z]+)\}\s*\\limits(?![a-zA-Z])")
_CIRCLED = {"textcircled": 0x245F, "ding": 0x2460 - 172}
UNITS: Mapping[str, str] = {
    "meter": "m", "metre": "m", "second": "s", "gram": "g", "gramme": "g", "kilogram": "kg", "newton": "N",
    "joule": "J",
    "watt": "W", "volt": "V", "ampere": "A", "ohm": "Ω", "hertz": "Hz", "kelvin": "K", "celsius": "°C",
    "degreeCelsius": "°C", "degree": "°", "mole": "mol", "litre": "l", "liter": "l", "pascal": "Pa", "coulomb": "C",
    "tesla": "T", "weber": "Wb", "henry": "H", "farad": "F", "candela": "cd", "hour": "h", "minute": "min", "day": "d",
    "percent": "%", "electronvolt": "eV", "becquerel": "Bq", "tonne": "t", "kilo": "k", "centi": "c", "milli": "m",
    "micro": "µ", "nano": "n", "mega": "M", "giga": "G", "deci": "d", "hecto": "h", "pico": "p", "per": "/",
    "squared": "²", "cubed": "³", "square": "²", "cubic": "³",
}  # fmt: skip


def find_formula(text: str, at: int) -> re.Match[str] | None:
    """Where the next formula begins."""
    return _BEGIN.search(text, at)


def formula_at(text: str, begun: re.Match[str]) -> tuple[str, int] | None:
    """The formula that begins here, between dollars, and where it ends; None where it never does."""
    if begun["name"]:
        closing = rf"\end{{{begun['name']}{begun['star']}}}"
        end = text.find(closing, begun.end())
        if end < 0:
            return None
        inside = text[begun.end() : end]
        if begun["name"] == "alignat" and (columns := group_at(inside, 0)):
            inside = inside[columns[1] :]
        if begun["name"] in _ROWS:
            inside = rf"\begin{{aligned}}{inside}\end{{aligned}}"
        return _written(inside), end + len(closing)
    if begun["bracket"]:
        closing = {"(": r"\)", "[": r"\]"}[begun["bracket"]]
        end = text.find(closing, begun.end())
        return None if end < 0 else (_written(text[begun.end() : end]), end + 2)
    closing = begun["dollars"] or "$"
    end = _closing_dollar(text, begun.end(), closing)
    return None if end < 0 else (_written(text[begun.end() : end]), end + len(closing))


def _closing_dollar(text: str, at: int, closing: str) -> int:
    """The dollars that end a formula: those in the braces of a text inside it belong to a formula of their own."""
    depth = 0
    for found in _INSIDE.finditer(text, at, at + 20_000):
        sign = found[0]
        depth += (sign == "{") - (sign == "}")
        if sign[0] == "$" and (depth <= 0 or "\n\n" in text[at : found.start()]):
            return found.start() if len(sign) >= len(closing) else -1
    return -1


def _written(tex: str) -> str:
    tex = " ".join(tex.split())
    return f"${written_out(tex)}$" if tex else ""


def written_out(tex: str) -> str:
    r"""A formula in commands that are shown: ``\heva{&a\\&b}`` is a system in a brace, ``\vv{AB}`` an arrow above."""
    for name, opening in _SYSTEMS:
        tex = _replaced(tex, name, 1, lambda given, opening=opening: _system(given[0], opening))  # type: ignore[misc]
    if "\\" not in tex:
        return tex
    tex = _opened_texts(tex)
    tex = _LIMITS.sub(r"\g<what>\\limits", _ROOT.sub(r"\\sqrt[\1]{\2}", tex))
    tex = re.sub(r"\\(begin|end)\{eqnarray\*?\}", r"\\\1{aligned}", tex)
    for name in ("SI", "qty"):
        tex = _replaced(tex, name, 2, lambda given: rf"{given[0]}\,\mathrm{{{unit_of(given[1])}}}")
    for name in ("si", "unit"):
        tex = _replaced(tex, name, 1, lambda given: rf"\mathrm{{{unit_of(given[0])}}}")
    tex = _replaced(tex, "num", 1, lambda given: given[0])
    for name in ("tag", "tagEX"):
        tex = _replaced(tex, name, 1, lambda given: rf"\qquad({given[0]})")
    for name, count in _WITH_ARGUMENTS.items():
        tex = _replaced(tex, name, count, lambda _given: "")
    for name, start in _CIRCLED.items():
        tex = _replaced(tex, name, 1, lambda given, start=start: _circled(given[0], start))  # type: ignore[misc]
    return _COMMAND.sub(_named, tex)


def _named(found: re.Match[str]) -> str:
    meant = _NAMES.get(found["name"], "")
    return f"{meant} {found['next']}" if found["next"] and meant[:1] == "\\" else f"{meant}{found['next']}"


def unit_of(written: str) -> str:
    r"""``\kilo\meter\per\hour`` as ``km/h``; what is written plainly stays."""
    return re.sub(r"\\([a-zA-Z]+)\s*", lambda found: UNITS.get(found[1], found[0]), written).strip()


def _circled(written: str, start: int) -> str:
    number = written.strip()
    return chr(start + int(number)) if number.isdecimal() and 0x2460 <= start + int(number) <= 0x2473 else f"({number})"


def _system(rows: str, opening: str) -> str:
    rows = re.sub(r"(^|\\\\)\s*&", r"\1", rows).replace("&", "")
    return rf"\left{opening}\begin{{array}}{{l}}{rows}\end{{array}}\right."


def _opened_texts(tex: str) -> str:
    r"""``\text{nếu $x>1$}`` as ``\text{nếu }x>1``: pages show no formula inside a text inside a formula."""
    at = 0
    while (found := _TEXT.search(tex, at)) is not None:
        try:
            group = group_at(tex, found.end())
        except TexError:
            return tex
        if group is None or not _NESTED.search(group[0]):
            at = found.end()
            continue
        command = found[0].strip()
        pieces = _NESTED.split(group[0])
        written = "".join(
            piece if place % 2 else f"{command}{{{piece}}}" for place, piece in enumerate(pieces) if piece
        )
        tex = tex[: found.start()] + written + tex[group[1] :]
        at = found.start() + len(written)
    return tex


def _replaced(tex: str, name: str, count: int, build: Callable[[list[str]], str]) -> str:
    """The formula with every use of a command built anew from its arguments."""
    pattern = re.compile(rf"\\{name}\*?(?![a-zA-Z])")
    at = 0
    while (found := pattern.search(tex, at)) is not None:
        given: list[str] = []
        _, end = option_at(tex, found.end())
        while len(given) < count and (group := group_at(tex, end)) is not None:
            given.append(group[0])
            end = group[1]
        if len(given) < count:
            at = found.end()
            continue
        written = build(given)
        tex = tex[: found.start()] + written + tex[end:]
        at = found.start() if name in {"heva", "hoac"} else found.start() + len(written)
    return tex
