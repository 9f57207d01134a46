"""The text runs of Word's equations: letters, numbers, words, and the alphabets they are set in."""

import re

from lxml.etree import _Element

from quizbank.questions.formats.mathematics.latex_characters import join_latex, latex_of_character, latex_of_text

FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "log",
        "ln",
        "lg",
        "exp",
        "lim",
        "limsup",
        "liminf",
        "max",
        "min",
        "sup",
        "inf",
        "det",
        "dim",
        "ker",
        "gcd",
        "arg",
        "deg",
        "hom",
        "Pr",
    ]
)
_ALPHABETS = {
    "double-struck": "mathbb",
    "script": "mathcal",
    "fraktur": "mathfrak",
    "sans-serif": "mathsf",
    "monospace": "mathtt",
}
_TOKEN = re.compile(r"(?P<word>[^\W\d_]+)|(?P<space>[ \u00a0]+)|(?P<other>.)", re.DOTALL)
_MARKED = re.compile(r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_PHRASE = re.compile(r"[ \u00a0]*[^\W\d_]{2,}(?:[ \u00a0]+[^\W\d_]{2,})*[ \u00a0]*|[^\W\d_]+")
"""Words of two letters and more with blanks between and around them, or a letter alone."""


def latex_of_run(element: _Element) -> str:
    """The LaTeX of one ``m:r``."""
    text = _text_of(element)
    properties = {_name(child): _value(child) for part in element if _name(part) == "rPr" for child in part}
    if not text:
        return ""
    if properties.get("nor", "0") not in ("0", "off", "false"):
        return f"\\{text}" if text in FUNCTIONS else _words(text)
    alphabet = _ALPHABETS.get(properties.get("scr", ""), "")
    style = properties.get("sty", "i")
    written = _symbols(text, is_upright=style == "p")
    if alphabet:
        return rf"\{alphabet}{{{written}}}"
    if style in ("b", "bi") and re.search(r"\w", text):
        return rf"\{'mathbf' if style == 'b' and text.isascii() else 'boldsymbol'}{{{written}}}"
    return written


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: _Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "val"), "1")


def _text_of(element: _Element) -> str:
    pieces = []
    for child in element:
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "tab":
            pieces.append("\u2003")
        elif name in ("br", "cr"):
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "sym":
            pieces.append(_symbol_of(child))
    return "".join(pieces)


def _symbol_of(element: _Element) -> str:
    code = next((value for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "char"), "")
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", str(code)) else ""


def _words(text: str) -> str:
    """Text that Word sets as text; what is no word (``=``, ``2``) stands the same as mathematics."""
    return latex_of_text(text) if re.search(r"[^\W\d_]|\s", text) else _symbols(text, is_upright=True)


def _symbols(text: str, *, is_upright: bool) -> str:
    if _MARKED.search(text):
        return _with_words(text, is_upright)
    pieces = []
    tokens = list(_TOKEN.finditer(text))
    for place, token in enumerate(tokens):
        if token["word"]:
            pieces.append(_word(token["word"], is_upright))
        elif token["space"]:
            pieces.append("\\ " if 0 < place < len(tokens) - 1 and _is_gap(tokens, place) else "")
        else:
            pieces.append(latex_of_character(token["other"]))
    return join_latex(pieces)


def _is_gap(tokens: list[re.Match[str]], place: int) -> bool:
    """Whether a blank parts two operands, as in ``2 345``, and does not only stand beside a sign."""
    sides = tokens[place - 1][0], tokens[place + 1][0]
    return sides[0] not in FUNCTIONS and all(re.match(r"\w|[,;]", side) for side in sides)


def _word(word: str, is_upright: bool) -> str:
    if word in FUNCTIONS:
        return f"\\{word}"
    letters = join_latex(latex_of_character(char) for char in word)
    return rf"\mathrm{{{letters}}}" if is_upright and letters.isascii() and word.isascii() else letters


def _with_words(text: str, is_upright: bool) -> str:
    """A run with Vietnamese words: each phrase with at least one is text, the rest mathematics."""
    pieces: list[str] = []
    place = 0
    for found in _PHRASE.finditer(text):
        if _MARKED.search(found[0]):
            pieces.append(_symbols(text[place : found.start()], is_upright=is_upright))
            pieces.append(latex_of_text(found[0].replace("\u00a0", " ")))
            place = found.end()
    return join_latex([*pieces, _symbols(text[place:], is_upright=is_upright)])
