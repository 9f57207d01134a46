"""Unpacked packages on disk: a cache, made from the stored file whenever it is missing.

``<root>/<sha256>/package.json`` says how to start it, ``<root>/<sha256>/content/`` holds its files.
"""

import datetime as dt
import json
import shutil
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from repository.errors import NotFound
from repository.files.archives import UNFINISHED, appearing_whole, open_archive
from repository.files.packages.info import UNPACKED_KINDS, Launch, PackageInfo, PackageKind
from repository.files.packages.inspection import inspect_package
from repository.files.packages.paths import PathFinder, is_executable
from repository.files.packages.slides import Slide, read_slides
from repository.files.store import FileStore, is_older, is_sha256

DESCRIPTION = "package.json"
CONTENT = "content"
PLAYED_KINDS = UNPACKED_KINDS | {PackageKind.MAP}


@dataclass(frozen=True)
class UnpackedPackage:
    """What a player needs to know."""

    sha256: str
    kind: PackageKind
    standard: str
    title: str
    language: str
    launches: tuple[Launch, ...]
    slides: tuple[Slide, ...] = ()
    paths: frozenset[str] = field(default=frozenset(), repr=False)


class PackageFolder:
    """All unpacked packages of an installation."""

    def __init__(self, root: Path, store: FileStore) -> None:
        self.root = root
        self.store = store

    def ensure(self, sha256: str) -> UnpackedPackage:
        """The package, unpacked now if it was not yet.

        Raises:
            NotFound: no such file, or none that is played.
            PackageRefused, UnsafeArchive: it can't be shown.
        """
        if not is_sha256(sha256):
            raise NotFound("Không có gói này.")
        folder = self.root / sha256
        if not (folder / DESCRIPTION).is_file():
            unpack_package(self.store.path(sha256), folder)
        return read_description(folder)

    def find_file(self, sha256: str, path: str) -> Path | None:
        """A file of an unpacked package by the address an author wrote; programs are never found."""
        if not is_sha256(sha256) or not (self.root / sha256 / DESCRIPTION).is_file():
            return None
        found = finder_of(self.root / sha256).find(path)
        return self.root / sha256 / CONTENT / found if found and not is_executable(found) else None

    def sweep(self, moment: dt.datetime) -> int:
        """Delete what began to be unpacked before ``moment`` and never ended; returns how many."""
        old = [path for path in self.root.glob(UNFINISHED + "*") if is_older(path, moment)]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return len(old)


def unpack_package(source: Path, folder: Path) -> None:
    """Inspect and unpack a stored file so that ``folder`` is complete or not there at all.

    Raises:
        NotFound: a file that is shown as it is, without unpacking.
        PackageRefused, UnsafeArchive: it can't be shown.
    """
    info = inspect_package(source, "")
    if info.kind not in PLAYED_KINDS:
        raise NotFound("Không có gói này.")
    with appearing_whole(folder) as growing:
        (growing / CONTENT).mkdir()
        description = described(info)
        if info.kind in UNPACKED_KINDS:
            with open_archive(source) as archive:
                archive.unpack(growing / CONTENT)
                description["paths"] = sorted(archive.paths)
                description["slides"] = slides_of(read_slides(archive)) if info.kind is PackageKind.PPTX else []
        (growing / DESCRIPTION).write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")


def described(info: PackageInfo) -> dict[str, Any]:
    return {
        "kind": info.kind,
        "standard": info.standard,
        "title": info.title,
        "language": info.language,
        "launches": [[launch.title, launch.path, launch.parameters] for launch in info.launches],
    }


def slides_of(slides: tuple[Slide, ...]) -> list[list[Any]]:
    return [[slide.title, slide.paragraphs, slide.notes, slide.pictures] for slide in slides]


@lru_cache(maxsize=64)
def read_description(folder: Path) -> UnpackedPackage:
    value = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    return UnpackedPackage(
        sha256=folder.name,
        kind=PackageKind(value["kind"]),
        standard=value["standard"],
        title=value["title"],
        language=value["language"],
        launches=tuple(Launch(*launch) for launch in value["launches"]),
        slides=tuple(
            Slide(title, tuple(lines), tuple(notes), tuple(pictures))
            for title, lines, notes, pictures in value.get("slides", [])
        ),
        paths=frozenset(value.get("paths", [])),
    )


@lru_cache(maxsize=64)
def finder_of(folder: Path) -> PathFinder:
    return PathFinder(read_description(folder).paths)
