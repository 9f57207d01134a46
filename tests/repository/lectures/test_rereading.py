"""Lectures read before places were kept get them later, without losing a word."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.db import writing
from repository.files.examination import Examination, ExaminationFailed, TextPlace
from repository.jobs import JobContext, Worker
from repository.lectures import rereading
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.rereading import REREAD, schedule_rereading
from repository.search.models import SearchChange
from repository.services import Services
from tests.conftest import NOW
from tests.repository.files.builders import a_pdf, a_video, an_h5p_package
from tests.repository.lectures.test_jobs import upload, work


def an_old_lecture(session: Session, services: Services, path: Path) -> Lecture:
    """A published lecture whose text was read before places were kept."""
    lecture = upload(session, services, path)
    work(services)
    session.rollback()
    lecture.published_version_id = lecture.current_version_id
    writing(session).get_one(LectureVersion, lecture.current_version_id).places = []
    session.commit()
    return lecture


def reread(services: Services) -> int:
    """How many lectures were to be read again when the worker was asked to."""
    with services.sessions() as session:
        waiting = schedule_rereading(writing(session), now=NOW)
        session.commit()
    Worker(services.sessions, services.job_handlers, services, clock=lambda: NOW).run_due((REREAD,))
    return waiting


def kept(services: Services, lecture: Lecture) -> tuple[str, Any]:
    with services.sessions() as session:
        version = session.get_one(LectureVersion, lecture.current_version_id)
        return version.text, version.places


def test_an_old_text_gets_its_places_and_is_indexed_anew(session: Session, services: Services, tmp_path: Path) -> None:
    lecture = an_old_lecture(session, services, a_pdf(tmp_path / "a.pdf"))
    assert reread(services) == 1
    text, places = kept(services, lecture)
    assert "Song anh sang" in text and places[0][:2] == ["page", 1]
    assert session.scalars(select(SearchChange.thing_id)).all() == [lecture.id]


def test_nothing_is_read_a_third_time(session: Session, services: Services, tmp_path: Path) -> None:
    for path in (a_pdf(tmp_path / "a.pdf"), an_h5p_package(tmp_path / "a.h5p"), a_video(tmp_path / "a.mp4")):
        an_old_lecture(session, services, path)
    assert [reread(services), reread(services)] == [2, 0]


def test_new_lectures_are_left_alone(session: Session, services: Services, tmp_path: Path) -> None:
    upload(session, services, an_h5p_package(tmp_path / "a.h5p"))
    work(services)
    assert reread(services) == 0


@pytest.mark.parametrize("answer", [ExaminationFailed("timeout"), Examination()])
def test_what_cannot_be_read_any_more_keeps_its_text(
    session: Session, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    def examine(*_args: Any, **_more: Any) -> Examination:
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Examination)
        return answer

    lecture = an_old_lecture(session, services, a_pdf(tmp_path / "a.pdf"))
    before = kept(services, lecture)
    monkeypatch.setattr(rereading, "examine", examine)
    assert reread(services) == 1
    assert kept(services, lecture) == before


def test_a_job_that_was_killed_goes_on_where_it_stopped(
    session: Session, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lectures = [an_old_lecture(session, services, a_pdf(tmp_path / f"{n}.pdf", f"Bài {n}")) for n in (1, 2)]
    read: list[Path] = []

    def examine(path: Path, *_args: Any, **_more: Any) -> Examination:
        read.append(path)
        if len(read) == 2:
            raise KeyboardInterrupt
        return Examination(texts=(TextPlace("1", "Mới", "page", 1),))

    monkeypatch.setattr(rereading, "examine", examine)
    with pytest.raises(KeyboardInterrupt):
        reread(services)
    assert kept(services, lectures[0])[0] == "Mới"
    with services.sessions() as again:
        rereading.reread(again, {}, a_context(services))
    assert len(read) == 3 and read[2] == read[1]
    assert kept(services, lectures[1])[0] == "Mới"


def a_context(services: Services) -> JobContext:
    return JobContext(0, services, services.sessions, lambda: NOW)
