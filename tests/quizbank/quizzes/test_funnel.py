"""What the bank has for a cell, step by step."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.states import QuestionState
from quizbank.quizzes.funnel import FunnelPlace, funnel_of
from repository.errors import Forbidden
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import an_actor
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.questions.builders import a_question, some_questions
from tests.quizbank.quizzes.builders import a_quiz


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def places(session: Session, actor: Actor, last: int = 0) -> list[FunnelPlace]:
    return list(funnel_of(session, actor, "toan", "gdpt-2018", last))


def steps(session: Session, actor: Actor, last: int = 0) -> tuple[int, int, int, int]:
    """All, unused, published, usable, of the one place there is."""
    (place,) = places(session, actor, last)
    return place.count, place.unused, place.published, place.usable


def test_published_questions_and_own_drafts_are_told_apart(session: Session, teacher: Actor) -> None:
    some_questions(session, 3, level="biet")
    a_question(session, level="biet", state=QuestionState.DRAFT, by=teacher)
    a_question(session, level="biet", state=QuestionState.DRAFT, by=an_actor(session, Role.TEACHER))
    assert steps(session, teacher) == (4, 4, 3, 3)


def test_questions_of_ones_last_quizzes_are_taken_away(session: Session, teacher: Actor) -> None:
    a_quiz(session, teacher, a_cell(level="biet", count=2))
    a_quiz(session, teacher, a_cell(level="biet", count=3))
    assert steps(session, teacher, last=0) == (5, 5, 5, 5)
    assert steps(session, teacher, last=1) == (5, 2, 5, 2)
    assert steps(session, teacher, last=2)[1] <= 2


def test_quizzes_of_others_take_nothing_away(session: Session, teacher: Actor) -> None:
    a_quiz(session, an_actor(session, Role.TEACHER), a_cell(level="biet", count=2))
    assert steps(session, teacher, last=5)[1] == 2


def test_students_are_told_nothing(session: Session) -> None:
    with pytest.raises(Forbidden):
        places(session, an_actor(session, Role.STUDENT))


def test_other_subjects_and_programmes_do_not_count(session: Session, teacher: Actor) -> None:
    some_questions(session, 2, subject="vat-li")
    some_questions(session, 2, programme="ct-2006")
    assert places(session, teacher) == []


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_funnel_takes_one_query_however_large_the_bank(
    session: Session, services: Services, teacher: Actor, how_many: int
) -> None:
    for level in ("biet", "hieu"):
        some_questions(session, how_many, level=level)
    session.commit()
    with count_queries(services.engine) as queries, services.sessions() as reader:
        funnel_of(reader, teacher, "toan", "gdpt-2018", 5)
    assert sum("group by" in query.lower() for query in queries) == 1


@pytest.mark.parametrize("last", ["-1", "51", "x"])
def test_the_door_refuses_absurd_numbers(sign_in: Callable[..., tuple[FlaskClient, Actor]], last: str) -> None:
    browser, _ = sign_in(Role.TEACHER)
    answer = browser.get(f"/api/matrices/funnel?subject=toan&programme=gdpt-2018&last={last}")
    assert answer.status_code == 422
