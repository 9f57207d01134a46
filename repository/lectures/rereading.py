"""Texts read before their places were kept are read once more, so that search opens a lecture where the words stand."""

import datetime as dt
from typing import Any

import structlog
from sqlalchemy import Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from repository.db import writing
from repository.files.examination import ExaminationFailed, examine
from repository.files.packages.info import PackageKind
from repository.jobs import Job, JobContext, JobState, enqueue
from repository.lectures.descriptions import KIND
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.places import joined
from repository.search.actions import schedule_update

REREAD = "lectures.reread"

log = structlog.get_logger("lectures")


def schedule_rereading(session: Session, *, now: dt.datetime) -> int:
    """Have the worker read again what has a text without places, unless it is at it; how many versions that are."""
    waiting = session.scalar(select(func.count()).select_from(without_places().subquery())) or 0
    pending = select(Job.id).where(Job.kind == REREAD, Job.state.in_((JobState.QUEUED, JobState.RUNNING))).limit(1)
    if waiting and session.scalar(pending) is None:
        enqueue(session, REREAD, {}, now=now)
    return waiting


def without_places() -> Select[int]:
    """The versions in use that have a text and nothing about its places: whoever reads a text today keeps both."""
    in_use = or_(Lecture.current_version_id == LectureVersion.id, Lecture.published_version_id == LectureVersion.id)
    return (
        select(LectureVersion.id)
        .join(Lecture, (Lecture.id == LectureVersion.lecture_id) & in_use)
        .where(
            LectureVersion.file_sha256.is_not(None),
            LectureVersion.text != "",
            cast(LectureVersion.places, Text) == "[]",
        )
        .order_by(LectureVersion.id)
    )


def reread(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Read all of them, each committed by itself: killed and begun again, it goes on where it stopped."""
    ids = list(session.scalars(without_places()))
    session.rollback()
    for done, version_id in enumerate(ids):
        context.progress(done, len(ids))
        reread_version(version_id, context)


def reread_version(version_id: int, context: JobContext) -> None:
    """Keep the text of a file anew, with its places. What can't be read any more keeps the text it has."""
    with context.sessions() as session:
        version = session.get_one(LectureVersion, version_id)
        path, kind = context.services.store.path(version.file_sha256), PackageKind(version.kind)
    try:
        text, marks = joined(examine(path, kind, wants=("text",)).texts)
    except ExaminationFailed as error:
        log.warning("a lecture could not be read again", version=version_id, problem=str(error))
        return
    if not text:
        return
    with context.sessions() as session:
        version = writing(session).get_one(LectureVersion, version_id)
        version.text, version.places = text, marks
        lecture = session.get_one(Lecture, version.lecture_id)
        if lecture.published_version_id == version_id:
            schedule_update(session, KIND, [lecture.id], now=context.now())
        session.commit()
