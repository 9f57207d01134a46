"""Files that no matrix is in: each is refused in words, soon, and in a process of its own."""

import io
import zipfile
from pathlib import Path

import pytest

from quizbank.matrices.exchange import reading
from quizbank.matrices.exchange.reading import read_tables
from repository.errors import Invalid


def a_zip(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + WORD.format("<w:p>&b;</w:p>")
HOSTILE = {
    "no office file": b"%PDF-1.7",
    "half a zip": a_zip("word/document.xml", b"x" * 4_000)[:60],
    "broken xml": a_zip("word/document.xml", b"<w:document>"),
    "a bomb": a_zip("word/document.xml", b"\0" * (300 << 20)),
    "deep": a_zip("word/document.xml", WORD.format("<w:tbl>" * 5_000).encode()),
    "an empty zip": a_zip("a.txt", b""),
    "old and broken": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "ma-tran"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(Invalid):
        read_tables(path, "ma-tran.docx")


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    path = tmp_path / "ma-tran"
    path.write_bytes(a_zip("word/document.xml", LAUGHS.encode()))
    assert read_tables(path, "ma-tran.docx") == []


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ma-tran"
    path.write_bytes(b"PK")
    monkeypatch.setattr(reading, "SECONDS", 0)
    with pytest.raises(Invalid, match="quá lâu"):
        read_tables(path, "ma-tran.docx")


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "ma-tran"
    with path.open("wb") as file:
        file.truncate(reading.MAX_BYTES + 1)
    with pytest.raises(Invalid, match="tối đa 16 MB"):
        read_tables(path, "ma-tran.xlsx")
