"""``hoclieu search rebuild`` also sees to lectures that were read before places were kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.cli import main
from repository.jobs import Job, JobState
from repository.lectures.rereading import REREAD
from repository.services import Services
from tests.repository.files.builders import a_pdf
from tests.repository.lectures.test_rereading import an_old_lecture


def test_old_texts_are_read_again_by_the_worker(
    session: Session, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_old_lecture(session, services, a_pdf(tmp_path / "a.pdf"))
    monkeypatch.setattr("quizbank.cli.search_rebuild.open_product", lambda: services)
    answer = CliRunner().invoke(main, ["search", "rebuild"], catch_exceptions=False)
    assert "1 lectures were read before places were kept" in answer.stdout
    CliRunner().invoke(main, ["search", "rebuild"], catch_exceptions=False)
    assert session.scalars(select(Job.state).where(Job.kind == REREAD)).all() == [JobState.QUEUED]
