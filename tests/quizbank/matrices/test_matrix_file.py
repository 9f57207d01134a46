import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.matrix_file import data_of, marks_from, matrix_from, parse_matrix
from quizbank.matrices.rules import Cell, Competence, Matrix, Specification, statements_of
from quizbank.questions.rules import QuestionType
from repository.errors import Invalid

CELL = {"topic": None, "level": "biet", "type": "single-choice", "count": 3, "marks": "0.25"}
FILE = {
    "title": "Đề 1",
    "subject": "toan",
    "grade": 12,
    "programme": "gdpt-2018",
    "duration_minutes": 90,
    "cells": [CELL],
}

NAMES = st.none() | st.text("abc.-12", min_size=1)
WORDS = st.text("aăâbc 12", min_size=1).map(str.strip)
TYPES = st.sampled_from(QuestionType)
STATEMENTS = st.dictionaries(st.sampled_from(["biet", "hieu", "van-dung"]), st.integers(1, 8)).map(statements_of)
MARKS = st.decimals("0.01", 9, places=2)
CELLS = st.builds(Cell, NAMES, NAMES, TYPES, st.integers(1, 50), MARKS, STATEMENTS, WORDS)
TAGS = st.lists(st.builds(Competence, TYPES, NAMES, WORDS), max_size=2).map(tuple)
ROWS = st.lists(st.builds(Specification, NAMES, WORDS, WORDS, TAGS), max_size=3).map(tuple)
GRADES = st.none() | st.integers(1, 12)
MATRICES = st.builds(
    Matrix, WORDS, WORDS, GRADES, WORDS, st.integers(1, 90), st.lists(CELLS, max_size=5).map(tuple), ROWS
)


def wrong_places(data: object) -> list[str]:
    with pytest.raises(Invalid) as caught:
        matrix_from(data)
    return list(caught.value.facts["fields"])


@given(MATRICES)
def test_a_matrix_survives_the_round_trip(matrix: Matrix) -> None:
    assert parse_matrix(json.dumps(data_of(matrix))) == matrix


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("topic", 5),
        ("level", []),
        ("type", "tu-luan"),
        ("count", "3"),
        ("count", True),
        ("count", 1.5),
        ("marks", "x"),
        ("statements", [2, 2]),
        ("statements", {"biet": "2"}),
        ("statements", {"biet": True}),
        ("unit", 3),
    ],
)
def test_a_mistake_names_its_cell(name: str, value: Any) -> None:
    assert wrong_places({**FILE, "cells": [CELL, CELL, {**CELL, name: value}]}) == [f"cells[2].{name}"]


def test_a_missing_value_is_named() -> None:
    assert wrong_places({**FILE, "cells": [{}]}) == ["cells[0].type", "cells[0].count", "cells[0].marks"]


def test_a_misspelt_name_is_named_instead_of_ignored() -> None:
    assert wrong_places({**FILE, "cells": [{**CELL, "lvel": "biet"}]}) == ["cells[0].lvel"]


def test_a_cell_that_is_no_object_is_named() -> None:
    assert wrong_places({**FILE, "cells": [CELL, 7]}) == ["cells[1]"]


def test_an_essay_is_a_type() -> None:
    assert matrix_from({**FILE, "cells": [{**CELL, "type": "essay"}]}).cells[0].type is QuestionType.ESSAY


def test_statements_are_kept_in_one_order() -> None:
    file = {**FILE, "cells": [{**CELL, "statements": {"van-dung": 1, "biet": 3, "hieu": 0}}]}
    assert matrix_from(file).cells[0].statements == (("biet", 3), ("van-dung", 1))


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ({}, "specification"),
        ([3], "specification[0]"),
        ([{"topic": 3}], "specification[0].topic"),
        ([{}, {"outcomes": []}], "specification[1].outcomes"),
        ([{"outcome": "x"}], "specification[0].outcome"),
        ([{"competences": [{"type": "essay", "text": 1}]}], "specification[0].competences[0].text"),
        ([{"competences": ["TD"]}], "specification[0].competences[0]"),
        ([{"competences": [{"type": "x", "text": "TD"}]}], "specification[0].competences[0].type"),
    ],
)
def test_a_mistake_in_the_specification_names_its_row(rows: Any, place: str) -> None:
    assert wrong_places({**FILE, "specification": rows}) == [place]


def test_what_is_empty_is_not_written() -> None:
    assert data_of(matrix_from(FILE)) == FILE


def test_every_mistake_is_reported_at_once() -> None:
    assert wrong_places({"cells": {}}) == ["cells", "title", "subject", "duration_minutes"]


def test_the_programme_is_the_current_one_unless_named() -> None:
    assert matrix_from({**FILE, "programme": "gdpt-2018"}) == matrix_from(
        {k: v for k, v in FILE.items() if k != "programme"}
    )


@pytest.mark.parametrize("text", ["", "{", "[1,", "{'a': 1}"])
def test_a_file_that_is_not_json_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Invalid, match="dòng 1"):
        parse_matrix(text)


@pytest.mark.parametrize("data", [None, [], 3, "x"])
def test_a_file_that_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(Invalid, match="đối tượng"):
        matrix_from(data)


@pytest.mark.parametrize(
    ("value", "marks"),
    [("0.25", "0.25"), ("0,25", "0.25"), (0.25, "0.25"), (1, "1"), (" 2 ", "2")],
)
def test_marks_are_read_with_comma_or_point(value: object, marks: str) -> None:
    assert marks_from(value) == Decimal(marks)


@pytest.mark.parametrize("value", [None, True, "", "một", "nan", "inf", [], "1.000,5"])
def test_what_is_no_number_is_no_mark(value: object) -> None:
    assert marks_from(value) is None
