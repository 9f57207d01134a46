"""Zip files from strangers: every limit is checked before a byte is unpacked, and again while it is.

What the headers say is believed only where it makes the file smaller: sizes are counted while inflating, places
of entries may not overlap, names are made plain before they become paths.
"""

import os
import shutil
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from repository.errors import Invalid

CHUNK_BYTES = 1 << 16
END_RECORD = struct.Struct("<4s4H2LH")
END_RECORD_64 = struct.Struct("<4sQ2H2L4Q")
END_LOCATOR_64 = struct.Struct("<4sLQL")
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
LOCAL_SIGNATURE = b"PK\x03\x04"
END_SIGNATURE = b"PK\x05\x06"
COMMENT_MAX_BYTES = 65_535
UNFINISHED = ".unpacking-"
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
UTF8_FLAG = 0x800
UNICODE_PATH_FIELD = 0x7075
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True)
class ArchiveLimits:
    """The most a zip may hold. The ratio is that of all unpacked bytes to the size of the zip."""

    entries: int = 20_000
    directory_bytes: int = 16 << 20
    total_bytes: int = 4 << 30
    file_bytes: int = 2 << 30
    ratio: int = 100
    ratio_free_bytes: int = 64 << 20
    path_bytes: int = 1_000
    name_bytes: int = 255
    depth: int = 40
    small_bytes: int = 8 << 20


LIMITS = ArchiveLimits()


class UnsafeArchive(Invalid):
    """This zip is broken, hostile or beyond a limit. ``facts["reason"]`` is a stable word for machines."""

    code = "unsafe-archive"

    def __init__(self, reason: str, message: str, **facts: Any) -> None:
        super().__init__(message, reason=reason, **facts)


@dataclass(frozen=True)
class Entry:
    """A file in a zip under its cleaned path."""

    path: str
    size_bytes: int
    info: zipfile.ZipInfo


class Archive:
    """An opened zip whose directory has passed every check."""

    def __init__(self, zip_file: zipfile.ZipFile, entries: tuple[Entry, ...], limits: ArchiveLimits) -> None:
        self.entries = entries
        self.limits = limits
        self._zip_file = zip_file
        self._by_path = {entry.path: entry for entry in entries}

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self._by_path)

    @property
    def size_bytes(self) -> int:
        return sum(entry.size_bytes for entry in self.entries)

    def has(self, path: str) -> bool:
        return path in self._by_path

    def read_small(self, path: str) -> bytes:
        """A whole file of at most ``limits.small_bytes``.

        Raises:
            UnsafeArchive: it is not there, larger, or broken.
        """
        entry = self._by_path.get(path)
        if entry is None:
            raise UnsafeArchive("missing", "Trong gói thiếu tệp {path}.", path=path)
        if entry.size_bytes > self.limits.small_bytes:
            raise UnsafeArchive("file-too-large", "Tệp {path} trong gói quá lớn.", path=path)
        return b"".join(self.chunks(entry))

    def read_start(self, path: str, limit_bytes: int) -> bytes:
        """The first bytes of a file of any size; none of a file that is not there.

        Raises:
            UnsafeArchive: it is broken.
        """
        start = bytearray()
        for chunk in self.chunks(self._by_path[path]) if path in self._by_path else ():
            start += chunk
            if len(start) >= limit_bytes:
                break
        return bytes(start[:limit_bytes])

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """The unpacked bytes of one file; never more than its entry says, and an error when fewer."""
        read_bytes = 0
        with refusing_broken(entry.path), self._zip_file.open(entry.info) as file:
            while chunk := file.read(CHUNK_BYTES):
                read_bytes += len(chunk)
                yield chunk
            if read_bytes != entry.size_bytes:
                raise zipfile.BadZipFile("size")

    def unpack(self, folder: Path) -> None:
        """Write every file under ``folder``, which must be new and empty. Nothing is executable, no link is made."""
        for entry in self.entries:
            target = folder / entry.path
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    for chunk in self.chunks(entry):
                        file.write(chunk)
            except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
                raise UnsafeArchive("duplicate", "Trong gói có hai tệp trùng tên: {path}.", path=entry.path) from error


def unpack(path: Path, folder: Path, limits: ArchiveLimits = LIMITS) -> None:
    """Unpack a zip so that ``folder`` is either complete or not there at all.

    Raises:
        UnsafeArchive: refused; nothing is left behind.
    """
    with open_archive(path, limits) as archive, appearing_whole(folder) as growing:
        archive.unpack(growing)


@contextmanager
def appearing_whole(folder: Path) -> Iterator[Path]:
    """A new folder beside ``folder`` that takes its name when the block ends well, and vanishes when it does not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    growing = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder.parent))
    try:
        yield growing
        growing.chmod(0o755)
        if not folder.exists():
            rename_unless_there(growing, folder)
    finally:
        shutil.rmtree(growing, ignore_errors=True)


def rename_unless_there(growing: Path, folder: Path) -> None:
    """Two workers may unpack the same package: the second finds it done."""
    try:
        growing.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


@contextmanager
def refusing_broken(path: str = "") -> Iterator[None]:
    try:
        yield
    except UnsafeArchive:
        raise
    except BROKEN as error:
        raise UnsafeArchive("broken", "Gói nén bị hỏng hoặc không đúng định dạng ZIP.", path=path) from error


@contextmanager
def open_archive(path: Path, limits: ArchiveLimits = LIMITS) -> Iterator[Archive]:
    """Open a zip after checking its directory against ``limits``.

    Raises:
        UnsafeArchive: with the reason.
    """
    with path.open("rb") as file:
        with refusing_broken():
            check_directory_size(file, limits)
            zip_file = zipfile.ZipFile(file)
        with zip_file:
            with refusing_broken():
                entries = checked_entries(zip_file, file, path.stat().st_size, limits)
            yield Archive(zip_file, entries, limits)


def check_directory_size(file: BinaryIO, limits: ArchiveLimits) -> None:
    """Refuse a huge directory before ``zipfile`` reads all of it into memory."""
    disks, entries, directory_bytes = end_record_of(file)
    if disks != (0, 0):
        raise UnsafeArchive("multi-disk", "Gói nén gồm nhiều phần; hãy nén lại thành một tệp ZIP.")
    if entries > limits.entries:
        raise UnsafeArchive("too-many-files", "Gói có quá nhiều tệp (tối đa {limit}).", limit=limits.entries)
    if directory_bytes > limits.directory_bytes:
        raise UnsafeArchive("directory-too-large", "Mục lục của gói nén quá lớn.", limit=limits.directory_bytes)


def end_record_of(file: BinaryIO) -> tuple[tuple[int, int], int, int]:
    """(disk numbers), entries and directory size as the end record says, the 64-bit one where there is one."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - END_RECORD.size - COMMENT_MAX_BYTES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(END_SIGNATURE)
    if at < 0 or len(tail) - at < END_RECORD.size:
        raise zipfile.BadZipFile("no end record")
    _, disk, first_disk, _, entries, directory_bytes, _, _ = END_RECORD.unpack_from(tail, at)
    locator_at = start + at - END_LOCATOR_64.size
    if locator_at >= 0:
        file.seek(locator_at)
        signature, _, record_at, _ = END_LOCATOR_64.unpack(file.read(END_LOCATOR_64.size))
        if signature == b"PK\x06\x07":
            file.seek(record_at)
            record = END_RECORD_64.unpack(file.read(END_RECORD_64.size))
            _, _, _, _, disk, first_disk, _, entries, directory_bytes, _ = record
    file.seek(0)
    return (disk, first_disk), entries, directory_bytes


def checked_entries(
    zip_file: zipfile.ZipFile, file: BinaryIO, size_bytes: int, limits: ArchiveLimits
) -> tuple[Entry, ...]:
    """The files of a zip under cleaned paths, after every check that needs no unpacking."""
    infos = zip_file.infolist()
    if len(infos) > limits.entries:
        raise UnsafeArchive("too-many-files", "Gói có quá nhiều tệp (tối đa {limit}).", limit=limits.entries)
    for info in infos:
        check_entry(info, limits)
    check_total(sum(info.file_size for info in infos), size_bytes, limits)
    check_overlaps(infos, file, zip_file.start_dir)
    entries = tuple(Entry(clean_path(name_of(info), limits), info.file_size, info) for info in infos if is_file(info))
    check_duplicates(entries)
    return entries


def is_file(info: zipfile.ZipInfo) -> bool:
    return not name_of(info).replace("\\", "/").endswith("/")


def check_entry(info: zipfile.ZipInfo, limits: ArchiveLimits) -> None:
    name = name_of(info)
    if info.flag_bits & ENCRYPTED_FLAGS:
        raise UnsafeArchive("encrypted", "Gói nén có mật khẩu; hãy gửi bản không mã hoá.", path=name)
    if info.compress_type not in METHODS:
        raise UnsafeArchive("method", "Gói dùng cách nén lạ; hãy nén lại bằng ZIP thông thường.", path=name)
    file_type = stat.S_IFMT(info.external_attr >> 16)
    if file_type not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UnsafeArchive("special-file", "Trong gói có liên kết hoặc tệp đặc biệt: {path}.", path=name)
    if info.file_size > limits.file_bytes:
        raise UnsafeArchive("file-too-large", "Tệp {path} trong gói quá lớn.", path=name, limit=limits.file_bytes)
    if info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size:
        raise UnsafeArchive("broken", "Gói nén bị hỏng hoặc không đúng định dạng ZIP.", path=name)
    if not is_file(info) and info.file_size:
        raise UnsafeArchive("broken", "Gói nén bị hỏng hoặc không đúng định dạng ZIP.", path=name)
    clean_path(name.rstrip("/\\") if not is_file(info) else name, limits)


def check_total(total_bytes: int, packed_bytes: int, limits: ArchiveLimits) -> None:
    if total_bytes > limits.total_bytes:
        raise UnsafeArchive("too-large", "Gói giải nén ra quá lớn.", limit=limits.total_bytes)
    if total_bytes > limits.ratio_free_bytes and total_bytes > packed_bytes * limits.ratio:
        raise UnsafeArchive("ratio", "Gói nén chặt bất thường, giống bom nén.", limit=limits.ratio)


def check_overlaps(infos: list[zipfile.ZipInfo], file: BinaryIO, directory_at: int) -> None:
    """Refuse entries that share bytes: one small file unpacked a thousand times is a bomb."""
    places = sorted(place_of(info, file) for info in infos)
    for (_, end), (start, _) in pairwise([*places, (directory_at, directory_at)]):
        if start < end:
            raise UnsafeArchive("overlap", "Các tệp trong gói nén chồng lên nhau, giống bom nén.")


def place_of(info: zipfile.ZipInfo, file: BinaryIO) -> tuple[int, int]:
    """First byte and end of an entry with its local header."""
    file.seek(info.header_offset)
    header = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    if header[0] != LOCAL_SIGNATURE:
        raise zipfile.BadZipFile("local header")
    end = info.header_offset + LOCAL_HEADER.size + header[-2] + header[-1] + info.compress_size
    return info.header_offset, end


def check_duplicates(entries: tuple[Entry, ...]) -> None:
    """No two files of one name, and no file where another needs a folder."""
    seen: set[str] = set()
    for entry in entries:
        if entry.path in seen:
            raise UnsafeArchive("duplicate", "Trong gói có hai tệp trùng tên: {path}.", path=entry.path)
        seen.add(entry.path)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name its maker meant: the Unicode path field, else UTF-8 where the bytes are, else code page 437."""
    is_utf8 = bool(info.flag_bits & UTF8_FLAG)
    raw = info.orig_filename.encode("utf-8" if is_utf8 else "cp437", "surrogateescape")
    if meant := unicode_path_of(info.extra, raw):
        return meant
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return info.orig_filename


def unicode_path_of(extra: bytes, raw_name: bytes) -> str | None:
    """Info-ZIP's Unicode path (0x7075), when it was written for this very name."""
    at = 0
    while at + 4 <= len(extra):
        field, length = struct.unpack_from("<2H", extra, at)
        body = extra[at + 4 : at + 4 + length]
        is_path = field == UNICODE_PATH_FIELD and len(body) > 5 and body[0] == 1
        if is_path and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(raw_name):
            return body[5:].decode("utf-8", "replace")
        at += 4 + length
    return None


def clean_path(name: str, limits: ArchiveLimits = LIMITS) -> str:
    """A relative path with ``/`` that stays inside its folder.

    Raises:
        UnsafeArchive: absolute, climbing, with control characters, too long or too deep.
    """
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    has_drive = len(plain) > 1 and plain[1] == ":" and plain[0].isascii() and plain[0].isalpha()
    if plain.startswith("/") or has_drive or ".." in parts or not parts:
        raise UnsafeArchive("path", "Trong gói có tệp trỏ ra ngoài thư mục: {path}.", path=name)
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in plain):
        raise UnsafeArchive("path", "Trong gói có tên tệp chứa kí tự điều khiển: {path}.", path=repr(name))
    too_long = any(len(part.encode()) > limits.name_bytes for part in parts)
    if too_long or len(plain.encode()) > limits.path_bytes or len(parts) > limits.depth:
        raise UnsafeArchive("path-too-long", "Trong gói có đường dẫn quá dài: {path}.", path=name[:120])
    return "/".join(parts)
