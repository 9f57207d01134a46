import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from quizbank.cli import main
from repository.lectures import queries
from repository.lectures.importing import ImportedFile, Outcome, Placing, files_below, import_file
from repository.lectures.models import Lecture
from repository.permissions import STRANGER, SYSTEM, Actor
from repository.services import Services
from tests.conftest import NOW
from tests.repository.files.builders import a_picture, a_scorm_package, a_zip, an_epub, an_h5p_package

MATHS = Placing("toan", 12)


def import_one(
    session: Session,
    services: Services,
    path: Path,
    placing: Placing = MATHS,
    *,
    actor: Actor = SYSTEM,
    is_published: bool = False,
) -> ImportedFile:
    return import_file(
        session,
        actor,
        path,
        placing,
        store=services.store,
        limit_bytes=10**8,
        now=NOW,
        is_published=is_published,
    )


def test_metadata_comes_from_the_package(session: Session, services: Services, tmp_path: Path) -> None:
    found = import_one(session, services, an_epub(tmp_path / "kieu.epub"))
    version = queries.get_version(session, session.get_one(Lecture, found.lecture_id).current_version_id)
    assert (found.outcome, found.kind, found.title) == (Outcome.IMPORTED, "epub", "Truyện Kiều")
    assert (version.subject, version.year, [row.name for row in version.authors]) == ("toan", 1820, ["Nguyễn Du"])


def test_what_is_imported_is_published_when_asked(session: Session, services: Services, tmp_path: Path) -> None:
    import_one(session, services, an_h5p_package(tmp_path / "a.h5p"), is_published=True)
    assert [card.title for card in queries.list_published(session).cards] == ["Câu hỏi nhanh"]


def test_the_same_bytes_are_taken_once(session: Session, services: Services, tmp_path: Path) -> None:
    package = an_h5p_package(tmp_path / "a.h5p")
    first = import_one(session, services, package)
    second = import_one(session, services, package)
    assert (second.outcome, second.lecture_id) == (Outcome.DUPLICATE, first.lecture_id)


def test_a_refused_file_is_an_outcome_with_its_reason(session: Session, services: Services, tmp_path: Path) -> None:
    found = import_one(session, services, a_zip(tmp_path / "a.zip", {"../a": "x"}))
    assert (found.outcome, found.code, found.lecture_id) == (Outcome.REFUSED, "path", None)
    assert found.message


def test_a_stranger_imports_nothing(session: Session, services: Services, tmp_path: Path) -> None:
    found = import_one(session, services, an_h5p_package(tmp_path / "a.h5p"), actor=STRANGER)
    assert (found.outcome, found.code) == (Outcome.REFUSED, "not-signed-in")


def test_a_sidecar_says_more_than_the_package(session: Session, services: Services, tmp_path: Path) -> None:
    package = a_scorm_package(tmp_path / "a.zip")
    (tmp_path / "a.zip.json").write_text(json.dumps({"title": "Tên khác", "subject": "vat-li", "authors": ["Lê An"]}))
    found = import_one(session, services, package, Placing())
    version = queries.get_version(session, session.get_one(Lecture, found.lecture_id).current_version_id)
    assert (version.title, version.subject) == ("Tên khác", "vat-li")


@pytest.mark.parametrize("sidecar", ["{", "[]", '{"title": 7, "subject": "toan"}', '{"subject": "khong-co"}'])
def test_an_unsound_sidecar_is_told(session: Session, services: Services, tmp_path: Path, sidecar: str) -> None:
    package = a_scorm_package(tmp_path / "a.zip")
    (tmp_path / "a.zip.json").write_text(sidecar)
    assert import_one(session, services, package).code == "invalid"


@pytest.mark.parametrize(("folder", "subject"), [("Vật lí", "vat-li"), ("vat-li", "vat-li"), ("bai-giang", "")])
def test_a_folder_may_name_the_subject_and_nothing_is_guessed(
    session: Session, services: Services, tmp_path: Path, folder: str, subject: str
) -> None:
    (tmp_path / folder).mkdir()
    found = import_one(session, services, a_scorm_package(tmp_path / folder / "a.zip"), Placing())
    version = queries.get_version(session, session.get_one(Lecture, found.lecture_id).current_version_id)
    assert version.subject == subject
    assert ("no-subject" in found.warnings) == (not subject)


def test_folders_are_walked_without_sidecars_and_leftovers(tmp_path: Path) -> None:
    for name in ("b.zip", "b.zip.json", ".DS_Store", "Thumbs.db", "inner/a.geojson"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in files_below([tmp_path])] == ["b.zip", "a.geojson"]


def test_the_command_reports_every_file(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "goi"
    folder.mkdir()
    a_scorm_package(folder / "a.zip")
    a_picture(folder / "b.png")
    (folder / "c.exe").write_bytes(b"MZ")
    monkeypatch.setenv("HOCLIEU_DATA_DIR", str(tmp_path / "own"))
    monkeypatch.delenv("HOCLIEU_DATABASE_URL", raising=False)
    report = tmp_path / "report.json"
    done = CliRunner().invoke(main, ["import", "lectures", str(folder), "--publish", "--report", str(report)])
    assert done.exit_code == 0, done.output
    told = json.loads(report.read_text())
    assert (told["files"], told["imported"], told["refused"]) == (3, 2, 1)
    assert [item["code"] for item in told["items"]] == ["", "", "executable"]
