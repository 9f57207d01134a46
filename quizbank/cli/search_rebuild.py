"""``hoclieu search rebuild``: the index from nothing."""

import click

from quizbank.cli.context import now, one_session, open_product
from repository.lectures.rereading import schedule_rereading
from repository.search.reading import rebuild


@click.command("rebuild")
def rebuild_index() -> None:
    """Build the index from nothing, beside the one in use, then swap."""
    services = open_product()
    with click.progressbar(length=1, label="Indexing", show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        count = rebuild(services.search, services.sessions, services.document_sources, show)
    click.echo(f"{count} documents are in the index.")
    for one in services.search.state().left_out:
        click.echo(f"left out: {one.kind} {one.id} ({one.reason})", err=True)
    with one_session(services) as session:
        waiting = schedule_rereading(session, now=now())
    if waiting:
        click.echo(f"{waiting} lectures were read before places were kept; the worker reads them again.")
