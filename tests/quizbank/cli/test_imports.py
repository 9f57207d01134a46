"""The import and export commands, from files to files."""

import errno
import io
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from quizbank.cli import main
from quizbank.questions.descriptions import json_of
from quizbank.questions.filtering import QuestionFilter
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import every_question
from repository.errors import Invalid
from repository.permissions import SYSTEM
from repository.services import Services

OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PAPER = (
    f"Câu 1. Một?\n{OPTIONS}\nĐáp án: A\nLời giải: Vì thế.\n\nCâu 2. Hai?\n{OPTIONS}\n\n"
    f"Câu 3. Theo hình vẽ\n![](De_2019/a.png)\n{OPTIONS}\nĐáp án: C\n"
)
Run = Callable[..., Result]


@pytest.fixture
def run(services: Services, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``hoclieu`` on the test's own product."""
    for module in ("imports", "exports"):
        monkeypatch.setattr(f"quizbank.cli.{module}.open_product", lambda: services)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "exams" / "toan"
    (folder / "De_2019").mkdir(parents=True)
    (folder / "De_2019.txt").write_text(PAPER, encoding="utf-8")
    Image.new("RGB", (3, 2), "red").save(folder / "De_2019" / "a.png")
    return folder.parent


def report_of(run: Run, papers: Path, *more: Any) -> dict[str, Any]:
    path = papers / "report.json"
    answer = run("import", "questions", papers, "--report", path, *more)
    assert answer.exit_code == 0, answer.output
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def count(services: Services) -> int:
    with services.sessions() as session:
        return session.scalar(select(func.count()).select_from(Question)) or 0


def test_the_report_accounts_for_every_question(run: Run, papers: Path, services: Services) -> None:
    report = report_of(run, papers)
    assert {name: report[name] for name in ("files", "found", "imported", "duplicates", "images")} == {
        "files": 1,
        "found": 3,
        "imported": 2,
        "duplicates": 0,
        "images": 1,
    }
    [problem] = report["problems"]
    assert (problem["file"], problem["place"], problem["question"], problem["code"]) == (
        "toan/De_2019.txt",
        "line 9",
        "Câu 2",
        "no-key",
    )
    assert count(services) == 2


def test_importing_twice_adds_nothing(run: Run, papers: Path, services: Services) -> None:
    report_of(run, papers)
    report = report_of(run, papers)
    assert (report["found"], report["imported"], report["duplicates"]) == (3, 0, 2)
    assert count(services) == 2


def test_a_dry_run_says_the_same_and_stores_nothing(run: Run, papers: Path, services: Services) -> None:
    assert report_of(run, papers, "--dry-run")["imported"] == 2
    assert count(services) == 0


def test_the_folder_names_the_subject_and_the_year_the_programme(run: Run, papers: Path, services: Services) -> None:
    report_of(run, papers, "--grade", 12)
    with services.sessions() as session:
        version = session.scalars(select(QuestionVersion)).first()
    assert version is not None
    assert (version.subject, version.programme, version.grade) == ("toan", "ct-2006", 12)


def test_publishing_at_once(run: Run, papers: Path, services: Services) -> None:
    report_of(run, papers, "--publish")
    with services.sessions() as session:
        assert session.scalars(select(Question.state)).all() == ["published", "published"]
    assert services.search.state().documents == 2


def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(run: Run, papers: Path, services: Services) -> None:
    (papers / "toan" / "old.txt").write_bytes("C\xe2u 1: Cho".encode("latin-1"))
    (papers / "loose.txt").write_text(PAPER, encoding="utf-8")
    report = report_of(run, papers)
    codes = [(problem["file"], problem["code"]) for problem in report["problems"]]
    assert ("toan/old.txt", "unreadable-file") in codes and ("exams/loose.txt", "unreadable-file") in codes
    assert (report["files"], report["imported"]) == (3, 2)


def test_what_is_no_file_is_refused_and_the_others_are_read(run: Run, papers: Path, services: Services) -> None:
    os.mkfifo(papers / "toan" / "pipe.txt")
    (papers / "toan" / "loop.txt").symlink_to(papers / "toan" / "loop.txt")
    (papers / "toan" / "folder.txt").mkdir()
    report = report_of(run, papers)
    refused = {one["file"]: one["message"] for one in report["problems"] if one["code"] == "unreadable-file"}
    assert set(refused) == {"toan/pipe.txt", "toan/loop.txt"} and count(services) == report["imported"] > 0
    assert refused["toan/pipe.txt"].startswith("Không mở được pipe.txt")
    zero = json.loads(run("import", "questions", "/dev/zero", "--subject", "toan", "--json").stdout)
    assert [one["file"] for one in zero["problems"]] == ["dev/zero"]


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(run: Run, papers: Path) -> None:
    (papers / "toan" / "De_2019.txt").chmod(0)
    [problem] = report_of(run, papers)["problems"]
    assert "Không mở được De_2019.txt (Permission denied)" in problem["message"]


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_name_that_is_no_text_is_shown_with_question_marks(run: Run, papers: Path, services: Services) -> None:
    paper = papers / "toan" / "De_2019.txt"
    paper.rename(os.fsdecode(os.fsencode(paper.parent) + b"/d\xff.txt"))
    broken = os.fsdecode(os.fsencode(paper.parent) + b"/broken\xfe.json")
    Path(broken).write_bytes(b"[{")
    report = report_of(run, papers)
    assert report["imported"] == count(services) > 0
    assert {one["file"] for one in report["problems"]} >= {"toan/d?.txt", "toan/broken?.json"}


@pytest.mark.parametrize(
    "full",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("COMMIT", None, sqlite3.OperationalError("database or disk is full")),
    ],
)
def test_a_full_disk_is_one_line_and_leaves_what_was_stored(
    run: Run, papers: Path, services: Services, monkeypatch: pytest.MonkeyPatch, full: Exception
) -> None:
    def fail(*_given: Any, **_more: Any) -> None:
        raise full

    monkeypatch.setattr("quizbank.cli.imports.import_batch", fail)
    answer = run("import", "questions", papers)
    assert answer.exit_code == 1 and answer.stderr.startswith("hoclieu: Đĩa đã đầy")
    assert count(services) == 0
    monkeypatch.setattr("quizbank.cli.imports.import_batch", lambda *_given, **_more: 1 / 0)
    assert isinstance(run("import", "questions", papers).exception, ZeroDivisionError)


def test_pictures_outside_the_papers_folder_are_not_read(run: Run, papers: Path) -> None:
    Image.new("RGB", (3, 2)).save(papers / "secret.png")
    (papers / "toan" / "De_2019.txt").write_text(PAPER.replace("De_2019/a.png", "../secret.png"), encoding="utf-8")
    assert [problem["code"] for problem in report_of(run, papers)["problems"]] == ["no-key", "missing-image"]


def test_names_that_do_not_exist_are_refused(run: Run, papers: Path) -> None:
    for arguments in (("--subject", "magic"), ("--programme", "gdpt-1890")):
        assert run("import", "questions", papers, *arguments).exit_code == 1
    assert run("import", "questions", papers / "nothing-*.txt").exit_code == 1


def test_the_export_is_one_object_a_line_and_a_json_array(run: Run, papers: Path, tmp_path: Path) -> None:
    report_of(run, papers)
    path = tmp_path / "out.json"
    assert run("export", "questions", "--format", "json", "-o", path).exit_code == 0
    text = path.read_text(encoding="utf-8")
    first, second = json.loads(text)
    assert json.loads(io.StringIO(text).readlines()[1].rstrip(",\n")) == first
    assert (first["type"], first["stem"], first["options"][1], first["key"]) == ("single-choice", "Một?", "hai", "A")
    assert (first["explanation"], first["subject"], first["source_file"]) == ("Vì thế.", "toan", "toan/De_2019.txt")
    assert len(second["images"]) == 1


def test_an_empty_bank_exports_an_empty_array(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    assert run("export", "questions", "-o", path).exit_code == 0
    assert json.loads(path.read_text()) == []


def test_an_export_as_text_can_be_imported_again(run: Run, papers: Path, tmp_path: Path) -> None:
    report_of(run, papers)
    folder = tmp_path / "toan"
    folder.mkdir()
    run("export", "questions", "--format", "text", "-o", folder / "back.txt")
    answer = run("import", "questions", folder, "--programme", "ct-2006", "--report", tmp_path / "r.json")
    assert answer.exit_code == 0
    assert json.loads((tmp_path / "r.json").read_text())["duplicates"] == 2


def test_progress_counts_questions_on_standard_error(
    run: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.cli.progress.SECONDS", 0)
    imported = run("import", "questions", papers)
    assert "1 files, 3 questions\n" in imported.stderr and "1 files" not in imported.stdout.partition("1 files, 3 q")[0]
    exported = run("export", "questions", "-o", tmp_path / "out.json")
    assert "1 of 2 questions written" in exported.stderr and exported.stdout == ""


def test_a_report_can_be_all_that_is_printed(run: Run, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizbank.cli.progress.SECONDS", 0)
    printed = run("import", "questions", papers, "--json")
    assert json.loads(printed.stdout)["imported"] == 2 and printed.stderr == ""


def test_commands_pages_and_programs_write_one_json(run: Run, papers: Path, tmp_path: Path, services: Services) -> None:
    report_of(run, papers)
    path = tmp_path / "out.json"
    run("export", "questions", "-o", path)
    first = json.loads(path.read_text(encoding="utf-8"))[0]
    with services.sessions() as session:
        row = next(every_question(session, QuestionFilter(), SYSTEM))
        listed = json_of(row)
    assert {**first, "id": row.question.id, "version": 1, "state": "draft"} == listed


def test_an_export_can_be_imported_again(run: Run, papers: Path, tmp_path: Path) -> None:
    report_of(run, papers)
    run("export", "questions", "-o", tmp_path / "back.json")
    back = json.loads(run("import", "questions", tmp_path / "back.json", "--json").stdout)
    assert (back["found"], back["duplicates"]) == (2, 2)


def test_an_export_that_fails_leaves_the_file_that_was_there(
    run: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_of(run, papers)
    path = tmp_path / "out.json"
    path.write_text("trước")

    def broken(*_arguments: object, **_more: object) -> int:
        raise Invalid("hỏng")

    monkeypatch.setattr("quizbank.cli.exports.write_export", broken)
    assert run("export", "questions", "-o", path).exit_code == 1
    assert path.read_text() == "trước" and list(tmp_path.glob(".out*")) == []


def test_losses_are_named_and_written_down(run: Run, papers: Path, tmp_path: Path) -> None:
    report_of(run, papers)
    losses = tmp_path / "losses.jsonl"
    printed = run("export", "questions", "--format", "text", "-o", tmp_path / "out.txt", "--losses", losses)
    assert "không giữ được hình" in printed.stderr
    [line] = losses.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["facts"] == {"what": "hình"}
