"""The package around a Word document: its parts, how they refer to each other, and what is no such package."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml.etree import _Element

from quizbank.questions.formats.word_xml import attribute, kind_of
from quizbank.questions.formats.xml_source import parse_xml
from repository.errors import Invalid
from repository.files.archives import Archive, ArchiveLimits, open_archive

LIMITS = ArchiveLimits(entries=10_000, total_bytes=1 << 30, file_bytes=256 << 20, small_bytes=48 << 20)
MAX_PICTURE_BYTES = 24 << 20


@dataclass(frozen=True)
class Target:
    """What a relationship points to: a path inside the package, or an address outside of it."""

    path: str
    kind: str
    is_external: bool = False


class WordPackage:
    """An opened .docx (or .docm, .dotx)."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._paths = {path.lower(): path for path in archive.paths}
        self.main = self._main_part()
        self.relations_of = lru_cache(maxsize=64)(self._relations_of)

    def has(self, path: str) -> bool:
        return path.lower() in self._paths

    def xml(self, path: str) -> _Element | None:
        """The root of a part, or None where the package has none of that path.

        Raises:
            Invalid: it is no XML, or beyond the limits.
        """
        if not self.has(path):
            return None
        try:
            return parse_xml(self._archive.read_small(self._paths[path.lower()]))
        except Invalid as error:
            raise Invalid("Tệp Word hỏng ở phần {part}: {reason}", part=path, reason=str(error), place=path) from error

    def data(self, path: str, limit_bytes: int = MAX_PICTURE_BYTES) -> bytes | None:
        """The bytes of a part; None where it is not there, too large or broken."""
        if not self.has(path):
            return None
        try:
            found = self._archive.read_start(self._paths[path.lower()], limit_bytes + 1)
        except Invalid:
            return None
        return found if len(found) <= limit_bytes else None

    def related(self, path: str, kind: str) -> str | None:
        """The part that another one refers to as its ``numbering``, ``styles``, ``footnotes``."""
        return next((target.path for target in self.relations_of(path).values() if target.kind == kind), None)

    def _main_part(self) -> str:
        found = next((target for target in self._relations_of("").values() if target.kind == "officeDocument"), None)
        path = found.path if found else "word/document.xml"
        if not self.has(path):
            raise Invalid("Tệp này không phải là tài liệu Word (.docx).", place=path)
        return path

    def _relations_of(self, path: str) -> dict[str, Target]:
        folder, name = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Target] = {}
        for relation in root if root is not None else ():
            if kind_of(relation) != "rel:Relationship":
                continue
            target, kind = attribute(relation, "Target") or "", attribute(relation, "Type") or ""
            is_external = attribute(relation, "TargetMode") == "External"
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, unquote(target))
            own = target if is_external else posixpath.normpath(inside)
            found[attribute(relation, "Id") or ""] = Target(own, kind.rpartition("/")[2], is_external)
        return found


@contextmanager
def open_word(path: Path) -> Iterator[WordPackage]:
    """Open a Word document.

    Raises:
        Invalid: it is none, encrypted, broken or beyond a limit.
    """
    with open_archive(path, LIMITS) as archive:
        yield WordPackage(archive)
