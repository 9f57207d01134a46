"""People who type Vietnamese without a keyboard driver: an encoder of our own, from syllables to keys."""

import unicodedata

from repository.search.suggestions.keystrokes import Reading

RIMES = [
    *[
        "a",
        "ac",
        "ach",
        "ai",
        "am",
        "an",
        "ang",
        "anh",
        "ao",
        "ap",
        "at",
        "au",
        "ay",
        "ăc",
        "ăm",
        "ăn",
        "ăng",
        "ăp",
        "ăt",
        "âc",
        "âm",
        "ân",
        "âng",
        "âp",
        "ât",
        "âu",
        "ây",
    ],
    *[
        "e",
        "ec",
        "em",
        "en",
        "eng",
        "eo",
        "ep",
        "et",
        "ê",
        "êch",
        "êm",
        "ên",
        "ênh",
        "êp",
        "êt",
        "êu",
        "i",
        "ia",
        "ich",
        "iêc",
        "iêm",
        "iên",
        "iêng",
        "iêp",
        "iêt",
        "iêu",
        "im",
        "in",
        "inh",
        "ip",
        "it",
        "iu",
    ],
    *[
        "o",
        "oa",
        "oac",
        "oach",
        "oai",
        "oan",
        "oang",
        "oanh",
        "oat",
        "oay",
        "oăn",
        "oăt",
        "oc",
        "oe",
        "oen",
        "oeo",
        "oi",
        "om",
        "on",
        "ong",
        "op",
        "ot",
        "ô",
        "ôc",
        "ôi",
        "ôm",
        "ôn",
        "ông",
        "ôp",
        "ôt",
    ],
    *[
        "ơ",
        "ơi",
        "ơm",
        "ơn",
        "ơp",
        "ơt",
        "u",
        "ua",
        "uân",
        "uât",
        "uây",
        "uc",
        "uê",
        "uênh",
        "ui",
        "um",
        "un",
        "ung",
        "uôc",
        "uôi",
        "uôm",
        "uôn",
        "uông",
        "uôt",
        "up",
        "ut",
        "uy",
        "uya",
        "uych",
    ],
    *[
        "uyên",
        "uyêt",
        "uynh",
        "uyt",
        "ư",
        "ưa",
        "ưc",
        "ưi",
        "ưng",
        "ươc",
        "ươi",
        "ươm",
        "ươn",
        "ương",
        "ươp",
        "ươt",
        "ươu",
        "ưt",
        "ưu",
        "y",
        "yêm",
        "yên",
        "yêt",
        "yêu",
    ],
]
TELEX = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
VNI = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}
TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
VNI_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
VOWELS = "aeiouyâêôăơư"


def syllable(onset: str, rime: str, tone: str) -> str:
    """A syllable in its official spelling; some do not exist, which is no matter."""
    return Reading(letters=onset + rime, tone=tone).word


def as_telex(word: str, tone_place: int, at_end: bool) -> str:
    return typed(word, TELEX, TELEX_TONES, tone_place, at_end)


def as_vni(word: str, tone_place: int, at_end: bool) -> str:
    return typed(word, VNI, VNI_TONES, tone_place, at_end)


def typed(word: str, marks: dict[str, str], tones: dict[str, str], tone_place: int, at_end: bool) -> str:
    """The keys of a word; the tone ``tone_place`` letters after its vowel, or at the end."""
    plain = unicodedata.normalize("NFD", word)
    tone = next((char for char in plain if char in tones), "")
    letters = unicodedata.normalize("NFC", plain.replace(tone, "") if tone else plain)
    if not tone:
        return "".join(marks.get(letter, letter) for letter in letters)
    bare = "".join(marks.get(letter, letter) for letter in letters)
    place = last_vowel_end(letters, marks) + tone_place
    return bare + tones[tone] if at_end or place > len(bare) else bare[:place] + tones[tone] + bare[place:]


def last_vowel_end(letters: str, marks: dict[str, str]) -> int:
    last = max(place for place, letter in enumerate(letters) if letter in VOWELS)
    return len("".join(marks.get(letter, letter) for letter in letters[: last + 1]))
