"""Everything that changes people, sign-ins and tokens."""

import datetime as dt
from functools import lru_cache

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from repository import audit, permissions
from repository.accounts import queries, rules
from repository.accounts.models import (
    ApiToken,
    Organisation,
    OrganisationKind,
    Person,
    RoleGrant,
    SignInFailure,
    SignInSession,
)
from repository.errors import Conflict, HocLieuError, Invalid, NotFound, TooManyRequests
from repository.i18n import LOCALES
from repository.permissions import Actor, Role


@lru_cache
def nobody_hash() -> str:
    """What a password is compared with where there is no person, so that it takes as long."""
    return rules.password_hash_of("nobody has this password")


class WrongSignIn(HocLieuError):
    """The e-mail and the password don't belong together; which of the two is wrong is not told."""

    status = 401
    code = "wrong-sign-in"


def add_person(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    roles: frozenset[Role],
    now: dt.datetime,
    organisation_id: int | None = None,
) -> Person:
    """Add somebody who can sign in.

    Raises:
        Invalid: the address, the name or the password can't be used.
        Conflict: the address is taken.
    """
    permissions.ADMINISTER.require(actor)
    return _new_person(session, actor, email, name, password, roles, organisation_id, now)


def sign_up(
    session: Session, actor: Actor, *, email: str, name: str, password: str, is_open: bool, now: dt.datetime
) -> Person:
    """A student makes an account of their own, where the installation allows it (``is_open``)."""
    if not is_open:
        raise NotFound("Không có trang này.")
    return _new_person(session, actor, email, name, password, frozenset({Role.STUDENT}), None, now)


def _new_person(
    session: Session,
    actor: Actor,
    email: str,
    name: str,
    password: str,
    roles: frozenset[Role],
    organisation_id: int | None,
    now: dt.datetime,
) -> Person:
    email = rules.normal_email(email)
    rules.check_password(password)
    if not name.strip():
        raise Invalid("Hãy nhập họ tên.", fields={"name": []})
    person = Person(
        email=email,
        name=name.strip()[:200],
        password_hash=rules.password_hash_of(password),
        organisation_id=organisation_id,
        created_at=now,
        grants=[RoleGrant(role=role) for role in sorted(roles)],
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        raise Conflict("Đã có tài khoản với địa chỉ “{email}”.", email=email, fields={"email": []}) from error
    audit.record(session, actor, "add", "person", person.id, now, email=email, roles=sorted(roles))
    return person


def sign_in(
    session: Session, *, email: str, password: str, address: str, user_agent: str, now: dt.datetime, lasts: dt.timedelta
) -> tuple[str, Person]:
    """Check a password and open a session for this browser.

    A failure is recorded in the caller's transaction, so the door must commit it although it answers an error.

    Args:
        address: the browser's network address, for throttling.
        lasts: how long the sign-in is good for.

    Returns:
        The token for the browser's cookie (only its hash is kept), and the person.

    Raises:
        WrongSignIn: no such pair of e-mail and password.
        TooManyRequests: too many failures within the last quarter of an hour.
    """
    email = email.strip().lower()[:254]
    if rules.is_throttled(*queries.count_failures(session, email, address, now)):
        raise TooManyRequests(
            "Đã thử quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại.",
            minutes=int(rules.FAILURE_WINDOW.total_seconds() // 60),
            retry_after_seconds=int(rules.FAILURE_WINDOW.total_seconds()),
        )
    person = queries.find_person_by_email(session, email)
    is_right = rules.is_password(password, person.password_hash if person else nobody_hash())
    if person is None or not is_right or not person.is_active:
        session.add(SignInFailure(email=email, address=address, at=now))
        raise WrongSignIn("Địa chỉ thư hoặc mật khẩu không đúng.")
    session.execute(
        delete(SignInFailure).where((SignInFailure.email == email) | (SignInFailure.at < now - rules.FAILURE_WINDOW))
    )
    session.execute(delete(SignInSession).where(SignInSession.person_id == person.id, SignInSession.expires_at < now))
    token = rules.a_new_token()
    session.add(
        SignInSession(
            token_hash=rules.token_hash_of(token),
            person_id=person.id,
            created_at=now,
            expires_at=now + lasts,
            user_agent=user_agent[:300],
        )
    )
    audit.record(session, queries.actor_of(person), "sign in", "person", person.id, now)
    return token, person


def sign_out(session: Session, actor: Actor, token: str, *, now: dt.datetime) -> None:
    """End this browser's session; harmless when it has ended already."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == rules.token_hash_of(token)))
    if actor.is_signed_in:
        audit.record(session, actor, "sign out", "person", actor.person_id, now)


def change_password(session: Session, actor: Actor, person_id: int, *, old: str, new: str, now: dt.datetime) -> None:
    """Change one's own password and end all other sign-ins."""
    person = queries.get_person(session, person_id)
    permissions.MANAGE_OWN_ACCOUNT.require(actor, person)
    if not rules.is_password(old, person.password_hash):
        raise Invalid("Mật khẩu hiện tại không đúng.", fields={"old": []})
    rules.check_password(new)
    person.password_hash = rules.password_hash_of(new)
    session.execute(delete(SignInSession).where(SignInSession.person_id == person.id))
    audit.record(session, actor, "change password", "person", person.id, now)


def update_account(
    session: Session, actor: Actor, person_id: int, *, name: str, locale: str | None, now: dt.datetime
) -> Person:
    """Change one's own name and language; ``locale`` None leaves the language to the browser."""
    person = queries.get_person(session, person_id)
    permissions.MANAGE_OWN_ACCOUNT.require(actor, person)
    if not name.strip():
        raise Invalid("Hãy nhập họ tên.", fields={"name": []})
    if locale is not None and locale not in LOCALES:
        raise Invalid("Không có ngôn ngữ “{locale}”.", locale=locale, fields={"locale": []})
    person.name, person.locale = name.strip()[:200], locale
    audit.record(session, actor, "update account", "person", person.id, now, name=person.name)
    return person


def reset_password(session: Session, actor: Actor, person_id: int, new: str, *, now: dt.datetime) -> Person:
    """Give somebody who forgot it another password; their sign-ins end."""
    permissions.ADMINISTER.require(actor)
    person = queries.get_person(session, person_id)
    rules.check_password(new)
    person.password_hash = rules.password_hash_of(new)
    session.execute(delete(SignInSession).where(SignInSession.person_id == person.id))
    audit.record(session, actor, "reset password", "person", person.id, now)
    return person


def set_organisation(
    session: Session, actor: Actor, person_id: int, organisation_id: int | None, *, now: dt.datetime
) -> Person:
    permissions.ADMINISTER.require(actor)
    person = queries.get_person(session, person_id)
    if organisation_id is not None:
        queries.get_organisation(session, organisation_id)
    before, person.organisation_id = person.organisation_id, organisation_id
    audit.record(session, actor, "set organisation", "person", person.id, now, before=before, after=organisation_id)
    return person


def set_roles(session: Session, actor: Actor, person_id: int, roles: frozenset[Role], *, now: dt.datetime) -> Person:
    permissions.ADMINISTER.require(actor)
    person = queries.get_person(session, person_id)
    if person.id == actor.person_id and Role.ADMINISTRATOR not in roles:
        raise Conflict("Không thể tự bỏ vai trò quản trị của mình.")
    before = sorted(person.roles)
    person.grants = [grant for grant in person.grants if grant.role in roles]
    known = person.roles
    person.grants += [RoleGrant(role=role) for role in sorted(roles - known)]
    audit.record(session, actor, "set roles", "person", person.id, now, before=before, after=sorted(roles))
    return person


def set_active(session: Session, actor: Actor, person_id: int, is_active: bool, *, now: dt.datetime) -> Person:
    """Let somebody in again, or shut them out at once: their sign-ins end."""
    permissions.ADMINISTER.require(actor)
    person = queries.get_person(session, person_id)
    if person.id == actor.person_id and not is_active:
        raise Conflict("Không thể tự khoá tài khoản của mình.")
    person.is_active = is_active
    if not is_active:
        session.execute(delete(SignInSession).where(SignInSession.person_id == person.id))
    audit.record(session, actor, "activate" if is_active else "deactivate", "person", person.id, now)
    return person


def create_token(
    session: Session, actor: Actor, person_id: int, name: str, *, now: dt.datetime
) -> tuple[str, ApiToken]:
    """Make an API token with the rights of ``person_id``. The token itself is told once and not kept."""
    permissions.MANAGE_OWN_ACCOUNT.require(actor, queries.get_person(session, person_id))
    if not name.strip():
        raise Invalid("Hãy đặt tên cho mã truy cập.", fields={"name": []})
    token = rules.API_TOKEN_PREFIX + rules.a_new_token()
    row = ApiToken(
        token_hash=rules.token_hash_of(token),
        prefix=token[:8],
        name=name.strip()[:100],
        person_id=person_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "create token", "api token", row.id, now, name=row.name)
    return token, row


def revoke_token(session: Session, actor: Actor, token_id: int, *, now: dt.datetime) -> None:
    row = session.get(ApiToken, token_id)
    if row is None or row.person_id != actor.person_id:
        raise NotFound("Không có mã truy cập này.")
    row.revoked_at = row.revoked_at or now
    audit.record(session, actor, "revoke token", "api token", row.id, now, name=row.name)


def add_organisation(
    session: Session,
    actor: Actor,
    *,
    kind: OrganisationKind,
    name: str,
    code: str,
    now: dt.datetime,
    province: str | None = None,
    parent_id: int | None = None,
) -> Organisation:
    permissions.ADMINISTER.require(actor)
    if not name.strip() or not code.strip():
        raise Invalid("Hãy nhập tên và mã của đơn vị.", fields={"name": [], "code": []})
    if parent_id is not None:
        queries.get_organisation(session, parent_id)
    organisation = Organisation(
        kind=kind,
        name=name.strip()[:300],
        code=code.strip()[:50],
        province=province,
        parent_id=parent_id,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError as error:
        raise Conflict("Đã có đơn vị với mã “{code}”.", code=code, fields={"code": []}) from error
    audit.record(session, actor, "add", "organisation", organisation.id, now, name=organisation.name)
    return organisation
