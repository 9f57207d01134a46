"""Where the index lies on disk: one folder per rebuild, a pointer to the one in use, a lock for each who writes.

::

    <folder>/current                names of the folder in use and of the one before; replaced atomically
    <folder>/g3t3-<name>/           one Whoosh index
    <folder>/g3t3-<name>.position   how far it has followed the log of changes
    <folder>/g3t3-<name>.titles     titles newer than the generation's lexicon
    <folder>/g3t3-<name>.left-out   what should be in it and can't be
    <folder>/g3t3-<name>.damaged    there once somebody met bytes that can't be right
    <folder>/writer.lock            held (flock) by the process that commits; freed by the kernel when it dies
    <folder>/builder.lock           held by the process that builds a new index beside the one in use
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from repository.errors import Conflict
from repository.search.documents import LeftOut
from repository.search.engine import Position
from repository.search.text import TEXT_VERSION

FORMAT = 4
"""Raised when the bytes of the index change their meaning: an index of another format, or of words read by another
version of the normaliser, is rebuilt."""

POINTER = "current"
PREFIX = f"g{FORMAT}t{TEXT_VERSION}-"
POLL_SECONDS = 0.05
GRACE_SECONDS = 60.0
SETTLED_NS = 100_000_000
"""A file changed more lately than this may change again within the tick of its time stamp."""


class Generations:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / POINTER
        self._read_at: tuple[int, int] | None = None
        self._read: list[str] = []

    def current(self) -> Path | None:
        """The folder in use, or None where there is no index of this format."""
        names = self._names()
        return self.folder / names[0] if names and names[0].startswith(PREFIX) else None

    def stamp(self) -> tuple[Path, int] | None:
        """The folder in use and a number that differs after every commit; cheap enough to ask before each query."""
        current = self.current()
        while current is not None:
            try:
                return current, current.stat().st_mtime_ns
            except FileNotFoundError:
                before, current = current, self.current()
                if current == before:
                    return before, 0
        return None

    def position(self) -> Position | None:
        """How far the index in use has followed the log; None when it is missing, damaged or never said so."""
        current = self.current()
        if current is None or self.is_damaged(current):
            return None
        try:
            return Position(current.name, int(self._beside(current, "position").read_text()))
        except (FileNotFoundError, ValueError):
            return None

    def remember(self, generation: Path, change_id: int) -> None:
        """Write down how far a generation has followed the log."""
        self._put(self._beside(generation, "position"), str(change_id))

    def titles_path(self, generation: Path) -> Path:
        """Where the titles are that are newer than the lexicon of a generation."""
        return self._beside(generation, "titles")

    def note_left_out(self, generation: Path, left_out: Iterable[LeftOut]) -> None:
        """Keep what should be in a generation and can't be."""
        self._put(self._beside(generation, "left-out"), json.dumps([*left_out]))

    def left_out(self, generation: Path) -> tuple[LeftOut, ...]:
        try:
            rows = json.loads(self._beside(generation, "left-out").read_text())
            return tuple(LeftOut(str(kind), int(id), str(reason)) for kind, id, reason in rows)
        except (FileNotFoundError, ValueError, TypeError):
            return ()

    def is_damaged(self, generation: Path) -> bool:
        return self._beside(generation, "damaged").exists()

    def report_damage(self, generation: Path) -> None:
        """Let whoever follows the log know that a generation can't be trusted: it has no position any more."""
        if generation.parent.exists():
            self._beside(generation, "damaged").touch()

    def new(self) -> Path:
        """An empty folder for a generation that nobody reads yet."""
        path = self.folder / f"{PREFIX}{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{uuid4().hex[:8]}"
        path.mkdir(parents=True)
        return path

    def publish(self, generation: Path) -> None:
        """Make a generation the one in use. The one before stays a while, for readers that are just opening it."""
        sync_files(generation)
        before = self._names()[:1]
        self._put(self.folder / POINTER, "\n".join([generation.name, *before]))
        self.sweep()

    def sweep(self) -> None:
        """Remove what rebuilds left behind. Only the holder of the builder's lock may call it."""
        kept = set(self._names()[: 2 if self._is_fresh() else 1])
        for path in [*self.folder.glob("g*-*"), *self.folder.glob("*.draft")]:
            if path.name.partition(".")[0] in kept:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def sweep_if_idle(self) -> None:
        """Sweep unless somebody builds."""
        if len(list(self.folder.glob("g*-*/"))) < 2 or self._is_fresh():
            return
        try:
            with self.building(timeout_seconds=0):
                self.sweep()
        except Conflict:
            return

    @contextmanager
    def writing(self, timeout_seconds: float) -> Iterator[None]:
        """Be the only one who commits, of all processes.

        Raises:
            Conflict: another process still writes after ``timeout_seconds``.
        """
        with self._locked("writer.lock", timeout_seconds):
            yield

    @contextmanager
    def building(self, timeout_seconds: float) -> Iterator[None]:
        """Be the only one who builds a new generation; commits to the one in use go on."""
        with self._locked("builder.lock", timeout_seconds):
            yield

    @contextmanager
    def _locked(self, name: str, timeout_seconds: float) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("w") as lock:
            deadline = time.monotonic() + timeout_seconds
            while not is_locked(lock.fileno()):
                if time.monotonic() >= deadline:
                    raise Conflict("Chỉ mục tìm kiếm đang được một tiến trình khác ghi.")
                time.sleep(POLL_SECONDS)
            yield

    def _names(self) -> list[str]:
        """The generation in use and the one before it. A pointer that was looked at before is not read again."""
        try:
            found = self._pointer.stat()
            look = (found.st_ino, found.st_mtime_ns)
            if look != self._read_at:
                self._read = self._pointer.read_text().split()
                self._read_at = look if time.time_ns() - found.st_mtime_ns > SETTLED_NS else None
        except (FileNotFoundError, UnicodeDecodeError):
            return []
        return self._read

    def _is_fresh(self) -> bool:
        """Whether the pointer was set a moment ago."""
        try:
            return time.time() - (self.folder / POINTER).stat().st_mtime < GRACE_SECONDS
        except FileNotFoundError:
            return False

    def _beside(self, generation: Path, what: str) -> Path:
        return self.folder / f"{generation.name}.{what}"

    def _put(self, path: Path, text: str) -> None:
        """A small file in place in one step, on disk before its name is."""
        draft = path.with_name(f"{path.name}.{uuid4().hex}.draft")
        with draft.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync(self.folder)


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
