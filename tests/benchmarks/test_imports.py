"""The 5,820 real questions into an empty bank, at most 20 seconds: ``pytest tests/benchmarks --benchmark-enable``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_benchmark.fixture import BenchmarkFixture

from quizbank.cli import main
from repository.services import Services
from tests.shared_data import SHARED, needs_shared_data

LIMIT_SECONDS = 20


@needs_shared_data
def test_all_real_papers_are_imported(
    benchmark: BenchmarkFixture, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.cli.imports.open_product", lambda: services)
    report = tmp_path / "report.json"
    arguments = ["import", "questions", str(SHARED / "exams"), "--report", str(report)]
    answer = benchmark.pedantic(CliRunner().invoke, args=(main, arguments), rounds=1)  # type: ignore[no-untyped-call]
    told = json.loads(report.read_text(encoding="utf-8"))
    assert answer.exit_code == 0
    assert (told["files"], told["found"], told["images"]) == (144, 5_820, 119)
    assert told["imported"] + told["duplicates"] >= 0.99 * told["found"]
    if benchmark.stats is not None:
        assert benchmark.stats.stats.max <= LIMIT_SECONDS
