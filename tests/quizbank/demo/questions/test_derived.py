"""Asking again in another way keeps what is right."""

from random import Random

from quizbank.demo.questions.derived import closed_form, open_form, single_form, statement_of
from quizbank.demo.questions.templates import HIEU, Draft, Statement, Template, cluster, numbers, short
from quizbank.questions.rules import QuestionContent, QuestionType

TOPIC = "toan.l12.dai-so-giai-tich.tich-phan"


def sure(draft: Draft) -> QuestionContent:
    assert draft is not None
    return draft


def a_choice(key: int, stem: str = "Tốc độ của vật là") -> QuestionContent:
    wrongs = [(key + 1, "một"), (key + 2, "hai"), (key + 3, "ba")]
    return sure(numbers(Random(1), stem, key, wrongs, "Vì thế.", lambda value: f"{value} m/s"))


def a_cluster(*truths: bool) -> QuestionContent:
    statements = [Statement(f"Câu {place}.", truth, f"Lẽ {place}.") for place, truth in enumerate(truths)]
    return sure(cluster("Xét. Mỗi phát biểu sau đúng hay sai?", statements))


def test_a_choice_of_numbers_becomes_a_short_answer() -> None:
    asked = sure(open_form(a_choice(12)))
    assert (asked.stem, asked.key) == ("Tốc độ của vật là bao nhiêu m/s?", "12")


def test_a_number_too_long_for_the_sheet_stays_a_choice() -> None:
    assert open_form(a_choice(12_345)) is None


def test_a_question_that_does_not_end_like_one_stays_a_choice() -> None:
    assert open_form(a_choice(12, "Chọn tốc độ đúng?")) is None


def test_a_short_answer_with_options_keeps_its_key() -> None:
    asked = sure(closed_form(Random(1), sure(short("Bao nhiêu?", 24, "Vì thế."))))
    assert next(part.text for part in asked.parts if part.is_true) == "24"


def test_the_only_right_statement_is_the_key() -> None:
    asked = sure(single_form(Random(1), a_cluster(False, True, False, False)))
    assert asked.stem.endswith("nào sau đây đúng?")
    assert next(part.text for part in asked.parts if part.is_true) == "Câu 1."


def test_the_only_wrong_statement_is_the_key() -> None:
    asked = sure(single_form(Random(1), a_cluster(True, True, False, True)))
    assert asked.stem.endswith("nào sau đây sai?")
    assert next(part.text for part in asked.parts if part.is_true) == "Câu 2."


def test_two_against_two_has_no_single_key() -> None:
    assert single_form(Random(1), a_cluster(True, True, False, False)) is None


def test_a_statement_is_true_exactly_with_the_key() -> None:
    template = Template("x", TOPIC, HIEU, lambda r: a_choice(7))
    for seed in range(30):
        told = statement_of(Random(seed), [template])
        assert told is not None and told.level == HIEU
        assert told.is_true is told.text.endswith("là 7 m/s.")


def test_a_cluster_stays_a_cluster() -> None:
    assert a_cluster(True, False, True, False).type is QuestionType.TRUE_FALSE
