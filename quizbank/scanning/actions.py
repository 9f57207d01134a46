"""Scanning answer sheets: send files, decide doubts, set sheets aside. Marks follow from what stands on a sheet."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.quizzes.queries import get_quiz
from quizbank.scanning import queries
from quizbank.scanning.marking import Marker, hold_quiz
from quizbank.scanning.models import ScanBatch, ScanDecision, ScanFile, ScanSheet
from quizbank.scanning.papers import Papers
from quizbank.scanning.rules import LIMIT_BYTES, MOST_FILES, candidates_from, check_value
from repository.audit import record
from repository.errors import Conflict, Invalid
from repository.files.actions import keep_stored
from repository.files.store import FileStore, StoredBytes
from repository.jobs import enqueue
from repository.permissions import Actor

READ_JOB = "scanning.read"
SHEET = "answer sheet"


@dataclass(frozen=True)
class SentFile:
    """A file whose bytes are in the store already."""

    name: str
    stored: StoredBytes


def start_batch(
    session: Session,
    actor: Actor,
    quiz_id: int,
    files: Sequence[SentFile],
    candidates: str = "",
    *,
    store: FileStore,
    now: dt.datetime,
) -> ScanBatch:
    """Have files of sheets read. From now on the quiz is immutable: candidates answered it as it is.

    Args:
        candidates: lines of number and name; numbers that are not among them will be named.

    Raises:
        Invalid: no files, too many, or a quiz that no sheet has room for.
    """
    quiz = queries.scannable_quiz(session, actor, quiz_id)
    if not files:
        raise Invalid("Hãy chọn ảnh hoặc PDF của các phiếu.", fields={"sheets": ["Hãy chọn ít nhất một tệp."]})
    if len(files) > MOST_FILES or sum(file.stored.size_bytes for file in files) > MOST_FILES * LIMIT_BYTES:
        raise Invalid("Nhiều tệp quá: mỗi lần tối đa {limit}.", limit=MOST_FILES)
    Papers(session, quiz).layout()
    batch = ScanBatch(
        quiz_id=quiz.id, candidates=candidates_from(candidates), created_by_id=actor.person_id, created_at=now
    )
    session.add(batch)
    session.flush()
    for position, file in enumerate(files):
        keep_stored(session, store, file.stored, now=now)
        session.add(
            ScanFile(
                batch_id=batch.id, position=position, name=file.name[:200] or "?", sha256=file.stored.sha256, reason=""
            )
        )
    quiz.assigned_at = quiz.assigned_at or now
    job = enqueue(session, READ_JOB, {"batch_id": batch.id}, now=now, created_by_id=actor.person_id)
    batch.job_id = job.id
    record(session, actor, "scan answer sheets", "quiz", quiz.id, now, batch=batch.id, files=len(files))
    session.flush()
    return batch


def decide(
    session: Session, actor: Actor, sheet_id: int, field: str, value: str | None, *, now: dt.datetime
) -> ScanSheet:
    """Say what stands in a field of a sheet; its marks follow. None: as it was read.

    Raises:
        Invalid: the field can't hold this value.
        NotFound: not this actor's sheet.
    """
    sheet = queries.get_sheet(session, actor, sheet_id)
    lock(session, sheet)
    names = {row[0] for row in sheet.reading}
    if field not in names and not (field.count(".") == 1 and f"{field}.1" in names):
        raise Invalid("Phiếu này không có ô {field_name}.", field_name=field[:20])
    clean = None if value is None else check_value(field, value)
    session.add(ScanDecision(sheet_id=sheet.id, field=field, value=clean, made_by_id=actor.person_id, made_at=now))
    session.flush()
    marker_for(session, actor, sheet, now).settle(sheet)
    return sheet


def decide_digits(
    session: Session, actor: Actor, sheet_id: int, kind: str, digits: str, *, now: dt.datetime
) -> ScanSheet:
    """Say the whole number or code of a sheet.

    Raises:
        Invalid: not as many digits as the sheet has.
    """
    sheet = queries.get_sheet(session, actor, sheet_id)
    names = [row[0] for row in sheet.reading if row[0].startswith(f"{kind}.")]
    digits = digits.strip()
    if kind not in ("number", "code") or len(digits) != len(names) or not digits.isdecimal():
        raise Invalid("Hãy ghi đúng {count} chữ số.", count=len(names))
    lock(session, sheet)
    for name, digit in zip(names, digits, strict=True):
        session.add(ScanDecision(sheet_id=sheet.id, field=name, value=digit, made_by_id=actor.person_id, made_at=now))
    session.flush()
    marker_for(session, actor, sheet, now).settle(sheet)
    return sheet


def undo_decision(session: Session, actor: Actor, batch_id: int, *, now: dt.datetime) -> ScanDecision:
    """Take the actor's last decision in a batch back: the field stands as it was read, or as decided before.

    Raises:
        Conflict: there is none.
    """
    batch = queries.get_batch(session, actor, batch_id)
    last = queries.last_decision(session, actor, batch)
    if last is None:
        raise Conflict("Không còn gì để hoàn tác.")
    decide(session, actor, last.sheet_id, last.field, None, now=now)
    return last


def discard_sheet(session: Session, actor: Actor, sheet_id: int, *, is_discarded: bool, now: dt.datetime) -> ScanSheet:
    """Leave a sheet out, or take it in again: its marks go and come with it."""
    sheet = queries.get_sheet(session, actor, sheet_id)
    lock(session, sheet)
    sheet.is_discarded = is_discarded
    record(session, actor, "discard sheet" if is_discarded else "restore sheet", SHEET, sheet.id, now)
    marker = marker_for(session, actor, sheet, now)
    marker.settle(sheet)
    marker.settle_others(sheet)
    return sheet


def marker_for(session: Session, actor: Actor, sheet: ScanSheet, now: dt.datetime) -> Marker:
    batch = session.get_one(ScanBatch, sheet.batch_id)
    return Marker(session, actor, get_quiz(session, actor, batch.quiz_id), now)


def lock(session: Session, sheet: ScanSheet) -> None:
    """One change of a sheet at a time."""
    hold_quiz(session, sheet.quiz_id)
    query = select(ScanSheet).where(ScanSheet.id == sheet.id).with_for_update()
    session.execute(query.execution_options(populate_existing=True))
