"""How far a build has come: one audit line per finished stage, written in the stage's own transaction.

A killed build leaves whole stages and nothing of the one it was in; the next run does the rest.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository import audit
from repository.accounts.models import Person
from repository.audit import AuditEntry
from repository.permissions import SYSTEM

BUILD = "build demo library"
THING = "demo library"
FIRST, LAST = "people", "complete"


@dataclass(frozen=True)
class DemoSize:
    """How much of everything; ``months`` batches of content are told apart by the date they came in."""

    name: str
    lectures: int
    questions: int
    students: int
    practices: int
    months: int = 36


SMALL = DemoSize("small", lectures=72, questions=2_000, students=96, practices=14, months=12)
FULL = DemoSize("full", lectures=5_000, questions=40_000, students=128, practices=20)


@dataclass(frozen=True)
class BuildState:
    """What a database says of the build: ``size`` is empty where none has begun."""

    size: str = ""
    began_at: dt.datetime | None = None
    done: frozenset[str] = frozenset()
    is_empty: bool = True

    @property
    def is_complete(self) -> bool:
        return LAST in self.done


def read_state(session: Session) -> BuildState:
    """``is_empty``: nobody has an account yet, so that a build may begin."""
    lines = session.execute(
        select(AuditEntry.details, AuditEntry.at).where(AuditEntry.thing_kind == THING).order_by(AuditEntry.id)
    ).all()
    people = session.scalar(select(func.count()).select_from(Person)) or 0
    if not lines:
        return BuildState(is_empty=people == 0)
    return BuildState(lines[0].details["size"], lines[0].at, frozenset(line.details["stage"] for line in lines), False)


def mark_done(session: Session, stage: str, size: DemoSize, now: dt.datetime, **facts: object) -> None:
    details: Mapping[str, object] = {"stage": stage, "size": size.name, **facts}
    audit.record(session, SYSTEM, BUILD, THING, None, now, **details)
