"""Administration of people: who they are, what they may do, whether they may come in."""

from collections.abc import Callable

from flask import Blueprint, request
from flask_babel import gettext as _

from repository import permissions, web
from repository.accounts import actions, queries, rules
from repository.accounts.descriptions import ROLE_LABELS
from repository.accounts.pages.forms import Page, errors_of
from repository.errors import HocLieuError, Invalid
from repository.permissions import Role

pages = Blueprint("people", __name__, url_prefix="/admin/people")


@pages.get("")
def list_people() -> str:
    text, after = request.args.get("q", "").strip()[:200], request.args.get("after", type=int)
    chosen = request.args.get("role", "")
    role = Role(chosen) if chosen in set(Role) else None
    rows, next_key = queries.list_people(web.session(), web.actor(), text=text, role=role, after=after)
    return web.render(
        "repository/accounts/list_people.html",
        rows=rows,
        next_key=next_key,
        is_first=after is None,
        text=text,
        role=role,
        roles=role_choices(),
    )


@pages.get("/new")
def new_person() -> Page:
    return new_person_page()


@pages.post("")
def add_person() -> Page:
    form = request.form
    try:
        person = actions.add_person(
            web.session(),
            web.actor(),
            email=form.get("email", ""),
            name=form.get("name", ""),
            password=form.get("password", ""),
            roles=rules.read_roles(form.getlist("role")),
            organisation_id=organisation_given(),
            now=web.now(),
        )
    except HocLieuError as error:
        return new_person_page(error)
    web.say("Đã thêm {name}.", name=person.name)
    return web.go_to(f"/admin/people/{person.id}")


def new_person_page(error: HocLieuError | None = None) -> Page:
    permissions.ADMINISTER.require(web.actor())
    page = web.render(
        "repository/accounts/new_person.html",
        given=request.form,
        given_roles=request.form.getlist("role"),
        errors=errors_of(error),
        roles=role_choices(),
    )
    return page, error.status if error else 200


@pages.get("/<int:person_id>")
def show_person(person_id: int) -> Page:
    return person_page(person_id)


def person_page(person_id: int, error: HocLieuError | None = None) -> Page:
    permissions.ADMINISTER.require(web.actor())
    person = queries.get_person(web.session(), person_id)
    organisation = queries.get_organisation(web.session(), person.organisation_id) if person.organisation_id else None
    page = web.render(
        "repository/accounts/show_person.html",
        person=person,
        organisation=organisation,
        errors=errors_of(error),
        roles=role_choices(),
    )
    return page, error.status if error else 200


@pages.post("/<int:person_id>/roles")
def set_roles(person_id: int) -> Page:
    roles = rules.read_roles(request.form.getlist("role"))
    return changed(person_id, lambda: actions.set_roles(web.session(), web.actor(), person_id, roles, now=web.now()))


@pages.post("/<int:person_id>/organisation")
def set_organisation(person_id: int) -> Page:
    return changed(
        person_id,
        lambda: actions.set_organisation(web.session(), web.actor(), person_id, organisation_given(), now=web.now()),
    )


@pages.post("/<int:person_id>/active")
def set_active(person_id: int) -> Page:
    is_active = request.form.get("is_active") == "yes"
    return changed(
        person_id, lambda: actions.set_active(web.session(), web.actor(), person_id, is_active, now=web.now())
    )


@pages.post("/<int:person_id>/password")
def reset_password(person_id: int) -> Page:
    new = request.form.get("password", "")
    return changed(person_id, lambda: actions.reset_password(web.session(), web.actor(), person_id, new, now=web.now()))


def changed(person_id: int, change: Callable[[], object]) -> Page:
    """Do the change and show the person again, or the same page with what is wrong beside its field."""
    try:
        change()
    except HocLieuError as error:
        if "fields" not in error.facts:
            raise
        return person_page(person_id, error)
    web.say("Đã lưu thay đổi.")
    return web.go_to(f"/admin/people/{person_id}")


def organisation_given() -> int | None:
    """The organisation with the code that was entered; None for an empty field.

    Raises:
        Invalid: no organisation has this code.
    """
    code = request.form.get("organisation", "").strip()
    if not code:
        return None
    found = queries.find_organisation_by_code(web.session(), code)
    if found is None:
        raise Invalid("Không có đơn vị với mã “{code}”.", code=code, fields={"organisation": []})
    return found.id


def role_choices() -> list[tuple[str, str]]:
    return [(role, _(label)) for role, label in ROLE_LABELS.items()]
