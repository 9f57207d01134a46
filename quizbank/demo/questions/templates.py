"""What a template is, and the four shapes a question takes.

A template draws its parameters from a seeded ``Random`` and answers a question, or None when the parameters are
unlucky (two options would be alike, the answer does not fit the answer sheet): the caller draws again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from quizbank.item_templates.rules import NewTemplate
from quizbank.item_templates.shapes import Draft, Statement, Wrong, choice, cluster, several, short
from quizbank.item_templates.writing import Number, plain

__all__ = ["Draft", "Statement", "Wrong", "choice", "cluster", "several", "short"]

BIET, HIEU, VAN_DUNG = "biet", "hieu", "van-dung"

Draw = Callable[[Random], Draft]


@dataclass(frozen=True)
class Template:
    """``room``: at most that many questions, where more would only repeat the same facts.

    ``makers``: what ``draw`` makes questions with, by which others follow from it (``derived``). ``item``: the item
    template that ``draw`` draws from; None for one that asks others in another way.
    """

    name: str
    topic: str
    level: str
    draw: Draw
    room: int | None = None
    makers: frozenset[str] = frozenset()
    item: NewTemplate | None = None

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

    def put(
        self,
        name: str,
        topic: str,
        level: str,
        draw: Draw,
        room: int | None = None,
        makers: frozenset[str] = frozenset(),
        item: NewTemplate | None = None,
    ) -> None:
        self.templates.append(Template(name, topic, level, draw, room, makers, item))


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
