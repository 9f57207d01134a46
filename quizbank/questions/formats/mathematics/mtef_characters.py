"""The characters of MathType: MTCode is Unicode, with a private area for spaces, alphabets and parts of signs."""

import unicodedata
from typing import NamedTuple

from quizbank.questions.formats.mathematics.mtef import Char, MtefError, Typeface

PRIVATE = range(0xE000, 0xF900)
SPACES = {
    0xEF00: "",
    0xEF01: "\u200a",
    0xEF02: "\u2009",
    0xEF03: "\u205f",
    0xEF04: "\u2004",
    0xEF05: "\u2003",
    0xEF06: "\u2003\u2003",
    0xEF08: "\u200a",
    0xEF22: "\u200a",
    0xEF23: "\u2004",
    0xEF24: "\u205f",
}
"""Spaces by width: none, hair, thin, medium, thick, one em, two em."""

_FRAKTUR, _DOUBLE, _DOUBLE_DIGITS, _SCRIPT = 0xF000, 0xF080, 0xF0C0, 0xF100
_ALPHABETS = {_FRAKTUR: "FRAKTUR", _DOUBLE: "DOUBLE-STRUCK", _SCRIPT: "SCRIPT"}
_LETTERLIKE = {
    "FRAKTUR CAPITAL C": "ℭ",
    "FRAKTUR CAPITAL H": "ℌ",
    "FRAKTUR CAPITAL I": "ℑ",
    "FRAKTUR CAPITAL R": "ℜ",
    "FRAKTUR CAPITAL Z": "ℨ",
    "DOUBLE-STRUCK CAPITAL C": "ℂ",
    "DOUBLE-STRUCK CAPITAL H": "ℍ",
    "DOUBLE-STRUCK CAPITAL N": "ℕ",
    "DOUBLE-STRUCK CAPITAL P": "ℙ",
    "DOUBLE-STRUCK CAPITAL Q": "ℚ",
    "DOUBLE-STRUCK CAPITAL R": "ℝ",
    "DOUBLE-STRUCK CAPITAL Z": "ℤ",
    "SCRIPT CAPITAL B": "ℬ",
    "SCRIPT CAPITAL E": "ℰ",
    "SCRIPT CAPITAL F": "ℱ",
    "SCRIPT CAPITAL H": "ℋ",
    "SCRIPT CAPITAL I": "ℐ",
    "SCRIPT CAPITAL L": "ℒ",
    "SCRIPT CAPITAL M": "ℳ",
    "SCRIPT CAPITAL R": "ℛ",
    "SCRIPT SMALL E": "ℯ",
    "SCRIPT SMALL G": "ℊ",
    "SCRIPT SMALL O": "ℴ",
}


class Embellishment(NamedTuple):
    """A mark on a character: the MathML element that carries it, its sign or notation, what makes it an accent."""

    tag: str
    sign: str
    attribute: str = ""


def _over(sign: str) -> Embellishment:
    return Embellishment("mover", sign, "accent")


def _under(sign: str, attribute: str = "") -> Embellishment:
    return Embellishment("munder", sign, attribute)


EMBELLISHMENTS: dict[int, Embellishment] = {
    2: _over("˙"),
    3: _over("¨"),
    4: _over("\u20db"),
    5: Embellishment("msup", "′"),
    6: Embellishment("msup", "″"),
    7: Embellishment("mmultiscripts", "‵"),
    8: _over("˜"),
    9: _over("^"),
    10: Embellishment("menclose", "updiagonalstrike"),
    11: _over("→"),
    12: _over("←"),
    13: _over("↔"),
    14: _over("⇀"),
    15: _over("↼"),
    16: Embellishment("menclose", "horizontalstrike"),
    17: _over("¯"),
    18: Embellishment("msup", "‴"),
    19: _over("⌢"),
    20: _over("⌣"),
    21: Embellishment("menclose", "updiagonalstrike downdiagonalstrike"),
    22: Embellishment("menclose", "updiagonalstrike"),
    23: Embellishment("menclose", "downdiagonalstrike"),
    24: _over("\u20dc"),
    25: _under("˙"),
    26: _under("¨"),
    27: _under("\u20db"),
    28: _under("\u20dc"),
    29: _under("_", "accentunder"),
    30: _under("˜", "accentunder"),
    31: _under("⌢", "accentunder"),
    32: _under("⌣", "accentunder"),
    33: _under("→"),
    34: _under("←"),
    35: _under("↔"),
    36: _under("⇁"),
    37: _under("↽"),
}


BRACKETS = {0x2329: "⟨", 0x232A: "⟩", 0x3008: "⟨", 0x3009: "⟩", 0x301A: "⟦", 0x301B: "⟧"}
"""Brackets that NFC or fonts would make East Asian, as mathematical ones."""


def is_space(char: Char) -> bool:
    return char.code in SPACES or char.typeface == Typeface.SPACE


def character(char: Char, private: str | None = None) -> str:
    """A character as Unicode.

    Args:
        char: the character.
        private: what stands for a code of the private area that is no letter.

    Raises:
        MtefError: it is one, and nothing stands for it.
    """
    if char.code in SPACES:
        return SPACES[char.code]
    if char.code not in PRIVATE:
        if not char.code >= 0x20 or 0xD800 <= char.code < 0xE000:
            raise MtefError(f"character {char.code:#06x}")
        return BRACKETS.get(char.code) or chr(char.code)
    found = _letter(char.code)
    if found or private is not None:
        return found or private or ""
    raise MtefError(f"character {char.code:#06x}")


def _letter(code: int) -> str:
    """A letter or digit of an alphabet in the private area: capitals from its start, small letters after them."""
    if _DOUBLE_DIGITS <= code < _DOUBLE_DIGITS + 10:
        return unicodedata.lookup(f"MATHEMATICAL DOUBLE-STRUCK DIGIT {DIGIT_NAMES[code - _DOUBLE_DIGITS]}")
    for start, alphabet in _ALPHABETS.items():
        if start <= code < start + 52:
            case, letter = divmod(code - start, 26)
            name = f"{alphabet} {'SMALL' if case else 'CAPITAL'} {chr(65 + letter)}"
            return _LETTERLIKE.get(name) or unicodedata.lookup(f"MATHEMATICAL {name}")
    return ""


DIGIT_NAMES = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")


def tag_of(char: Char) -> str:
    """``mi``, ``mn`` or ``mo``, by what the character is."""
    text = character(char)
    if text[:1].isdigit():
        return "mn"
    if text[:1].isalpha():
        return "mi"
    return "mi" if text in ("∞", "ℵ", "∅", "ℓ") else "mo"
