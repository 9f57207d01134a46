"""Text that only its font makes readable: TCVN3 (``.VnTime``), VNI (``VNI-Times``) and the Symbol fonts.

What the letters mean depends on the font of each run, so that nothing is guessed: ``©`` is ``â`` in ``.VnTime`` and
a copyright sign in Times New Roman.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

_TCVN3_FROM_A1 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
"""The letters of the codes 0xA1 to 0xFE; a blank where the alphabet has none."""
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_MARKS = (
    _VNI_TONES
    | {mark: "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()}
    | {mark: "\u0306" + tone for mark, tone in _VNI_BREVE.items()}
)
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ"}
_VNI_BASES = {"a": _VNI_MARKS.keys(), "e": _VNI_TONES | _VNI_CIRCUMFLEX, "o": _VNI_TONES | _VNI_CIRCUMFLEX} | {
    "u": _VNI_TONES,
    "y": _VNI_TONES,
    "ô": _VNI_TONES,
    "ö": _VNI_TONES,
}
_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_WINGDINGS = {
    0x21: "✏",
    0x28: "☎",
    0x4A: "☺",
    0x4C: "☹",
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x78: "⌧",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE7: "⇐",
    0xE8: "➔",
    0xF0: "⇨",
    0xF3: "⇔",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x2A: "☐", 0xA3: "☐"}
_WINGDINGS_3 = {0x22: "⇒", 0x67: "→", 0x66: "←", 0x7D: "►"}
_MT_EXTRA = {0x4B: "…", 0x4C: "⋯", 0x4D: "⋮", 0x4F: "⋱", 0x6C: "ℓ", 0x68: "ℏ", 0x6D: "∓"}
_TCVN3_FONT = re.compile(r"\.\s?vn(?!i)|vn(?=time|arial|avant|book|helv)", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[ -]", re.IGNORECASE)


class Charset(StrEnum):
    """How the letters of a font must be read."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    VNI = "vni"
    SYMBOL = "symbol"
    WINGDINGS = "wingdings"
    WINGDINGS_2 = "wingdings-2"
    WINGDINGS_3 = "wingdings-3"
    MT_EXTRA = "mt-extra"


_TCVN3 = {chr(0xA1 + place): char for place, char in enumerate(_TCVN3_FROM_A1) if char != " "} | {"μ": "à"}
_BY_CODE = {
    Charset.SYMBOL: {0x20 + place: char for place, char in enumerate(_SYMBOL)}
    | {0xA0 + place: char for place, char in enumerate(_SYMBOL_HIGH) if char != "\ufffd"},
    Charset.WINGDINGS: _WINGDINGS,
    Charset.WINGDINGS_2: _WINGDINGS_2,
    Charset.WINGDINGS_3: _WINGDINGS_3,
    Charset.MT_EXTRA: _MT_EXTRA,
}
_NAMED = {
    "symbol": Charset.SYMBOL,
    "wingdings": Charset.WINGDINGS,
    "wingdings 2": Charset.WINGDINGS_2,
    "wingdings 3": Charset.WINGDINGS_3,
    "mt extra": Charset.MT_EXTRA,
}


@lru_cache(maxsize=1_000)
def charset_of(font: str) -> Charset:
    """How a font's letters must be read; ``UNICODE`` for every font that is none of the old ones."""
    bare = font.strip()
    if bare.lower() in _NAMED:
        return _NAMED[bare.lower()]
    if _TCVN3_FONT.match(bare):
        return Charset.TCVN3_CAPITALS if bare.endswith("H") else Charset.TCVN3
    return Charset.VNI if _VNI_FONT.match(bare) else Charset.UNICODE


def decode(text: str, charset: Charset) -> list[tuple[str, int]]:
    """The characters meant, each with the place of its first letter in ``text``.

    A letter that the old alphabet does not have stays as it is.
    """
    if charset in (Charset.TCVN3, Charset.TCVN3_CAPITALS):
        letters = [(_TCVN3.get(char, char), place) for place, char in enumerate(text)]
        return [(char.upper(), place) for char, place in letters] if charset is Charset.TCVN3_CAPITALS else letters
    if charset is Charset.VNI:
        return _decode_vni(text)
    if charset is Charset.UNICODE:
        return [(char, place) for place, char in enumerate(text)]
    return [(_symbol(char, charset), place) for place, char in enumerate(text)]


def decoded(text: str, font: str) -> str:
    """The text as it reads in that font."""
    return "".join(char for char, _ in decode(text, charset_of(font)))


def _symbol(char: str, charset: Charset) -> str:
    """Word writes a symbol with its code, or with its code in the private area."""
    code = ord(char)
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return _BY_CODE[charset].get(code, char)


def _decode_vni(text: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    place = 0
    while place < len(text):
        char = text[place]
        mark = text[place + 1].lower() if place + 1 < len(text) else ""
        base = _VNI_ALONE.get(char.lower(), char.lower()) if char.lower() in ("ô", "ö") else char.lower()
        if mark and mark in _VNI_BASES.get(char.lower(), ()):
            letter = unicodedata.normalize("NFC", base + _VNI_MARKS[mark])
            found.append((letter if char.islower() else letter.upper(), place))
            place += 2
            continue
        letter = _VNI_ALONE.get(char.lower(), char)
        found.append((letter.upper() if char.isupper() else letter, place))
        place += 1
    return found
