"""Tables of questions and passages. A version is never changed after it is written."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.questions.rules import AnswerKind, QuestionContent, QuestionType
from quizbank.questions.rules import Part as PartContent
from quizbank.questions.states import ImportState, QuestionEvent, QuestionState
from repository.accounts.models import Organisation, Person
from repository.db import Base, Id, Moment, UtcDateTime
from repository.files.models import StoredFile

PERSON = Person.__tablename__ + ".id"
ORGANISATION = Organisation.__tablename__ + ".id"


class Question(Base):
    """A question through all its versions.

    ``family_id``: questions of one family were made of one item template, whose number it is; they are variants of
    one another and never stand together in one quiz.
    """

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_state_id", "state", "id"),)

    id: Mapped[Id]
    state: Mapped[QuestionState] = mapped_column(String(20))
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_versions.id", use_alter=True, name="fk_questions_current_version_id_question_versions"),
        index=True,
    )
    published_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_versions.id", use_alter=True, name="fk_questions_published_version_id_question_versions"),
        index=True,
    )
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(ORGANISATION), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("question_imports.id"), index=True)
    family_id: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class QuestionVersion(Base):
    """What a question was at one time. HTML and ``text`` are made of the sources once, when it is written."""

    __tablename__ = "question_versions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        Index("ix_question_versions_place", "subject", "grade", "topic", "level", "type"),
        Index("ix_question_versions_fingerprint", "fingerprint"),
        Index(
            "ix_question_versions_shelf", "question_id", "id", "subject", "grade", "topic", "level", "type", "licence"
        ),
        Index(
            "ix_question_versions_unexplained",
            *("question_id", "id", "explanation"),
            sqlite_where=sql_text("explanation = ''"),
            postgresql_where=sql_text("explanation = ''"),
        ),
    )

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    type: Mapped[QuestionType] = mapped_column(String(20))
    stem: Mapped[str] = mapped_column(Text)
    stem_html: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text, default="")
    explanation_html: Mapped[str] = mapped_column(Text, default="")
    answer_kind: Mapped[AnswerKind | None] = mapped_column(String(10))
    tolerance: Mapped[Decimal | None] = mapped_column(Numeric(18, 9))
    keeps_order: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str] = mapped_column(String(64))
    grade: Mapped[int | None]
    programme: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(32))
    statement_levels: Mapped[str] = mapped_column(String(160), default="")
    licence: Mapped[str] = mapped_column(String(32), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    source_file: Mapped[str] = mapped_column(Text, default="")
    source_place: Mapped[str] = mapped_column(default="")
    passage_version_id: Mapped[int | None] = mapped_column(ForeignKey("passage_versions.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]

    parts: Mapped[list["QuestionPart"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="QuestionPart.position"
    )
    tags: Mapped[list["QuestionTag"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="QuestionTag.tag"
    )
    passage: Mapped["PassageVersion | None"] = relationship(lazy="selectin")

    @property
    def content(self) -> QuestionContent:
        """The version as pure data."""
        return QuestionContent(
            type=QuestionType(self.type),
            stem=self.stem,
            parts=tuple(PartContent(part.text, part.is_true, part.is_locked, part.level) for part in self.parts),
            explanation=self.explanation,
            answer_kind=AnswerKind(self.answer_kind) if self.answer_kind else None,
            tolerance=self.tolerance,
            keeps_order=self.keeps_order,
        )

    @property
    def passage_html(self) -> str:
        return self.passage.html if self.passage else ""


class QuestionPart(Base):
    """An option, a statement or an accepted value; ``position`` counts from 0. ``level``: that of a statement."""

    __tablename__ = "question_parts"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    is_true: Mapped[bool]
    is_locked: Mapped[bool] = mapped_column(default=False)
    level: Mapped[str | None] = mapped_column(String(32))


class QuestionTag(Base):
    __tablename__ = "question_tags"
    __table_args__ = (Index("ix_question_tags_tag", "tag"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(80), primary_key=True)


class QuestionStatistics(Base):
    """How a question has been used, counted by night. Search knows these figures.

    ``uses``: how often it stood in a sitting or a paper; ``answers``: given and graded; ``wrong_fraction``: the share
    of marks that those answers missed, 0..1.
    """

    __tablename__ = "question_statistics"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, autoincrement=False)
    uses: Mapped[int]
    answers: Mapped[int]
    wrong_fraction: Mapped[float]


class QuestionDoubt(Base):
    """What the reader of a paper doubted in a version; ``code`` is a key of ``rules.PROBLEMS``."""

    __tablename__ = "question_doubts"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, str]] = mapped_column(JSON)


class Passage(Base):
    """A text that several questions share, through all its versions."""

    __tablename__ = "passages"

    id: Mapped[Id]
    created_at: Mapped[Moment]


class PassageVersion(Base):
    __tablename__ = "passage_versions"
    __table_args__ = (UniqueConstraint("passage_id", "number"),)

    id: Mapped[Id]
    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)


class QuestionHistory(Base):
    """Who did what to a question, when, and what they said. Rows are only added."""

    __tablename__ = "question_history"

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    at: Mapped[Moment]
    event: Mapped[QuestionEvent] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, default="")


class QuestionImport(Base):
    """One import: what came, what was left out and why.

    What was read is in ``import_models.ImportItem``; ``problems`` are the lines of reports written before there were
    such rows. ``options`` are the choices made for the whole file, ``pictures`` those sent beside it (name ->
    SHA-256), ``trouble`` why it was not read to its end (``message`` is a msgid with places for ``facts``).
    """

    __tablename__ = "question_imports"

    id: Mapped[Id]
    file_names: Mapped[list[str]] = mapped_column(JSON)
    found_count: Mapped[int]
    imported_count: Mapped[int]
    duplicate_count: Mapped[int]
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON), index=True)
    created_at: Mapped[Moment]
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[ImportState] = mapped_column(String(20), default=ImportState.DONE)
    format: Mapped[str] = mapped_column(String(20), default="")
    source_sha256: Mapped[str | None] = mapped_column(ForeignKey(StoredFile.__tablename__ + ".sha256"), index=True)
    options: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    pictures: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    trouble: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
