"""Marks by the rules of 2025, for every type of question."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType
from quizbank.quizzes.grading import STATEMENT_FRACTIONS, fraction_of, marks_of, numbers_of, ten_point_mark
from tests.quizbank.questions.builders import a_choice, a_cluster, a_short_answer


@pytest.mark.parametrize(("response", "fraction"), [("B", 1), ("A", 0), ("", 0), ("AB", 0)])
def test_a_single_choice_is_right_or_wrong(response: str, fraction: int) -> None:
    assert fraction_of(a_choice(key="B"), response) == fraction


@pytest.mark.parametrize(("response", "fraction"), [("AC", 1), ("CA", 1), ("A", 0), ("ABC", 0), ("", 0)])
def test_a_multiple_response_wants_exactly_the_right_options(response: str, fraction: int) -> None:
    assert fraction_of(a_choice(key="AC"), response) == fraction


@pytest.mark.parametrize(
    ("response", "fraction"),
    [("TFTF", "1"), ("TFTT", "0.5"), ("TFFT", "0.25"), ("TTFT", "0.1"), ("FTFT", "0"), ("TF--", "0.25"), ("", "0")],
)
def test_a_cluster_gives_marks_by_its_right_judgements(response: str, fraction: str) -> None:
    assert fraction_of(a_cluster(truths="TFTF"), response) == Decimal(fraction)


def test_a_cluster_of_another_size_is_all_or_nothing() -> None:
    assert fraction_of(a_cluster(truths="TF"), "TF") == 1
    assert fraction_of(a_cluster(truths="TF"), "TT") == 0


@pytest.mark.parametrize("response", ["2,5", "2.5", " 2,50 ", "+2,5", "5/2", "2,5."])
def test_a_number_is_right_however_it_is_written(response: str) -> None:
    assert fraction_of(a_short_answer("", "2,5"), response) == 1


@pytest.mark.parametrize("response", ["2,6", "25", "-2,5", "hai", "", "2,5 m", "2,5,0", "5/0", "--2"])
def test_another_number_or_none_is_wrong(response: str) -> None:
    assert fraction_of(a_short_answer("", "2,5"), response) == 0


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"])
def test_every_minus_is_a_minus(minus: str) -> None:
    assert fraction_of(a_short_answer("", "-3"), f"{minus}3") == 1


def test_any_accepted_value_will_do() -> None:
    question = a_short_answer("", "1/3", "0,33")
    assert [fraction_of(question, response) for response in ("0,33", "1/3", "0,34")] == [1, 1, 0]


def test_a_tolerance_reaches_to_both_sides() -> None:
    question = a_short_answer("", "9,81", tolerance=Decimal("0.05"))
    assert [fraction_of(question, response) for response in ("9,8", "9,86", "9,87", "9,75")] == [1, 1, 0, 0]


def test_a_point_between_thousands_may_be_either() -> None:
    assert {int(number) for number in numbers_of("1.000")} == {1, 1000}
    assert numbers_of("1.234,5") == {Decimal("1234.5")}
    assert numbers_of("một") == set()


@pytest.mark.parametrize(
    ("accepted", "response", "fraction"),
    [
        ("Hà Nội", "  hà   nội. ", 1),
        ("Hà Nội", "Ha Noi", 0),
        ("hoà bình", "hòa bình", 1),
        ("AaBb", "AABB", 0),
        ("AaBb", "AaBb", 1),
        ("NaOH", "naoh", 0),
        ("má", "mà", 0),
    ],
)
def test_a_text_is_compared_as_people_read_it(accepted: str, response: str, fraction: int) -> None:
    question = QuestionContent(
        QuestionType.SHORT_ANSWER, "?", (Part(accepted, is_true=True),), answer_kind=AnswerKind.TEXT
    )
    assert fraction_of(question, response) == fraction


def test_marks_have_two_decimals_halves_upward() -> None:
    assert marks_of(Decimal("0.1"), Decimal("0.25")) == Decimal("0.03")
    assert marks_of(Decimal("0.5"), Decimal("0.25")) == Decimal("0.13")


def test_marks_are_shown_on_the_scale_of_ten() -> None:
    assert ten_point_mark(Decimal("2.5"), Decimal("3")) == Decimal("8.33")
    assert ten_point_mark(Decimal("2.5"), Decimal("0")) == 0


@given(truths=st.text("TF", min_size=4, max_size=4), response=st.text("TF-", min_size=4, max_size=4))
def test_a_cluster_earns_what_its_right_judgements_earn(truths: str, response: str) -> None:
    right = sum(truth == given for truth, given in zip(truths, response, strict=True))
    assert fraction_of(a_cluster("?", truths), response) == STATEMENT_FRACTIONS[right]


@given(
    number=st.decimals(-9999, 9999, places=2, allow_nan=False),
    response=st.decimals(-9999, 9999, places=2, allow_nan=False),
)
def test_a_number_is_right_exactly_when_it_is_equal(number: Decimal, response: Decimal) -> None:
    question = a_short_answer("?", str(number).replace(".", ","))
    assert fraction_of(question, str(response)) == (number == response)


@given(st.text(max_size=60))
def test_any_text_is_graded_without_trouble(response: str) -> None:
    for question in (a_choice("?"), a_choice("?", key="AC"), a_cluster("?"), a_short_answer("?")):
        assert 0 <= fraction_of(question, response) <= 1
