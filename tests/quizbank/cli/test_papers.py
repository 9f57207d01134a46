"""``hoclieu quiz papers``: papers of a quiz as files in a folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.cli import main
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.models import Quiz, QuizVariant
from repository.permissions import SYSTEM, Role
from repository.services import Services
from tests.builders import an_actor
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.quizzes.builders import a_quiz


@pytest.fixture(autouse=True)
def product(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("quizbank.cli.papers.open_product", lambda: services)
    yield


@pytest.fixture
def quiz(session: Session) -> Quiz:
    made = a_quiz(session, an_actor(session, Role.TEACHER), codes=("101",))
    session.commit()
    return made


def papers(quiz_id: int, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["quiz", "papers", str(quiz_id), "-o", str(folder), *options])


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_papers_are_written_and_missing_codes_made(session: Session, quiz: Quiz, tmp_path: Path) -> None:
    result = papers(quiz.id, tmp_path / "in", "--codes", "101-102", "--format", "docx,html")
    assert result.exit_code == 0, result.output
    assert files_in(tmp_path / "in") == ["DOC-TRUOC.txt", "De-101.docx", "De-101.html", "De-102.docx", "De-102.html"]
    assert session.scalars(select(QuizVariant.code).order_by(QuizVariant.code)).all() == ["101", "102"]


def test_without_codes_all_are_written(quiz: Quiz, tmp_path: Path) -> None:
    result = papers(quiz.id, tmp_path, "--format", "html", "--solutions", "--large-print", "--json")
    written = ["De-101.html", "Chu-lon/De-101.html", "Loi-giai/Loi-giai-101.html"]
    assert json.loads(result.stdout)["files"] == written


def test_the_same_quiz_is_written_in_the_same_bytes(quiz: Quiz, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert papers(quiz.id, tmp_path / folder, "--format", "pdf,docx,html,keys,sheet").exit_code == 0
    names = files_in(tmp_path / "a")
    assert names == files_in(tmp_path / "b") and len(names) == 17
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


def test_a_quiz_that_a_command_built_gets_codes_too(session: Session, tmp_path: Path) -> None:
    quiz = a_quiz(session, SYSTEM)
    session.commit()
    assert papers(quiz.id, tmp_path / "in", "--codes", "0101", "--format", "sheet").exit_code == 0
    assert files_in(tmp_path / "in") == ["DOC-TRUOC.txt", "Phieu-tra-loi-theo-ma.pdf", "Phieu-tra-loi.pdf"]


def test_a_paper_of_essays_has_no_keys_unless_they_are_asked_for(session: Session, tmp_path: Path) -> None:
    quiz = a_quiz(session, SYSTEM, a_cell(type=QuestionType.ESSAY, count=1, marks="10"))
    session.commit()
    assert papers(quiz.id, tmp_path / "in").exit_code == 0
    assert files_in(tmp_path / "in") == ["DOC-TRUOC.txt", "De.docx", "De.pdf"]
    assert "tự luận" in papers(quiz.id, tmp_path / "in", "--format", "keys").stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "exe"], "exe"),
        (["--codes", "101-1"], "101-1"),
        (["--format", "sheet", "--codes", "12345"], "12345"),
    ],
)
def test_what_is_wrong_is_one_line_and_writes_nothing(
    quiz: Quiz, tmp_path: Path, options: list[str], words: str
) -> None:
    result = papers(quiz.id, tmp_path / "in", *options)
    assert result.exit_code == 1 and words in result.stderr and not (tmp_path / "in").exists()


def test_a_quiz_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert papers(99, tmp_path).exit_code == 1
