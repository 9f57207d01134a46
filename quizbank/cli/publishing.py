"""``hoclieu publish`` and ``hoclieu sandbox-platform``: records, and somewhere to push them to."""

from pathlib import Path

import click
from werkzeug.serving import make_server

from quizbank.cli.context import now, one_session, open_product, run_pending_jobs
from repository.permissions import SYSTEM
from repository.publishing.actions import BATCH, DELIVER, publish_records, withdraw_records
from repository.publishing.queries import living_ids
from repository.publishing.rules import RecordSource
from repository.publishing.sandbox import Sandbox
from repository.services import Services


@click.command()
@click.option("--all", "everything", is_flag=True, required=True, help="Everything that is approved.")
def publish(everything: bool) -> None:
    """Make records agree with what is approved: add, update and withdraw what differs, and tell the platforms."""
    services = open_product()
    for kind, source in services.record_sources.items():
        published, withdrawn = bring_up_to_date(services, kind, source)
        click.echo(f"{kind}: {published} records published or updated, {withdrawn} withdrawn")
    if services.platforms:
        run_pending_jobs(services, (DELIVER,))


def bring_up_to_date(services: Services, kind: str, source: RecordSource) -> tuple[int, int]:
    """Make one kind's records agree with its source, 500 things to a transaction.

    Returns:
        How many records were published or updated, and how many withdrawn.
    """
    with one_session(services, writes=False) as session:
        approved = list(source.list_ids(session))
        gone = sorted(set(living_ids(session, kind)) - set(approved))
    published = withdrawn = 0
    for batch in batches(approved):
        with one_session(services) as session:
            published += publish_records(session, SYSTEM, kind, source.read(session, batch), now=now())
    for batch in batches(gone):
        with one_session(services) as session:
            still_gone = set(batch) - set(source.read(session, batch))
            withdrawn += withdraw_records(session, SYSTEM, kind, still_gone, now=now())
    return published, withdrawn


def batches(ids: list[int]) -> list[list[int]]:
    return [ids[first : first + BATCH] for first in range(0, len(ids), BATCH)]


@click.command("sandbox-platform")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=9000, show_default=True)
@click.option("--token", default="sandbox", show_default=True, help="As in HOCLIEU_PLATFORM_TOKEN.")
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), default=Path("sandbox-platform.sqlite"))
def sandbox_platform(host: str, port: int, token: str, data: Path) -> None:
    """Serve a small receiving platform for trials; set HOCLIEU_PLATFORM_URL to http://HOST:PORT/records."""
    platform = Sandbox(data, token)
    server = make_server(host, port, platform, threaded=True)
    click.echo(f"Sandbox platform: http://{host}:{server.port}/records  (state in {data})")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    finally:
        platform.close()
