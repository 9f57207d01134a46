import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from quizbank.cli import main
from quizbank.item_templates.examples import FILE
from quizbank.questions.models import Question
from repository.db import writing
from repository.services import Services

WRONG = """
[[template]]
name = "Thiếu dấu"
type = "short-answer"
topic = "toan.l11.dai-so-giai-tich.cap-so-cong"
level = "hieu"
parameters = "a = integer(1, 9"
stem = "Số {@ a @}"
value = "a"
"""


@pytest.fixture(autouse=True)
def product(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("quizbank.cli.templates.open_product", lambda: services)
    yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["templates", *arguments])


def told(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


def test_a_file_is_checked_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("quizbank.cli.templates.open_product")
    result = run("check", str(FILE))
    assert result.exit_code == 0
    assert result.output.count("different questions in") == 4


def test_what_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "sai.toml"
    path.write_text(WRONG, encoding="utf-8")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert f"{path}, template 1: Thiếu dấu: parameters:1:" in result.output
    assert told("check", str(path))["templates"][0]["faults"][0]["field"] == "parameters"
    assert run("import", str(path)).exit_code == 1


def test_a_name_that_comes_twice_is_imported_once(tmp_path: Path) -> None:
    path = tmp_path / "hai.toml"
    right = WRONG.replace("1, 9", "1, 99)")
    path.write_text(right + right.replace('"Thiếu dấu"', '" Thiếu dấu "'), encoding="utf-8")
    first, second = told("import", str(path))["templates"]
    assert (first["became"], first["version"], first["faults"]) == ("created", 1, [])
    assert [fault["field"] for fault in second["faults"]] == ["name"]


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sai.toml"
    path.write_text("xin chào", encoding="utf-8")
    assert run("check", str(path)).exit_code == 1
    assert "TOML" in told("import", str(path))["templates"][0]["faults"][0]["message"]
    assert run("check", str(tmp_path / "thieu.toml")).exit_code == 1


def test_templates_are_imported_once_and_revised(tmp_path: Path) -> None:
    path = tmp_path / "mau.toml"
    path.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    assert [line["became"] for line in told("import", str(path))["templates"]] == ["created"] * 4
    path.write_text(path.read_text(encoding="utf-8").replace("Cho hàm số", "Xét hàm số"), encoding="utf-8")
    became = [(line["became"], line["version"]) for line in told("import", str(path))["templates"]]
    assert became == [("unchanged", 1), ("unchanged", 1), ("revised", 2), ("unchanged", 1)]


def test_questions_are_generated_by_number(services: Services) -> None:
    told("import", str(FILE))
    first = told("generate", "1", "--count", "5", "--from", "1")
    again = told("generate", "1", "--count", "5", "--seed", "1")
    assert (first["made"], again["made"], again["known"]) == (5, 0, 5)
    result = run("generate", "1", "--count", "2")
    assert "2 of 2 questions made of template 1, version 1" in result.output
    with services.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Question)) == 7
        writing(session)


def test_a_template_that_is_not_there_is_one_clear_line() -> None:
    result = run("generate", "9", "--count", "1")
    assert result.exit_code == 1
    assert "Không có mẫu câu hỏi này." in result.output
