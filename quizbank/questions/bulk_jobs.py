"""Applying and undoing a bulk edit: a few questions at once, many by the worker, batch after batch."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from quizbank.questions.bulk import BulkOutcome, BulkState
from quizbank.questions.bulk_editing import apply_batch, undo_batch
from quizbank.questions.bulk_models import BulkEdit
from quizbank.questions.bulk_queries import count_outcomes
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.jobs import Handler, JobContext, enqueue
from repository.permissions import Actor

WORK = "questions.bulk_edit"
BATCH = 500
QUICK_QUESTIONS = 500
AT_WORK = (BulkState.APPLYING, BulkState.UNDOING)


def work_now_or_later(session: Session, actor: Actor, edit: BulkEdit, *, now: dt.datetime) -> None:
    """Do what a bulk edit waits for: at once where it is little, else by the worker."""
    if _left(session, edit) > QUICK_QUESTIONS:
        job = enqueue(session, WORK, {"bulk_edit_id": edit.id}, now=now, created_by_id=actor.person_id)
        edit.job_id = job.id
        session.flush()
        return
    while edit.state in AT_WORK:
        _step(edit)(session, actor, edit, limit=BATCH, now=now)


def run_bulk_edit(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Apply or undo a bulk edit. Begun again after a stop, it goes on behind what is settled."""
    edit_id, done, total = payload["bulk_edit_id"], 0, 0
    while (edit := writing(session).get(BulkEdit, edit_id)) is not None and edit.state in AT_WORK:
        total = total or _left(session, edit)
        done += _step(edit)(session, _actor_of(session, edit), edit, limit=BATCH, now=context.now())
        session.commit()
        session.expunge_all()
        context.progress(done, max(total, done))


def _step(edit: BulkEdit) -> Callable[..., int]:
    return undo_batch if edit.state == BulkState.UNDOING else apply_batch


def _left(session: Session, edit: BulkEdit) -> int:
    counts = count_outcomes(session, edit.id)
    if edit.state == BulkState.UNDOING:
        return counts.get(BulkOutcome.CHANGED, 0) - sum(count_outcomes(session, edit.id, of_undo=True).values())
    return counts.get(BulkOutcome.CHANGE, 0)


def _actor_of(session: Session, edit: BulkEdit) -> Actor:
    """Whoever asked for it: what they may by now is asked again for every question."""
    person_id = edit.undone_by_id if edit.state == BulkState.UNDOING else edit.created_by_id
    return actor_of(session.get_one(Person, person_id))


HANDLERS: dict[str, Handler] = {WORK: run_bulk_edit}
