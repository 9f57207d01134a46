"""``hoclieu scan``: pictures in, marks out, doubts out and back in."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from quizbank.cli import main
from repository.permissions import SYSTEM
from repository.services import Services
from tests.quizbank.scanning.builders import a_paper_quiz, a_sheet_of


@pytest.fixture(autouse=True)
def product(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("quizbank.cli.scan.open_product", lambda: services)
    yield


def scan(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["scan", *map(str, arguments)])


@pytest.fixture
def quiz_id(session: Session, tmp_path: Path) -> int:
    quiz = a_paper_quiz(session, SYSTEM)
    (tmp_path / "lan.jpg").write_bytes(a_sheet_of(session, quiz, "000123", "101"))
    (tmp_path / "binh.jpg").write_bytes(a_sheet_of(session, quiz, "000124", "102", marks={"1.1": "ABCD"}))
    session.commit()
    return quiz.id


def test_doubts_go_out_as_pictures_and_come_back_as_a_table(quiz_id: int, tmp_path: Path) -> None:
    files = sorted(tmp_path.glob("*.jpg"))
    marks, doubts = tmp_path / "marks.xlsx", tmp_path / "doubts"
    first = json.loads(scan(quiz_id, *files, "-o", marks, "--review", doubts, "--json").output)
    assert {one["number"]: one["state"] for one in first["results"]} == {"000123": "marked", "000124": "waiting"}
    assert [one["mark"] for one in first["results"]] == [None, "10.00"]
    with (doubts / "doubts.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["field"], row["number"], row["file"]) == ("1.1", "000124", "binh.jpg")
    assert (doubts / row["picture"]).read_bytes().startswith(b"\x89PNG")
    row["value"] = "_"
    with (doubts / "doubts.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(row))
        table.writeheader()
        table.writerow(row)
    second = json.loads(scan(quiz_id, *files, "-o", marks, "--review", doubts, "--json").output)
    assert (second["batch"], second["marked"], second["fields"]) == (first["batch"], 2, 0)
    column = [row[3].value for row in load_workbook(marks).active.iter_rows(min_row=2)]
    assert column == [9.17, 10]


def test_a_wrong_value_in_the_table_is_named(quiz_id: int, tmp_path: Path) -> None:
    doubts = tmp_path / "doubts"
    scan(quiz_id, tmp_path / "binh.jpg", "--review", doubts)
    table = doubts / "doubts.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0], lines[1].replace(",,", ",X,")]), encoding="utf-8")
    result = scan(quiz_id, "--review", doubts)
    assert result.exit_code == 1
    assert "doubts.csv" in result.stderr and "1.1" in result.stderr


@pytest.mark.parametrize("quiz", [999, 998])
def test_a_quiz_that_does_not_exist_is_refused(quiz: int) -> None:
    result = scan(quiz)
    assert result.exit_code == 1
    assert result.stderr.startswith("hoclieu: ")


def test_what_stands_in_the_way_is_told_in_words(quiz_id: int, tmp_path: Path) -> None:
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7 nothing")
    result = scan(quiz_id, tmp_path / "lan.jpg", tmp_path / "hong.pdf")
    assert result.exit_code == 0
    assert "1 pages, 1 marked" in result.output and "hong.pdf: broken" in result.output
