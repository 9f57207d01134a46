"""Tables of exam matrices."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rules import QuestionType
from repository.db import Base, Id, Moment, UtcDateTime


class ExamMatrix(Base):
    """A matrix as it is kept. ``revision`` grows with every change: an old window can't overwrite a newer one."""

    __tablename__ = "matrices"
    __table_args__ = (Index("ix_matrices_owner", "created_by_id", "id"),)

    id: Mapped[Id]
    title: Mapped[str]
    subject: Mapped[str]
    grade: Mapped[int | None]
    programme: Mapped[str]
    duration_minutes: Mapped[int]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    deleted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)

    cells: Mapped[list["ExamMatrixCell"]] = relationship(
        order_by="ExamMatrixCell.position", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def matrix(self) -> Matrix:
        """The matrix as the rules know it."""
        cells = tuple(Cell(c.topic, c.level, QuestionType(c.type), c.count, c.marks) for c in self.cells)
        return Matrix(self.title, self.subject, self.grade, self.programme, self.duration_minutes, cells)

    @matrix.setter
    def matrix(self, matrix: Matrix) -> None:
        self.title = matrix.title
        self.subject = matrix.subject
        self.grade = matrix.grade
        self.programme = matrix.programme
        self.duration_minutes = matrix.duration_minutes
        kept = {cell.position: cell for cell in self.cells}
        self.cells = [
            _filled(kept.get(position) or ExamMatrixCell(position=position), cell)
            for position, cell in enumerate(matrix.cells)
        ]


class ExamMatrixCell(Base):
    """``count`` questions worth ``marks`` each; ``position`` counts from 0."""

    __tablename__ = "matrix_cells"

    matrix_id: Mapped[int] = mapped_column(ForeignKey("matrices.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic: Mapped[str | None]
    level: Mapped[str | None]
    type: Mapped[str]
    count: Mapped[int]
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    statements: Mapped[str] = mapped_column(String(160), default="")


def _filled(row: ExamMatrixCell, cell: Cell) -> ExamMatrixCell:
    row.topic, row.level, row.type, row.count, row.marks = (
        cell.topic,
        cell.level,
        cell.type.value,
        cell.count,
        cell.marks,
    )
    return row
