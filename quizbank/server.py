"""The family of processes that serve: web processes, the packages origin, the worker. They end together.

The members are forks of one process that has everything imported, so they start at once and share its memory.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from repository.settings import Settings, available_cores, is_loopback

GRACE_SECONDS = 10
PRODUCT = "quizbank.app:create_app"
PACKAGES = "quizbank.app:create_packages_origin"
PR_SET_PDEATHSIG = 1


def serve_web(target: str, host: str, port: int, workers: int) -> None:
    """Serve one WSGI application with ``workers`` processes until told to end."""
    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=4,
        backpressure=64,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def packages_address(settings: Settings, host: str) -> tuple[str, int] | None:
    """Where to listen for the packages origin; None when a proxy in front leads it here by its host name."""
    parts = urlsplit(settings.packages_origin)
    if not is_loopback(parts.hostname):
        return None
    return (host, parts.port or 80)


def run(settings: Settings, host: str, port: int, *, workers: int | None, work: Callable[[], None] | None) -> None:
    """Start all processes and wait; a signal, or the end of one of them, ends all.

    Args:
        settings: tell where the packages origin listens.
        host: the address to listen at.
        port: the product's port.
        workers: web processes; None = one for each core, at most four.
        work: runs background jobs; None leaves them to another process.
    """
    tasks: list[tuple[Callable[..., None], tuple[Any, ...]]] = [
        (serve_web, (PRODUCT, host, port, workers or min(4, available_cores())))
    ]
    packages = packages_address(settings, host)
    if packages and packages[1] != port:
        tasks.append((serve_web, (PACKAGES, *packages, 1)))
    if work:
        tasks.append((work, ()))
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    family: list[BaseProcess] = [context.Process(target=be_member, args=(os.getpid(), *task)) for task in tasks]
    for member in family:
        member.start()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(member.is_alive() for member in family):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        end_all(family)


def be_member(parent: int, task: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Do the task in a process that ends when its parent does, even if that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == parent:
        task(*arguments)


def end_all(family: Sequence[BaseProcess]) -> None:
    """Ask every process to end, then make it."""
    for member in family:
        if member.is_alive():
            member.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for member in family:
        member.join(max(0.1, deadline - time.monotonic()))
        if member.is_alive():
            member.kill()
            member.join()
