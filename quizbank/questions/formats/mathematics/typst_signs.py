"""Signs of MathML as Typst draws them: accents, lines, braces, strikes; and text as a string of its own."""

import re

from lxml import etree

INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufeff\ufe00\ufe01")
LIMITED = frozenset({"lim", "max", "min", "sup", "inf", "liminf", "limsup", "det", "gcd"})
ACCENTS = {
    **dict.fromkeys(("→", "⃗", "⇀"), "\u20d7"),
    "←": "\u20d6",
    "↔": "\u20e1",
    **dict.fromkeys(("^", "ˆ", "\u0302"), "\u0302"),
    **dict.fromkeys(("~", "˜", "\u0303"), "\u0303"),
    **dict.fromkeys(("˙", "\u0307"), "\u0307"),
    **dict.fromkeys(("¨", "\u0308"), "\u0308"),
    **dict.fromkeys(("⃛", "\u20db"), "\u20db"),
    **dict.fromkeys(("ˇ", "\u030c"), "\u030c"),
    **dict.fromkeys(("˘", "\u0306"), "\u0306"),
    **dict.fromkeys(("´", "\u0301"), "\u0301"),
    **dict.fromkeys(("`", "\u0300"), "\u0300"),
    **dict.fromkeys(("˚", "\u030a"), "\u030a"),
    **dict.fromkeys(("¯", "ˉ", "\u0304"), "\u0304"),
}
LINES = frozenset("‾―_\u0305\u0332")
OVER = {"⏞": "overbrace", "︷": "overbrace", "⎴": "overbracket"}
OVER |= dict.fromkeys("⏜⌢︵", "overparen")
UNDER = {"⏟": "underbrace", "︸": "underbrace", "⎵": "underbracket"}
UNDER |= dict.fromkeys("⏝⌣︶", "underparen")
ARROWS = frozenset("→←↔⇒⇐⇔↦⇌⇄⇆⟶⟵⟷⇀↽")
STRIKES = {
    "updiagonalstrike": "math.cancel({})",
    "downdiagonalstrike": "math.cancel(inverted: true, {})",
    "horizontalstrike": "math.cancel(angle: 90deg, {})",
    "verticalstrike": "math.cancel(angle: 0deg, {})",
    "box": "boxed({})",
    "roundedbox": "boxed({})",
    "circle": "boxed({})",
    "top": "math.overline({})",
    "bottom": "math.underline({})",
    "radical": "math.sqrt({})",
}
BOTH_STRIKES = {"updiagonalstrike", "downdiagonalstrike"}
OPENING = frozenset("([{|‖⟨⌊⌈\u2063∣∥")
CLOSING = frozenset(")]}|‖⟩⌋⌉\u2063∣∥")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def literal(text: str) -> str:
    """A string of Typst. Backslash and quote are the only characters that mean something in one."""
    text = _UNPRINTABLE.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def all_text_of(element: etree._Element) -> str:
    """The text of an element as it stands, blanks included."""
    return "".join(map(str, element.itertext()))


def mark_over(base: str, sign: str, mark: etree._Element) -> str:
    if sign in LINES or (sign == "¯" and mark.get("stretchy") != "false"):
        return f"math.overline({base})"
    if sign in OVER:
        return f"math.{OVER[sign]}({base})"
    return f"math.accent({base}, {literal(ACCENTS[sign])})" if sign in ACCENTS else ""


def mark_under(base: str, sign: str) -> str:
    if sign in LINES or sign in {"¯", "\u0331"}:
        return f"math.underline({base})"
    return f"math.{UNDER[sign]}({base})" if sign in UNDER else ""
