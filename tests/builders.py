"""Makes test things with sensible defaults; each feature's own builders stand beside its tests."""

import datetime as dt
import re
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from repository.accounts.models import Person, RoleGrant, SignInSession
from repository.accounts.queries import actor_of
from repository.accounts.rules import a_new_token, token_hash_of
from repository.permissions import Actor, Role

MOMENT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
FAR_AWAY = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
_numbers = count(1)


def a_person(session: Session, *roles: Role, email: str = "", name: str = "", password_hash: str = "-") -> Person:
    number = next(_numbers)
    person = Person(
        email=email or f"nguoi{number}@vidu.example",
        name=name or f"Nguyễn Văn {number}",
        password_hash=password_hash,
        created_at=MOMENT,
        grants=[RoleGrant(role=role) for role in roles],
    )
    session.add(person)
    session.flush()
    return person


def an_actor(session: Session, *roles: Role) -> Actor:
    return actor_of(a_person(session, *roles))


def sign_in_client(app: Flask, session: Session, person: Person) -> FlaskClient:
    """A browser that is signed in as ``person``, without the cost of hashing a password."""
    token = a_new_token()
    session.add(
        SignInSession(
            token_hash=token_hash_of(token),
            person_id=person.id,
            created_at=MOMENT,
            expires_at=FAR_AWAY,
            user_agent="test",
        )
    )
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sid"] = token
    return client


def csrf_of(client: FlaskClient, page: str = "/help") -> str:
    """The CSRF token of this browser, read from a page as a browser would."""
    found = re.search(r'name="csrf[_-]token" (?:value|content)="([^"]+)"', client.get(page).get_data(as_text=True))
    assert found, f"{page} carries no CSRF token"
    return found[1]


def post(client: FlaskClient, address: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
    """Send a form as a browser would, CSRF token included."""
    return client.post(address, data={**(data or {}), "csrf_token": csrf_of(client)}, **more)
