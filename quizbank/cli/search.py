"""``hoclieu search``: the index from the command line."""

import click

from quizbank.cli.loading import LazyGroup

COMMANDS = {
    "evaluate": "quizbank.cli.search_evaluate:evaluate_file",
    "find": "quizbank.cli.search_find:find",
    "rebuild": "quizbank.cli.search_rebuild:rebuild_index",
    "suggest": "quizbank.cli.search_suggest:suggest",
}


@click.group(cls=LazyGroup, places=COMMANDS)
def search() -> None:
    """Find lectures and questions, and care for the index."""
