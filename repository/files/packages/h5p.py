"""H5P: ``h5p.json``, ``content/content.json`` and the libraries they need."""

import json
import re
from typing import Any

from repository.files.archives import Archive
from repository.files.media_types import ZIP
from repository.files.packages.info import Launch, PackageInfo, PackageKind, PackageRefused, PackageWarning
from repository.files.packages.lom import language_of
from repository.files.packages.tidying import tidy

TAG = re.compile(r"<[^>]*>")
OUTSIDE_MEDIA = re.compile(rb'"path"\s*:\s*"(https?:[^"]{1,300})"')
WARNINGS_MAX = 5


def inspect_h5p(archive: Archive, path: str) -> PackageInfo:
    """An H5P package with its main library inside.

    Raises:
        PackageRefused: broken JSON, no content, or the main library was left out of the export.
    """
    head = read_json(archive, path)
    folder = path[: -len("h5p.json")]
    library = head.get("mainLibrary")
    if not isinstance(library, str) or not archive.has(f"{folder}content/content.json"):
        raise PackageRefused("h5p-incomplete", "Gói H5P thiếu nội dung hoặc không nêu thư viện chính.")
    content = archive.read_small(f"{folder}content/content.json")
    read_json(archive, f"{folder}content/content.json")
    version = version_of(head, library)
    check_library(archive, folder, library, version)
    return PackageInfo(
        kind=PackageKind.H5P,
        media_type=ZIP,
        standard=f"{library} {version}".strip(),
        title=plain(head.get("title")),
        launches=(Launch(plain(head.get("title")), path),),
        description=plain(head.get("metaDescription")),
        language=language_of(plain(head.get("language"))) or language_of(plain(head.get("defaultLanguage"))),
        authors=tuple(name for author in listed(head.get("authors")) if (name := plain(author.get("name")))),
        keywords=tuple(word.strip() for word in plain(head.get("metaKeywords")).split(",") if word.strip()),
        licence="" if head.get("license") in (None, "U") else plain(head.get("license")),
        year=head["yearFrom"] if isinstance(head.get("yearFrom"), int) else None,
        warnings=tuple(PackageWarning("outside-media", address) for address in outside_media(content)),
    )


def outside_media(content: bytes) -> list[str]:
    """Addresses of pictures and recordings that are not in the package, and so do not play here."""
    found = (match[1].decode("utf-8", "replace").replace("\\/", "/") for match in OUTSIDE_MEDIA.finditer(content))
    return list(dict.fromkeys(found))[:WARNINGS_MAX]


def read_json(archive: Archive, path: str) -> dict[str, Any]:
    try:
        value = json.loads(archive.read_small(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PackageRefused("json-broken", "Tệp {path} trong gói không phải JSON đúng.", path=path) from error
    if not isinstance(value, dict):
        raise PackageRefused("json-broken", "Tệp {path} trong gói không phải JSON đúng.", path=path)
    return value


def version_of(head: dict[str, Any], library: str) -> str:
    for dependency in listed(head.get("preloadedDependencies")):
        if dependency.get("machineName") == library:
            return f"{dependency.get('majorVersion')}.{dependency.get('minorVersion')}"
    return ""


def check_library(archive: Archive, folder: str, library: str, version: str) -> None:
    places = (f"{folder}{library}-{version}/library.json", f"{folder}{library}/library.json")
    if not any(archive.has(place) for place in places):
        raise PackageRefused(
            "h5p-library",
            "Gói H5P thiếu thư viện {library}; hãy xuất lại kèm thư viện.",
            library=f"{library} {version}",
        )


def listed(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def plain(value: Any) -> str:
    """A string without tags, in NFC; empty for anything that is no string."""
    return tidy(TAG.sub(" ", value)) if isinstance(value, str) else ""
