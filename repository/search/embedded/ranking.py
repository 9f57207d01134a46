"""How well a document answers: what each part of the query adds, then what is known of the document itself.

Text: idf x weight of folded words, half as much for words accented as typed, and for neighbouring pairs times the
share of the query's pairs that are there; where only some of the words are there, all times the square of their share.
Then a share of that for a title of just these words, for quality and for use.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.collection import Collection, title_marks
from repository.search.embedded.lists import Docs, TermList
from repository.search.embedded.matching import ALTERNATIVE_SHARE, Matcher, Matches, Word
from repository.search.embedded.schema import EXACT, WEIGHT_STEPS, title_number_of

EXACT_SHARE = 0.5
PAIR_SHARE = 0.8
TITLE_LIFT = 0.25
UNKNOWN_DIFFICULTY = -2_000_000.0

Scores = NDArray[np.float32]
Ranks = NDArray[np.float32] | NDArray[np.float64]


class Part(NamedTuple):
    """Something that adds to the score: ``factor`` for every 256th of its weight in a document."""

    name: str
    listed: TermList
    factor: np.float32


class Scorer:
    """What the matches of one query are worth."""

    def __init__(self, matcher: Matcher, words: list[Word]) -> None:
        self.collection: Collection = matcher.collection
        self.parts = [part for part in parts_of(matcher, words) if part.listed.count]
        pairs = pairs_of_query(matcher)
        self.pairs = [pair for pair in pairs if pair.listed.count]
        self._together_share = np.float32(1 / sum(float(pair.factor) for pair in pairs) if self.pairs else 0)
        self._title = title_number_of(matcher.asked.plain) if matcher.asked.terms.folded else 0
        self._title_mark = title_marks(np.array([self._title]))

    def scores(self, matches: Matches) -> Scores:
        scores = self._text_scores(matches.docs)
        if matches.covered is not None:
            scores *= np.square(matches.covered)
        lifts = self.collection.prior.take(matches.docs)
        same = self._with_title(matches.docs)
        if len(same):
            lifts[same] += TITLE_LIFT
        return scores * lifts

    def explain(self, matches: Matches, at: int) -> Mapping[str, float]:
        """The parts of the score of one match; they add up to it."""
        docs = matches.docs[at : at + 1]
        covered = 1.0 if matches.covered is None else float(matches.covered[at])
        together = float(self._together(docs)[0])
        points = {part.name: float(self._points(part, docs)[0]) for part in self.parts}
        points |= {pair.name: float(self._points(pair, docs)[0]) * together for pair in self.pairs}
        text = sum(points.values())
        if covered < 1:
            points["coverage"] = text * (covered * covered - 1)
            text *= covered * covered
        lifts = {name: float(column[docs[0]]) for name, column in self.collection.lifts.items()}
        lifts["title"] = TITLE_LIFT if len(self._with_title(docs)) else 0.0
        points |= {name: text * lift for name, lift in lifts.items()}
        return {name: amount for name, amount in points.items() if amount}

    def _text_scores(self, docs: Docs) -> Scores:
        steps_at = self.collection.terms.steps_at
        scores, points = np.zeros(len(docs), np.float32), np.empty(len(docs), np.float32)
        for part in self.parts:
            scores += np.multiply(steps_at(part.listed, docs), part.factor, points)
        if self.pairs:
            pairs, had = np.zeros(len(docs), np.float32), np.zeros(len(docs), np.float32)
            for pair in self.pairs:
                steps = steps_at(pair.listed, docs)
                pairs += np.multiply(steps, pair.factor, points)
                had += np.multiply(steps != 0, pair.factor, points)
            scores += pairs * had * self._together_share
        return scores

    def _together(self, docs: Docs) -> Scores:
        """How much of the pairs of the query, by their worth, the documents have."""
        had = np.zeros(len(docs), np.float32)
        for pair in self.pairs:
            had += (self.collection.terms.steps_at(pair.listed, docs) != 0) * pair.factor
        return had * self._together_share

    def _points(self, part: Part, docs: Docs) -> Scores:
        return self.collection.terms.steps_at(part.listed, docs) * part.factor

    def _with_title(self, docs: Docs) -> NDArray[np.intp]:
        """The places of those whose title is just the words of the query."""
        places: NDArray[np.intp] = (self.collection.title_marks.take(docs) == self._title_mark).nonzero()[0]
        if len(places):
            places = places[self.collection.numbers["title_words"].take(docs[places]) == self._title]
        return places


def parts_of(matcher: Matcher, words: list[Word]) -> list[Part]:
    """The words as they were looked for, optional ones beside them, exact forms and neighbours."""
    terms = matcher.asked.terms
    names = {word.text for word in words}
    parts = [part_of(f"folded:{word.text}", word.listed, word.worth) for word in words]
    parts += [part_of(f"folded:{w.text}", w.listed, w.worth) for w in matcher.words if w.text not in names]
    for text in terms.exact:
        listed = with_others(matcher, (EXACT,), text, terms.near_exact.get(text, ()))
        parts.append(part_of(f"exact:{text}", listed, EXACT_SHARE * matcher.collection.idf(listed.count)))
    return parts


def pairs_of_query(matcher: Matcher) -> list[Part]:
    """Neighbouring words of the query. Only one that has most of them says much: others met by chance."""
    lists = ((text, pair_list(matcher, text)) for text in matcher.asked.terms.bigrams)
    return [part_of(f"pair:{text}", one, PAIR_SHARE * matcher.collection.idf(one.count)) for text, one in lists]


def pair_list(matcher: Matcher, pair: str) -> TermList:
    """Where a pair stands, or one that may be meant by it."""
    return with_others(matcher, matcher.pair_bags, pair, matcher.asked.terms.near_pairs.get(pair, ()))


def with_others(matcher: Matcher, bags: tuple[str, ...], term: str, others: tuple[str, ...]) -> TermList:
    """Where a term stands, or another that may be meant by it."""
    lists = matcher.lists
    if not others:
        return lists.get(bags, term)
    parts = [(lists.get(bags, term), 1.0), *((lists.get(bags, other), ALTERNATIVE_SHARE) for other in others)]
    return lists.kept(("with others", bags, term, others), lambda: lists.any_of(parts))


def part_of(name: str, listed: TermList, worth: float) -> Part:
    return Part(name, listed, np.float32(worth / WEIGHT_STEPS))


def ranks_by(sort: str, collection: Collection, docs: Docs) -> NDArray[np.float64]:
    """What documents are ordered by where it isn't relevance: higher first. Unknown difficulty comes last."""
    if sort in ("easiest", "hardest"):
        known = collection.numbers["difficulty"].take(docs).astype(np.float64)
        return np.where(known == 0, UNKNOWN_DIFFICULTY, -known if sort == "easiest" else known)
    return collection.numbers["uses" if sort == "used" else "published"].take(docs).astype(np.float64)
