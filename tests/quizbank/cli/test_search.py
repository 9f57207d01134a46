import json

import pytest
from click.testing import CliRunner

from quizbank.cli import main
from repository.search.documents import DocumentSource
from repository.services import Services
from tests.repository.search.builders import a_document


@pytest.fixture
def run(services: Services, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("quizbank.cli.search_find.open_search", lambda: services.search)
    monkeypatch.setattr("quizbank.cli.search_rebuild.open_product", lambda: services)
    services.search.rebuild(
        [a_document("Sóng cơ", id=1, kind="lecture", subject="vat-li"), a_document("Sóng âm", id=2, subject="toan")]
    )
    return CliRunner()


def test_find_prints_hits_as_json(run: CliRunner) -> None:
    answer = run.invoke(main, ["search", "find", "song", "--json", "--facets"], catch_exceptions=False)
    found = json.loads(answer.stdout)
    assert {hit["kind"] for hit in found["hits"]} == {"lecture", "question"}
    assert found["facets"]["kind"] == [{"value": "lecture", "count": 1}, {"value": "question", "count": 1}]


def test_find_takes_kinds_and_filters(run: CliRunner) -> None:
    by_kind = run.invoke(main, ["search", "find", "song", "--kind", "lecture"], catch_exceptions=False)
    by_filter = run.invoke(main, ["search", "find", "song", "--filter", "subject=toan"], catch_exceptions=False)
    assert "lecture 1" in by_kind.stdout
    assert "question" not in by_kind.stdout
    assert "question 2" in by_filter.stdout


def test_a_filter_without_a_value_is_explained(run: CliRunner) -> None:
    answer = run.invoke(main, ["search", "find", "song", "--filter", "subject"])
    assert answer.exit_code == 1
    assert "FIELD=VALUE" in answer.stderr


def test_rebuild_makes_the_index_from_what_is_published(run: CliRunner) -> None:
    assert "0 documents" in run.invoke(main, ["search", "rebuild"], catch_exceptions=False).stdout
    assert "0 found" in run.invoke(main, ["search", "find", "song"], catch_exceptions=False).stdout


def test_rebuild_names_what_it_left_out(run: CliRunner, services: Services) -> None:
    documents = [a_document("Nửa chữ \ud83d", id=7), a_document("Cả chữ", id=8)]
    services.document_sources["question"] = DocumentSource(lambda session: [7, 8], lambda session, ids: documents)
    answer = run.invoke(main, ["search", "rebuild"], catch_exceptions=False)
    assert "1 documents" in answer.stdout
    assert answer.stderr.splitlines()[-1] == "left out: question 7 (a text has half a character)"


def test_find_explains_its_scores(run: CliRunner) -> None:
    plain = run.invoke(main, ["search", "find", "song"], catch_exceptions=False).stdout
    explained = run.invoke(main, ["search", "find", "song", "--explain"], catch_exceptions=False).stdout
    assert "+" not in plain
    assert " +" in explained
    assert len(explained.splitlines()) > len(plain.splitlines())


def test_find_sorts_as_asked(run: CliRunner) -> None:
    assert run.invoke(main, ["search", "find", "song", "--sort", "newest"], catch_exceptions=False).exit_code == 0
    assert run.invoke(main, ["search", "find", "song", "--sort", "best"]).exit_code == 2


def test_find_says_what_it_gave_up(run: CliRunner) -> None:
    found = run.invoke(main, ["search", "find", "song zzzzqqqq"], catch_exceptions=False).stdout
    assert "given up: words" in found
