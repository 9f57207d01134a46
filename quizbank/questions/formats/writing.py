"""What the writers of every format have in common."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import NewQuestion, QuestionContent, has_own_levels


@dataclass(frozen=True)
class Loss:
    """What a format could not hold of a question, by the question's identifier."""

    identifier: str
    problem: Problem


class Losses(Protocol):
    """Where losses go as they are met: a list, or for large exports a file."""

    def append(self, loss: Loss, /) -> None: ...
    def extend(self, losses: Iterable[Loss], /) -> None: ...
    def __iter__(self) -> Iterator[Loss]: ...


@dataclass(frozen=True)
class Export:
    """What is written: ``title`` of the selection or quiz, its questions in order, and where pictures come from.

    ``media``: SHA-256 -> bytes of a kept picture. Each question comes with a lasting
    identifier, such as ``q-812``.
    """

    title: str
    questions: Iterable[tuple[str, NewQuestion]]
    media: Callable[[str], bytes]
    losses: Losses = field(default_factory=list[Loss])


STATEMENT_LEVELS = "mức độ riêng của từng ý"
NOT_WRITTEN = "not-written"
"""The problem of a question that is missing from the file as a whole."""


def lost_levels(content: QuestionContent) -> list[Problem]:
    """What a format without a place for the levels of single statements must say."""
    return [problem("cannot-hold", what=STATEMENT_LEVELS)] if has_own_levels(content) else []


Writer = Callable[[Export, BinaryIO], Losses]
"""Writes questions one after the other, in constant memory where the format allows it, and says what the format
could not hold; nothing is dropped in silence. The losses are those of the export."""
