import io
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.files.unpacked import PackageFolder
from repository.jobs import Worker, enqueue
from repository.lectures import actions, queries
from repository.lectures.models import Lecture, Upload
from repository.lectures.receiving import receive_file
from repository.lectures.uploads import SWEEP, UPLOAD_AGE, UploadFolder, append, start_upload
from repository.permissions import Role
from repository.search.models import SearchChange
from repository.services import Services
from tests.builders import an_actor
from tests.conftest import NOW
from tests.repository.files.builders import a_picture, a_scorm_package, an_h5p_package
from tests.repository.lectures.test_actions import METADATA


def upload(session: Session, services: Services, path: Path) -> Lecture:
    actor = an_actor(session, Role.EDITOR)
    with path.open("rb") as stream:
        received = receive_file(actor, stream, path.name, store=services.store, limit_bytes=10**8)
    lecture = actions.upload_lecture(session, actor, METADATA, received, store=services.store, now=NOW)
    session.commit()
    return lecture


def work(services: Services) -> int:
    worker = Worker(services.sessions, services.job_handlers, services, clock=lambda: NOW)
    return worker.run_due((actions.PROCESS,))


def test_the_worker_unpacks_reads_and_makes_a_thumbnail(session: Session, services: Services, tmp_path: Path) -> None:
    cover = a_picture(tmp_path / "p.png", (700, 500)).read_bytes()
    lecture = upload(session, services, a_scorm_package(tmp_path / "a.zip", more={"cover.png": cover + bytes(4000)}))
    assert work(services) == 1
    session.rollback()
    version = queries.get_version(session, lecture.current_version_id)
    assert version.text == "Parabol\n\nParabol"
    assert version.thumbnail_sha256 is not None and services.store.has(version.thumbnail_sha256)
    folder = services.settings.data_dir / "packages" / str(version.file_sha256)
    assert (folder / "content" / "bai" / "mot.html").is_file()


def test_reading_twice_changes_nothing(session: Session, services: Services, tmp_path: Path) -> None:
    lecture = upload(session, services, an_h5p_package(tmp_path / "a.h5p"))
    work(services)
    enqueue(session, actions.PROCESS, {"version_id": lecture.current_version_id}, now=NOW)
    session.commit()
    assert work(services) == 1


def test_an_unreadable_file_is_told_and_stays(session: Session, services: Services, tmp_path: Path) -> None:
    lecture = upload(session, services, a_scorm_package(tmp_path / "a.zip"))
    version = queries.get_version(session, lecture.current_version_id)
    session.rollback()
    services.store.path(str(version.file_sha256)).write_bytes(b"PK\x03\x04 rotten")
    work(services)
    session.rollback()
    assert queries.get_version(session, lecture.current_version_id).process_problem


@pytest.mark.parametrize("is_published", [True, False])
def test_what_was_read_reaches_the_index_when_published(
    session: Session, services: Services, tmp_path: Path, is_published: bool
) -> None:
    lecture = upload(session, services, a_scorm_package(tmp_path / "a.zip"))
    lecture.published_version_id = lecture.current_version_id if is_published else None
    session.commit()
    work(services)
    assert len(session.scalars(select(SearchChange)).all()) == int(is_published)


def test_an_upload_nobody_finished_is_forgotten(session: Session, services: Services) -> None:
    actor = an_actor(session, Role.EDITOR)
    folder = UploadFolder(services.settings.data_dir / "uploads")
    upload = start_upload(session, actor, "a.zip", 10, limit_bytes=100, now=NOW)
    append(folder, upload, 0, io.BytesIO(b"abc"))
    session.commit()
    later = Worker(services.sessions, services.job_handlers, services, clock=lambda: NOW + UPLOAD_AGE)
    assert later.run_due((SWEEP,)) == 1
    session.rollback()
    assert session.get(Upload, upload.id, populate_existing=True) is None
    assert folder.offset(upload.id) == 0


def test_half_unpacked_packages_are_swept(services: Services) -> None:
    half = services.settings.data_dir / "packages" / ".unpacking-x"
    half.mkdir(parents=True)
    (half / "a").write_text("x")
    packages = PackageFolder(half.parent, services.store)
    assert packages.sweep(NOW.replace(year=2000)) == 0
    assert packages.sweep(NOW.replace(year=2100)) == 1
    assert not half.exists()
