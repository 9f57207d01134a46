"""Everything that changes a quiz. A quiz that was given to a class never changes again."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Matrix, check_matrix
from quizbank.permissions import EDIT_QUIZ, MAKE_QUIZ
from quizbank.quizzes.arrangement import Placed, place
from quizbank.quizzes.models import Quiz, QuizCell, QuizItem
from quizbank.quizzes.pool import Pool, Source, pool_for
from quizbank.quizzes.queries import editable_quiz as editable_quiz
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.selection import Want, select_questions
from quizbank.quizzes.variant_actions import add_variants as add_variants
from quizbank.quizzes.variant_actions import remove_variant as remove_variant
from quizbank.quizzes.variant_actions import reshuffle_variants as reshuffle_variants
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Invalid, NotFound
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
) -> Quiz:
    """Draw a quiz that fills the matrix; the same bank, matrix and seed give the same quiz.

    Args:
        matrix: the cells are copied: later changes of a kept matrix do not touch the quiz.
        title: the title of the matrix where it is empty.
        matrix_id: the kept matrix that ``matrix`` is, if it is one.
        with_own_drafts: draw from the actor's own unpublished questions as well.

    Raises:
        Invalid: the matrix is not sound, or the seed is too large.
        PoolTooSmall: lists every short cell; nothing is written.
    """
    MAKE_QUIZ.require(actor)
    check_matrix(matrix, curriculum())
    if not SMALLEST_SEED <= seed <= LARGEST_SEED:
        raise Invalid("Hạt giống phải là số nguyên 64 bit.")
    drafts_of = actor.person_id if with_own_drafts else None
    pool = pool_for(session, Source(matrix.subject, matrix.grade, matrix.programme, drafts_of), matrix.cells)
    placed = draw(matrix.cells, pool, seed)
    quiz = Quiz(
        title=title.strip()[:200] or matrix.title,
        subject=matrix.subject,
        grade=matrix.grade,
        programme=matrix.programme,
        duration_minutes=matrix.duration_minutes,
        seed=seed,
        uses_own_drafts=with_own_drafts,
        matrix_id=matrix_id,
        created_by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        created_at=now,
    )
    session.add(quiz)
    session.flush()
    session.execute(insert(QuizCell), [_cell_row(quiz.id, number, cell) for number, cell in enumerate(matrix.cells)])
    session.execute(insert(QuizItem), [_item_row(quiz.id, number, one) for number, one in enumerate(placed, 1)])
    record(session, actor, "build-quiz", "quiz", quiz.id, now, seed=seed, questions=len(placed))
    return quiz


def draw(cells: Sequence[Cell], pool: Pool, seed: int) -> list[Placed]:
    """The questions of a paper in order, drawn from a pool."""
    wants = [Want(number, cell.count) for number, cell in enumerate(cells)]
    chosen = select_questions(wants, pool.ids, seed, passage_of=pool.passage_of, family_of=pool.family_of)
    numbers = [want.cell for want in wants for _ in range(want.count)]
    return place(cells, [(number, pool.candidates[one]) for number, one in zip(numbers, chosen, strict=True)])


def _cell_row(quiz_id: int, number: int, cell: Cell) -> dict[str, object]:
    return {
        "quiz_id": quiz_id,
        "position": number,
        "topic": cell.topic,
        "level": cell.level,
        "type": cell.type.value,
        "count": cell.count,
        "marks": cell.marks,
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


def delete_quiz(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> None:
    """Put a quiz away that no class has got; ``restore_quiz`` takes it back."""
    quiz = editable_quiz(session, actor, quiz_id)
    quiz.deleted_at = now
    record(session, actor, "delete-quiz", "quiz", quiz.id, now)


def restore_quiz(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> Quiz:
    """Undo ``delete_quiz``."""
    MAKE_QUIZ.require(actor)
    quiz = session.get(Quiz, quiz_id)
    if quiz is None:
        raise NotFound("Không có đề này.")
    EDIT_QUIZ.require(actor, quiz)
    quiz.deleted_at = None
    record(session, actor, "restore-quiz", "quiz", quiz.id, now)
    return quiz


def freeze_quiz(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> Quiz:
    """Make a quiz immutable because a class gets it. Assigning calls this in its own transaction."""
    quiz = get_quiz(session, actor, quiz_id)
    if quiz.assigned_at is None:
        quiz.assigned_at = now
        record(session, actor, "freeze-quiz", "quiz", quiz.id, now)
    return quiz
