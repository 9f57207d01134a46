"""What a paper is made of: for each cell the questions that may stand in it, in the order in which it takes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quizbank.matrices.rules import Cell
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.estimates import statement_counts
from quizbank.quizzes.stock import Mask, Numbers, Place, Ranks, Stock

STATEMENTS_EACH = 4
Profile = tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class Material:
    """Questions by row of the stock.

    Attributes:
        rows: for each cell the rows that fit it, in the order of the bank.
        wanted: for each cell how many questions it still wants beside those that are locked.
        statements: for each cell the levels that the statements of these questions add up to; empty for any.
        keys: for each row the number of its family.
        ranks: for each row its random rank.
        whole: the rows whose passage comes whole or not at all.
        mates: passage -> all rows in use that belong to it, for passages that come whole.
        busy: families that the locked questions are of.
        begun: passages that come whole and of which a question is locked: the others follow it.
        is_spread: cells of several topics take from as many as they can.
    """

    stock: Stock
    cells: tuple[Cell, ...]
    rows: tuple[Numbers, ...]
    wanted: tuple[int, ...]
    statements: tuple[Profile, ...]
    keys: Numbers
    ranks: Ranks
    whole: Mask
    mates: Mapping[int, Numbers]
    busy: frozenset[int]
    begun: frozenset[int] = frozenset()
    is_spread: bool = True

    @cached_property
    def topics(self) -> Numbers:
        """For each row a number for its topic."""
        codes: dict[str | None, int] = {}
        names = [codes.setdefault(place.topic, len(codes)) for place in self.stock.names.names]
        return np.array(names, np.int64)[self.stock.places] if names else np.zeros(0, np.int64)

    @cached_property
    def has_passages(self) -> bool:
        return any(bool(self.whole[rows].any()) for rows in self.rows)

    @property
    def total(self) -> int:
        return sum(self.wanted)

    def place_of(self, row: int) -> Place:
        return self.stock.names.names[int(self.stock.places[row])]

    def profile_of(self, row: int) -> Profile:
        """The levels of the statements of a true/false question; empty where they are not known."""
        return profile_of(self.place_of(row))

    def profiles(self, rows: Numbers) -> list[Profile]:
        known = {code: profile_of(self.stock.names.names[code]) for code in set(self.stock.places[rows].tolist())}
        return [known[code] for code in self.stock.places[rows].tolist()]

    def in_order(self, rows: Numbers) -> Numbers:
        """The rows as a cell takes them: by rank, or the first of each topic before the second of any."""
        if not self.is_spread or not len(rows):
            return rows[np.argsort(self.ranks[rows], kind="stable")]
        topics = self.topics[rows]
        if (topics == topics[0]).all():
            return rows[np.argsort(self.ranks[rows], kind="stable")]
        by_topic = np.lexsort((self.ranks[rows], topics))
        groups = self.groups[rows][by_topic]
        is_topic = np.diff(topics[by_topic], prepend=-1) != 0
        is_new = (np.diff(groups, prepend=groups[0] - 1) != 0) | is_topic
        ordinal = np.cumsum(is_new)
        ordinal -= np.maximum.accumulate(np.where(is_topic, ordinal, 0))
        return rows[by_topic][np.lexsort((self.ranks[rows][by_topic], ordinal))]

    @cached_property
    def groups(self) -> Numbers:
        """For each row a number that it shares with its neighbours: its passage, or itself."""
        return np.where(self.stock.passages > 0, self.stock.passages, -self.stock.questions)

    def first_of_families(self, rows: Numbers, most: int, limit: int) -> Numbers:
        """Of rows in order the first ``limit``, and of each family ``most`` at most."""
        keys = self.keys[rows]
        order = np.argsort(keys, kind="stable")
        starts = np.diff(keys[order], prepend=keys[order[0]] - 1) != 0 if len(order) else np.zeros(0, np.bool_)
        if starts.all():
            return rows[:limit]
        places = np.arange(len(rows))
        ordinal = np.empty(len(rows), np.int64)
        ordinal[order] = places - np.maximum.accumulate(np.where(starts, places, 0))
        return rows[ordinal < most][:limit]


def profile_of(place: Place) -> Profile:
    """The levels of the statements of a true/false question, its own where they are not told apart."""
    if place.type != QuestionType.TRUE_FALSE:
        return ()
    counts = statement_counts(place.statements)
    if sum(count for _, count in counts) == STATEMENTS_EACH:
        return counts
    return ((place.level, STATEMENTS_EACH),) if place.level else ()


def minus(whole: Profile, part: Profile) -> Profile | None:
    """What is left of a profile; None where there is not so much of every level."""
    left = dict(whole)
    for level, count in part:
        left[level] = left.get(level, 0) - count
    return tuple((level, left[level]) for level, _ in whole if left[level]) if min(left.values()) >= 0 else None


def plus(profiles: Sequence[Profile]) -> Profile:
    """The sum of profiles."""
    sums: dict[str, int] = {}
    for profile in profiles:
        for level, count in profile:
            sums[level] = sums.get(level, 0) + count
    return tuple(sorted(sums.items()))
