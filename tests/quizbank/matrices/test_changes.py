from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.changes import Change, Field, changes_between
from quizbank.matrices.rules import Cell, Competence, Matrix, Specification
from quizbank.questions.rules import QuestionType
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.matrices.test_grid import CELLS

TRUE_FALSE = QuestionType.TRUE_FALSE


def only_change(before: Matrix, after: Matrix) -> Change:
    (change,) = changes_between(before, after)
    return change


def test_a_matrix_is_like_itself() -> None:
    assert changes_between(a_matrix(a_cell()), a_matrix(a_cell())) == ()


def test_a_changed_heading_is_told() -> None:
    changes = changes_between(a_matrix(), replace(a_matrix(), title="Đề mới", grade=None))
    assert [(one.field, one.before, one.after) for one in changes] == [
        (Field.TITLE, "Kiểm tra giữa kì", "Đề mới"),
        (Field.GRADE, "12", ""),
    ]


def test_a_changed_count_is_told_with_its_place() -> None:
    change = only_change(a_matrix(a_cell("toan.l12", "biet")), a_matrix(a_cell("toan.l12", "biet", count=6)))
    assert (change.row, change.type, change.level) == (("toan.l12", ""), QuestionType.SINGLE_CHOICE, "biet")
    assert (change.before, change.after) == ("4×0,25", "6×0,25")


def test_changed_marks_show_although_counts_are_the_same() -> None:
    change = only_change(a_matrix(a_cell()), a_matrix(a_cell(marks="0.5")))
    assert (change.before, change.after) == ("4×0,25", "4×0,5")


def test_a_cell_that_moved_to_another_level_leaves_one_and_enters_the_other() -> None:
    changes = changes_between(a_matrix(a_cell(level="biet")), a_matrix(a_cell(level="hieu")))
    assert [(one.level, one.before, one.after) for one in changes] == [("hieu", "", "4×0,25"), ("biet", "4×0,25", "")]


def test_statements_are_told_by_level() -> None:
    def cluster(hieu: int) -> Cell:
        counts = (("biet", 4 - hieu), ("hieu", hieu))
        return replace(a_cell(type=TRUE_FALSE, count=1, marks="1"), statements=counts)

    changes = changes_between(a_matrix(cluster(1)), a_matrix(cluster(2)))
    assert [(one.level, one.before, one.after) for one in changes] == [("biet", "3×1", "2×1"), ("hieu", "1×1", "2×1")]


def test_outcomes_and_competences_are_told() -> None:
    tag = Competence(QuestionType.SINGLE_CHOICE, None, "TD1")
    after = replace(a_matrix(), specification=(Specification(None, "", "Nêu được.", (tag,)),))
    assert [one.field for one in changes_between(a_matrix(), after)] == [Field.OUTCOMES, Field.COMPETENCE]


@given(CELLS, CELLS)
def test_a_comparison_read_backwards_says_the_opposite(first: list[Cell], second: list[Cell]) -> None:
    before, after = a_matrix(*first), a_matrix(*second)
    there = {(one.row, one.type, one.level, one.before, one.after) for one in changes_between(before, after)}
    back = {(one.row, one.type, one.level, one.after, one.before) for one in changes_between(after, before)}
    assert there == back


@given(st.permutations([a_cell(level=level) for level in ("biet", "hieu", "van-dung")]))
def test_the_order_of_cells_is_no_change(cells: list[Cell]) -> None:
    assert changes_between(a_matrix(*cells), a_matrix(*reversed(cells))) == ()
