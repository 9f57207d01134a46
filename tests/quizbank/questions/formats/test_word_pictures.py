"""Pictures that no browser shows become PNG; what can't stays, and says so. Old documents go through LibreOffice."""

import gzip
import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from quizbank.questions.formats.word_metafiles import pictures_for_the_web
from quizbank.questions.formats.word_office import find_office, run_office
from repository.errors import Invalid
from tests.quizbank.questions.formats.word_documents import PIXEL, docx, m, p, picture, r, read, read_bytes
from tests.quizbank.questions.formats.word_fixtures import KEY, PLAIN, STEM, WORDS, options

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


def bitmap(kind: str = "BMP") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), (255, 0, 0)).save(made, kind)
    return made.getvalue()


def record(function: int, *words: int, data: bytes = b"") -> bytes:
    body = struct.pack(f"<{len(words)}h", *words) + data
    return struct.pack("<IH", 3 + len(body) // 2, function) + body


def wmf(*records: bytes) -> bytes:
    """A Windows metafile 2000 by 1000 units, without the header that says its size in inches."""
    inside = b"".join((record(0x020B, 0, 0), record(0x020C, 1000, 2000), *records, record(0)))
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(inside) // 2, 1, 200, 0) + inside


LINES = wmf(record(0x0325, 3, 0, 0, 1000, 900, 2000, 100), record(0x041B, 800, 900, 100, 100))
WRAPPED = wmf(record(0x0F43, 0x20, 0xCC, 0, 20, 40, 0, 0, 1000, 2000, 0, 0, data=bitmap()[14:]))


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
        return image.size


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_bitmaps_of_other_kinds_become_png(kind: str) -> None:
    assert size_of(pictures_for_the_web({"a": bitmap(kind)})["a"]) == (40, 20)


def test_a_picture_for_the_web_stays_byte_by_byte() -> None:
    assert pictures_for_the_web({"a": PIXEL}) == {"a": PIXEL}


def test_a_metafile_that_only_wraps_a_bitmap_gives_the_bitmap() -> None:
    for data in (WRAPPED, gzip.compress(WRAPPED)):
        assert size_of(pictures_for_the_web({"a": data})["a"]) == (40, 20)


@needs_office
def test_a_metafile_that_draws_is_drawn() -> None:
    made = pictures_for_the_web({"a": LINES, "broken": b"\xd7\xcd\xc6\x9a", "b": LINES})
    assert sorted(made) == ["a", "b"]
    width, height = size_of(made["a"])
    assert width > 300 and abs(width / height - 2) < 0.05
    with Image.open(io.BytesIO(made["a"])) as image:
        assert image.convert("L").getextrema() == (0, 255)


def test_a_metafile_stays_as_it_is_where_nothing_can_draw_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = docx(STEM + p(picture("m1")) + PLAIN + KEY, media={"m1:media/image1.wmf": LINES})
    (question,) = read_bytes(tmp_path, document)
    assert dict(question.pictures) == {"image1.wmf": LINES}
    assert [str(problem) for problem in question.problems] == ["Không đọc được hình image1.wmf (WMF/EMF)."]


@needs_office
@pytest.mark.parametrize("ending", ["doc:MS Word 97", "rtf"])
def test_an_old_document_is_read_through_libreoffice(ending: str, tmp_path: Path) -> None:
    new = tmp_path / "de.docx"
    new.write_bytes(docx(STEM + options(letter={"u": 1})))
    (old,) = run_office([new], tmp_path, ending)
    (question,) = read_bytes(tmp_path, old.read_bytes(), old.name)
    assert question.content is not None and question.content.key == "B"
    assert [part.text for part in question.content.parts] == list(WORDS)


def test_without_libreoffice_an_old_document_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
    with pytest.raises(Invalid, match=r"\.docx"):
        read_bytes(tmp_path, old, "de.doc")


def test_pictures_come_with_their_bytes_under_their_names(tmp_path: Path) -> None:
    (question,) = read(
        tmp_path,
        p("Câu 1. Hình bên?", picture("m1"), picture("m2")) + PLAIN + KEY,
        media={"m1:media/a.png": PIXEL, "m2:other/a.png": bitmap("PNG")},
    )
    assert question.images == ("a.png", "_a.png")
    assert dict(question.pictures) == {"a.png": PIXEL, "_a.png": bitmap("PNG")}


def test_the_source_tells_formulas_and_marks_in_words(tmp_path: Path) -> None:
    (question,) = read(tmp_path, p("Câu 1. Tính ", m("{x}"), "?") + p("A. 1\t", r("B", u=1), ". 2\tC. 3\tD. 4"))
    assert question.source == "Câu 1. Tính $x$?\nA. 1\tB. 2\tC. 3\tD. 4 ⟨B gạch chân⟩"
