"""``hoclieu users``: people who can sign in. Passwords are asked for unless given, and never printed."""

import click

from quizbank.cli.context import now, one_session, open_product
from repository.accounts import actions, queries, rules
from repository.errors import NotFound
from repository.permissions import SYSTEM, Role


@click.group("users")
def users() -> None:
    """People who can sign in."""


@users.command("add")
@click.argument("email")
@click.option("--name", prompt=True, help="The person's full name.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="May be repeated."
)
@click.option("--organisation", default="", help="Code of the person's organisation.")
@click.password_option(help="Asked for, hidden, when it isn't given.")
def add_user(email: str, name: str, roles: tuple[str, ...], organisation: str, password: str) -> None:
    """Add somebody who can sign in."""
    with one_session(open_product()) as session:
        found = queries.find_organisation_by_code(session, organisation) if organisation else None
        if organisation and found is None:
            raise NotFound("Không có đơn vị với mã “{code}”.", code=organisation)
        person = actions.add_person(
            session,
            SYSTEM,
            email=email,
            name=name,
            password=password,
            roles=rules.read_roles(list(roles)),
            organisation_id=found.id if found else None,
            now=now(),
        )
        click.echo(f"Added {person.email} ({', '.join(sorted(person.roles)) or 'no role'}).")


@users.command("password")
@click.argument("email")
@click.password_option(help="Asked for, hidden, when it isn't given.")
def reset_password(email: str, password: str) -> None:
    """Give somebody another password; their sign-ins end."""
    with one_session(open_product()) as session:
        person = queries.find_person_by_email(session, rules.normal_email(email))
        if person is None:
            raise NotFound("Không có người này.")
        actions.reset_password(session, SYSTEM, person.id, password, now=now())
        click.echo(f"Changed the password of {person.email}.")


@users.command("roles")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="May be repeated; none takes all.",
)
def set_roles(email: str, roles: tuple[str, ...]) -> None:
    """Set somebody's roles."""
    with one_session(open_product()) as session:
        person = queries.find_person_by_email(session, rules.normal_email(email))
        if person is None:
            raise NotFound("Không có người này.")
        actions.set_roles(session, SYSTEM, person.id, rules.read_roles(list(roles)), now=now())
        click.echo(f"{person.email}: {', '.join(sorted(roles)) or 'no role'}.")
