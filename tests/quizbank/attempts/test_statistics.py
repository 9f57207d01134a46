"""What sittings tell the search index about questions, and when."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt, AttemptItem, AttemptResult
from quizbank.attempts.rules import Mode
from quizbank.attempts.statistics import (
    COUNT_JOB,
    Figures,
    count_answers,
    figures_of_questions,
    is_worth_telling,
    schedule_count,
)
from quizbank.questions.descriptions import read_documents
from quizbank.questions.models import Question, QuestionStatistics
from repository.jobs import Job, JobContext
from repository.search.models import SearchChange
from repository.services import Services
from tests.builders import MOMENT
from tests.quizbank.attempts.builders import BROWSER, a_practice
from tests.quizbank.questions.builders import a_question


def context_of(services: Services) -> JobContext:
    return JobContext(1, services, services.sessions, lambda: MOMENT)


def sat(session: Session, question: Question, *, right: int, wrong: int, blank: int = 0) -> None:
    """Sittings of one question each, with these many answers."""
    results = [(1, "1")] * right + [(1, "0")] * wrong + [(0, "0")] * blank
    for number, (revision, fraction) in enumerate(results):
        attempt = Attempt(
            token=f"{question.id}-{number}-{right}", mode=Mode.PRACTICE, subject="toan", started_at=MOMENT, max_marks=1
        )
        session.add(attempt)
        session.flush()
        key = {"attempt_id": attempt.id, "position": 1}
        session.add(AttemptItem(**key, question_version_id=question.published_version_id, marks=1, option_order="ABCD"))
        session.flush()
        session.add(
            AttemptResult(
                **key, revision=revision, marks=Decimal(fraction), fraction=Decimal(fraction), graded_at=MOMENT
            )
        )
    session.commit()


def changes(session: Session) -> list[int]:
    session.rollback()
    return list(session.scalars(select(SearchChange.thing_id).where(SearchChange.kind == "question")))


def test_figures_are_counted_over_all_sittings(session: Session) -> None:
    question = a_question(session)
    sat(session, question, right=3, wrong=1, blank=2)
    assert figures_of_questions(session)[question.id] == Figures(uses=6, answers=4, wrong_fraction=0.25)


def test_the_index_is_told_of_what_changed_and_only_once(services: Services, session: Session) -> None:
    question, other = a_question(session), a_question(session)
    sat(session, question, right=5, wrong=15)
    for _ in range(2):
        with services.sessions() as own:
            count_answers(own, {}, context_of(services))
            own.commit()
    assert changes(session) == [question.id]
    assert session.get(QuestionStatistics, other.id) is None


def test_a_document_knows_uses_and_difficulty(services: Services, session: Session) -> None:
    question = a_question(session)
    sat(session, question, right=5, wrong=15)
    with services.sessions() as own:
        count_answers(own, {}, context_of(services))
        own.commit()
    session.rollback()
    [document] = read_documents(session, [question.id])
    assert (document.uses, document.difficulty, document.facets["difficulty"]) == (20, 0.75, ("hard",))


def test_few_answers_tell_no_difficulty(services: Services, session: Session) -> None:
    question = a_question(session)
    sat(session, question, right=0, wrong=19)
    with services.sessions() as own:
        count_answers(own, {}, context_of(services))
        own.commit()
    session.rollback()
    [document] = read_documents(session, [question.id])
    assert (document.uses, document.difficulty, document.facets["difficulty"]) == (19, None, ())


def test_small_changes_are_not_worth_a_word() -> None:
    known = Figures(uses=100, answers=90, wrong_fraction=0.5)
    assert not is_worth_telling(known, Figures(105, 95, 0.51))
    assert is_worth_telling(known, Figures(111, 95, 0.5))
    assert is_worth_telling(known, Figures(105, 95, 0.53))
    assert is_worth_telling(Figures(), Figures(1))


def test_a_submitted_sitting_has_the_answers_counted_by_night(session: Session) -> None:
    for _ in range(2):
        actions.submit_attempt(session, BROWSER, a_practice(session).token, now=MOMENT)
    jobs = session.scalars(select(Job).where(Job.kind == COUNT_JOB)).all()
    assert [job.run_after for job in jobs] == [MOMENT + dt.timedelta(hours=24)]


def test_one_count_is_planned_at_a_time(session: Session) -> None:
    schedule_count(session, now=MOMENT)
    schedule_count(session, now=MOMENT)
    assert len(session.scalars(select(Job).where(Job.kind == COUNT_JOB)).all()) == 1
