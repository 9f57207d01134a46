"""Work of the worker for sittings."""

from typing import Any

from sqlalchemy.orm import Session

from quizbank.attempts.actions import close_overdue
from repository.db import writing
from repository.jobs import JobContext


def close_attempt(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """End a sitting whose time ran out. Run twice, it does nothing the second time."""
    close_overdue(writing(session), int(payload["attempt_id"]), now=context.now())
