"""Makes lectures for tests: a published link unless told otherwise."""

from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from repository.db import writing
from repository.lectures.models import (
    Lecture,
    LectureAuthor,
    LectureGrade,
    LectureHistory,
    LectureTopic,
    LectureVersion,
)
from repository.lectures.rules import LectureEvent, LectureKind, LectureState
from repository.services import Services
from tests.builders import MOMENT

_numbers = count(1)
TOPIC = "toan.l12.dai-so-giai-tich.nguyen-ham"


def a_lecture(
    session: Session,
    *,
    title: str = "",
    state: LectureState = LectureState.PUBLISHED,
    kind: LectureKind = LectureKind.LINK,
    subject: str = "toan",
    grades: tuple[int, ...] = (12,),
    topics: tuple[str, ...] = (),
    authors: tuple[str, ...] = ("Trần Thị Bình",),
    created_by_id: int | None = None,
    organisation_id: int | None = None,
    file_sha256: str | None = None,
    text: str = "",
    abstract: str = "",
) -> Lecture:
    """A lecture with one version. Published means visible: also ``published_version_id`` is set."""
    lecture = Lecture(
        state=state,
        kind=kind,
        created_by_id=created_by_id,
        organisation_id=organisation_id,
        created_at=MOMENT,
        updated_at=MOMENT,
    )
    session.add(lecture)
    session.flush()
    version = LectureVersion(
        lecture_id=lecture.id,
        number=1,
        title=title or f"Bài giảng {next(_numbers)}",
        abstract=abstract,
        abstract_html=f"<p>{abstract}</p>" if abstract else "",
        subject=subject,
        programme="gdpt-2018",
        language="vi",
        licence="cc-by-4.0",
        kind=kind,
        link_url="https://vidu.example/bai-giang" if kind is LectureKind.LINK else "",
        file_sha256=file_sha256,
        created_by_id=created_by_id,
        created_at=MOMENT,
        text=text,
        processed_at=MOMENT,
        grades=[LectureGrade(grade=grade) for grade in grades],
        topics=[LectureTopic(topic=topic) for topic in topics],
        authors=[LectureAuthor(position=position, name=name) for position, name in enumerate(authors)],
    )
    session.add(version)
    session.flush()
    lecture.current_version_id = version.id
    if state is LectureState.PUBLISHED:
        lecture.published_version_id, lecture.published_at = version.id, MOMENT
    session.add(
        LectureHistory(lecture_id=lecture.id, version_id=version.id, at=MOMENT, event=LectureEvent.UPLOADED, comment="")
    )
    session.flush()
    return lecture


def a_kept_lecture(services: Services, **more: Any) -> Lecture:
    """``a_lecture`` in a transaction of its own, for tests that look through a browser."""
    with services.sessions() as session:
        lecture = a_lecture(writing(session), **more)
        session.commit()
    return lecture
