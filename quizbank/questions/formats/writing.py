"""What the writers of every format have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from quizbank.questions.problems import Problem
from quizbank.questions.rules import NewQuestion


@dataclass(frozen=True)
class Export:
    """What is written: ``title`` of the selection or quiz, its questions in order, and where pictures come from.

    ``media``: SHA-256 -> bytes of a kept picture. Each question comes with a lasting
    identifier, such as ``q-812``.
    """

    title: str
    questions: Iterable[tuple[str, NewQuestion]]
    media: Callable[[str], bytes]


@dataclass(frozen=True)
class Loss:
    """What a format could not hold of a question, by the question's identifier."""

    identifier: str
    problem: Problem


Writer = Callable[[Export, BinaryIO], list[Loss]]
"""Writes questions one after the other and says what the format could not hold; nothing is dropped in silence."""
