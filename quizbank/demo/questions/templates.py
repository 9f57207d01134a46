"""What a template is, and the four shapes a question takes.

A template draws its parameters from a seeded ``Random`` and answers a question, or None when the parameters are
unlucky (two options would be alike, the answer does not fit the answer sheet): the caller draws again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from quizbank.item_templates.shapes import Draft, Statement, Wrong, choice, cluster, several, short
from quizbank.item_templates.writing import Number, plain

__all__ = ["Draft", "Statement", "Wrong", "choice", "cluster", "several", "short"]

BIET, HIEU, VAN_DUNG = "biet", "hieu", "van-dung"

Draw = Callable[[Random], Draft]


@dataclass(frozen=True)
class Template:
    """``room``: at most that many questions, where more would only repeat the same facts.

    ``makers``: what ``draw`` makes questions with, by which others follow from it (``derived``).
    """

    name: str
    topic: str
    level: str
    draw: Draw
    room: int | None = None
    makers: frozenset[str] = frozenset()

    @property
    def subject(self) -> str:
        return self.topic.split(".")[0]

    @property
    def grade(self) -> int:
        return int(self.topic.split(".")[1].removeprefix("l"))


@dataclass
class Shelf:
    """The templates of one module, in the order written."""

    templates: list[Template] = field(default_factory=list)

    def add(self, topic: str, level: str, room: int | None = None) -> Callable[[Draw], Draw]:
        def register(draw: Draw) -> Draw:
            self.put(draw.__name__, topic, level, draw, room)
            return draw

        return register

    def put(
        self,
        name: str,
        topic: str,
        level: str,
        draw: Draw,
        room: int | None = None,
        makers: frozenset[str] | None = None,
    ) -> None:
        names = frozenset(draw.__code__.co_names) if makers is None else makers
        self.templates.append(Template(name, topic, level, draw, room, names))


def numbers(
    r: Random,
    stem: str,
    key: Number,
    wrongs: Sequence[tuple[Number, str]],
    because: str,
    show: Callable[[Number], str] = plain,
) -> Draft:
    """A choice among numbers; ``show`` writes them all alike, so that equal numbers are equal texts."""
    return choice(r, stem, show(key), [(show(value), slip) for value, slip in wrongs], because)


def either(r: Random, text: str, right: str, wrong: str, why: str) -> Statement:
    """A statement with ``@`` filled by the right or the wrong value, as chance has it."""
    holds = r.random() < 0.5
    return text.replace("@", right if holds else wrong), holds or right == wrong, why
