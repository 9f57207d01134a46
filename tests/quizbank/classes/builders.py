"""Makes classes and assignments for tests."""

import datetime as dt
import random

from sqlalchemy.orm import Session

from quizbank.classes import actions
from quizbank.classes.models import Assignment, SchoolClass
from quizbank.classes.rules import NewAssignment
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor
from tests.builders import MOMENT
from tests.quizbank.quizzes.builders import a_quiz

OPENS_AT = MOMENT
CLOSES_AT = MOMENT + dt.timedelta(days=100)


def a_class(session: Session, teacher: Actor, *members: Actor, name: str = "12A1") -> SchoolClass:
    made = actions.create_class(session, teacher, name, chance=random.Random(), now=MOMENT)
    for member in members:
        actions.join_class(session, member, made.join_code, now=MOMENT)
    return made


def an_assignment(
    session: Session,
    teacher: Actor,
    school_class: SchoolClass,
    quiz: Quiz | None = None,
    *,
    closes_at: dt.datetime = CLOSES_AT,
    minutes: int = 45,
    allowed: int = 1,
    review_after: str = "close",
) -> Assignment:
    quiz = quiz or a_quiz(session, teacher)
    new = NewAssignment(quiz.id, OPENS_AT, closes_at, minutes, allowed, review_after)
    return actions.assign_quiz(session, teacher, school_class.id, new, now=MOMENT)
