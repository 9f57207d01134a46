import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from quizbank.cli import main
from quizbank.matrices.exchange.files import FORMATS
from quizbank.matrices.matrix_file import parse_matrix
from repository.curriculum.queries import curriculum
from repository.services import Services
from tests.quizbank.matrices.exchange.builders import SCHOOL_HEAD, SCHOOL_JOINED, SCHOOL_LINES, an_excel
from tests.quizbank.matrices.exchange.test_foreign_tables import BODY
from tests.quizbank.questions.builders import some_questions

CELL = {"topic": None, "level": "biet", "type": "single-choice", "count": 3, "marks": "0.25"}
FILE = {
    "title": "Đề 1",
    "subject": "toan",
    "grade": 12,
    "programme": "gdpt-2018",
    "duration_minutes": 90,
    "cells": [CELL],
}


@pytest.fixture(autouse=True)
def product(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("quizbank.cli.quiz.open_product", lambda: services)
    yield


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    return a_file(tmp_path, FILE)


def a_file(folder: Path, data: Any) -> Path:
    path = folder / "matrix.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def build(path: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["quiz", "build", "--matrix", str(path), "--seed", "7", *more])


def test_a_quiz_is_built_from_a_file(matrix: Path, session: Session) -> None:
    some_questions(session, 3, level="biet")
    session.commit()
    result = build(matrix)
    assert result.exit_code == 0
    assert "Đề 1 (3 questions, seed 7)" in result.output


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_an_office_file_builds_what_its_matrix_builds(
    matrix: Path, tmp_path: Path, session: Session, ending: str
) -> None:
    some_questions(session, 30, level="biet")
    session.commit()
    office = tmp_path / f"matrix.{ending}"
    office.write_bytes(FORMATS[ending].write(parse_matrix(matrix.read_text(encoding="utf-8")), curriculum()))
    asked, same = (json.loads(build(path, "--json").output)["items"] for path in (matrix, office))
    assert same == asked


def test_a_mistake_in_excel_names_its_cell(tmp_path: Path) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[4][3] = "bốn"
    path = tmp_path / "de.xlsx"
    path.write_bytes(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED))
    result = build(path)
    assert (result.exit_code, "Ma trận!D8" in result.output) == (1, True)


def test_the_quiz_is_printed_as_json(matrix: Path, session: Session) -> None:
    some_questions(session, 3, level="biet")
    session.commit()
    data = json.loads(build(matrix, "--json").output)
    assert [item["position"] for item in data["items"]] == [1, 2, 3]
    assert set(data["items"][0]) == {
        "position",
        "part",
        "number",
        "cell",
        "marks",
        "question_id",
        "version",
        "type",
    }


def test_the_same_seed_chooses_the_same_questions(matrix: Path, session: Session) -> None:
    some_questions(session, 30, level="biet")
    session.commit()
    first, again = (json.loads(build(matrix, "--json").output)["items"] for _ in range(2))
    assert first == again


def test_every_short_cell_is_listed_and_the_exit_code_is_one(tmp_path: Path) -> None:
    result = build(a_file(tmp_path, {**FILE, "cells": [CELL, {**CELL, "level": "hieu"}]}))
    assert result.exit_code == 1
    assert "cells[0] * / biet / single-choice: needs 3, the bank has 0" in result.output
    assert "cells[1] * / hieu / single-choice: needs 3, the bank has 0" in result.output


def test_short_cells_are_listed_as_json(matrix: Path) -> None:
    result = build(matrix, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["error"] == "pool-too-small"
    assert answer["short"][0] == {
        "cell": 0,
        "topic": None,
        "level": "biet",
        "type": "single-choice",
        "wanted": 3,
        "available": 0,
    }


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_mistake_in_the_file_names_its_cell(tmp_path: Path, flags: tuple[str, ...]) -> None:
    result = build(a_file(tmp_path, {**FILE, "cells": [{**CELL, "count": 0}]}), *flags)
    assert result.exit_code == 1
    assert "cells[0].count" in result.output


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_file_that_is_no_matrix_is_refused(tmp_path: Path, text: str) -> None:
    assert build(a_file(tmp_path, text)).exit_code == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = build(tmp_path / "nowhere.json")
    assert result.exit_code == 1
    assert "nowhere.json" in result.output
