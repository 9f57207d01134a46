"""Codes in the database: what is stored never changes by itself."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.queries import variants_with_items
from quizbank.quizzes.shuffling import USUAL, Shuffling
from quizbank.quizzes.variant_actions import (
    add_variants,
    codes_of,
    deal_codes,
    remove_variants,
    reshuffle_variants,
)
from repository.errors import Conflict, Forbidden, Invalid
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.quizzes.builders import a_quiz


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def stored(session: Session, quiz: Quiz) -> dict[str, list[tuple[int, int, str]]]:
    session.expire_all()
    return {
        variant.code: [(one.position, one.item_position, one.option_order) for one in variant.items]
        for variant in variants_with_items(session, quiz.id)
    }


def test_codes_that_stand_never_change_when_others_come(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=12), codes=("101", "102"))
    session.execute(update(QuizVariant).values(shuffling=None))
    before = stored(session, quiz)
    assert add_variants(session, teacher, quiz.id, ("102", "103", "099"), now=MOMENT) == ["103", "099"]
    after = stored(session, quiz)
    assert {code: after[code] for code in before} == before and len(after) == 4


def test_codes_are_the_same_whether_they_come_at_once_or_one_by_one(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=12), codes=("101", "102", "103"))
    at_once = stored(session, quiz)
    remove_variants(session, teacher, quiz.id, now=MOMENT)
    assert codes_of(session, quiz.id) == []
    for code in ("101", "102", "103"):
        add_variants(session, teacher, quiz.id, (code,), now=MOMENT)
    assert stored(session, quiz) == at_once


def test_what_was_chosen_is_stored_and_counts_when_codes_are_dealt_anew(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=12))
    fixed = Shuffling(questions=False, options=False)
    add_variants(session, teacher, quiz.id, ("101",), now=MOMENT, shuffling=fixed)
    add_variants(session, teacher, quiz.id, ("102",), now=MOMENT)
    before = stored(session, quiz)
    reshuffle_variants(session, quiz)
    assert stored(session, quiz) == before
    assert [one[1] for one in before["101"]] == list(range(1, 13)) != [one[1] for one in before["102"]]
    assert [Shuffling.from_stored(one.shuffling) for one in quiz.variants] == [fixed, USUAL]


def test_what_later_versions_store_is_read_as_far_as_it_is_known() -> None:
    assert Shuffling.from_stored({"questions": False, "by_level": True}) == Shuffling(questions=False)
    assert Shuffling.from_stored(None) == USUAL


def test_too_few_codes_for_the_forms_are_refused(session: Session, teacher: Actor) -> None:
    first, second = a_quiz(session, teacher), a_quiz(session, teacher)
    second.form_of_id, second.form = first.id, 2
    session.flush()
    with pytest.raises(Invalid):
        deal_codes(session, teacher, first.id, ("101",), now=MOMENT)
    assert deal_codes(session, teacher, first.id, ("101", "102"), now=MOMENT) == {"101": 1, "102": 2}
    assert deal_codes(session, teacher, first.id, ("102", "101"), now=MOMENT) == {}
    assert deal_codes(session, teacher, first.id, ("103",), now=MOMENT) == {"103": 1}
    assert deal_codes(session, teacher, first.id, ("104", "105"), now=MOMENT) == {"104": 2, "105": 1}


def test_nobody_deals_codes_of_anothers_quiz_or_of_one_that_was_given(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101",))
    for change in (deal_codes, add_variants):
        with pytest.raises(Forbidden):
            change(session, an_actor(session, Role.TEACHER), quiz.id, ("102",), now=MOMENT)
    quiz.assigned_at = MOMENT
    with pytest.raises(Conflict):
        remove_variants(session, teacher, quiz.id, now=MOMENT)
