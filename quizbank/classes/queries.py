"""Questions asked about classes and assignments. What somebody may not see does not exist for them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from quizbank.classes.models import Assignment, ClassMember, SchoolClass
from quizbank.permissions import HAVE_CLASSES, TEACH_CLASS
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.models import Quiz, QuizItem
from repository.accounts.models import Person
from repository.errors import NotFound
from repository.permissions import Actor

PAGE_SIZE = 50
SETTLED = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class ClassRow:
    """A line of the list of classes. ``is_taught``: the reader is its teacher."""

    school_class: SchoolClass
    teacher_name: str
    member_count: int
    assignment_count: int
    is_taught: bool


@dataclass(frozen=True)
class AssignmentRow:
    assignment: Assignment
    quiz: Quiz
    class_name: str = ""


@dataclass(frozen=True)
class MemberRow:
    person_id: int
    name: str
    email: str


def list_classes(session: Session, actor: Actor, after: int | None = None) -> tuple[list[ClassRow], int | None]:
    """The classes that the actor teaches or has joined, the newest first, and the key of the next page."""
    HAVE_CLASSES.require(actor)
    members = select(func.count()).where(ClassMember.class_id == SchoolClass.id).scalar_subquery()
    assigned = select(func.count()).where(Assignment.class_id == SchoolClass.id).scalar_subquery()
    query = (
        select(SchoolClass, Person.name, members, assigned)
        .join(Person, Person.id == SchoolClass.teacher_id)
        .where(_is_mine(actor))
        .order_by(SchoolClass.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if after is not None:
        query = query.where(SchoolClass.id < after)
    rows = [
        ClassRow(found, name, member_count, assignment_count, found.teacher_id == actor.person_id)
        for found, name, member_count, assignment_count in session.execute(query)
    ]
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].school_class.id if len(rows) > PAGE_SIZE else None


def get_class(session: Session, actor: Actor, class_id: int) -> SchoolClass:
    """The class, for its teacher and its members."""
    HAVE_CLASSES.require(actor)
    found = session.get(SchoolClass, class_id)
    if found is None or not (TEACH_CLASS.allows(actor, found) or is_member(session, actor, class_id)):
        raise NotFound("Không có lớp này, hoặc bạn chưa vào lớp.")
    return found


def get_taught_class(session: Session, actor: Actor, class_id: int) -> SchoolClass:
    """The class, for its teacher only; its members learn that they may not."""
    found = get_class(session, actor, class_id)
    TEACH_CLASS.require(actor, found)
    return found


def is_member(session: Session, actor: Actor, class_id: int) -> bool:
    return actor.person_id is not None and session.get(ClassMember, (class_id, actor.person_id)) is not None


def get_assignment(session: Session, actor: Actor, assignment_id: int) -> tuple[Assignment, SchoolClass]:
    """An assignment and its class, for the teacher and the members."""
    HAVE_CLASSES.require(actor)
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise NotFound("Không có bài được giao này.")
    return assignment, get_class(session, actor, assignment.class_id)


def list_members(session: Session, actor: Actor, school_class: SchoolClass) -> list[MemberRow]:
    """Who is in the class, in the order they joined; for the teacher."""
    TEACH_CLASS.require(actor, school_class)
    query = (
        select(Person.id, Person.name, Person.email)
        .join(ClassMember, ClassMember.person_id == Person.id)
        .where(ClassMember.class_id == school_class.id)
        .order_by(ClassMember.joined_at, Person.id)
    )
    return [MemberRow(*row) for row in session.execute(query)]


def list_assignments(
    session: Session, school_class: SchoolClass, after: int | None = None
) -> tuple[list[AssignmentRow], int | None]:
    """The assignments of a class that was already seen, the newest first, and the key of the next page."""
    query = select(Assignment, Quiz).join(Quiz, Quiz.id == Assignment.quiz_id)
    query = query.where(Assignment.class_id == school_class.id)
    if after is not None:
        query = query.where(Assignment.id < after)
    rows = [AssignmentRow(*row) for row in session.execute(query.order_by(Assignment.id.desc()).limit(PAGE_SIZE + 1))]
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].assignment.id if len(rows) > PAGE_SIZE else None


def repairs_told(
    session: Session, rows: Sequence[AssignmentRow], *, is_taught: bool, now: dt.datetime
) -> Mapping[int, tuple[str, ...]]:
    """Assignment -> the reasons of repairs of its quiz's keys that stand, the newest first; one query.

    The class is told once the assignment is closed: a reason may give a key away.
    """
    assignments = [row.assignment for row in rows]
    told = {one.id: one.quiz_id for one in assignments if is_taught or one.closes_at + SETTLED < now}
    undoing = aliased(KeyRepair)
    query = (
        select(KeyRepair.quiz_id, KeyRepair.reason)
        .where(KeyRepair.quiz_id.in_(set(told.values())), KeyRepair.undoes_id.is_(None))
        .where(~select(undoing.id).where(undoing.undoes_id == KeyRepair.id).exists())
        .order_by(KeyRepair.id.desc())
    )
    found: dict[int, tuple[str, ...]] = {}
    for quiz_id, reason in session.execute(query):
        found[quiz_id or 0] = tuple(dict.fromkeys((*found.get(quiz_id or 0, ()), reason)))
    return {id_: found[quiz_id] for id_, quiz_id in told.items() if quiz_id in found}


def assignments_for(session: Session, actor: Actor, limit: int = 30) -> list[AssignmentRow]:
    """What the actor's classes were given, the last to close first."""
    HAVE_CLASSES.require(actor)
    query = (
        select(Assignment, Quiz, SchoolClass.name)
        .join(Quiz, Quiz.id == Assignment.quiz_id)
        .join(SchoolClass, SchoolClass.id == Assignment.class_id)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .where(ClassMember.person_id == actor.person_id)
        .order_by(Assignment.closes_at.desc(), Assignment.id.desc())
        .limit(limit)
    )
    return [AssignmentRow(*row) for row in session.execute(query)]


def quizzes_to_assign(session: Session, actor: Actor, limit: int = 200) -> list[Quiz]:
    """The actor's own quizzes, the newest first."""
    HAVE_CLASSES.require(actor)
    query = select(Quiz).where(Quiz.created_by_id == actor.person_id, Quiz.deleted_at.is_(None))
    return list(session.scalars(query.order_by(Quiz.id.desc()).limit(limit)))


def _is_mine(actor: Actor) -> ColumnElement[bool]:
    joined = select(ClassMember.class_id).where(ClassMember.person_id == actor.person_id)
    return or_(SchoolClass.teacher_id == actor.person_id, SchoolClass.id.in_(joined))


def has_essay(session: Session, quiz_id: int) -> bool:
    """Whether a quiz asks anything that no machine marks."""
    version = QuestionVersion
    query = select(QuizItem.position).join(version, version.id == QuizItem.question_version_id)
    found = session.scalar(query.where(QuizItem.quiz_id == quiz_id, version.type == QuestionType.ESSAY).limit(1))
    return found is not None
