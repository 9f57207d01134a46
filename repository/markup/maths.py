"""TeX to MathML, guarded on both sides.

Before: caps on length and depth, because the converter overflows the C stack on deep nesting and the process
dies. After: what it wrote is read tag by tag, so that nothing but known MathML leaves this file; the inline styles
it writes become classes, because the content security policy forbids them.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape

from math_core import LatexError, LatexToMathML

from repository.markup.chemistry import expand_chemistry

MAX_TEX_CHARACTERS = 2_000
MAX_TEX_DEPTH = 40
MAX_UNCLOSED = 12
"""Brackets of one group that are never closed: the converter takes twice as long for each."""
MAX_MODULO = 20
"""Congruences of one formula: without arguments the converter reads on from each as far as it can, for seconds."""

STYLE_CLASSES = {
    "text-align:left": "m-left",
    "text-align:right": "m-right",
    "padding-left:0": "m-no-pad-left",
    "padding-right:0": "m-no-pad-right",
    "padding-left:1em": "m-pad-left",
    "padding-right:0.1667em": "m-thin-right",
    "border-left:0.05em solid currentcolor": "m-line-left",
    "border-right:0.05em solid currentcolor": "m-line-right",
    "border-top:0.05em solid currentcolor": "m-line-top",
    "border-bottom:0.05em solid currentcolor": "m-line-bottom",
    "border-left:0.05em dashed currentcolor": "m-dash-left",
    "border-right:0.05em dashed currentcolor": "m-dash-right",
    "border-top:0.05em dashed currentcolor": "m-dash-top",
}

_TAG_NAMES = """
    math semantics annotation mrow mi mo mn mtext mspace ms msub msup msubsup mover munder munderover mfrac msqrt mroot
    mtable mtr mtd mpadded mphantom mstyle menclose mmultiscripts mprescripts none b i u span
"""
_ATTRIBUTE_NAMES = """
    accent accentunder class columnspan depth display displaystyle encoding fence form height largeop linethickness
    lspace mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy symmetric
    voffset width
"""
_MATHML_TAGS = frozenset(_TAG_NAMES.split())
_MATHML_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_MARKS = {
    '<mo stretchy="true">\u0332</mo></mover>': '<mo stretchy="true">\u203e</mo></mover>',
    ">\u20d7</mo>": ">\u00a0\u20d7</mo>",
}
_CONVERTER = LatexToMathML(annotation=True, fancy_error=False)
_DEFINITIONS = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator)(?![a-zA-Z])")
_TABULAR = re.compile(r"\\(begin|end)\{tabular\}")
_SPACED_ARGUMENT = re.compile(r"(\\(?:text(?:rm|bf|it)?|mathrm|operatorname|begin|end)) +\{")
_TAG = re.compile(r'<(/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)(/?)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_NESTING = re.compile(r"\\left(?![a-z])|\\right(?![a-z])|\\begin|\\end|\\.|[{}]", re.DOTALL)
_PS = "".join(chr(code) for code in range(0x2000, 0x3000) if unicodedata.category(chr(code)) == "Ps")
_OPENING = r"angle?|ang|Angle|langle|floor|ceil|[bB]race|brack|lbracket|paren|lparenthesis|vert|Vert|group|moustache"
_CLOSING = r"angle|Angle|rangle|floor|ceil|[bB]race|brack|rbracket|paren|rparenthesis|vert|Vert|group|moustache"
_CLOSER = rf"[)\]⟩⟧⌋⌉]|\\\}}|\\(?:r(?:{_CLOSING})|[ul]rcorner)(?![a-zA-Z])"
_GAP = r"(?:\s|%[^\n]*)*"
_DRESSED = r"\\(?:[bB]ig+[lrm]?|Bbb|bm|(?:math|text|bold)[a-z]*)(?![a-zA-Z])"
_BRACKETS = re.compile(
    rf"\\(?:left|right|middle)(?![a-zA-Z]){_GAP}(?:\\[a-zA-Z]+|\\.|.)?|%[^\n]*|[_^]{_GAP}(?:{_DRESSED}{_GAP})?(?:{_CLOSER})"
    rf"|(?P<open>\\[bB]igg?l(?![a-zA-Z]){_GAP}(?:\\[a-zA-Z]+|\\.|.)?|[(\[{_PS}]|\\\{{|\\(?:l(?:{_OPENING})|[ul]lcorner)(?![a-zA-Z]))|"
    rf"(?P<close>{_CLOSER}|\\[bB]igg?r(?![a-zA-Z])\s*(?:[.|/]|\\\||{_CLOSER}))"
    r"|(?P<into>\{)|(?P<out>\})|\\.",
    re.DOTALL,
)
_MODULO = re.compile(r"\\[pb]?mod(?![a-zA-Z])")
_OPENS = {"{", r"\left", r"\begin"}
_CLOSES = {"}", r"\right", r"\end"}


class UnreadableMaths(ValueError):
    """This TeX can't be shown as a formula."""


@lru_cache(maxsize=4_096)
def find_mathml(tex: str, *, is_display: bool = False) -> str | None:
    """MathML of a formula, or None when it can't be read. The TeX stays inside as its annotation."""
    try:
        return mathml_of(tex, is_display=is_display)
    except UnreadableMaths:
        return None


def mathml_of(tex: str, *, is_display: bool = False) -> str:
    """Convert one formula, without its dollars.

    Raises:
        UnreadableMaths: empty, too long, too deep, or not understood by the converter.
    """
    check_size(tex)
    if not tex.strip() or _DEFINITIONS.search(tex):
        raise UnreadableMaths(tex)
    readable = _SPACED_ARGUMENT.sub(r"\1{", expand_chemistry(_TABULAR.sub(r"\\\1{array}", tex)))
    check_size(readable)
    try:
        written = _CONVERTER.convert_with_local_state(readable, displaystyle=is_display)
    except LatexError as problem:
        raise UnreadableMaths(tex) from problem
    return _only_mathml(_with_annotation(_centred(written), tex))


def _centred(written: str) -> str:
    """Marks that stand over the middle of their letter: a combining one without width hangs over the letter's left."""
    for hanging, centred in _MARKS.items():
        written = written.replace(hanging, centred)
    return written


def check_size(tex: str) -> None:
    """Refuse what could overflow the converter's stack, or keep it busy for years.

    Raises:
        UnreadableMaths: longer than ``MAX_TEX_CHARACTERS``, nested deeper than ``MAX_TEX_DEPTH``, or with more than
            ``MAX_UNCLOSED`` brackets left open or ``MAX_MODULO`` congruences.
    """
    is_deep = depth_of(tex) > MAX_TEX_DEPTH or unclosed_in(tex) > MAX_UNCLOSED
    if len(tex) > MAX_TEX_CHARACTERS or is_deep or len(_MODULO.findall(tex)) > MAX_MODULO:
        raise UnreadableMaths(tex[:80])


def unclosed_in(tex: str) -> int:
    r"""The most brackets that one group leaves open; any closing one closes the last, and ``\left`` sees to its own."""
    most, opened = 0, [0]
    for token in _BRACKETS.finditer(tex):
        if token["open"]:
            opened[-1] += 1
        elif token["close"]:
            opened[-1] = max(0, opened[-1] - 1)
        elif token["into"]:
            opened.append(0)
        elif token["out"] and len(opened) > 1:
            most = max(most, opened.pop())
    return max(most, *opened)


def depth_of(tex: str) -> int:
    r"""How deep braces, ``\left`` and ``\begin`` nest; an unmatched closing one counts for nothing."""
    depth = deepest = 0
    for token in _NESTING.findall(tex):
        if token in _OPENS:
            depth += 1
            deepest = max(deepest, depth)
        elif token in _CLOSES:
            depth = max(0, depth - 1)
    return deepest


def _with_annotation(written: str, tex: str) -> str:
    """The annotation says what the author wrote, not what we made of it for the converter."""
    start = written.rindex("<annotation ")
    source = escape(tex, quote=False)
    return f'{written[:start]}<annotation encoding="application/x-tex">{source}</annotation></semantics></math>'


def _only_mathml(written: str) -> str:
    pieces, place = [], 0
    for tag in _TAG.finditer(written):
        pieces += [_text(written[place : tag.start()]), _tag(tag)]
        place = tag.end()
    return "".join([*pieces, _text(written[place:])])


def _text(text: str) -> str:
    if "<" in text or ">" in text:
        raise UnreadableMaths(text)
    return text


def _tag(tag: re.Match[str]) -> str:
    closing, name, attributes, empty = tag.groups()
    if name not in _MATHML_TAGS:
        raise UnreadableMaths(name)
    if not attributes:
        return tag[0]
    kept = {key: value for key, value in _ATTRIBUTE.findall(attributes) if key in _MATHML_ATTRIBUTES}
    styles = [value for key, value in _ATTRIBUTE.findall(attributes) if key == "style"]
    if classes := " ".join([*([kept["class"]] if "class" in kept else []), *_classes_of(styles)]):
        kept["class"] = classes
    return f"<{closing}{name}{''.join(f' {key}={chr(34)}{value}{chr(34)}' for key, value in kept.items())}{empty}>"


def _classes_of(styles: list[str]) -> list[str]:
    declarations = [part.strip().replace(": ", ":") for style in styles for part in style.split(";")]
    return [STYLE_CLASSES[declaration] for declaration in declarations if declaration in STYLE_CLASSES]
