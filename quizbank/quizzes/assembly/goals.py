"""What targets mean for a choice of questions: sums that must lie in a band. Pure, in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from quizbank.matrices.rules import PARTS, Cell
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.assembly.material import Profile, profile_of
from quizbank.quizzes.assembly.targets import Targets
from quizbank.quizzes.priors import (
    ABILITIES,
    DIFFICULTIES,
    ESSAY_EASE,
    ESSAY_SPREAD,
    GUESSES,
    STATEMENT_SHARES,
    WEIGHTS,
    Floats,
    level_of,
)
from quizbank.quizzes.stock import SHARE_UNIT, Numbers, Stock

CENTS = 100
FINE = 1_000_000
"""What missing a goal by the width of its band costs."""
SHIFTS = np.linspace(-5, 5, 101)


@dataclass(frozen=True, eq=False)
class Goal:
    """A sum over the questions of a paper that must lie from ``low`` to ``high``.

    Attributes:
        name: ``difficulty``, ``part-1``, ``information-0.5``.
        values: for each row of the stock what it adds, to be multiplied by the weight of its cell.
        weights: for each cell its weight: its marks in hundredths, 1, or 0 where the goal does not look at it.
        low, high: what the sum may be.
        scale: what the sum is divided by to be told to people.
        known: what locked questions add beside.
    """

    name: str
    values: Numbers
    weights: tuple[int, ...]
    low: int
    high: int
    scale: float
    known: int = 0

    @property
    def unit_fine(self) -> int:
        return max(FINE // max(self.high - self.low, 1), 1)

    def sum_of(self, chosen: Sequence[tuple[int, int]]) -> int:
        """The sum over rows with their cells."""
        return sum(int(self.values[row]) * self.weights[cell] for row, cell in chosen)

    def miss_of(self, total: int) -> int:
        """How far a sum lies outside the band."""
        return max(self.low - total, total - self.high, 0)


def goals_of(stock: Stock, cells: Sequence[Cell], targets: Targets, locked: Sequence[tuple[int, int]]) -> list[Goal]:
    """The goals of a paper, what locked questions add already taken off."""
    goals = []
    if targets.difficulty is not None:
        goals.append(_difficulty("difficulty", stock, cells, targets.difficulty, targets.tolerance, None))
    for part, share in targets.parts:
        if any(PARTS[cell.type] == part for cell in cells):
            goals.append(_difficulty(f"part-{part}", stock, cells, share, targets.tolerance, part))
    for ability, low, high in targets.information:
        values = informations(stock, ability)
        band = (round(low * SHARE_UNIT), round(high * SHARE_UNIT))
        goals.append(Goal(f"information{ability:+g}", values, (1,) * len(cells), *band, float(SHARE_UNIT)))
    return [_without(goal, goal.sum_of(locked)) for goal in goals]


def _without(goal: Goal, known: int) -> Goal:
    return replace(goal, low=goal.low - known, high=goal.high - known, known=known)


def _difficulty(
    name: str, stock: Stock, cells: Sequence[Cell], share: float, tolerance: float, part: int | None
) -> Goal:
    weights = tuple(int(cell.marks * CENTS) if part in (None, PARTS[cell.type]) else 0 for cell in cells)
    most = sum(weight * cell.count for weight, cell in zip(weights, cells, strict=True)) * SHARE_UNIT
    low, high = round((share - tolerance) * most), round((share + tolerance) * most)
    return Goal(name, stock.shares, weights, low, high, float(most))


def informations(stock: Stock, ability: float) -> Numbers:
    """For each row the information it gives about students of this ability, in ten-thousandths."""
    found = np.zeros(len(stock), np.int64)
    for code, place in enumerate(stock.names.names):
        rows = np.flatnonzero(stock.places == code)
        if len(rows):
            shares, values = curve(place.type, place.level, profile_of(place), ability)
            found[rows] = np.rint(np.interp(stock.shares[rows] / SHARE_UNIT, shares, values) * SHARE_UNIT)
    return found


@lru_cache(maxsize=4096)
def curve(type: str, level: str | None, profile: Profile, ability: float) -> tuple[Floats, Floats]:
    """Expected shares of marks, rising, and the information at one ability of a question with that share.

    A question that is harder or easier than its kind is taken to have all its steps shifted by the same. The
    information is that of its score: the slope of the expected share, squared, over the variance of the share.
    """
    near = ability + np.array([-1e-3, 0, 1e-3])
    shares, values = [], []
    for shift in SHIFTS:
        shares.append(round(float(WEIGHTS @ _moments(type, level, profile, shift, ABILITIES)[0]), 6))
        mean, square = _moments(type, level, profile, shift, near)
        slope = (mean[2] - mean[0]) / 2e-3
        values.append(round(float(slope**2 / max(square[1] - mean[1] ** 2, 1e-9)), 6))
    return np.array(shares), np.array(values)


def _moments(
    type: str, level: str | None, profile: Profile, shift: float, abilities: NDArray[np.float64]
) -> tuple[Floats, Floats]:
    """At each ability the expected share and the expected square of the share."""
    guess = GUESSES.get(type, 0.0)
    ease = shift + (ESSAY_EASE if type == QuestionType.ESSAY else 0.0)
    names = [level_of(name) for name, count in profile for _ in range(count)] or [level_of(level)] * 4
    chances = [guess + (1 - guess) / (1 + np.exp(DIFFICULTIES[name] - ease - abilities)) for name in names]
    if type != QuestionType.TRUE_FALSE:
        return chances[0], chances[0] ** 2 + ESSAY_SPREAD**2 if type == QuestionType.ESSAY else chances[0]
    counts: Floats = np.ones((1, len(abilities)))
    nothing = np.zeros((1, len(abilities)))
    for right in chances:
        counts = np.vstack([counts * (1 - right), nothing]) + np.vstack([nothing, counts * right])
    return STATEMENT_SHARES @ counts, STATEMENT_SHARES**2 @ counts
