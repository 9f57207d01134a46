r"""Formulas in foreign HTML: ``\(..\)``, ``\[..\]``, ``$$..$$``, ``$..$``, ``[tex]``, MathML, pictures of formulas."""

import re
from collections.abc import Callable
from html import unescape

from lxml import etree

from quizbank.questions.formats.mathematics.mathml_to_latex import UnreadableMathml, latex_of
from quizbank.questions.formats.mathematics.mathml_tree import name_of
from repository.markup import is_read_as_formula

MATHML = re.compile(r"<(?P<name>(?:[a-z][a-z0-9]*:)?math)\b[^<>]*>.*?</(?P=name)\s*>", re.IGNORECASE | re.DOTALL)
DISGUISED = re.compile(r"«math\b(?:(?!«math\b).)*?«/math»", re.DOTALL)
"""MathML as WIRIS keeps it in texts that must have no tags."""
_UNDISGUISE = str.maketrans({"«": "<", "»": ">", "¨": '"', "§": "&", "`": "'"})
_IS_DISPLAY = re.compile(r"""\bdisplay\s*=\s*["']?block|\bmode\s*=\s*["']?display""", re.IGNORECASE)

_TEX = re.compile(
    r"""
    \\\((?P<paren>(?:(?!\\[()])[^\ufdd0]){1,2000}?)\\\)
  | \\\[(?P<bracket>(?:(?!\\\[)[^\ufdd0]){1,2000}?)\\\]
  | \$\$(?P<dollars>(?:[^$\\\ufdd0]|\\[^\ufdd0]){1,2000}?)\$\$
  | \[tex\](?P<tex>[^\ufdd0]{1,2000}?)\[/tex\]
  | (?P<environment>\\begin\{(?P<name>[a-z]+\*?)\}[^\ufdd0]{0,2000}?\\end\{(?P=name)\})
  | (?<!\\)\$(?P<inline>(?:[^$\\\ufdd0-\ufdd4]|\\[^\ufdd0-\ufdd4]){1,1000}?)\$(?!\d)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_HAS_TEX = re.compile(r"[\\^_{}=<>+]")
_WORD = re.compile(r"[a-zA-Z]{1,3}'?|[+-]?\d+(?:[.,]\d+)*%?")
_SUM = re.compile(r"(?>[a-zA-Z]{1,3}'?(?![a-zA-Z])|\d+(?:[.,]\d+)?|[-+*/<>()\[\],;:|! ])++")
_OPERATOR = re.compile(r"[-+*/<>]")
_PICTURED = re.compile(r"\A\s*(?:\$+|\\\(|\\\[)?(?P<tex>.*?)(?:\$+|\\\)|\\\])?\s*\Z", re.DOTALL)


def formula_of(tex: str, *, is_display: bool = False) -> str:
    """The formula in our markup: between dollars where that is read as a formula, otherwise between brackets."""
    tex = " ".join(tex.split("\ufdd2")).strip()
    if is_display:
        return f"$${tex}$$" if "$" not in tex and not tex.endswith("\\") else rf"\[{tex}\]"
    written = f"${tex}$"
    is_read = "$" not in tex and not tex.endswith("\\") and is_read_as_formula(written)
    return written if is_read else rf"\({tex}\)"


def lift_formulas(text: str, keep: Callable[[str], str]) -> str:
    """The text with what ``keep`` gives in the place of each formula in it."""

    def lifted(match: re.Match[str]) -> str:
        if (inline := match["inline"]) is not None:
            return keep(formula_of(inline)) if _is_maths(inline) else match[0]
        if (environment := match["environment"]) is not None:
            return keep(environment.replace("\ufdd2", "\n"))
        display = next((match[name] for name in ("bracket", "dollars") if match[name] is not None), None)
        tex = display or match["paren"] or match["tex"] or ""
        return keep(formula_of(tex, is_display=display is not None)) if tex.strip() else match[0]

    return _TEX.sub(lifted, text) if any(sign in text for sign in "$\\[") else text


def _is_maths(tex: str) -> bool:
    """Whether what stands between two single dollars is a formula and not the text between two prices."""
    if "\\" in tex:
        return True
    if tex != tex.strip():
        return False
    if _WORD.fullmatch(tex) or (_HAS_TEX.search(tex) and " " not in tex) or re.search(r"[\^_{}=]", tex):
        return True
    return bool(_SUM.fullmatch(tex) and _OPERATOR.search(tex))


def mathml_in(written: str) -> str:
    """MathML as MathML, whether or not it is in disguise."""
    return written.translate(_UNDISGUISE) if "«" in written else written


def tex_of_mathml(mathml: str) -> str | None:
    """The LaTeX of a formula, or None where it has none."""
    try:
        root = etree.fromstring(mathml, etree.HTMLParser(no_network=True, huge_tree=False))
        return next((latex_of(element) for element in root.iter() if name_of(element) == "math"), None)
    except (UnreadableMathml, etree.LxmlError, ValueError):
        return None


def is_display_mathml(mathml: str) -> bool:
    return bool(_IS_DISPLAY.search(mathml[: mathml.find(">")]))


def formula_in_picture(attributes: dict[str, str]) -> tuple[str, str]:
    """What a picture of a formula says of it: its TeX or its MathML, or neither."""
    if mathml := attributes.get("data-mathml", ""):
        return "", mathml_in(unescape(mathml))
    classes = attributes.get("class", "").split()
    tex = attributes.get("data-equation-content", "")
    if not tex and {"texrender", "latex", "tex"} & set(classes):
        tex = attributes.get("alt", "")
    found = _PICTURED.match(tex)
    return (found["tex"].removeprefix("\\displaystyle").strip() if found else ""), ""
