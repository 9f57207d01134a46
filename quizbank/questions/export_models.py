"""The table of exports: what was asked for, how far it is, where the file lies until it is swept."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.questions.models import PERSON
from repository.db import Base, Id, Moment, UtcDateTime

KEPT = dt.timedelta(days=1)


class QuestionExport(Base):
    """One file of questions that somebody asked for.

    ``selection`` is ``{"filter": {…}}``, the fields of a ``QuestionFilter``, or ``{"quiz": id}``. The bytes are in the
    store without a row of ``stored_files``: they are a copy of what the bank holds, and swept after a day; so are
    ``losses_sha256``, what the format could not hold, one JSON object a line. ``trouble`` says why there is no file.
    """

    __tablename__ = "question_exports"
    __table_args__ = (Index("ix_question_exports_owner", "created_by_id", "id"),)

    id: Mapped[Id]
    format: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    selection: Mapped[dict[str, Any]] = mapped_column(JSON)
    total_count: Mapped[int]
    count: Mapped[int] = mapped_column(default=0)
    loss_count: Mapped[int] = mapped_column(default=0)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    losses_sha256: Mapped[str | None] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    trouble: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    job_id: Mapped[int | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def expires_at(self) -> dt.datetime | None:
        return self.finished_at + KEPT if self.finished_at else None

    def state(self, now: dt.datetime) -> str:
        """``writing``, ``ready``, ``refused`` or ``expired``."""
        if self.expires_at is None:
            return "writing"
        if self.trouble is not None:
            return "refused"
        return "ready" if self.file_sha256 and now < self.expires_at else "expired"
