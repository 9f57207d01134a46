"""Questions and lectures brought in batch by batch, as the real path writes them: rows, history, records, log."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizbank.demo.lecture_files import KeptFile, PreparedLecture
from quizbank.demo.people import Cast
from quizbank.demo.questions.library import Drawn
from quizbank.demo.templates import Made, keep_templates
from quizbank.questions import descriptions as question_descriptions
from quizbank.questions.models import Question
from quizbank.questions.publication import withdraw_questions
from quizbank.questions.states import QuestionEvent, QuestionState
from quizbank.questions.storing import ToStore, add_history, set_versions, store_questions, take_ids
from repository.files.models import StoredFile
from repository.lectures import descriptions as lecture_descriptions
from repository.lectures.models import (
    Lecture,
    LectureAuthor,
    LectureGrade,
    LectureHistory,
    LectureTopic,
    LectureVersion,
    LectureWarning,
)
from repository.lectures.publication import take_back
from repository.lectures.records import read_records as read_lecture_records
from repository.lectures.rules import LectureEvent, LectureState
from repository.markup import render
from repository.publishing.actions import publish_records

PROGRAMME = "gdpt-2018"
BATCH = 500
DRAFT_EVERY, REVIEW_EVERY, WITHDRAWN_EVERY = 53, 41, 97
Row = dict[str, Any]


def is_draft(place: int) -> bool:
    """What becomes of the thing at a place in the stream: most are published, some are still on their way."""
    return place % DRAFT_EVERY == DRAFT_EVERY - 1


def is_in_review(place: int) -> bool:
    return place % REVIEW_EVERY == REVIEW_EVERY - 1 and not is_draft(place)


def is_published(place: int) -> bool:
    return not is_draft(place) and not is_in_review(place)


def add_questions(session: Session, cast: Cast, new: Sequence[Drawn], first: int, now: dt.datetime) -> None:
    """Store questions number ``first`` and following with their templates, and publish those whose fate it is."""
    ids = store_questions(session, cast.editor, [ToStore(one.question) for one in new], now=now)
    versions = _versions_of(session, ids)
    keep_templates(session, [Made(id_, versions[id_], one) for id_, one in zip(ids, new, strict=True)], now)
    pairs = [(id_, versions[id_]) for id_ in ids]
    places = range(first, first + len(pairs))
    waiting = [pair for pair, place in zip(pairs, places, strict=True) if is_in_review(place)]
    public = [pair for pair, place in zip(pairs, places, strict=True) if is_published(place)]
    add_history(session, cast.editor, waiting + public, QuestionEvent.SUBMITTED, now=now)
    some = [id_ for id_, _ in waiting]
    session.execute(update(Question).where(Question.id.in_(some)).values(state=QuestionState.IN_REVIEW))
    values = {"state": QuestionState.PUBLISHED, "published_at": now, "updated_at": now}
    set_versions(session, public, "published_version_id", **values)
    add_history(session, cast.reviewer, public, QuestionEvent.APPROVED, now=now)
    for start in range(0, len(public), BATCH):
        chosen = [id_ for id_, _ in public[start : start + BATCH]]
        contents = question_descriptions.read_records(session, chosen)
        publish_records(session, cast.reviewer, question_descriptions.KIND, contents, now=now)
        session.expunge_all()


def _versions_of(session: Session, ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(ids), BATCH):
        query = select(Question.id, Question.current_version_id).where(Question.id.in_(ids[start : start + BATCH]))
        found |= {id_: version for id_, version in session.execute(query) if version is not None}
    return found


def add_lectures(
    session: Session, cast: Cast, prepared: Sequence[PreparedLecture], first: int, now: dt.datetime
) -> None:
    """Write lectures number ``first`` and following, and publish those whose fate it is."""
    if not prepared:
        return
    add_stored_files(session, prepared, now)
    ids = take_ids(session, Lecture.__table__, len(prepared))
    versions = take_ids(session, LectureVersion.__table__, len(prepared))
    rows = LectureRows(cast, now)
    for place, (id_, version, one) in enumerate(zip(ids, versions, prepared, strict=True), first):
        rows.add(id_, version, one, place)
    rows.insert(session)
    public = [id_ for place, id_ in enumerate(ids, first) if is_published(place)]
    contents = read_lecture_records(session, public)
    publish_records(session, cast.reviewer, lecture_descriptions.KIND, contents, now=now)
    session.expunge_all()


def add_stored_files(session: Session, prepared: Sequence[PreparedLecture], now: dt.datetime) -> None:
    """Rows of the bytes, once for equal bytes."""
    rows: dict[str, Row] = {}
    for one in prepared:
        if one.file is None:
            continue
        kept = [(one.file.stored, one.file.info.media_type)]
        kept += [(one.file.thumbnail, "image/webp")] if one.file.thumbnail else []
        for stored, media_type in kept:
            rows[stored.sha256] = {"sha256": stored.sha256, "size_bytes": stored.size_bytes, "media_type": media_type}
    known = set(session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(rows))))
    new = [{**row, "created_at": now} for sha256, row in rows.items() if sha256 not in known]
    if new:
        session.execute(insert(StoredFile), new)


class LectureRows:
    """Rows of a batch of lectures, table by table."""

    def __init__(self, cast: Cast, now: dt.datetime) -> None:
        self.cast, self.now = cast, now
        self.lectures: list[Row] = []
        self.versions: list[Row] = []
        self.grades: list[Row] = []
        self.topics: list[Row] = []
        self.authors: list[Row] = []
        self.warnings: list[Row] = []
        self.history: list[Row] = []

    def add(self, id_: int, version: int, one: PreparedLecture, place: int) -> None:
        new = one.lecture
        self.lectures.append(self._lecture_row(id_, version, one, place))
        self.versions.append(self._version_row(id_, version, one))
        self.grades += [{"version_id": version, "grade": grade} for grade in sorted(set(new.grades))]
        self.topics += [{"version_id": version, "topic": topic} for topic in sorted(set(new.topics))]
        self.authors += [{"version_id": version, "position": at, "name": name} for at, name in enumerate(new.authors)]
        for at, warning in enumerate(one.file.info.warnings if one.file else ()):
            self.warnings.append({"version_id": version, "position": at, "code": warning.code, "path": warning.path})
        steps = [(LectureEvent.UPLOADED, self.cast.editor)]
        steps += [] if is_draft(place) else [(LectureEvent.SUBMITTED, self.cast.editor)]
        steps += [(LectureEvent.APPROVED, self.cast.reviewer)] if is_published(place) else []
        for event, actor in steps:
            common = {"lecture_id": id_, "version_id": version, "at": self.now, "comment": ""}
            self.history.append({**common, "event": event, "actor_id": actor.person_id})

    def _lecture_row(self, id_: int, version: int, one: PreparedLecture, place: int) -> Row:
        is_public = is_published(place)
        state = LectureState.PUBLISHED if is_public else LectureState.DRAFT
        return {
            "id": id_,
            "state": LectureState.IN_REVIEW if is_in_review(place) else state,
            "kind": one.lecture.kind,
            "to_version": version,
            "to_published": version if is_public else None,
            "created_by_id": self.cast.editor.person_id,
            "organisation_id": self.cast.editor.organisation_id,
            "created_at": self.now,
            "updated_at": self.now,
            "published_at": self.now if is_public else None,
        }

    def _version_row(self, id_: int, version: int, one: PreparedLecture) -> Row:
        new = one.lecture
        return {
            "id": version,
            "lecture_id": id_,
            "number": 1,
            "title": new.title,
            "abstract": new.abstract,
            "abstract_html": render(new.abstract).html if new.abstract else "",
            "subject": new.subject,
            "programme": PROGRAMME,
            "language": new.language,
            "licence": new.licence,
            "kind": new.kind,
            "duration_minutes": new.duration_minutes,
            "year": min(new.year, self.now.year),
            "link_url": new.link_url or "",
            "created_by_id": self.cast.editor.person_id,
            "created_at": self.now,
            "processed_at": self.now,
            **file_columns(one.file, new.file_name or ""),
        }

    def insert(self, session: Session) -> None:
        pointers = [
            {"of": row["id"], "current": row.pop("to_version"), "public": row.pop("to_published")}
            for row in self.lectures
        ]
        for table, rows in (
            (Lecture, self.lectures),
            (LectureVersion, self.versions),
            (LectureGrade, self.grades),
            (LectureTopic, self.topics),
            (LectureAuthor, self.authors),
            (LectureWarning, self.warnings),
            (LectureHistory, self.history),
        ):
            if rows:
                session.execute(insert(table), rows)
        point_lectures(session, pointers)


def file_columns(file: KeptFile | None, name: str) -> Row:
    """The columns that a version's file gives; all versions of a batch have the same columns."""
    return {
        "file_sha256": file.stored.sha256 if file else None,
        "file_name": name,
        "size_bytes": file.stored.size_bytes if file else None,
        "media_type": file.info.media_type if file else "",
        "standard": file.info.standard if file else "",
        "entry_path": file.info.entry if file else "",
        "text": file.text if file else "",
        "places": file.places if file else [],
        "thumbnail_sha256": file.thumbnail.sha256 if file and file.thumbnail else None,
        "process_problem": "",
    }


def point_lectures(session: Session, pointers: Sequence[Row]) -> None:
    """Point lectures at their versions, which had to be written after them."""
    for row in pointers:
        session.execute(
            update(Lecture)
            .where(Lecture.id == row["of"])
            .values(current_version_id=row["current"], published_version_id=row["public"])
        )


def withdraw_some(session: Session, cast: Cast, now: dt.datetime) -> None:
    """Take a few published things out of use again: they leave tombstones."""
    reviewer = cast.reviewer
    chosen = Question.id % WITHDRAWN_EVERY == 0, Question.published_version_id.is_not(None)
    questions = session.scalars(select(Question).where(*chosen).order_by(Question.id).limit(400)).all()
    pairs = [(question.id, question.published_version_id) for question in questions]
    withdraw_questions(session, reviewer, questions, now=now)
    add_history(session, reviewer, pairs, QuestionEvent.WITHDRAWN, now=now)
    public = Lecture.id % WITHDRAWN_EVERY == 0, Lecture.published_version_id.is_not(None)
    for lecture in session.scalars(select(Lecture).where(*public).order_by(Lecture.id)).all():
        take_back(session, reviewer, lecture, now=now)
        comment = "Nội dung đã có bài giảng mới thay thế."
        event = {"lecture_id": lecture.id, "version_id": lecture.current_version_id, "at": now, "comment": comment}
        row = {**event, "event": LectureEvent.WITHDRAWN, "actor_id": reviewer.person_id}
        session.execute(insert(LectureHistory), [row])
