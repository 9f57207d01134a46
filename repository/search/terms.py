"""What a query text asks for: its words, what may stand in their place, and which of them need not be found."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

from repository.search import vocabulary
from repository.search.text import (
    SHORTS_WITH,
    SPELLINGS_OF,
    WHOLE_SYLLABLE_Y,
    Form,
    Run,
    bigrams_of,
    distinct,
    form_of,
    forms_within,
    words_of,
)

MAX_QUERY_WORDS = 64
MAX_QUERY_CHARS = 2000


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
        near_exact: one of ``exact`` -> other forms likewise.
        stand_ins: the alternatives as words with their marks; for highlights.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    bigrams: tuple[str, ...]
    meant: frozenset[Form]
    optional: frozenset[str] = frozenset()
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near_pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near_exact: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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
        return self.meant_words[words]

    @cached_property
    def meant_words(self) -> "MeantWords":
        return MeantWords(self.is_match, self.stand_ins)

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


class MeantWords(dict[str, bool]):
    """What stands in a text -> whether it was asked for; each is worked out once, for most of it comes again."""

    def __init__(self, is_match: Callable[[Form], bool], stand_ins: tuple[Run, ...]) -> None:
        super().__init__()
        self.is_match = is_match
        self.stand_ins = stand_ins

    def __missing__(self, words: str) -> bool:
        forms = forms_within(words)
        is_meant = any(map(self.is_match, forms)) or any(is_run(forms, run) for run in self.stand_ins)
        self[words] = is_meant
        return is_meant


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
