"""Telling the platforms. Each gets every event of the log once, in order; one that is away is tried again later."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.db import writing
from repository.jobs import Handler, JobContext, enqueue
from repository.publishing.actions import DELIVER
from repository.publishing.models import Delivery, DeliveryState, RecordEvent
from repository.publishing.platforms import Message, Platform, PlatformAway, PlatformRefused, Receipt
from repository.publishing.queries import events_after, last_handled
from repository.publishing.rules import RecordEventKind, absolute, absolute_metadata

COMMIT_BATCH = 25
RUN_EVENTS = 500
LONGEST_WAIT_SECONDS = 3600

log = structlog.get_logger("publishing")


@dataclass(frozen=True)
class Outgoing:
    """An event about to be sent."""

    seq: int
    message: Message


@dataclass(frozen=True)
class Outcome:
    """How the sending of one event ended."""

    seq: int
    state: DeliveryState
    receipt: Receipt | None = None
    error: str = ""


def deliver_events(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Bring every platform up to date, as far as one turn goes; what is left is a later job."""
    for platform in context.services.platforms.values():
        again_at = deliver_to(platform, context)
        if again_at is not None:
            enqueue(writing(session), DELIVER, {}, now=context.now(), run_after=again_at)


def deliver_to(platform: Platform, context: JobContext) -> dt.datetime | None:
    """Send the next events, keeping receipts every few; a crash repeats some, under the same keys.

    What is sent is written down first, so that a repetition is the same to the last letter whatever has happened
    to the record since. No transaction is open while the platform is waited for.

    Returns:
        When to go on, or None when the platform has everything.
    """
    for _ in range(RUN_EVENTS // COMMIT_BATCH):
        with context.sessions() as session:
            batch = freeze_next(writing(session), platform.name, context.services.settings.base_url)
            session.commit()
        if not batch:
            return None
        outcomes = send_in_order(platform, batch)
        with context.sessions() as session:
            again_at = keep_outcomes(writing(session), platform.name, outcomes, context.now())
            session.commit()
        if again_at is not None:
            return again_at
    return context.now()


def freeze_next(session: Session, platform: str, base_url: str) -> list[Outgoing]:
    """The next events for a platform in order, each with a delivery that holds what is (or was first) sent."""
    events = events_after(session, last_handled(session, platform), COMMIT_BATCH)
    known = deliveries_by_seq(session, platform, [event.seq for event in events])
    for event in events:
        if event.seq not in known:
            known[event.seq] = Delivery(
                event_seq=event.seq,
                platform=platform,
                state=DeliveryState.WAITING,
                idempotency_key=event.hash,
                body=body_of(event, base_url),
            )
            session.add(known[event.seq])
    return [Outgoing(e.seq, Message(known[e.seq].idempotency_key, known[e.seq].body or {})) for e in events]


def deliveries_by_seq(session: Session, platform: str, seqs: Sequence[int]) -> dict[int, Delivery]:
    query = select(Delivery).where(Delivery.platform == platform, Delivery.event_seq.in_(seqs))
    return {delivery.event_seq: delivery for delivery in session.scalars(query)}


def send_in_order(platform: Platform, batch: Sequence[Outgoing]) -> list[Outcome]:
    """Send until one fails: what comes after it must not overtake it."""
    outcomes: list[Outcome] = []
    for outgoing in batch:
        seq = outgoing.seq
        try:
            receipt = platform.send(outgoing.message)
            outcomes.append(Outcome(seq, DeliveryState.DELIVERED, receipt))
        except PlatformRefused as error:
            log.warning("platform refuses", platform=platform.name, seq=seq, error=str(error))
            outcomes.append(Outcome(seq, DeliveryState.REFUSED, error=str(error)))
        except PlatformAway as error:
            log.warning("platform away", platform=platform.name, seq=seq, error=str(error))
            outcomes.append(Outcome(seq, DeliveryState.WAITING, error=str(error)))
            break
    return outcomes


def keep_outcomes(session: Session, platform: str, outcomes: Sequence[Outcome], now: dt.datetime) -> dt.datetime | None:
    """Write down how sending ended. Returns when to try again what failed."""
    known = deliveries_by_seq(session, platform, [outcome.seq for outcome in outcomes])
    again_at: dt.datetime | None = None
    for outcome in outcomes:
        delivery = known[outcome.seq]
        if delivery.state != DeliveryState.WAITING:
            continue
        delivery.attempts += 1
        delivery.state, delivery.receipt, delivery.error = outcome.state, outcome.receipt, outcome.error
        delivery.delivered_at = now if outcome.state == DeliveryState.DELIVERED else None
        if outcome.state == DeliveryState.WAITING:
            again_at = now + wait_after(delivery.attempts)
        else:
            delivery.body = None
        delivery.next_attempt_at = again_at
    return again_at


def wait_after(attempts: int) -> dt.timedelta:
    """5 s, 10 s, 20 s ... at most an hour; it never gives up."""
    return dt.timedelta(seconds=min(5 * 2 ** min(attempts - 1, 20), LONGEST_WAIT_SECONDS))


def body_of(event: RecordEvent, base_url: str) -> dict[str, Any]:
    """An event as a platform gets it.

    Metadata go along only where they are still what the event was about: never what was withdrawn since, and what
    was changed since comes with its own event.
    """
    record = event.record
    is_current = record.sha256 == event.payload_sha256 and not record.is_deleted
    has_metadata = is_current and event.event != RecordEventKind.WITHDRAW
    url = absolute(record.path, base_url)
    return {
        "event": str(event.event),
        "seq": event.seq,
        "at": event.at.isoformat(),
        "record": record.identifier,
        "url": url,
        "version_id": event.version_id,
        "payload_sha256": event.payload_sha256,
        "event_hash": event.hash,
        "dublin_core": absolute_metadata(record.dublin_core, base_url) if has_metadata else None,
        "schema_org": {**record.schema_org, "@id": url, "url": url} if has_metadata else None,
    }


HANDLERS: dict[str, Handler] = {DELIVER: deliver_events}
