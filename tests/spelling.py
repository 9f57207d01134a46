"""How people really type: the slips of fast fingers, wrong tones, keystrokes of an input method left raw."""

import unicodedata
from random import Random

TONES = "\u0300\u0301\u0303\u0309\u0323"
TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
TELEX_LETTERS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
LETTERS = "abcdeghiklmnopqrstuvxy"
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "ko",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "x": "zc", "y": "tu",
}  # fmt: skip
SLIPS = ("swap", "missing", "extra", "neighbour")


def misspelt(chance: Random, text: str, *, slips: tuple[str, ...] = SLIPS) -> str:
    """One slip of the fingers in one of the longer words."""
    words = text.split()
    fitting = [place for place, word in enumerate(words) if len(word) >= 3 and word.isalpha()]
    if not fitting:
        return text
    place = chance.choice(fitting)
    words[place] = with_slip(chance, words[place], chance.choice(slips))
    return " ".join(words)


def with_slip(chance: Random, word: str, slip: str) -> str:
    """The word with two letters swapped, one missing, one twice, or the key beside it hit; never the word itself."""
    if slip == "swap":
        places = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
        if places:
            place = chance.choice(places)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    place = chance.randrange(len(word))
    if slip == "missing":
        return word[:place] + word[place + 1 :]
    if slip == "extra":
        return word[:place] + chance.choice(LETTERS) + word[place:]
    near = NEIGHBOURS.get(word[place].lower(), LETTERS)
    return word[:place] + chance.choice(near) + word[place + 1 :]


def with_wrong_tone(chance: Random, text: str) -> str:
    """One word with marks gets another tone than it has."""
    words = unicodedata.normalize("NFC", text).split()
    fitting = [place for place, word in enumerate(words) if set(TONES) & set(unicodedata.normalize("NFD", word))]
    if not fitting:
        return text
    place = chance.choice(fitting)
    letters = unicodedata.normalize("NFD", words[place])
    old = next(char for char in letters if char in TONES)
    changed = letters.replace(old, chance.choice(TONES.replace(old, "")), 1)
    words[place] = unicodedata.normalize("NFC", changed)
    return " ".join(words)


def as_telex(text: str) -> str:
    """What comes of typing Telex while the input method is off: ``phương trình`` as ``phuwowng trinhf``."""
    return " ".join(telex_of(word) for word in unicodedata.normalize("NFC", text).split())


def telex_of(word: str) -> str:
    tone, letters = "", ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TELEX_TONES:
            tone = TELEX_TONES[char]
        else:
            letters += char
    return "".join(TELEX_LETTERS.get(char, char) for char in unicodedata.normalize("NFC", letters)) + tone
