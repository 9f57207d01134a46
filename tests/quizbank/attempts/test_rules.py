"""When answers are taken, when keys may be seen, and letters that go over to canonical ones and back."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.attempts.rules import (
    GRACE,
    Mode,
    ReviewAfter,
    Wish,
    accepts_answers,
    check_wish,
    clean_response,
    deadline_of,
    earliest,
    is_open,
    is_overdue,
    may_show_key,
    variant_of,
)
from quizbank.questions.cards import canonical_response, shown_response
from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from repository.errors import Invalid

NOW = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
HOUR = dt.timedelta(hours=1)


def test_practice_has_no_deadline() -> None:
    assert accepts_answers(NOW, None, None)


def test_answers_are_taken_until_the_grace_is_over() -> None:
    assert accepts_answers(NOW + GRACE, NOW, None)
    assert not accepts_answers(NOW + GRACE + SECOND, NOW, None)


def test_nothing_is_taken_after_submission() -> None:
    assert not accepts_answers(NOW, NOW + HOUR, NOW)
    assert not accepts_answers(NOW, None, NOW)


def test_only_an_open_sitting_can_run_out_of_time() -> None:
    assert is_overdue(NOW + GRACE + SECOND, NOW, None)
    assert not is_overdue(NOW + GRACE + SECOND, NOW, NOW)
    assert not is_overdue(NOW, None, None)


def test_an_assignment_is_open_from_its_first_moment_to_its_last() -> None:
    assert is_open(NOW, NOW, NOW + HOUR)
    assert not is_open(NOW + HOUR, NOW, NOW + HOUR)
    assert not is_open(NOW - SECOND, NOW, NOW + HOUR)


def test_who_starts_late_ends_when_all_end() -> None:
    assert deadline_of(NOW, 45, NOW + 10 * HOUR) == NOW + dt.timedelta(minutes=45)
    assert deadline_of(NOW, 45, NOW + SECOND) == NOW + SECOND


def test_the_earliest_moment_counts() -> None:
    assert earliest(NOW, None, NOW + HOUR) == NOW
    assert earliest(None, None) is None


def test_practice_shows_a_key_once_the_question_is_checked() -> None:
    assert not may_show_key(Mode.PRACTICE, now=NOW, submitted_at=None)
    assert may_show_key(Mode.PRACTICE, now=NOW, submitted_at=None, is_checked=True)
    assert may_show_key(Mode.PRACTICE, now=NOW, submitted_at=NOW)


@pytest.mark.parametrize("review_after", [*ReviewAfter])
def test_no_assigned_key_is_shown_before_submission(review_after: ReviewAfter) -> None:
    later = NOW + 10 * HOUR
    assert not may_show_key(
        Mode.ASSIGNED, now=later, submitted_at=None, is_checked=True, review_after=review_after, closes_at=NOW
    )


def test_a_teacher_who_says_submit_lets_review_at_once() -> None:
    assert may_show_key(Mode.ASSIGNED, now=NOW, submitted_at=NOW, review_after=ReviewAfter.SUBMIT, closes_at=NOW + HOUR)


def test_a_teacher_who_says_close_lets_review_when_nobody_can_answer_any_more() -> None:
    def shows(now: dt.datetime) -> bool:
        return may_show_key(
            Mode.ASSIGNED, now=now, submitted_at=NOW, review_after=ReviewAfter.CLOSE, closes_at=NOW + HOUR
        )

    assert not shows(NOW + HOUR) and not shows(NOW + HOUR + GRACE)
    assert shows(NOW + HOUR + GRACE + SECOND)


def test_without_an_assignment_an_assigned_key_stays_hidden() -> None:
    assert not may_show_key(Mode.ASSIGNED, now=NOW, submitted_at=NOW)


def test_a_student_gets_the_same_variant_at_every_start_and_a_class_all_of_them() -> None:
    assert variant_of(7, 3, 4) == variant_of(7, 3, 4)
    spread = Counter(variant_of(person, 3, 4) for person in range(400))
    assert set(spread) == {0, 1, 2, 3} and min(spread.values()) > 60


@pytest.mark.parametrize("count", [0, -1, 41])
def test_a_practice_has_a_number_of_questions(count: int) -> None:
    with pytest.raises(Invalid):
        check_wish(Wish("toan", count=count))


@pytest.mark.parametrize(
    ("kind", "response", "clean"),
    [
        (QuestionType.SINGLE_CHOICE, " B ", "B"),
        (QuestionType.SINGLE_CHOICE, "", ""),
        (QuestionType.MULTIPLE_RESPONSE, "CAC", "AC"),
        (QuestionType.TRUE_FALSE, "TF-T", "TF-T"),
        (QuestionType.TRUE_FALSE, "----", ""),
        (QuestionType.SHORT_ANSWER, " 2,5 ", "2,5"),
    ],
)
def test_a_response_has_one_form(kind: QuestionType, response: str, clean: str) -> None:
    assert clean_response(kind, response, 4) == clean


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        (QuestionType.SINGLE_CHOICE, "E"),
        (QuestionType.SINGLE_CHOICE, "AB"),
        (QuestionType.SINGLE_CHOICE, "b"),
        (QuestionType.MULTIPLE_RESPONSE, "AZ"),
        (QuestionType.TRUE_FALSE, "TF"),
        (QuestionType.TRUE_FALSE, "TFXT"),
        (QuestionType.SHORT_ANSWER, "9" * 201),
    ],
)
def test_a_response_that_the_question_does_not_know_is_refused(kind: QuestionType, response: str) -> None:
    with pytest.raises(Invalid):
        clean_response(kind, response, 4)


orders = st.integers(2, 8).flatmap(lambda count: st.permutations(OPTION_LETTERS[:count]).map("".join))


@given(order=orders, data=st.data())
def test_shown_letters_go_over_to_canonical_ones_and_back(order: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_RESPONSE]))
    limit = 1 if kind is QuestionType.SINGLE_CHOICE else len(order)
    shown = "".join(sorted(data.draw(st.sets(st.sampled_from(OPTION_LETTERS[: len(order)]), max_size=limit))))
    canonical = canonical_response(kind, shown, order)
    assert shown_response(kind, canonical, order) == shown
    assert {order[OPTION_LETTERS.index(letter)] for letter in shown} == set(canonical)


@given(order=st.permutations("ABCD").map("".join), shown=st.text("TF-", min_size=4, max_size=4))
def test_shown_judgements_go_over_to_canonical_ones_and_back(order: str, shown: str) -> None:
    canonical = canonical_response(QuestionType.TRUE_FALSE, shown, order)
    assert shown_response(QuestionType.TRUE_FALSE, canonical, order) == shown
