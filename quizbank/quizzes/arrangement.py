"""The order of the questions on a paper: part I, II, III, inside a part by cell, a passage's questions side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizbank.matrices.rules import PARTS, Cell


@dataclass(frozen=True)
class Placed:
    """A question on its way onto the paper. ``cell`` counts from 0."""

    version_id: int
    cell: int
    part: int
    marks: Decimal
    passage: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A published question that may be drawn: its id, the version in use, and the passage that goes with it."""

    question_id: int
    version_id: int
    passage: int | None


def place(cells: Sequence[Cell], chosen: Iterable[tuple[int, Candidate]]) -> list[Placed]:
    """Chosen questions, each with the number of its cell, in the order in which the paper asks them."""
    placed = [
        Placed(one.version_id, cell, PARTS[cells[cell].type], cells[cell].marks, one.passage) for cell, one in chosen
    ]
    return gather_passages(sorted(placed, key=lambda one: (one.part, one.cell)))


def gather_passages(placed: Sequence[Placed]) -> list[Placed]:
    """Bring the questions of one passage and part together, where the first of them stands."""
    blocks: dict[tuple[int, int, int], list[Placed]] = {}
    for number, one in enumerate(placed):
        name = (one.part, 0, number) if one.passage is None else (one.part, 1, one.passage)
        blocks.setdefault(name, []).append(one)
    return [one for block in blocks.values() for one in block]
