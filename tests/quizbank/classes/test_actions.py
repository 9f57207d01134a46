"""Classes belong to their teachers; members see what they were given."""

import datetime as dt
import random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.classes import actions, queries
from quizbank.classes.models import ClassMember
from quizbank.classes.rules import MAX_MEMBERS, NewAssignment
from quizbank.questions.rules import QuestionType
from repository.audit import AuditEntry
from repository.errors import Conflict, Forbidden, NotFound, NotSignedIn
from repository.permissions import STRANGER, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.classes.builders import CLOSES_AT, OPENS_AT, a_class, an_assignment
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.quizzes.builders import a_quiz

CHANCE = random.Random(7)


def test_a_teacher_makes_a_class_and_a_student_joins_it(session: Session) -> None:
    teacher, student = an_actor(session, Role.TEACHER), an_actor(session, Role.STUDENT)
    made = a_class(session, teacher, student)
    assert [row.school_class.id for row in queries.list_classes(session, student)[0]] == [made.id]
    assert queries.list_members(session, teacher, made)[0].person_id == student.person_id


def test_joining_twice_is_joining_once(session: Session) -> None:
    teacher, student = an_actor(session, Role.TEACHER), an_actor(session, Role.STUDENT)
    made = a_class(session, teacher, student, student)
    assert session.scalar(select(func.count()).where(ClassMember.class_id == made.id)) == 1


def test_a_teacher_does_not_join_the_own_class(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    made = a_class(session, teacher, teacher)
    assert queries.list_members(session, teacher, made) == []


def test_a_wrong_code_opens_no_class(session: Session) -> None:
    with pytest.raises(NotFound):
        actions.join_class(session, an_actor(session, Role.STUDENT), "XXXXXXX", now=MOMENT)


def test_a_renewed_code_closes_the_old_door(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    made = a_class(session, teacher)
    old = made.join_code
    actions.renew_join_code(session, teacher, made.id, chance=CHANCE, now=MOMENT)
    with pytest.raises(NotFound):
        actions.join_class(session, an_actor(session, Role.STUDENT), old, now=MOMENT)


def test_a_full_class_takes_nobody(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_MEMBERS", 1)
    teacher, first, second = (an_actor(session, role) for role in (Role.TEACHER, Role.STUDENT, Role.STUDENT))
    made = a_class(session, teacher, first)
    assert MAX_MEMBERS > 1
    with pytest.raises(Conflict):
        actions.join_class(session, second, made.join_code, now=MOMENT)


def test_a_removed_member_no_longer_sees_the_class(session: Session) -> None:
    teacher, student = an_actor(session, Role.TEACHER), an_actor(session, Role.STUDENT)
    made = a_class(session, teacher, student)
    actions.remove_member(session, teacher, made.id, student.person_id or 0, now=MOMENT)
    with pytest.raises(NotFound):
        queries.get_class(session, student, made.id)


def test_removing_somebody_who_is_not_there_is_told(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    with pytest.raises(NotFound):
        actions.remove_member(session, teacher, a_class(session, teacher).id, 999_999, now=MOMENT)


def test_an_assigned_quiz_is_frozen(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    quiz = a_quiz(session, teacher)
    an_assignment(session, teacher, a_class(session, teacher), quiz)
    assert quiz.assigned_at == MOMENT


def test_a_quiz_with_an_essay_can_not_be_assigned(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    quiz = a_quiz(session, teacher, a_cell(), a_cell(type=QuestionType.ESSAY, count=1, marks="1"))
    with pytest.raises(Conflict, match="in đề"):
        an_assignment(session, teacher, a_class(session, teacher), quiz)
    assert quiz.assigned_at is None


def test_anothers_quiz_can_not_be_assigned(session: Session) -> None:
    teacher, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    with pytest.raises(NotFound):
        an_assignment(session, teacher, a_class(session, teacher), a_quiz(session, other))


def test_closing_twice_is_closing_once(session: Session) -> None:
    teacher = an_actor(session, Role.TEACHER)
    assignment = an_assignment(session, teacher, a_class(session, teacher))
    first = MOMENT + dt.timedelta(hours=1)
    actions.close_assignment(session, teacher, assignment.id, now=first)
    actions.close_assignment(session, teacher, assignment.id, now=first + dt.timedelta(hours=1))
    assert assignment.closes_at == first


def test_every_change_is_in_the_audit_trail(session: Session) -> None:
    teacher, student = an_actor(session, Role.TEACHER), an_actor(session, Role.STUDENT)
    an_assignment(session, teacher, a_class(session, teacher, student))
    done = set(session.scalars(select(AuditEntry.action)))
    assert {"create-class", "join-class", "assign-quiz"} <= done


def test_a_student_makes_no_class(session: Session) -> None:
    with pytest.raises(Forbidden):
        actions.create_class(session, an_actor(session, Role.STUDENT), "12A1", chance=CHANCE, now=MOMENT)


def test_a_stranger_makes_and_joins_no_class(session: Session) -> None:
    made = a_class(session, an_actor(session, Role.TEACHER))
    with pytest.raises(NotSignedIn):
        actions.create_class(session, STRANGER, "12A1", chance=CHANCE, now=MOMENT)
    with pytest.raises(NotSignedIn):
        actions.join_class(session, STRANGER, made.join_code, now=MOMENT)


def test_another_teacher_finds_no_such_class(session: Session) -> None:
    teacher, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    made = a_class(session, teacher)
    new = NewAssignment(a_quiz(session, other).id, OPENS_AT, CLOSES_AT, 45)
    for attempt in (
        lambda: actions.assign_quiz(session, other, made.id, new, now=MOMENT),
        lambda: actions.renew_join_code(session, other, made.id, chance=CHANCE, now=MOMENT),
        lambda: actions.remove_member(session, other, made.id, 1, now=MOMENT),
        lambda: queries.get_class(session, other, made.id),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_member_may_not_do_the_teachers_work(session: Session) -> None:
    teacher, student = an_actor(session, Role.TEACHER), an_actor(session, Role.STUDENT)
    made = a_class(session, teacher, student)
    assignment = an_assignment(session, teacher, made)
    with pytest.raises(Forbidden):
        actions.close_assignment(session, student, assignment.id, now=MOMENT)
    with pytest.raises(Forbidden):
        queries.list_members(session, student, made)
