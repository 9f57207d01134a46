"""Tables of repaired keys. A remark stands beside the first result, which stays as it is."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.attempts.models import Attempt
from quizbank.attempts.repair import Treatment
from quizbank.questions.models import PERSON, Question, QuestionVersion
from quizbank.quizzes.models import Quiz
from repository.db import Base, Id, Moment, UtcDateTime

VERSION = QuestionVersion.__tablename__ + ".id"
BIG = BigInteger().with_variant(Integer(), "sqlite")


class KeyRepair(Base):
    """A ruling for the sittings of ``from_version_id``: those of one quiz, or, without ``quiz_id``, all of them.

    ``undoes_id``: the repair that this one takes back. ``reached_id``: the last attempt that was looked at again,
    so that the work goes on there after a stop; the counts are of the sittings up to it.
    """

    __tablename__ = "key_repairs"
    __table_args__ = (Index("ix_key_repairs_scope", "quiz_id", "id"),)

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.__tablename__ + ".id"), index=True)
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey(Quiz.__tablename__ + ".id"))
    from_version_id: Mapped[int] = mapped_column(ForeignKey(VERSION), index=True)
    treatment: Mapped[Treatment] = mapped_column(String(20))
    to_version_id: Mapped[int | None] = mapped_column(ForeignKey(VERSION))
    key: Mapped[str] = mapped_column(Text, default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("key_repairs.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    made_at: Mapped[Moment]
    reached_id: Mapped[int] = mapped_column(BIG, default=0)
    gain_count: Mapped[int] = mapped_column(default=0)
    loss_count: Mapped[int] = mapped_column(default=0)
    stay_count: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class AttemptRemark(Base):
    """What an answer earned when it was marked again; the highest ``number`` counts, from 1. Rows are only added."""

    __tablename__ = "attempt_remarks"

    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.__tablename__ + ".id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    repair_id: Mapped[int] = mapped_column(ForeignKey(KeyRepair.__tablename__ + ".id"), index=True)
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    fraction: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    is_left_out: Mapped[bool]
    graded_at: Mapped[Moment]
