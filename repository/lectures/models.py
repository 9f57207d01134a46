"""Tables of lectures. A version is never changed after it is written, except by the job that reads its file."""

import datetime as dt

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from repository.accounts.models import Organisation, Person
from repository.db import Base, Id, Moment, UtcDateTime
from repository.files.models import StoredFile
from repository.lectures.rules import LectureEvent, LectureKind, LectureState

PERSON = Person.__tablename__ + ".id"
ORGANISATION = Organisation.__tablename__ + ".id"
FILE = StoredFile.__tablename__ + ".sha256"


class Lecture(Base):
    """A lecture through all its versions. ``kind`` is that of the current one."""

    __tablename__ = "lectures"
    __table_args__ = (Index("ix_lectures_state_id", "state", "id"),)

    id: Mapped[Id]
    state: Mapped[LectureState] = mapped_column(String(20))
    kind: Mapped[LectureKind] = mapped_column(String(20))
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("lecture_versions.id", use_alter=True, name="fk_lectures_current_version_id_lecture_versions")
    )
    published_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("lecture_versions.id", use_alter=True, name="fk_lectures_published_version_id_lecture_versions"),
        index=True,
    )
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(ORGANISATION), index=True)
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class LectureVersion(Base):
    """What a lecture was at one time. From ``text`` on, the columns are filled by the job that reads the file."""

    __tablename__ = "lecture_versions"
    __table_args__ = (UniqueConstraint("lecture_id", "number"),)

    id: Mapped[Id]
    lecture_id: Mapped[int] = mapped_column(ForeignKey("lectures.id"))
    number: Mapped[int]
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(Text, default="")
    abstract_html: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(String(64), index=True)
    programme: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(3))
    licence: Mapped[str] = mapped_column(String(32))
    kind: Mapped[LectureKind] = mapped_column(String(20))
    standard: Mapped[str] = mapped_column(default="")
    duration_minutes: Mapped[int | None]
    year: Mapped[int | None]
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey(FILE), index=True)
    file_name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    link_url: Mapped[str] = mapped_column(Text, default="")
    entry_path: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]
    text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    places: Mapped[list[list[str | int]]] = mapped_column(JSON, default=list, server_default="[]", deferred=True)
    thumbnail_sha256: Mapped[str | None] = mapped_column(ForeignKey(FILE))
    processed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    process_problem: Mapped[str] = mapped_column(Text, default="")

    grades: Mapped[list["LectureGrade"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="LectureGrade.grade"
    )
    topics: Mapped[list["LectureTopic"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="LectureTopic.topic"
    )
    authors: Mapped[list["LectureAuthor"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="LectureAuthor.position"
    )


class LectureGrade(Base):
    __tablename__ = "lecture_grades"
    __table_args__ = (Index("ix_lecture_grades_grade", "grade"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("lecture_versions.id"), primary_key=True)
    grade: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LectureTopic(Base):
    __tablename__ = "lecture_topics"
    __table_args__ = (Index("ix_lecture_topics_topic", "topic"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("lecture_versions.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(200), primary_key=True)


class LectureAuthor(Base):
    __tablename__ = "lecture_authors"

    version_id: Mapped[int] = mapped_column(ForeignKey("lecture_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class LectureOpenings(Base):
    """How often a lecture's page was opened. ``indexed``: as many as the search index was last told of."""

    __tablename__ = "lecture_openings"

    lecture_id: Mapped[int] = mapped_column(ForeignKey("lectures.id"), primary_key=True, autoincrement=False)
    openings: Mapped[int] = mapped_column(default=0)
    indexed: Mapped[int] = mapped_column(default=0)


class LectureWarning(Base):
    """What inspecting the file found worth knowing; ``code`` is a key of ``WARNING_MESSAGES``."""

    __tablename__ = "lecture_warnings"

    version_id: Mapped[int] = mapped_column(ForeignKey("lecture_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(Text)


class LectureHistory(Base):
    """Who did what to a lecture, when, and what they said. Rows are only added."""

    __tablename__ = "lecture_history"

    id: Mapped[Id]
    lecture_id: Mapped[int] = mapped_column(ForeignKey("lectures.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("lecture_versions.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    at: Mapped[Moment]
    event: Mapped[LectureEvent] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, default="")


class Upload(Base):
    """A file on its way in pieces. Its bytes so far stand in ``<data>/uploads/<id>``; their length is the offset."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    file_name: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    created_by_id: Mapped[int] = mapped_column(ForeignKey(PERSON), index=True)
    created_at: Mapped[Moment]
