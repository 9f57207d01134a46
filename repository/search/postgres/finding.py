"""Answers queries: what is found, in which order, and how many of each facet value. What holds for the embedded
engine holds here; only where the work is done differs."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from repository.search.documents import FacetCount, SearchQuery
from repository.search.embedded.evaluation import RELEVANCE, by_column, check_query
from repository.search.embedded.matching import MOST_CHECKED, GivenUp, ladder
from repository.search.embedded.paging import Ranks, page_of
from repository.search.embedded.phrases import Phrase, has_phrase
from repository.search.embedded.schema import PRIVATE
from repository.search.embedded.words import slips_of
from repository.search.language import Asked
from repository.search.postgres.facets import Dictionary, Filters, Mask, all_of, filter_lexeme
from repository.search.postgres.facts import Facts, facts_from
from repository.search.postgres.matching import Attempt, Matcher, lexemes_asked
from repository.search.postgres.ranking import CANDIDATES, Scorer, ranks_by
from repository.search.postgres.reading import Moved, Reader, State
from repository.search.postgres.rows import MARKS, quoted

MAX_LIMIT = 100
SHORTEST, LONGEST = 2, 12
MOST_KEPT = 400_000


@dataclass(frozen=True)
class Evaluation:
    total: int
    facts: Facts
    scores: Sequence[float]
    parts: Sequence[Mapping[str, float]]
    next: str | None
    facets: Mapping[str, tuple[FacetCount, ...]]
    relaxed: GivenUp
    filters: Filters


@dataclass
class Opened:
    """The index as a process saw it last: what its codes mean, and the last results, for their next pages."""

    state: State
    dictionary: Dictionary
    results: OrderedDict[tuple[object, ...], Facts] = field(default_factory=OrderedDict)

    def keep(self, key: tuple[object, ...], facts: Facts) -> Facts:
        self.results[key] = facts
        while sum(map(len, self.results.values())) > MOST_KEPT and len(self.results) > 1:
            self.results.popitem(last=False)
        return facts


@dataclass(frozen=True)
class Found:
    """All matches of an attempt with the filters that each of them passes."""

    attempt: Attempt
    facts: Facts
    masks: Mapping[str, Mask]
    given_up: GivenUp

    @cached_property
    def passing(self) -> Facts:
        return self.facts[all_of(self.masks.values(), len(self.facts))] if self.masks else self.facts

    def only(self, keep: Mask) -> "Found":
        masks = {name: mask[keep] for name, mask in self.masks.items()}
        return Found(self.attempt, self.facts[keep], masks, self.given_up)


class Finder:
    """One query over the index as it is now."""

    def __init__(
        self, reader: Reader, opened: Opened, query: SearchQuery, asked: Asked, candidates: int = CANDIDATES
    ) -> None:
        check_query(query)
        self.reader = reader
        self.opened = opened
        self.query = query
        self.asked = asked
        self.candidates = candidates
        self.filters = self._filters()
        self.matcher = Matcher(
            asked,
            self._counts(),
            opened.state.documents,
            lambda word: nearest(reader, word),
            sees_explanations=query.sees_explanations,
        )

    def evaluate(self) -> Evaluation:
        found = self._find()
        sort = self.query.sort if self.asked.terms.folded else by_column(self.query.sort)
        scorer = Scorer(self.reader, self.matcher, found.attempt, self.candidates)
        found, ranks = self._ranked(found, scorer, sort)
        facts = found.passing
        limit = min(max(self.query.limit, 0), MAX_LIMIT)
        places, key = page_of(np.arange(len(facts)), ranks, facts["ident"], limit, self.query.after)
        page = facts[places]
        explained = scorer.explain(page) if self.query.wants_explanation else [{} for _ in places]
        dropped = "filters" in found.given_up
        return Evaluation(
            total=len(facts),
            facts=page,
            scores=[max(0.0, float(ranks[place])) for place in places],
            parts=explained,
            next=key,
            facets=self.opened.dictionary.counted(found.facts, found.masks) if self.query.wants_facets else {},
            relaxed=found.given_up,
            filters={name: values for name, values in self.filters.items() if name != "kind" and not dropped},
        )

    def _filters(self) -> dict[str, tuple[str, ...]]:
        """The query's filters and those typed in its text; of one facet any value will do."""
        filters = {name: values for name, values in self.query.filters.items() if values}
        for name, typed in self.asked.filters.items():
            meant = self.opened.dictionary.values_meant(name, typed)
            filters[name] = tuple(dict.fromkeys((*filters.get(name, ()), *meant)))
        if self.query.kind is not None:
            filters["kind"] = (self.query.kind,)
        return filters

    def _counts(self) -> dict[str, int]:
        lexemes = lexemes_asked(self.asked)
        private = [MARKS[PRIVATE] + lexeme for lexeme in lexemes] if self.query.sees_explanations else []
        return self.reader.counts([*lexemes, *private])

    def _find(self) -> Found:
        """What the first step of the ladder finds that finds anything."""
        asked, droppable = self.asked, self.filters.keys() - {"kind"}
        if self.query.text.strip() and not (asked.terms.folded or asked.excluded or asked.filters):
            nothing = facts_from(None)
            return Found(Attempt((), ""), nothing, self.opened.dictionary.masks(nothing, self.filters), ())
        first = None
        for given_up in ladder(asked, has_filters=bool(droppable), has_unknown=self.matcher.has_unknown):
            kept = {n: v for n, v in self.filters.items() if "filters" not in given_up or n not in droppable}
            found = self._attempt(given_up, kept)
            fewer = len(found.attempt.words) - 1 if "words" in given_up else 0
            while fewer and not len(found.facts):
                found = self._attempt(given_up, kept, most=fewer)
                fewer -= 1
            if found.passing.size:
                return found
            first = first or found
        if first is None:
            raise AssertionError("the ladder has a first step")
        return first

    def _attempt(self, given_up: GivenUp, filters: Filters, *, most: int | None = None) -> Found:
        narrowing = [] if self.query.wants_facets else [condition_of(n, values) for n, values in filters.items()]
        attempt = self.matcher.attempt(given_up, narrowing, most=most)
        key = (attempt, self.query.sees_explanations)
        facts = self.opened.results.get(key)
        if facts is None:
            facts = self.opened.keep(key, self._checked(attempt))
        return Found(attempt, facts, self.opened.dictionary.masks(facts, filters), given_up)

    def _checked(self, attempt: Attempt) -> Facts:
        """What an attempt finds, less what only looking closer shows to be no match."""
        sees = self.query.sees_explanations
        facts = self.reader.matches(attempt, self.opened.state.generation, sees_explanations=sees)
        if not self.opened.dictionary.knows(facts):
            raise Moved
        if attempt.needed and len(facts):
            facts = facts[Scorer(self.reader, self.matcher, attempt).covered(facts) >= attempt.needed]
        if attempt.accented and len(facts) <= MOST_CHECKED:
            facts = facts[self._stand(facts, attempt.accented)]
        return facts

    def _ranked(self, found: Found, scorer: Scorer, sort: str) -> tuple[Found, Ranks]:
        """What every match is ordered by. Of many matches of an accented phrase the best are looked at closer."""
        facts = found.passing
        ranks: Ranks = scorer.ranks(facts) if sort == RELEVANCE else ranks_by(sort, facts)
        if not found.attempt.accented or len(found.facts) <= MOST_CHECKED:
            return found, ranks
        best = np.argsort(-ranks, kind="stable")[:MOST_CHECKED]
        keep = np.ones(len(ranks), np.bool_)
        keep[best] = self._stand(facts[best], found.attempt.accented)
        gone = facts["ident"][~keep]
        return found.only(~np.isin(found.facts["ident"], gone)), ranks[keep]

    def _stand(self, facts: Facts, phrases: Sequence[Phrase]) -> Mask:
        """Which documents have the phrases with the accents that were typed."""
        texts = self.reader.texts(facts["ident"].tolist())
        sees = self.query.sees_explanations
        return np.array(
            [
                ident in texts
                and all(has_phrase(texts[ident], p, minds_accents=True, sees_explanations=sees) for p in phrases)
                for ident in facts["ident"].tolist()
            ],
            np.bool_,
        )


def nearest(reader: Reader, word: str) -> tuple[str, ...]:
    """The words of the index that are one slip of the finger away."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return ()
    return tuple(sorted(reader.counts(sorted(slips_of(word)))))


def condition_of(name: str, values: Sequence[str]) -> str:
    """A filter as a part of the condition."""
    return f"({' | '.join(quoted(filter_lexeme(name, value)) for value in values)})"
