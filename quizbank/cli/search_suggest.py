"""``hoclieu search suggest``: what the search box would propose."""

import json
import time

import click

from quizbank.cli.opening import open_search
from repository.search.suggestions.descriptions import suggestions_as_json


@click.command("suggest")
@click.argument("prefix")
@click.option("--limit", type=click.IntRange(1, 20), default=8, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def suggest(prefix: str, limit: int, as_json: bool) -> None:
    """Complete what somebody has typed; accents are optional."""
    index = open_search()
    started = time.perf_counter()
    found = index.suggest(prefix, limit=limit)
    took_ms = round((time.perf_counter() - started) * 1000, 3)
    if as_json:
        click.echo(json.dumps(suggestions_as_json(found, took_ms), ensure_ascii=False))
        return
    for suggestion in found:
        click.echo(f"{suggestion.kind:<8} {suggestion.text}" + (f"  ({suggestion.id})" if suggestion.id else ""))
    if not found:
        click.echo("Nothing to suggest.")
