"""Practice keeps families apart: of questions that people called alike, a sitting has one."""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from quizbank.attempts.rules import Wish
from quizbank.attempts.selection import choose_versions, places_to_practise, subjects_to_practise
from quizbank.questions.likeness_models import QuestionLikeness, Verdict
from quizbank.questions.likeness_queries import families_in_bank
from quizbank.questions.models import QuestionVersion
from quizbank.questions.states import QuestionState
from repository.db import Base
from tests.quizbank.questions.builders import a_question, an_essay, some_questions


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.VARIANT])
def test_a_practice_has_one_question_of_a_family(session: Session, verdict: Verdict) -> None:
    first, second, third, alone = (one.id for one in some_questions(session, 4))
    alike(session, (first, second), (second, third), verdict=verdict)
    for seed in range(12):
        chosen = choose_versions(session, Wish("toan", count=4), random.Random(seed))
        assert len(chosen) == 2 and alone in questions_of(session, chosen)


def test_nobody_practises_an_essay(session: Session) -> None:
    some_questions(session, 3)
    for _ in range(5):
        a_question(session, an_essay())
    assert len(choose_versions(session, Wish("toan", count=10), random.Random(1))) == 3
    assert subjects_to_practise(session) == {"toan": 3}
    assert sum(place.count for place in places_to_practise(session, "toan")) == 3


def test_a_subject_of_essays_alone_has_nothing_to_practise(session: Session) -> None:
    a_question(session, an_essay(), subject="ngu-van")
    assert choose_versions(session, Wish("ngu-van", count=5), random.Random(1)) == []
    assert subjects_to_practise(session) == {}


def test_a_family_stays_apart_through_a_question_that_nobody_may_draw(session: Session) -> None:
    first, last = (one.id for one in some_questions(session, 2))
    between = a_question(session, state=QuestionState.WITHDRAWN).id
    alike(session, (first, between), (last, between), verdict=Verdict.VARIANT)
    assert len(choose_versions(session, Wish("toan", count=2), random.Random(1))) == 1


def test_a_family_stays_apart_however_far_one_has_to_look(session: Session) -> None:
    twins = [one.id for one in some_questions(session, 30)]
    alike(session, *pairwise(twins), verdict=Verdict.SAME)
    some_questions(session, 2)
    chosen = choose_versions(session, Wish("toan", count=3), random.Random(3))
    assert len(chosen) == 3 and len(questions_of(session, chosen) & set(twins)) == 1


@pytest.mark.parametrize("verdict", [Verdict.OPEN, Verdict.DIFFERENT])
def test_questions_that_nobody_called_alike_are_practised_together(session: Session, verdict: Verdict) -> None:
    first, second = (one.id for one in some_questions(session, 2))
    alike(session, (first, second), verdict=verdict)
    assert len(choose_versions(session, Wish("toan", count=2), random.Random(1))) == 2


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] < pair[1])), st.data())
def test_families_of_some_are_those_of_the_bank(pairs: set[tuple[int, int]], data: st.DataObject) -> None:
    among = data.draw(st.sets(st.integers(1, 9)))
    with a_bank_of(pairs) as session:
        whole, part = families_in_bank(session), families_in_bank(session, among)
    assert {one: part[one] for one in among if one in part} == {one: whole[one] for one in among if one in whole}


def alike(session: Session, *pairs: tuple[int, int], verdict: Verdict) -> None:
    for pair in pairs:
        left, right = sorted(pair)
        session.add(QuestionLikeness(left_id=left, right_id=right, similarity=0.9, is_conflict=False, verdict=verdict))
    session.flush()


def questions_of(session: Session, versions: list[int]) -> set[int]:
    return set(session.scalars(select(QuestionVersion.question_id).where(QuestionVersion.id.in_(versions))))


@contextmanager
def a_bank_of(pairs: Iterable[tuple[int, int]]) -> Iterator[Session]:
    """Nothing but the table of pairs: no property test should pay for a whole database each time."""
    engine = create_engine("sqlite://")
    Base.metadata.tables[QuestionLikeness.__tablename__].create(engine)
    with Session(engine) as session:
        alike(session, *pairs, verdict=Verdict.SAME)
        yield session
    engine.dispose()
