"""``hoclieu db``: the database."""

import click

from quizbank.parts import open_parts
from repository.migrations import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the newest version of its tables."""
    services = open_parts()
    upgrade(services.engine)
    click.echo(f"The database is up to date: {services.engine.url.render_as_string(hide_password=True)}")
