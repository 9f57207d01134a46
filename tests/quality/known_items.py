"""Queries for a thing that somebody knows is there, made of its own words by chance, not to suit an engine."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from tests.spelling import as_telex, misspelt, with_wrong_tone

MARKUP = re.compile(r"\$[^$]*\$|\\[a-zA-Z]+|[^\w\s/.,%-]")
LETTERS = re.compile(r"[^\W\d_]{2}")
FEWEST_WORDS = 6
KEYWORDS = 4
CHUNK = range(3, 7)
HALF = range(3, 9)
"""Nobody types more than eight words; fewer than three say too little."""

OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
NEW_TONES = {old: new for new, old in OLD_TONES.items()}
I_OF_Y = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
Y_OF_I = {i: y for y, i in I_OF_Y.items()}
EITHER = re.compile(r"(?<!\w)([hklmst])([iìíỉĩịyỳýỷỹỵ])(?!\w)")
ENDING = re.compile("(" + "|".join([*OLD_TONES, *NEW_TONES]) + r")(?!\w)")


def words_of(text: str) -> list[str]:
    """The words of a text as they would be typed: no formulas, no punctuation around them."""
    words = (word.strip(".,-/%") for word in MARKUP.sub(" ", unicodedata.normalize("NFC", text)).split())
    return [word for word in words if word]


def has_enough(text: str) -> bool:
    """Whether known-item queries can be made of a text."""
    return sum(bool(LETTERS.search(word)) for word in words_of(text)) >= FEWEST_WORDS


def half(chance: Random, text: str) -> str:
    """The first or the second half."""
    words = words_of(text)
    length = min(max(HALF.start, len(words) // 2), HALF.stop - 1)
    return " ".join(words[:length] if chance.random() < 0.5 else words[-length:])


def chunk(chance: Random, text: str) -> str:
    """Three to six words in a row, from anywhere."""
    words = words_of(text)
    length = min(chance.choice(CHUNK), len(words))
    first = chance.randrange(len(words) - length + 1)
    return " ".join(words[first : first + length])


def keywords(chance: Random, text: str) -> str:
    """Four different words of at least two letters, in any order."""
    fitting = sorted({word.lower() for word in words_of(text) if LETTERS.search(word)})
    chosen = chance.sample(fitting, min(KEYWORDS, len(fitting)))
    return " ".join(chosen)


def respelt(chance: Random, text: str) -> str:
    """Half, in the other spelling: y for i, the tone on the other vowel, letters decomposed or all capitals."""
    query = ENDING.sub(other_tone, EITHER.sub(other_vowel, half(chance, text)))
    turn = chance.randrange(3)
    return unicodedata.normalize("NFD", query) if turn == 0 else query.upper() if turn == 1 else query


def other_vowel(match: re.Match[str]) -> str:
    vowel = match.group(2)
    return match.group(1) + (I_OF_Y.get(vowel) or Y_OF_I[vowel])


def other_tone(match: re.Match[str]) -> str:
    return OLD_TONES.get(match.group()) or NEW_TONES[match.group()]


def without_marks(text: str) -> str:
    """As it is typed without an input method."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def some_part(chance: Random, text: str) -> str:
    """Half, a chunk or keywords, by chance."""
    return chance.choice((half, chunk, keywords))(chance, text)


def slip(name: str) -> Callable[[Random, str], str]:
    return lambda chance, query: misspelt(chance, query, slips=(name,))


MAKERS: Mapping[str, Callable[[Random, str], str]] = {
    "half stem": half,
    "keywords": keywords,
    "chunk": chunk,
    "spelling": respelt,
}
"""Class -> how its query is made of a text."""

SPOILERS: Mapping[str, Callable[[Random, str], str]] = {
    "letters swapped": slip("swap"),
    "letter missing": slip("missing"),
    "letter too many": slip("extra"),
    "key beside": slip("neighbour"),
    "wrong tone": with_wrong_tone,
    "raw Telex": lambda chance, query: as_telex(query),
}
"""Class -> how a query is spoilt."""
