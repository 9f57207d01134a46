"""The real product in processes of its own, and the browser that meets it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from quizbank.app import create_product
from quizbank.jobs import open_services
from repository.accounts.actions import add_person
from repository.accounts.queries import find_person_by_email
from repository.db import writing
from repository.jobs import Worker, utc_now
from repository.migrations import upgrade
from repository.permissions import SYSTEM, Role
from repository.search.following import Follower
from repository.services import Services
from repository.settings import PROJECT_ROOT, Settings
from tests.builders import sign_in_client

SECRET = "a secret of the browser tests, long enough for anybody"
PASSWORD = "mat-khau-de-thu-2026"
START_SECONDS = 60
PATIENCE_MS = 15_000
"""How long a page may take to say what a test expects: an upload waits 3 s after a cut, a busy machine longer."""

expect.set_options(timeout=PATIENCE_MS)

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def email_of(role: Role) -> str:
    return f"{role}@vidu.example"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class LiveProduct:
    """A running product. ``services`` reaches the same database and files from the test's own process."""

    settings: Settings
    services: Services
    process: subprocess.Popen[bytes] | None = None
    facts: dict[str, int | str] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return self.settings.base_url

    def run_jobs(self) -> None:
        """Do now what waits for the worker, so that a test need not wait for it."""
        Worker(self.services.sessions, self.services.job_handlers, self.services).run_due()
        Follower(self.services.search, self.services.sessions, self.services.document_sources).catch_up()

    def sign_in_quickly(self, context: BrowserContext, role: Role) -> None:
        """Give a browser the cookie of a sign-in, without the form."""
        with self.services.sessions() as session:
            person = find_person_by_email(writing(session), email_of(role))
            assert person is not None
            client = sign_in_client(create_product(self.services), session, person)
            session.commit()
        cookie = client.get_cookie("hoclieu")
        assert cookie is not None
        context.add_cookies([{"name": "hoclieu", "value": cookie.value, "url": self.base_url}])

    def start(self, *, has_worker: bool = True) -> None:
        """Start the server family and wait until it answers."""
        command = [sys.executable, "-m", "quizbank.cli", "serve", "--workers", "2"]
        command += ["--port", self.base_url.rpartition(":")[2]] + ([] if has_worker else ["--no-worker"])
        with (self.settings.data_dir / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment(), cwd=PROJECT_ROOT, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError((self.settings.data_dir / "server.log").read_text(encoding="utf-8")[-4_000:])
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.base_url}/help", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self, *, hard: bool = False) -> None:
        """End the whole family; ``hard`` as ``kill -9`` would."""
        if self.process is None:
            return
        ended = self.process.poll() is not None
        if not ended:
            os.killpg(self.process.pid, signal.SIGKILL if hard else signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HOCLIEU_")}
        return kept | {
            "HOCLIEU_DATA_DIR": str(self.settings.data_dir),
            "HOCLIEU_DATABASE_URL": self.settings.database_url,
            "HOCLIEU_SECRET_KEY": self.settings.secret_key,
            "HOCLIEU_BASE_URL": self.settings.base_url,
            "HOCLIEU_PACKAGES_ORIGIN": self.settings.packages_origin,
        }


@contextmanager
def a_product(data_dir: Path) -> Iterator[LiveProduct]:
    """A product with an empty library and one person per role, not yet started; stopped at the end."""
    data_dir.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        data_dir=data_dir,
        database_url=f"sqlite:///{data_dir / 'hoclieu.sqlite'}",
        secret_key=SECRET,
        base_url=f"http://127.0.0.1:{free_port()}",
        packages_origin=f"http://localhost:{free_port()}",
    )
    services = open_services(settings)
    upgrade(services.engine)
    add_people(services)
    product = LiveProduct(settings, services)
    try:
        yield product
    finally:
        product.stop()
        services.engine.dispose()


def add_people(services: Services) -> None:
    with services.sessions() as session:
        for role in Role:
            add_person(
                writing(session),
                SYSTEM,
                email=email_of(role),
                name=f"Lê Thị {role.value.title()}",
                password=PASSWORD,
                roles=frozenset({role}),
                now=utc_now(),
            )
        session.commit()


def address_of(address: str, product: LiveProduct) -> str:
    """The address with the ids of the library's things."""
    return address.format_map(product.facts)


def sign_in(page: Page, role: Role) -> None:
    """Sign in as the person of this role, through the form."""
    page.goto("/sign-in")
    form = page.locator("main form").first
    form.locator("input[name=email]").fill(email_of(role))
    form.locator("input[name=password]").fill(PASSWORD)
    form.locator("button[type=submit], button:not([type])").first.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def watch(context: BrowserContext) -> list[str]:
    """Everything that should not happen in a page: console errors, refused content, uncaught errors and rejections."""
    problems: list[str] = []
    context.on("weberror", lambda event: problems.append(f"uncaught: {event.error}"))
    context.on(
        "console",
        lambda message: (
            problems.append(f"console: {message.text} ({message.location.get('url', '')})")
            if message.type == "error"
            else None
        ),
    )
    return problems
