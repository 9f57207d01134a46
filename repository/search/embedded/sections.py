"""A file of named sections, written once: raw arrays and bytes that are read in place, every byte under a checksum.

::

    sections        each from a multiple of 64 bytes on
    directory       pickled: name -> (offset, length, type of its numbers)
    checksums       CRC-32 of every 16 KB before the directory
    footer          where directory and checksums are, and their CRC-32

A stretch is checked the first time it is used, in every process; what was checked is remembered.
"""

import mmap
import os
import pickle
import weakref
from collections.abc import Iterable
from pathlib import Path
from struct import Struct
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

MAGIC = b"HLSECT01"
CHUNK_BYTES = 16_384
CHECK_AT_ONCE = 64 * CHUNK_BYTES
ALIGNMENT = 64
FOOTER = Struct("<QQQI8s")

Data = bytes | memoryview | NDArray[Any]


class Damaged(Exception):
    """The file is not what was written."""


class SectionWriter:
    """Writes sections one after the other; nothing can be read before ``close``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_closed = False
        self._file = path.open("wb")
        self._size = 0
        self._crc = 0
        self._crcs: list[int] = []
        self._directory: dict[str, tuple[int, int, str]] = {}

    def add(self, name: str, data: Data) -> None:
        """A whole section."""
        start = self.start()
        self.append(data)
        self.end(name, start, data.dtype.str if isinstance(data, np.ndarray) else "")

    def start(self) -> int:
        """The place where a section written piece by piece starts."""
        self.append(bytes(-self._size % ALIGNMENT))
        return self._size

    def end(self, name: str, start: int, dtype: str = "") -> None:
        self._directory[name] = (start, self._size - start, dtype)

    def append(self, data: Data) -> None:
        view = np.ascontiguousarray(data).data.cast("B") if isinstance(data, np.ndarray) else memoryview(data)
        self._file.write(view)
        while view:
            piece = view[: CHUNK_BYTES - self._size % CHUNK_BYTES]
            self._crc = crc32(piece, self._crc)
            self._size += len(piece)
            view = view[len(piece) :]
            if self._size % CHUNK_BYTES == 0:
                self._crcs.append(self._crc)
                self._crc = 0

    def close(self) -> None:
        """Finish the file and see it on disk."""
        self.is_closed = True
        if self._size % CHUNK_BYTES:
            self._crcs.append(self._crc)
        directory = packed(self._directory)
        checksums = np.array(self._crcs, "<u4").tobytes()
        footer = FOOTER.pack(self._size, len(directory), len(checksums), crc32(directory + checksums), MAGIC)
        with self._file as file:
            file.write(directory + checksums + footer)
            file.flush()
            os.fsync(file.fileno())

    def abandon(self) -> None:
        self.is_closed = True
        self._file.close()
        self.path.unlink(missing_ok=True)


class Sections:
    """An open file of sections.

    Raises:
        Damaged: from every method, when the file is not what was written.
        OSError: it can't be opened or read.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.close = weakref.finalize(self, os.close, self._descriptor)
        size = os.fstat(self._descriptor).st_size
        if size < FOOTER.size:
            raise Damaged(f"{path.name} is cut off")
        footer = os.pread(self._descriptor, FOOTER.size, size - FOOTER.size)
        self._end, directory_bytes, checksum_bytes, checksum, magic = FOOTER.unpack(footer)
        about = os.pread(self._descriptor, directory_bytes + checksum_bytes, self._end) if magic == MAGIC else b""
        if not about or self._end + len(about) + FOOTER.size != size or crc32(about) != checksum:
            raise Damaged(f"{path.name} is cut off or garbled")
        self.name = path.name
        self._directory: dict[str, tuple[int, int, str]] = unpacked(about[:directory_bytes])
        self._crcs = np.frombuffer(about, "<u4", offset=directory_bytes)
        self._is_checked = bytearray(len(self._crcs))
        self._map = mmap.mmap(self._descriptor, size, access=mmap.ACCESS_READ)

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    @property
    def names(self) -> Iterable[str]:
        return self._directory

    def start_of(self, name: str) -> int:
        """Where a section starts: what ``check`` counts from is the file."""
        return self._directory[name][0]

    def is_whole(self) -> bool:
        """Whether the file still has its length: reading a map of a shorter one would end the process."""
        return self._map.size() == len(self._map)

    def array(self, name: str) -> NDArray[Any]:
        """The numbers of a section, checked, in place."""
        start, length, _ = self._directory[name]
        self.check(start, start + length)
        return self.unchecked(name)

    def unchecked(self, name: str) -> NDArray[Any]:
        """The numbers of a section, in place; ``check_items`` what is used of them."""
        start, length, dtype = self._directory[name]
        numbers = np.dtype(dtype)
        return np.frombuffer(self._map, numbers, length // numbers.itemsize, start)

    def check_items(self, name: str, first: int, last: int) -> None:
        """Check the numbers from ``first`` to before ``last``."""
        start, _, dtype = self._directory[name]
        width = int(dtype[2:])
        self.check(start + first * width, start + last * width)

    def bytes_in_place(self, name: str) -> memoryview:
        """The bytes of a section, checked, in place."""
        start, length, _ = self._directory[name]
        self.check(start, start + length)
        return memoryview(self._map)[start : start + length]

    def read(self, name: str) -> bytes:
        """The bytes of a section, as a copy."""
        _, length, _ = self._directory[name]
        return self.read_piece(name, 0, length)

    def read_piece(self, name: str, first: int, last: int) -> bytes:
        """Some bytes of a section, by a read of their own: they don't count as this process's memory."""
        start, length, _ = self._directory[name]
        if not 0 <= first <= last <= length:
            raise Damaged(f"{self.name} has no {name} from {first} to {last}")
        self.check(start + first, start + last)
        return os.pread(self._descriptor, last - first, start + first)

    def check_all(self) -> None:
        """Look at every byte, whatever was checked before."""
        self._is_checked = bytearray(len(self._crcs))
        self.check(0, self._end)

    def check(self, start: int, end: int) -> None:
        """Compare the checksums of all chunks that have a part between two places, unless they were compared."""
        first, last = start // CHUNK_BYTES, (end + CHUNK_BYTES - 1) // CHUNK_BYTES
        if start >= end or self._is_checked.find(0, first, last) < 0:
            return
        for place in range(first * CHUNK_BYTES, min(last * CHUNK_BYTES, self._end), CHECK_AT_ONCE):
            until = min(place + CHECK_AT_ONCE, last * CHUNK_BYTES, self._end)
            self._check_bytes(place // CHUNK_BYTES, memoryview(os.pread(self._descriptor, until - place, place)))
        self._is_checked[first:last] = b"\1" * (last - first)

    def _check_bytes(self, first: int, data: memoryview) -> None:
        for number in range((len(data) + CHUNK_BYTES - 1) // CHUNK_BYTES):
            chunk = data[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
            if crc32(chunk) != self._crcs[first + number]:
                raise Damaged(f"{self.name} is garbled near byte {(first + number) * CHUNK_BYTES}")


def packed(value: Any) -> bytes:
    """Plain values as bytes."""
    return pickle.dumps(value, 5)


def unpacked(data: bytes) -> Any:
    """What ``packed`` made; only for bytes that were checked. Who can write here owns the process anyhow."""
    return pickle.loads(data)  # noqa: S301
