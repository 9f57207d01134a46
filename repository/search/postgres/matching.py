"""What is asked of the index, as PostgreSQL reads it: which lexemes a document must have, and which not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, comb, log

from repository.search.embedded.matching import (
    ALTERNATIVE_SHARE,
    ENOUGH_SHARE,
    NEAREST_SHARE,
    GivenUp,
    has_accents,
    pairs_in,
)
from repository.search.embedded.phrases import Phrase
from repository.search.embedded.schema import BIGRAMS, EXACT, FOLDED, PRIVATE
from repository.search.language import Asked
from repository.search.postgres.rows import MARKS, TITLE, quoted
from repository.search.text import pairs_of

MOST_COMBINATIONS = 64
Nearest = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Way:
    """How a document can have a word: by all of these terms, a word or the pairs of a phrase."""

    terms: tuple[str, ...]
    share: float = 1.0


@dataclass(frozen=True)
class Word:
    """One word of the query with all that may stand in its place, and in how many documents (at most) that stands."""

    text: str
    ways: tuple[Way, ...]
    count: int


@dataclass(frozen=True)
class Attempt:
    """What to look for.

    Attributes:
        words: those that count as found.
        condition: a ``tsquery``; empty finds everything.
        needed: how many of the words a document must have, where ``condition`` lets more through; else 0.
        is_partial: whether some of the words may be missing.
        runs, absent_runs: folded words that must, or must not, stand together.
        accented: phrases whose accents are still to be looked at.
    """

    words: tuple[Word, ...]
    condition: str
    needed: int = 0
    is_partial: bool = False
    runs: tuple[str, ...] = ()
    absent_runs: tuple[str, ...] = ()
    accented: tuple[Phrase, ...] = ()


def lexemes_asked(asked: Asked) -> list[str]:
    """Everything whose documents have to be counted to answer, without the marks of the private bag."""
    terms = asked.terms
    others = [other for alternatives in terms.alternatives.values() for other in alternatives]
    pairs = [pair for other in others for pair in pairs_of(other)]
    pairs += chain.from_iterable(terms.near_pairs.values())
    exact = [MARKS[EXACT] + term for term in (*terms.exact, *chain.from_iterable(terms.near_exact.values()))]
    return [
        *terms.folded,
        *terms.bigrams,
        *(other for other in others if " " not in other),
        *pairs,
        *exact,
    ]


class Matcher:
    """One query, with what is known of its words."""

    def __init__(
        self, asked: Asked, counts: Mapping[str, int], documents: int, nearest: Nearest, *, sees_explanations: bool
    ) -> None:
        self.asked = asked
        self.documents = documents
        self.sees_explanations = sees_explanations
        self.counts = counts
        self._nearest = nearest
        self.words = tuple(self._word(text) for text in asked.terms.folded)
        self.required = tuple(word for word in self.words if word.text not in asked.terms.optional) or self.words

    @property
    def has_unknown(self) -> bool:
        return any(not word.count for word in self.required)

    def worth(self, count: int) -> float:
        """A rare term says more (idf)."""
        return log(1 + (self.documents - count + 0.5) / (count + 0.5)) if count <= self.documents else 0.0

    def count(self, lexeme: str) -> int:
        own = self.counts.get(lexeme, 0)
        if self.sees_explanations and not lexeme.startswith(MARKS[EXACT]):
            own += self.counts.get(MARKS[PRIVATE] + lexeme, 0)
        return min(own, self.documents)

    def pair(self, text: str) -> Word:
        """Two neighbours of the query, or two that may be meant by them."""
        near = self.asked.terms.near_pairs.get(text, ())
        return self._with_ways(text, (Way((text,)), *(Way((other,), ALTERNATIVE_SHARE) for other in near)))

    def bags_of(self, term: str) -> tuple[tuple[str, str], ...]:
        """Where a word or a pair is looked for: in the words that everybody may see, or also in those of solutions."""
        public = (BIGRAMS if " " in term else FOLDED, term)
        return (public, (PRIVATE, term)) if self.sees_explanations else (public,)

    def attempt(self, given_up: GivenUp, narrowing: Sequence[str] = (), *, most: int | None = None) -> Attempt:
        """What to look for when some things are not insisted on.

        Args:
            given_up: what is not insisted on.
            narrowing: conditions beside the words.
            most: how many of the words are most of them; None = the usual share.
        """
        words = self.required
        if {"words", "spelling"} & set(given_up):
            words = tuple(self._or_nearest(word) for word in words)
        is_partial = "words" in given_up
        parts = [self._any_way(word) for word in sorted(words, key=lambda word: word.count)]
        most = most or (ceil(ENOUGH_SHARE * len(words)) if len(words) > 2 else 1)
        enough = most if is_partial else len(words)
        found, is_exact = at_least_or_more(enough, parts)
        phrases = () if "phrases" in given_up else self.asked.phrases
        minds_accents = "accents" not in given_up
        conditions = [
            *found,
            *(condition for phrase in phrases for condition in self._of_phrase(phrase, minds_accents)),
            *(f"!({self._of_excluded(phrase)})" for phrase in self.asked.excluded if not is_run(phrase)),
            *narrowing,
        ]
        return Attempt(
            words=words,
            condition=" & ".join(conditions),
            needed=0 if is_exact else enough,
            is_partial=is_partial,
            runs=tuple(run(phrase) for phrase in phrases if is_run(phrase)),
            absent_runs=tuple(run(phrase) for phrase in self.asked.excluded if is_run(phrase)),
            accented=tuple(phrase for phrase in phrases if any(map(has_accents, phrase))) if minds_accents else (),
        )

    def tiers(self, attempt: Attempt) -> Iterator[str]:
        """Conditions that the best matches meet, the strongest first: for when there are too many to score all."""
        words = attempt.words
        if attempt.is_partial:
            parts = [self._any_way(word) for word in words]
            for enough in range(len(parts), ceil(ENOUGH_SHARE * len(parts)), -1):
                if comb(len(parts), enough) <= MOST_COMBINATIONS:
                    yield at_least(enough, parts)
        elif words:
            yield " & ".join(quoted(TITLE + word.text) for word in words)
            if self.asked.terms.bigrams:
                yield " & ".join(self._either(pair) for pair in self.asked.terms.bigrams)
            yield quoted(TITLE + min(words, key=lambda word: word.count).text)

    def _word(self, text: str) -> Word:
        others = self.asked.terms.alternatives.get(text, ())
        ways = (Way((text,)), *(Way(pairs_of(other) or (other,), ALTERNATIVE_SHARE) for other in others))
        return self._with_ways(text, ways)

    def _with_ways(self, text: str, ways: tuple[Way, ...]) -> Word:
        count = sum(min(self.count(term) for term in way.terms) for way in ways)
        return Word(text, ways, min(count, self.documents))

    def _or_nearest(self, word: Word) -> Word:
        """The word; one that nothing has, as the nearest words of the index."""
        near = () if word.count else self._nearest(word.text)
        if not near:
            return word
        ways = tuple(Way((other,), NEAREST_SHARE) for other in near)
        return Word(word.text, ways, 1)

    def _any_way(self, word: Word) -> str:
        ways = [" & ".join(self._either(term) for term in way.terms) for way in word.ways]
        return ways[0] if len(ways) == 1 else "(" + " | ".join(f"({way})" for way in ways) + ")"

    def _either(self, term: str) -> str:
        """The term, wherever it may be looked for."""
        found = [quoted(MARKS[bag] + text) for bag, text in self.bags_of(term)]
        return found[0] if len(found) == 1 else f"({' | '.join(found)})"

    def _of_phrase(self, phrase: Phrase, minds_accents: bool) -> Iterator[str]:
        yield from (self._either(pair) for pair in pairs_in(phrase))
        if minds_accents and not self.sees_explanations:
            yield from (quoted(MARKS[EXACT] + form.exact) for form in phrase if has_accents(form))

    def _of_excluded(self, phrase: Phrase) -> str:
        accented = [quoted(MARKS[EXACT] + form.exact) for form in phrase if has_accents(form)]
        if len(phrase) == 1:
            return accented[0] if accented else self._either(phrase[0].folded)
        return " & ".join([*(self._either(pair) for pair in pairs_in(phrase)), *accented])


def is_run(phrase: Phrase) -> bool:
    """Whether the pairs of the phrase don't say all: each may stand in another place."""
    return len(phrase) > 2


def run(phrase: Phrase) -> str:
    return f" {' '.join(form.folded for form in phrase)} "


def at_least_or_more(needed: int, parts: Sequence[str]) -> tuple[list[str], bool]:
    """A condition that at least ``needed`` of the parts meet, and whether it lets nothing else through.

    Where that would be too long: of all but ``needed - n`` parts, the rarest, ``n`` must be there in any case.
    """
    if not parts:
        return [], True
    for insisted in range(needed, 0, -1):
        some = parts[: len(parts) - needed + insisted]
        if comb(len(some), insisted) <= MOST_COMBINATIONS:
            return [at_least(insisted, some)], insisted == needed
    return [f"({' | '.join(parts)})"], False


def at_least(needed: int, parts: Sequence[str]) -> str:
    if needed == len(parts):
        return " & ".join(parts)
    if needed == 1:
        return f"({' | '.join(parts)})"
    return f"({parts[0]} & {at_least(needed - 1, parts[1:])} | {at_least(needed, parts[1:])})"
