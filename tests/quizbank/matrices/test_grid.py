from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.grid import Row, cells_of, count_name, fields_of, grid_of, marks_name, rows_from, topic_name
from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rules import QuestionType

CHOICE, TRUE_FALSE = QuestionType.SINGLE_CHOICE, QuestionType.TRUE_FALSE
CELLS = st.builds(
    Cell,
    st.sampled_from([None, "toan.l12", "toan.l11"]),
    st.sampled_from([None, "biet", "hieu"]),
    st.sampled_from(QuestionType),
    st.integers(1, 9),
    st.sampled_from([Decimal("0.25"), Decimal("1.00")]),
)


def a_form(rows: list[Row]) -> dict[str, str]:
    form = {}
    for place, row in enumerate(rows):
        form[topic_name(place)] = row.topic
        form |= {count_name(place, type, level): text for (type, level), text in row.counts.items()}
        form |= {marks_name(place, type): text for type, text in row.marks.items()}
    return form


@given(st.lists(CELLS, max_size=12))
def test_a_matrix_survives_the_way_through_the_form(cells: list[Cell]) -> None:
    grid = grid_of(Matrix("Đề", "toan", 12, "gdpt-2018", 45, tuple(cells)))
    back, _ = cells_of(rows_from(a_form(grid)))
    assert sorted(map(str, back)) == sorted(str(Cell(**{**vars(c), "marks": c.marks.normalize()})) for c in cells)


def test_a_topic_with_two_kinds_of_marks_takes_two_rows() -> None:
    cells = tuple(
        Cell("toan.l12", level, CHOICE, 1, Decimal(marks)) for level, marks in (("biet", "0.2"), ("hieu", "0.4"))
    )
    assert len(grid_of(Matrix("Đề", "toan", 12, "gdpt-2018", 45, cells))) == 2


def test_empty_and_zero_cells_are_no_cells() -> None:
    assert cells_of([Row("toan.l12", {(CHOICE, "biet"): "0", (CHOICE, "hieu"): ""})]) == ([], {})


def test_a_row_without_marks_takes_the_usual_ones() -> None:
    (cell,), _ = cells_of([Row("", {(TRUE_FALSE, "any"): "2"})])
    assert cell == Cell(None, None, TRUE_FALSE, 2, Decimal(1))


def test_what_is_no_number_stays_in_the_form_and_is_a_wrong_count() -> None:
    rows = rows_from({"row-0-topic": "", "row-0-single-choice-biet": " ba "})
    assert rows[0].count(CHOICE, "biet") == "ba"
    assert cells_of(rows)[0][0].count < 1


def test_a_problem_finds_its_field() -> None:
    _, fields = cells_of([Row("", {(CHOICE, "biet"): "1"}), Row("toan", {(CHOICE, "hieu"): "x"})])
    problems = {"cells[1].count": ["sai"], "cells[1].topic": ["lạ"], "title": ["trống"]}
    assert fields_of(problems, fields) == {
        "row-1-single-choice-hieu": ["sai"],
        "row-1-topic": ["lạ"],
        "title": ["trống"],
    }
