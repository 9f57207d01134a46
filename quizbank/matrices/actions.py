"""Everything that changes a matrix."""

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from quizbank.matrices.matrix_file import data_of, matrix_from
from quizbank.matrices.models import ExamMatrix, MatrixVersion
from quizbank.matrices.queries import get_matrix, get_version
from quizbank.matrices.rules import Matrix, check_matrix
from quizbank.matrices.sharing import Sharing
from quizbank.permissions import EDIT_MATRIX, MAKE_MATRIX
from repository.accounts.models import Person
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Invalid, NotFound
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
        revision=1,
    )
    session.add(kept)
    session.flush()
    _keep_version(session, actor, kept, now)
    record(session, actor, "create-matrix", "matrix", kept.id, now)
    return kept


def change_matrix(
    session: Session,
    actor: Actor,
    matrix_id: int,
    matrix: Matrix,
    *,
    revision: int,
    now: dt.datetime,
    restored_from: int | None = None,
) -> ExamMatrix:
    """Replace what a matrix says; ``revision`` is the one the change was made on. What it said is kept as a version.

    Raises:
        Conflict: another window has changed the matrix since.
        Invalid: ``facts["fields"]`` names every wrong place.
    """
    kept = get_matrix(session, actor, matrix_id)
    EDIT_MATRIX.require(actor, kept)
    check_matrix(matrix, curriculum())
    if kept.revision != revision:
        raise Conflict("Ma trận đã được sửa ở một cửa sổ khác. Hãy tải lại trang rồi sửa tiếp.", revision=kept.revision)
    if kept.matrix == matrix:
        return kept
    kept.matrix = matrix
    kept.revision += 1
    kept.updated_at = now
    _keep_version(session, actor, kept, now, restored_from)
    record(session, actor, "change-matrix", "matrix", kept.id, now, revision=kept.revision)
    return kept


def _keep_version(
    session: Session, actor: Actor, kept: ExamMatrix, now: dt.datetime, restored_from: int | None = None
) -> None:
    session.add(
        MatrixVersion(
            matrix_id=kept.id,
            revision=kept.revision,
            data=data_of(kept.matrix),
            saved_by_id=actor.person_id,
            saved_at=now,
            restored_from=restored_from,
        )
    )
    session.flush()


def restore_version(
    session: Session, actor: Actor, matrix_id: int, revision: int, *, based_on: int, now: dt.datetime
) -> ExamMatrix:
    """Take back what a matrix said at an older revision; what it says now stays among its versions.

    Raises:
        Conflict: another window has changed the matrix since ``based_on``.
        NotFound: there is no such version.
    """
    EDIT_MATRIX.require(actor, get_matrix(session, actor, matrix_id))
    old = matrix_from(get_version(session, actor, matrix_id, revision).data)
    return change_matrix(session, actor, matrix_id, old, revision=based_on, now=now, restored_from=revision)


def copy_matrix(session: Session, actor: Actor, matrix_id: int, *, title: str, now: dt.datetime) -> ExamMatrix:
    """A matrix of one's own with the same cells under another title, that says where it is from."""
    original = get_matrix(session, actor, matrix_id)
    copied = create_matrix(session, actor, replace(original.matrix, title=title[:200]), now=now)
    maker = session.get(Person, original.created_by_id)
    copied.copied_from_id = original.id
    copied.copied_from = f"{original.title} – {maker.name}" if maker else original.title
    return copied


def share_matrix(session: Session, actor: Actor, matrix_id: int, sharing: Sharing, *, now: dt.datetime) -> ExamMatrix:
    """Let others read and copy a matrix, or no longer. Copies that were made stay with those who made them.

    Raises:
        Invalid: its maker belongs to no organisation to share it with.
    """
    kept = get_matrix(session, actor, matrix_id)
    EDIT_MATRIX.require(actor, kept)
    if sharing is Sharing.ORGANISATION and actor.organisation_id is None:
        raise Invalid("Bạn chưa thuộc đơn vị nào, nên chưa chia sẻ trong đơn vị được.")
    kept.sharing = sharing
    kept.organisation_id = actor.organisation_id
    record(session, actor, "share-matrix", "matrix", kept.id, now, sharing=str(sharing))
    return kept


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
