"""Which ring of a field is filled, and how sure that is. Pure: scores in, readings out.

A score says how dark the inside of a ring is beyond its printed letter: 0 for paper, 1 for a ring filled with a black
pen. Pens differ, so a sheet is its own measure: what most marks of the sheet score, and how quiet its empty rings are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from quizbank.answer_sheets.layout import Field

Scores = NDArray[np.float64]

QUIET, LEAST_MARK, MOST_NEEDED = 0.09, 0.2, 0.42
USUAL_MARK = 0.8
GHOST, GHOST_SHARE = 0.22, 0.36


class State(StrEnum):
    """``SURE`` and ``EMPTY`` need nobody; ``DOUBTFUL`` and ``DOUBLE`` (two rings filled) wait for a person."""

    SURE = "sure"
    EMPTY = "empty"
    DOUBTFUL = "doubtful"
    DOUBLE = "double"


WAITING = (State.DOUBTFUL, State.DOUBLE)


@dataclass(frozen=True)
class FieldReading:
    """What stands in a field: ``value`` is one sign, several where several rings seem filled, or nothing.

    ``confidence`` is 0 to 1; below a half it waits for a person.
    """

    name: str
    value: str
    state: State
    confidence: float


@dataclass(frozen=True)
class Measure:
    """What counts as empty and as marked on one sheet."""

    quiet: float
    marked: float


def measure_of(fields: Sequence[Scores]) -> Measure:
    """The measure of a sheet from the scores of all its fields."""
    every = np.concatenate(fields) if fields else np.zeros(1)
    low = np.sort(every)[: max(1, int(len(every) * 0.6))]
    middle = float(np.median(low))
    noise = float(np.median(np.abs(low - middle))) * 1.48
    tops = np.array([float(scores.max()) for scores in fields if len(scores)])
    marks = tops[tops > LEAST_MARK]
    usual = float(np.median(marks)) if len(marks) >= 5 else USUAL_MARK
    quiet = min(max(QUIET, middle + 7 * noise), 0.16)
    return Measure(quiet, min(max(0.5 * usual, LEAST_MARK, quiet + 0.06), MOST_NEEDED))


def judge_field(field: Field, scores: Scores, measure: Measure, *, may_be_empty: bool = True) -> FieldReading:
    """The reading of one field."""
    order = np.argsort(-scores, kind="stable")
    first, second = float(scores[order[0]]), float(scores[order[1]])
    best = field.bubbles[order[0]].value
    if first < measure.quiet:
        sure = 0.5 + 0.5 * min(1.0, (measure.quiet - first) / measure.quiet)
        return FieldReading(
            field.name, "", State.EMPTY if may_be_empty else State.DOUBTFUL, sure if may_be_empty else 0.0
        )
    if first < measure.marked:
        return FieldReading(field.name, best, State.DOUBTFUL, 0.4 * first / measure.marked)
    if second >= measure.marked or second > 0.75 * first:
        filled = [bubble.value for bubble, score in zip(field.bubbles, scores, strict=True) if score >= 0.75 * second]
        return FieldReading(field.name, "".join(filled), State.DOUBLE, 0.1)
    if second >= measure.quiet and (second > GHOST or second > GHOST_SHARE * first):
        return FieldReading(field.name, best, State.DOUBTFUL, 0.4)
    clear = min((first - measure.marked) / max(first, 0.01) + 0.2, 1 - second / first)
    return FieldReading(field.name, best, State.SURE, 0.5 + 0.5 * max(0.0, min(1.0, clear)))
