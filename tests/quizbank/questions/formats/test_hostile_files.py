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
from tests.shared_data import SHARED, needs_shared_data

BROKEN_ZIPS = sorted((SHARED / "formats/badzip").rglob("*.zip"))
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


def member(name: str, content: bytes, **others: bytes) -> bytes:
    """A zip with one member under any name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        for other, inner in others.items():
            archive.writestr(other.replace("__", "/").replace("_dot_", "."), inner)
    return data.getvalue()


def encrypted() -> bytes:
    """What Office writes when a password is set: an OLE file with the package inside."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(4_000)


def with_type(inner: str, *, declares: str) -> str:
    """A document type with entities before an XML document, after its declaration."""
    return f"<!DOCTYPE x [{declares}]>{inner}"


def an_item(text: str) -> str:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="t">'
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse>'
        "<value>A</value></correctResponse></responseDeclaration><itemBody>"
        f'<p>{text}</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
        '<simpleChoice identifier="A">một</simpleChoice><simpleChoice identifier="B">hai</simpleChoice>'
        "</choiceInteraction></itemBody></assessmentItem>"
    )


def a_workbook(shared: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cells = "".join(f'<c r="{column}1" t="s"><v>0</v></c>' for column in "ABCD")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{office}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="s" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData><row r="1">{cells}</row></sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": shared,
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def strings(text: str) -> str:
    return f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'


PASSWD = '<!ENTITY x SYSTEM "file:///etc/passwd">'
LAUGH = f'<!ENTITY l0 "ha">{LAUGHS}'
H5P = b'{"mainLibrary":"H5P.MultiChoice","title":"t","language":"vi"}'
OPEN_BRACKETS = "(" * 400
HUGE = 100 * MEBIBYTE
FAMILIES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: a_docx(" " * (200 * MEBIBYTE)),
    "bomb.xlsx": lambda: a_workbook(" " * (200 * MEBIBYTE)),
    "bomb-qti.zip": lambda: member("imsmanifest.xml", b"<manifest>" + b" " * (200 * MEBIBYTE)),
    "bomb.imscc": lambda: member("imsmanifest.xml", b"<manifest>" + b"<x/>" * (40 * MEBIBYTE)),
    "bomb.h5p": lambda: member("h5p.json", H5P, content__content_dot_json=b"[" + b" " * (200 * MEBIBYTE)),
    "laughs.docx": lambda: a_docx_with(with_type("", declares=LAUGH), "&l9;"),
    "laughs.xlsx": lambda: a_workbook(with_type(strings("&l9;"), declares=LAUGH)),
    "laughs-item.xml": lambda: with_type(an_item("&l9;"), declares=LAUGH).encode(),
    "laughs.imscc": lambda: member("imsmanifest.xml", with_type("<manifest>&l9;</manifest>", declares=LAUGH).encode()),
    "xxe.docx": lambda: a_docx_with(with_type("", declares=PASSWD), "&x;"),
    "xxe.xlsx": lambda: a_workbook(with_type(strings("&x;"), declares=PASSWD)),
    "xxe-item.xml": lambda: with_type(an_item("&x;"), declares=PASSWD).encode(),
    "xxe-include.xml": lambda: an_item(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    ).encode(),
    "encrypted.docx": encrypted,
    "encrypted.xlsx": encrypted,
    "password-qti.zip": lambda: with_password(member("imsmanifest.xml", b"<manifest/>")),
    "password.h5p": lambda: with_password(member("h5p.json", H5P)),
    "long-item.xml": lambda: an_item("x" * HUGE).encode(),
    "long.gift": lambda: b"::Q:: " + b"x" * HUGE + b" {=1 ~2}",
    "long.json": lambda: b'[{"type":"single-choice","stem":"' + b"x" * HUGE + b'"}]',
    "long.csv": lambda: b"stem,a,b,key\n" + b"x" * HUGE + b",1,2,A\n",
    "long.tex": lambda: b"\\begin{ex}" + b"x" * HUGE + b"\\choice{1}{\\True 2}{3}{4}\\end{ex}",
    "long.aiken": lambda: b"x" * HUGE + b"\nA. 1\nB. 2\nANSWER: A\n",
    "long.xlsx": lambda: a_workbook(strings("x" * HUGE)),
    "nul-item.xml": lambda: an_item("a").encode().replace(b"<p>a", b"<p>\0a"),
    "nul.xml": lambda: MOODLE.format("a").encode().replace(b"<text>a", b"<text>\0a"),
    "nul.gift": lambda: b"::Q\0:: a\0 {=1\0 ~2}",
    "nul.json": lambda: b'[{"type":"single-choice","stem":"a\0b","options":["1","2"],"key":"A"}]',
    "nul.csv": lambda: b"stem,a,b,key\na\0,1,2,A\n",
    "nul.tex": lambda: b"\\begin{ex}a\0\\choice{1}{\\True 2}{3}{4}\\end{ex}",
    "nul.docx": lambda: a_docx("<w:p><w:r><w:t>a\0b</w:t></w:r></w:p>"),
    "deep-item.xml": lambda: an_item("<b>" * 100_000).encode(),
    "deep.gift": lambda: b"::Q:: [html]" + b"<div>" * 200_000 + b" {=1 ~2}",
    "deep.h5p": lambda: member("h5p.json", H5P, content__content_dot_json=b'{"a":' * 100_000),
    "deep.zip": lambda: zips_in_zips(40),
    "deep-html.xml": lambda: MOODLE.replace("essay", "shortanswer").format(f"<![CDATA[{'<div>' * 100_000}]]>").encode(),
    "brackets.txt": lambda: PAPER.replace("Một?", f"Một ${OPEN_BRACKETS}\\neq 0$ {OPEN_BRACKETS}x^2?").encode(),
    "brackets.gift": lambda: f"::Q:: [html]Một ${OPEN_BRACKETS}\\neq 0$ {{=1 ~2}}".encode(),
    "brackets.tex": lambda: f"\\begin{{ex}}${OPEN_BRACKETS}x$\\choice{{1}}{{\\True 2}}{{3}}{{4}}\\end{{ex}}".encode(),
    "brackets-item.xml": lambda: an_item(f"\\({OPEN_BRACKETS}x\\)").encode(),
}


def a_docx_with(declarations: str, text: str) -> bytes:
    """A Word document whose main part begins with a document type."""
    with zipfile.ZipFile(io.BytesIO(a_docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = declarations.encode() + parts["word/document.xml"]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def zips_in_zips(levels: int) -> bytes:
    data = PAPER.encode()
    for level in range(levels):
        data = member(f"{level}.zip" if level else "de.txt", data)
    return data


HOSTILE: dict[str, Callable[[], bytes]] = {
    **FAMILIES,
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


@needs_shared_data
@pytest.mark.parametrize("path", BROKEN_ZIPS, ids=lambda path: path.name)
def test_a_zip_made_to_fool_readers_fools_nobody(process: ReadingProcess, path: Path) -> None:
    try:
        found = list(process.read(SourceFile(path, path.name)))
    except Invalid as error:
        assert str(error) and "Trình đọc gặp lỗi" not in str(error)
    else:
        assert found and not any(isinstance(one, ReadQuestion) and one.question.content for one in found)
