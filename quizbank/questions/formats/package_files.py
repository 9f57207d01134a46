"""The files that a question may refer to: those of a package, or none beside a single file."""

import hashlib
import posixpath
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote, unquote, unquote_to_bytes

from repository.errors import Invalid
from repository.files.archives import Archive, ArchiveLimits, open_archive

LIMITS = ArchiveLimits(total_bytes=1 << 30, small_bytes=64 << 20)
MAX_PICTURE_BYTES = 20 << 20
MAX_SAME_NAME = 1_000
_DATA_URI = re.compile(r"data:image/(?P<kind>[a-z0-9.+-]{1,30})(?:;[a-z]+=[^;,]*)*(?P<base64>;base64)?,", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_FILE_BASE = re.compile(r"\$?(?:%24)?IMS[-_]CC[-_]FILE[-_]?BASE\$?(?:%24)?/*", re.IGNORECASE)
_OF_BLACKBOARD = re.compile(r"@X@EmbeddedFile\.\w+@X@/*", re.IGNORECASE)
_ENDINGS = {"jpeg": "jpg", "svg+xml": "svg", "x-icon": "ico", "vnd.microsoft.icon": "ico"}


class Files(Protocol):
    """Where the files stand that a question names. ``folded``: path in small letters -> path; ``named``: last part of
    a path -> the paths that end so."""

    @property
    def paths(self) -> frozenset[str]: ...
    @property
    def folded(self) -> Mapping[str, str]: ...
    @property
    def named(self) -> Mapping[str, list[str]]: ...
    def read(self, path: str) -> bytes: ...


class NoFiles:
    """A single file, which has nothing beside it."""

    paths: frozenset[str] = frozenset()
    folded: Mapping[str, str] = MappingProxyType({})
    named: Mapping[str, list[str]] = MappingProxyType({})

    def read(self, path: str) -> bytes:
        raise Invalid("Trong gói thiếu tệp {path}.", path=path, place=path)


class PackageFiles:
    """The files of a zip whose directory was checked."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.paths = archive.paths
        self.folded: Mapping[str, str] = {path.casefold(): path for path in sorted(archive.paths)}
        named: dict[str, list[str]] = {}
        for path in archive.paths:
            named.setdefault(path.rpartition("/")[2], []).append(path)
        self.named: Mapping[str, list[str]] = named

    def read(self, path: str) -> bytes:
        return self._archive.read_small(path)


@contextmanager
def open_package(path: Path) -> Iterator[PackageFiles]:
    """The files of a zip.

    Raises:
        Invalid: broken, hostile, encrypted or beyond a limit.
    """
    with open_archive(path, LIMITS) as archive:
        yield PackageFiles(archive)


def find_path(files: Files, base: str, address: str) -> str | None:
    """The path that an address in the file ``base`` means, or None where there is no such file."""
    address = _FILE_BASE.sub("", address.strip())
    if _OF_BLACKBOARD.match(address):
        return _in_blackboard(files, base, unquote(_OF_BLACKBOARD.sub("", address)))
    if not address or _SCHEME.match(address):
        return None
    plain = unquote(re.split(r"[?#]", address)[0]).replace("\\", "/").lstrip("/")
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), plain))
    for path in (beside, posixpath.normpath(plain), f"web_resources/{plain}", f"content/{plain}"):
        if path in files.paths:
            return path
    found = files.folded.get(beside.casefold()) or files.folded.get(f"web_resources/{plain}".casefold())
    same_name = files.named.get(plain.rpartition("/")[2], []) if "/" in plain else []
    ending = [path for path in same_name[:MAX_SAME_NAME] if path.endswith(f"/{plain}")]
    return found or (ending[0] if len(ending) == 1 else None)


def _in_blackboard(files: Files, base: str, name: str) -> str | None:
    """A file beside a ``.dat`` of Blackboard, in the folder of its name, or among the files of the course by its id."""
    last = name.rpartition("/")[2]
    folder = base.rpartition(".")[0]
    for path in (f"{folder}/{name}", f"{folder}/embedded/{last}", f"{folder}/{last}"):
        if path in files.paths:
            return path
    if last.startswith("xid-"):
        same = [path for path in files.paths if re.search(rf"__{re.escape(last)}(?:\.\w+)?$", path)]
    else:
        same = files.named.get(last, [])
    return same[0] if len(same) == 1 else None


class Pictures:
    """The pictures of one question, found by their addresses.

    ``found``: target -> bytes, of those that came with the file.
    """

    def __init__(self, files: Files, base: str) -> None:
        self._files = files
        self._base = base
        self.found: dict[str, bytes] = {}

    def __call__(self, address: str) -> str | None:
        if address[:5].lower() == "data:":
            return self._embedded(address)
        path = find_path(self._files, self._base, address)
        if path is None:
            return None
        try:
            data = self._files.read(path)
        except Invalid:
            return None
        return self._keep(quote(path, safe="/-_.~"), data)

    def _embedded(self, address: str) -> str | None:
        match = _DATA_URI.match(address)
        if match is None:
            return None
        body = address[match.end() :]
        try:
            data = b64decode(unquote(body)) if match["base64"] else unquote_to_bytes(body)
        except (NotBase64, ValueError):
            return None
        kind = match["kind"].lower()
        return self._keep(f"picture-{hashlib.sha256(data).hexdigest()[:16]}.{_ENDINGS.get(kind, kind)}", data)

    def _keep(self, target: str, data: bytes) -> str | None:
        if not data or sum(map(len, self.found.values())) + len(data) > MAX_PICTURE_BYTES:
            return None
        self.found[target] = data
        return target
