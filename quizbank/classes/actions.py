"""Everything that changes a class or gives it a quiz."""

import datetime as dt
import random

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.classes.models import Assignment, ClassMember, SchoolClass
from quizbank.classes.queries import get_assignment, get_taught_class, has_essay
from quizbank.classes.rules import (
    MAX_MEMBERS,
    NewAssignment,
    check_assignment,
    check_class_name,
    join_code_of,
    new_join_code,
)
from quizbank.permissions import HAVE_CLASSES, MAKE_CLASS, SEE_QUIZ, TEACH_CLASS, signed_in_id
from quizbank.quizzes.actions import freeze_quiz
from quizbank.quizzes.models import Quiz
from repository.audit import record
from repository.errors import Conflict, NotFound
from repository.permissions import Actor

CODE_TRIES = 20


def create_class(session: Session, actor: Actor, name: str, *, chance: random.Random, now: dt.datetime) -> SchoolClass:
    """Make a class with a join code of its own."""
    MAKE_CLASS.require(actor)
    made = SchoolClass(
        name=check_class_name(name),
        join_code=_free_code(session, chance),
        teacher_id=signed_in_id(actor),
        organisation_id=actor.organisation_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    record(session, actor, "create-class", "class", made.id, now)
    return made


def renew_join_code(
    session: Session, actor: Actor, class_id: int, *, chance: random.Random, now: dt.datetime
) -> SchoolClass:
    """Give the class another code: the old one opens nothing any more."""
    found = get_taught_class(session, actor, class_id)
    found.join_code = _free_code(session, chance)
    record(session, actor, "renew-join-code", "class", found.id, now)
    return found


def join_class(session: Session, actor: Actor, code: str, *, now: dt.datetime) -> SchoolClass:
    """Become a member of the class with this code; joining twice is joining once.

    Raises:
        NotFound: no class has this code.
        Conflict: the class is full.
    """
    HAVE_CLASSES.require(actor)
    found = session.scalar(select(SchoolClass).where(SchoolClass.join_code == join_code_of(code)))
    if found is None:
        raise NotFound("Không có lớp nào có mã “{code}”. Hãy xem lại mã với giáo viên.", code=code.strip()[:20])
    if found.teacher_id == actor.person_id or session.get(ClassMember, (found.id, actor.person_id)) is not None:
        return found
    count = session.scalar(select(func.count()).where(ClassMember.class_id == found.id)) or 0
    if count >= MAX_MEMBERS:
        raise Conflict("Lớp đã đủ {limit} người.", limit=MAX_MEMBERS)
    try:
        with session.begin_nested():
            session.add(ClassMember(class_id=found.id, person_id=actor.person_id, joined_at=now))
    except IntegrityError:
        return found
    record(session, actor, "join-class", "class", found.id, now)
    return found


def remove_member(session: Session, actor: Actor, class_id: int, person_id: int, *, now: dt.datetime) -> None:
    """Take a member out of the class; what they sat stays."""
    found = get_taught_class(session, actor, class_id)
    member = session.get(ClassMember, (found.id, person_id))
    if member is None:
        raise NotFound("Học sinh này không ở trong lớp.")
    session.delete(member)
    session.flush()
    record(session, actor, "remove-member", "class", found.id, now, person_id=person_id)


def assign_quiz(session: Session, actor: Actor, class_id: int, new: NewAssignment, *, now: dt.datetime) -> Assignment:
    """Give a quiz to a class. From then on the quiz can't be changed.

    Raises:
        NotFound: no such quiz, or not the actor's.
        Conflict: it has an essay, which no machine marks.
        Invalid: its times or numbers make no sense.
    """
    found = get_taught_class(session, actor, class_id)
    quiz = session.get(Quiz, new.quiz_id)
    if quiz is None or quiz.deleted_at is not None or not SEE_QUIZ.allows(actor, quiz):
        raise NotFound("Không có đề này.")
    if has_essay(session, quiz.id):
        raise Conflict("Đề có câu tự luận nên không giao làm trên máy được: hãy in đề cho học sinh làm trên giấy.")
    check_assignment(new, now=now)
    made = Assignment(
        class_id=found.id,
        quiz_id=quiz.id,
        opens_at=new.opens_at.astimezone(dt.UTC),
        closes_at=new.closes_at.astimezone(dt.UTC),
        duration_minutes=new.duration_minutes,
        attempts_allowed=new.attempts_allowed,
        review_after=new.review_after,
        created_by_id=actor.person_id,
        created_at=now,
    )
    session.add(made)
    freeze_quiz(session, actor, quiz.id, now=now)
    session.flush()
    record(session, actor, "assign-quiz", "assignment", made.id, now, quiz_id=quiz.id, class_id=found.id)
    return made


def close_assignment(session: Session, actor: Actor, assignment_id: int, *, now: dt.datetime) -> Assignment:
    """End an assignment now: nobody may start any more. Closing twice is closing once."""
    assignment, found = get_assignment(session, actor, assignment_id)
    TEACH_CLASS.require(actor, found)
    if now < assignment.closes_at:
        assignment.closes_at = max(now, assignment.opens_at)
        record(session, actor, "close-assignment", "assignment", assignment.id, now)
    return assignment


def _free_code(session: Session, chance: random.Random) -> str:
    for _ in range(CODE_TRIES):
        code = new_join_code(chance)
        if session.scalar(select(SchoolClass.id).where(SchoolClass.join_code == code)) is None:
            return code
    raise Conflict("Chưa tạo được mã lớp. Hãy thử lại.")
