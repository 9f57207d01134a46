"""How well the best candidates answer: the same sum as in the embedded engine, over weights fetched for them alone.

All matches are counted, filtered and ordered by their facts; only where there are more than ``CANDIDATES`` of them,
those that have the words in their title or next to each other are scored, and the others follow by quality and use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.collection import quality_lift, use_lift
from repository.search.embedded.matching import ALTERNATIVE_SHARE
from repository.search.embedded.ranking import EXACT_SHARE, PAIR_SHARE, TITLE_LIFT, UNKNOWN_DIFFICULTY
from repository.search.embedded.schema import EXACT, title_number_of
from repository.search.postgres.facts import Facts
from repository.search.postgres.matching import Attempt, Matcher, Word
from repository.search.postgres.reading import Reader
from repository.search.postgres.rows import MARKS

CANDIDATES = 200
UNSCORED = -1000.0

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Part:
    """Something that adds to the score: ``factor`` times its weight in a document."""

    name: str
    points: Scores


class Scorer:
    """What documents are worth as answers to one attempt."""

    def __init__(self, reader: Reader, matcher: Matcher, attempt: Attempt, candidates: int = CANDIDATES) -> None:
        self.reader = reader
        self.matcher = matcher
        self.attempt = attempt
        self.candidates = candidates
        self.terms = terms_of(matcher, attempt)
        self._columns = {term: number for number, term in enumerate(self.terms)}
        self._title = title_number_of(matcher.asked.plain) if matcher.asked.terms.folded else 0

    def ranks(self, facts: Facts) -> Scores:
        """What each of the documents is ordered by."""
        if len(facts) <= self.candidates:
            return self.scores(facts)
        chosen = self._best(facts)
        ranks = (prior_of(facts) + UNSCORED).astype(np.float32)
        ranks[chosen] = self.scores(facts[chosen])
        return ranks

    def scores(self, facts: Facts) -> Scores:
        weights = self.reader.weights(facts["ident"], self.terms)
        text = np.zeros(len(facts), np.float32)
        for part in self._parts(weights):
            text += part.points
        lift = prior_of(facts) + self._title_lift(facts)
        return (text * np.square(self._covered(weights)) * lift).astype(np.float32)

    def explain(self, facts: Facts) -> list[Mapping[str, float]]:
        """Document by document the parts of its score; they add up to it."""
        weights = self.reader.weights(facts["ident"], self.terms)
        covered = self._covered(weights)
        parts = self._parts(weights)
        lifts = {
            "quality": quality_lift(facts["quality"]),
            "uses": use_lift(facts["uses"]),
            "title": self._title_lift(facts),
        }
        return [
            explanation({part.name: float(part.points[at]) for part in parts}, float(covered[at]), lifts, at)
            for at in range(len(facts))
        ]

    def covered(self, facts: Facts) -> NDArray[np.intp]:
        """How many of the words each of the documents has."""
        weights = self.reader.weights(facts["ident"], self.terms)
        there: NDArray[np.intp] = np.count_nonzero([self._word(w, weights) for w in self.attempt.words], axis=0)
        return there

    def _best(self, facts: Facts) -> NDArray[np.intp]:
        """Places of the candidates: those that meet the strongest conditions, then by quality and use."""
        tier = np.zeros(len(facts), np.float32)
        for condition in self.matcher.tiers(self.attempt):
            if np.count_nonzero(tier) >= self.candidates:
                break
            tier = 2 * tier + np.isin(facts["ident"], self.reader.best(condition, 20 * self.candidates))
        order = np.lexsort((facts["ident"], -(4 * tier + prior_of(facts))))
        chosen: NDArray[np.intp] = np.sort(order[: self.candidates])
        return chosen

    def _parts(self, weights: Scores) -> list[Part]:
        """Words as they were looked for, optional ones beside them, exact forms; then neighbours."""
        matcher, names = self.matcher, {word.text for word in self.attempt.words}
        words = (*self.attempt.words, *(word for word in matcher.words if word.text not in names))
        parts = [Part(f"folded:{w.text}", self._word(w, weights) * np.float32(matcher.worth(w.count))) for w in words]
        parts += [self._exact(text, weights) for text in matcher.asked.terms.exact]
        return parts + self._pairs(weights)

    def _exact(self, text: str, weights: Scores) -> Part:
        """A word as it was typed, or a form that may be meant by it."""
        near = self.matcher.asked.terms.near_exact.get(text, ())
        had = weights[:, self._columns[EXACT, text]]
        for other in near:
            had = np.maximum(had, weights[:, self._columns[EXACT, other]] * np.float32(ALTERNATIVE_SHARE))
        count = sum(self.matcher.count(MARKS[EXACT] + form) for form in (text, *near))
        worth = EXACT_SHARE * self.matcher.worth(min(count, self.matcher.documents))
        return Part(f"exact:{text}", had * np.float32(worth))

    def _pairs(self, weights: Scores) -> list[Part]:
        """Neighbours of the query, times the share of them, by their worth, that each document has."""
        pairs = [self.matcher.pair(text) for text in self.matcher.asked.terms.bigrams]
        worths = {pair.text: PAIR_SHARE * self.matcher.worth(pair.count) for pair in pairs}
        had = {pair.text: self._word(pair, weights) for pair in pairs}
        most = sum(worths.values()) or 1.0
        together = sum(((had[text] > 0) * np.float32(worth / most) for text, worth in worths.items()), np.float32(0))
        return [Part(f"pair:{text}", had[text] * np.float32(worth) * together) for text, worth in worths.items()]

    def _word(self, word: Word, weights: Scores) -> Scores:
        """The best of the ways in which each document has the word."""
        ways = [way.share * np.min([self._term(t, weights) for t in way.terms], axis=0) for way in word.ways]
        best: Scores = np.max(ways, axis=0).astype(np.float32)
        return best

    def _term(self, term: str, weights: Scores) -> Scores:
        columns = [self._columns[key] for key in self.matcher.bags_of(term)]
        had: Scores = np.minimum(weights[:, columns].sum(axis=1), 1.0)
        return had

    def _covered(self, weights: Scores) -> Scores:
        if not self.attempt.is_partial or not self.attempt.words:
            return np.ones(len(weights), np.float32)
        there = np.count_nonzero([self._word(word, weights) for word in self.attempt.words], axis=0)
        share: Scores = (there / len(self.attempt.words)).astype(np.float32)
        return share

    def _title_lift(self, facts: Facts) -> Scores:
        lift: Scores = (facts["title"] == self._title) * np.float32(TITLE_LIFT)
        return lift


def terms_of(matcher: Matcher, attempt: Attempt) -> list[tuple[str, str]]:
    """Bag and term of everything that adds to a score."""
    words = {word.text: word for word in (*matcher.words, *attempt.words)}
    ways = [way for word in (*words.values(), *matcher.words) for way in word.ways]
    asked = matcher.asked.terms
    looked_for = [term for way in ways for term in way.terms]
    looked_for += chain(asked.bigrams, *asked.near_pairs.values())
    keys = [key for term in looked_for for key in matcher.bags_of(term)]
    exact = chain(asked.exact, *asked.near_exact.values())
    return list(dict.fromkeys([*keys, *((EXACT, text) for text in exact)]))


def prior_of(facts: Facts) -> Scores:
    """What is known of a document whatever is asked."""
    prior: Scores = np.float32(1) + quality_lift(facts["quality"]) + use_lift(facts["uses"])
    return prior


def explanation(points: dict[str, float], covered: float, lifts: Mapping[str, Scores], at: int) -> Mapping[str, float]:
    text = sum(points.values())
    if covered < 1:
        points["coverage"] = text * (covered * covered - 1)
        text *= covered * covered
    points |= {name: text * float(lift[at]) for name, lift in lifts.items()}
    return {name: amount for name, amount in points.items() if amount}


def ranks_by(sort: str, facts: Facts) -> NDArray[np.float64]:
    """What documents are ordered by where it isn't relevance: higher first. Unknown difficulty comes last."""
    if sort in ("easiest", "hardest"):
        known = facts["difficulty"].astype(np.float64)
        return np.where(known == 0, UNKNOWN_DIFFICULTY, -known if sort == "easiest" else known)
    return facts["uses" if sort == "used" else "published"].astype(np.float64)
