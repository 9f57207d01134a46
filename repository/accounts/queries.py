"""Questions about people. Changes nothing."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository.accounts.models import ApiToken, Organisation, Person, SignInFailure, SignInSession
from repository.accounts.rules import FAILURE_WINDOW, token_hash_of
from repository.errors import NotFound
from repository.permissions import Actor


def actor_of(person: Person) -> Actor:
    return Actor(
        person_id=person.id,
        name=person.name,
        roles=person.roles,
        organisation_id=person.organisation_id,
        locale=person.locale,
    )


def find_actor_by_session(session: Session, token: str, now: dt.datetime) -> Actor | None:
    """Who is signed in by this browser token; None when it has expired or the person was deactivated."""
    person = session.scalars(
        select(Person)
        .join(SignInSession, SignInSession.person_id == Person.id)
        .where(SignInSession.token_hash == token_hash_of(token), SignInSession.expires_at > now, Person.is_active)
    ).first()
    return actor_of(person) if person else None


def find_actor_by_api_token(session: Session, token: str, now: dt.datetime) -> Actor | None:
    person = session.scalars(
        select(Person)
        .join(ApiToken, ApiToken.person_id == Person.id)
        .where(ApiToken.token_hash == token_hash_of(token), ApiToken.revoked_at.is_(None), Person.is_active)
    ).first()
    return actor_of(person) if person else None


def find_person_by_email(session: Session, email: str) -> Person | None:
    return session.scalars(select(Person).where(Person.email == email)).first()


def get_person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("Không có người này.")
    return person


def get_organisation(session: Session, organisation_id: int) -> Organisation:
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound("Không có đơn vị này.")
    return organisation


def count_failures(session: Session, email: str, address: str, now: dt.datetime) -> tuple[int, int]:
    """Failed sign-ins within the window: for this e-mail, and from this network address."""
    recent = select(func.count()).select_from(SignInFailure).where(SignInFailure.at > now - FAILURE_WINDOW)
    of_email = session.scalar(recent.where(SignInFailure.email == email))
    of_address = session.scalar(recent.where(SignInFailure.address == address))
    return of_email or 0, of_address or 0


def list_tokens(session: Session, person_id: int) -> list[ApiToken]:
    return list(
        session.scalars(
            select(ApiToken)
            .where(ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
            .order_by(ApiToken.id.desc())
            .limit(100)
        )
    )
