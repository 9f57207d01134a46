"""Tables of people, organisations, roles, sign-in sessions and API tokens."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from repository.db import Base, Id, Moment, UtcDateTime
from repository.permissions import Role


class OrganisationKind(StrEnum):
    MINISTRY = "ministry"
    DEPARTMENT = "department"
    SCHOOL = "school"


class Organisation(Base):
    """The Ministry (Bộ), a provincial department (Sở) or a school. ``province`` is ``edition:code``."""

    __tablename__ = "organisations"

    id: Mapped[Id]
    kind: Mapped[OrganisationKind]
    name: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    province: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_at: Mapped[Moment]


class Person(Base):
    __tablename__ = "people"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    locale: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Moment]

    grants: Mapped[list["RoleGrant"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.grants)


class RoleGrant(Base):
    __tablename__ = "role_grants"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class SignInSession(Base):
    """One signed-in browser. Only the token's hash is kept."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    user_agent: Mapped[str]


class ApiToken(Base):
    """A machine's key to a person's rights. Only the hash is kept; ``prefix`` tells tokens apart on the page."""

    __tablename__ = "api_tokens"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    prefix: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[Moment]
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class SignInFailure(Base):
    """A failed sign-in, kept for as long as it slows the next one."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index("ix_sign_in_failures_email_at", "email", "at"),
        Index("ix_sign_in_failures_address_at", "address", "at"),
    )

    id: Mapped[Id]
    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[Moment]
