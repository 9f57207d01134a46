"""The family of processes that serve: web processes, the packages origin, the worker. They end together."""

import signal
import subprocess
import sys
import time
from types import FrameType
from urllib.parse import urlsplit

from repository.settings import Settings, available_cores, is_loopback

GRACE_SECONDS = 10


def web_command(host: str, port: int, target: str, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", target),
        *("--interface", "wsgi", "--factory", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--backpressure", "64"),
        *("--no-ws", "--http", "auto", "--no-access-log", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


def packages_address(settings: Settings, host: str) -> tuple[str, int] | None:
    """Where to listen for the packages origin; None when a proxy in front leads it here by its host name."""
    parts = urlsplit(settings.packages_origin)
    if not is_loopback(parts.hostname):
        return None
    return (host, parts.port or 80)


def run(settings: Settings, host: str, port: int, *, workers: int | None, has_worker: bool) -> None:
    """Start all processes and wait; a signal, or the end of one of them, ends all."""
    count = workers or min(4, available_cores())
    commands = [web_command(host, port, "quizbank.app:create_app", count)]
    packages = packages_address(settings, host)
    if packages and packages[1] != port:
        commands.append(web_command(*packages, "quizbank.app:create_packages_origin", 1))
    if has_worker:
        commands.append([sys.executable, "-m", "quizbank.cli", "worker"])
    family = [subprocess.Popen(command) for command in commands]

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(member.poll() is None for member in family):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        end_all(family)


def end_all(family: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, then make it."""
    for member in family:
        if member.poll() is None:
            member.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for member in family:
        try:
            member.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            member.kill()
            member.wait()
