"""Questions about people. Changes nothing."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from repository import permissions
from repository.accounts.models import (
    ApiToken,
    Organisation,
    OrganisationKind,
    Person,
    RoleGrant,
    SignInFailure,
    SignInSession,
)
from repository.accounts.rules import FAILURE_WINDOW, token_hash_of
from repository.collation import sort_key
from repository.errors import NotFound
from repository.permissions import Actor, Role

PAGE_SIZE = 50
MOST_OFFICES = 500


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
    found = session.scalars(
        select(Person)
        .join(SignInSession, SignInSession.person_id == Person.id)
        .where(SignInSession.token_hash == token_hash_of(token), SignInSession.expires_at > now, Person.is_active)
        .options(joinedload(Person.grants))
    )
    person = found.unique().first()
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


@dataclass(frozen=True)
class PersonRow:
    """A person as a list shows them."""

    person: Person
    organisation: str | None


@dataclass(frozen=True)
class OrganisationRow:
    organisation: Organisation
    parent: str | None


def list_people(
    session: Session, actor: Actor, *, text: str = "", role: Role | None = None, after: int | None = None
) -> tuple[list[PersonRow], int | None]:
    """The newest people first, and the key of the next page.

    Args:
        text: part of a name or an address.
    """
    permissions.ADMINISTER.require(actor)
    query = select(Person, Organisation.name).outerjoin(Organisation, Organisation.id == Person.organisation_id)
    if text:
        query = query.where(
            Person.name.icontains(text, autoescape=True) | Person.email.icontains(text.lower(), autoescape=True)
        )
    if role:
        query = query.where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role)))
    if after is not None:
        query = query.where(Person.id < after)
    found = session.execute(query.order_by(Person.id.desc()).limit(PAGE_SIZE + 1)).all()
    rows = [PersonRow(person, name) for person, name in found[:PAGE_SIZE]]
    return rows, rows[-1].person.id if len(found) > PAGE_SIZE else None


def list_organisations(
    session: Session, actor: Actor, *, text: str = "", after: int | None = None
) -> tuple[list[OrganisationRow], int | None]:
    """The newest organisations first, and the key of the next page."""
    permissions.ADMINISTER.require(actor)
    above = aliased(Organisation)
    query = select(Organisation, above.name).outerjoin(above, above.id == Organisation.parent_id)
    if text:
        query = query.where(
            Organisation.name.icontains(text, autoescape=True) | Organisation.code.icontains(text, autoescape=True)
        )
    if after is not None:
        query = query.where(Organisation.id < after)
    found = session.execute(query.order_by(Organisation.id.desc()).limit(PAGE_SIZE + 1)).all()
    rows = [OrganisationRow(organisation, name) for organisation, name in found[:PAGE_SIZE]]
    return rows, rows[-1].organisation.id if len(found) > PAGE_SIZE else None


def list_offices(session: Session) -> list[Organisation]:
    """The Ministry and the departments: what a school may stand under."""
    offices = select(Organisation).where(Organisation.kind != OrganisationKind.SCHOOL).limit(MOST_OFFICES)
    return sorted(session.scalars(offices), key=lambda office: sort_key(office.name))


def find_organisation_by_code(session: Session, code: str) -> Organisation | None:
    return session.scalars(select(Organisation).where(Organisation.code == code.strip())).first()
