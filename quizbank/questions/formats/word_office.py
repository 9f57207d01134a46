"""LibreOffice, where it's installed: old documents become .docx, metafiles PNG. Each call is a process of its own."""

import contextlib
import errno
import os
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from quizbank.questions.formats.paper import SourceFile
from repository.errors import Invalid

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
SEARCHED_BYTES = 64 << 20
LIMIT_SECONDS = 18
LIMIT_BYTES = 448 << 20
PIPES = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - LibreOffice's own choice
OLD_SECONDS = 120
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Filter/Microsoft/Import"><prop oor:name="MathTypeToMath" oor:op="fuse">
<value>false</value></prop></item></oor:items>
"""
_PROGRAMS = ("soffice", "libreoffice")


@contextmanager
def as_docx(source: SourceFile) -> Iterator[Path]:
    """The document as a .docx: the file itself, or what LibreOffice makes of it.

    Raises:
        Invalid: it is encrypted or no document, or LibreOffice is needed and isn't installed or fails.
    """
    with source.path.open("rb") as file:
        start = file.read(1 << 16)
        is_ole = start.startswith(OLE)
        data = start + file.read(SEARCHED_BYTES) if is_ole else start
    if start.startswith(ZIP):
        yield source.path
        return
    if is_ole and "EncryptedPackage".encode("utf-16-le") in data:
        raise Invalid("Tệp {name} có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.", name=source.name)
    is_word = is_ole and "WordDocument".encode("utf-16-le") in data
    is_rich_text = start.lstrip()[:5] == b"{\\rtf"
    is_flat = b'progid="Word.Document"' in start or b"schemas.microsoft.com/office/word/2003" in start
    if not (is_word or is_rich_text or is_flat):
        raise Invalid("Tệp {name} không phải là tài liệu Word.", name=source.name)
    with tempfile.TemporaryDirectory(prefix="word-") as folder:
        ending = ".doc" if is_word else ".rtf" if is_rich_text else ".xml"
        yield _converted(source, Path(folder), ending)


def find_office() -> str | None:
    """LibreOffice's program, or None where it isn't installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _converted(source: SourceFile, folder: Path, ending: str) -> Path:
    if find_office() is None:
        raise Invalid(
            "Tệp {name} là tài liệu Word kiểu cũ: hãy mở bằng Word, chọn “Lưu thành” .docx rồi gửi lại"
            " (máy chủ chưa cài LibreOffice để tự chuyển).",
            name=source.name,
        )
    copy = folder / f"in{ending}"
    shutil.copyfile(source.path, copy)
    made = run_office([copy], folder, "docx")
    if not made:
        raise Invalid("LibreOffice không đọc được tệp {name}: hãy mở bằng Word và lưu thành .docx.", name=source.name)
    return made[0]


def run_office(files: Sequence[Path], folder: Path, ending: str, seconds: int = LIMIT_SECONDS) -> list[Path]:
    """Convert files in one process with a profile of its own.

    Returns:
        what it made within the time, under the same names in ``folder/out``.
    """
    program = find_office()
    if program is None:
        return []
    _settle(folder / "profile")
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", ending, "--outdir", str(folder / "out"), *map(str, files)]
    with contextlib.suppress(OSError):
        _run(command, folder, seconds)
    made = (folder / "out" / f"{file.stem}.{ending.split(':')[0]}" for file in files)
    return [file for file in made if file.is_file()]


def _settle(profile: Path) -> None:
    """Have LibreOffice keep equations as the objects they are: what it makes of them itself loses brackets and more."""
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")


def forget_dead_pipes() -> None:
    """Remove the sockets that LibreOffice leaves behind where it was killed: nobody answers at them any more."""
    for path in (found for folder in PIPES for found in folder.glob("OSL_PIPE_*_SingleOfficeIPC_*")):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
            if time.time() - path.lstat().st_mtime > OLD_SECONDS and asking.connect_ex(str(path)) == errno.ECONNREFUSED:
                path.unlink()


def _run(command: Sequence[str], folder: Path, seconds: int) -> None:
    """Run a command that may start others, and end all of them when the time is over."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_take_memory,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _take_memory() -> None:
    """The reading process bounds its addresses; a converter maps much that it never fills, and is bounded by that."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT_BYTES, LIMIT_BYTES))
