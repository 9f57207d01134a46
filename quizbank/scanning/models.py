"""Tables of scanned answer sheets: what was sent, what was read, what people decided, which marks followed."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.attempts.models import Attempt
from quizbank.quizzes.models import Quiz
from repository.accounts.models import Person
from repository.db import Base, Id, Moment, UtcDateTime
from repository.files.models import StoredFile

STORED = StoredFile.__tablename__ + ".sha256"
PERSON = Person.__tablename__ + ".id"


class ScanBatch(Base):
    """Files of sheets of one quiz that were sent together. ``candidates``: number -> name, where a list was given."""

    __tablename__ = "scan_batches"
    __table_args__ = (Index("ix_scan_batches_quiz_id_id", "quiz_id", "id"),)

    id: Mapped[Id]
    quiz_id: Mapped[int] = mapped_column(ForeignKey(Quiz.__tablename__ + ".id"))
    candidates: Mapped[dict[str, str]] = mapped_column(JSON)
    job_id: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ScanFile(Base):
    """A file of a batch; ``page_count`` once it was opened, ``reason`` where it could not be."""

    __tablename__ = "scan_files"

    batch_id: Mapped[int] = mapped_column(ForeignKey("scan_batches.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(ForeignKey(STORED), index=True)
    page_count: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(20), default="")


class ScanSheet(Base):
    """A page of a file. ``picture_sha256``: the page laid flat, in grey; None where no sheet was found, see ``reason``.

    ``reading``: what the machine read, ``[name, value, state, confidence, [left, top, width, height]]`` for each field.
    It never changes; what people decided is in ``scan_decisions``. ``number`` and ``code`` are as they stand now.
    ``waiting_count``: fields in doubt. ``problem``: why a sheet without doubts has no marks. ``attempt_id``: the
    sitting that its answers became.
    """

    __tablename__ = "scan_sheets"
    __table_args__ = (
        UniqueConstraint("batch_id", "file", "page"),
        Index("ix_scan_sheets_quiz_id_number", "quiz_id", "number"),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("scan_batches.id"))
    quiz_id: Mapped[int] = mapped_column(ForeignKey(Quiz.__tablename__ + ".id"))
    file: Mapped[int]
    page: Mapped[int]
    picture_sha256: Mapped[str | None] = mapped_column(ForeignKey(STORED), index=True)
    reason: Mapped[str] = mapped_column(String(20), default="")
    label_quiz_id: Mapped[int | None] = mapped_column(BigInteger)
    reading: Mapped[list[list[Any]]] = mapped_column(JSON)
    number: Mapped[str] = mapped_column(String(8), default="")
    code: Mapped[str] = mapped_column(String(6), default="")
    waiting_count: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(20), default="")
    is_discarded: Mapped[bool] = mapped_column(default=False)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey(Attempt.__tablename__ + ".id"), unique=True)
    read_at: Mapped[Moment]


class ScanDecision(Base):
    """What a person decided of a field: the last one counts, without a ``value`` what was read. Rows are only added.

    ``field`` may also be ``3.2``, a whole short answer whose columns spell no number.
    """

    __tablename__ = "scan_decisions"

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("scan_sheets.id"), index=True)
    field: Mapped[str] = mapped_column(String(10))
    value: Mapped[str | None] = mapped_column(String(8))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    made_at: Mapped[Moment]


class ScanMark(Base):
    """What a sheet was worth when its answers were taken, ``number`` from 1. Rows are only added.

    Key repairs are not here: they stand in the record of the sitting.
    """

    __tablename__ = "scan_marks"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("scan_sheets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(6))
    marks: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    max_marks: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    made_at: Mapped[Moment]
