"""``hoclieu check``: is all well?"""

import sys

import click

from quizbank.cli.context import now, one_session
from quizbank.parts import open_parts
from repository.administration.deep_checks import thorough_checks


@click.command()
@click.option("--deep", is_flag=True, help="Also read every stored file and compare its SHA-256.")
def check(deep: bool) -> None:
    """Look at database, index, files, jobs and publishing log; exit with 0 when all is well."""
    services = open_parts()
    with one_session(services, writes=False) as session:
        checks = thorough_checks(session, services, now(), reads_bytes=deep)
    for one in checks:
        click.echo(f"{'ok ' if one.is_well else 'BAD'} {one.message.format(**one.facts)}")
    sys.exit(0 if all(one.is_well for one in checks) else 1)
