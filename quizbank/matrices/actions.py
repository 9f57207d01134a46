"""Everything that changes a matrix."""

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.queries import get_matrix
from quizbank.matrices.rules import Matrix, check_matrix
from quizbank.permissions import EDIT_MATRIX, MAKE_MATRIX
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, NotFound
from repository.permissions import Actor


def create_matrix(session: Session, actor: Actor, matrix: Matrix, *, now: dt.datetime) -> ExamMatrix:
    """Keep a new matrix.

    Raises:
        Invalid: ``facts["fields"]`` names every wrong place.
    """
    MAKE_MATRIX.require(actor)
    check_matrix(matrix, curriculum())
    kept = ExamMatrix(
        matrix=matrix,
        created_by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        created_at=now,
        updated_at=now,
    )
    session.add(kept)
    session.flush()
    record(session, actor, "create-matrix", "matrix", kept.id, now)
    return kept


def change_matrix(
    session: Session, actor: Actor, matrix_id: int, matrix: Matrix, *, revision: int, now: dt.datetime
) -> ExamMatrix:
    """Replace what a matrix says; ``revision`` is the one the change was made on.

    Raises:
        Conflict: another window has changed the matrix since.
        Invalid: ``facts["fields"]`` names every wrong place.
    """
    kept = get_matrix(session, actor, matrix_id)
    EDIT_MATRIX.require(actor, kept)
    check_matrix(matrix, curriculum())
    if kept.revision != revision:
        raise Conflict("Ma trận đã được sửa ở một cửa sổ khác. Hãy tải lại trang rồi sửa tiếp.", revision=kept.revision)
    kept.matrix = matrix
    kept.revision += 1
    kept.updated_at = now
    record(session, actor, "change-matrix", "matrix", kept.id, now, revision=kept.revision)
    return kept


def copy_matrix(session: Session, actor: Actor, matrix_id: int, *, title: str, now: dt.datetime) -> ExamMatrix:
    """A new matrix with the same cells under another title."""
    original = get_matrix(session, actor, matrix_id)
    return create_matrix(session, actor, replace(original.matrix, title=title[:200]), now=now)


def delete_matrix(session: Session, actor: Actor, matrix_id: int, *, now: dt.datetime) -> None:
    """Put a matrix away; ``restore_matrix`` takes it back. Quizzes built from it are not touched."""
    matrix = get_matrix(session, actor, matrix_id)
    EDIT_MATRIX.require(actor, matrix)
    matrix.deleted_at = now
    record(session, actor, "delete-matrix", "matrix", matrix.id, now)


def restore_matrix(session: Session, actor: Actor, matrix_id: int, *, now: dt.datetime) -> ExamMatrix:
    """Undo ``delete_matrix``."""
    MAKE_MATRIX.require(actor)
    matrix = session.get(ExamMatrix, matrix_id)
    if matrix is None:
        raise NotFound("Không có ma trận này.")
    EDIT_MATRIX.require(actor, matrix)
    matrix.deleted_at = None
    record(session, actor, "restore-matrix", "matrix", matrix.id, now)
    return matrix
