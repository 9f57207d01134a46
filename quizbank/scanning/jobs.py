"""The job that reads a batch: page after page, each kept at once, so that it goes on there after a stop."""

import io
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.answer_sheets.process import ReadPage, SheetReader
from quizbank.quizzes.models import Quiz
from quizbank.scanning.actions import READ_JOB
from quizbank.scanning.marking import Marker
from quizbank.scanning.models import ScanBatch, ScanFile, ScanSheet
from quizbank.scanning.papers import Papers
from quizbank.scanning.queries import files_of
from quizbank.scanning.rules import with_label
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.files.actions import keep_stored
from repository.files.store import FileStore
from repository.jobs import Handler, JobContext
from repository.permissions import SYSTEM, Actor

PICTURE_BYTES = 16 << 20


def read_batch(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Read what has not been read of a batch. A page that can't be read is set aside and stops nothing."""
    batch = session.get(ScanBatch, payload["batch_id"])
    if batch is None or batch.finished_at is not None:
        return
    store, batch_id = context.services.store, batch.id
    quiz = session.get_one(Quiz, batch.quiz_id)
    counts = Papers(session, quiz).counts()
    session.rollback()
    with SheetReader() as reader:
        total = count_pages(session, batch_id, reader, store)
        for done, (position, sha256, page) in enumerate(pages_of(session, batch_id)):
            context.progress(done, total)
            if not is_read(session, batch_id, position, page):
                read = reader.read(store.path(sha256), page, counts)
                keep_sheet(session, batch_id, position, page, read, context)
    session.expunge_all()
    writing(session).get_one(ScanBatch, batch_id).finished_at = context.now()


def count_pages(session: Session, batch_id: int, reader: SheetReader, store: FileStore) -> int:
    """Open every file that was not opened before; how many pages there are."""
    session.expunge_all()
    files = files_of(session, session.get_one(ScanBatch, batch_id))
    session.rollback()
    counted = {
        (file.position): reader.count_pages(store.path(file.sha256)) for file in files if file.page_count is None
    }
    writing(session)
    for position, found in counted.items():
        file = session.get_one(ScanFile, (batch_id, position))
        file.page_count = 0 if isinstance(found, ReadPage) else found
        file.reason = found.reason if isinstance(found, ReadPage) else ""
    session.commit()
    total = sum(file.page_count or 0 for file in files_of(session, session.get_one(ScanBatch, batch_id)))
    session.rollback()
    return total


def pages_of(session: Session, batch_id: int) -> Iterator[tuple[int, str, int]]:
    """Every page of the batch: the file's place and bytes, and the page's number from 0."""
    files = [
        (file.position, file.sha256, file.page_count or 0)
        for file in files_of(session, session.get_one(ScanBatch, batch_id))
    ]
    session.rollback()
    for position, sha256, count in files:
        yield from ((position, sha256, page) for page in range(count))


def is_read(session: Session, batch_id: int, position: int, page: int) -> bool:
    query = select(ScanSheet.id).where(
        ScanSheet.batch_id == batch_id, ScanSheet.file == position, ScanSheet.page == page
    )
    found = session.scalar(query) is not None
    session.rollback()
    return found


def keep_sheet(session: Session, batch_id: int, position: int, page: int, read: ReadPage, context: JobContext) -> None:
    """Keep what was read on a page, and mark it if nothing is in doubt: one transaction."""
    store = context.services.store
    stored = store.put(io.BytesIO(read.picture), limit_bytes=PICTURE_BYTES) if read.picture else None
    session.expunge_all()
    batch = writing(session).get_one(ScanBatch, batch_id)
    if stored:
        keep_stored(session, store, stored, now=context.now())
    boxes = dict(zip((one.name for one in read.fields), read.boxes, strict=True))
    sheet = ScanSheet(
        batch_id=batch_id,
        quiz_id=batch.quiz_id,
        file=position,
        page=page,
        picture_sha256=stored.sha256 if stored else None,
        reason=read.reason,
        label_quiz_id=read.label.quiz_id if read.label else None,
        reading=[
            [one.name, one.value, str(one.state), round(one.confidence, 2), list(vars(boxes[one.name]).values())]
            for one in with_label(read.fields, read.label)
        ],
        number="",
        code="",
        waiting_count=0,
        problem="",
        is_discarded=False,
        read_at=context.now(),
    )
    session.add(sheet)
    session.flush()
    Marker(session, maker_of(session, batch), session.get_one(Quiz, batch.quiz_id), context.now()).settle(sheet)
    session.commit()


def maker_of(session: Session, batch: ScanBatch) -> Actor:
    person = session.get(Person, batch.created_by_id) if batch.created_by_id else None
    return actor_of(person) if person else SYSTEM


HANDLERS: dict[str, Handler] = {READ_JOB: read_batch}
