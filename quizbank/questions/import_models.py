"""Tables of the import desk: what was read of a file until it is stored, and how a person's sheets are laid out."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.questions.models import PERSON
from repository.db import Base, Moment


class ImportItem(Base):
    """One question of an import as it lies on the desk, and afterwards the link from a question to its source.

    ``draft`` and ``problems`` are JSON as ``formats.paper_json`` writes it. ``outcome`` is what will become of it, and
    what became of it once the import passed it. ``images``: target -> SHA-256, or nothing where the picture is missing.
    """

    __tablename__ = "import_items"
    __table_args__ = (
        Index("ix_import_items_doubtful", "import_id", "is_doubtful", "position"),
        Index("ix_import_items_fingerprint", "import_id", "fingerprint"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("question_imports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(Text)
    part: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    passage: Mapped[str] = mapped_column(Text)
    placement: Mapped[dict[str, Any]] = mapped_column(JSON)
    licence: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(Text)
    problems: Mapped[list[Any]] = mapped_column(JSON)
    images: Mapped[dict[str, str]] = mapped_column(JSON)
    outcome: Mapped[str] = mapped_column(String(20))
    fingerprint: Mapped[str] = mapped_column(String(64))
    is_doubtful: Mapped[bool]
    is_left_out: Mapped[bool]
    is_mended: Mapped[bool]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)


class ColumnMapping(Base):
    """Which column of a sheet means what, as a person said it of a sheet with these headings."""

    __tablename__ = "column_mappings"

    person_id: Mapped[int] = mapped_column(ForeignKey(PERSON), primary_key=True)
    headings: Mapped[str] = mapped_column(String(64), primary_key=True)
    options: Mapped[dict[str, str]] = mapped_column(JSON)
    used_at: Mapped[Moment]
