r"""Presentation MathML to the LaTeX that people write, so that ``repository.markup`` shows the same formula.

``latex_of(math)`` takes the ``math`` element (of any namespace, from an XML or an HTML parser). Where a formula carries
its own TeX as an annotation that can be shown, that is the answer. What has no LaTeX (content MathML, long division)
raises; styling that changes no meaning (colour, size, the width of a space) is passed over.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from quizbank.questions.formats.mathematics import mathml_fences, mathml_tables
from quizbank.questions.formats.mathematics.mathml_characters import (
    ACCENTS_OVER,
    ACCENTS_UNDER,
    ARROWS,
    CHARACTERS,
    FONTS,
    FUNCTIONS,
    INTEGRALS,
    INVISIBLE,
    LARGE_OPERATORS,
    is_only_text,
    styled_letter,
    text_command,
)
from quizbank.questions.formats.mathematics.mathml_tree import (
    UnreadableMathml,
    check_size,
    children_of,
    flag,
    joined,
    name_of,
    sign_of,
    text_of,
    without_wrappers,
)
from repository.markup.maths import find_mathml

__all__ = ["UnreadableMathml", "latex_of"]

_TEX_ANNOTATIONS = frozenset({"application/x-tex", "application/x-latex", "tex", "latex", "text/x-tex", "text/x-latex"})
_ATOM = re.compile(r"[^\\{}^_]|\d+(?:[.,]\d+)?|\\[a-zA-Z]+|\\[{}%#&$_|]|\\(?:math|operator)[a-z]+\{[^{}]*\}|\{\}")
_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_BEFORE_FUNCTION = re.compile(rf"\\,(?=\\(?:{'|'.join(sorted(FUNCTIONS))})(?![a-z]))")
_SELECTORS = re.compile("[\ufe00\ufe01]")
_ONE_LETTER = re.compile(r".|\\[a-z]+|\\[a-z]+\{.\}")
_SPACES = ((2, r"\qquad"), (0.9, r"\quad"), (0.25, r"\;"), (0.1, r"\,"))
_STRIKES = {
    "box": r"\boxed",
    "roundedbox": r"\boxed",
    "circle": r"\boxed",
    "updiagonalstrike": r"\cancel",
    "downdiagonalstrike": r"\bcancel",
    "updiagonalstrike downdiagonalstrike": r"\xcancel",
    "downdiagonalstrike updiagonalstrike": r"\xcancel",
    "top": r"\overline",
    "bottom": r"\underline",
    "radical": r"\sqrt",
}
_LABELLED = {r"\underset": r"\underbrace", r"\overset": r"\overbrace"}
_SCRIPT_SIGNS = {r"\underset": "_", r"\overset": "^"}
_PRIMES = {"′": "'", "'": "'", "″": "''", "‴": "'''", "′′": "''", "′′′": "'''", "''": "''", "’": "'"}


def latex_of(math: etree._Element) -> str:
    """The formula as LaTeX, without its dollars; empty for an empty formula.

    Raises:
        UnreadableMathml: an element of it has no LaTeX; the message names the element.
    """
    check_size(math)
    return _annotation_of(math) or _row(children_of(math)).strip()


def _annotation_of(math: etree._Element) -> str:
    for found in math.iter():
        if name_of(found) == "annotation" and (found.get("encoding") or "").lower() in _TEX_ANNOTATIONS:
            tex = (found.text or "").strip()
            return tex if tex and find_mathml(tex) else ""
    return ""


def _one(element: etree._Element) -> str:
    name = name_of(element)
    if name in _READERS:
        return _READERS[name](element)
    if name in _PASSED_OVER:
        return ""
    raise UnreadableMathml(name)


def _row(elements: Sequence[etree._Element]) -> str:
    written = joined(
        mathml_fences.fenced_text(run, _row) if isinstance(run, mathml_fences.Fenced) else _one(run)
        for run in mathml_fences.runs_of(elements)
    )
    return _DOTS.sub(r"\\ldots ", _BEFORE_FUNCTION.sub("", written))


def _row_of(element: etree._Element) -> str:
    return _row(children_of(element))


def _identifier(element: etree._Element) -> str:
    text = text_of(element)
    signs = _SELECTORS.sub("", text)
    variant = "roundhand" if "\ufe01" in text else element.get("mathvariant") or ""
    if len(signs) <= 1 or signs in CHARACTERS:
        return _letter(signs, variant)
    letters = [styled_letter(sign) for sign in signs]
    plain = "".join(letter for letter, _ in letters)
    variant = next(iter({style for _, style in letters}), "") or variant
    if plain in FUNCTIONS:
        return rf"\{plain}"
    if not plain.isalpha():
        return joined(_letter(sign, variant) for sign in plain)
    if variant == "italic" or (plain != signs and not variant):
        return rf"\mathit{{{plain}}}"
    return rf"{FONTS.get(variant, chr(92) + 'mathrm')}{{{plain}}}"


def _letter(sign: str, variant: str) -> str:
    plain, style = (sign, "") if sign in CHARACTERS else styled_letter(sign)
    style = variant if variant == "roundhand" else style or variant
    if plain in CHARACTERS or not plain.isalnum():
        tex = _sign(plain)
        return rf"\boldsymbol{{{tex}}}" if "bold" in style and tex[1:].isalpha() else tex
    font = FONTS.get(style, "")
    return f"{font}{{{plain}}}" if font else plain


def _sign(sign: str) -> str:
    if sign in INVISIBLE:
        return ""
    if sign in CHARACTERS:
        return CHARACTERS[sign]
    return text_command(sign) if is_only_text(sign) else sign


def _number(element: etree._Element) -> str:
    text = text_of(element)
    tex = text.replace(",", "{,}").replace(" ", r"\,").replace("\u00a0", r"\,").replace("−", "-")
    if not re.fullmatch(r"[-+\d.{},\\]*", tex):
        return joined(_sign(sign) for sign in text)
    font = FONTS.get(element.get("mathvariant") or "", "")
    return f"{font}{{{tex}}}" if font and font != r"\mathrm" else tex


def _operator(element: etree._Element) -> str:
    text = sign_of(element)
    if text in CHARACTERS:
        return CHARACTERS[text]
    if text in FUNCTIONS:
        return rf"\{text}"
    if len(text) > 1 and text.isalpha():
        return rf"\operatorname{{{text}}}"
    return joined(_sign(sign) for sign in text)


def _words(element: etree._Element) -> str:
    text = "".join(str(piece) for piece in element.itertext())
    if not text.strip():
        return r"\ " if text else ""
    return text_command(re.sub(r"\s+", " ", text.replace("\u00a0", " ")))


def _quoted(element: etree._Element) -> str:
    quotes = element.get("lquote") or '"', element.get("rquote") or '"'
    return text_command(f"{quotes[0]}{text_of(element)}{quotes[1]}")


def _space(element: etree._Element) -> str:
    width = re.fullmatch(r"\s*([\d.]+)\s*em\s*", element.get("width") or "")
    size = float(width[1]) if width and width[1].count(".") < 2 and width[1] != "." else 0
    if element.get("linebreak") == "newline":
        return r"\quad"
    return (
        r"\qquad" if size >= 2 else r"\quad" if size >= 0.9 else r"\;" if size >= 0.25 else r"\," if size > 0.1 else ""
    )


def _fraction(element: etree._Element) -> str:
    above, below = _arguments(element, 2)
    thickness = (element.get("linethickness") or "").strip()
    if re.fullmatch(r"0(?:\.0*)?[a-z%]*", thickness):
        return rf"\genfrac{{}}{{}}{{0pt}}{{}}{{{above}}}{{{below}}}"
    if flag(element, "bevelled"):
        return f"{_base(above)}/{_base(below)}"
    style = {"true": "d", "false": "t"}.get(element.get("displaystyle") or "", "")
    return rf"\{style}frac{{{above}}}{{{below}}}"


def _root(element: etree._Element) -> str:
    radicand, index = _arguments(element, 2)
    return rf"\sqrt[{index}]{{{radicand}}}" if "]" not in index else rf"\sqrt[{{{index}}}]{{{radicand}}}"


def _scripts(element: etree._Element) -> str:
    name = name_of(element)
    parts = _arguments(element, 3 if name == "msubsup" else 2)
    base = children_of(element)[0]
    lower = parts[1] if name != "msup" else ""
    upper = parts[-1] if name != "msub" else ""
    return _base(parts[0], base) + _lowered(lower) + _raised(upper)


def _raised(upper: str) -> str:
    if not upper:
        return ""
    return upper if set(upper) == {"'"} else f"^{{{upper}}}"


def _lowered(lower: str) -> str:
    return f"_{{{lower}}}" if lower else ""


def _base(tex: str, element: etree._Element | None = None) -> str:
    """Something that takes a script, in braces unless it is one thing anyway."""
    if not tex:
        return "{}"
    is_closing = element is not None and mathml_fences.is_closing(element)
    return tex if _ATOM.fullmatch(tex) or is_closing else f"{{{tex}}}"


def _over_and_under(element: etree._Element) -> str:
    name = name_of(element)
    parts = children_of(element)
    if len(parts) != (3 if name == "munderover" else 2):
        raise UnreadableMathml(name)
    under = parts[1] if name != "mover" else None
    over = parts[-1] if name != "munder" else None
    base = without_wrappers(parts[0])
    sign = sign_of(base)
    if sign in ARROWS and not (over is not None and sign_of(over) in ACCENTS_OVER):
        below = f"[{_one_argument(under)}]" if under is not None else ""
        return f"{ARROWS[sign]}{below}{{{_one_argument(over)}}}"
    if sign in LARGE_OPERATORS | INTEGRALS or text_of(base) in FUNCTIONS:
        limits = r"\limits" if sign in INTEGRALS else ""
        return _one(base) + limits + _lowered(_one_argument(under)) + _raised(_one_argument(over))
    tex = _one(parts[0])
    tex = _with_mark(tex, under, ACCENTS_UNDER, r"\underset") if under is not None else tex
    return _with_mark(tex, over, ACCENTS_OVER, r"\overset") if over is not None else tex


def _with_mark(tex: str, mark: etree._Element, accents: Mapping[str, tuple[str, str]], otherwise: str) -> str:
    sign = sign_of(without_wrappers(mark)).replace("\u00a0", "")
    if sign in accents:
        narrow, wide = accents[sign]
        return f"{narrow if _ONE_LETTER.fullmatch(tex) else wide}{{{tex}}}"
    written = _one_argument(mark)
    if tex.startswith(_LABELLED.get(otherwise, " ")):
        return f"{tex}{_SCRIPT_SIGNS[otherwise]}{{{written}}}"
    return f"{otherwise}{{{written}}}{{{tex}}}"


def _multiscripts(element: etree._Element) -> str:
    parts = children_of(element)
    names = [name_of(part) for part in parts]
    cut = names.index("mprescripts") if "mprescripts" in names else len(parts)
    if not parts or cut == 0:
        raise UnreadableMathml("mmultiscripts")
    after, before = parts[1:cut], parts[cut + 1 :]
    written = "".join("{}" + _pair(before[at : at + 2]) for at in range(0, len(before), 2))
    written += _base(_one(parts[0]), parts[0])
    pairs = [_pair(after[at : at + 2]) for at in range(0, len(after), 2)]
    return written + "{}".join(pair for pair in pairs if pair)


def _pair(pair: Sequence[etree._Element]) -> str:
    lower, upper = (*map(_one, pair), "")[:2]
    return _lowered(lower) + _raised(upper)


def _enclosed(element: etree._Element) -> str:
    notation = " ".join((element.get("notation") or "longdiv").split())
    content = joined(_one(child) for child in children_of(element) if "menclose" not in (child.get("class") or ""))
    if notation not in _STRIKES:
        raise UnreadableMathml(f"menclose {notation}")
    return f"{_STRIKES[notation]}{{{content}}}"


def _arguments(element: etree._Element, count: int) -> list[str]:
    parts = children_of(element)
    if len(parts) != count:
        raise UnreadableMathml(name_of(element))
    return [_one_argument(part) for part in parts]


def _one_argument(element: etree._Element | None) -> str:
    """What stands in the braces of a command, without the spaces that only part it from the rest."""
    if element is None:
        return ""
    written = _one(element)
    return _PRIMES.get(text_of(element), written) if name_of(without_wrappers(element)) == "mo" else written


def _first_child(element: etree._Element) -> str:
    parts = children_of(element)
    return _one(parts[0]) if parts else ""


def _table(element: etree._Element) -> str:
    return mathml_tables.table_text(element, _row, fence="")


def _fenced(element: etree._Element) -> str:
    return mathml_fences.fenced_text(mathml_fences.of_mfenced(element), _row)


def _square_root(element: etree._Element) -> str:
    return rf"\sqrt{{{_row_of(element)}}}"


def _phantom(element: etree._Element) -> str:
    return rf"\phantom{{{_row_of(element)}}}"


_ROWS: Iterable[str] = ("math", "mrow", "mstyle", "mpadded", "merror", "mtd", "mtr", "span", "b", "i", "u")
_READERS = {
    **dict.fromkeys(_ROWS, _row_of),
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _words,
    "ms": _quoted,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    **dict.fromkeys(("msup", "msub", "msubsup"), _scripts),
    **dict.fromkeys(("mover", "munder", "munderover"), _over_and_under),
    "mmultiscripts": _multiscripts,
    "mtable": _table,
    "mfenced": _fenced,
    "menclose": _enclosed,
    "mphantom": _phantom,
    "semantics": _first_child,
    "maction": _first_child,
}
_PASSED_OVER = frozenset({"none", "mprescripts", "annotation", "annotation-xml", "maligngroup", "malignmark"})
