import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from repository.files import examination
from repository.files.examination import ExaminationFailed, examine
from repository.files.packages.web_page import decoded, page_text
from repository.files.text_extraction import TEXT_MAX_CHARACTERS, read_text, within_limit
from repository.files.thumbnails import make_thumbnail
from repository.settings import PROJECT_ROOT
from tests.repository.files.builders import (
    a_map,
    a_pdf,
    a_picture,
    a_scorm_package,
    a_web_package,
    a_zip,
    an_epub,
    an_h5p_package,
)
from tests.shared_data import SHARED, needs_shared_data

PPTX = SHARED / "formats" / "pptx" / "scanny__python-pptx" / "features" / "steps" / "test_files"


def texts_of(path: Path, kind: str) -> list[tuple[str, str]]:
    return [(found.place, found.text) for found in read_text(path, kind)]


def test_text_of_web_pages_is_what_a_reader_sees() -> None:
    page = (
        "<head><title>x</title></head><body><script>a()</script><p>Một<b>hai</b></p><style>p{}</style><img alt='ảnh'>"
    )
    assert page_text(page.encode(), 1000) == "Mộthai\nảnh"


def test_a_script_that_never_ends_hides_no_later_body() -> None:
    assert page_text(b"<svg><p>a</p><body>b", 1000) == "b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_pages_in_old_encodings_are_read(encoding: str) -> None:
    assert "Toan" in decoded("<p>Toan".encode(encoding))


def test_places_are_told(tmp_path: Path) -> None:
    assert texts_of(a_scorm_package(tmp_path / "a"), "scorm") == [
        ("bai/mot.html", "Parabol"),
        ("bai/hai.html", "Parabol"),
    ]
    assert texts_of(an_epub(tmp_path / "b"), "epub") == [("Chương một", "Trăm năm trong cõi người ta")]
    assert texts_of(a_map(tmp_path / "c"), "map") == [("", "Hà Nội")]
    assert texts_of(a_pdf(tmp_path / "d"), "pdf") == [("1", "Song anh sang")]


def test_places_that_open_are_numbered(tmp_path: Path) -> None:
    def places(path: Path, kind: str) -> list[tuple[str, int]]:
        return [(found.kind, found.number) for found in read_text(path, kind)]

    assert places(a_scorm_package(tmp_path / "a"), "scorm") == [("page", 1), ("page", 2)]
    assert places(an_epub(tmp_path / "b"), "epub") == [("chapter", 1)]
    assert places(a_pdf(tmp_path / "d"), "pdf") == [("page", 1)]
    assert places(a_web_package(tmp_path / "e"), "html") == [("", 0)]


def test_subtitles_in_a_package_are_read(tmp_path: Path) -> None:
    subtitles = "WEBVTT\n\n00:41.000 --> 00:44.000\nDao động điều hoà"
    package = a_web_package(tmp_path / "a", more={"phim.vtt": subtitles.encode()})
    spoken = [found for found in read_text(package, "html") if found.kind == "second"]
    assert [(found.number, found.text) for found in spoken] == [(41, "Dao động điều hoà")]


def test_h5p_text_leaves_the_interface_out(tmp_path: Path) -> None:
    assert texts_of(an_h5p_package(tmp_path / "a"), "h5p") == [
        ("content/content.json", "Trái Đất quay quanh Mặt Trời?")
    ]


@needs_shared_data
def test_slides_are_told_by_number_with_their_notes() -> None:
    assert texts_of(PPTX / "prs-notes.pptx", "pptx") == [("1", "Notes")]
    assert texts_of(PPTX / "test.pptx", "pptx") == [("1", "Presentation Title Text\nSubtitle Text")]


def test_text_is_cut_at_the_limit() -> None:
    places = (examination.TextPlace(str(number), "x" * 150_000) for number in range(100))
    assert sum(len(place.text) for place in within_limit(places)) == TEXT_MAX_CHARACTERS


def test_a_process_of_its_own_answers_everything(tmp_path: Path) -> None:
    source = a_web_package(tmp_path / "a.zip", more={"bia.png": a_picture(tmp_path / "p", (900, 700)).read_bytes()})
    found = examine(source, "html")
    assert [text.place for text in found.texts] == ["index.html"]
    assert found.thumbnail is None or found.thumbnail[:4] == b"RIFF"


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("import time; time.sleep(60)", "timeout"),
        ("import os; os.abort()", "exit -6"),
        ("raise ValueError('sai')", "ValueError: sai"),
        ("print('khong phai json')", "answer"),
        ("x = bytearray(10**10)", "MemoryError"),
    ],
)
def test_a_parser_that_hangs_or_dies_takes_nobody_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, problem: str
) -> None:
    fake = tmp_path / "python"
    limit = "import resource as r; r.setrlimit(r.RLIMIT_AS, (10**9, 10**9)); r.setrlimit(r.RLIMIT_CORE, (0, 0))"
    fake.write_text(f"#!{sys.executable}\n{limit}\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    with pytest.raises(ExaminationFailed, match=problem):
        examine(tmp_path, "pdf", timeout_seconds=3)


def test_the_examining_process_may_write_no_file(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from repository.files.extract import limit_this_process;"
        "limit_this_process(); Path(sys.argv[1]).write_text('x')"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "x")]
    done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, check=False)
    assert b"File too large" in done.stderr


def test_a_thumbnail_is_small_webp(tmp_path: Path) -> None:
    thumbnail = make_thumbnail(a_picture(tmp_path / "a.png", (2000, 1000)), "image")
    assert thumbnail is not None
    with Image.open(io.BytesIO(thumbnail)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (480, 240))


def test_a_picture_bomb_makes_no_thumbnail(tmp_path: Path) -> None:
    Image.new("1", (9000, 9000)).save(tmp_path / "a.png")
    assert make_thumbnail(tmp_path / "a.png", "image") is None


@pytest.mark.parametrize("kind", ["image", "pptx", "epub", "h5p", "html"])
def test_a_broken_file_makes_no_thumbnail(tmp_path: Path, kind: str) -> None:
    assert make_thumbnail(a_zip(tmp_path / "a", {"a": json.dumps({})}), kind) is None
