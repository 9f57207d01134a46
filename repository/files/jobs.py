"""What the worker does for files."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from repository.files import actions
from repository.jobs import JobContext, enqueue

SWEEP = "files.sweep"
SWEEP_EVERY = dt.timedelta(days=1)


def sweep(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Delete orphans, and come again tomorrow."""
    actions.sweep_orphans(session, context.services.store, now=context.now())
    enqueue(session, SWEEP, {}, now=context.now(), run_after=context.now() + SWEEP_EVERY)
