import io

from sqlalchemy import text
from sqlalchemy.orm import Session

from repository.administration.deep_checks import index_against_database, publishing_log, stored_files, thorough_checks
from repository.files.actions import keep_file
from repository.files.models import StoredFile
from repository.services import Services
from tests.conftest import NOW
from tests.repository.lectures.builders import a_lecture


def a_kept_file(session: Session, services: Services) -> StoredFile:
    kept = keep_file(session, services.store, io.BytesIO(b"%PDF-1.7 x"), name="a.pdf", limit_bytes=1000, now=NOW)
    session.flush()
    return kept


def test_files_that_are_there_are_well(session: Session, services: Services) -> None:
    a_kept_file(session, services)
    found = stored_files(session, services, reads_bytes=True)
    assert (found.code, found.facts) == ("stored-well", {"count": 1})


def test_a_file_that_is_gone_is_named(session: Session, services: Services) -> None:
    kept = a_kept_file(session, services)
    services.store.delete(kept.sha256)
    found = stored_files(session, services, reads_bytes=False)
    assert found.code == "stored-wrong"
    assert kept.sha256[:12] in found.facts["names"]


def test_bytes_that_changed_are_found_by_reading_them(session: Session, services: Services) -> None:
    path = services.store.path(a_kept_file(session, services).sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 y")
    assert stored_files(session, services, reads_bytes=False).is_well
    assert not stored_files(session, services, reads_bytes=True).is_well


def test_an_index_that_lacks_a_published_lecture_is_astray(session: Session, services: Services) -> None:
    services.search.rebuild([])
    assert index_against_database(session, services).is_well
    a_lecture(session)
    session.flush()
    session.execute(text("DELETE FROM jobs"))
    assert index_against_database(session, services).code == "index-astray"


def test_an_empty_log_is_whole(session: Session) -> None:
    assert publishing_log(session).is_well


def test_a_new_installation_lacks_its_index_only(session: Session, services: Services) -> None:
    services.search.rebuild([])
    wrong = [check.code for check in thorough_checks(session, services, NOW) if not check.is_well]
    assert wrong == ["database-old"]
