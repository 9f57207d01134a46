"""The ``hoclieu`` command. Each command opens one session and calls one action."""

import logging
import sys
from typing import Any

import click
import structlog

from quizbank.cli.check import check
from quizbank.cli.db import db
from quizbank.cli.demo import demo
from quizbank.cli.exports import export_questions
from quizbank.cli.imports import import_questions
from quizbank.cli.lectures import import_lectures
from quizbank.cli.publishing import publish, sandbox_platform
from quizbank.cli.quiz import quiz
from quizbank.cli.search import search
from quizbank.cli.search_evaluate import evaluate_file
from quizbank.cli.search_suggest import suggest
from quizbank.cli.serve import serve, worker
from quizbank.cli.users import users
from repository.errors import HocLieuError


class Commands(click.Group):
    """A group whose refusals are one clear line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HocLieuError as error:
            click.echo(f"hoclieu: {error}", err=True)
            sys.exit(1)


@click.group(cls=Commands)
@click.option("--verbose", is_flag=True, help="Log what happens, in detail.")
def main(verbose: bool) -> None:
    """Học Liệu: lectures, questions, tests, and their publication."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@main.group("import")
def import_group() -> None:
    """Take in files: questions or lectures."""


@main.group("export")
def export_group() -> None:
    """Write out what the bank holds."""


for command in (check, db, demo, publish, quiz, sandbox_platform, search, serve, users, worker):
    main.add_command(command)
search.add_command(suggest)
import_group.add_command(import_lectures)
import_group.add_command(import_questions)
export_group.add_command(export_questions)
search.add_command(evaluate_file)
