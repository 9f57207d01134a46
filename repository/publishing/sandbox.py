"""A small receiving platform to push to: for trials and tests, with everything a real one must do.

It takes events idempotently (a key seen before gets the receipt given then), keeps the newest state of every record,
signs its receipts, lists and verifies what it holds, and can be told to fail. Its state is one SQLite file.

==========================  ===================================================================================
``POST /records``           take an event; needs the bearer token and an ``Idempotency-Key``
``GET /records``            what it holds: ``{"total", "records": [{"record", "seq", "is_deleted", "body"}]}``
``GET /receipts``           receipts given, in order
``GET /verify``             recompute every hash and signature: ``{"receipts", "records", "wrong": []}``
``POST /fail``              ``{"times": 2, "status": 503, "after_storing": true}``: fail the next requests
==========================  ===================================================================================
"""

import datetime as dt
import hmac
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Request, Response

from repository.publishing.platforms import is_signed, sign
from repository.publishing.rules import canonical_json, sha256_of

TABLES = """
CREATE TABLE IF NOT EXISTS received (
    key TEXT PRIMARY KEY, sha256 TEXT NOT NULL, body TEXT NOT NULL, receipt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    record TEXT PRIMARY KEY, seq INTEGER NOT NULL, is_deleted INTEGER NOT NULL, body TEXT NOT NULL);
"""
MAX_BODY_BYTES = 2 * 1024 * 1024


@dataclass
class Failure:
    """How the next requests fail."""

    times: int = 0
    status: int = 503
    after_storing: bool = False


@dataclass
class Sandbox:
    """The platform as a WSGI application."""

    path: Path
    token: str = field(repr=False)
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    failure: Failure = field(default_factory=Failure)

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._db = sqlite3.connect(self.path, check_same_thread=False)
        self._db.executescript(TABLES)

    def close(self) -> None:
        self._db.close()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        request.max_content_length = MAX_BODY_BYTES
        try:
            with self._lock:
                response = self._answer(request)
        except HTTPException as error:
            response = as_json({"error": error.description}, error.code or 500)
        except (ValueError, KeyError, TypeError) as error:
            response = as_json({"error": f"not an event: {error!r}"}, 422)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        routes: dict[tuple[str, str], Callable[[Request], Response]] = {
            ("POST", "/records"): self.take,
            ("GET", "/records"): self.list_records,
            ("GET", "/receipts"): self.list_receipts,
            ("GET", "/verify"): self.verify,
            ("POST", "/fail"): self.fail,
        }
        route = routes.get((request.method, request.path.rstrip("/")))
        if route is None:
            raise NotFound
        return route(request)

    def take(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {self.token}"):
            return as_json({"error": "wrong token"}, 401)
        if self._fails(after_storing=False):
            return as_json({"error": "told to fail"}, self.failure.status)
        key, text = request.headers.get("Idempotency-Key", ""), request.get_data(as_text=True)
        if not key:
            return as_json({"error": "no Idempotency-Key"}, 400)
        known = self._db.execute("SELECT sha256, receipt FROM received WHERE key = ?", (key,)).fetchone()
        if known and known[0] != sha256_of(text):
            return as_json({"error": "this key came with something else before"}, 409)
        receipt = json.loads(known[1]) if known else self._store(key, text)
        if self._fails(after_storing=True):
            return as_json({"error": "told to fail"}, self.failure.status)
        return as_json(receipt, 200 if known else 201)

    def _store(self, key: str, text: str) -> dict[str, Any]:
        event = json.loads(text)
        record, seq, is_deleted = str(event["record"]), int(event["seq"]), event["event"] == "withdraw"
        receipt = sign(
            {
                "idempotency_key": key,
                "sha256": sha256_of(text),
                "record": record,
                "seq": seq,
                "received_at": self.clock().isoformat(),
            },
            self.token,
        )
        with self._db:
            self._db.execute(
                "INSERT INTO received VALUES (?, ?, ?, ?)", (key, sha256_of(text), text, canonical_json(receipt))
            )
            self._db.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?) ON CONFLICT (record) DO UPDATE SET seq = excluded.seq,"
                " is_deleted = excluded.is_deleted, body = excluded.body WHERE excluded.seq > records.seq",
                (record, seq, is_deleted, text),
            )
        return receipt

    def _fails(self, *, after_storing: bool) -> bool:
        if self.failure.times <= 0 or self.failure.after_storing != after_storing:
            return False
        self.failure.times -= 1
        return True

    def list_records(self, request: Request) -> Response:
        rows = self._db.execute("SELECT record, seq, is_deleted, body FROM records ORDER BY record").fetchall()
        records = [
            {"record": record, "seq": seq, "is_deleted": bool(is_deleted), "body": json.loads(body)}
            for record, seq, is_deleted, body in rows
        ]
        return as_json({"total": len(records), "records": records})

    def list_receipts(self, request: Request) -> Response:
        rows = self._db.execute("SELECT receipt FROM received ORDER BY rowid").fetchall()
        return as_json({"receipts": [json.loads(row[0]) for row in rows]})

    def verify(self, request: Request) -> Response:
        rows = self._db.execute("SELECT key, sha256, body, receipt FROM received").fetchall()
        wrong = [
            key
            for key, sha256, body, receipt in rows
            if sha256_of(body) != sha256 or not is_signed(json.loads(receipt), self.token)
        ]
        held = self._db.execute("SELECT count(*) FROM records").fetchone()[0]
        return as_json({"receipts": len(rows), "records": held, "wrong": wrong})

    def fail(self, request: Request) -> Response:
        wanted = json.loads(request.get_data(as_text=True) or "{}")
        self.failure = Failure(
            int(wanted.get("times", 1)), int(wanted.get("status", 503)), bool(wanted.get("after_storing", False))
        )
        return as_json(vars(self.failure))


def as_json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), status, content_type="application/json; charset=utf-8")
