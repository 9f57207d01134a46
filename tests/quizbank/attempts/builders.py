"""Makes sittings for tests."""

import datetime as dt
import random
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt
from quizbank.attempts.rules import Wish
from quizbank.classes.models import Assignment, SchoolClass
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.questions.builders import a_choice, a_question
from tests.quizbank.quizzes.builders import a_quiz

BROWSER = Actor(browser_key="a browser of the tests")
LATER = MOMENT + dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Given:
    """An assignment with its teacher and one student who may sit it."""

    teacher: Actor
    student: Actor
    school_class: SchoolClass
    quiz: Quiz
    assignment: Assignment


def a_practice(session: Session, actor: Actor = BROWSER, *, count: int = 3, key: str = "B") -> Attempt:
    """A practice of single choice questions whose key is ``key``, the options shuffled as ever."""
    for _ in range(count):
        a_question(session, a_choice(key=key))
    return actions.start_practice(session, actor, Wish("toan", count=count), chance=random.Random(3), now=MOMENT)


def given_assignment(
    session: Session,
    teacher: Actor | None = None,
    student: Actor | None = None,
    *,
    codes: tuple[str, ...] = (),
    **more: int | str | dt.datetime,
) -> Given:
    teacher = teacher or an_actor(session, Role.TEACHER)
    student = student or an_actor(session, Role.STUDENT)
    school_class = a_class(session, teacher, student)
    quiz = a_quiz(session, teacher, codes=codes)
    assignment = an_assignment(session, teacher, school_class, quiz, **more)  # type: ignore[arg-type]
    return Given(teacher, student, school_class, quiz, assignment)
