from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from quizbank.matrices.official import names_of, table_of
from quizbank.matrices.rules import Cell, Row, Specification
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.matrices.test_grid import CELLS

TOPIC = curriculum().topics_of("toan", 12)[0]
TRUE_FALSE = QuestionType.TRUE_FALSE


def test_the_table_has_the_nineteen_official_columns() -> None:
    table = table_of(a_matrix(a_cell(level="biet")), curriculum())
    names, totals, percent = 3, 1, 1
    assert names + (len(table.types) + totals) * len(table.levels) + percent == 19


def test_the_old_programme_has_four_levels_and_no_new_types() -> None:
    table = table_of(replace(a_matrix(a_cell(level="nhan-biet")), programme="ct-2006"), curriculum())
    assert table.types == (QuestionType.SINGLE_CHOICE, QuestionType.ESSAY)
    assert table.levels == ("nhan-biet", "thong-hieu", "van-dung-thap", "van-dung-cao")


def test_open_levels_and_other_types_get_columns_where_they_are_used() -> None:
    table = table_of(a_matrix(a_cell(type=QuestionType.MULTIPLE_RESPONSE)), curriculum())
    assert table.levels[-1] is None
    assert QuestionType.MULTIPLE_RESPONSE in table.types


def test_rows_stand_in_the_order_of_the_specification() -> None:
    matrix = replace(
        a_matrix(a_cell("toan.l12"), a_cell("toan.l11")),
        specification=(Specification("toan.l11"), Specification("toan.l10", "Ôn tập")),
    )
    assert [row.row for row in table_of(matrix, curriculum()).rows] == [
        ("toan.l11", ""),
        ("toan.l10", "Ôn tập"),
        ("toan.l12", ""),
    ]


def test_statements_stand_under_their_levels() -> None:
    cell = replace(a_cell(type=TRUE_FALSE, count=1, marks="1"), statements=(("biet", 3), ("van-dung", 1)))
    table = table_of(a_matrix(cell), curriculum())
    assert (table.share(TRUE_FALSE, "biet").asks, table.share(TRUE_FALSE, "van-dung").asks) == (3, 1)
    assert table.percent(table.level("van-dung")) == 25


@given(CELLS)
def test_rows_columns_and_the_whole_agree(cells: list[Cell]) -> None:
    table = table_of(a_matrix(*cells), curriculum())
    whole = sum((cell.total_marks for cell in table_cells(cells)), Decimal(0))
    assert sum((table.type(type).marks for type in table.types), Decimal(0)) == whole
    assert sum((table.level(level).marks for level in table.levels), Decimal(0)) == whole
    assert sum(table.level(level).asks for level in table.levels) == table.whole.asks
    assert sum(row.level(level).asks for row in table.rows for level in table.levels) == table.whole.asks


def table_cells(cells: list[Cell]) -> list[Cell]:
    return list(a_matrix(*cells).cells)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ((None, ""), ("Mọi chủ đề", "")),
        ((None, "Ôn tập"), ("Mọi chủ đề", "Ôn tập")),
        (("toan.l12", ""), ("Toán 12", "")),
        ((TOPIC.id, ""), (curriculum().name_of(TOPIC.strand), TOPIC.name)),
        ((TOPIC.id, "Bài toán"), (curriculum().name_of(TOPIC.strand), "Bài toán")),
        ((TOPIC.strand, ""), (curriculum().name_of(TOPIC.strand), "")),
        (("toan.l12.khong-co", ""), ("toan.l12.khong-co", "")),
    ],
)
def test_a_row_is_called_by_its_strand_and_topic(row: Row, names: tuple[str, str]) -> None:
    assert names_of(row, curriculum(), "vi", "Mọi chủ đề") == names
