"""How hard a question is before anybody has answered it: by its level and type. Pure.

A student's ability is a standard normal number t; a step of difficulty b is done with the chance
``guess + (1 - guess) / (1 + exp(b - t))``. A choice, a short answer or an essay is one such step, a true/false question
four, scored 0.1, 0.25, 0.5 and 1. The difficulties are set so that the papers of 2025 come out between 5 and 7 marks of
10, as they did, with the shares 40/30/30 of the levels; the minutes so that they fill the Ministry's durations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from quizbank.questions.rules import QuestionType

Floats = NDArray[np.float64]

LEVELS = ("biet", "hieu", "van-dung", "van-dung-cao")
SAME_LEVELS = {"nhan-biet": "biet", "thong-hieu": "hieu", "van-dung-thap": "van-dung"}
USUAL_LEVEL = "hieu"
DIFFICULTIES = {"biet": -1.2, "hieu": -0.2, "van-dung": 0.9, "van-dung-cao": 1.9}
ESSAY_EASE = 0.5
"""An essay earns part of its marks where an answer would be wrong."""
ESSAY_SPREAD = 0.15
"""Standard deviation of the shares that equally able students earn for one essay."""
GUESSES = {"single-choice": 0.2, "multiple-response": 0.05, "true-false": 0.5, "short-answer": 0.0, "essay": 0.0}
MINUTES = {
    "single-choice": (0.75, 1.2, 2.0, 3.0),
    "multiple-response": (1.0, 1.6, 2.5, 3.5),
    "true-false": (2.5, 3.5, 5.0, 7.0),
    "short-answer": (1.2, 2.0, 3.0, 4.5),
    "essay": (4.0, 7.0, 12.0, 18.0),
}
SUBJECT_FACTORS = {"toan": 2.1}
"""90 minutes for the paper of Toán, whose questions would take 43 in another subject."""
WRITING_MINUTES = 43.0
"""A task of Ngữ văn without a text to read: a paragraph and an essay share what reading leaves of 120 minutes."""
STATEMENT_SHARES = np.array([0, 0.1, 0.25, 0.5, 1])
SHARE_SPREAD = 0.16
"""Standard deviation of the mean share of marks among questions of one level and type."""
ABILITIES = np.linspace(-4, 4, 81)
WEIGHTS = np.exp(-(ABILITIES**2) / 2) / np.exp(-(ABILITIES**2) / 2).sum()


@dataclass(frozen=True)
class Prior:
    """What is expected of a question that nobody has answered.

    Attributes:
        right_fraction: the mean share of its marks.
        answers: how many answers this expectation is worth beside real ones.
        spread: standard deviation of one student's share.
        minutes: what it takes a student.
    """

    right_fraction: float
    answers: float
    spread: float
    minutes: float


def level_of(level: str | None) -> str:
    """The level by which a question is judged; the usual one where it is unknown."""
    named = SAME_LEVELS.get(level or "", level)
    return named if named in LEVELS else USUAL_LEVEL


@lru_cache(maxsize=4096)
def prior_of(
    type: str, level: str | None, statements: tuple[tuple[str, int], ...] = (), subject: str = "", has_text: bool = True
) -> Prior:
    """The expectation for a question of this type and level, the same to the last digit on every machine.

    Args:
        statements: levels of the statements of a true/false question and how many there are of each.
        has_text: whether it belongs to a passage.
    """
    share, square = _moments(type, level, statements)
    mean = round(float(WEIGHTS @ share), 6)
    return Prior(
        right_fraction=mean,
        answers=mean * (1 - mean) / SHARE_SPREAD**2 - 1,
        spread=round(float(np.sqrt(WEIGHTS @ square - mean**2)), 6),
        minutes=_minutes(type, level, statements, subject, has_text),
    )


def _moments(type: str, level: str | None, statements: tuple[tuple[str, int], ...]) -> tuple[Floats, Floats]:
    """Ability -> the expected share of the marks, and the expected square of that share."""
    if type != QuestionType.TRUE_FALSE:
        chance = chance_of(type, level_of(level))
        return chance, chance**2 + ESSAY_SPREAD**2 if type == "essay" else chance
    counts: Floats = np.ones((1, len(ABILITIES)))
    for name in _four_levels(level, statements):
        right = chance_of(type, name)
        counts = np.vstack([counts * (1 - right), np.zeros(len(ABILITIES))]) + np.vstack(
            [np.zeros(len(ABILITIES)), counts * right]
        )
    return STATEMENT_SHARES @ counts, STATEMENT_SHARES**2 @ counts


def chance_of(type: str, level: str) -> Floats:
    """Ability -> the chance of one step done right."""
    guess = GUESSES.get(type, 0.0)
    difficulty = DIFFICULTIES[level] - (ESSAY_EASE if type == "essay" else 0)
    return guess + (1 - guess) / (1 + np.exp(difficulty - ABILITIES))


def _four_levels(level: str | None, statements: tuple[tuple[str, int], ...]) -> list[str]:
    named = [level_of(name) for name, count in statements for _ in range(count)]
    return named if len(named) == len(STATEMENT_SHARES) - 1 else [level_of(level)] * (len(STATEMENT_SHARES) - 1)


def _minutes(
    type: str, level: str | None, statements: tuple[tuple[str, int], ...], subject: str, has_text: bool
) -> float:
    if type == "essay" and subject == "ngu-van" and not has_text:
        return WRITING_MINUTES
    by_level: Mapping[str, float] = dict(zip(LEVELS, MINUTES.get(type, MINUTES["single-choice"]), strict=True))
    names = _four_levels(level, statements) if type == QuestionType.TRUE_FALSE else [level_of(level)]
    return SUBJECT_FACTORS.get(subject, 1.0) * sum(by_level[name] for name in names) / len(names)
