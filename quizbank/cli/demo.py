"""``hoclieu demo``: a library to show."""

import os
from pathlib import Path

import click

from quizbank.cli.context import follow_changes, now, one_session, open_product, run_pending_jobs
from quizbank.cli.serve import run_server
from quizbank.demo.build import build_demo
from quizbank.demo.people import ACCOUNTS, PASSWORD
from quizbank.demo.stages import FULL, SMALL, read_state
from repository.publishing.actions import DELIVER
from repository.services import Services


@click.command()
@click.option("--full", is_flag=True, help="5,000 lectures and 40,000 questions instead of 72 and 2,000.")
@click.option("--data", "data_dir", type=click.Path(path_type=Path), help="The data folder. Default: HOCLIEU_DATA_DIR.")
@click.option("--build-only", is_flag=True, help="Stop before serving.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=None, type=int, help="Default: the port of HOCLIEU_BASE_URL, or 8000.")
def demo(full: bool, data_dir: Path | None, build_only: bool, host: str, port: int | None) -> None:
    """Fill an empty data folder with invented content, then serve it. A killed build goes on where it was."""
    if data_dir is not None:
        os.environ["HOCLIEU_DATA_DIR"] = str(data_dir.absolute())
    services = open_product()
    if needs_build(services):
        build(services, is_full=full)
    services.engine.dispose()
    show_accounts()
    if not build_only:
        run_server(host, port)


def needs_build(services: Services) -> bool:
    """Whether the folder is empty or holds an unfinished library; content of its own is served as it is."""
    with one_session(services, writes=False) as session:
        state = read_state(session)
    return not state.is_complete and (state.is_empty or bool(state.size))


def build(services: Services, *, is_full: bool) -> None:
    with click.progressbar(length=1000, label="Building the demo library", show_pos=False) as bar:

        def show(what: str, done: int, total: int) -> None:
            bar.label = f"Building the demo library: {what:<9}"
            first, last = SHARES.get(what, (bar.pos, 1000))
            bar.update(max(0, int(first + (last - first) * done / max(total, 1)) - bar.pos))

        build_demo(services, FULL if is_full else SMALL, now(), show)
    run_pending_jobs(services, (DELIVER,))
    follow_changes(services)


SHARES = {"content": (0, 550), "sittings": (550, 580), "index": (580, 995), "done": (995, 1000)}
"""Which thousandths of the bar belong to which work."""


def show_accounts() -> None:
    click.echo(f"\nSign in with the password {PASSWORD} as:")
    for account in ACCOUNTS:
        click.echo(f"  {account.email:<28} {account.role.value:<14} {account.name}")
    click.echo("")
