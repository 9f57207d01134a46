"""Tables of classes, their members, and the quizzes assigned to them."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.quizzes.models import Quiz
from repository.accounts.models import Organisation, Person
from repository.db import Base, Id, Moment

PERSON = Person.__tablename__ + ".id"
QUIZ = Quiz.__tablename__ + ".id"


class SchoolClass(Base):
    """A class: whoever has the ``join_code`` may join."""

    __tablename__ = "classes"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    join_code: Mapped[str] = mapped_column(String(16), unique=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey(PERSON), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.__tablename__ + ".id"), index=True)
    created_at: Mapped[Moment]


class ClassMember(Base):
    __tablename__ = "class_members"

    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(PERSON), primary_key=True, index=True)
    joined_at: Mapped[Moment]


class Assignment(Base):
    """A quiz that a class may sit between two moments. ``review_after``: ``submit`` or ``close``."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_class_id_id", "class_id", "id"),)

    id: Mapped[Id]
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"))
    quiz_id: Mapped[int] = mapped_column(ForeignKey(QUIZ), index=True)
    opens_at: Mapped[Moment]
    closes_at: Mapped[Moment]
    duration_minutes: Mapped[int]
    attempts_allowed: Mapped[int]
    review_after: Mapped[str] = mapped_column(String(10))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]

    def is_open_at(self, now: dt.datetime) -> bool:
        return self.opens_at <= now < self.closes_at
