"""The ``hoclieu`` command. Each command opens one session and calls one action."""

import errno
import sys
from typing import Any

import click

from quizbank.cli.loading import LazyGroup
from repository import logs
from repository.errors import HocLieuError

DISK_FULL = "Đĩa đã đầy: những gì đã ghi xong vẫn nguyên vẹn; hãy giải phóng chỗ trống rồi chạy lại lệnh."
COMMANDS = {
    "check": "quizbank.cli.check:check",
    "db": "quizbank.cli.db:db",
    "demo": "quizbank.cli.demo:demo",
    "matrix": "quizbank.cli.matrix:matrix",
    "publish": "quizbank.cli.publishing:publish",
    "questions": "quizbank.cli.questions:questions",
    "quiz": "quizbank.cli.quiz:quiz",
    "sandbox-platform": "quizbank.cli.publishing:sandbox_platform",
    "scan": "quizbank.cli.scan:scan",
    "search": "quizbank.cli.search:search",
    "serve": "quizbank.cli.serve:serve",
    "templates": "quizbank.cli.templates:templates",
    "users": "quizbank.cli.users:users",
    "worker": "quizbank.cli.serve:worker",
}
IMPORTS = {
    "lectures": "quizbank.cli.lectures:import_lectures",
    "questions": "quizbank.cli.imports:import_questions",
}
EXPORTS = {
    "questions": "quizbank.cli.exports:export_questions",
}


class Commands(LazyGroup):
    """A group whose refusals are one clear line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HocLieuError as error:
            click.echo(f"hoclieu: {error}", err=True)
            sys.exit(1)
        except Exception as error:
            if not is_disk_full(error):
                raise
            click.echo(f"hoclieu: {DISK_FULL}", err=True)
            sys.exit(1)


def is_disk_full(error: BaseException) -> bool:
    """Whether a file, SQLite or PostgreSQL had no room: each says so in its own way, and the databases wrap it."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    is_of_database = "OperationalError" in (type(error).__name__, type(error).__base__.__name__)  # type: ignore[union-attr]
    return is_of_database and any(words in str(error) for words in ("disk is full", "No space left on device"))


@click.group(cls=Commands, places=COMMANDS)
@click.option("--verbose", is_flag=True, help="Log what happens, in detail.")
def main(verbose: bool) -> None:
    """Học Liệu: lectures, questions, tests, and their publication."""
    logs.to_stderr(is_verbose=verbose)


@main.group("import", cls=LazyGroup, places=IMPORTS)
def import_group() -> None:
    """Take in files: questions or lectures."""


@main.group("export", cls=LazyGroup, places=EXPORTS)
def export_group() -> None:
    """Write out what the bank holds."""
