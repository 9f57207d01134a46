"""One normaliser for index and query, so that whatever was typed meets whatever was stored.

A word has two forms. *Folded*: lower case, no marks, đ as d, whole-syllable y as i (``lý`` = ``lí`` = ``li``), the old
spelling of a name as its new one (``hiđroxit`` = ``hydroxide``). *Exact*: the toneless syllable as it was spelled,
followed by its tone, so that ``hoà`` and ``hòa`` are one while ``hoa`` is another. An abbreviation of one meaning is
the words it stands for (``GTLN``). Formulas join: ``H_2O``, ``{H}_2 {O}`` and ``$\\mathrm{H}_{2}\\mathrm{O}$`` are all
``h2o``, ``x^{2}`` and ``x²`` are ``x2``; ``0,25`` and ``0.25`` are one number. The lists of names stand in ``words/``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from repository.search import vocabulary
from repository.search.formulas import DIGITS, pieces_of, plain_formula

TEXT_VERSION = 3
"""Grows with every change of the words that a text yields, by this module or its data files ``spellings.tsv`` and
``abbreviations.tsv``: an index keeps the number it was built with, and one built with another must be rebuilt."""

MAX_TERM_CHARS = 48
MAX_QUERY_WORDS = 64
MAX_QUERY_CHARS = 2000
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


FORMS = Known(forms_of)
"""A match of ``WORD`` -> its forms."""

CHUNKS = Known(forms_within)
"""What stands between two spaces, without formulas -> its words."""


def without_tones(word: str) -> tuple[str, str]:
    """A word in lower case without its tones, and the tones as digits."""
    tones = ""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
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
    match = WHOLE_SYLLABLE_Y.fullmatch(syllable)
    return f"{match.group(1)}i" if match else syllable


def strip_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word


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
        near_pairs: one of ``bigrams`` -> other pairs that count beside it, where a word may be misspelt.
        stand_ins: the alternatives as words with their marks; for highlights.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    bigrams: tuple[str, ...]
    meant: frozenset[Form]
    optional: frozenset[str] = frozenset()
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near_pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stand_ins: tuple[tuple[Form, ...], ...] = ()

    def is_match(self, form: Form) -> bool:
        """Whether a word of a text is one that was asked for, marks respected where both sides have them."""
        if not self.exact:
            return form.folded in self.folded
        return form in self.meant or (
            form.folded in self.folded and (form.exact == form.folded or Form(form.folded, form.folded) in self.meant)
        )

    def is_meant(self, words: str) -> bool:
        """As ``is_match`` for what stands in a text, be it a word, a formula or an alternative."""
        known = self._meant.get(words)
        if known is None:
            forms = forms_within(words)
            known = any(map(self.is_match, forms)) or any(is_run(forms, run) for run in self.stand_ins)
            self._meant[words] = known
        return known

    @cached_property
    def _meant(self) -> dict[str, bool]:
        return {}

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(self.bigrams)

    @cached_property
    def needles(self) -> tuple[tuple[str, str], ...]:
        """What to look for in a bare text with spaces around it, and the telling word that it stands for."""
        found: dict[tuple[str, str], None] = {}
        for word in self.folded:
            if word not in self.optional:
                others = (*SPELLINGS_OF.get(word, ()), *self.alternatives.get(word, ()), *self._shorts_of(word))
                found |= {(f" {way} ", word): None for other in (word, *others) for way in writings_of(other)}
        return tuple(found)

    @cached_property
    def formulas(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """As ``needles``, for words that may stand within a formula, with its braces and scripts between."""
        words = (word for word in self.folded if len(word) <= 2 or not word.isalpha())
        return tuple((scattered(word), word) for word in words if word not in self.optional)

    def _shorts_of(self, word: str) -> Iterator[str]:
        asked = set(self.folded)
        return (short for short, words in SHORTS_WITH.get(word, ()) if words <= asked)


def is_run(forms: Run, run: Run) -> bool:
    """Whether words are those of an alternative, with its marks or with none."""
    return len(forms) == len(run) and all(
        form in (wanted, Form(wanted.folded, wanted.folded)) for form, wanted in zip(forms, run, strict=True)
    )


def writings_of(words: str) -> tuple[str, ...]:
    """How folded words stand in a bare text: a decimal number in two parts, a last ``i`` also as ``y``."""
    bare = words.replace(".", " ")
    with_y = f"{bare[:-1]}y"
    return (bare, with_y) if bare.endswith("i") and WHOLE_SYLLABLE_Y.fullmatch(with_y.rpartition(" ")[2]) else (bare,)


@lru_cache(maxsize=2_000)
def scattered(formula: str) -> re.Pattern[str]:
    """``h2o`` also as ``h_{2}o``, ``{h}_2 {o}`` and in ``2h2o``; ``36`` also in ``36g``."""
    between = r"[_^{}]*(?:\ (?=\{))?[_^{}]*"
    first, *others = map(re.escape, formula)
    before = rf"{first}(?<![^\W_]{first})" if formula[0].isdigit() else rf"{first}(?<![^\W\d_]{first})"
    before += rf"(?<![_^]{first})(?<![_^]\{{{first})"
    after = r"(?![\d_^])" if formula.isdigit() else r"(?![^\W_]|[_^])"
    return re.compile(between.join((before, *others)) + after)


def terms_of(text: str) -> Terms:
    """The terms of a query without operators; of a very long one those at its beginning."""
    text = text[:MAX_QUERY_CHARS]
    words = words_of(text)[:MAX_QUERY_WORDS]
    has_marks = not text.isascii() and any(word.exact != word.folded for word in words)
    alternatives = alternatives_of(words, has_marks)
    return Terms(
        folded=distinct(word.folded for word in words),
        exact=distinct(word.exact for word in words) if has_marks else (),
        bigrams=distinct(bigrams_of(words)),
        meant=frozenset(words),
        optional=optional_of(words, has_marks),
        alternatives={
            word: distinct(" ".join(form.folded for form in run) for run in runs) for word, runs in alternatives.items()
        },
        stand_ins=tuple(dict.fromkeys(chain.from_iterable(alternatives.values()))),
    )


def optional_of(words: list[Form], has_marks: bool) -> frozenset[str]:
    """The folded stop words, unless there is nothing else."""
    telling = {word.folded for word in words if not is_stop_word(word, has_marks)}
    return frozenset(word.folded for word in words if word.folded not in telling) if telling else frozenset()


def is_stop_word(word: Form, has_marks: bool) -> bool:
    if has_marks:
        return word.exact in STOP_EXACT
    return word.folded in STOP_BARE


def alternatives_of(words: list[Form], has_marks: bool) -> dict[str, list[Run]]:
    """What may stand in the place of a word, alone or as part of the phrase that has a synonym."""
    found: dict[str, list[Run]] = {}
    for start, word in enumerate(words):
        for asked, runs in SYNONYMS.get(word.folded, ()):
            if says(words[start : start + len(asked)], asked, has_marks):
                for part in asked:
                    found.setdefault(part.folded, []).extend(runs)
    return found


def says(words: list[Form], asked: Run, has_marks: bool) -> bool:
    """Whether the words are those of a synonym. One word that has marks must have been typed with them."""
    if len(words) != len(asked) or any(word.folded != part.folded for word, part in zip(words, asked, strict=True)):
        return False
    if len(asked) == 1:
        return words[0].exact == asked[0].exact or words[0].folded == asked[0].exact
    return not has_marks or all(w.exact in (w.folded, part.exact) for w, part in zip(words, asked, strict=True))


def synonyms_by_first() -> dict[str, list[tuple[Run, tuple[Run, ...]]]]:
    found: dict[str, list[tuple[Run, tuple[Run, ...]]]] = {}
    for asked, others in vocabulary.synonyms():
        key = forms_within(asked)
        found.setdefault(key[0].folded, []).append((key, tuple(map(forms_within, others))))
    return found


SYNONYMS = synonyms_by_first()
STOP_WORDS, STOP_WORDS_WITH_MARKS = vocabulary.stop_words()
STOP_EXACT = frozenset(form_of(word).exact for word in STOP_WORDS | STOP_WORDS_WITH_MARKS)
STOP_BARE = frozenset(form_of(word).folded for word in STOP_WORDS)


def bigrams_of(words: list[Form]) -> Iterator[str]:
    for left, right in pairwise(words):
        yield f"{left.folded} {right.folded}"


def pairs_of(alternative: str) -> tuple[str, ...]:
    """The neighbouring pairs of a folded phrase, as the bag of bigrams has them; () of one word."""
    return tuple(f"{left} {right}" for left, right in pairwise(alternative.split()))


def distinct(terms: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
