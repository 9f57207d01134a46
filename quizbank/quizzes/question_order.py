"""In which order a code asks the questions: inside their part, those that belong together side by side.

What moves is a block: the questions of one passage, a question with those that speak of it, or one question. Blocks
change places inside their part (essays inside their cell of the matrix: reading stays before writing). A question
that another one calls by number keeps its place, and so does the other; blocks move only between such fixed places.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.anchoring import numbers_named, speaks_of_order, speaks_of_previous
from quizbank.quizzes.dice import Dice
from quizbank.quizzes.shuffling import Item, Shuffling

Block = tuple[Item, ...]
Segments = list[list[Block]]


class QuestionOrder:
    """The orders that the questions of one part may take."""

    def __init__(self, items: Sequence[Item], shuffling: Shuffling) -> None:
        self.segments = segments_of(items) if shuffling.questions else [[(item,)] for item in items]
        self.shuffles = shuffling.questions
        self.length = len(items)
        may_be_loose = shuffling.questions and shuffling.within_passages and not _fixed_numbers(items)
        self.loose = frozenset(
            block[0].position
            for segment in self.segments
            for block in segment
            if may_be_loose and _may_move_inside(block)
        )

    @property
    def has_choice(self) -> bool:
        return self.shuffles and (any(len(segment) > 1 for segment in self.segments) or bool(self.loose))

    def drawn(self, dice: Dice) -> list[Item]:
        """One of the orders."""
        ordered: list[Item] = []
        for segment in self.segments:
            for block in dice.shuffled(segment):
                ordered += dice.shuffled(block) if block[0].position in self.loose else block
        return ordered


def parts_of(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items of each part, in the order in which the quiz has them."""
    ordered = sorted(items, key=lambda item: (item.part, item.position))
    for _, members in groupby(ordered, key=lambda item: item.part):
        yield list(members)


def segments_of(items: Sequence[Item]) -> Segments:
    """Blocks that may change places with each other: all of a part, unless fixed places or essays divide it."""
    gathered = _gathered(items)
    number_of = {item.position: number for number, item in enumerate(items, 1)}
    fixed = _fixed_numbers(items)
    segments: Segments = [[]]
    before: object = None
    for block in gathered:
        is_fixed = any(number_of[item.position] in fixed for item in block)
        kind = ("fixed", block[0].position) if is_fixed else ("essay", block[0].cell) if _is_essay(block) else None
        if segments[-1] and kind != before:
            segments.append([])
        segments[-1].append(block)
        before = kind
    return segments


def _gathered(items: Sequence[Item]) -> list[Block]:
    """The questions of a passage, and those that speak of the one before, as blocks where the first of them stands."""
    blocks: dict[int, list[Item]] = {}
    home: dict[int, int] = {}
    before: int | None = None
    for item in items:
        start = item.position
        if before is not None and speaks_of_previous(item.content):
            start = before
        if item.passage is not None:
            start = home.setdefault(item.passage, start)
        blocks.setdefault(start, []).append(item)
        before = start
    return [tuple(block) for block in blocks.values()]


def _fixed_numbers(items: Sequence[Item]) -> set[int]:
    """The numbers that questions of a part call by number, and those of the questions that do so."""
    fixed: set[int] = set()
    for number, item in enumerate(items, 1):
        named = {one for one in numbers_named(item.content) if one <= len(items) and one != number}
        if named:
            fixed |= named | {number}
    return fixed


def _is_essay(block: Block) -> bool:
    return all(item.content.type is QuestionType.ESSAY for item in block)


def _may_move_inside(block: Block) -> bool:
    """Whether the questions of a passage stand in no order of their own."""
    return (
        len(block) > 1
        and block[0].passage is not None
        and not speaks_of_order(block[0].passage_text)
        and not any(
            speaks_of_order(item.content.stem) or speaks_of_previous(item.content) or numbers_named(item.content)
            for item in block
        )
    )


def best_order(
    order: QuestionOrder, dice_of: Callable[[int], Dice], cost_of: Callable[[Sequence[Item]], int], tries: int
) -> list[list[Item]]:
    """Some orders of a part, those of least cost first; of equals the one drawn first."""
    if not order.has_choice:
        return [order.drawn(dice_of(0))]
    drawn = [order.drawn(dice_of(number)) for number in range(tries)]
    ranks = sorted(range(tries), key=lambda number: (cost_of(drawn[number]), number))
    return [drawn[number] for number in ranks]
