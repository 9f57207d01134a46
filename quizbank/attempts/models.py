"""Tables of sittings. Answers and results are only added: a sitting can be replayed and graded again."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.attempts.rules import MAX_RESPONSE_CHARACTERS, Mode
from quizbank.classes.models import Assignment
from quizbank.questions.models import QuestionVersion
from quizbank.quizzes.models import Quiz, QuizVariant
from repository.accounts.models import Person
from repository.db import Base, Id, Moment, UtcDateTime


class Attempt(Base):
    """A sitting by a person, or by a stranger's browser. ``token`` is its address and can't be guessed.

    ``number`` counts a person's attempts at one assignment, so that two windows that start at once start one.
    ``topic`` may be a topic, a strand or a grade id; ``level`` a level, where practice was narrowed to it.
    ``candidate``: who sat it on paper, by number and name, for the quiz's maker only.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("assignment_id", "person_id", "number"),
        Index("ix_attempts_person_id_id", "person_id", "id"),
        Index("ix_attempts_browser_key_id", "browser_key", "id"),
    )

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    mode: Mapped[Mode] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.__tablename__ + ".id"))
    browser_key: Mapped[str | None] = mapped_column(String(64))
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey(Quiz.__tablename__ + ".id"), index=True)
    variant_id: Mapped[int | None] = mapped_column(ForeignKey(QuizVariant.__tablename__ + ".id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey(Assignment.__tablename__ + ".id"))
    number: Mapped[int] = mapped_column(default=1)
    subject: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(32))
    candidate: Mapped[str | None] = mapped_column(String(120))
    started_at: Mapped[Moment]
    deadline_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    marks: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    max_marks: Mapped[Decimal] = mapped_column(Numeric(8, 2))


class AttemptItem(Base):
    """A question of the sitting. ``option_order``: canonical letters in shown order; empty for a short answer."""

    __tablename__ = "attempt_items"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_version_id: Mapped[int] = mapped_column(ForeignKey(QuestionVersion.__tablename__ + ".id"), index=True)
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    option_order: Mapped[str] = mapped_column(String(8))


class AttemptAnswer(Base):
    """One saved answer; ``revision`` counts from 1, and its key settles the race of two windows."""

    __tablename__ = "attempt_answers"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    response: Mapped[str] = mapped_column(String(MAX_RESPONSE_CHARACTERS))
    saved_at: Mapped[Moment]


class AttemptResult(Base):
    """What the answer of this revision earned; revision 0 is a question left unanswered."""

    __tablename__ = "attempt_results"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    fraction: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    graded_at: Mapped[Moment]
