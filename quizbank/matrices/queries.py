"""Questions asked about matrices, and about what the bank holds for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from quizbank.matrices.models import ExamMatrix, MatrixVersion
from quizbank.matrices.rules import Row, Supply
from quizbank.matrices.sharing import Sharing, folded
from quizbank.permissions import MAKE_MATRIX, SEE_MATRIX
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from repository.accounts.models import Person
from repository.errors import NotFound
from repository.permissions import Actor

PAGE_SIZE = 50
MATRICES_REMEMBERED = 100


@dataclass(frozen=True)
class MatrixRow:
    """A line of the list of matrices; ``maker`` is the name of the person whose it is."""

    matrix: ExamMatrix
    count: int
    maker: str


@dataclass(frozen=True)
class VersionRow:
    """A line of a matrix's history."""

    version: MatrixVersion
    saved_by: str


def get_matrix(session: Session, actor: Actor, matrix_id: int) -> ExamMatrix:
    """The matrix, if there is one and the actor may see it."""
    MAKE_MATRIX.require(actor)
    matrix = session.get(ExamMatrix, matrix_id)
    if matrix is None or matrix.deleted_at is not None:
        raise NotFound("Không có ma trận này.")
    SEE_MATRIX.require(actor, matrix)
    return matrix


def list_matrices(
    session: Session, actor: Actor, after: int | None = None, *, words: str = "", is_shared: bool = False
) -> tuple[list[MatrixRow], int | None]:
    """The actor's own matrices, or those that others share with the actor, the newest first.

    Args:
        after: the key that the page before gave.
        words: part of the title, with or without its marks.

    Returns:
        One page, and the key of the next.
    """
    MAKE_MATRIX.require(actor)
    whose = _shared_with(actor) if is_shared else ExamMatrix.created_by_id == actor.person_id
    query = _people().where(whose, ExamMatrix.deleted_at.is_(None))
    if words.strip():
        query = query.where(ExamMatrix.folded_title.contains(folded(words), autoescape=True))
    if after is not None:
        query = query.where(ExamMatrix.id < after)
    found = session.execute(query.order_by(ExamMatrix.id.desc()).limit(PAGE_SIZE + 1)).all()
    page = found[:PAGE_SIZE]
    rows = [MatrixRow(matrix, sum(cell.count for cell in matrix.cells), name) for matrix, name in page]
    return rows, page[-1][0].id if len(found) > PAGE_SIZE else None


def _people() -> Select[ExamMatrix, str]:
    return select(ExamMatrix, Person.name).join(Person, Person.id == ExamMatrix.created_by_id)


def _shared_with(actor: Actor) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [ExamMatrix.sharing == Sharing.EVERYONE]
    if actor.organisation_id is not None:
        near = ExamMatrix.organisation_id == actor.organisation_id
        ways.append(and_(ExamMatrix.sharing == Sharing.ORGANISATION, near))
    return and_(or_(*ways), ExamMatrix.created_by_id != actor.person_id)


def list_versions(
    session: Session, actor: Actor, matrix_id: int, before: int | None = None
) -> tuple[list[VersionRow], int | None]:
    """What a matrix said, the newest revision first, and the key of the next page."""
    get_matrix(session, actor, matrix_id)
    query = (
        select(MatrixVersion, Person.name)
        .outerjoin(Person, Person.id == MatrixVersion.saved_by_id)
        .where(MatrixVersion.matrix_id == matrix_id)
    )
    if before is not None:
        query = query.where(MatrixVersion.revision < before)
    found = session.execute(query.order_by(MatrixVersion.revision.desc()).limit(PAGE_SIZE + 1)).all()
    page = [VersionRow(version, name or "") for version, name in found[:PAGE_SIZE]]
    return page, page[-1].version.revision if len(found) > PAGE_SIZE else None


def get_version(session: Session, actor: Actor, matrix_id: int, revision: int) -> MatrixVersion:
    """What a matrix said at one revision.

    Raises:
        NotFound: it never had that revision.
    """
    get_matrix(session, actor, matrix_id)
    version = session.get(MatrixVersion, (matrix_id, revision))
    if version is None:
        raise NotFound("Ma trận này không có bản lưu số {revision}.", revision=revision)
    return version


def maker_of(session: Session, matrix: ExamMatrix) -> str:
    """The name of the person whose matrix it is."""
    person = session.get(Person, matrix.created_by_id)
    return person.name if person else ""


def outcomes_written_for(session: Session, actor: Actor, rows: Collection[Row]) -> dict[Row, str]:
    """For rows of a matrix the outcomes (yêu cầu cần đạt) that the actor wrote for them last."""
    own = (
        select(ExamMatrix.specification)
        .where(ExamMatrix.created_by_id == actor.person_id, ExamMatrix.deleted_at.is_(None))
        .order_by(ExamMatrix.updated_at.desc(), ExamMatrix.id.desc())
        .limit(MATRICES_REMEMBERED)
    )
    found: dict[Row, str] = {}
    for specification in session.scalars(own):
        for one in specification:
            row = (one["topic"], one["unit"])
            if row in rows and one["outcomes"]:
                found.setdefault(row, one["outcomes"])
    return found


def supply_of(session: Session, subject: str, programme: str) -> Sequence[Supply]:
    """How many published questions the bank has in each place of a subject: one grouped query for all cells."""
    version = QuestionVersion
    places = (version.topic, version.level, version.type, version.grade, version.statement_levels)
    query = (
        select(*places, func.count())
        .join(Question, Question.published_version_id == version.id)
        .where(version.subject == subject, version.programme == programme)
        .group_by(*places)
    )
    return [
        Supply(topic, level, QuestionType(type), grade, count, statements)
        for topic, level, type, grade, statements, count in session.execute(query)
    ]
