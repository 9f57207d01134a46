"""A small picture of a lecture: the image itself, a book's cover, a presentation's first picture."""

import io
import posixpath
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from repository.files.archives import Archive, UnsafeArchive, open_archive
from repository.files.packages.epub import cover_of, open_book
from repository.files.packages.info import PackageRefused
from repository.files.packages.paths import ending_of
from repository.files.packages.slides import read_slides

SIZE_PIXELS = (480, 320)
PIXELS_MAX = 60_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
PICTURE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
SMALLEST_BYTES = 3_000
UNREADABLE = (OSError, ValueError, SyntaxError, MemoryError, EOFError, UnsafeArchive, PackageRefused, KeyError)


def make_thumbnail(path: Path, kind: str) -> bytes | None:
    """A WebP of at most 480 x 320 pixels; None when the lecture has no picture that can be read."""
    try:
        if kind == "image":
            with path.open("rb") as file:
                return shrink(file)
        if kind in ("pptx", "epub", "h5p", "html", "scorm"):
            with open_archive(path) as archive:
                return shrink_first(archive, pictures_of(archive, kind))
    except UNREADABLE:
        return None
    return None


def shrink_first(archive: Archive, paths: list[str]) -> bytes | None:
    for path in paths[:5]:
        try:
            return shrink(io.BytesIO(archive.read_small(path)))
        except UNREADABLE:
            continue
    return None


def pictures_of(archive: Archive, kind: str) -> list[str]:
    """Pictures that may stand for the package, the best first."""
    if kind == "epub":
        cover = cover_of(open_book(archive))
        return [cover] if cover else []
    if kind == "pptx":
        made_by_office = ["docProps/thumbnail.jpeg"] if archive.has("docProps/thumbnail.jpeg") else []
        return made_by_office + [picture for slide in read_slides(archive) for picture in slide.pictures]
    pictures = [
        entry
        for entry in archive.entries
        if ending_of(entry.path) in PICTURE_ENDINGS and entry.size_bytes >= SMALLEST_BYTES
        if kind != "h5p" or "content/" in entry.path
    ]
    named = ("cover", "thumbnail", "poster", "splash", "bia")
    pictures.sort(key=lambda entry: (not posixpath.basename(entry.path).lower().startswith(named), -entry.size_bytes))
    return [entry.path for entry in pictures]


def shrink(file: BinaryIO) -> bytes:
    """The picture in small.

    Raises:
        ValueError: more pixels than may be decoded.
        OSError: not a picture.
    """
    with Image.open(file, formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS_MAX:
            raise ValueError("too many pixels")
        picture.draft("RGB", SIZE_PIXELS)
        upright = ImageOps.exif_transpose(picture)
        has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        small = upright.convert("RGBA" if has_alpha else "RGB")
        small.thumbnail(SIZE_PIXELS)
        out = io.BytesIO()
        small.save(out, "WEBP", quality=80)
    return out.getvalue()
