"""What somebody sees of their own practice: marks over time, topics to work on, sittings. Nobody else sees it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptItem
from quizbank.attempts.notices import RemarkNotice, remark_notices
from quizbank.attempts.queries import Place
from quizbank.attempts.rules import GRACE, ReviewAfter
from quizbank.attempts.rulings import judged_now
from quizbank.classes.models import Assignment
from quizbank.classes.queries import AssignmentRow, assignments_for
from quizbank.permissions import SEE_OWN_PROGRESS
from quizbank.questions.models import QuestionVersion
from quizbank.quizzes.grading import ten_point_mark
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor

PAGE_SIZE = 20
SPARK_ATTEMPTS = 60
SPARK_POINTS = 20
MIN_TOPIC_ANSWERS = 3
WEAK_TOPICS = 6
WEAK_BELOW = 0.8


@dataclass(frozen=True)
class SubjectLine:
    """Marks of a subject's last sittings on the scale of 0 to 10, the oldest first."""

    subject: str
    marks: tuple[float, ...]

    @property
    def last(self) -> float:
        return self.marks[-1]


@dataclass(frozen=True)
class TopicLine:
    """How somebody fares in a topic: questions answered and the mean fraction earned."""

    topic: str
    subject: str
    count: int
    mean: float


@dataclass(frozen=True)
class AssignedLine:
    """An assignment with the reader's own attempts at it."""

    row: AssignmentRow
    attempts: tuple[Attempt, ...]

    @property
    def submitted(self) -> Attempt | None:
        return next((one for one in reversed(self.attempts) if one.submitted_at is not None), None)

    def open_attempt(self, now: dt.datetime) -> Attempt | None:
        last = self.attempts[-1] if self.attempts else None
        return last if last and Place(last, self.row.assignment).is_open(now) else None


@dataclass(frozen=True)
class Progress:
    lines: tuple[SubjectLine, ...]
    weak_topics: tuple[TopicLine, ...]
    assigned: tuple[AssignedLine, ...]
    attempts: tuple[Place, ...]
    after: int | None
    notices: Mapping[int, RemarkNotice]


def get_progress(session: Session, actor: Actor, after: int | None = None, *, now: dt.datetime) -> Progress:
    """The actor's own progress, in a constant number of queries.

    Args:
        session: where to look.
        actor: a person, or a stranger's browser that has practised.
        after: the key of the page of sittings.
        now: decides which assigned marks may be seen.
    """
    SEE_OWN_PROGRESS.require(actor)
    rows = list_attempts(session, actor, after)
    return Progress(
        lines=_lines(session, actor, now),
        weak_topics=_weak_topics(session, actor),
        assigned=_assigned(session, actor),
        attempts=tuple(rows[:PAGE_SIZE]),
        notices=remark_notices(session, [row.attempt for row in rows[:PAGE_SIZE] if row.shows_key(now)]),
        after=rows[PAGE_SIZE - 1].attempt.id if len(rows) > PAGE_SIZE else None,
    )


def list_attempts(session: Session, actor: Actor, after: int | None = None) -> list[Place]:
    """The actor's sittings, the newest first: one more than a page, if there are more."""
    query = (
        select(Attempt, Assignment, Quiz.title)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .outerjoin(Quiz, Quiz.id == Attempt.quiz_id)
        .where(_is_own(actor))
        .order_by(Attempt.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if after is not None:
        query = query.where(Attempt.id < after)
    return [Place(attempt, assignment, title or "") for attempt, assignment, title in session.execute(query)]


def find_unfinished(session: Session, actor: Actor) -> Attempt | None:
    """The newest practice that the actor has not ended."""
    if not SEE_OWN_PROGRESS.allows(actor):
        return None
    query = select(Attempt).where(_is_own(actor), Attempt.submitted_at.is_(None), Attempt.assignment_id.is_(None))
    return session.scalars(query.order_by(Attempt.id.desc()).limit(1)).first()


def attempts_at(session: Session, actor: Actor, assignments: Sequence[int]) -> dict[int, tuple[Attempt, ...]]:
    """The actor's attempts at some assignments, in the order of their numbers."""
    query = select(Attempt).where(Attempt.person_id == actor.person_id, Attempt.assignment_id.in_(assignments))
    found: dict[int, tuple[Attempt, ...]] = {}
    for attempt in session.scalars(query.order_by(Attempt.number)):
        key = attempt.assignment_id or 0
        found[key] = (*found.get(key, ()), attempt)
    return found


def _lines(session: Session, actor: Actor, now: dt.datetime) -> tuple[SubjectLine, ...]:
    """Only sittings whose review may be seen: an assigned mark shows when its review does."""
    query = (
        select(Attempt.subject, Attempt.marks, Attempt.max_marks)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(_is_own(actor), Attempt.submitted_at.is_not(None), Attempt.max_marks > 0)
        .where(_shows_marks(now))
        .order_by(Attempt.id.desc())
        .limit(SPARK_ATTEMPTS)
    )
    found: dict[str, list[float]] = {}
    for subject, marks, max_marks in session.execute(query):
        found.setdefault(subject, []).append(float(ten_point_mark(marks or Decimal(0), max_marks)))
    return tuple(SubjectLine(subject, tuple(marks[:SPARK_POINTS][::-1])) for subject, marks in found.items())


def _weak_topics(session: Session, actor: Actor) -> tuple[TopicLine, ...]:
    judged = judged_now()
    mean = func.avg(judged.c.fraction)
    query = (
        select(QuestionVersion.topic, QuestionVersion.subject, cast(func.count(), Integer), mean)
        .select_from(Attempt)
        .join(judged, judged.c.attempt_id == Attempt.id)
        .join(
            AttemptItem, (AttemptItem.attempt_id == judged.c.attempt_id) & (AttemptItem.position == judged.c.position)
        )
        .join(QuestionVersion, QuestionVersion.id == AttemptItem.question_version_id)
        .where(_is_own(actor), Attempt.assignment_id.is_(None), QuestionVersion.topic.is_not(None))
        .where(judged.c.is_left_out.is_(False))
        .group_by(QuestionVersion.topic, QuestionVersion.subject)
        .having(func.count() >= MIN_TOPIC_ANSWERS, mean < WEAK_BELOW)
        .order_by(mean)
        .limit(WEAK_TOPICS)
    )
    return tuple(
        TopicLine(topic or "", subject, count, float(mean)) for topic, subject, count, mean in session.execute(query)
    )


def _assigned(session: Session, actor: Actor) -> tuple[AssignedLine, ...]:
    if not actor.is_signed_in:
        return ()
    rows = assignments_for(session, actor)
    attempts = attempts_at(session, actor, [row.assignment.id for row in rows])
    return tuple(AssignedLine(row, attempts.get(row.assignment.id, ())) for row in rows)


def _shows_marks(now: dt.datetime) -> ColumnElement[bool]:
    """The rule of ``may_show_key`` for submitted sittings, as a condition."""
    by_choice = Assignment.review_after == ReviewAfter.SUBMIT
    return Attempt.assignment_id.is_(None) | by_choice | (Assignment.closes_at < now - GRACE)


def _is_own(actor: Actor) -> ColumnElement[bool]:
    if actor.is_signed_in:
        return Attempt.person_id == actor.person_id
    return (Attempt.browser_key == actor.browser_key) & Attempt.person_id.is_(None)
