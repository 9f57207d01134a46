"""Addresses inside packages, as authors on Windows write them, matched with the files that are there."""

import posixpath
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

# fmt: off
EXECUTABLE_ENDINGS = frozenset((
    "exe", "dll", "com", "bat", "cmd", "msi", "scr", "pif", "vbs", "vbe", "ps1", "psm1", "wsf", "hta", "jar",
    "apk", "dmg", "pkg", "app", "deb", "rpm", "sh", "reg", "lnk", "cpl",
))
# fmt: on
FLASH_ENDINGS = frozenset({"swf", "flv"})
LEFTOVERS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def ending_of(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def is_executable(path: str) -> bool:
    """Whether a file is a program for somebody's machine, judged by the name that would start it."""
    return ending_of(path) in EXECUTABLE_ENDINGS or path.rpartition("/")[2].lower() == "autorun.inf"


def is_flash(path: str) -> bool:
    return ending_of(path) in FLASH_ENDINGS


def is_leftover(path: str) -> bool:
    """What file managers leave in zips."""
    return path.startswith(LEFTOVERS[0]) or path.rpartition("/")[2] in LEFTOVERS[1:]


def is_outside(address: str) -> bool:
    """Whether an address leads out of the package."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def split_address(address: str, base: str = "") -> tuple[str, str]:
    """A path inside the package and the query or fragment that follows it."""
    cut = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=len(address))
    path = posixpath.normpath(posixpath.join(base, unquote(address[:cut]).replace("\\", "/")))
    return ("" if path == "." else path), address[cut:]


def folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


class PathFinder:
    """Finds files by the address an author wrote: exactly, else without regard to case and composition."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        self._folded = {folded(path): path for path in sorted(self.paths, reverse=True)}

    def find(self, path: str) -> str | None:
        return path if path in self.paths else self._folded.get(folded(path))


def common_folder(paths: Iterable[str]) -> str:
    """``name/`` when all files stand in one top folder, else an empty string."""
    tops = {path.partition("/")[0] + "/" if "/" in path else "" for path in paths if not is_leftover(path)}
    return tops.pop() if len(tops) == 1 else ""
