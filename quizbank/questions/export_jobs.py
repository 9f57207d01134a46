"""Writing an export: a small one at once, any other by the worker. Killed, it begins again; no half file shows."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.orm import Session

from quizbank.questions.export_models import KEPT, QuestionExport
from quizbank.questions.exporting import Counted, Named, Written, questions_of_bank, write_to_store
from quizbank.questions.formats.writers import get_writer
from quizbank.questions.formats.writing import Losses
from quizbank.questions.queries import QuestionFilter
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.errors import HocLieuError
from repository.files.queries import known_of
from repository.files.store import ORPHAN_AGE, FileStore
from repository.jobs import Handler, JobContext, enqueue
from repository.permissions import Actor

WRITE = "questions.export"
EXPIRE = "questions.expire_export"
QUICK_QUESTIONS = 200
LOOK_SECONDS = 1.0


def write_now_or_later(
    session: Session, actor: Actor, export: QuestionExport, *, store: FileStore, now: dt.datetime
) -> None:
    """Write what a filter finds: at once where it is little, else by the worker."""
    if export.total_count > QUICK_QUESTIONS:
        export.job_id = enqueue(session, WRITE, {"export_id": export.id}, now=now, created_by_id=actor.person_id).id
        session.flush()
        return
    wanted = QuestionFilter(**export.selection["filter"])
    written = written_or_refused(export, lambda losses: questions_of_bank(session, actor, wanted, losses), store=store)
    end_export(session, export.id, written, now=now)


def written_or_refused(
    export: QuestionExport, questions: Callable[[Losses], Iterable[Named]], *, store: FileStore
) -> Written | HocLieuError:
    """The file of an export, or why there is none."""
    try:
        return write_to_store(export.title, questions, get_writer(export.format), store=store)
    except HocLieuError as error:
        return error


def end_export(session: Session, export_id: int, written: Written | HocLieuError, *, now: dt.datetime) -> None:
    """Lay down what came of an export, and have its files swept after a day."""
    export = session.get_one(QuestionExport, export_id)
    export.finished_at = now
    if isinstance(written, HocLieuError):
        export.trouble = {"message": written.message, "facts": {key: str(fact) for key, fact in written.facts.items()}}
    else:
        export.count, export.loss_count = written.count, written.loss_count
        export.file_sha256, export.losses_sha256 = written.stored.sha256, written.losses.sha256
        export.size_bytes = written.stored.size_bytes
        enqueue(session, EXPIRE, {"export_id": export_id}, now=now, run_after=now + KEPT + dt.timedelta(minutes=1))
    session.flush()


def run_export(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Write an export. What the person who asked may see by now decides what is in it."""
    export = session.get(QuestionExport, payload["export_id"])
    if export is None or export.finished_at is not None:
        return
    actor = actor_of(session.get_one(Person, export.created_by_id))
    wanted, follower = QuestionFilter(**export.selection["filter"]), Follower(session, context, export.total_count)

    def questions(losses: Losses) -> Iterable[Named]:
        return Counted(questions_of_bank(session, actor, wanted, losses), follower.look)

    written = written_or_refused(export, questions, store=context.services.store)
    session.commit()
    session.expunge_all()
    end_export(writing(session), payload["export_id"], written, now=context.now())


class Follower:
    """Shows every second how far an export is; the reading transaction ends there, so that the log of the database
    does not grow meanwhile."""

    def __init__(self, session: Session, context: JobContext, total: int) -> None:
        self.session, self.context, self.total = session, context, total
        self.looked_at = time.monotonic()

    def look(self, count: int) -> None:
        if time.monotonic() - self.looked_at >= LOOK_SECONDS:
            self.session.commit()
            self.context.progress(count, max(count, self.total))
            self.looked_at = time.monotonic()


def expire_export(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Sweep the files of an export, unless somebody had the same bytes written since, or keeps them as a file."""
    export = writing(session).get(QuestionExport, payload["export_id"])
    if export is None:
        return
    store: FileStore = context.services.store
    names = [sha256 for sha256 in (export.file_sha256, export.losses_sha256) if sha256]
    for name in set(names) - known_of(session, names):
        store.delete_if_older(name, context.now() - ORPHAN_AGE)
    export.file_sha256 = export.losses_sha256 = None


HANDLERS: dict[str, Handler] = {WRITE: run_export, EXPIRE: expire_export}
