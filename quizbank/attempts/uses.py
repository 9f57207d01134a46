"""Who used which version of a question: papers with their codes, assignments, sittings.

A paper keeps the version it was built with, so every version that was ever used is told of. Papers that the reader may
not open are counted, not named; nobody learns who sat.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptItem
from quizbank.classes.models import Assignment, SchoolClass
from quizbank.permissions import SEE_QUIZ, SEE_USES, TEACH_CLASS
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import see_question
from quizbank.quizzes.models import Quiz, QuizItem, QuizVariant
from repository.permissions import Actor

PAGE_SIZE = 20
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class VersionUses:
    """How often one version was used: in papers, and in sittings of assignments and of practice."""

    number: int
    quizzes: int = 0
    variants: int = 0
    assignments: int = 0
    sittings: int = 0
    practices: int = 0


@dataclass(frozen=True)
class AssignedTo:
    """``class_id`` and ``class_name`` are empty for those who do not teach the class."""

    assignment_id: int
    class_id: int | None
    class_name: str


@dataclass(frozen=True)
class QuizUse:
    """A paper that the reader may open, and where in it the question stands."""

    quiz_id: int
    title: str
    number: int
    position: int
    codes: tuple[str, ...]
    assigned: tuple[AssignedTo, ...]


@dataclass(frozen=True)
class Uses:
    """``others``: papers that the reader may not open. ``after``: the key of the next page, None on the last.

    ``is_cut``: there were more sittings than the ``MOST_COUNTED`` that were counted.
    """

    question: Question
    versions: tuple[VersionUses, ...]
    quizzes: tuple[QuizUse, ...]
    others: int
    after: int | None
    is_cut: bool = False


@dataclass(frozen=True)
class InUse:
    """What an editor should know before changing a question: papers that have it, and how many are assigned."""

    quizzes: int
    assigned: int


def uses_of(session: Session, actor: Actor, question_id: int, *, after: int | None = None) -> Uses:
    """All uses of a question, papers the newest first, in a constant number of queries.

    Raises:
        NotFound: there is no such question for this actor.
        Forbidden: it is for its maker and for those who prepare content.
    """
    question = see_question(session, actor, question_id)
    SEE_USES.require(actor, question)
    quizzes, next_key = _quizzes(session, actor, question_id, after)
    versions, is_cut = _versions(session, question_id)
    others = session.scalar(_papers(question_id, func.count(Quiz.id.distinct())).where(~_may_open(actor))) or 0
    return Uses(question, versions, quizzes, others, next_key, is_cut)


def in_use(session: Session, question_id: int) -> InUse:
    """How many papers have a question, in any version, in one query."""
    counted = _papers(question_id, func.count(Quiz.id.distinct()), func.count(Assignment.quiz_id.distinct()))
    quizzes, assigned = session.execute(counted.outerjoin(Assignment, Assignment.quiz_id == Quiz.id)).one()
    return InUse(quizzes, assigned)


def _papers(question_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    """A query over the papers that have the question; those that were thrown away are left out."""
    return (
        select(*columns)
        .select_from(QuestionVersion)
        .join(QuizItem, QuizItem.question_version_id == QuestionVersion.id)
        .join(Quiz, Quiz.id == QuizItem.quiz_id)
        .where(QuestionVersion.question_id == question_id, Quiz.deleted_at.is_(None))
    )


def _may_open(actor: Actor) -> ColumnElement[bool]:
    """Papers that ``SEE_QUIZ`` lets the actor open."""
    if SEE_QUIZ.allows(actor, None):
        return true()
    return func.coalesce(Quiz.created_by_id, 0) == (actor.person_id or 0)


def _quizzes(
    session: Session, actor: Actor, question_id: int, after: int | None
) -> tuple[tuple[QuizUse, ...], int | None]:
    query = _papers(question_id, Quiz.id, Quiz.title, QuestionVersion.number, QuizItem.position)
    if after is not None:
        query = query.where(Quiz.id < after)
    query = query.where(_may_open(actor)).order_by(Quiz.id.desc(), QuizItem.position).limit(PAGE_SIZE + 1)
    found = session.execute(query).all()
    shown = found[:PAGE_SIZE]
    ids = {row[0] for row in shown}
    codes: dict[int, list[str]] = {}
    variants = select(QuizVariant.quiz_id, QuizVariant.code).where(QuizVariant.quiz_id.in_(ids))
    for id, code in session.execute(variants.order_by(QuizVariant.code)):
        codes.setdefault(id, []).append(code)
    assigned = _assignments(session, actor, ids)
    quizzes = tuple(
        QuizUse(id, title, number, position, tuple(codes.get(id, ())), tuple(assigned.get(id, ())))
        for id, title, number, position in shown
    )
    return quizzes, shown[-1][0] if len(found) > PAGE_SIZE else None


def _assignments(session: Session, actor: Actor, quiz_ids: Iterable[int]) -> Mapping[int, list[AssignedTo]]:
    query = (
        select(Assignment.quiz_id, Assignment.id, SchoolClass)
        .join(SchoolClass, SchoolClass.id == Assignment.class_id)
        .where(Assignment.quiz_id.in_(quiz_ids))
        .order_by(Assignment.id.desc())
    )
    found: dict[int, list[AssignedTo]] = {}
    for quiz_id, assignment_id, school_class in session.execute(query):
        may_open = TEACH_CLASS.allows(actor, school_class)
        place = (school_class.id, school_class.name) if may_open else (None, "")
        found.setdefault(quiz_id, []).append(AssignedTo(assignment_id, *place))
    return found


def _versions(session: Session, question_id: int) -> tuple[tuple[VersionUses, ...], bool]:
    """Every version, the newest first, and whether there were more sittings than were counted."""
    query = select(QuestionVersion.id, QuestionVersion.number).where(QuestionVersion.question_id == question_id)
    numbers = dict(session.execute(query.order_by(QuestionVersion.number.desc())).all())
    things = (Quiz.id, QuizVariant.id, Assignment.id)
    papers = _papers(question_id, QuestionVersion.id, *(func.count(thing.distinct()) for thing in things))
    papers = papers.outerjoin(QuizVariant, QuizVariant.quiz_id == Quiz.id)
    papers = papers.outerjoin(Assignment, Assignment.quiz_id == Quiz.id).group_by(QuestionVersion.id)
    used = {id: counts for id, *counts in session.execute(papers)}
    sat = _sat(session, list(numbers))
    versions = tuple(
        VersionUses(
            number,
            *used.get(id, (0, 0, 0)),
            *(sat.get((id, is_practice), 0) for is_practice in (False, True)),
        )
        for id, number in numbers.items()
    )
    return versions, sum(sat.values()) >= MOST_COUNTED


def _sat(session: Session, version_ids: Sequence[int]) -> Mapping[tuple[int, bool], int]:
    """(Version, whether it was practice) -> sittings that asked it, ``MOST_COUNTED`` of them all at most."""
    asked = select(AttemptItem.attempt_id, AttemptItem.question_version_id)
    some = asked.where(AttemptItem.question_version_id.in_(version_ids)).limit(MOST_COUNTED).subquery()
    kind = (some.c.question_version_id, Attempt.quiz_id.is_(None).label("is_practice"))
    query = select(*kind, func.count()).select_from(some).join(Attempt, Attempt.id == some.c.attempt_id).group_by(*kind)
    return {(id, bool(is_practice)): count for id, is_practice, count in session.execute(query)}
