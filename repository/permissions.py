"""Who may do what in the content repository: one page.

A permission is a name and a rule ``(actor, thing) -> bool``. Actions ask ``require`` on their first line;
templates and lists ask ``allows``. Hiding rather than forbidding is the caller's choice (``NotFound``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from repository.errors import Forbidden, NotSignedIn


class Role(StrEnum):
    STUDENT = "student"
    TEACHER = "teacher"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, an API token's person, or a stranger (``person_id`` is None).

    ``browser_key`` tells one stranger's browser from another's, so that practice attempts have an owner.
    """

    person_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    organisation_id: int | None = None
    browser_key: str | None = None
    locale: str | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of the roles; an administrator holds them all."""
        return bool(self.roles.intersection(roles)) or Role.ADMINISTRATOR in self.roles


STRANGER = Actor()
SYSTEM = Actor(name="system", roles=frozenset({Role.ADMINISTRATOR}))


@dataclass(frozen=True)
class Permission:
    name: str
    rule: Callable[[Actor, Any], bool]

    def allows(self, actor: Actor, thing: Any = None) -> bool:
        return self.rule(actor, thing)

    def require(self, actor: Actor, thing: Any = None) -> None:
        """Raise unless ``actor`` may.

        Raises:
            NotSignedIn: a stranger asked; signing in may help.
            Forbidden: this person may not.
        """
        if self.rule(actor, thing):
            return
        if not actor.is_signed_in and actor is not SYSTEM:
            raise NotSignedIn("Hãy đăng nhập để làm việc này.", permission=self.name)
        raise Forbidden("Bạn không có quyền làm việc này.", permission=self.name)


def is_staff(actor: Actor) -> bool:
    """Whether the actor prepares or reviews content."""
    return actor.has(Role.EDITOR, Role.REVIEWER)


def is_own(actor: Actor, thing: Any) -> bool:
    """Whether the actor made the thing."""
    return actor.is_signed_in and getattr(thing, "created_by_id", None) == actor.person_id


def may_see_content(actor: Actor, thing: Any) -> bool:
    """Published content is everybody's; the rest belongs to its maker and to editors and reviewers."""
    return getattr(thing, "published_version_id", None) is not None or is_own(actor, thing) or is_staff(actor)


def may_change_content(actor: Actor, thing: Any) -> bool:
    return actor.has(Role.EDITOR) or is_own(actor, thing)


def may_review_content(actor: Actor, thing: Any) -> bool:
    """A reviewer approves or returns what somebody else submitted (four eyes)."""
    return actor.has(Role.REVIEWER) and (not is_own(actor, thing) or Role.ADMINISTRATOR in actor.roles)


ADMINISTER = Permission("administer", lambda actor, _: actor.has(Role.ADMINISTRATOR))
MANAGE_OWN_ACCOUNT = Permission(
    "manage own account", lambda actor, person: person is not None and person.id == actor.person_id
)

UPLOAD_LECTURE = Permission("upload lecture", lambda actor, _: actor.has(Role.EDITOR, Role.TEACHER))
SEE_LECTURE = Permission("see lecture", may_see_content)
EDIT_LECTURE = Permission("edit lecture", may_change_content)
SUBMIT_LECTURE = Permission("submit lecture", may_change_content)
REVIEW_LECTURE = Permission("review lecture", may_review_content)
WITHDRAW_LECTURE = Permission("withdraw lecture", lambda actor, _: actor.has(Role.REVIEWER))
COMMENT_LECTURE = Permission("comment lecture", lambda actor, thing: is_own(actor, thing) or is_staff(actor))
SEE_REVIEW_DESK = Permission("see review desk", lambda actor, _: actor.has(Role.REVIEWER))

SEE_LEDGER = Permission("see publishing ledger", lambda actor, _: is_staff(actor))
DELIVER_RECORDS = Permission("deliver records", lambda actor, _: actor.has(Role.REVIEWER))
SEE_JOBS = Permission("see jobs", lambda actor, job: actor.has(Role.ADMINISTRATOR) or is_own(actor, job))
