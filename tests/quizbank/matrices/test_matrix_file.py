import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.matrix_file import data_of, marks_from, matrix_from, parse_matrix
from quizbank.matrices.rules import Cell, Matrix
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
CELLS = st.builds(
    Cell, NAMES, NAMES, st.sampled_from(QuestionType), st.integers(1, 50), st.decimals("0.01", 9, places=2)
)
WORDS = st.text("aăâbc 12", min_size=1).map(str.strip)
MATRICES = st.builds(
    Matrix, WORDS, WORDS, st.none() | st.integers(1, 12), WORDS, st.integers(1, 90), st.lists(CELLS).map(tuple)
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
    [("topic", 5), ("level", []), ("type", "essay"), ("count", "3"), ("count", True), ("count", 1.5), ("marks", "x")],
)
def test_a_mistake_names_its_cell(name: str, value: Any) -> None:
    assert wrong_places({**FILE, "cells": [CELL, CELL, {**CELL, name: value}]}) == [f"cells[2].{name}"]


def test_a_missing_value_is_named() -> None:
    assert wrong_places({**FILE, "cells": [{}]}) == ["cells[0].type", "cells[0].count", "cells[0].marks"]


def test_a_misspelt_name_is_named_instead_of_ignored() -> None:
    assert wrong_places({**FILE, "cells": [{**CELL, "lvel": "biet"}]}) == ["cells[0].lvel"]


def test_a_cell_that_is_no_object_is_named() -> None:
    assert wrong_places({**FILE, "cells": [CELL, 7]}) == ["cells[1]"]


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
