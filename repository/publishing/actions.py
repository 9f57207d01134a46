"""What changes records. Record, log and the job that delivers are written in the transaction of the cause."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from repository import audit
from repository.jobs import enqueue
from repository.permissions import DELIVER_RECORDS, Actor
from repository.publishing.log import LogEntry, append_to_log
from repository.publishing.models import Record, RecordSet
from repository.publishing.rules import (
    RecordContent,
    RecordEventKind,
    check_sets,
    dublin_core_of,
    payload_sha256,
)

DELIVER = "publishing.deliver"
BATCH = 500
NAMESPACE = "hoclieu.moet.gov.vn"

Item = TypeVar("Item")


@dataclass(frozen=True)
class Draft:
    """A record as it shall be."""

    thing_id: int
    content: RecordContent
    values: Mapping[str, Any]
    sets: tuple[str, ...]


def publish_record(
    session: Session, actor: Actor, kind: str, id: int, content: RecordContent, *, now: dt.datetime
) -> None:
    """Make the record of one thing say ``content``; see ``publish_records``."""
    publish_records(session, actor, kind, {id: content}, now=now)


def publish_records(
    session: Session, actor: Actor, kind: str, contents: Mapping[int, RecordContent], *, now: dt.datetime
) -> int:
    """Make the records of things say their contents, in a constant number of statements per 500.

    A record that already says so stays as it is: no event, no new datestamp, nothing to harvest.

    Args:
        contents: thing id -> content.

    Returns:
        How many records are new or changed.

    Raises:
        Invalid: a content lacks a mandatory element; nothing was written.
    """
    DELIVER_RECORDS.require(actor)
    drafts = [draft_of(kind, id, contents[id]) for id in sorted(contents)]
    events: list[LogEntry] = []
    for batch in batches(drafts):
        known = records_of(session, kind, [draft.thing_id for draft in batch])
        events += add_records(session, kind, [d for d in batch if d.thing_id not in known], now)
        events += change_records(session, [(known[d.thing_id], d) for d in batch if d.thing_id in known], now)
    tell(session, actor, kind, events, now)
    return len(events)


def withdraw_record(session: Session, actor: Actor, kind: str, id: int, *, now: dt.datetime) -> None:
    """Leave a tombstone where a record was; see ``withdraw_records``."""
    withdraw_records(session, actor, kind, [id], now=now)


def withdraw_records(session: Session, actor: Actor, kind: str, ids: Iterable[int], *, now: dt.datetime) -> int:
    """Leave tombstones; things without a record, or withdrawn before, are passed over. Returns how many."""
    DELIVER_RECORDS.require(actor)
    events: list[LogEntry] = []
    for batch in batches(sorted(set(ids))):
        living = [record for record in records_of(session, kind, batch).values() if not record.is_deleted]
        for record in living:
            record.is_deleted, record.datestamp = True, datestamp_after(record.datestamp, now)
            events.append(LogEntry(record.id, record.identifier, RecordEventKind.WITHDRAW, None, record.sha256))
        session.flush()
    tell(session, actor, kind, events, now)
    return len(events)


def request_delivery(session: Session, actor: Actor, *, now: dt.datetime) -> None:
    """Have the worker try the platforms again now."""
    DELIVER_RECORDS.require(actor)
    enqueue(session, DELIVER, {}, now=now, created_by_id=actor.person_id)
    audit.record(session, actor, "request delivery", "platform", None, now)


def draft_of(kind: str, thing_id: int, content: RecordContent) -> Draft:
    dublin_core, sets = dublin_core_of(content), check_sets((kind, *content.sets))
    values = {
        "version_id": content.version_id,
        "path": content.path,
        "dublin_core": dublin_core,
        "schema_org": dict(content.schema_org),
        "sha256": payload_sha256(dublin_core, content.schema_org, sets),
    }
    return Draft(thing_id, content, values, sets)


def records_of(session: Session, kind: str, thing_ids: Sequence[int]) -> dict[int, Record]:
    query = select(Record).where(Record.kind == kind, Record.thing_id.in_(thing_ids)).with_for_update()
    return {record.thing_id: record for record in session.scalars(query)}


def add_records(session: Session, kind: str, drafts: Sequence[Draft], now: dt.datetime) -> list[LogEntry]:
    if not drafts:
        return []
    session.execute(
        insert(Record),
        [
            {
                "kind": kind,
                "thing_id": draft.thing_id,
                "identifier": identifier_of(kind, draft.thing_id),
                "datestamp": whole_second(now),
                "created_at": now,
                "is_deleted": False,
                **draft.values,
            }
            for draft in drafts
        ],
    )
    made = select(Record.thing_id, Record.id).where(
        Record.kind == kind, Record.thing_id.in_([draft.thing_id for draft in drafts])
    )
    ids = {row.thing_id: row.id for row in session.execute(made)}
    add_sets(session, [(ids[draft.thing_id], draft) for draft in drafts])
    return [entry_of(ids[draft.thing_id], kind, draft, RecordEventKind.PUBLISH) for draft in drafts]


def change_records(session: Session, pairs: Sequence[tuple[Record, Draft]], now: dt.datetime) -> list[LogEntry]:
    """Bring known records up to date: those that say something else, and tombstones that come back."""
    changed = [(r, d) for r, d in pairs if r.is_deleted or (r.sha256, r.version_id) != key_of(d)]
    events = [
        entry_of(
            record.id, record.kind, draft, RecordEventKind.PUBLISH if record.is_deleted else RecordEventKind.UPDATE
        )
        for record, draft in changed
    ]
    if changed:
        session.execute(delete(RecordSet).where(RecordSet.record_id.in_([record.id for record, _ in changed])))
        add_sets(session, [(record.id, draft) for record, draft in changed])
    for record, draft in changed:
        for name, value in draft.values.items():
            setattr(record, name, value)
        record.is_deleted, record.datestamp = False, datestamp_after(record.datestamp, now)
    session.flush()
    return events


def key_of(draft: Draft) -> tuple[str, int]:
    return draft.values["sha256"], draft.values["version_id"]


def add_sets(session: Session, pairs: Sequence[tuple[int, Draft]]) -> None:
    session.execute(
        insert(RecordSet),
        [{"record_id": record_id, "set_spec": spec} for record_id, draft in pairs for spec in draft.sets],
    )


def entry_of(record_id: int, kind: str, draft: Draft, event: RecordEventKind) -> LogEntry:
    identifier = identifier_of(kind, draft.thing_id)
    return LogEntry(record_id, identifier, event, draft.content.version_id, draft.values["sha256"])


def tell(session: Session, actor: Actor, kind: str, entries: Sequence[LogEntry], now: dt.datetime) -> None:
    """Log the events, leave an audit line, and have the platforms told."""
    if not entries:
        return
    first, last = append_to_log(session, actor, entries, now)
    one = entries[0].record_id if len(entries) == 1 else None
    names = sorted({str(entry.event) for entry in entries})
    audit.record(
        session,
        actor,
        " and ".join(names) + " record",
        "record",
        one,
        now,
        kind=kind,
        first_event=first,
        last_event=last,
    )
    enqueue(session, DELIVER, {}, now=now)


def identifier_of(kind: str, thing_id: int) -> str:
    """The OAI identifier: the same for ever, wherever the site is reached."""
    return f"oai:{NAMESPACE}:{kind}/{thing_id}"


def whole_second(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC).replace(microsecond=0)


def datestamp_after(before: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The datestamp of a change made now; it never goes back, whatever the clocks do."""
    return max(before, whole_second(now))


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), BATCH):
        yield items[first : first + BATCH]
