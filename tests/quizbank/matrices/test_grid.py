from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.grid import (
    ANY_LEVEL,
    Grid,
    Row,
    count_name,
    grid_from,
    grid_of,
    marks_name,
    outcomes_name,
    tag_name,
    topic_name,
    unit_name,
)
from quizbank.matrices.grid_cells import fields_of, said_by
from quizbank.matrices.rules import Cell, Competence, Matrix, Specification, check_matrix, statements_of
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum

CHOICE, TRUE_FALSE, ESSAY = QuestionType.SINGLE_CHOICE, QuestionType.TRUE_FALSE, QuestionType.ESSAY
TOPICS = st.sampled_from([None, "toan.l12", "toan.l11"])
UNITS = st.sampled_from(["", "Hàm số bậc hai"])
LEVELS = st.sampled_from([None, "biet", "hieu", "van-dung"])
MARKS = st.sampled_from([Decimal("0.25"), Decimal("1.00"), Decimal("0.5")])
TYPES = st.sampled_from(QuestionType)
PLAIN_CELLS = st.builds(Cell, TOPICS, LEVELS, TYPES, st.integers(1, 9), MARKS, unit=UNITS)


@st.composite
def clusters(draw: st.DrawFn) -> Cell:
    """True/false questions whose statements lie on two or three levels."""
    count = draw(st.integers(1, 4))
    first = draw(st.integers(1, 4 * count - 1))
    second = draw(st.integers(0, 4 * count - first))
    counts = {"biet": first, "hieu": second, "van-dung": 4 * count - first - second}
    statements = statements_of(counts)
    if len(statements) < 2:
        statements = (("biet", 4 * count - 1), ("hieu", 1))
    return Cell(draw(TOPICS), None, TRUE_FALSE, count, draw(MARKS), statements, draw(UNITS))


CELLS = st.lists(PLAIN_CELLS | clusters(), max_size=12)
TAGS = st.builds(Competence, TYPES, LEVELS, st.sampled_from(["TD1", "GQVĐ 2"]))
ROWS = st.lists(
    st.builds(
        Specification,
        st.sampled_from(["toan.l12", "toan.l11", "toan.l10"]),
        UNITS,
        st.sampled_from(["", "Nhận biết được hàm số.\nVẽ được đồ thị."]),
        st.lists(TAGS, max_size=2, unique_by=lambda tag: (tag.type, tag.level)).map(tuple),
    ),
    unique_by=lambda row: row.row,
    max_size=3,
)


def a_form(grid: Grid) -> dict[str, str]:
    form = {marks_name(type): grid.marks_of(type) for type in QuestionType}
    for place, row in enumerate(grid.rows):
        form |= {topic_name(place): row.topic, unit_name(place): row.unit, outcomes_name(place): row.outcomes}
        form |= {count_name(place, type, level): text for (type, level), text in row.counts.items()}
        form |= {tag_name(place, type, level): text for (type, level), text in row.tags.items()}
    return form


def a_matrix(cells: list[Cell], specification: tuple[Specification, ...] = ()) -> Matrix:
    return Matrix("Đề", "toan", 12, "gdpt-2018", 45, tuple(cells), specification)


@given(CELLS)
def test_a_matrix_survives_the_way_through_the_form(cells: list[Cell]) -> None:
    said = said_by(grid_from(a_form(grid_of(a_matrix(cells)))))
    assert Counter(said.cells) == Counter(cells)


@given(CELLS, ROWS)
def test_a_specification_survives_the_way_through_the_form(cells: list[Cell], rows: list[Specification]) -> None:
    said = said_by(grid_from(a_form(grid_of(a_matrix(cells, tuple(rows))))))
    assert Counter(said.cells) == Counter(cells)
    back = {row.row: row for row in said.specification}
    for row in rows:
        kept = back.get(row.row, Specification(*row.row))
        assert kept.outcomes == row.outcomes
        assert Counter(kept.competences) == Counter(row.competences)


@given(CELLS, ROWS)
def test_rows_keep_their_order(cells: list[Cell], rows: list[Specification]) -> None:
    first = grid_of(a_matrix(cells, tuple(rows)))
    said = said_by(grid_from(a_form(first)))
    again = grid_of(a_matrix(said.cells, said.specification))
    order = dict.fromkeys((row.topic, row.unit) for row in first.rows)
    assert list(dict.fromkeys((row.topic, row.unit) for row in again.rows)) == list(order)


@given(st.lists(PLAIN_CELLS | clusters(), min_size=1, max_size=12))
def test_what_a_table_of_sound_cells_says_is_sound(cells: list[Cell]) -> None:
    check_matrix(a_matrix(said_by(grid_of(a_matrix(cells))).cells), curriculum())


def read(**texts: str) -> list[Cell]:
    """Cells of one row, ``tf_biet="2"``: two statements at the level Biết."""
    types = {"mc": CHOICE, "tf": TRUE_FALSE, "tl": ESSAY}
    counts = {(types[n.split("_")[0]], n.split("_", 1)[1].replace("_", "-")): text for n, text in texts.items()}
    return said_by(Grid([Row("toan.l12", counts=counts)])).cells


def test_true_false_counts_statements() -> None:
    (cell,) = read(tf_biet="2", tf_hieu="1", tf_van_dung="1")
    assert (cell.count, cell.level, cell.statements) == (1, None, (("biet", 2), ("hieu", 1), ("van-dung", 1)))


def test_statements_of_one_level_are_whole_questions() -> None:
    assert read(tf_biet="8") == [Cell("toan.l12", "biet", TRUE_FALSE, 2, Decimal(1))]


def test_whole_questions_stand_beside_statements() -> None:
    clustered, whole = sorted(read(tf_biet="3+1c", tf_hieu="1"), key=lambda cell: cell.level or "")
    assert clustered.statements == (("biet", 3), ("hieu", 1))
    assert (whole.level, whole.count) == ("biet", 1)


def test_clusters_of_two_kinds_of_marks_stay_apart() -> None:
    first, second = read(tf_biet="2+2×0,5", tf_hieu="2+2×0,5")
    assert (first.count, second.count) == (1, 1)
    assert [first.marks, second.marks] == [Decimal(1), Decimal("0.5")]


def test_a_cell_may_hold_questions_of_different_marks() -> None:
    assert [(cell.count, cell.marks) for cell in read(tl_van_dung="1×2 + 1×4")] == [(1, Decimal(2)), (1, Decimal(4))]


def test_questions_of_other_marks_stay_in_their_row() -> None:
    cells = [Cell("toan.l12", level, CHOICE, 1, Decimal(marks)) for level, marks in (("biet", "0.2"), ("hieu", "0.4"))]
    grid = grid_of(a_matrix(cells))
    assert [row.counts for row in grid.rows] == [{(CHOICE, "biet"): "1", (CHOICE, "hieu"): "1×0,4"}]
    assert grid.marks == {CHOICE: "0,2"}


def test_empty_and_zero_cells_are_no_cells() -> None:
    assert read(mc_biet="0", mc_hieu="") == []


def test_a_type_without_marks_takes_the_usual_ones() -> None:
    (cell,) = read(tf_any="8")
    assert cell == Cell("toan.l12", None, TRUE_FALSE, 2, Decimal(1))


def test_words_in_place_of_a_number_are_a_wrong_count() -> None:
    grid = grid_from({"row-0-topic": "", "row-0-single-choice-biet": " ba "})
    assert grid.rows[0].count(CHOICE, "biet") == "ba"
    assert said_by(grid).cells[0].count < 1


def test_a_row_that_is_not_filled_in_is_kept_by_its_topic() -> None:
    said = said_by(Grid([Row("toan.l12"), Row(), Row("toan.l11", counts={(CHOICE, "biet"): "1"})]))
    assert [row.topic for row in said.specification] == ["toan.l12", "toan.l11"]


def test_a_table_that_says_no_more_than_counts_has_no_specification() -> None:
    assert said_by(Grid([Row("toan.l12", counts={(CHOICE, "biet"): "1"}), Row()])).specification == ()


def test_two_rows_of_one_topic_share_their_outcomes() -> None:
    rows = [Row("toan.l12", outcomes="Nêu được.", counts={(CHOICE, "biet"): "1"}), Row("toan.l12", outcomes="Vẽ được.")]
    assert [row.outcomes for row in said_by(Grid(rows)).specification] == ["Nêu được.\nVẽ được."]


def test_a_problem_finds_its_field() -> None:
    grid = Grid([Row("", counts={(CHOICE, "biet"): "1"}), Row("toan", counts={(CHOICE, "hieu"): "x"})])
    problems = {"cells[1].count": ["sai"], "cells[1].topic": ["lạ"], "cells[0].marks": ["âm"], "title": ["trống"]}
    assert fields_of(problems, said_by(grid).fields) == {
        "row-1-single-choice-hieu": ["sai"],
        "row-1-topic": ["lạ"],
        "marks-single-choice": ["âm"],
        "title": ["trống"],
    }


def test_statements_that_do_not_make_whole_questions_are_named_by_their_field() -> None:
    grid = Grid([Row(counts={(TRUE_FALSE, "biet"): "2", (TRUE_FALSE, "hieu"): "1"})])
    said = said_by(grid)
    assert (said.cells[0].count, sum(count for _level, count in said.cells[0].statements)) == (1, 3)
    assert said.fields["cells[0].statements"] == "row-0-true-false-biet"


def test_only_sixty_rows_are_read() -> None:
    assert len(grid_from({topic_name(place): "" for place in range(90)}).rows) == 60


def test_names_of_fields_that_no_table_has_are_left_out() -> None:
    grid = grid_from({topic_name(0): "", "row-0-khac-biet": "3", "row-7-single-choice-biet": "3", "row-x-unit": "3"})
    assert grid.rows == [Row()]


def test_any_level_has_a_column_of_its_own() -> None:
    assert list(grid_of(a_matrix([Cell(None, None, CHOICE, 3, Decimal(1))])).rows[0].counts) == [(CHOICE, ANY_LEVEL)]
