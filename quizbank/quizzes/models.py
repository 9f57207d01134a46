"""Tables of quizzes: the questions chosen for a matrix, pinned to their versions, and the variants of the paper."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.matrices.rules import Cell, statements_from
from quizbank.questions.rules import QuestionType
from repository.db import Base, Id, Moment, UtcDateTime


class Quiz(Base):
    """A paper. ``assigned_at``: when a class first got it; from then on it is immutable.

    ``uses_own_drafts``: its maker's own unpublished questions may stand in it. Forms of one paper hold different
    questions of one matrix: the first is form 1, the others name it in ``form_of_id``. ``targets``: what its assembly
    aimed at. ``revision`` grows with every edit on the workbench: an old window can't overwrite a newer one.
    """

    __tablename__ = "quizzes"
    __table_args__ = (Index("ix_quizzes_owner", "created_by_id", "id"),)

    id: Mapped[Id]
    title: Mapped[str]
    subject: Mapped[str]
    grade: Mapped[int | None]
    programme: Mapped[str]
    duration_minutes: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    uses_own_drafts: Mapped[bool] = mapped_column(default=False)
    matrix_id: Mapped[int | None] = mapped_column(ForeignKey("matrices.id", ondelete="SET NULL"), index=True)
    form_of_id: Mapped[int | None] = mapped_column(ForeignKey("quizzes.id"), index=True)
    form: Mapped[int] = mapped_column(default=1)
    targets: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_at: Mapped[Moment]
    assigned_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    cells: Mapped[list["QuizCell"]] = relationship(order_by="QuizCell.position")
    items: Mapped[list["QuizItem"]] = relationship(order_by="QuizItem.position")
    variants: Mapped[list["QuizVariant"]] = relationship(order_by="QuizVariant.code")


class QuizCell(Base):
    """A cell of the matrix as it was when the quiz was built; ``position`` counts from 0."""

    __tablename__ = "quiz_cells"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic: Mapped[str | None]
    level: Mapped[str | None]
    type: Mapped[str]
    count: Mapped[int]
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    statements: Mapped[str] = mapped_column(String(160), default="")

    @property
    def cell(self) -> Cell:
        statements = statements_from(self.statements)
        return Cell(self.topic, self.level, QuestionType(self.type), self.count, self.marks, statements)


class QuizItem(Base):
    """A question of the paper. ``position`` counts from 1 through all parts; ``part`` is 1 to 4.

    ``cell`` counts from 0; -1: no cell asked for it, its maker added it.

    ``is_locked``: drawing the rest anew leaves it where it is.
    """

    __tablename__ = "quiz_items"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int]
    cell: Mapped[int]
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    is_locked: Mapped[bool] = mapped_column(default=False)


class QuizEdit(Base):
    """A step on the workbench. ``before`` and ``after`` hold the items that it touched; undoing takes it back.

    Steps of a quiz are numbered from 1; an undone step stays until a new one is taken in its place.
    """

    __tablename__ = "quiz_edits"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    after: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    is_undone: Mapped[bool] = mapped_column(default=False)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[Moment]


class QuizVariant(Base):
    """A code (mã đề) of the paper: the same items in another order.

    ``shuffling``: what its maker let move (``shuffling.Shuffling``); codes of before there was a choice have none.
    """

    __tablename__ = "quiz_variants"
    __table_args__ = (UniqueConstraint("quiz_id", "code"),)

    id: Mapped[Id]
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    code: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger)
    shuffling: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    items: Mapped[list["QuizVariantItem"]] = relationship(order_by="QuizVariantItem.position")


class QuizVariantItem(Base):
    """``option_order``: canonical letters in shown order."""

    __tablename__ = "variant_items"

    variant_id: Mapped[int] = mapped_column(ForeignKey("quiz_variants.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_position: Mapped[int]
    option_order: Mapped[str]
