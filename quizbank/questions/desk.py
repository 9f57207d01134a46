"""Pictures that lie beside a file on the import desk: taken from uploads, found by the names a file gives them."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from quizbank.questions.images import LIMIT_BYTES, FindImage, is_sound_image
from repository.errors import Invalid
from repository.files.archives import ArchiveLimits, open_archive
from repository.files.store import FileStore

ZIP_LIMITS = ArchiveLimits(entries=2_000, total_bytes=256 << 20)
ZIP_LIMIT_BYTES = 64 * 1024 * 1024
MAX_IMAGES = 500
NAME_LETTERS = 500

Pictures = Mapping[str, str]
"""Target or file name -> SHA-256 of a kept picture."""


def pictures_from(stream: IO[bytes], name: str, keep: Callable[[str, bytes], str]) -> dict[str, str]:
    """The pictures of a zip, or one picture.

    Args:
        stream: the upload.
        name: its file name.
        keep: stores a sound picture and returns its hash.

    Raises:
        Invalid: neither a sound zip nor a sound picture.
    """
    if not name.lower().endswith(".zip"):
        return {name[-NAME_LETTERS:]: keep(name, stream.read(LIMIT_BYTES + 1))}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "images.zip"
        data = stream.read(ZIP_LIMIT_BYTES + 1)
        if len(data) > ZIP_LIMIT_BYTES:
            raise Invalid("Gói hình quá lớn: tối đa 64 MB.")
        path.write_bytes(data)
        return {entry: keep(entry, picture) for entry, picture in _pictures_in(path)}


def _pictures_in(path: Path) -> Iterator[tuple[str, bytes]]:
    with open_archive(path, ZIP_LIMITS) as archive:
        for entry in archive.entries[:MAX_IMAGES]:
            if entry.size_bytes <= LIMIT_BYTES and is_sound_image(picture := archive.read_small(entry.path)):
                yield entry.path, picture


def picture_finder(pictures: Pictures) -> Callable[[str], str | None]:
    """Looks pictures up by their whole target, else by the file name where only one picture has it."""
    by_name: dict[str, set[str]] = {}
    for target, sha256 in pictures.items():
        by_name.setdefault(target.rsplit("/", 1)[-1], set()).add(sha256)

    def find(target: str) -> str | None:
        same_name = by_name.get(target.rsplit("/", 1)[-1], set())
        return pictures.get(target) or (next(iter(same_name)) if len(same_name) == 1 else None)

    return find


def image_finder(pictures: Pictures, store: FileStore) -> FindImage:
    """The bytes of the pictures that ``picture_finder`` finds."""
    find_picture = picture_finder(pictures)

    def find(target: str) -> bytes | None:
        sha256 = find_picture(target)
        if sha256 is None or not store.has(sha256):
            return None
        with store.open(sha256) as stream:
            return stream.read(LIMIT_BYTES + 1)

    return find
