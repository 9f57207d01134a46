"""``hoclieu serve`` and ``hoclieu worker``."""

import os
import signal
import threading
from urllib.parse import urlsplit

import click

from quizbank import server
from quizbank.cli.context import open_product, with_jobs
from repository.jobs import Worker
from repository.search.following import Follower
from repository.settings import read_settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=None, type=int, help="Default: the port of HOCLIEU_BASE_URL, or 8000.")
@click.option(
    "--workers", default=None, type=click.IntRange(1, 64), help="Web processes. Default: one per core, at most 4."
)
@click.option("--no-worker", is_flag=True, help="Leave background jobs to `hoclieu worker`.")
def serve(host: str, port: int | None, workers: int | None, no_worker: bool) -> None:
    """Serve the product, its packages origin and the background worker."""
    run_server(host, port, workers=workers, has_worker=not no_worker)


def run_server(host: str, port: int | None, *, workers: int | None = None, has_worker: bool = True) -> None:
    """Serve until interrupted; the whole family of processes ends together."""
    chosen = port or urlsplit(read_settings(os.environ).base_url).port or 8000
    if not os.environ.get("HOCLIEU_BASE_URL"):
        os.environ["HOCLIEU_BASE_URL"] = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{chosen}"  # noqa: S104
    services = open_product()
    services.engine.dispose()
    os.environ["HOCLIEU_SECRET_KEY"] = services.settings.secret_key
    click.echo(f"Học Liệu: {services.settings.base_url}  (packages: {services.settings.packages_origin})")
    server.run(services.settings, host, chosen, workers=workers, work=work if has_worker else None)


@click.command()
def worker() -> None:
    """Run background jobs until interrupted."""
    work()


def work() -> None:
    """Run jobs and, beside them, keep the search index up to date, until told to stop."""
    services = with_jobs(open_product())
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    follower = Follower(services.search, services.sessions, services.document_sources)
    threading.Thread(target=follower.run, args=(stop,), name="follower", daemon=True).start()
    Worker(services.sessions, services.job_handlers, services).run(stop)
