"""What a question card shows, and what it can't give away."""

from dataclasses import dataclass, fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quizbank.questions.cards import (
    answer_card,
    canonical_response,
    key_card,
    read_card,
    response_from_form,
    review_card,
    shown_response,
)
from quizbank.questions.rules import OPTION_LETTERS, QuestionType


@dataclass
class APart:
    html: str
    is_true: bool = False
    level: str | None = None

    @property
    def text(self) -> str:
        return self.html


@dataclass
class AQuestion:
    type: str
    parts: list[APart]
    stem_html: str = "Hàm số nào đồng biến?"
    explanation_html: str = "Vì đạo hàm dương."


def a_choice() -> AQuestion:
    return AQuestion("single-choice", [APart("một"), APart("hai", is_true=True), APart("ba"), APart("bốn")])


def a_cluster() -> AQuestion:
    return AQuestion("true-false", [APart("p", is_true=True), APart("q"), APart("r"), APart("s", is_true=True)])


def a_short_answer() -> AQuestion:
    return AQuestion("short-answer", [APart("2,5", is_true=True), APart("5/2", is_true=True)])


@pytest.mark.parametrize("question", [a_choice(), a_cluster(), a_short_answer()])
def test_a_card_to_answer_on_carries_no_key(question: AQuestion) -> None:
    card = answer_card(question, number=1, response="")
    assert all(part.is_true is None for part in card.parts)
    assert (card.key, card.accepted, card.explanation_html) == ("", (), "")


def test_the_accepted_values_of_a_short_answer_are_not_among_the_parts_to_read() -> None:
    card = read_card(a_short_answer())
    assert "2,5" not in str([getattr(card, field.name) for field in fields(card)])


def test_letters_are_those_of_the_shown_order() -> None:
    card = answer_card(a_choice(), number=3, option_order="BADC", response="B")
    assert [(part.letter, part.html) for part in card.parts] == [("A", "hai"), ("B", "một"), ("C", "bốn"), ("D", "ba")]
    assert card.response == "A"
    assert card.parts[0].chosen


def test_the_key_of_a_shuffled_question_is_told_in_shown_letters() -> None:
    assert key_card(a_choice(), option_order="DCBA").key == "C"
    assert key_card(a_cluster(), option_order="DBCA").key == "TFFT"
    assert key_card(a_short_answer()).key == "2,5"


def test_a_review_tells_right_judgements_from_wrong_ones() -> None:
    card = review_card(a_cluster(), response="TT-T")
    assert [part.is_right for part in card.parts] == [True, False, False, True]
    assert [part.chosen for part in card.parts] == [True, True, None, True]


def test_a_review_is_right_only_with_full_marks() -> None:
    half = review_card(a_cluster(), response="TT-T", marks=Decimal("0.25"), max_marks=Decimal(1))
    full = review_card(a_choice(), response="B", marks=Decimal("0.25"), max_marks=Decimal("0.25"))
    assert (half.is_right, full.is_right, review_card(a_choice()).is_right) == (False, True, None)


def test_dashes_alone_are_no_answer() -> None:
    assert not answer_card(a_cluster(), number=1, response="----").is_answered
    assert answer_card(a_cluster(), number=1, response="--F-").is_answered


ORDERS = st.integers(2, 8).flatmap(lambda count: st.permutations(OPTION_LETTERS[:count])).map("".join)


@given(ORDERS, st.data())
def test_choices_survive_the_way_to_shown_letters_and_back(order: str, data: st.DataObject) -> None:
    chosen = "".join(sorted(data.draw(st.sets(st.sampled_from(order)))))
    shown = shown_response(QuestionType.MULTIPLE_RESPONSE, chosen, order)
    assert canonical_response(QuestionType.MULTIPLE_RESPONSE, shown, order) == chosen


@given(st.permutations("ABCD").map("".join), st.text("TF-", min_size=4, max_size=4))
def test_judgements_survive_the_way_to_shown_order_and_back(order: str, judged: str) -> None:
    shown = shown_response(QuestionType.TRUE_FALSE, judged, order)
    assert canonical_response(QuestionType.TRUE_FALSE, shown, order) == judged


def test_a_form_is_read_as_the_card_wrote_it() -> None:
    form = MultiDict(
        [("answer-1", "C"), ("answer-2", "C"), ("answer-2", "A"), ("answer-3-a", "T"), ("answer-3-c", "F")]
    )
    form["answer-4"] = "  2,5 "
    assert response_from_form(QuestionType.SINGLE_CHOICE, 1, 4, form.getlist) == "C"
    assert response_from_form(QuestionType.MULTIPLE_RESPONSE, 2, 4, form.getlist) == "AC"
    assert response_from_form(QuestionType.TRUE_FALSE, 3, 4, form.getlist) == "T-F-"
    assert response_from_form(QuestionType.SHORT_ANSWER, 4, 0, form.getlist) == "2,5"


def test_a_forged_form_gives_no_letters_beyond_the_options() -> None:
    form = MultiDict([("answer-1", "H"), ("answer-1", "AB"), ("answer-2-a", "X")])
    assert response_from_form(QuestionType.MULTIPLE_RESPONSE, 1, 4, form.getlist) == ""
    assert response_from_form(QuestionType.TRUE_FALSE, 2, 4, form.getlist) == ""
    assert canonical_response(QuestionType.SINGLE_CHOICE, "H", "BA") == ""


def test_letters_of_the_explanation_are_led_to_the_letters_of_the_card() -> None:
    question = a_choice()
    question.explanation_html = "<p>Vậy chọn B.</p>"
    assert review_card(question, option_order="CADB").renamed == (("A", "B"), ("B", "D"), ("C", "A"), ("D", "C"))


@pytest.mark.parametrize(
    ("explanation", "order"), [("Vậy chọn B.", "ABCD"), ("Vì đạo hàm dương.", "CADB"), ("Chọn cách khác.", "CADB")]
)
def test_nothing_is_renamed_without_need(explanation: str, order: str) -> None:
    question = a_choice()
    question.explanation_html = explanation
    assert review_card(question, option_order=order).renamed == ()


def test_a_card_to_answer_on_renames_nothing() -> None:
    question = a_choice()
    question.explanation_html = "Chọn B"
    assert answer_card(question, option_order="CADB").renamed == ()
