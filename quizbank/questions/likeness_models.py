"""Tables of near-duplicates: signatures to find them by, and what a person said of each pair."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.questions.models import PERSON
from repository.db import Base, UtcDateTime


class Verdict(StrEnum):
    """What a person said of two questions that are alike.

    ``SAME``: one question twice. ``VARIANT``: the same idea with other figures. Neither may stand twice in one quiz.
    """

    OPEN = "open"
    SAME = "same"
    VARIANT = "variant"
    DIFFERENT = "different"


class QuestionSignature(Base):
    """The MinHash signature of a question's newest version, as ``likeness.bytes_of`` writes it.

    ``is_compared``: its likenesses with the others are written.
    """

    __tablename__ = "question_signatures"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    is_compared: Mapped[bool] = mapped_column(default=False, index=True)


class QuestionBand(Base):
    """Under which keys a question is looked up. Its rows are found again through its signature."""

    __tablename__ = "question_bands"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    question_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )


class QuestionLikeness(Base):
    """Two questions that are alike; ``left_id`` is the smaller. ``similarity`` 0..1; ``is_conflict``: keys disagree."""

    __tablename__ = "question_likenesses"
    __table_args__ = (
        Index("ix_question_likenesses_list", "verdict", "is_conflict", "similarity", "left_id", "right_id"),
    )

    left_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, autoincrement=False)
    right_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, autoincrement=False, index=True)
    similarity: Mapped[float]
    is_conflict: Mapped[bool]
    verdict: Mapped[Verdict] = mapped_column(String(20), default=Verdict.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
