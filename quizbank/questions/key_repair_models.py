"""The table of repaired keys: what counts as right since when, and how far sittings have been marked again."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.questions.models import PERSON, Question, QuestionVersion
from quizbank.questions.rulings import Treatment
from repository.db import Base, Id, Moment, UtcDateTime

VERSION = QuestionVersion.__tablename__ + ".id"
QUIZ = "quizzes.id"
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
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey(QUIZ))
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
