"""One normaliser for index and query, so that whatever was typed meets whatever was stored.

A word has two forms. *Folded*: lower case, no marks, đ as d, whole-syllable y as i (``lý`` = ``lí`` = ``li``), the old
spelling of a name as its new one (``hiđroxit`` = ``hydroxide``). *Exact*: the toneless syllable as it was spelled,
followed by its tone, so that ``hoà`` and ``hòa`` are one while ``hoa`` is another. An abbreviation of one meaning is
the words it stands for (``GTLN``). Formulas join: ``H_2O``, ``{H}_2 {O}`` and ``$\\mathrm{H}_{2}\\mathrm{O}$`` are all
``h2o``, ``x^{2}`` and ``x²`` are ``x2``; ``0,25`` and ``0.25`` are one number. The lists of names stand in ``words/``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from repository.search import vocabulary
from repository.search.formulas import DIGITS, pieces_of, plain_formula

TEXT_VERSION = 3
"""Grows with every change of the words that a text yields, by this module or its data files ``spellings.tsv`` and
``abbreviations.tsv``: an index keeps the number it was built with, and one built with another must be rebuilt."""

MAX_TERM_CHARS = 48
MAX_KNOWN = 50_000
MAX_KNOWN_CHARS = 64

SCRIPT = r"(?:\{\})?[_^](?:\{[^{}\s$]{1,12}\}|[^\W_])"
GROUP = r"\{[A-Za-z0-9]{1,12}\}"
FORMULA = r"\$[^$\n]{1,2000}\$"
WORD = re.compile(
    rf"{FORMULA}"
    rf"|(?:{GROUP}(?:{SCRIPT})+\ ?)*{GROUP}(?:{SCRIPT})*"
    r"|(?<!\d[.,])\d+[.,]\d+(?![\w]|[.,]\d)|(?<!\d[.,])\d+,\d+(?=\.10)"
    r"|[^\W\d_]{2,6}&[^\W\d_]{1,6}(?![^\W_])"
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f]|[_^]\{?[^\W_]+\}?)*"
)
FORMULAS = re.compile(f"({FORMULA})")
NUMBER = re.compile(r"\d+[.,]\d+")
WHOLE_SYLLABLE_Y = re.compile(r"([bcdđghklmnpqrstvx]+|qu)y")
PILE = re.compile(r"([\u0300-\u036f]{4})[\u0300-\u036f]+")

TONES = {"\u0300": "2", "\u0301": "3", "\u0303": "4", "\u0309": "5", "\u0323": "6"}


class Form(NamedTuple):
    """A word as the index knows it. ``exact == folded`` for a word without marks."""

    folded: str
    exact: str


Run = tuple[Form, ...]
"""Words that stand together."""


class Span(NamedTuple):
    """Where a word (or a whole formula) stands in a text, and its forms."""

    start: int
    end: int
    forms: tuple[Form, ...]


class Known(dict[str, tuple[Form, ...]]):
    """The forms of what was read before: most words of a text were. Forgets all when it grows too large."""

    def __init__(self, read: Callable[[str], tuple[Form, ...]]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> tuple[Form, ...]:
        forms = self.read(text)
        if len(text) <= MAX_KNOWN_CHARS:
            if len(self) >= MAX_KNOWN:
                self.clear()
            self[text] = forms
        return forms


def spans_of(text: str) -> Iterator[Span]:
    """The words of an NFC text in order, each with its place; a formula or an abbreviation is one span."""
    for match in WORD.finditer(text):
        yield Span(match.start(), match.end(), FORMS[match.group()])


def words_of(text: str) -> list[Form]:
    """The words of any text in order, without their places."""
    text = nfc(text)
    if "$" not in text and "{" not in text:
        return list(chain.from_iterable(map(CHUNKS.__getitem__, text.split())))
    words: list[Form] = []
    for number, piece in enumerate(FORMULAS.split(text)):
        if number % 2:
            words += FORMS[piece]
        elif "{" in piece:
            words += forms_within(piece)
        else:
            words += chain.from_iterable(map(CHUNKS.__getitem__, piece.split()))
    return words


def nfc(text: str) -> str:
    """Composed, without heaps of marks on one letter, which take the square of their number to put in order."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", PILE.sub(r"\1", text))


def forms_within(text: str) -> tuple[Form, ...]:
    return tuple(chain.from_iterable(map(FORMS.__getitem__, WORD.findall(text))))


def forms_of(word: str) -> tuple[Form, ...]:
    """The forms of one match of ``WORD``: mostly one, several for a formula, one for a decimal number."""
    if word.startswith("$"):
        return tuple(form for piece in WORD.findall(plain_formula(word[1:-1])) for form in FORMS[piece.strip("$")])
    if word.startswith("{"):
        word = "".join(char for char in word if char.isalnum())
    if NUMBER.fullmatch(word):
        number = word.replace(",", ".")
        return (Form(number, number),)
    if "&" in word:
        return ABBREVIATIONS.get(fold(word.replace("&", ""))) or forms_within(word.replace("&", " "))
    return tuple(form for piece in pieces_of(word) for form in forms_of_piece(piece) if form.folded)


def forms_of_piece(piece: str) -> tuple[Form, ...]:
    form = form_of(piece)
    return ABBREVIATIONS.get(form.folded) or (form,)


def terms_of_folded(word: str) -> tuple[str, ...]:
    """The folded words of the index for a word of letters that is folded but for its name."""
    chosen = SPELLINGS.get(word, word)[:MAX_TERM_CHARS]
    meant = ABBREVIATIONS.get(chosen)
    return (chosen,) if meant is None else tuple(form.folded for form in meant)


FORMS = Known(forms_of)
"""A match of ``WORD`` -> its forms."""

CHUNKS = Known(forms_within)
"""What stands between two spaces, without formulas -> its words."""


def without_tones(word: str) -> tuple[str, str]:
    """A word in lower case without its tones, and the tones as digits."""
    word = word.lower()
    if word.isascii():
        return word, ""
    toneless = word.translate(TONELESS)
    return (toneless, word.translate(TONE_DIGITS)) if UNUSUAL not in toneless else _without_loose_tones(word)


def _without_loose_tones(word: str) -> tuple[str, str]:
    """The same of a word with marks that stand apart from their letters, or letters of another script."""
    tones = ""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in TONES:
            tones += TONES[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tones


def form_of(word: str) -> Form:
    letters, tones = without_tones(word)
    toneless = one_spelling(letters)
    bare = one_spelling(strip_marks(toneless))
    exact = toneless + tones
    folded = SPELLINGS.get(bare, bare)[:MAX_TERM_CHARS]
    return Form(folded, folded if exact == bare else exact[:MAX_TERM_CHARS])


def fold(word: str) -> str:
    """A word without marks and capitals, in the one spelling of its syllable, its name left as it is."""
    return one_spelling(strip_marks(word.lower()))


def one_spelling(syllable: str) -> str:
    match = WHOLE_SYLLABLE_Y.fullmatch(syllable) if syllable.endswith("y") else None
    return f"{match.group(1)}i" if match else syllable


def strip_marks(word: str) -> str:
    if word.isascii():
        return word
    bare = word.translate(BARE_LETTERS)
    return bare if UNUSUAL not in bare else _strip_loose_marks(word)


def _strip_loose_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word


UNUSUAL = "\uffff"


class Letters(dict[int, str]):
    """A table for ``str.translate`` that learns: a Latin letter -> what ``read`` makes of its marks, decomposed."""

    def __init__(self, read: Callable[[str], str], otherwise: str) -> None:
        super().__init__()
        self.read = read
        self.otherwise = otherwise

    def __missing__(self, code: int) -> str:
        is_latin = code < 0x300 or 0x1E00 <= code < 0x1F00
        self[code] = self.read(unicodedata.normalize("NFD", chr(code))) if is_latin else self.otherwise
        return self[code]


TONELESS = Letters(
    lambda letter: unicodedata.normalize("NFC", "".join(char for char in letter if char not in TONES)), UNUSUAL
)
BARE_LETTERS = Letters(_strip_loose_marks, UNUSUAL)
TONE_DIGITS = Letters(lambda letter: "".join(TONES.get(char, "") for char in letter), "")


SPELLINGS: dict[str, str] = {
    fold(other): fold(chosen) for other, chosen in vocabulary.spellings().items() if fold(other) != fold(chosen)
}
ABBREVIATIONS: dict[str, tuple[Form, ...]] = {}
ABBREVIATIONS.update(
    {fold(short.replace("&", "")): forms_within(words) for short, words in vocabulary.abbreviations().items()}
)
FORMS.clear()
SPELLINGS_OF: dict[str, list[str]] = {}
for _other, _chosen in SPELLINGS.items():
    SPELLINGS_OF.setdefault(_chosen, []).append(_other)
SHORTS_WITH: dict[str, list[tuple[str, frozenset[str]]]] = {}
for _short, _words in ABBREVIATIONS.items():
    for _word in _words:
        SHORTS_WITH.setdefault(_word.folded, []).append((_short, frozenset(word.folded for word in _words)))


class BareChars(dict[int, int]):
    """A table for ``str.translate`` that learns: every character becomes one bare, lower-case character."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        bare = strip_marks(char.translate(DIGITS).lower())
        is_gap = not char.isalnum() and char not in "_^{}"
        self[code] = 32 if is_gap else ord(bare) if len(bare) == 1 else code
        return self[code]


class BareChunks(dict[str, str]):
    """What stands between two spaces -> the same bare. Forgets all when it grows too large."""

    def __missing__(self, chunk: str) -> str:
        bare = chunk.translate(BARE_CHARS)
        if len(chunk) <= MAX_KNOWN_CHARS:
            if len(self) >= MAX_KNOWN:
                self.clear()
            self[chunk] = bare
        return bare


BARE_CHARS = BareChars()
BARE_CHUNKS = BareChunks()


def bare_of(text: str) -> str:
    """An NFC text without marks, capitals and punctuation (spaces in its place; ``_^{}`` of formulas stay), of the
    same length: places in it are places in the text."""
    return " ".join(map(BARE_CHUNKS.__getitem__, text.split(" ")))


def bigrams_of(words: list[Form]) -> Iterator[str]:
    for left, right in pairwise(words):
        yield f"{left.folded} {right.folded}"


def pairs_of(alternative: str) -> tuple[str, ...]:
    """The neighbouring pairs of a folded phrase, as the bag of bigrams has them; () of one word."""
    return tuple(f"{left} {right}" for left, right in pairwise(alternative.split()))


def distinct(terms: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
