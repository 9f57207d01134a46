"""``hoclieu search evaluate`` as a person at a terminal sees it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizbank.cli import main
from repository.services import Services
from tests.repository.search.builders import a_document

Evaluate = Callable[..., Result]


@pytest.fixture
def evaluate(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """``evaluate(text, *options)``: run the command on a file with this content."""
    services.search.rebuild([a_document("Đạo hàm", id=1), a_document("Tích phân", id=2, explanation="nguyên hàm")])
    monkeypatch.setattr("quizbank.cli.search_evaluate.open_product", lambda: services)

    def run(content: str | bytes, *options: str) -> Result:
        file = tmp_path / "judged.tsv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(main, ["search", "evaluate", str(file), *options])

    return run


def test_scores_are_printed_by_group_and_together(evaluate: Evaluate) -> None:
    shown = evaluate("đạo hàm\tquestion\t1\t\teasy\ntích phân\tquestion\t1\t\thard").output.splitlines()
    assert [line.split() for line in shown[1:]] == [
        ["easy", "1", "1.000", "1.000", "1.000"],
        ["hard", "1", "0.000", "0.000", "0.000"],
        ["together", "2", "0.500", "0.500", "0.500"],
    ]


def test_scores_come_as_json_with_what_was_missed(evaluate: Evaluate) -> None:
    told = json.loads(evaluate("tích phân\tquestion\t1\t\thard", "--json", "--misses", "5").output)
    assert (told["mrr"], told["groups"]["hard"]["queries"]) == (0.0, 1)
    assert told["misses"] == [{"line": 1, "query": "tích phân"}]


def test_explanations_are_searched_only_when_asked_for(evaluate: Evaluate) -> None:
    line = "nguyên\tquestion\t2"
    assert json.loads(evaluate(line, "--json").output)["mrr"] == 0.0
    assert json.loads(evaluate(line, "--json", "--explanations").output)["mrr"] == 1.0


def test_a_bad_line_is_one_clear_line_with_its_number(evaluate: Evaluate) -> None:
    answer = evaluate("đạo hàm\tphim\t1")
    assert answer.exit_code == 1
    assert "1" in answer.output and "phim" in answer.output


def test_a_file_that_is_no_text_is_refused(evaluate: Evaluate) -> None:
    answer = evaluate(b"\xff\xfe")
    assert answer.exit_code == 1
    assert "UTF-8" in answer.output
