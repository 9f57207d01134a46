"""The table of printed papers: what was asked for, how far it is, where the bundle lies until it is swept."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from repository.db import Base, Id, Moment, UtcDateTime

KEPT = dt.timedelta(days=1)


class PaperBuild(Base):
    """One bundle of papers of a quiz that somebody asked for.

    ``wanted`` holds the fields of a ``Wish``. ``quiz_revision``: the quiz as it was when the papers were made. The
    bytes are in the store without a row of ``stored_files``: they can be made again, and are swept after a day.
    ``losses``: what could not be printed as it is. ``trouble`` says why there is no bundle.
    """

    __tablename__ = "paper_builds"
    __table_args__ = (
        Index("ix_paper_builds_owner", "created_by_id", "id"),
        Index("ix_paper_builds_quiz", "quiz_id", "id"),
    )

    id: Mapped[Id]
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    quiz_revision: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    total_count: Mapped[int]
    count: Mapped[int] = mapped_column(default=0)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    losses: Mapped[list[str]] = mapped_column(JSON)
    trouble: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    job_id: Mapped[int | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
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
