from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from repository.publishing.platforms import is_signed
from repository.publishing.sandbox import Sandbox

TOKEN = "t"
EVENT = {"record": "oai:x:1", "seq": 1, "event": "publish", "dublin_core": {"title": ["A"]}}


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(tmp_path / "s.sqlite", TOKEN)
    yield made
    made.close()


def send(sandbox: Sandbox, key: str = "k", token: str = TOKEN, **changes: Any) -> Any:
    headers = (
        {"Authorization": f"Bearer {token}", "Idempotency-Key": key} if key else {"Authorization": f"Bearer {token}"}
    )
    return Client(sandbox).post("/records", json={**EVENT, **changes}, headers=headers)


def got(sandbox: Sandbox, address: str) -> Any:
    return Client(sandbox).get(address).json


def test_the_same_key_gets_the_same_receipt(sandbox: Sandbox) -> None:
    first, second = send(sandbox), send(sandbox)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert is_signed(first.json, TOKEN)


def test_one_key_for_two_things_is_refused(sandbox: Sandbox) -> None:
    send(sandbox)
    assert send(sandbox, seq=2).status_code == 409


def test_an_old_event_does_not_undo_a_new_one(sandbox: Sandbox) -> None:
    send(sandbox, "b", seq=2, event="withdraw")
    send(sandbox, "a", seq=1)
    assert got(sandbox, "/records")["records"][0]["is_deleted"] is True


@pytest.mark.parametrize(("change", "status"), [({"token": "x"}, 401), ({"key": ""}, 400), ({"seq": "x"}, 422)])
def test_a_wrong_delivery_is_refused(sandbox: Sandbox, change: dict[str, Any], status: int) -> None:
    assert send(sandbox, **change).status_code == status


def test_it_verifies_what_it_holds(sandbox: Sandbox) -> None:
    send(sandbox)
    assert got(sandbox, "/verify") == {"receipts": 1, "records": 1, "wrong": []}
    with sandbox._db:
        sandbox._db.execute("UPDATE received SET body = replace(body, 'A', 'B')")
    assert got(sandbox, "/verify")["wrong"] == ["k"]


def test_what_it_holds_survives_a_restart(sandbox: Sandbox) -> None:
    send(sandbox)
    again = Sandbox(sandbox.path, TOKEN)
    assert got(again, "/records")["total"] == 1
    again.close()


def test_other_addresses_are_not_there(sandbox: Sandbox) -> None:
    assert Client(sandbox).get("/nowhere").status_code == 404
