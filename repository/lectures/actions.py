"""Everything that changes a lecture: permission first, then the rule, then the rows. Doors commit."""

import datetime as dt

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from repository import audit
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Invalid, NotFound
from repository.files.actions import keep_stored
from repository.files.jobs import schedule_sweep
from repository.files.store import FileStore
from repository.jobs import enqueue
from repository.lectures import queries
from repository.lectures.descriptions import KIND
from repository.lectures.models import (
    Lecture,
    LectureAuthor,
    LectureGrade,
    LectureHistory,
    LectureTopic,
    LectureVersion,
    LectureWarning,
)
from repository.lectures.publication import publish, take_back
from repository.lectures.receiving import ReceivedFile
from repository.lectures.rules import (
    LectureEvent,
    LectureKind,
    LectureMetadata,
    LectureState,
    check_metadata,
    check_step,
)
from repository.markup import nfc, render
from repository.permissions import (
    COMMENT_LECTURE,
    EDIT_LECTURE,
    REVIEW_LECTURE,
    SEE_LECTURE,
    SUBMIT_LECTURE,
    UPLOAD_LECTURE,
    WITHDRAW_LECTURE,
    Actor,
)

PROCESS = "lectures.process"
COMMENT_MAX = 5_000


def upload_lecture(
    session: Session,
    actor: Actor,
    new: LectureMetadata,
    received: ReceivedFile | None,
    *,
    store: FileStore,
    now: dt.datetime,
    needs_subject: bool = True,
) -> Lecture:
    """Make a draft of a received file, or of a link when there is none.

    Args:
        new: its metadata.
        received: what ``receive_file`` gave; None for a link.
        needs_subject: False takes an unplaced lecture, as a mass import brings it.

    Raises:
        NotSignedIn, Forbidden: this actor may not upload.
        Invalid: the metadata can't be kept; ``facts["fields"]`` says why.
    """
    UPLOAD_LECTURE.require(actor)
    check(new, is_link=received is None, needs_subject=needs_subject)
    kind = LectureKind(received.info.kind) if received else LectureKind.LINK
    lecture = Lecture(
        state=LectureState.DRAFT,
        kind=kind,
        created_by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        created_at=now,
        updated_at=now,
    )
    session.add(lecture)
    session.flush()
    version = make_version(session, actor, lecture, new, number=1, now=now)
    put_file(session, version, received, store=store, now=now)
    add_version(session, lecture, version, now=now)
    remember(session, actor, lecture, LectureEvent.UPLOADED, now=now)
    schedule_sweep(session, now=now)
    return lecture


def revise_lecture(
    session: Session,
    actor: Actor,
    lecture_id: int,
    new: LectureMetadata,
    received: ReceivedFile | None = None,
    *,
    store: FileStore,
    now: dt.datetime,
    based_on: int | None = None,
) -> Lecture:
    """Write a new version; a published one stays visible until this one is approved.

    Args:
        new: the whole metadata.
        received: a new file; None keeps the file of the version before.
        based_on: number of the version the editor saw; None accepts any.

    Raises:
        NotFound, Forbidden: not this actor's.
        Conflict: it is in review, or somebody wrote a version meanwhile.
        Invalid: the metadata can't be kept.
    """
    lecture = changeable(session, actor, lecture_id)
    EDIT_LECTURE.require(actor, lecture)
    check_step(LectureEvent.REVISED, LectureState(lecture.state))
    before = queries.get_version(session, lecture.current_version_id)
    check_is_newest(session, lecture, based_on)
    check(new, is_link=received is None and before.kind == LectureKind.LINK)
    version = make_version(session, actor, lecture, new, number=queries.last_number(session, lecture_id) + 1, now=now)
    if received:
        put_file(session, version, received, store=store, now=now)
    else:
        keep_same_file(session, version, before)
    lecture.state, lecture.kind, lecture.updated_at = LectureState.DRAFT, LectureKind(version.kind), now
    add_version(session, lecture, version, now=now)
    remember(session, actor, lecture, LectureEvent.REVISED, now=now)
    return lecture


def submit_lecture(session: Session, actor: Actor, lecture_id: int, comment: str = "", *, now: dt.datetime) -> Lecture:
    """Hand the draft to the reviewers.

    Raises:
        NotFound, Forbidden: not this actor's.
        Conflict: it is no draft.
    """
    lecture = changeable(session, actor, lecture_id)
    SUBMIT_LECTURE.require(actor, lecture)
    check_step(LectureEvent.SUBMITTED, LectureState(lecture.state))
    lecture.state, lecture.updated_at = LectureState.IN_REVIEW, now
    remember(session, actor, lecture, LectureEvent.SUBMITTED, comment, now=now)
    return lecture


def return_lecture(session: Session, actor: Actor, lecture_id: int, comment: str, *, now: dt.datetime) -> Lecture:
    """Give a submitted lecture back to its maker, saying why.

    Raises:
        NotFound, Forbidden: this actor doesn't review it.
        Conflict: it is not in review.
        Invalid: no comment.
    """
    lecture = changeable(session, actor, lecture_id)
    REVIEW_LECTURE.require(actor, lecture)
    check_step(LectureEvent.RETURNED, LectureState(lecture.state))
    check_is_said(comment)
    lecture.state, lecture.updated_at = LectureState.DRAFT, now
    remember(session, actor, lecture, LectureEvent.RETURNED, comment, now=now)
    return lecture


def approve_lecture(
    session: Session,
    actor: Actor,
    lecture_id: int,
    comment: str = "",
    *,
    now: dt.datetime,
    version_number: int | None = None,
) -> Lecture:
    """Publish the submitted version: its record, event, deliveries and search entry are in this transaction.

    Args:
        version_number: the version the reviewer looked at; None accepts the newest.

    Raises:
        NotFound, Forbidden: this actor doesn't review it.
        Conflict: it is not in review, or another version is.
    """
    lecture = changeable(session, actor, lecture_id)
    REVIEW_LECTURE.require(actor, lecture)
    check_step(LectureEvent.APPROVED, LectureState(lecture.state))
    check_is_newest(session, lecture, version_number)
    publish(session, actor, lecture, now=now)
    remember(session, actor, lecture, LectureEvent.APPROVED, comment, now=now)
    return lecture


def withdraw_lecture(session: Session, actor: Actor, lecture_id: int, comment: str, *, now: dt.datetime) -> Lecture:
    """Take a published lecture back everywhere; its record becomes a tombstone.

    Raises:
        NotFound, Forbidden: this actor may not.
        Conflict: it is not published.
        Invalid: no reason given.
    """
    lecture = changeable(session, actor, lecture_id)
    WITHDRAW_LECTURE.require(actor, lecture)
    if lecture.published_version_id is None:
        raise Conflict("Bài giảng chưa được xuất bản.", state=str(lecture.state))
    check_is_said(comment)
    take_back(session, actor, lecture, now=now)
    remember(session, actor, lecture, LectureEvent.WITHDRAWN, comment, now=now)
    return lecture


def comment_lecture(session: Session, actor: Actor, lecture_id: int, comment: str, *, now: dt.datetime) -> Lecture:
    """Say something about a lecture to its maker and reviewers.

    Raises:
        NotFound, Forbidden: this actor takes no part in it.
        Invalid: nothing was said.
    """
    lecture = changeable(session, actor, lecture_id)
    COMMENT_LECTURE.require(actor, lecture)
    check_is_said(comment)
    remember(session, actor, lecture, LectureEvent.COMMENTED, comment, now=now)
    return lecture


def changeable(session: Session, actor: Actor, lecture_id: int) -> Lecture:
    """The lecture, held against other writers until the transaction ends; hidden from those who may not see it."""
    lecture = session.get(Lecture, lecture_id, with_for_update=True, populate_existing=True)
    if lecture is None or (actor.is_signed_in and not SEE_LECTURE.allows(actor, lecture)):
        raise NotFound("Không có bài giảng này.")
    return lecture


def check(new: LectureMetadata, *, is_link: bool, needs_subject: bool = True) -> None:
    known = curriculum()
    check_metadata(
        new,
        subjects=[subject.id for subject in known.subjects],
        topics=[topic for topic in new.topics if known.find_topic(topic)],
        is_link=is_link,
        needs_subject=needs_subject,
    )


def check_is_newest(session: Session, lecture: Lecture, number: int | None) -> None:
    if number is not None and number != queries.last_number(session, lecture.id):
        raise Conflict("Bài giảng vừa có bản mới hơn. Hãy tải lại trang để xem bản mới nhất.")


def check_is_said(comment: str) -> None:
    if not comment.strip():
        raise Invalid("Hãy viết lời nhận xét.", fields={"comment": ["Hãy viết lời nhận xét."]})
    if len(comment) > COMMENT_MAX:
        raise Invalid("Lời nhận xét quá dài.", fields={"comment": ["Lời nhận xét quá dài."]})


def make_version(
    session: Session, actor: Actor, lecture: Lecture, new: LectureMetadata, *, number: int, now: dt.datetime
) -> LectureVersion:
    """A version with its metadata, not yet with its file; the abstract is cleaned here, once."""
    return LectureVersion(
        lecture_id=lecture.id,
        number=number,
        title=nfc(new.title),
        abstract=nfc(new.abstract),
        abstract_html=render(new.abstract).html if new.abstract else "",
        subject=new.subject,
        programme=new.programme,
        language=new.language,
        licence=new.licence,
        kind=LectureKind.LINK,
        duration_minutes=new.duration_minutes,
        year=new.year,
        link_url=new.link_url,
        created_by_id=actor.person_id,
        created_at=now,
        grades=[LectureGrade(grade=grade) for grade in sorted(set(new.grades))],
        topics=[LectureTopic(topic=topic) for topic in sorted(set(new.topics))],
        authors=[LectureAuthor(position=at, name=nfc(name)) for at, name in enumerate(new.authors)],
    )


def put_file(
    session: Session, version: LectureVersion, received: ReceivedFile | None, *, store: FileStore, now: dt.datetime
) -> None:
    """Write the row of the received bytes and what inspecting them told."""
    if received is None:
        return
    stored, info = keep_stored(session, store, received.stored, now=now), received.info
    version.file_sha256, version.file_name, version.size_bytes = stored.sha256, received.name, stored.size_bytes
    version.kind, version.media_type, version.standard = LectureKind(info.kind), info.media_type, info.standard
    version.entry_path, version.link_url = info.entry, ""
    version.duration_minutes = version.duration_minutes or info.duration_minutes
    session.add(version)
    session.flush()
    for position, warning in enumerate(info.warnings):
        session.add(LectureWarning(version_id=version.id, position=position, code=warning.code, path=warning.path))


def keep_same_file(session: Session, version: LectureVersion, before: LectureVersion) -> None:
    """Take over the file of the version before, and what the worker read from it."""
    for name in ("kind", "standard", "file_sha256", "file_name", "media_type", "size_bytes", "entry_path"):
        setattr(version, name, getattr(before, name))
    for name in ("text", "places", "thumbnail_sha256", "processed_at", "process_problem"):
        setattr(version, name, getattr(before, name))
    session.add(version)
    session.flush()
    for row in queries.warnings_of(session, before.id):
        session.add(LectureWarning(version_id=version.id, position=row.position, code=row.code, path=row.path))


def add_version(session: Session, lecture: Lecture, version: LectureVersion, *, now: dt.datetime) -> None:
    """Make the version the current one, and have the worker read its file unless that was done.

    Raises:
        Conflict: somebody wrote a version of that number meanwhile.
    """
    try:
        with session.begin_nested():
            session.add(version)
            session.flush()
    except IntegrityError as error:
        raise Conflict("Bài giảng vừa có bản mới hơn. Hãy tải lại trang để xem bản mới nhất.") from error
    lecture.current_version_id = version.id
    if version.processed_at is None:
        enqueue(session, PROCESS, {"version_id": version.id}, now=now, created_by_id=version.created_by_id)


def remember(
    session: Session, actor: Actor, lecture: Lecture, event: LectureEvent, comment: str = "", *, now: dt.datetime
) -> None:
    """Add the event to the lecture's history and to the audit trail."""
    session.add(
        LectureHistory(
            lecture_id=lecture.id,
            version_id=lecture.current_version_id,
            actor_id=actor.person_id,
            at=now,
            event=event,
            comment=nfc(comment.strip()),
        )
    )
    audit.record(session, actor, f"{event} lecture", KIND, lecture.id, now, version_id=lecture.current_version_id)
