"""Small banks for assembly, and a slow search that tries every paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from hypothesis import strategies as st

from quizbank.matrices.rules import Cell
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.assembly.goals import Goal
from quizbank.quizzes.assembly.material import Material, Profile, plus
from quizbank.quizzes.assembly.supplies import mates_of
from quizbank.quizzes.stock import Place, Stock, StockRow, ranks_of, stock_of
from tests.quizbank.matrices.builders import a_cell

Paper = list[tuple[int, int]]
TOPICS = ("toan.l12.a", "toan.l12.b")
LEVELS = ("biet", "hieu")
PROFILES = ("biet:4", "biet:2 hieu:2", "hieu:4", "biet:1 hieu:3")


def a_statement_cell(count: int, statements: Profile) -> Cell:
    return replace(a_cell(type=QuestionType.TRUE_FALSE, count=count), statements=statements)


@dataclass(frozen=True)
class Small:
    """A question of a small bank; ``cells``: those it fits."""

    cells: frozenset[int]
    family: int = 0
    passage: int = 0
    wrong: float = 0.5
    statements: str = ""


def a_material(
    questions: Sequence[Small], cells: Sequence[Cell], *, seed: int = 7, is_whole: bool = False, is_spread: bool = False
) -> Material:
    """The material of these questions, the first with number 1."""
    stock = a_stock(questions)
    keys = np.array([-one.family if one.family else number for number, one in enumerate(questions, 1)], np.int64)
    whole = (stock.passages > 0) & is_whole
    return Material(
        stock=stock,
        cells=tuple(cells),
        rows=tuple(
            np.array([row for row, one in enumerate(questions) if cell in one.cells], np.int64)
            for cell in range(len(cells))
        ),
        wanted=tuple(cell.count for cell in cells),
        statements=tuple(cell.statements for cell in cells),
        keys=keys,
        ranks=ranks_of(stock.questions, stock.passages, seed),
        whole=whole,
        mates=mates_of(stock, whole, np.ones(len(stock), np.bool_)),
        busy=frozenset(),
        is_spread=is_spread,
    )


def a_stock(questions: Sequence[Small]) -> Stock:
    numbers = count(1)
    return stock_of("toan", [_row(next(numbers), one) for one in questions])


def _row(number: int, one: Small) -> StockRow:
    type = QuestionType.TRUE_FALSE if one.statements else QuestionType.SINGLE_CHOICE
    place = Place("gdpt-2018", 12, TOPICS[number % 2], "hieu", str(type), one.statements, one.passage > 0)
    return StockRow(number, number, True, 0, one.passage, one.family, 0, 1000, one.wrong, place)


def every_paper(material: Material) -> Iterator[Paper]:
    """Every choice of questions that breaks no rule, full or not."""
    rows = sorted({row for some in material.rows for row in some.tolist()})
    cells_of = {row: [cell for cell, some in enumerate(material.rows) if row in some.tolist()] for row in rows}

    def grow(place: int, chosen: Paper) -> Iterator[Paper]:
        if place == len(rows):
            if passages_are_whole(material, chosen):
                yield list(chosen)
            return
        yield from grow(place + 1, chosen)
        row = rows[place]
        if int(material.keys[row]) in {int(material.keys[one]) for one, _ in chosen}:
            return
        for cell in cells_of[row]:
            chosen.append((row, cell))
            if has_room(material, chosen, cell):
                yield from grow(place + 1, chosen)
            chosen.pop()

    yield from grow(0, [])


def has_room(material: Material, chosen: Paper, cell: int) -> bool:
    """Whether a cell holds no more questions, and no more statements of a level, than it wants."""
    mine = [row for row, own in chosen if own == cell]
    if len(mine) > material.wanted[cell]:
        return False
    if not material.statements[cell]:
        return True
    profiles = [material.profile_of(row) for row in mine]
    wanted: Mapping[str, int] = dict(material.statements[cell])
    return all(profiles) and all(many <= wanted.get(level, 0) for level, many in plus(profiles))


def passages_are_whole(material: Material, chosen: Paper) -> bool:
    rows = {row for row, _ in chosen}
    return all(
        rows.isdisjoint(some) or rows.issuperset(some) for some in map(np.ndarray.tolist, material.mates.values())
    )


def missing(material: Material, chosen: Paper) -> int:
    return material.total - len(chosen)


def is_sound(material: Material, chosen: Paper, goals: Sequence[Goal] = ()) -> bool:
    """Whether a paper fills every cell, breaks no rule and meets the goals."""
    keys = [int(material.keys[row]) for row, _ in chosen]
    return (
        not missing(material, chosen)
        and len(set(keys)) == len(keys)
        and all(row in material.rows[cell].tolist() for row, cell in chosen)
        and all(has_room(material, chosen, cell) for cell in range(len(material.cells)))
        and all(_adds_up(material, chosen, cell) for cell in range(len(material.cells)))
        and passages_are_whole(material, chosen)
        and not any(goal.miss_of(goal.sum_of(chosen)) for goal in goals)
    )


def _adds_up(material: Material, chosen: Paper, cell: int) -> bool:
    wanted: Profile = material.statements[cell]
    return not wanted or plus([material.profile_of(row) for row, own in chosen if own == cell]) == tuple(sorted(wanted))


@st.composite
def banks(draw: st.DrawFn, *, cells: int = 3, questions: int = 8) -> tuple[list[Small], list[Cell]]:
    """A small bank in which anything may bind, and a matrix: plain cells and, sometimes, one of statements."""
    has_statements = draw(st.booleans())
    counts = draw(st.lists(st.integers(1, 2), min_size=1, max_size=cells))
    matrix = [a_cell(count=number, level=None) for number in counts]
    if has_statements:
        number = counts[0]
        easy = draw(st.integers(0, 4 * number))
        levels = tuple((level, many) for level, many in (("biet", easy), ("hieu", 4 * number - easy)) if many)
        matrix[0] = a_statement_cell(number, levels)
    drawn = [
        Small(
            cells=frozenset(draw(st.sets(st.integers(0, len(counts) - 1), min_size=1, max_size=2))),
            family=draw(st.sampled_from([0, 0, 0, 1, 2])),
            passage=draw(st.sampled_from([0, 0, 1, 2])),
            wrong=draw(st.sampled_from([0.2, 0.4, 0.5, 0.7])),
            statements=draw(st.sampled_from(PROFILES)) if has_statements else "",
        )
        for _ in range(draw(st.integers(0, questions)))
    ]
    return drawn, matrix
