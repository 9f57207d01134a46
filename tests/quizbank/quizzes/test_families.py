"""Questions made of one template never stand together in one quiz."""

import datetime as dt

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizbank.questions.families import joined_families
from quizbank.questions.models import Question
from quizbank.quizzes.actions import build_quiz
from quizbank.quizzes.pool import Source, pool_for
from quizbank.quizzes.queries import versions_of
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.workbench.actions import swap_item
from repository.errors import Conflict
from repository.permissions import Role
from repository.services import Services
from tests.builders import an_actor
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import some_questions

SOURCE = Source("toan", 12, "gdpt-2018")


def a_family(session: Session, number: int, how_many: int, level: str = "biet") -> list[int]:
    ids = [question.id for question in some_questions(session, how_many, level=level)]
    session.execute(update(Question).where(Question.id.in_(ids)).values(family_id=number))
    return ids


def test_a_quiz_takes_one_of_a_family(session: Session, now: dt.datetime) -> None:
    first, second = set(a_family(session, 1, 5)), set(a_family(session, 2, 5))
    teacher = an_actor(session, Role.TEACHER)
    for seed in range(5):
        quiz = build_quiz(session, teacher, a_matrix(a_cell(level="biet", count=2)), title="", seed=seed, now=now)
        ids = {version.question_id for version in versions_of(session, quiz).values()}
        assert (len(ids & first), len(ids & second)) == (1, 1)


def test_a_family_alone_is_a_pool_of_one(session: Session, now: dt.datetime) -> None:
    a_family(session, 1, 5)
    with pytest.raises(PoolTooSmall):
        build_quiz(
            session,
            an_actor(session, Role.TEACHER),
            a_matrix(a_cell(level="biet", count=2)),
            title="",
            seed=1,
            now=now,
        )


def test_a_swap_does_not_bring_a_relative_of_another_cell(session: Session, now: dt.datetime) -> None:
    a_family(session, 1, 1)
    some_questions(session, 1, level="hieu")
    a_family(session, 1, 3, level="hieu")
    matrix = a_matrix(a_cell(level="biet", count=1), a_cell(level="hieu", count=1))
    teacher = an_actor(session, Role.TEACHER)
    quiz = build_quiz(session, teacher, matrix, title="", seed=1, now=now)
    with pytest.raises(Conflict):
        swap_item(session, teacher, quiz.id, 2, revision=1, now=now)


@pytest.mark.parametrize("how_many", [2, 60])
def test_families_cost_the_pool_no_query(session: Session, services: Services, how_many: int) -> None:
    a_family(session, 1, how_many)
    session.commit()
    with count_queries(services.engine) as queries:
        pool = pool_for(session, SOURCE, [a_cell(level="biet", count=1)])
    assert len(set(pool.family_of.values())) == 1 and len(pool.family_of) == how_many
    assert len([query for query in queries if query.startswith("SELECT")]) == 8


def test_what_people_decided_joins_families_of_birth() -> None:
    assert joined_families({3: 1, 1: 1}, {3: 9, 5: 9, 7: 8}) == {1: 1, 3: 1, 5: 1, 7: 7}
    assert joined_families({}, {}) == {}
