"""What a repaired key makes of an answer, which keys are sound, and how gains and losses are counted."""

from decimal import Decimal

import pytest

from quizbank.attempts.repair import (
    Judged,
    Tally,
    Total,
    clean_key,
    is_comparable,
    judge,
)
from quizbank.questions.rulings import RepairedPart, RepairedQuestion, Ruling, Treatment, printed, with_key
from repository.errors import Invalid

ONE = Decimal(1)


def a_stored(kind: str, *texts: str, right: str = "", answer_kind: str | None = None) -> RepairedQuestion:
    """``right``: letters of what is true."""
    parts = tuple(
        RepairedPart(text, text, kind == "short-answer" or letter in right)
        for letter, text in zip("ABCDEFGH", texts, strict=False)
    )
    return RepairedQuestion(kind, "Hỏi", "", parts, answer_kind, None)


SINGLE = a_stored("single-choice", "một", "hai", "ba", "bốn", right="B")
SEVERAL = a_stored("multiple-response", "một", "hai", "ba", "bốn", right="AB")
CLUSTER = a_stored("true-false", "a", "b", "c", "d", right="AC")
NUMBER = a_stored("short-answer", "2,5", answer_kind="numeric")
TEXT = a_stored("short-answer", "Hà Nội", answer_kind="text")


def ruled(question: RepairedQuestion, key: str) -> Ruling:
    return Ruling(1, Treatment.KEY, with_key(question, clean_key(question, key)))


def earned(question: RepairedQuestion, key: str, response: str) -> Decimal:
    return judge(question, ruled(question, key), response, ONE).marks


def test_without_a_ruling_the_own_key_counts() -> None:
    assert judge(SINGLE, None, "B", Decimal("0.25")) == Judged(Decimal("0.25"), ONE)
    assert judge(SINGLE, None, "C", Decimal("0.25")) == Judged(Decimal(0), Decimal(0))


def test_another_key_turns_right_into_wrong() -> None:
    assert earned(SINGLE, "C", "C") == 1 and earned(SINGLE, "C", "B") == 0


def test_of_a_single_choice_with_two_keys_either_is_right() -> None:
    assert [earned(SINGLE, "B, C", response) for response in ("B", "C", "A", "")] == [1, 1, 0, 0]


def test_of_a_multiple_response_exactly_the_key_is_right() -> None:
    assert [earned(SEVERAL, "AC", response) for response in ("AC", "A", "AB")] == [1, 0, 0]


def test_statements_are_marked_by_the_steps_of_2025() -> None:
    expected = [Decimal(one) for one in ("1", "0.5", "0.25", "0.1", "0")]
    assert [earned(CLUSTER, "SSSS", response) for response in ("FFFF", "TFFF", "TTFF", "TTTF", "TTTT")] == expected


def test_further_values_are_accepted() -> None:
    assert [earned(NUMBER, "2,5; 5/2\n3", response) for response in ("2.5", "3,0", "4")] == [1, 1, 0]
    assert earned(TEXT, "Hà Nội\nThăng Long", "thăng long") == 1


def test_another_version_marks_by_its_own_key() -> None:
    ruling = Ruling(1, Treatment.VERSION, with_key(SINGLE, "D"))
    assert judge(SINGLE, ruling, "D", ONE).fraction == 1 and judge(SINGLE, ruling, "B", ONE).fraction == 0


@pytest.mark.parametrize("response", ["A", "B", ""])
def test_all_right_gives_everybody_the_marks(response: str) -> None:
    assert judge(SINGLE, Ruling(1, Treatment.ALL_RIGHT, SINGLE), response, ONE) == Judged(ONE, ONE)


def test_what_is_left_out_counts_for_nothing() -> None:
    assert judge(SINGLE, Ruling(1, Treatment.LEFT_OUT, SINGLE), "B", ONE) == Judged(Decimal(0), Decimal(0), True)


@pytest.mark.parametrize(
    ("question", "given", "key"),
    [
        (SINGLE, " c ", "C"),
        (SINGLE, "C/B", "BC"),
        (SEVERAL, "d a", "AD"),
        (CLUSTER, "đ s đ s", "TFTF"),
        (CLUSTER, "TFTD", "TFTT"),
        (NUMBER, "2,5;2,5\n 3 ", "2,5\n3"),
        (TEXT, "Hà  Nội", "Hà Nội"),
    ],
)
def test_keys_have_one_form(question: RepairedQuestion, given: str, key: str) -> None:
    assert clean_key(question, given) == key


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (SINGLE, ""),
        (SINGLE, "E"),
        (SINGLE, "B?"),
        (CLUSTER, "ĐSĐ"),
        (CLUSTER, "ĐSĐX"),
        (NUMBER, " ; "),
        (NUMBER, "hai"),
        (TEXT, "x" * 201),
        (TEXT, ";".join(map(str, range(21)))),
    ],
)
def test_a_key_that_the_question_can_not_have_is_refused(question: RepairedQuestion, given: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_key(question, given)
    assert refusal.value.facts["field"] == "key"


def test_accepted_values_are_shown_as_text() -> None:
    assert with_key(TEXT, "a < b").parts[0].html == "a &lt; b"


@pytest.mark.parametrize(
    ("question", "words"),
    [(SINGLE, "B"), (with_key(SINGLE, "BC"), "B / C"), (SEVERAL, "A, B"), (CLUSTER, "ĐSĐS"), (NUMBER, "2,5")],
)
def test_keys_are_printed_as_people_write_them(question: RepairedQuestion, words: str) -> None:
    assert printed(question) == words


def test_versions_with_options_in_their_places_can_be_compared() -> None:
    mended = a_stored("single-choice", "một", "hai!", "ba", "bốn", right="C")
    moved = a_stored("single-choice", "hai", "một", "ba", "bốn", right="A")
    shorter = a_stored("single-choice", "một", "hai", "ba", right="C")
    assert is_comparable(SINGLE, mended)
    assert not is_comparable(SINGLE, moved)
    assert not is_comparable(SINGLE, shorter)
    assert not is_comparable(SINGLE, SEVERAL)
    assert is_comparable(NUMBER, a_stored("short-answer", "7", "8"))


def test_a_sum_follows_its_item() -> None:
    total = Total(Decimal("2.25"), Decimal(3))
    wrong, right, out = Judged(Decimal(0), Decimal(0)), Judged(ONE, ONE), Judged(Decimal(0), Decimal(0), True)
    assert total.with_change(wrong, right, ONE) == Total(Decimal("3.25"), Decimal(3))
    assert total.with_change(right, out, ONE) == Total(Decimal("1.25"), Decimal(2))
    assert total.with_change(out, wrong, ONE) == Total(Decimal("2.25"), Decimal(4))


def test_gains_and_losses_are_told_on_the_scale_of_ten() -> None:
    tally = Tally()
    tally.add(Total(ONE, Decimal(4)), Total(Decimal(2), Decimal(4)))
    tally.add(Total(Decimal(2), Decimal(4)), Total(ONE, Decimal(4)))
    tally.add(Total(ONE, Decimal(4)), Total(ONE, Decimal(4)))
    tally.add(Total(Decimal(3), Decimal(4)), Total(Decimal(3), Decimal(3)))
    assert (tally.gains, tally.losses, tally.stays, tally.count) == (2, 1, 1, 4)
    assert tally.before == [0, 0, 2, 0, 0, 1, 0, 1, 0, 0] and tally.after == [0, 0, 2, 0, 0, 1, 0, 0, 0, 1]


def test_where_everything_is_left_out_nothing_is_divided() -> None:
    assert Total(Decimal(0), Decimal(0)).mark == 0
