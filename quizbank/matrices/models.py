"""Tables of exam matrices."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.matrices.matrix_file import specification_data, specification_from
from quizbank.matrices.rules import Cell, Matrix, statements_from, statements_text
from quizbank.matrices.sharing import Sharing, folded
from quizbank.questions.rules import QuestionType
from repository.db import Base, Id, Moment, UtcDateTime


class ExamMatrix(Base):
    """A matrix as it is kept. ``revision`` grows with every change: an old window can't overwrite a newer one.

    ``folded_title``: what a search by title compares. ``specification``: as a matrix file has it. ``copied_from``: the
    title and the maker of the matrix that this one was copied from, as they were then.
    """

    __tablename__ = "matrices"
    __table_args__ = (
        Index("ix_matrices_owner", "created_by_id", "id"),
        Index("ix_matrices_sharing", "sharing", "id"),
    )

    id: Mapped[Id]
    title: Mapped[str]
    folded_title: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    grade: Mapped[int | None]
    programme: Mapped[str]
    duration_minutes: Mapped[int]
    specification: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    sharing: Mapped[Sharing] = mapped_column(String(16), default=Sharing.PRIVATE)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("matrices.id"), index=True)
    copied_from: Mapped[str] = mapped_column(default="")
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
        return Matrix(
            self.title,
            self.subject,
            self.grade,
            self.programme,
            self.duration_minutes,
            tuple(row.cell for row in self.cells),
            specification_from(self.specification),
        )

    @matrix.setter
    def matrix(self, matrix: Matrix) -> None:
        self.title = matrix.title
        self.folded_title = folded(matrix.title)
        self.specification = specification_data(matrix.specification)
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
    unit: Mapped[str] = mapped_column(String(200), default="")

    @property
    def cell(self) -> Cell:
        statements = statements_from(self.statements)
        return Cell(self.topic, self.level, QuestionType(self.type), self.count, self.marks, statements, self.unit)


def _filled(row: ExamMatrixCell, cell: Cell) -> ExamMatrixCell:
    row.topic, row.unit, row.level, row.type = cell.topic, cell.unit, cell.level, cell.type.value
    row.count, row.marks, row.statements = cell.count, cell.marks, statements_text(cell.statements)
    return row


class MatrixVersion(Base):
    """What a matrix said at one revision: ``data`` is its matrix file. Written once, never changed.

    ``restored_from``: the older revision that was taken back.
    """

    __tablename__ = "matrix_versions"

    matrix_id: Mapped[int] = mapped_column(ForeignKey("matrices.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[Moment]
    restored_from: Mapped[int | None]
