"""From a matrix and targets to papers: which questions, in which cells, and why these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Matrix
from quizbank.permissions import MAKE_QUIZ
from quizbank.quizzes.arrangement import Candidate
from quizbank.quizzes.assembly.goals import Goal, goals_of
from quizbank.quizzes.assembly.material import Material
from quizbank.quizzes.assembly.papers import Made, papers_of
from quizbank.quizzes.assembly.supplies import Locked, Supplies, material_of, supplies_of
from quizbank.quizzes.assembly.targets import MOST_FORMS, NO_TARGETS, Targets
from quizbank.quizzes.pool import candidates_of
from quizbank.quizzes.stock import SHARE_UNIT
from repository.errors import Invalid
from repository.permissions import Actor


class Why(NamedTuple):
    """Why a question stands in a paper.

    Attributes:
        how: ``drawn`` by rank; ``swapped`` in for the sake of ``goal``; ``passage``: came with its whole passage;
            ``optimised``: the draw met no goals, the optimiser did.
        rank: its place in the order of its cell, from 1; 0 if it is not of the cell.
        of: how many questions fit the cell.
    """

    how: str
    rank: int
    of: int
    goal: str = ""


class Chosen(NamedTuple):
    """A question on its way into a cell of a paper. ``share``: the share of its marks that is expected."""

    cell: int
    candidate: Candidate
    share: float
    why: Why


@dataclass(frozen=True)
class Form:
    """The questions of one form, those of the first cell first; ``goals``: what was aimed at came to so much."""

    chosen: tuple[Chosen, ...]
    goals: Mapping[str, float]


def assemble(
    session: Session,
    actor: Actor,
    matrix: Matrix,
    targets: Targets = NO_TARGETS,
    seed: int = 0,
    *,
    forms: int = 1,
    locked: Sequence[Locked] = (),
) -> tuple[Form, ...]:
    """Papers that fill the matrix and meet the targets; the same bank, matrix, targets and seed give the same.

    Args:
        forms: how many papers of different questions.
        locked: questions that stay; only what is drawn beside them is told. For one form.

    Raises:
        PoolTooSmall: lists every short cell.
        TargetsOutOfReach: the cells can be filled, but the targets can't be met.
    """
    MAKE_QUIZ.require(actor)
    if not 1 <= forms <= MOST_FORMS or (locked and forms > 1):
        raise Invalid("Số đề khác nhau phải từ 1 đến {most}.", most=MOST_FORMS)
    supplies = supplies_of(session, actor, matrix.subject, targets, locked)
    material = material_of(supplies, matrix, targets, seed)
    goals = goals_in(supplies, matrix, targets)
    return tuple(_form(material, goals, one) for one in papers_of(material, goals, forms, common_of(matrix, targets)))


def goals_in(supplies: Supplies, matrix: Matrix, targets: Targets) -> list[Goal]:
    rows = supplies.stock.rows_of([one.question_id for one in supplies.locked])
    stay = [(rows[one.question_id], one.cell) for one in supplies.locked if one.question_id in rows]
    return goals_of(supplies.stock, matrix.cells, targets, stay)


def common_of(matrix: Matrix, targets: Targets) -> int:
    """How many questions two forms may share."""
    return int(targets.most_common * sum(cell.count for cell in matrix.cells) + 1e-9)


def _form(material: Material, goals: Sequence[Goal], made: Made) -> Form:
    stock, rows = material.stock, np.array([row for row, _ in made.items], np.int64)
    ranks = {cell: _places_in(material, cell) for cell in {cell for _, cell in made.items}}
    chosen = [
        Chosen(cell, candidate, int(stock.shares[row]) / SHARE_UNIT, _why(material, made, ranks[cell], row))
        for (row, cell), candidate in zip(made.items, candidates_of(stock, rows), strict=True)
    ]
    sums = zip(goals, made.sums, strict=True)
    return Form(tuple(chosen), {goal.name: round((total + goal.known) / goal.scale, 4) for goal, total in sums})


def _places_in(material: Material, cell: int) -> dict[int, int]:
    return {row: place for place, row in enumerate(material.in_order(material.rows[cell]).tolist(), 1)}


def _why(material: Material, made: Made, ranks: Mapping[int, int], row: int) -> Why:
    if row in made.swapped:
        return Why("swapped", ranks.get(row, 0), len(ranks), made.swapped[row])
    how = "passage" if material.whole[row] else "optimised" if made.is_optimised else "drawn"
    return Why(how, ranks.get(row, 0), len(ranks))
