from pathlib import Path

import pytest

from repository.files.media_types import sniff
from tests.repository.files.builders import (
    a_map,
    a_pdf,
    a_picture,
    a_recording,
    a_scorm_package,
    a_video,
    a_zip,
    an_epub,
)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"MZ\x90\x00", "application/x-executable"),
        (b"\x7fELF\x02", "application/x-executable"),
        (b"CWS\x0a", "application/x-shockwave-flash"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (b"ID3\x03", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "audio/ogg"),
        (b"\x1a\x45\xdf\xa3" + bytes(20) + b"webm", "video/webm"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"\n<!DOCTYPE html><title>a</title>", "text/html"),
        ("Bài giảng".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "text/plain"),
    ],
)
def test_the_first_bytes_tell_the_type(tmp_path: Path, content: bytes, media_type: str) -> None:
    (tmp_path / "file").write_bytes(content)
    assert sniff(tmp_path / "file") == media_type


def test_the_name_tells_nothing(tmp_path: Path) -> None:
    assert sniff(a_picture(tmp_path / "bai-giang.pdf")) == "image/png"


def test_made_files_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "file"
    made = [sniff(make(path)) for make in (a_pdf, a_video, a_recording, a_map, an_epub, a_scorm_package)]
    assert made == [
        "application/pdf",
        "video/mp4",
        "audio/wav",
        "application/geo+json",
        "application/epub+zip",
        "application/zip",
    ]


def test_a_broken_zip_is_still_a_zip(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"PK\x03\x04" + bytes(50))
    assert sniff(tmp_path / "file") == "application/zip"


def test_word_is_told_from_powerpoint(tmp_path: Path) -> None:
    word = a_zip(tmp_path / "a", {"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})
    assert sniff(word).endswith("wordprocessingml.document")
