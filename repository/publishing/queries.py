"""Questions asked of records, their log and their deliveries."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from repository.errors import NotFound
from repository.publishing.models import Delivery, DeliveryState, Record, RecordEvent, RecordSet
from repository.publishing.rules import DublinCore


@dataclass(frozen=True)
class HarvestRow:
    """A record as a harvest needs it."""

    id: int
    identifier: str
    datestamp: dt.datetime
    is_deleted: bool
    dublin_core: DublinCore
    sets: tuple[str, ...]


def get_record(session: Session, record_id: int) -> Record:
    """A record with its sets and schema.org metadata.

    Raises:
        NotFound: there is none; a withdrawn record is there, as a tombstone.
    """
    record = session.get(Record, record_id, options=[selectinload(Record.sets), undefer(Record.schema_org)])
    if record is None:
        raise NotFound("Không có hồ sơ xuất bản này.", record_id=record_id)
    return record


def find_record_of(session: Session, kind: str, thing_id: int) -> Record | None:
    """The record of a thing, if it was ever published."""
    return session.scalar(select(Record).where(Record.kind == kind, Record.thing_id == thing_id))


def living_ids(session: Session, kind: str) -> Sequence[int]:
    """Ids of the things of a kind whose record is not a tombstone."""
    query = select(Record.thing_id).where(Record.kind == kind, Record.is_deleted.is_(False))
    return session.scalars(query.order_by(Record.thing_id)).all()


def find_row(session: Session, identifier: str) -> HarvestRow | None:
    return next(iter(list_rows(session, [Record.identifier == identifier], 0, 1)), None)


def earliest_datestamp(session: Session) -> dt.datetime | None:
    return session.scalar(select(Record.datestamp).order_by(Record.datestamp).limit(1))


def chosen(set_spec: str | None, since: dt.datetime | None, until: dt.datetime | None) -> list[ColumnElement[bool]]:
    """Conditions of a selective harvest. A set holds what is in the sets below it."""
    conditions: list[ColumnElement[bool]] = []
    if set_spec is not None:
        is_in = or_(RecordSet.set_spec == set_spec, RecordSet.set_spec.startswith(set_spec + ":", autoescape=True))
        conditions.append(exists().where(and_(RecordSet.record_id == Record.id, is_in)))
    if since is not None:
        conditions.append(Record.datestamp >= since)
    if until is not None:
        conditions.append(Record.datestamp <= until)
    return conditions


def list_rows(
    session: Session, conditions: Sequence[ColumnElement[bool]], after_id: int, limit: int
) -> list[HarvestRow]:
    """Records in the order of their ids, which no change alters: two queries of plain rows, whatever the limit."""
    columns = (Record.id, Record.identifier, Record.datestamp, Record.is_deleted, Record.dublin_core)
    query = select(*columns).where(Record.id > after_id, *conditions).order_by(Record.id).limit(limit)
    rows = session.execute(query).all()
    sets = sets_of(session, [row.id for row in rows])
    return [HarvestRow(*row, sets=tuple(sets[row.id])) for row in rows]


def sets_of(session: Session, record_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {record_id: [] for record_id in record_ids}
    query = select(RecordSet.record_id, RecordSet.set_spec).where(RecordSet.record_id.in_(record_ids))
    for record_id, spec in session.execute(query.order_by(RecordSet.set_spec)):
        found[record_id].append(spec)
    return found


def count_records(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Record).where(*conditions)) or 0


def used_sets(session: Session) -> Sequence[str]:
    return session.scalars(select(RecordSet.set_spec).distinct().order_by(RecordSet.set_spec)).all()


def list_events(session: Session, before_seq: int | None, limit: int) -> Sequence[RecordEvent]:
    """Lines of the log, newest first, with their records."""
    query = select(RecordEvent).order_by(RecordEvent.seq.desc()).limit(limit).options(joinedload(RecordEvent.record))
    if before_seq is not None:
        query = query.where(RecordEvent.seq < before_seq)
    return session.scalars(query).all()


def events_of(session: Session, record_id: int) -> Sequence[RecordEvent]:
    return session.scalars(
        select(RecordEvent).where(RecordEvent.record_id == record_id).order_by(RecordEvent.seq.desc()).limit(50)
    ).all()


def deliveries_of(session: Session, seqs: Sequence[int]) -> Mapping[int, list[Delivery]]:
    """Deliveries of log lines, by line."""
    found: dict[int, list[Delivery]] = {seq: [] for seq in seqs}
    query = select(Delivery).where(Delivery.event_seq.in_(seqs)).order_by(Delivery.platform)
    for delivery in session.scalars(query):
        found[delivery.event_seq].append(delivery)
    return found


def last_handled(session: Session, platform: str) -> int:
    """The last line of the log that a platform has taken or refused; it gets them in order."""
    query = select(func.max(Delivery.event_seq)).where(
        Delivery.platform == platform, Delivery.state != DeliveryState.WAITING
    )
    return session.scalar(query) or 0


def events_after(session: Session, seq: int, limit: int) -> Sequence[RecordEvent]:
    query = (
        select(RecordEvent)
        .where(RecordEvent.seq > seq)
        .order_by(RecordEvent.seq)
        .limit(limit)
        .options(joinedload(RecordEvent.record).undefer(Record.schema_org))
    )
    return session.scalars(query).all()


def last_seq(session: Session) -> int:
    return session.scalar(select(func.max(RecordEvent.seq))) or 0


@dataclass(frozen=True)
class PlatformState:
    """How far a platform is: lines of the log it has not handled yet, and why."""

    name: str
    delivered: int
    behind: int
    waiting: Delivery | None


def platform_states(session: Session, names: Sequence[str]) -> list[PlatformState]:
    """The platforms of the settings and those that ever got anything: three queries."""
    newest = last_seq(session)
    handled = select(Delivery.platform, func.max(Delivery.event_seq), func.count()).where(
        Delivery.state != DeliveryState.WAITING
    )
    reached = {name: (last, count) for name, last, count in session.execute(handled.group_by(Delivery.platform))}
    waiting = {
        delivery.platform: delivery
        for delivery in session.scalars(
            select(Delivery).where(Delivery.state == DeliveryState.WAITING, Delivery.attempts > 0)
        )
    }
    return [
        PlatformState(name, count, newest - last, waiting.get(name))
        for name in sorted({*names, *reached, *waiting})
        for last, count in [reached.get(name, (0, 0))]
    ]
