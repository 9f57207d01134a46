"""Bytes on disk under the name of their SHA-256: the same file is kept once, and a name never changes its bytes."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from repository.errors import NotFound, TooLarge

CHUNK_BYTES = 1 << 20
SHA256_LENGTH = 64
ORPHAN_AGE = timedelta(days=1)


@dataclass(frozen=True)
class StoredBytes:
    sha256: str
    size_bytes: int


class FileStore(Protocol):
    """Where bytes are kept. A file is either wholly there or not there."""

    def put(self, stream: BinaryIO, *, limit_bytes: int) -> StoredBytes: ...
    def open(self, sha256: str) -> BinaryIO: ...
    def path(self, sha256: str) -> Path: ...
    def has(self, sha256: str) -> bool: ...
    def delete(self, sha256: str) -> None: ...
    def list_older_than(self, moment: datetime) -> Iterator[str]: ...
    def delete_if_older(self, sha256: str, moment: datetime) -> bool: ...
    def sweep_unfinished(self, moment: datetime) -> int: ...


def is_sha256(name: str) -> bool:
    """Whether ``name`` is 64 lower-case hexadecimal digits, the only file name the store takes."""
    return len(name) == SHA256_LENGTH and all(letter in "0123456789abcdef" for letter in name)


class LocalFileStore:
    """A folder: ``ab/cd/abcd…`` for kept files, ``unfinished/`` for those still arriving."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unfinished = root / "unfinished"

    def put(self, stream: BinaryIO, *, limit_bytes: int) -> StoredBytes:
        """Keep the bytes of ``stream``; they are durable when this returns.

        Args:
            stream: read to its end, never held in memory.
            limit_bytes: the most that may come.

        Raises:
            TooLarge: more came; nothing is kept.
        """
        self.unfinished.mkdir(parents=True, exist_ok=True)
        arriving = self.unfinished / secrets.token_hex(16)
        try:
            with arriving.open("xb") as file:
                stored = copy_limited(stream, file, limit_bytes)
                file.flush()
                os.fsync(file.fileno())
            self._move_in_place(arriving, self._place(stored.sha256))
        finally:
            arriving.unlink(missing_ok=True)
        return stored

    def _move_in_place(self, arriving: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        # Replacing an equal file makes it young again, so that a sweep running now leaves it alone.
        arriving.replace(place)
        for folder in (place.parent, place.parent.parent, self.root):
            sync_folder(folder)

    def _place(self, sha256: str) -> Path:
        if not is_sha256(sha256):
            raise NotFound("Không có tệp này.")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def path(self, sha256: str) -> Path:
        """The file itself, for reading only.

        Raises:
            NotFound: there is none.
        """
        place = self._place(sha256)
        if not place.is_file():
            raise NotFound("Không có tệp này.")
        return place

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def has(self, sha256: str) -> bool:
        return is_sha256(sha256) and self._place(sha256).is_file()

    def delete(self, sha256: str) -> None:
        self._place(sha256).unlink(missing_ok=True)

    def list_older_than(self, moment: datetime) -> Iterator[str]:
        """The names of files last put before ``moment``."""
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if is_sha256(path.name) and is_older(path, moment):
                yield path.name

    def delete_if_older(self, sha256: str, moment: datetime) -> bool:
        """Delete unless somebody has put the same bytes since ``moment``; answers whether it was deleted.

        The file is taken aside before its age is read: a put that comes between would otherwise be lost.
        """
        place, aside = self._place(sha256), self.unfinished / secrets.token_hex(16)
        self.unfinished.mkdir(parents=True, exist_ok=True)
        try:
            place.rename(aside)
        except FileNotFoundError:
            return False
        if is_older(aside, moment):
            aside.unlink()
            return True
        aside.replace(place)
        return False

    def sweep_unfinished(self, moment: datetime) -> int:
        """Delete what began to arrive before ``moment`` and never ended."""
        old = [path for path in self.unfinished.glob("*") if is_older(path, moment)]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def copy_limited(source: BinaryIO, target: BinaryIO, limit_bytes: int) -> StoredBytes:
    """Copy at most ``limit_bytes``, counting and hashing.

    Raises:
        TooLarge: there was more.
    """
    digest, size_bytes = hashlib.sha256(), 0
    while chunk := source.read(CHUNK_BYTES):
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            raise TooLarge("Tệp lớn hơn mức cho phép ({limit} byte).", limit=limit_bytes)
        digest.update(chunk)
        target.write(chunk)
    return StoredBytes(digest.hexdigest(), size_bytes)


def is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
