"""Repairs keys for tests, and has the worker mark again."""

import datetime as dt
import random
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.actions import repairing
from quizbank.attempts.actions.repairing import Wish
from quizbank.attempts.models import Attempt, AttemptItem
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.remarking import REMARK_JOB
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import Mode
from quizbank.attempts.rules import Wish as Practice
from quizbank.classes.actions import join_class
from quizbank.questions.cards import shown_response
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.models import QuizItem
from repository.db import writing
from repository.jobs import JobContext, Worker
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.conftest import NOW
from tests.quizbank.attempts.builders import BROWSER, LATER, Given
from tests.quizbank.questions.builders import a_choice, a_question

AFTER = LATER + dt.timedelta(days=1)


def item_of(session: Session, given: Given, position: int = 1) -> tuple[QuizItem, QuestionVersion]:
    item = session.get_one(QuizItem, (given.quiz.id, position))
    return item, session.get_one(QuestionVersion, item.question_version_id)


def sat(session: Session, given: Given, response: str, student: Actor | None = None) -> Attempt:
    """A submitted sitting whose answer to question 1 of the quiz is this canonical response."""
    student = student or given.student
    attempt = actions.start_assigned(session, student, given.assignment.id, now=MOMENT)
    answer(session, student, attempt, item_of(session, given)[1].id, response)
    return actions.submit_attempt(session, student, attempt.token, now=LATER)


def answer(session: Session, student: Actor, attempt: Attempt, version_id: int, response: str) -> int:
    """Answer the question wherever it stands in this sitting; returns its position."""
    items = get_sitting(session, student, attempt.token).items
    one = next(one for one in items if one.version.id == version_id)
    shown = shown_response(QuestionType(one.version.type), response, one.item.option_order)
    actions.save_answer(session, student, attempt.token, one.item.position, shown, based_on=0, now=LATER)
    return one.item.position


def repair(
    session: Session, given: Given, key: str = "C", *, treatment: str = "key", to: int | None = None
) -> KeyRepair:
    subject = repairing.quiz_subject(session, given.teacher, given.quiz.id, 1)
    return actions.repair_key(session, given.teacher, subject, Wish(treatment, to, key), "Đáp án sai.", now=AFTER)


def repair_in_bank(session: Session, question_id: int, key: str = "C", *, treatment: str = "key") -> KeyRepair:
    reviewer = an_actor(session, Role.REVIEWER)
    subject = repairing.bank_subject(session, reviewer, question_id, None)
    return actions.repair_key(session, reviewer, subject, Wish(treatment, None, key), "Đáp án sai.", now=AFTER)


def work(session: Session, services: Services) -> None:
    """Let the worker mark again, and read anew what it wrote."""
    session.commit()
    Worker(services.sessions, services.job_handlers, services, lambda: NOW).run_due((REMARK_JOB,))
    session.expire_all()
    writing(session)


def context_of(services: Services) -> JobContext:
    return JobContext(1, services, services.sessions, lambda: NOW)


def remarks(session: Session) -> list[tuple[int, Decimal]]:
    found = session.scalars(select(AttemptRemark).order_by(AttemptRemark.attempt_id, AttemptRemark.number))
    return [(one.number, one.marks) for one in found]


def join(session: Session, given: Given, student: Actor) -> None:
    join_class(session, student, given.school_class.join_code, now=MOMENT)


def a_practised(session: Session, count: int, response: str = "C") -> tuple[Question, list[Attempt]]:
    """Submitted practices of one question whose key is B."""
    question = a_question(session, a_choice(key="B"))
    attempts = []
    for number in range(count):
        browser = Actor(browser_key=f"browser {number}")
        attempt = actions.start_practice(
            session, browser, Practice("toan", count=1), chance=random.Random(number), now=MOMENT
        )
        answer(session, browser, attempt, question.published_version_id or 0, response)
        attempts.append(actions.submit_attempt(session, browser, attempt.token, now=LATER))
    return question, attempts


def a_lone_practice(session: Session, version: QuestionVersion, response: str) -> Attempt:
    """A practice that happens to ask this question."""
    attempt = Attempt(
        token=f"practice-{version.id}", mode=Mode.PRACTICE, subject="toan", started_at=MOMENT, max_marks=1
    )
    attempt.browser_key = BROWSER.browser_key
    session.add(attempt)
    session.flush()
    session.add(
        AttemptItem(attempt_id=attempt.id, position=1, question_version_id=version.id, marks=1, option_order="ABCD")
    )
    session.flush()
    actions.save_answer(session, BROWSER, attempt.token, 1, response, based_on=0, now=LATER)
    return actions.submit_attempt(session, BROWSER, attempt.token, now=LATER)


def order_of(session: Session, given: Given, attempt: Attempt) -> str:
    version = item_of(session, given)[1]
    items = get_sitting(session, given.student, attempt.token).items
    return next(one.item.option_order for one in items if one.version.id == version.id)
