"""Texts in the fonts of before Unicode, letter by letter."""

import unicodedata

import pytest

from quizbank.questions.formats.legacy_fonts import Charset, charset_of, decoded

VOWELS = "aăâeêioôơuưy"
TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
TCVN3 = "µ¸¶·¹ »¾¼½Æ ÇÊÈÉË ÌÐÎÏÑ ÒÕÓÔÖ ×ÝØÜÞ ßãáâä åèæçé êíëìî ïóñòô õøö÷ù úýûüþ"
VNI = (
    "aøaùaûaõaï aèaéaúaüaë aàaáaåaãaä eøeùeûeõeï eàeáeåeãeä ìíæóò oøoùoûoõoï oàoáoåoãoä ôøôùôûôõôï uøuùuûuõuï"
    " öøöùöûöõöï yøyùyûyõî"
)


def test_every_vowel_with_every_tone_of_tcvn3() -> None:
    assert decoded(TCVN3.replace(" ", ""), ".VnTime") == "".join(LETTERS)
    assert decoded(TCVN3.replace(" ", ""), ".VnTimeH") == "".join(LETTERS).upper()


def test_every_vowel_with_every_tone_of_vni_small_and_large() -> None:
    assert decoded(VNI.replace(" ", ""), "VNI-Times") == "".join(LETTERS)
    assert decoded(VNI.replace(" ", "").upper(), "VNI-Helve") == "".join(LETTERS).upper()


@pytest.mark.parametrize(
    ("old", "font", "new"),
    [
        ("¨©ª«¬\u00ad®", ".VnArial", "ăâêôơưđ"),
        ("¡¢£¤¥¦§", ".VnTime", "ĂÂÊÔƠƯĐ"),
        ("aêaâeâoâôöñ", "VNI-Times", "ăâêôơưđ"),
        ("AÊAÂEÂOÂÔÖÑ", "VNI-Times", "ĂÂÊÔƠƯĐ"),
        ("®Ò kiÓm tra häc k× ii", ".VnTimeH", "ĐỀ KIỂM TRA HỌC KÌ II"),
        ("Ñöôøng thaúng ñi qua", "VNI-Times", "Đường thẳng đi qua"),
        ("abW", "Symbol", "αβΩ"),
        ("\uf0a3\uf0b3\uf0de\uf0ce\uf0a5", "Symbol", "≤≥⇒∈∞"),
        ("\uf0fc\uf0e0", "Wingdings", "✓→"),
        ("©®µ", "Times New Roman", "©®µ"),
    ],
)
def test_letters_are_read_by_their_font(old: str, font: str, new: str) -> None:
    assert decoded(old, font) == new


@pytest.mark.parametrize(
    ("font", "charset"),
    [
        (".VnTime", Charset.TCVN3),
        (".VnArial NarrowH", Charset.TCVN3_CAPITALS),
        (".VNTIMEH", Charset.TCVN3_CAPITALS),
        ("VNI-Times", Charset.VNI),
        ("Vni 27 Bendigo", Charset.VNI),
        ("Times New Roman", Charset.UNICODE),
        ("Arial", Charset.UNICODE),
        ("symbol", Charset.SYMBOL),
    ],
)
def test_a_font_tells_its_alphabet(font: str, charset: Charset) -> None:
    assert charset_of(font) is charset
