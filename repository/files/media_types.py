"""What a file is, told by its first bytes: names and client headers prove nothing."""

import json
from collections.abc import Callable
from pathlib import Path

from repository.files.archives import UnsafeArchive, open_archive

HEAD_BYTES = 4096
UNKNOWN = "application/octet-stream"
EXECUTABLE = "application/x-executable"
FLASH = "application/x-shockwave-flash"
OLD_OFFICE = "application/x-ole-storage"
ZIP = "application/zip"
EPUB = "application/epub+zip"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
GEOJSON = "application/geo+json"
SVG = "image/svg+xml"
HTML = "text/html"
PLAIN = "text/plain"

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
VIDEOS = frozenset({"video/mp4", "video/webm", "video/ogg"})
AUDIOS = frozenset({"audio/mpeg", "audio/ogg", "audio/wav", "audio/mp4", "audio/flac", "audio/aac", "audio/webm"})

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"MZ", EXECUTABLE),
    (b"\x7fELF", EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", EXECUTABLE),
    (b"FWS", FLASH),
    (b"CWS", FLASH),
    (b"ZWS", FLASH),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
AUDIO_BRANDS = (b"M4A ", b"M4B ", b"F4A ")
OFFICE_FOLDERS = (("ppt/", PPTX), ("word/", DOCX), ("xl/", XLSX))


def sniff(path: Path) -> str:
    """The media type of a file on disk; ``application/octet-stream`` when no rule knows it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    found = sniff_head(head)
    if found == ZIP:
        return sniff_zip(path)
    if found == PLAIN and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return sniff_json(path)
    return found


def sniff_head(head: bytes) -> str:
    """The media type as far as the first bytes tell; every zip is ``application/zip``, every JSON ``text/plain``."""
    if head.startswith(ZIP_SIGNATURES):
        return ZIP
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    for rule in (sniff_riff, sniff_iso_media, sniff_matroska, sniff_ogg, sniff_mpeg_audio):
        if found := rule(head):
            return found
    return sniff_text(head)


def sniff_riff(head: bytes) -> str | None:
    if head[:4] != b"RIFF":
        return None
    return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])


def sniff_iso_media(head: bytes) -> str | None:
    if head[4:8] != b"ftyp":
        return None
    if head[8:12] in (b"avif", b"heic", b"mif1"):
        return None
    return "audio/mp4" if head[8:12] in AUDIO_BRANDS else "video/mp4"


def sniff_matroska(head: bytes) -> str | None:
    is_matroska = head.startswith(b"\x1a\x45\xdf\xa3")
    return "video/webm" if is_matroska and b"webm" in head[:64] else None


def sniff_ogg(head: bytes) -> str | None:
    if not head.startswith(b"OggS"):
        return None
    return "video/ogg" if b"\x80theora" in head[:256] else "audio/ogg"


def sniff_mpeg_audio(head: bytes) -> str | None:
    if len(head) < 3 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    is_frame = head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in (0, 15) and (head[2] >> 2) & 3 != 3
    return "audio/mpeg" if is_frame else None


def sniff_text(head: bytes) -> str:
    if b"\x00" in head:
        return UNKNOWN
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return HTML
    if b"<svg" in start and start.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")):
        return SVG
    if b"<html" in start and start.startswith((b"<?xml", b"<!--", b"<!doctype")):
        return HTML
    return PLAIN if decodes(head) else UNKNOWN


def decodes(head: bytes) -> bool:
    """Whether the bytes are UTF-8, perhaps cut in the middle of the last letter."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3
    return True


def sniff_json(path: Path) -> str:
    """GeoJSON or plain text. Only the start is read: the validator reads the rest."""
    with path.open("rb") as file:
        start = file.read(1 << 16).decode("utf-8-sig", "replace")
    compact = "".join(start.split())
    kinds = ("FeatureCollection", "Feature", "GeometryCollection", "Point", "LineString", "Polygon")
    multiple = tuple(f"Multi{kind}" for kind in kinds[3:])
    return GEOJSON if any(f'"type":{json.dumps(kind)}' in compact for kind in kinds + multiple) else PLAIN


def sniff_zip(path: Path) -> str:
    try:
        with open_archive(path) as archive:
            return zip_type_of(archive.paths, archive.read_small)
    except UnsafeArchive:
        return ZIP


def zip_type_of(paths: frozenset[str], read: Callable[[str], bytes]) -> str:
    """The media type of a zip from what it holds."""
    if "mimetype" in paths and read("mimetype").strip().startswith(EPUB.encode()):
        return EPUB
    if "META-INF/container.xml" in paths and "mimetype" in paths:
        return EPUB
    if "[Content_Types].xml" in paths:
        for folder, media_type in OFFICE_FOLDERS:
            if any(path.startswith(folder) for path in paths):
                return media_type
    return ZIP
