"""``hoclieu matrix``."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from quizbank.cli import main
from repository.services import Services
from tests.quizbank.cli.test_quiz import FILE, a_file
from tests.quizbank.matrices.exchange.builders import SCHOOL_HEAD, SCHOOL_JOINED, SCHOOL_LINES, an_excel
from tests.quizbank.matrices.exchange.test_foreign_tables import BODY
from tests.quizbank.questions.builders import some_questions


@pytest.fixture(autouse=True)
def product(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("quizbank.cli.matrix.open_product", lambda: services)
    yield


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["matrix", *map(str, arguments)])


def test_a_matrix_that_the_bank_fills_is_said_to_be_well(session: Session, tmp_path: Path) -> None:
    some_questions(session, 3, level="biet")
    session.commit()
    result = run("check", a_file(tmp_path, FILE))
    assert result.exit_code == 0 and "The bank can fill this matrix." in result.output


def test_short_cells_are_told_with_their_amounts_and_what_would_help(session: Session, tmp_path: Path) -> None:
    some_questions(session, 2, level="biet")
    session.commit()
    result = run("check", a_file(tmp_path, FILE), "--json")
    told = json.loads(result.output)
    assert result.exit_code == 1 and not told["bank"]["is_feasible"]
    [cell] = told["bank"]["cells"]
    assert (cell["wanted"], cell["available"]) == (3, 2) and told["bank"]["relaxations"]
    assert "needs 3, the bank has 2" in run("check", a_file(tmp_path, FILE)).output


def test_a_mistake_in_excel_names_its_cell(tmp_path: Path) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[4][3] = "bốn"
    path = tmp_path / "de.xlsx"
    path.write_bytes(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED))
    result = run("check", path)
    assert result.exit_code == 1 and "Ma trận!D8: “bốn” không phải là số câu." in result.output


def test_a_matrix_goes_from_json_to_word_and_back(tmp_path: Path) -> None:
    source = a_file(tmp_path, FILE)
    assert run("convert", source, "-o", tmp_path / "de.docx").exit_code == 0
    assert run("convert", tmp_path / "de.docx", "-o", tmp_path / "back.json").exit_code == 0
    back = json.loads((tmp_path / "back.json").read_text(encoding="utf-8"))
    assert {name: back[name] for name in FILE if name != "cells"} == {n: FILE[n] for n in FILE if n != "cells"}
    assert [(cell["level"], cell["count"], cell["marks"]) for cell in back["cells"]] == [("biet", 3, "0.25")]


def test_a_format_that_no_matrix_has_is_refused(tmp_path: Path) -> None:
    result = run("convert", a_file(tmp_path, FILE), "-o", tmp_path / "de.pdf")
    assert result.exit_code == 1 and "xlsx, docx và json" in result.output
