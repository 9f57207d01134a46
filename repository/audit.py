"""The audit trail: who did what to which thing, when. Rows are only added."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from repository.db import Base, Id, Moment
from repository.permissions import Actor


class AuditEntry(Base):
    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_thing", "thing_kind", "thing_id"),)

    id: Mapped[Id]
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    actor_name: Mapped[str]
    action: Mapped[str]
    thing_kind: Mapped[str]
    thing_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(
    session: Session,
    actor: Actor,
    action: str,
    thing_kind: str,
    thing_id: int | None,
    now: dt.datetime,
    **details: Any,
) -> None:
    """Add one line to the trail, in the transaction of the change it tells of."""
    session.add(
        AuditEntry(
            at=now,
            actor_id=actor.person_id,
            actor_name=actor.name,
            action=action,
            thing_kind=thing_kind,
            thing_id=thing_id,
            details=details,
        )
    )
