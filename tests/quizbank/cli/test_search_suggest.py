import json

import pytest
from click.testing import CliRunner

from quizbank.cli import main
from repository.services import Services
from tests.repository.search.suggestions.builders import a_library


@pytest.fixture
def run(services: Services, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("quizbank.cli.search_suggest.open_search", lambda: services.search)
    services.search.rebuild(a_library())
    return CliRunner()


def test_suggestions_are_printed_as_json(run: CliRunner) -> None:
    answer = run.invoke(main, ["search", "suggest", "phuong tr", "--json"], catch_exceptions=False)
    found = json.loads(answer.stdout)
    assert {
        "text": "phương trình",
        "kind": "phrase",
        "id": "",
        "url": "/search?q=ph%C6%B0%C6%A1ng+tr%C3%ACnh",
    } in found["suggestions"]
    assert found["took_ms"] >= 0


def test_suggestions_are_printed_for_people(run: CliRunner) -> None:
    answer = run.invoke(main, ["search", "suggest", "chuyen", "--limit", "3"], catch_exceptions=False)
    assert "lecture  Chuyển động thẳng đều  (12)" in answer.stdout


def test_nothing_is_said_to_be_nothing(run: CliRunner) -> None:
    assert "Nothing" in run.invoke(main, ["search", "suggest", "zzz"], catch_exceptions=False).stdout
