"""Questions asked about matrices, and about what the bank holds for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.rules import Supply
from quizbank.permissions import MAKE_MATRIX, SEE_MATRIX
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from repository.errors import NotFound
from repository.permissions import Actor

PAGE_SIZE = 50


@dataclass(frozen=True)
class MatrixRow:
    """A line of the list of matrices."""

    matrix: ExamMatrix
    count: int


def get_matrix(session: Session, actor: Actor, matrix_id: int) -> ExamMatrix:
    """The matrix, if there is one and the actor may see it."""
    MAKE_MATRIX.require(actor)
    matrix = session.get(ExamMatrix, matrix_id)
    if matrix is None or matrix.deleted_at is not None:
        raise NotFound("Không có ma trận này.")
    SEE_MATRIX.require(actor, matrix)
    return matrix


def list_matrices(session: Session, actor: Actor, after: int | None = None) -> tuple[list[MatrixRow], int | None]:
    """The actor's own matrices, the newest first, and the key of the next page."""
    MAKE_MATRIX.require(actor)
    query = select(ExamMatrix).where(ExamMatrix.created_by_id == actor.person_id, ExamMatrix.deleted_at.is_(None))
    if after is not None:
        query = query.where(ExamMatrix.id < after)
    found = session.scalars(query.order_by(ExamMatrix.id.desc()).limit(PAGE_SIZE + 1)).all()
    page = found[:PAGE_SIZE]
    rows = [MatrixRow(matrix, sum(cell.count for cell in matrix.cells)) for matrix in page]
    return rows, page[-1].id if len(found) > PAGE_SIZE else None


def supply_of(session: Session, subject: str, programme: str) -> Sequence[Supply]:
    """How many published questions the bank has in each place of a subject: one grouped query for all cells."""
    version = QuestionVersion
    places = (version.topic, version.level, version.type, version.grade)
    query = (
        select(*places, func.count())
        .join(Question, Question.published_version_id == version.id)
        .where(version.subject == subject, version.programme == programme)
        .group_by(*places)
    )
    return [
        Supply(topic, level, QuestionType(type), grade, count)
        for topic, level, type, grade, count in session.execute(query)
    ]
