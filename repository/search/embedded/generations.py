"""Where the index lies on disk: one folder per rebuild, a pointer to the one in use, one lock for the writer.

::

    <folder>/current            the name of the folder in use; replaced atomically
    <folder>/writer.lock        held (flock) by the process that writes; freed by the kernel when it dies
    <folder>/g-<name>/          one Whoosh index
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from repository.errors import Conflict

POINTER = "current"
POLL_SECONDS = 0.05
LOOKS = 5


class Generations:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The folder in use, or None where there is no index."""
        try:
            name = (self.folder / POINTER).read_text().strip()
        except FileNotFoundError:
            return None
        return self.folder / name

    def stamp(self) -> tuple[int, ...] | None:
        """Something that differs after every commit and every rebuild; cheap enough to ask before each query."""
        for _ in range(LOOKS):
            current = self.current()
            if current is None:
                return None
            try:
                return (hash(current.name), current.stat().st_mtime_ns)
            except FileNotFoundError:
                continue  # a rebuild ended between the two looks
        return None

    def new(self) -> Path:
        """An empty folder for a generation that nobody reads yet."""
        path = self.folder / f"g-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{uuid4().hex[:8]}"
        path.mkdir(parents=True)
        return path

    def publish(self, generation: Path) -> None:
        """Make a generation the one in use, and remove all others. Readers that have an old one open keep it."""
        sync_files(generation)
        draft = self.folder / f"{POINTER}.{uuid4().hex}"
        with draft.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / POINTER)
        sync(self.folder)
        self.sweep()

    def sweep(self) -> None:
        """Remove what a rebuild left behind. Only the holder of the writer's lock may call it."""
        current = self.current()
        for path in self.folder.glob("g-*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob(f"{POINTER}.*"):
            path.unlink(missing_ok=True)

    @contextmanager
    def writing(self, timeout_seconds: float) -> Iterator[None]:
        """Be the only writer, of all processes.

        Raises:
            Conflict: another process still writes after ``timeout_seconds``.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "writer.lock").open("w") as lock:
            deadline = time.monotonic() + timeout_seconds
            while not is_locked(lock.fileno()):
                if time.monotonic() >= deadline:
                    raise Conflict("Chỉ mục tìm kiếm đang được một tiến trình khác ghi.")
                time.sleep(POLL_SECONDS)
            yield


def is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sync_files(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            sync(path)
    sync(folder)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
