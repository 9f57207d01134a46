"""Invented students answer as the model says."""

from decimal import Decimal
from random import Random

from quizbank.demo.answers import Asked, chance_of, respond, wrong_value
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType

CHOICE = QuestionContent(
    QuestionType.SINGLE_CHOICE, "?", (Part("a", is_true=True), Part("b"), Part("c"), Part("d")), "because"
)
CLUSTER = QuestionContent(
    QuestionType.TRUE_FALSE, "?", (Part("a", is_true=True), Part("b"), Part("c", is_true=True), Part("d"))
)
SHORT = QuestionContent(QuestionType.SHORT_ANSWER, "?", (Part("2,5", is_true=True),), answer_kind=AnswerKind.NUMERIC)


def share_right(content: QuestionContent, level: str, ability: float) -> float:
    asked = Asked(7, content, level, Decimal(1), "")
    return sum(respond(Random(n), asked, ability) == content.key for n in range(400)) / 400


def test_the_able_do_better() -> None:
    assert share_right(CHOICE, "hieu", 2) > share_right(CHOICE, "hieu", -2) + 0.3


def test_the_hard_is_answered_less_often() -> None:
    assert share_right(SHORT, "biet", 0) > share_right(SHORT, "van-dung", 0) + 0.2


def test_ability_equal_to_hardness_is_an_even_chance() -> None:
    assert chance_of(0.7, 0.7) == 0.5


def test_a_cluster_is_judged_sign_by_sign() -> None:
    responses = {respond(Random(n), Asked(7, CLUSTER, "hieu", Decimal(1), ""), 0) for n in range(200)} - {""}
    assert all(len(response) == 4 and set(response) <= {"T", "F"} for response in responses)


def test_a_wrong_value_is_wrong_and_fits_the_sheet() -> None:
    values = {wrong_value(Random(n), "-2,5") for n in range(50)}
    assert "-2,5" not in values and all(len(value) == 4 for value in values)
