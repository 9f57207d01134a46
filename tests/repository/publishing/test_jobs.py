"""Publications reach a real receiving platform over HTTP, each exactly once, whatever fails on the way."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.db import writing
from repository.jobs import Worker
from repository.permissions import SYSTEM
from repository.publishing.actions import publish_record, withdraw_record
from repository.publishing.jobs import wait_after
from repository.publishing.models import Delivery, DeliveryState
from repository.publishing.platforms import (
    HttpPlatform,
    Message,
    PlatformAway,
    PlatformRefused,
    is_signed,
    platforms_of,
    sign,
)
from repository.publishing.sandbox import Sandbox
from repository.services import Services
from repository.settings import Settings
from tests.repository.publishing.builders import a_content, served, some_records

TOKEN = "the platform's token"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    platform = Sandbox(tmp_path / "platform.sqlite", TOKEN)
    with served(platform) as base:
        yield base
    platform.close()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5) as made:
        yield made


Deliver = Callable[[dt.timedelta], None]


@pytest.fixture
def deliver(services: Services, sandbox: str, client: httpx.Client, now: dt.datetime) -> Deliver:
    """Let the worker deliver what is due some time after ``now``."""
    services.platforms["national"] = HttpPlatform("national", f"{sandbox}/records", TOKEN, client)

    def run(later: dt.timedelta) -> None:
        Worker(services.sessions, services.job_handlers, services, clock=lambda: now + later).run_due()

    return run


AT_ONCE, LATER = dt.timedelta(), dt.timedelta(minutes=10)


def held(sandbox: str) -> dict[str, Any]:
    return {row["record"]: row for row in httpx.get(f"{sandbox}/records").json()["records"]}


def fail_next(sandbox: str, times: int, **how: Any) -> None:
    httpx.post(f"{sandbox}/fail", content=json.dumps({"times": times, **how}))


def deliveries(services: Services) -> list[Delivery]:
    with services.sessions() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.event_seq)))


def publish(services: Services, title: str, now: dt.datetime, thing_id: int = 1) -> None:
    with services.sessions() as session:
        publish_record(writing(session), SYSTEM, "lecture", thing_id, a_content(title, thing_id=thing_id), now=now)
        session.commit()


def test_a_publication_arrives_with_a_signed_receipt(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Sóng cơ", now)
    deliver(AT_ONCE)
    body = held(sandbox)["oai:hoclieu.moet.gov.vn:lecture/1"]["body"]
    assert body["dublin_core"]["identifier"] == ["http://127.0.0.1:8000/lectures/1"]
    [delivery] = deliveries(services)
    assert (delivery.state, delivery.attempts, delivery.body) == (DeliveryState.DELIVERED, 1, None)
    assert delivery.receipt
    assert is_signed(delivery.receipt, TOKEN)


def test_events_arrive_in_order_and_end_in_a_tombstone(
    services: Services, session: Session, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    some_records(session, 60, now)
    withdraw_record(session, SYSTEM, "lecture", 2, now=now)
    session.commit()
    deliver(AT_ONCE)
    records = held(sandbox)
    assert len(records) == 60
    assert [row["record"] for row in records.values() if row["is_deleted"]] == ["oai:hoclieu.moet.gov.vn:lecture/2"]
    assert [d.event_seq for d in deliveries(services)] == list(range(1, 62))


def test_what_was_withdrawn_before_it_was_sent_is_not_sent(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Bí mật", now)
    with services.sessions() as session:
        withdraw_record(writing(session), SYSTEM, "lecture", 1, now=now)
        session.commit()
    deliver(AT_ONCE)
    assert "Bí mật" not in httpx.get(f"{sandbox}/records").text


def test_a_platform_that_is_away_is_tried_again(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Sóng cơ", now)
    fail_next(sandbox, 1)
    deliver(AT_ONCE)
    [waiting] = deliveries(services)
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert waiting.next_attempt_at
    assert waiting.next_attempt_at > now
    assert "503" in waiting.error
    deliver(LATER)
    assert [d.state for d in deliveries(services)] == [DeliveryState.DELIVERED]
    assert len(held(sandbox)) == 1


def test_a_lost_answer_makes_no_second_entry_even_when_the_record_changed_meanwhile(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Bản một", now)
    fail_next(sandbox, 1, after_storing=True)
    deliver(AT_ONCE)
    publish(services, "Bản hai", now)
    deliver(LATER)
    assert [d.state for d in deliveries(services)] == [DeliveryState.DELIVERED] * 2
    assert len(httpx.get(f"{sandbox}/receipts").json()["receipts"]) == 2
    [row] = held(sandbox).values()
    assert row["body"]["dublin_core"]["title"] == ["Bản hai"]


def test_nothing_overtakes_an_event_that_failed(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Một", now, thing_id=1)
    publish(services, "Hai", now, thing_id=2)
    fail_next(sandbox, 3)
    deliver(AT_ONCE)
    assert held(sandbox) == {}
    deliver(LATER)
    deliver(2 * LATER)
    assert len(held(sandbox)) == 2


def test_a_final_no_is_kept_and_the_next_goes_on(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Một", now, thing_id=1)
    publish(services, "Hai", now, thing_id=2)
    fail_next(sandbox, 1, status=422)
    deliver(AT_ONCE)
    assert [d.state for d in deliveries(services)] == [DeliveryState.REFUSED, DeliveryState.DELIVERED]


def test_a_new_platform_gets_the_whole_history(
    services: Services, session: Session, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    platforms = dict(services.platforms)
    services.platforms.clear()
    some_records(session, 5, now)
    session.commit()
    deliver(AT_ONCE)
    services.platforms.update(platforms)
    publish(services, "Một", now, thing_id=1)
    deliver(LATER)
    assert len(held(sandbox)) == 5


def test_a_delivery_that_runs_twice_delivers_once(
    services: Services, sandbox: str, deliver: Deliver, now: dt.datetime
) -> None:
    publish(services, "Một", now)
    deliver(AT_ONCE)
    deliver(AT_ONCE)
    assert len(deliveries(services)) == 1


def test_waiting_grows_to_an_hour() -> None:
    assert [wait_after(n).total_seconds() for n in (1, 2, 3, 100)] == [5, 10, 20, 3600]


# The connector


def answering(status: int, make: Callable[[httpx.Request], Any]) -> HttpPlatform:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=make(request)))
    return HttpPlatform("p", "http://platform.example/records", TOKEN, httpx.Client(transport=transport))


MESSAGE = Message("key", {"record": "r"})
GOOD = {"idempotency_key": "key", "sha256": MESSAGE.sha256}


def test_a_signed_receipt_is_accepted() -> None:
    assert answering(201, lambda request: sign(GOOD, TOKEN)).send(MESSAGE)["sha256"] == MESSAGE.sha256


@pytest.mark.parametrize(
    "receipt",
    [
        GOOD,
        sign(GOOD, "another token"),
        sign({**GOOD, "sha256": "0"}, TOKEN),
        sign({**GOOD, "idempotency_key": "x"}, TOKEN),
        [],
    ],
)
def test_a_receipt_that_does_not_hold_is_no_receipt(receipt: Any) -> None:
    with pytest.raises(PlatformAway):
        answering(200, lambda request: receipt).send(MESSAGE)


@pytest.mark.parametrize(
    ("status", "error"), [(500, PlatformAway), (401, PlatformAway), (429, PlatformAway), (422, PlatformRefused)]
)
def test_an_answer_says_whether_to_come_again(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        answering(status, lambda request: {}).send(MESSAGE)


def test_a_platform_that_cannot_be_reached_is_away() -> None:
    with pytest.raises(PlatformAway), httpx.Client(timeout=1) as client:
        HttpPlatform("p", "http://127.0.0.1:9/records", TOKEN, client).send(MESSAGE)


def test_the_key_and_token_go_along() -> None:
    seen: list[httpx.Request] = []

    def take(request: httpx.Request) -> dict[str, Any]:
        seen.append(request)
        return sign(GOOD, TOKEN)

    answering(200, take).send(MESSAGE)
    assert seen[0].headers["Idempotency-Key"] == "key"
    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_settings_without_an_address_mean_no_platform() -> None:
    assert platforms_of(Settings()) == {}
    assert list(platforms_of(Settings(platform_url="http://x/records"))) == ["national"]
