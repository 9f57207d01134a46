"""Records, the log of what happened to them, and deliveries to platforms."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import DDL, JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from repository.db import Base, Id, Moment, UtcDateTime
from repository.publishing.rules import DublinCore, RecordEventKind


class Record(Base):
    """The public description of one thing. Its id never changes and never goes away: harvests are ordered by it."""

    __tablename__ = "records"
    __table_args__ = (UniqueConstraint("kind", "thing_id"), Index("ix_records_datestamp", "datestamp", "id"))

    id: Mapped[Id]
    kind: Mapped[str]
    thing_id: Mapped[int] = mapped_column(BigInteger)
    identifier: Mapped[str] = mapped_column(unique=True)
    version_id: Mapped[int | None] = mapped_column(BigInteger)
    path: Mapped[str]
    dublin_core: Mapped[DublinCore] = mapped_column(JSON)
    schema_org: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    sha256: Mapped[str]
    datestamp: Mapped[Moment]
    created_at: Mapped[Moment]
    is_deleted: Mapped[bool] = mapped_column(default=False)

    sets: Mapped[list["RecordSet"]] = relationship(order_by="RecordSet.set_spec", lazy="raise")


class RecordSet(Base):
    __tablename__ = "record_sets"
    __table_args__ = (Index("ix_record_sets_set_spec", "set_spec", "record_id"),)

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    set_spec: Mapped[str] = mapped_column(primary_key=True)


class RecordEvent(Base):
    """One line of the log. The database refuses to change or remove it; each line seals those before it."""

    __tablename__ = "record_events"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), index=True)
    event: Mapped[RecordEventKind] = mapped_column(String(20))
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    actor_name: Mapped[str]
    version_id: Mapped[int | None] = mapped_column(BigInteger)
    payload_sha256: Mapped[str]
    previous_hash: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)

    record: Mapped[Record] = relationship(lazy="raise")


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"


class Delivery(Base):
    """One event on its way to one platform. ``body`` is what is sent, kept until the platform has it."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("event_seq", "platform"), Index("ix_deliveries_platform", "platform", "state"))

    id: Mapped[Id]
    event_seq: Mapped[int] = mapped_column(ForeignKey("record_events.seq"))
    platform: Mapped[str]
    state: Mapped[DeliveryState] = mapped_column(String(20))
    idempotency_key: Mapped[str]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    receipt: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str] = mapped_column(Text, default="")


KEEP_LOG_SQLITE = """
CREATE TRIGGER record_events_{name} BEFORE {operation} ON record_events
BEGIN SELECT RAISE(ABORT, 'the log of publications is only ever added to'); END
"""
KEEP_LOG_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION keep_record_events() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log of publications is only ever added to'; END $$
""",
    """
CREATE TRIGGER record_events_keep BEFORE UPDATE OR DELETE ON record_events
FOR EACH ROW EXECUTE FUNCTION keep_record_events()
""",
)
PROTECTION = {
    "sqlite": tuple(KEEP_LOG_SQLITE.format(name=name, operation=name.upper()) for name in ("update", "delete")),
    "postgresql": KEEP_LOG_POSTGRESQL,
}
"""Statements that make the log append-only; the migration says the same in its own words."""

for _dialect, _statements in PROTECTION.items():
    for _statement in _statements:
        event.listen(
            RecordEvent.__table__,
            "after_create",
            DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
