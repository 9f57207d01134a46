"""Files made to harm: each ends in a clear refusal or in problems, within the limits, and the next file is read."""

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.sandbox import ReadingProcess, ReadQuestion
from repository.errors import Invalid

MEBIBYTE = 1 << 20
PAPER = "Câu 1. Một?\nA. một\nB. hai\nC. ba\nD. bốn\nĐáp án: A\n"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
MOODLE = "<quiz><question type='essay'><questiontext><text>{}</text></questiontext></question></quiz>"


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


def a_docx(body: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{relation}" Target="word/document.xml"/></Relationships>'
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
    return data.getvalue()


def with_password(data: bytes) -> bytes:
    """The zip with the flag of a password in its headers."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.zip": lambda: zipped(de_dot_txt=bytes(200 * MEBIBYTE)),
    "password.zip": lambda: with_password(zipped(de_dot_txt=PAPER.encode())),
    "nul.txt": lambda: b"C\x00\xe2u 1." + bytes(1000),
    "paragraph.txt": lambda: b"C\xc3\xa2u 1. " + b"x" * (100 * MEBIBYTE),
    "line.txt": lambda: b"C\xc3\xa2u 1. " + b"(a" * (2 * MEBIBYTE - 10),
    "laughs.xml": lambda: f'<!DOCTYPE quiz [<!ENTITY l0 "ha">{LAUGHS}]>{MOODLE.format("&l9;")}'.encode(),
    "xxe.xml": lambda: f'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>{MOODLE.format("&x;")}'.encode(),
    "deep.xml": lambda: b"<quiz>" + b"<question>" * 200_000,
    "long.xml": lambda: MOODLE.format("x" * (100 * MEBIBYTE)).encode(),
    "deep.json": lambda: b'[{"stem":' + b"[" * 1_000_000,
    "open.gift": lambda: b"::Q:: open {" + b"~x " * (10 * MEBIBYTE),
    "braces.gift": lambda: b"::Q:: 1 {=1}\n\n" + b"{" * (2 * MEBIBYTE),
    "wide.csv": lambda: b"stem,a,b,key\n" + b"x," * (5 * MEBIBYTE),
    "nested.tex": lambda: b"\\begin{ex}" + b"{" * (2 * MEBIBYTE) + b"\\end{ex}",
    "deep.docx": lambda: a_docx("<w:tbl><w:tr><w:tc>" * 20_000),
    "long.docx": lambda: a_docx(f"<w:p><w:r><w:t>{'x' * (100 * MEBIBYTE)}</w:t></w:r></w:p>"),
}


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess() as made:
        yield made


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_harms_nobody(process: ReadingProcess, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    started, said, found = time.monotonic(), "", []
    try:
        found = list(process.read(SourceFile(path, name)))
    except Invalid as error:
        said = str(error)
    assert time.monotonic() - started < 35
    assert "Trình đọc gặp lỗi" not in said
    drafts = [one.question for one in found if isinstance(one, ReadQuestion) and one.question.content]
    assert said or found
    assert not any("root:" in question.source for question in drafts)
    assert len(drafts) <= 1
    sound = tmp_path / "sound.txt"
    sound.write_text(PAPER, encoding="utf-8")
    assert len(list(process.read(SourceFile(sound, "sound.txt")))) == 1
