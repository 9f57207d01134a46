"""Swap repair: exchange drawn questions for others of their stratum until every goal is met. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizbank.quizzes.assembly.draw import Plan, Stratum
from quizbank.quizzes.assembly.goals import Goal
from quizbank.quizzes.assembly.material import Material
from quizbank.quizzes.stock import Mask, Numbers

MOST_SWAPS = 200


@dataclass(frozen=True)
class Swap:
    """``before`` gave way to ``after`` for the sake of ``goal``."""

    stratum: int
    before: int
    after: int
    goal: str


@dataclass
class Paper:
    """A choice of rows for every stratum, and how far its sums lie from the goals.

    ``closed``: rows that may not come in because they or a relative stand in the paper. ``barred``: rows that may not,
    because they stand in another form; forms that are made together share it.
    """

    material: Material
    plan: Plan
    goals: Sequence[Goal]
    rows: list[list[int]]
    closed: Mask
    barred: Mask

    def items(self) -> list[tuple[int, int]]:
        """All rows with their cells, those of whole passages too."""
        strata = zip(self.plan.strata, self.rows, strict=True)
        return [*((row, one.cell) for one, rows in strata for row in rows), *self.plan.fixed]

    def sums(self) -> list[int]:
        items = self.items()
        return [goal.sum_of(items) for goal in self.goals]

    def miss(self) -> int:
        return fine_of(self.goals, self.sums())

    def swap(self, stratum: int, place: int, after: int) -> None:
        before = self.rows[stratum][place]
        keys = self.material.keys
        self.closed[keys == keys[before]] = False
        self.closed[keys == keys[after]] = True
        self.rows[stratum][place] = after


def paper_of(
    material: Material, plan: Plan, goals: Sequence[Goal], rows: list[list[int]], barred: Mask | None = None
) -> Paper:
    keys = material.keys
    own = [int(keys[row]) for some in rows for row in some] + [int(keys[row]) for row, _ in plan.fixed]
    closed = np.isin(keys, [*own, *material.busy])
    return Paper(material, plan, goals, rows, closed, np.zeros(len(keys), np.bool_) if barred is None else barred)


def fine_of(goals: Sequence[Goal], sums: Sequence[int]) -> int:
    return sum(goal.miss_of(total) * goal.unit_fine for goal, total in zip(goals, sums, strict=True))


def repaired(paper: Paper) -> list[Swap]:
    """Swap until the goals are met, first inside topics, then anywhere in the stratum; what was swapped.

    Each step takes the question that ranks first of those that meet all goals, or else the one that comes nearest.
    """
    swaps: list[Swap] = []
    for keeps_topic in (True, False) if paper.material.is_spread else (False,):
        while len(swaps) < MOST_SWAPS and (miss := paper.miss()):
            best = _best_swap(paper, keeps_topic)
            if best is None or best[0] >= miss:
                break
            _, _, stratum, place, after = best
            swaps.append(Swap(stratum, paper.rows[stratum][place], after, _missed_goal(paper)))
            paper.swap(stratum, place, after)
    return swaps


def _missed_goal(paper: Paper) -> str:
    misses = [goal.miss_of(total) * goal.unit_fine for goal, total in zip(paper.goals, paper.sums(), strict=True)]
    return paper.goals[misses.index(max(misses))].name


Best = tuple[int, int, int, int, int]


def _best_swap(paper: Paper, keeps_topic: bool) -> Best | None:
    """What a swap leaves missing, the place of the new question in its order, the stratum, the place, the row."""
    sums = paper.sums()
    found = [
        best
        for number, stratum in enumerate(paper.plan.strata)
        if (best := _best_in(paper, number, stratum, sums, keeps_topic)) is not None
    ]
    return min(found, default=None)


def _best_in(paper: Paper, number: int, stratum: Stratum, sums: Sequence[int], keeps_topic: bool) -> Best | None:
    own = np.array(paper.rows[number], np.int64)
    order = np.flatnonzero(~(paper.closed | paper.barred)[stratum.rows])
    if not len(own) or not len(order):
        return None
    rows = stratum.rows[order]
    misses = _misses(paper.goals, stratum.cell, sums, own, rows)
    if keeps_topic:
        topics = paper.material.topics
        misses[topics[own][:, None] != topics[rows][None, :]] = np.iinfo(np.int64).max
    least = int(misses.min())
    if least == np.iinfo(np.int64).max:
        return None
    place, column = (int(one[0]) for one in np.nonzero((misses == least).T)[::-1])
    return least, int(order[column]), number, place, int(rows[column])


def _misses(goals: Sequence[Goal], cell: int, sums: Sequence[int], own: Numbers, rows: Numbers) -> Numbers:
    """What each swap would leave missing: a row for each question that goes, a column for each that comes."""
    total = np.zeros((len(own), len(rows)), np.int64)
    for goal, known in zip(goals, sums, strict=True):
        changes = goal.values[rows][None, :] - goal.values[own][:, None]
        after = known + goal.weights[cell] * changes
        total += np.maximum(np.maximum(goal.low - after, after - goal.high), 0) * goal.unit_fine
    return total
