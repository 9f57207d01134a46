"""What the worker does for lectures: read a version's file, once, after it was uploaded."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from repository.db import writing
from repository.errors import HocLieuError
from repository.files.actions import keep_file
from repository.files.examination import Examination, ExaminationFailed, examine
from repository.files.packages.info import PackageKind
from repository.files.unpacked import PLAYED_KINDS, PackageFolder
from repository.jobs import Handler, JobContext
from repository.lectures.actions import PROCESS
from repository.lectures.descriptions import KIND
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.openings import TELL, tell_openings
from repository.lectures.places import joined
from repository.lectures.rereading import REREAD, reread
from repository.lectures.uploads import SWEEP, UploadFolder, sweep_uploads
from repository.search.actions import schedule_update

THUMBNAIL_MAX_BYTES = 2 << 20
UNREADABLE = "Không đọc được nội dung để tìm kiếm; bài giảng vẫn xem và tải được."


@dataclass(frozen=True)
class Reading:
    """What was learnt from a file, and what went wrong."""

    found: Examination
    problem: str = ""


def process(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Unpack the package, extract its text, make a thumbnail; done twice it changes nothing.

    The file is read between two short transactions, so that nobody waits for a hard one.
    """
    version = session.get(LectureVersion, payload["version_id"])
    if version is None or version.processed_at is not None:
        return
    sha256, kind = version.file_sha256, str(version.kind)
    session.rollback()
    reading = read_file(sha256, kind, context) if sha256 else Reading(Examination())
    keep_reading(writing(session), payload["version_id"], reading, context)


def read_file(sha256: str, kind: str, context: JobContext) -> Reading:
    store, data_dir = context.services.store, Path(context.services.settings.data_dir)
    try:
        if kind in PLAYED_KINDS:
            PackageFolder(data_dir / "packages", store).ensure(sha256)
        return Reading(examine(store.path(sha256), PackageKind(kind)))
    except ExaminationFailed:
        return Reading(Examination(), UNREADABLE)
    except HocLieuError as error:
        return Reading(Examination(), str(error))


def keep_reading(session: Session, version_id: int, reading: Reading, context: JobContext) -> None:
    version = session.get_one(LectureVersion, version_id)
    version.text, version.places = joined(reading.found.texts)
    version.process_problem, version.processed_at = reading.problem, context.now()
    if reading.found.thumbnail:
        version.thumbnail_sha256 = keep_thumbnail(session, reading.found.thumbnail, context)
    lecture = session.get_one(Lecture, version.lecture_id)
    if lecture.published_version_id == version.id:
        schedule_update(session, KIND, [lecture.id], now=context.now())


def keep_thumbnail(session: Session, content: bytes, context: JobContext) -> str:
    stream = io.BytesIO(content)
    store = context.services.store
    return keep_file(session, store, stream, limit_bytes=THUMBNAIL_MAX_BYTES, now=context.now()).sha256


def forget_uploads(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Delete uploads that nobody finished in two days."""
    folder = UploadFolder(Path(context.services.settings.data_dir) / "uploads")
    sweep_uploads(writing(session), folder, now=context.now())


HANDLERS: dict[str, Handler] = {PROCESS: process, SWEEP: forget_uploads, TELL: tell_openings, REREAD: reread}
