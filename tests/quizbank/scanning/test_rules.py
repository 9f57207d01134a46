"""What stands on a sheet after what was read and what people decided."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.answer_sheets.judging import FieldReading, State
from quizbank.answer_sheets.labels import SheetLabel, label_from
from quizbank.scanning.rules import candidates_from, check_value, standing_of, with_label
from repository.errors import Invalid

BOX = [0, 0, 9, 9]


def rows(**values: str) -> list[list[Any]]:
    """A reading: ``q1_2="A"`` is sure, ``q1_2="A?"`` in doubt."""
    return [
        [name.removeprefix("q").replace("_", "."), value.removesuffix("?"), doubt_of(value), 0.9, BOX]
        for name, value in values.items()
    ]


def doubt_of(value: str) -> str:
    return str(State.DOUBTFUL if value.endswith("?") else State.SURE if value else State.EMPTY)


def columns(signs: str) -> list[list[Any]]:
    return rows(**{f"q3_1_{place}": sign.strip() for place, sign in enumerate(signs, 1)})


def test_a_decision_goes_before_what_was_read_and_ends_the_doubt() -> None:
    reading = rows(q1_1="A?", q1_2="B")
    assert [one.field for one in standing_of(reading, {}, has_codes=True).doubts] == ["1.1"]
    decided = standing_of(reading, {"1.1": "C", "1.2": ""}, has_codes=True)
    assert (decided.values, decided.doubts) == ({"1.1": "C", "1.2": ""}, ())


def test_a_decision_taken_back_leaves_what_was_read() -> None:
    taken_back = standing_of(rows(q1_1="A?"), {"1.1": None}, has_codes=True)
    assert [one.field for one in taken_back.doubts] == ["1.1"]


def test_the_code_is_looked_at_only_where_the_quiz_has_codes() -> None:
    reading = rows(code_1="?", number_1="?")
    assert [one.field for one in standing_of(reading, {}, has_codes=False).doubts] == ["number.1"]
    assert standing_of(reading, {}, has_codes=True).digits("number") == ""


def test_columns_that_spell_no_number_are_doubted_as_a_whole() -> None:
    stands = standing_of(columns("1 2 "), {}, has_codes=True)
    assert [(one.field, one.read) for one in stands.doubts] == [("3.1", "1_2_")]
    assert standing_of(columns("1 2 "), {"3.1": "12"}, has_codes=True).answer(1) == "12"
    assert standing_of(columns("-1,5"), {}, has_codes=True).answer(1) == "-1,5"
    assert standing_of(columns("    "), {}, has_codes=True).doubts == ()


def test_statements_are_judged_or_left_open() -> None:
    stands = standing_of(rows(q2_1_a="Đ", q2_1_b="S", q2_1_c="", q2_1_d="ĐS"), {}, has_codes=True)
    assert stands.judgements(1) == "TF--"


@pytest.mark.parametrize(
    ("field", "given_value", "clean"),
    [
        ("1.3", "b", "B"), ("1.3", "", ""), ("1.3", "_", ""), ("1.3", "ca", "AC"), ("2.1.a", "d", "Đ"),
        ("2.1.a", "s", "S"), ("number.2", "7", "7"), ("3.2.1", "-", "-"), ("3.2", "2.5", "2,5"), ("3.2", "", ""),
    ],
)  # fmt: skip
def test_a_decision_has_one_form(field: str, given_value: str, clean: str) -> None:
    assert check_value(field, given_value) == clean


@pytest.mark.parametrize(
    ("field", "value"),
    [("1.3", "E"), ("2.1.a", "A"), ("number.1", ""), ("code.1", "x"), ("3.2.1", ","), ("3.2", "1/3"), ("3.2", "12345")],
)
def test_what_a_field_can_not_hold_is_refused(field: str, value: str) -> None:
    with pytest.raises(Invalid):
        check_value(field, value)


@given(st.sampled_from(["1.1", "2.1.a", "number.1", "3.1.2", "3.1"]), st.text(max_size=6))
def test_no_decision_breaks_the_rules(field: str, value: str) -> None:
    try:
        clean = check_value(field, value)
    except Invalid:
        return
    assert check_value(field, clean) == clean
    assert len(clean) <= 8


def test_the_printed_label_settles_a_doubt_and_doubts_what_differs() -> None:
    label = SheetLabel(1, "63.12.4.6", "101", "12")
    read = [
        FieldReading("number.1", "", State.DOUBTFUL, 0.1),
        FieldReading("number.2", "5", State.SURE, 0.9),
        FieldReading("1.1", "A", State.DOUBTFUL, 0.3),
    ]
    assert [(one.value, one.state) for one in with_label(read, label)] == [
        ("1", State.SURE),
        ("5", State.DOUBTFUL),
        ("A", State.DOUBTFUL),
    ]
    assert with_label(read, None) == read


@given(st.integers(1, 10**12), st.sampled_from(["", "101", "0101"]), st.sampled_from(["", "000123", "01000123"]))
def test_a_label_says_the_same_when_it_is_read(quiz_id: int, code: str, number: str) -> None:
    label = SheetLabel(quiz_id, "63.12.4.6", code, number)
    assert label_from(str(label)) == label


@pytest.mark.parametrize("text", ["", "https://vidu.example", "HL1/1/63.12.4.6/101", "HL2/1/63.12.4.6//"])
def test_other_codes_say_nothing(text: str) -> None:
    assert label_from(text) is None


def test_a_pasted_list_is_read_line_by_line() -> None:
    text = "000123\tNguyễn Thị Lan\n\n1. 000124; Trần Văn Bình\n01000125, Lê Thị Cúc  \n"
    assert candidates_from(text) == {
        "000123": "Nguyễn Thị Lan",
        "000124": "Trần Văn Bình",
        "01000125": "Lê Thị Cúc",
    }


@pytest.mark.parametrize("text", ["Lan", "12345 Lan", "000123", "000123 Lan\n000123 Bình"])
def test_a_list_with_a_mistake_names_its_line(text: str) -> None:
    with pytest.raises(Invalid):
        candidates_from(text)
