"""Telex and VNI keystrokes that no driver read: ``phuwowng trinhf`` and ``phu7o7ng tri2nh`` are *phương trình*.

A word of keystrokes often has several readings (``muaw`` could be *mưa* or *muă*); whoever knows the words decides.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}
CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
HORN = {"o": "ơ", "u": "ư"}
BREVE = {"a": "ă"}
VOWELS = frozenset("aeiouyâêôăơư")
MODIFIED = "ơêâôăư"
MOST_CHARS = 14
MOST_READINGS = 16
WORD = re.compile(r"[a-z]+[a-z0-9]*")
ELEMENTS = "h|he|li|be|b|c|n|o|f|ne|na|mg|al|si|p|s|cl|k|ca|cr|mn|fe|cu|zn|br|ag|i|ba|hg|pb"
FORMULA = re.compile(rf"(?:{ELEMENTS}|\d)+|[a-z]\d+")


@dataclass(frozen=True)
class Reading:
    """A word half read: its letters, the tone mark, whether any key meant a mark."""

    letters: str = ""
    tone: str = ""
    tone_key: str = ""
    is_marked: bool = False

    def then(self, letter: str) -> "Reading":
        return replace(self, letters=self.letters + letter)

    def marked(self, place: int, letter: str) -> "Reading":
        return replace(self, letters=self.letters[:place] + letter + self.letters[place + 1 :], is_marked=True)

    def toned(self, key: str, tone: str) -> "Reading":
        return replace(self, tone=tone, tone_key=key, is_marked=True)

    @property
    def has_vowel(self) -> bool:
        return any(letter in VOWELS for letter in self.vowel_part)

    @property
    def vowel_part(self) -> str:
        """What follows the consonants that the word begins with; the u of ``qu`` and a lone i of ``gi`` are some."""
        return self.letters[self.onset_length :]

    @property
    def onset_length(self) -> int:
        letters = self.letters
        if letters.startswith("qu") or (letters.startswith("gi") and len(letters) > 2 and letters[2] in VOWELS):
            return 2
        return next((place for place, letter in enumerate(letters) if letter in VOWELS), len(letters))

    @property
    def word(self) -> str:
        """The word with its tone where the spelling rules of the ministry put it."""
        if not self.tone:
            return self.letters
        place = self.tone_place
        head, tail = self.letters[: place + 1], self.letters[place + 1 :]
        return unicodedata.normalize("NFC", head + self.tone + tail)

    @property
    def tone_place(self) -> int:
        start = self.onset_length
        places = [start + place for place, letter in enumerate(self.vowel_part) if letter in VOWELS]
        if not places:
            return max(place for place, letter in enumerate(self.letters) if letter in VOWELS)
        marked = [place for place in places if self.letters[place] in MODIFIED]
        if marked:
            return marked[-1]
        if len(places) == 1:
            return places[0]
        is_closed = places[-1] < len(self.letters) - 1
        vowels = "".join(self.letters[place] for place in places)
        return places[1] if is_closed or len(places) > 2 or vowels in ("oa", "oe", "uy") else places[0]


def readings(word: str) -> tuple[str, ...]:
    """What a word may be when its keys are read as Telex, or as VNI where it has digits; () when it can't be either.

    The case is that of the typed word: all capitals, a capital first, or small.
    """
    keys = word.lower()
    if len(keys) > MOST_CHARS or not WORD.fullmatch(keys):
        return ()
    step = vni if any(key.isdigit() for key in keys) else telex
    half_read = [Reading()]
    for key in keys:
        half_read = [further for reading in half_read for further in step(reading, key)][:MOST_READINGS]
    found = dict.fromkeys(reading.word for reading in half_read if reading.is_marked and reading.has_vowel)
    return tuple(in_case(word, text) for text in found)


def is_formula_like(word: str) -> bool:
    """``co2`` and ``x2`` are rather formulas than *cò* and nothing."""
    return bool(FORMULA.fullmatch(word.lower())) and any(char.isdigit() for char in word)


def in_case(typed: str, text: str) -> str:
    if len(typed) > 1 and typed.upper() == typed:
        return text.upper()
    return text[:1].upper() + text[1:] if typed[:1].isupper() else text


def telex(reading: Reading, key: str) -> Iterator[Reading]:
    if key in TELEX_TONES and reading.has_vowel:
        if key != reading.tone_key:  # twice the same key takes the tone back: then it was no keystroke
            yield reading.toned(key, TELEX_TONES[key])
    elif key == "w":
        yield from hooked(reading, HORN | BREVE)
        if not reading.has_vowel:
            yield replace(reading.then("ư"), is_marked=True)
    elif key == "d" and reading.letters.startswith("d"):
        yield reading.marked(0, "đ")
    elif key in CIRCUMFLEX and key in reading.vowel_part:
        yield reading.marked(reading.letters.rindex(key), CIRCUMFLEX[key])
        if not reading.letters.endswith(key):  # ngoeof
            yield from plain(reading, key)
    else:
        yield from plain(reading, key)


def vni(reading: Reading, key: str) -> Iterator[Reading]:
    if key in VNI_TONES and reading.has_vowel:
        if key != reading.tone_key:
            yield reading.toned(key, VNI_TONES[key])
    elif key == "6":
        for place in places_of(reading, CIRCUMFLEX):
            yield reading.marked(place, CIRCUMFLEX[reading.letters[place]])
    elif key in "78":
        yield from hooked(reading, HORN if key == "7" else BREVE)
    elif key == "9" and reading.letters.startswith("d"):
        yield reading.marked(0, "đ")
    elif key.isalpha():
        yield from plain(reading, key)


def hooked(reading: Reading, hooks: dict[str, str]) -> Iterator[Reading]:
    """Horn or breve on one of the vowels, or horns on both of ``uo``."""
    pair = reading.letters.find("uo", reading.onset_length)
    if pair >= 0 and "u" in hooks:
        yield reading.marked(pair, "ư").marked(pair + 1, "ơ")
    for place in places_of(reading, hooks):
        yield reading.marked(place, hooks[reading.letters[place]])


def places_of(reading: Reading, letters: dict[str, str]) -> list[int]:
    start = reading.onset_length
    return [start + place for place, letter in enumerate(reading.vowel_part) if letter in letters][::-1]


def plain(reading: Reading, key: str) -> Iterator[Reading]:
    """The key as a letter; a vowel can't follow the consonants that end a syllable."""
    if key in VOWELS and reading.has_vowel and reading.letters[-1] not in VOWELS:
        return
    yield reading.then(key)
