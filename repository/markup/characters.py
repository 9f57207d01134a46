"""Unicode on the way in: one spelling of every letter, and nothing invisible."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u2007\u202f]")
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_ODD = re.compile("|".join(pattern.pattern for pattern in (_LINE_ENDS, _SPACES, _JUNK)))


def nfc(text: str) -> str:
    """Normal form C, never KC (which turns x² into x2), without control and zero-width characters.

    Line ends become ``\\n``, no-break spaces become spaces; ``\\n`` and ``\\t`` stay.
    """
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
        text = _JUNK.sub("", text)
    return unicodedata.normalize("NFC", text)
