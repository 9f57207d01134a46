"""From a matrix to a quiz, or to several forms of one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Matrix, check_matrix, statements_text
from quizbank.permissions import MAKE_QUIZ
from quizbank.quizzes.arrangement import Placed, place
from quizbank.quizzes.assembly.assemble import Form, assemble
from quizbank.quizzes.assembly.records import record_of
from quizbank.quizzes.assembly.targets import NO_TARGETS, Targets
from quizbank.quizzes.models import Quiz, QuizCell, QuizItem
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from repository.permissions import Actor

SMALLEST_SEED, LARGEST_SEED = -(2**63), 2**63 - 1


def build_quiz(
    session: Session,
    actor: Actor,
    matrix: Matrix,
    *,
    title: str = "",
    seed: int,
    now: dt.datetime,
    matrix_id: int | None = None,
    with_own_drafts: bool = False,
    targets: Targets = NO_TARGETS,
) -> Quiz:
    """Build one quiz; see ``build_forms``. ``with_own_drafts``: the actor's own drafts may be drawn as well."""
    aims = replace(targets, own_drafts=True) if with_own_drafts else targets
    return build_forms(session, actor, matrix, aims, title=title, seed=seed, now=now, matrix_id=matrix_id)[0]


def build_forms(
    session: Session,
    actor: Actor,
    matrix: Matrix,
    targets: Targets = NO_TARGETS,
    *,
    title: str = "",
    seed: int,
    now: dt.datetime,
    forms: int = 1,
    matrix_id: int | None = None,
) -> list[Quiz]:
    """Build quizzes that fill the matrix and meet the targets; the same bank, matrix, targets and seed give the same.

    Args:
        matrix: the cells are copied: later changes of a kept matrix do not touch the quiz.
        title: the title of the matrix where it is empty.
        forms: how many quizzes of different questions; the others are forms of the first.
        matrix_id: the kept matrix that ``matrix`` is, if it is one.

    Raises:
        Invalid: the matrix is not sound, the seed is too large, or there are too many forms.
        PoolTooSmall: lists every short cell; nothing is written.
        TargetsOutOfReach: the cells can be filled, but the targets can't be met; nothing is written.
    """
    MAKE_QUIZ.require(actor)
    check_matrix(matrix, curriculum())
    if not SMALLEST_SEED <= seed <= LARGEST_SEED:
        raise Invalid("Hạt giống phải là số nguyên 64 bit.")
    quizzes: list[Quiz] = []
    for number, form in enumerate(assemble(session, actor, matrix, targets, seed, forms=forms), 1):
        quiz = _quiz_of(actor, matrix, targets, form, title=title, seed=seed, now=now)
        quiz.matrix_id, quiz.form = matrix_id, number
        quiz.form_of_id = quizzes[0].id if quizzes else None
        placed = place(matrix.cells, [(one.cell, one.candidate) for one in form.chosen])
        _write(session, quiz, matrix.cells, placed)
        record(session, actor, "build-quiz", "quiz", quiz.id, now, seed=seed, questions=len(placed), form=number)
        quizzes.append(quiz)
    return quizzes


def _quiz_of(
    actor: Actor, matrix: Matrix, targets: Targets, form: Form, *, title: str, seed: int, now: dt.datetime
) -> Quiz:
    return Quiz(
        title=title.strip()[:200] or matrix.title,
        subject=matrix.subject,
        grade=matrix.grade,
        programme=matrix.programme,
        duration_minutes=matrix.duration_minutes,
        seed=seed,
        uses_own_drafts=targets.own_drafts,
        targets=record_of(targets, form),
        created_by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        created_at=now,
    )


def _write(session: Session, quiz: Quiz, cells: Sequence[Cell], placed: Sequence[Placed]) -> None:
    session.add(quiz)
    session.flush()
    session.execute(insert(QuizCell), [_cell_row(quiz.id, number, cell) for number, cell in enumerate(cells)])
    session.execute(insert(QuizItem), [_item_row(quiz.id, number, one) for number, one in enumerate(placed, 1)])


def _cell_row(quiz_id: int, number: int, cell: Cell) -> dict[str, object]:
    return {
        "quiz_id": quiz_id,
        "position": number,
        "topic": cell.topic,
        "level": cell.level,
        "type": cell.type.value,
        "count": cell.count,
        "marks": cell.marks,
        "statements": statements_text(cell.statements),
    }


def _item_row(quiz_id: int, position: int, one: Placed) -> dict[str, object]:
    return {
        "quiz_id": quiz_id,
        "position": position,
        "part": one.part,
        "cell": one.cell,
        "question_version_id": one.version_id,
        "marks": one.marks,
    }
