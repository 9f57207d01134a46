"""Taking a lecture's file in before any transaction begins, so that a long upload holds no database lock."""

from dataclasses import dataclass
from typing import BinaryIO

from repository.errors import HocLieuError
from repository.files.packages.info import PackageInfo
from repository.files.packages.inspection import inspect_package
from repository.files.store import FileStore, StoredBytes
from repository.permissions import UPLOAD_LECTURE, Actor

FILE_NAME_MAX = 200


@dataclass(frozen=True)
class ReceivedFile:
    """A file whose bytes are safe in the store and that the repository can show."""

    stored: StoredBytes
    name: str
    info: PackageInfo


def receive_file(actor: Actor, stream: BinaryIO, name: str, *, store: FileStore, limit_bytes: int) -> ReceivedFile:
    """Stream a file to the store and recognise it.

    Args:
        stream: read to its end, never held in memory.
        name: what its owner calls it; only shown.

    Raises:
        NotSignedIn, Forbidden: this actor may not upload.
        TooLarge: more than ``limit_bytes``.
        PackageRefused, UnsafeArchive: the repository can't show it; the sweep removes its bytes.
    """
    UPLOAD_LECTURE.require(actor)
    return recognise(store.put(stream, limit_bytes=limit_bytes), name, store)


def recognise(stored: StoredBytes, name: str, store: FileStore) -> ReceivedFile:
    """Inspect bytes in the store. Refused bytes stay until the sweep: another lecture may own the same."""
    short = shown_name(name)
    return ReceivedFile(stored, short, inspect_package(store.path(stored.sha256), short))


def shown_name(name: str) -> str:
    """The last part of a path, without control characters, at most 200 letters with its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= FILE_NAME_MAX or not dot or len(ending) > 10:
        return plain[:FILE_NAME_MAX]
    return stem[: FILE_NAME_MAX - len(ending) - 1] + dot + ending


def refusal_of(error: HocLieuError) -> str:
    """Why a file was refused, as one word for machines."""
    return str(error.facts.get("reason", error.code))
