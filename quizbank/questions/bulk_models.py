"""Tables of bulk edits: what was asked for, and what became of each question."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.questions.bulk import BulkOutcome, BulkState
from quizbank.questions.models import ORGANISATION, PERSON
from repository.db import Base, Id, Moment, UtcDateTime


class BulkEdit(Base):
    """One edit of many questions.

    ``selection`` is ``{"ids": […]}`` or ``{"filter": {…}}``; ``change`` as ``bulk.change_to_json`` writes it.
    ``summary`` counts the differences: ``{"field", "old", "new", "count"}``. ``plan_number`` counts the previews, so
    that nobody applies another than the one they saw. ``job_id`` is that of the last work, if the worker does it.
    """

    __tablename__ = "bulk_edits"

    id: Mapped[Id]
    state: Mapped[BulkState] = mapped_column(String(20))
    selection: Mapped[dict[str, Any]] = mapped_column(JSON)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    summary: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    plan_number: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey(PERSON), index=True)
    created_at: Mapped[Moment]
    applied_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class BulkEditItem(Base):
    """One question of a bulk edit: the version it was planned on, the one it made, and what undoing made of it.

    ``before_organisation_id``: whose it was when it was to be moved to another organisation.
    """

    __tablename__ = "bulk_edit_items"
    __table_args__ = (
        Index("ix_bulk_edit_items_outcome", "bulk_edit_id", "outcome", "question_id"),
        Index("ix_bulk_edit_items_undone", "bulk_edit_id", "undo_outcome", "question_id"),
    )

    bulk_edit_id: Mapped[int] = mapped_column(ForeignKey("bulk_edits.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    before_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    after_version_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id"))
    before_organisation_id: Mapped[int | None] = mapped_column(ForeignKey(ORGANISATION))
    outcome: Mapped[BulkOutcome] = mapped_column(String(20))
    undo_outcome: Mapped[BulkOutcome | None] = mapped_column(String(20))
