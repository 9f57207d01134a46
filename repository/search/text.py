"""One normaliser for index and query, so that whatever was typed meets whatever was stored.

A word has two forms. *Folded*: lower case, no marks, đ as d, whole-syllable y as i (``lý`` = ``lí`` = ``li``). *Exact*:
the toneless syllable followed by its tone, so that ``hoà`` and ``hòa`` are one while ``hoa`` is another.
Formulas join: ``H_2O``, ``{H}_2 {O}`` and ``$\\mathrm{H}_{2}\\mathrm{O}$`` are all ``h2o``, ``x^{2}`` and ``x²``
are ``x2``; ``0,25`` and ``0.25`` are one number.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

TEXT_VERSION = 2
"""Grows with every change of the words that a text yields, by this module or its data files: an index keeps the number
it was built with, and one built with another number must be rebuilt."""

MAX_TERM_CHARS = 48
MAX_QUERY_WORDS = 64

SCRIPT = r"[_^](?:\{[^{}\s]{1,12}\}|[^\W_])"
GROUP = r"\{[A-Za-z0-9]{1,12}\}"
WORD = re.compile(
    r"\$[^$\n]{1,2000}\$"
    rf"|(?:{GROUP}{SCRIPT}\ ?)*{GROUP}(?:{SCRIPT})?"
    r"|(?<!\d[.,])\d+[.,]\d+(?![\w]|[.,]\d)"
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f]|[_^]\{?[^\W_]+\}?)*"
)
TEX_WRAPPER = re.compile(r"\\(?:mathrm|mathbf|mathit|mathbb|operatorname|text|textbf|rm|ce)\s*\{([^{}]*)\}")
TEX_FRACTION = re.compile(r"\\[dt]?(?:frac|binom)\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
TEX_COMMAND = re.compile(r"\\([a-zA-Z]+)")
TEX_SCRIPT = re.compile(r"[_^]\s*(?:\{([^{}]*)\}|(\w))")
NUMBER = re.compile(r"\d+[.,]\d+")
COUNTED = re.compile(r"(\d+)(\D.*)", re.DOTALL)
WHOLE_SYLLABLE_Y = re.compile(r"([bcdđghklmnpqrstvx]+|qu)y")

TONES = {"\u0300": "2", "\u0301": "3", "\u0303": "4", "\u0309": "5", "\u0323": "6"}
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Form:
    """A word as the index knows it. ``exact == folded`` for a word without marks."""

    folded: str
    exact: str


@dataclass(frozen=True, slots=True)
class Span:
    """Where a word (or a whole formula) stands in a text, and its forms."""

    start: int
    end: int
    forms: tuple[Form, ...]


def spans_of(text: str) -> Iterator[Span]:
    """The words of an NFC text in order, each with its place; a formula is one span."""
    for match in WORD.finditer(text):
        yield Span(match.start(), match.end(), forms_of(match.group()))


def words_of(text: str) -> list[Form]:
    """The words of any text in order, without their places."""
    return [form for word in WORD.findall(unicodedata.normalize("NFC", text)) for form in forms_of(word)]


@lru_cache(maxsize=60_000)
def forms_of(word: str) -> tuple[Form, ...]:
    """The forms of one match of ``WORD``: mostly one, several for a formula, one for a decimal number."""
    if word.startswith("$"):
        return tuple(form for piece in WORD.findall(plain_formula(word[1:-1])) for form in forms_of(piece.strip("$")))
    if word.startswith("{"):
        word = "".join(word.split())
    if NUMBER.fullmatch(word):
        number = word.replace(",", ".")
        return (Form(number, number),)
    return tuple(form_of(piece) for piece in pieces_of(word))


def plain_formula(tex: str) -> str:
    """TeX as people type it: ``\\mathrm{H}_{2}`` becomes ``H2``, commands become words."""
    for _ in range(3):
        tex = TEX_WRAPPER.sub(r"\1", tex)
    tex = TEX_SCRIPT.sub(lambda match: match.group(1) or match.group(2) or "", tex)
    tex = TEX_FRACTION.sub(r" \1 / \2 ", tex)
    return TEX_COMMAND.sub(r" \1 ", tex).replace("{", "").replace("}", "").replace("$", " ")


def pieces_of(word: str) -> list[str]:
    """A bare word without scripts and braces; ``2H2O`` is ``2`` and ``H2O``; long names part at their underscores."""
    joined = word.translate(DIGITS).replace("^", "").replace("{", "").replace("}", "")
    parts = joined.split("_")
    if max(map(len, parts)) <= 3:
        parts = ["".join(parts)]
    pieces: list[str] = []
    for part in parts:
        counted = COUNTED.fullmatch(part)
        pieces.extend(counted.groups() if counted else (part,))
    return [piece for piece in pieces if piece]


def form_of(word: str) -> Form:
    tones = ""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONES:
            tones += TONES[char]
        else:
            letters.append(char)
    toneless = one_spelling(unicodedata.normalize("NFC", "".join(letters)))
    folded = one_spelling(strip_marks(toneless))
    return Form(folded[:MAX_TERM_CHARS], (toneless + tones)[:MAX_TERM_CHARS])


def one_spelling(syllable: str) -> str:
    match = WHOLE_SYLLABLE_Y.fullmatch(syllable)
    return f"{match.group(1)}i" if match else syllable


class BareChars(dict[int, int]):
    """A table for ``str.translate`` that learns: every character becomes one bare, lower-case character."""

    def __missing__(self, code: int) -> int:
        bare = strip_marks(chr(code).translate(DIGITS).lower())
        self[code] = ord(bare) if len(bare) == 1 else code
        return self[code]


BARE_CHARS = BareChars()


def bare_of(text: str) -> str:
    """An NFC text without marks and capitals, of the same length: places in it are places in the text."""
    return text.translate(BARE_CHARS)


def pattern_of(folded: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the folded terms in a bare text; ``h2o`` also as ``h_{2}o``, ``li`` also as ``ly``."""
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(loose, folded)) + r")(?![^\W_])")


def loose(term: str) -> str:
    letters = [re.escape(char) for char in term]
    if letters[-1] == "i":
        letters[-1] = "[iy]"
    is_formula = any(char.isdigit() for char in term) and not term.isdigit()
    return (r"[_^{}]*(?:\ (?=\{))?[_^{}]*" if is_formula else "").join(letters)


def strip_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word


@dataclass(frozen=True)
class Terms:
    """A query text as the index understands it: distinct terms in the order typed.

    Attributes:
        folded: what the folded bag knows.
        exact: empty unless the text has marks: who types without them means any word.
        bigrams: neighbours, folded, with a space between: what the bag of bigrams knows.
        meant: the words with their marks; for highlights.
        optional: those of ``folded`` that need not be found (stop words). At least one of ``folded`` is never among
            them, unless there is none.
        alternatives: one of ``folded`` -> what may stand in its place (``vd`` -> ``vi du``), folded, in the index's
            form. A document has the word when it has the word itself or any alternative. An alternative of several
            words is written with spaces and is a phrase: its words stand together, so that one of two words is
            exactly a term of the bag of bigrams, and a longer one has all its neighbouring pairs there
            (``pairs_of(alternative)``).
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    bigrams: tuple[str, ...]
    meant: frozenset[Form]
    optional: frozenset[str] = frozenset()
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def is_match(self, form: Form) -> bool:
        """Whether a word of a text is one that was asked for, marks respected where both sides have them."""
        if not self.exact:
            return form.folded in self.folded
        return form in self.meant or (
            form.folded in self.folded and (form.exact == form.folded or Form(form.folded, form.folded) in self.meant)
        )


def terms_of(text: str) -> Terms:
    words = words_of(text[:4000])[:MAX_QUERY_WORDS]
    has_marks = any(word.exact != word.folded for word in words)
    return Terms(
        folded=distinct(word.folded for word in words),
        exact=distinct(word.exact for word in words) if has_marks else (),
        bigrams=distinct(bigrams_of(words)),
        meant=frozenset(words),
    )


def bigrams_of(words: list[Form]) -> Iterator[str]:
    for left, right in pairwise(words):
        yield f"{left.folded} {right.folded}"


def pairs_of(alternative: str) -> tuple[str, ...]:
    """The neighbouring pairs of a folded phrase, as the bag of bigrams has them; () of one word."""
    return tuple(f"{left} {right}" for left, right in pairwise(alternative.split()))


def distinct(terms: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
