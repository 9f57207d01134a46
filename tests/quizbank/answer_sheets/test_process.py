"""The process that reads pictures: limits, broken files, crashes. Nothing stops what comes after."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from quizbank.answer_sheets.drawing import Sheet, answer_sheet_pdf
from quizbank.answer_sheets.layout import SheetLayout
from quizbank.answer_sheets.process import ReadPage, SheetReader
from tests.quizbank.answer_sheets.simulating import HEAD, saved, shot

SMALL = SheetLayout(6, 3, (12, 4, 6))


@pytest.fixture(scope="module")
def reader() -> Iterator[SheetReader]:
    with SheetReader() as made:
        yield made


def a_pdf(pages: int) -> bytes:
    return answer_sheet_pdf(SMALL, HEAD, [Sheet(f"Thí sinh {n}", f"{n:06}", "101") for n in range(1, pages + 1)])


def a_png_header(width: int, height: int) -> bytes:
    """A PNG that says it is this large, with hardly any bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 4096)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def a_page_of(width: float, height: float) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]>>endobj\n".encode()
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def a_jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 200).save(out, "JPEG")
    return out.getvalue()


def test_a_photo_and_the_pages_of_a_pdf_are_read(reader: SheetReader, tmp_path: Path) -> None:
    made = shot("good phone", 1)
    photo = saved(made.jpeg, tmp_path)
    assert reader.count_pages(photo) == 1
    read = reader.read(photo, 0, made.layout.counts)
    assert read.digits("number") == "".join(made.filled.meant[f"number.{place}"] for place in range(1, 9))
    assert read.picture.startswith(b"\xff\xd8")
    pdf = saved(a_pdf(3), tmp_path, "phieu.pdf")
    assert reader.count_pages(pdf) == 3
    assert [reader.read(pdf, page, SMALL.counts).digits("number") for page in range(3)] == [
        "000001",
        "000002",
        "000003",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "unknown-format"),
        (b"GIF89a" + bytes(100), "unknown-format"),
        (a_png_header(60_000, 60_000), "too-large"),
        (a_png_header(3_000, 3_000), "broken"),
        (a_jpeg(300, 200), "too-small"),
        (a_jpeg(1000, 1400)[:900], "broken"),
        (a_jpeg(1000, 1400), "no-markers"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "broken"),
        (a_page_of(1e9, 1e9), "too-large"),
        (a_page_of(1, 14_000), "too-small"),
        (a_page_of(595, 842), "no-markers"),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{len(one)} bytes",
)
def test_a_bad_file_has_a_reason_and_stops_nothing(
    reader: SheetReader, tmp_path: Path, data: bytes, reason: str
) -> None:
    path = saved(data, tmp_path, "xau.bin")
    assert reader.read(path, 0, None).reason == reason
    assert reader.count_pages(saved(a_pdf(1), tmp_path, "tot.pdf")) == 1


def test_a_truncated_photo_of_a_sheet_is_not_read_as_empty(reader: SheetReader, tmp_path: Path) -> None:
    made = shot("good phone", 0)
    cut = saved(made.jpeg[: len(made.jpeg) * 2 // 3], tmp_path)
    assert reader.read(cut, 0, made.layout.counts).reason == "broken"


def test_a_page_that_does_not_exist_is_broken(reader: SheetReader, tmp_path: Path) -> None:
    assert reader.read(saved(a_pdf(1), tmp_path, "a.pdf"), 7, None).reason == "broken"


def test_a_pdf_of_too_many_pages_is_refused(reader: SheetReader, tmp_path: Path) -> None:
    kids = " ".join(f"{number} 0 R" for number in range(3, 703))
    pages = "".join(
        f"{number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" for number in range(3, 703)
    )
    text = (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count 700>>endobj\n"
    )
    path = saved((text + pages + "trailer<</Root 1 0 R>>\n%%EOF").encode(), tmp_path, "day.pdf")
    found = reader.count_pages(path)
    assert isinstance(found, ReadPage) and found.reason == "too-many-pages"


def test_a_process_that_dies_or_hangs_is_started_anew(tmp_path: Path) -> None:
    path = saved(a_pdf(1), tmp_path, "a.pdf")
    with SheetReader(seconds=3, child="tests.quizbank.answer_sheets.bad_child") as reader:
        assert reader.count_pages(saved(b"die", tmp_path, "die")) == ReadPage("crashed")
        assert reader.count_pages(saved(b"hang", tmp_path, "hang")) == ReadPage("too-slow")
        assert reader.count_pages(saved(b"babble", tmp_path, "babble")) == ReadPage("crashed")
        assert reader.count_pages(path) == 1


def test_the_process_knows_no_settings_of_the_product(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOCLIEU_SECRET_KEY", "secret")
    with SheetReader(child="tests.quizbank.answer_sheets.bad_child") as reader:
        assert reader.count_pages(saved(b"environment", tmp_path, "environment")) == 0
