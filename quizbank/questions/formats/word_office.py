"""Documents that are not .docx: what they are, and the way through LibreOffice for those that it can read."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizbank.questions.formats.paper import SourceFile
from repository.errors import Invalid

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
SEARCHED_BYTES = 64 << 20
LIMIT_SECONDS = 60
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
    made = run_office(copy, folder, "docx")
    if made is None:
        raise Invalid("LibreOffice không đọc được tệp {name}: hãy mở bằng Word và lưu thành .docx.", name=source.name)
    return made


def run_office(file: Path, folder: Path, ending: str) -> Path | None:
    """Convert a file in a process of its own with a profile of its own; None where that fails or takes too long."""
    program = find_office()
    if program is None:
        return None
    profile = folder / "profile"
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", ending, "--outdir", str(folder / "out"), str(file)]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=LIMIT_SECONDS, cwd=folder)
    except (subprocess.TimeoutExpired, OSError):
        return None
    made = folder / "out" / f"{file.stem}.{ending}"
    return made if made.is_file() else None
