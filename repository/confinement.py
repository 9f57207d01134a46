"""Processes that meet strangers' bytes: what they may take, what they know, and how they are ended.

The process itself calls ``only_answers`` and ``confine`` before it opens anything; who started it does the rest.
"""

import contextlib
import ctypes
import fcntl
import os
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from repository.settings import PROJECT_ROOT

YOUNG_SECONDS = 60
PR_SET_PDEATHSIG = 1
PIPE_BYTES = 1 << 20
"""So much a process may say ahead of who listens: it goes on while that one is busy with what it said before."""


def only_answers() -> BinaryIO:
    """Where answers go. What libraries print from now on goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    sys.stdout = sys.stderr
    return answers


def confine(memory_bytes: int, file_bytes: int, *, hard_memory_bytes: int | None = None) -> None:
    """Bound memory and files. What the process starts may raise its own memory to the hard limit."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard_memory_bytes or memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """Be killed when whoever started this process ends, even if that was killed itself. (Of its threads, the one that
    started it counts.) Elsewhere than on Linux the end of the pipes has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def allow_time(seconds: int) -> None:
    """Bound the time of the processor from now on: a reader in a loop ends even when nobody waits for it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def start(module: str, folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A Python module as a process that talks by its standard input and output, at home in ``folder``."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**environment_of(folder), **environment},
        start_new_session=True,
    )
    if process.stdout is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # a user may have too many large pipes: a small one does, too
            fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return process


def environment_of(folder: Path) -> dict[str, str]:
    """What such a process knows of its surroundings: no setting and no secret of the product."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(PROJECT_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
    }


def wait_for(descriptor: int, until: float) -> None:
    """Wait until something can be read; ``until`` is a moment of ``time.monotonic``.

    Raises:
        TimeoutError: nothing came.
    """
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        left = until - time.monotonic()
        if left <= 0 or not selector.select(left):
            raise TimeoutError


def end(process: subprocess.Popen[bytes]) -> int:
    """Kill it with all that it started; returns what it ended with."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, 9)
        process.kill()
        for other in in_session(process.pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(other, 9)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    return process.wait()


def in_session(leader: int) -> list[int]:
    """Who else is in the session of a process, in whatever group: where the system shows its processes as files."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            _state, _parent, _group, session = entry.read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader:
                found.append(int(entry.parent.name))
    return found


@contextmanager
def folder_of_its_own(prefix: str) -> Iterator[Path]:
    """A temporary folder for such a process. Those of owners that were killed are removed on the way."""
    sweep(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep(prefix: str) -> None:
    """Remove the folders that nobody holds any more and that no owner is about to hold."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            is_young = time.time() - folder.stat().st_mtime < YOUNG_SECONDS
            if not is_young and is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)


def is_abandoned(folder: Path) -> bool:
    lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True
