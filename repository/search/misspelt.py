"""Which of the words of a query may be slips of the finger, as the other words tell.

A word that is missed where all the others stand may have been meant to be one that is there and one slip away: ``thy``
among ``bắt`` and ``sản`` for *thủy*. Neighbours are not asked for: keywords come in any order.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from repository.search.language import Asked
from repository.search.suggestions.helper import Helper
from repository.search.text import form_of, strip_marks

WORD = re.compile(r"[^\W_]+")
SHORTEST = 2
WORD_COUNT = range(2, 13)
OFTEN = 2
"""Texts that have two words side by side: so many, and the two are no slip."""

Bagged = tuple[str, str]
"""A bag of the index (``EXACT``, ``FOLDED``) and a word of it."""
EXACT, FOLDED = "exact", "folded"


class Texts(Protocol):
    """What is asked of the public texts of an index."""

    def known(self, words: Sequence[str]) -> Collection[str]:
        """Those of the folded words that some text has."""

    def often(self, pairs: Sequence[str]) -> Collection[str]:
        """Those of the folded pairs that several texts have (``OFTEN``)."""

    def near(self, word: str) -> tuple[str, ...]:
        """The folded words of the index that are one slip away from one."""

    def beside(self, words: Sequence[Bagged], others: Sequence[Bagged]) -> Collection[Bagged]:
        """Those of the others that stand in a text which has all the words."""


@dataclass
class Near:
    """Folded word of a query -> folded words that it may have been meant to be; exact forms of it likewise."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exact: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words)


def words_as_typed(asked: Asked) -> list[Bagged]:
    """The words that must be found with the accents they were typed with; none of a query without accents."""
    return [(EXACT, exact) for exact in exact_of(asked).values()] if asked.terms.exact else []


def is_written_so(texts: Texts, words: Sequence[Bagged]) -> bool:
    """Whether a text has all the words."""
    return not words or bool(texts.beside(words[:-1], words[-1:]))


def near_words(texts: Texts, asked: Asked, helper: Helper, *, minds_accents: bool) -> Near:
    """Word by word what it may have been meant to be: what is one slip away and stands where all others stand.

    Args:
        texts: of the index.
        asked: the query.
        helper: knows how words are written.
        minds_accents: the words stand with the accents they were typed with, if with any.
    """
    near = Near()
    exact = exact_of(asked)
    if len(exact) not in WORD_COUNT:
        return near
    minds_accents = minds_accents and bool(asked.terms.exact)
    typed = typed_words(asked.plain)
    usual = usual_words(texts, asked)
    for word in exact:
        if len(word) < SHORTEST or not word.isalpha() or word not in typed or word in usual:
            continue
        others = [other for other in near_letters(texts, word, typed[word]) if other not in asked.terms.folded]
        forms = helper.forms_near(typed[word], [word, *others]) if minds_accents else {}
        wanted = list(wanted_of(others, forms))
        found = standing(texts, [other for other in exact if other != word], exact, wanted, minds_accents)
        fits = tuple(other for other in others if any((bag, text) in found for bag, text in looked_for(other, forms)))
        if fits:
            near.words[word] = fits
            exact_forms = [form for other in (word, *fits) for form in forms.get(other, ()) if (EXACT, form) in found]
            near.exact[exact[word]] = tuple(dict.fromkeys(exact_forms))
    return near


def usual_words(texts: Texts, asked: Asked) -> set[str]:
    """The words that stand beside a neighbour as they often do elsewhere: *allele* behind *số* is no slip."""
    return {word for pair in texts.often(asked.terms.bigrams) for word in pair.split()}


def near_letters(texts: Texts, word: str, typed: str) -> list[str]:
    """The folded words one slip away from a word, and from its letters as they were typed: ``thy`` folds to *thi*."""
    letters = strip_marks(typed)
    return list(dict.fromkeys((*texts.near(word), *(texts.near(letters) if letters != word else ()))))


def as_others(
    asked: Asked,
    near: Mapping[str, tuple[str, ...]],
    exact: Mapping[str, tuple[str, ...]],
    near_in_pairs: Mapping[str, tuple[str, ...]] | None = None,
) -> Asked:
    """A query in which other words may stand for some of its own.

    Args:
        asked: the query.
        near: folded word -> those that may stand for it.
        exact: exact form -> those that count beside it.
        near_in_pairs: as ``near``, for its pairs with its neighbours; None = the same.
    """
    terms = asked.terms
    alternatives = dict(terms.alternatives)
    for word, others in near.items():
        alternatives[word] = (*alternatives.get(word, ()), *others)
    paired = near if near_in_pairs is None else near_in_pairs
    near_pairs = {pair: pairs for pair in terms.bigrams if (pairs := tuple(pairs_near(pair, paired)))}
    return replace(
        asked, terms=replace(terms, alternatives=alternatives, near_pairs=near_pairs, near_exact=dict(exact))
    )


def pairs_near(pair: str, others: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The pairs that one word of the pair may be misspelt for."""
    left, right = pair.split()
    yield from (f"{other} {right}" for other in others.get(left, ()))
    yield from (f"{left} {other}" for other in others.get(right, ()))


def exact_of(asked: Asked) -> dict[str, str]:
    """The words that must be found, folded -> exact."""
    forms = {form.folded: form.exact for form in asked.terms.meant}
    return {word: forms[word] for word in asked.terms.folded if word not in asked.terms.optional}


def typed_words(text: str) -> dict[str, str]:
    """Folded -> as it was typed, in lower case."""
    words = WORD.findall(unicodedata.normalize("NFC", text).lower())
    return {form_of(word).folded: word for word in reversed(words)}


def wanted_of(others: Sequence[str], forms: Mapping[str, tuple[str, ...]]) -> Iterator[Bagged]:
    for other in dict.fromkeys((*forms, *others)):
        yield from looked_for(other, forms)


def looked_for(other: str, forms: Mapping[str, tuple[str, ...]]) -> Iterator[Bagged]:
    """A word in its known forms that are one slip away; by its letters where no form is known at all."""
    if other in forms:
        yield from ((EXACT, form) for form in forms[other])
    else:
        yield FOLDED, other


def standing(
    texts: Texts, others: Sequence[str], exact: Mapping[str, str], wanted: Sequence[Bagged], minds_accents: bool
) -> Collection[Bagged]:
    """What is wanted and stands with all others, accented as typed; where nothing does, with any accents."""
    if not wanted:
        return ()
    if minds_accents:
        found = texts.beside([(EXACT, exact[other]) for other in others], wanted)
        if found:
            return found
    return texts.beside([(FOLDED, other) for other in others], wanted)
