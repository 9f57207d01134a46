"""Makes exam matrices for tests."""

from decimal import Decimal

from sqlalchemy.orm import Session

from quizbank.matrices import actions
from quizbank.matrices.models import ExamMatrix
from quizbank.matrices.rules import Cell, Matrix
from quizbank.matrices.sharing import Sharing
from quizbank.questions.rules import QuestionType
from repository.permissions import Actor
from tests.builders import MOMENT


def a_cell(
    topic: str | None = None,
    level: str | None = None,
    type: QuestionType = QuestionType.SINGLE_CHOICE,
    count: int = 4,
    marks: str = "0.25",
) -> Cell:
    return Cell(topic, level, type, count, Decimal(marks))


def a_matrix(*cells: Cell, title: str = "Kiểm tra giữa kì", grade: int | None = 12) -> Matrix:
    return Matrix(title, "toan", grade, "gdpt-2018", 45, cells or (a_cell(),))


def a_kept_matrix(session: Session, actor: Actor, *cells: Cell) -> ExamMatrix:
    return actions.create_matrix(session, actor, a_matrix(*cells), now=MOMENT)


def a_shared_matrix(session: Session, actor: Actor, sharing: Sharing = Sharing.EVERYONE) -> ExamMatrix:
    return actions.share_matrix(session, actor, a_kept_matrix(session, actor).id, sharing, now=MOMENT)
