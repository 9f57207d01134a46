"""Makes small files of every kind for tests, sound and hostile."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

HTML_PAGE = (
    "<!DOCTYPE html><html lang='vi'><head><title>Hàm số bậc hai</title></head><body><p>Parabol</p></body></html>"
)
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Đạo hàm</title>
    <item identifier="i1" identifierref="r1" parameters="?trang=1"><title>Bài 1</title></item>
    <item identifier="i2" identifierref="r2"><title>Bài 2</title></item>
  </organization></organizations>
  <resources xml:base="bai/">
    <resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="mot.html"/>
    <resource identifier="r2" type="webcontent" adlcp:scormtype="sco" href="hai.html"/>
  </resources>
</manifest>"""


def a_zip(path: Path, files: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return path


def a_scorm_package(path: Path, manifest: str = MANIFEST, more: Mapping[str, bytes | str] | None = None) -> Path:
    pages = {"bai/mot.html": HTML_PAGE, "bai/hai.html": HTML_PAGE}
    return a_zip(path, {"imsmanifest.xml": manifest, **pages, **(more or {})})


def a_web_package(path: Path, more: Mapping[str, bytes | str] | None = None) -> Path:
    return a_zip(path, {"index.html": HTML_PAGE, **(more or {})})


def an_h5p_package(path: Path, head: Mapping[str, object] | None = None) -> Path:
    default = {
        "title": "Câu hỏi nhanh",
        "mainLibrary": "H5P.TrueFalse",
        "language": "vi",
        "authors": [{"name": "Lê An", "role": "Author"}],
        "preloadedDependencies": [{"machineName": "H5P.TrueFalse", "majorVersion": 1, "minorVersion": 6}],
    }
    content = {"question": "<p>Trái Đất <b>quay</b> quanh Mặt Trời?</p>", "l10n": {"check": "Kiểm tra"}}
    return a_zip(
        path,
        {
            "h5p.json": json.dumps(default | dict(head or {})),
            "content/content.json": json.dumps(content),
            "H5P.TrueFalse-1.6/library.json": "{}",
        },
    )


def an_epub(path: Path) -> Path:
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    book = """<package version="3.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
        <dc:title>Truyện Kiều</dc:title><dc:creator>Nguyễn Du</dc:creator><dc:language>vi</dc:language>
        <dc:date>1820</dc:date></metadata>
        <manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        <item id="c" href="chuong%201.xhtml" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="c"/></spine></package>"""
    nav = '<html><body><nav><a href="chuong%201.xhtml">Chương một</a></nav></body></html>'
    return a_zip(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": book,
            "OPS/nav.xhtml": nav,
            "OPS/chuong 1.xhtml": "<html><body><p>Trăm năm trong cõi người ta</p></body></html>",
        },
    )


def a_picture(path: Path, size: tuple[int, int] = (40, 30), format: str = "PNG") -> Path:
    Image.new("RGB", size, (200, 30, 30)).save(path, format)
    return path


def a_map(path: Path, coordinates: object = (105.85, 21.03), **more: object) -> Path:
    feature = {
        "type": "Feature",
        "properties": {"name": "Hà Nội"},
        "geometry": {"type": "Point", "coordinates": coordinates},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature], **more}), encoding="utf-8")
    return path


def a_pdf(path: Path, title: str = "Sóng ánh sáng", text: str = "Song anh sang") -> Path:
    """A PDF of one page, written by hand with a right cross-reference table."""
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
    info = b"<< /Title " + ("\ufeff" + title).encode("utf-16-be").hex().join("<>").encode() + b" >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        info,
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    path.write_bytes(out.getvalue())
    return path


def a_video(path: Path, seconds: int = 90) -> Path:
    """The boxes of an MP4 that say how long it plays; there is no picture in it."""
    header = struct.pack(">4x4x4xLL80x", 1000, seconds * 1000)
    inner = struct.pack(">L4s", len(header) + 8, b"mvhd") + header
    moov = struct.pack(">L4s", len(inner) + 8, b"moov") + inner
    path.write_bytes(struct.pack(">L4s4sL4s", 20, b"ftyp", b"isom", 0, b"isom") + moov)
    return path


def a_recording(path: Path, seconds: int = 61) -> Path:
    body = bytes(8000 * seconds)
    head = struct.pack("<4sL4s4sLHHLLHH", b"RIFF", 36 + len(body), b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    path.write_bytes(head + struct.pack("<4sL", b"data", len(body)) + body)
    return path


def an_overlapping_zip(path: Path, copies: int = 50) -> Path:
    """Many names that share one compressed body: a bomb that needs no recursion."""
    body = zipfile.ZipInfo("0")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(body, bytes(1000), zipfile.ZIP_DEFLATED)
        info = archive.infolist()[0]
        for number in range(1, copies):
            again = zipfile.ZipInfo("0")
            for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(again, name, getattr(info, name))
            again.filename = again.orig_filename = str(number)
            archive.filelist.append(again)
            archive._didModify = True  # type: ignore[attr-defined]
    path.write_bytes(buffer.getvalue())
    return path
