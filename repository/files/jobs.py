"""What the worker does for files."""

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.db import writing
from repository.files import actions
from repository.files.store import ORPHAN_AGE
from repository.files.unpacked import PackageFolder
from repository.jobs import Handler, Job, JobContext, JobState, enqueue

SWEEP = "files.sweep"
SWEEP_AFTER = dt.timedelta(hours=25)


def schedule_sweep(session: Session, *, now: dt.datetime) -> None:
    """Have orphans deleted once they are old enough, unless that is planned already."""
    planned = select(Job.id).where(Job.kind == SWEEP, Job.state == JobState.QUEUED).limit(1)
    if session.scalar(planned) is None:
        enqueue(session, SWEEP, {}, now=now, run_after=now + SWEEP_AFTER)


def sweep(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Delete bytes without a row and half-unpacked packages, once a day has passed since they came."""
    store, packages = context.services.store, Path(context.services.settings.data_dir) / "packages"
    PackageFolder(packages, store).sweep(context.now() - ORPHAN_AGE)
    actions.sweep_orphans(writing(session), store, now=context.now())


HANDLERS: dict[str, Handler] = {SWEEP: sweep}
