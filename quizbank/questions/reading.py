"""Reading a file for the import desk: at once where that takes a moment, else by a job that goes on after a stop."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from quizbank.questions.desk import image_finder
from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.sandbox import ReadingLimits, ReadingProcess, ReadingTooLong, ReadQuestion, RefusedFile
from quizbank.questions.import_items import count_items, last_position
from quizbank.questions.importing import end_reading, end_storing, lay_down, store_batch
from quizbank.questions.likeness_notes import Neighbours
from quizbank.questions.models import QuestionImport
from quizbank.questions.states import ImportState
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.errors import HocLieuError
from repository.files.store import FileStore
from repository.jobs import Handler, JobContext, enqueue
from repository.permissions import SYSTEM, Actor

READ = "questions.read_import"
STORE = "questions.store_import"
BATCH = 200
BATCH_SECONDS = 2.0
QUICK_LIMITS = ReadingLimits(seconds=2, seconds_per_question=0, seconds_per_paper=0)
PATIENT_LIMITS = ReadingLimits(seconds=8)
QUICK_BYTES = 1 << 20
QUICK_QUESTIONS = 200

Found = ReadQuestion | RefusedFile


@dataclass(frozen=True)
class QuickReading:
    """What is in a small file, and why there is no more where it could not be read to its end."""

    found: list[Found]
    trouble: HocLieuError | None = None


def read_quickly(reading: ReadingProcess, source: SourceFile, format: str) -> QuickReading | None:
    """Read a small file, or None where that takes more than a moment.

    Args:
        reading: a process under ``QUICK_LIMITS``; pictures can be asked for as long as it lives.

    Raises:
        Invalid: nothing of it can be read.
    """
    if source.path.stat().st_size > QUICK_BYTES:
        return None
    found: list[Found] = []
    try:
        found.extend(islice(reading.read(source, format), QUICK_QUESTIONS + 1))
    except ReadingTooLong:
        return None
    except HocLieuError as error:
        if not found:
            raise
        return QuickReading(found, error)
    return QuickReading(found) if len(found) <= QUICK_QUESTIONS else None


def source_of(made: QuestionImport, store: FileStore) -> SourceFile:
    return SourceFile(store.path(made.source_sha256 or ""), made.file_names[0], made.options)


def schedule(session: Session, made: QuestionImport, kind: str, *, now: dt.datetime) -> None:
    """Let the worker read or store an import."""
    enqueue(session, kind, {"import_id": made.id}, now=now, created_by_id=made.created_by_id)


def read_import(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Read a file onto the desk, batch after batch. Begun again, it goes on behind what lies there."""
    made = session.get(QuestionImport, payload["import_id"])
    if made is None or made.state != ImportState.READING:
        return
    store = context.services.store
    source, format, pictures = source_of(made, store), made.options.get("format", ""), made.pictures
    find_image, neighbours = image_finder(pictures, store), Neighbours()
    position = last_position(session, made.id)
    session.rollback()
    trouble: HocLieuError | None = None
    with ReadingProcess() as reading:
        found = islice(reading.read(source, format), position + 1, None)
        try:
            for batch in batches(found):
                made = still(session, payload["import_id"], ImportState.READING)
                if made is None:
                    return
                lay_down(session, made, batch, find_image, store=store, now=context.now(), neighbours=neighbours)
                position = made.found_count
                session.commit()
                context.progress(position, 0)
        except HocLieuError as error:
            session.rollback()
            trouble = error
    made = still(session, payload["import_id"], ImportState.READING)
    if made is not None:
        end_reading(session, made, trouble)


def store_import(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Store what lies on the desk, batch after batch. Begun again, it goes on behind what is stored."""
    after, done, total = -1, 0, 0
    while (made := still(session, payload["import_id"], ImportState.STORING)) is not None:
        total = total or count_items(session, made.id).waiting
        actor, before = maker_of(session, made), made.imported_count
        after = store_batch(session, actor, made, after=after, limit=BATCH, now=context.now())
        if after < 0:
            end_storing(session, made)
            return
        done += made.imported_count - before
        session.commit()
        context.progress(done, max(total, done))


def still(session: Session, import_id: int, state: ImportState) -> QuestionImport | None:
    """The import in a new writing transaction, if it is still in this state: somebody may have undone it meanwhile."""
    session.expunge_all()
    made = writing(session).get(QuestionImport, import_id)
    return made if made is not None and made.state == state else None


def maker_of(session: Session, made: QuestionImport) -> Actor:
    person = session.get(Person, made.created_by_id) if made.created_by_id else None
    return actor_of(person) if person else SYSTEM


def batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """What was found, in pieces: when there is enough, or when the last piece was long ago."""
    batch: list[Found] = []
    began = time.monotonic()
    try:
        for one in found:
            batch.append(one)
            if len(batch) >= BATCH or time.monotonic() - began > BATCH_SECONDS:
                yield batch
                batch, began = [], time.monotonic()
    except HocLieuError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


HANDLERS: dict[str, Handler] = {READ: read_import, STORE: store_import}
