import zipfile
from pathlib import Path

import pytest
from pypdf.errors import DependencyError

from repository.errors import HocLieuError
from repository.files import text_extraction
from repository.files.packages.info import PackageRefused
from repository.files.packages.inspection import inspect_package
from repository.files.packages.lom import minutes_of, name_on_card
from repository.files.packages.tidying import tidy
from tests.repository.files.builders import (
    HTML_PAGE,
    MANIFEST,
    a_map,
    a_pdf,
    a_picture,
    a_recording,
    a_scorm_package,
    a_video,
    a_web_package,
    a_zip,
    an_epub,
    an_h5p_package,
)
from tests.shared_data import SHARED, needs_shared_data

FOLDERS = ("scorm", "h5p", "cmi5", "epub", "pptx", "lecture-html", "cc")
ENDINGS = (".zip", ".h5p", ".epub", ".pptx", ".pdf", ".imscc")
REAL = sorted(path for name in FOLDERS for path in (SHARED / "formats" / name).rglob("*") if path.suffix in ENDINGS)
REFUSED = {
    "badscorm.zip": "xml-broken",
    "broken-h5p-json.h5p": "json-broken",
    "corrupt_archive.h5p": "unknown",
    "broken.pdf": "unknown",
    "minimal.pptx": "no-slides",
}
LAUGHS = """<?xml version="1.0"?><!DOCTYPE manifest [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<manifest><organizations><organization><title>&b;</title></organization></organizations></manifest>"""
OUTSIDER = '<!DOCTYPE manifest [<!ENTITY a SYSTEM "file:///etc/passwd">]><manifest>&a;</manifest>'


def reason_of(path: Path, name: str = "a.zip") -> str:
    with pytest.raises(HocLieuError) as caught:
        inspect_package(path, name)
    return str(caught.value.facts["reason"])


def test_a_scorm_package_tells_its_table_of_contents(tmp_path: Path) -> None:
    info = inspect_package(a_scorm_package(tmp_path / "a.zip"), "a.zip")
    assert (info.kind, info.standard, info.title) == ("scorm", "SCORM 1.2", "Đạo hàm")
    assert [(launch.title, launch.path, launch.parameters) for launch in info.launches] == [
        ("Bài 1", "bai/mot.html", "?trang=1"),
        ("Bài 2", "bai/hai.html", ""),
    ]


def test_a_package_in_one_top_folder_is_found(tmp_path: Path) -> None:
    files = {"goi/imsmanifest.xml": MANIFEST, "goi/bai/mot.html": "<p>", "__MACOSX/goi/._x": "x"}
    info = inspect_package(a_zip(tmp_path / "a.zip", files), "a.zip")
    assert info.entry == "goi/bai/mot.html"
    assert [warning.code for warning in info.warnings] == ["missing-launch"]


def test_a_package_in_a_folder_beside_a_note_is_found(tmp_path: Path) -> None:
    files = {"doc-truoc.txt": "x", "goi/imsmanifest.xml": " \n" + MANIFEST, "goi/bai/mot.html": "<p>"}
    assert inspect_package(a_zip(tmp_path / "a.zip", files), "a.zip").kind == "scorm"


def test_a_page_with_everything_inside_may_be_large(tmp_path: Path) -> None:
    page = HTML_PAGE + "<!--" + "x" * 9_000_000 + "-->"
    info = inspect_package(a_zip(tmp_path / "a.zip", {"index.html": page}), "a.zip")
    assert info.title == "Hàm số bậc hai"


def test_the_first_page_at_the_top_wins_over_one_in_a_folder(tmp_path: Path) -> None:
    files = {"story.html": "<p>", "mobile/index.html": "<p>"}
    assert inspect_package(a_zip(tmp_path / "a.zip", files), "a.zip").entry == "story.html"


def test_two_packages_in_one_zip_are_no_package(tmp_path: Path) -> None:
    files = {"a/imsmanifest.xml": MANIFEST, "b/imsmanifest.xml": MANIFEST}
    assert reason_of(a_zip(tmp_path / "a.zip", files)) == "no-first-page"


def test_addresses_written_on_windows_are_matched(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("mot.html", "Ph%E1%BA%A7n%201\\MOT.html")
    source = a_scorm_package(tmp_path / "a.zip", manifest, more={"bai/Phần 1/mot.HTML": "<p>"})
    assert inspect_package(source, "a.zip").entry == "bai/Phần 1/mot.HTML"


@pytest.mark.parametrize(
    ("version", "standard"), [("2004 4th Edition", "SCORM 2004 4th Edition"), ("CAM 1.3", "SCORM 2004")]
)
def test_scorm_2004_is_told_from_1_2(tmp_path: Path, version: str, standard: str) -> None:
    manifest = MANIFEST.replace(">1.2<", f">{version}<")
    assert inspect_package(a_scorm_package(tmp_path / "a.zip", manifest), "a").standard == standard


@pytest.mark.parametrize("manifest", [LAUGHS, OUTSIDER])
def test_entities_in_xml_are_refused(tmp_path: Path, manifest: str) -> None:
    assert reason_of(a_scorm_package(tmp_path / "a.zip", manifest)) == "xml-entities"


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ("<manifest>", "xml-broken"),
        ("<a>" * 1000 + "</a>" * 1000, "xml-too-large"),
        ("<manifest>" + "<a/>" * 200_001 + "</manifest>", "xml-too-large"),
        (MANIFEST.replace("mot.html", "khong-co.html").replace("hai.html", "khong-co"), "nothing-to-start"),
        (MANIFEST.replace("mot.html", "http://a.example").replace("hai.html", "//b.example"), "outside-launch"),
        (MANIFEST.replace("mot.html", "../../../etc/passwd").replace("hai.html", "../.."), "nothing-to-start"),
    ],
)
def test_a_manifest_that_starts_nothing_is_refused(tmp_path: Path, manifest: str, reason: str) -> None:
    assert reason_of(a_scorm_package(tmp_path / "a.zip", manifest)) == reason


def test_a_package_that_is_only_flash_is_refused(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("mot.html", "a.swf").replace("hai.html", "a.swf")
    assert reason_of(a_scorm_package(tmp_path / "a.zip", manifest, more={"bai/a.swf": "FWS"})) == "flash"


def test_programs_in_a_package_are_reported(tmp_path: Path) -> None:
    info = inspect_package(
        a_web_package(tmp_path / "a.zip", more={"x/Setup.EXE": "MZ", "AUTORUN.INF": "[autorun]"}), "a"
    )
    assert [(warning.code, warning.path) for warning in info.warnings] == [
        ("executable", "AUTORUN.INF"),
        ("executable", "x/Setup.EXE"),
    ]


def test_an_h5p_package_tells_its_library(tmp_path: Path) -> None:
    info = inspect_package(an_h5p_package(tmp_path / "a.h5p"), "a.h5p")
    assert (info.kind, info.standard, info.title) == ("h5p", "H5P.TrueFalse 1.6", "Câu hỏi nhanh")
    assert (info.language, info.authors) == ("vi", ("Lê An",))


@pytest.mark.parametrize(
    ("head", "reason"), [({"mainLibrary": None}, "h5p-incomplete"), ({"mainLibrary": "H5P.Other"}, "h5p-library")]
)
def test_an_h5p_package_that_can_not_play_is_refused(tmp_path: Path, head: dict[str, object], reason: str) -> None:
    assert reason_of(an_h5p_package(tmp_path / "a.h5p", head)) == reason


def test_a_book_tells_its_chapters(tmp_path: Path) -> None:
    info = inspect_package(an_epub(tmp_path / "a.epub"), "a.epub")
    assert (info.kind, info.title, info.authors, info.year) == ("epub", "Truyện Kiều", ("Nguyễn Du",), 1820)
    assert [(launch.title, launch.path) for launch in info.launches] == [("Chương một", "OPS/chuong 1.xhtml")]


def test_a_book_under_lock_is_refused(tmp_path: Path) -> None:
    source = an_epub(tmp_path / "a.epub")
    locked = '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    with_lock = a_zip(tmp_path / "b.epub", {"META-INF/encryption.xml": locked, **contents_of(source)})
    assert reason_of(with_lock) == "epub-locked"


def contents_of(path: Path) -> dict[str, bytes | str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pdf_tells_its_title(tmp_path: Path) -> None:
    info = inspect_package(a_pdf(tmp_path / "a.pdf"), "a.pdf")
    assert (info.kind, info.title) == ("pdf", "Sóng ánh sáng")


def test_a_pdf_under_a_lock_we_can_not_open_is_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_given: object) -> None:
        raise DependencyError("cryptography is missing")

    monkeypatch.setattr(text_extraction, "PdfReader", locked)
    assert text_extraction.read_facts(a_pdf(tmp_path / "a.pdf"), "pdf") == {"pages": -1, "is_restricted": True}


def test_a_book_with_a_broken_table_of_contents_is_still_read(tmp_path: Path) -> None:
    files = contents_of(an_epub(tmp_path / "a.epub")) | {"OPS/nav.xhtml": "<html>&nbsp;"}
    info = inspect_package(a_zip(tmp_path / "b.epub", files), "b.epub")
    assert [launch.title for launch in info.launches] == [""]


def test_a_broken_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert reason_of(tmp_path / "a.pdf") == "pdf-broken"


def test_recordings_tell_their_minutes_rounded_up(tmp_path: Path) -> None:
    video = inspect_package(a_video(tmp_path / "a.mp4", 90), "a.mp4")
    audio = inspect_package(a_recording(tmp_path / "a.wav", 61), "a.wav")
    assert [(found.kind, found.duration_minutes) for found in (video, audio)] == [("video", 2), ("audio", 2)]


def test_a_title_is_made_of_the_file_name_as_a_last_resort(tmp_path: Path) -> None:
    assert inspect_package(a_video(tmp_path / "x"), "C:\\bai\\Thi_nghiem 01.mp4").title == "Thi nghiem 01"


def test_a_picture_is_an_image(tmp_path: Path) -> None:
    assert inspect_package(a_picture(tmp_path / "a.png"), "a.png").kind == "image"


def test_a_broken_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    assert reason_of(tmp_path / "a.png") == "image-broken"


def test_a_map_tells_its_places(tmp_path: Path) -> None:
    info = inspect_package(a_map(tmp_path / "a.geojson", name="Thủ đô"), "a.geojson")
    assert (info.kind, info.title, info.keywords) == ("map", "Thủ đô", ("Hà Nội",))


@pytest.mark.parametrize(
    "coordinates", [(1051900, 21), (105, 91), ("105", 21), (105,), None, (True, False), [[105, 21]], (1e400, 2)]
)
def test_a_map_with_wrong_coordinates_is_refused(tmp_path: Path, coordinates: object) -> None:
    source = a_map(tmp_path / "a.geojson", coordinates)
    assert reason_of(source) in ("map-coordinates", "json-broken")


def test_a_map_nested_too_deep_is_refused(tmp_path: Path) -> None:
    inner: dict[str, object] = {"type": "Point", "coordinates": [105, 21]}
    for _ in range(20):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    source = a_map(tmp_path / "a.geojson", features=[{"type": "Feature", "geometry": inner}])
    assert reason_of(source) == "map-type"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90", "executable"),
        (b"FWS\x09", "flash"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"", "empty"),
        (b"chi la chu", "unknown"),
        (b"<!DOCTYPE html><p>mot trang", "unknown"),
    ],
)
def test_what_can_not_be_shown_is_refused_with_a_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a").write_bytes(content)
    assert reason_of(tmp_path / "a") == reason


def test_a_zip_without_a_first_page_is_refused(tmp_path: Path) -> None:
    assert reason_of(a_zip(tmp_path / "a.zip", {"a.html": "", "b.html": ""})) == "no-first-page"


@needs_shared_data
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_package_is_recognised_or_refused_with_its_reason(path: Path) -> None:
    if path.name in REFUSED:
        assert reason_of(path, path.name) == REFUSED[path.name]
    else:
        info = inspect_package(path, path.name)
        assert info.title
        assert info.launches or info.kind in ("pptx", "pdf")


@needs_shared_data
@pytest.mark.parametrize("path", sorted((SHARED / "formats").glob("qti*/**/*.zip")), ids=lambda path: path.name)
def test_packages_of_questions_are_no_lectures(path: Path) -> None:
    with pytest.raises(PackageRefused, match="QTI"):
        inspect_package(path, path.name)


@pytest.mark.parametrize(
    ("text", "minutes"), [("PT1H30M", 90), ("PT45S", 1), ("00:45:30", 46), ("P", None), ("", None)]
)
def test_learning_times_are_minutes_rounded_up(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes


def test_a_name_is_read_from_a_visiting_card() -> None:
    assert name_on_card("BEGIN:VCARD\nVERSION:2.1\nFN:Trần Thị Bình\nEND:VCARD") == "Trần Thị Bình"
    assert name_on_card("BEGIN:VCARD FN:Lê An END:VCARD") == "Lê An"


@needs_shared_data
def test_media_outside_an_h5p_package_are_told() -> None:
    [package] = (SHARED / "formats" / "h5p").rglob("interactive-video.h5p")
    warnings = inspect_package(package, package.name).warnings
    assert [warning.code for warning in warnings] == ["outside-media"] * len(warnings)
    assert warnings[0].path.startswith("https://h5p.org/")


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\x07b"])
def test_characters_no_database_takes_are_dropped(text: str) -> None:
    assert tidy(text) == "ab"


def test_names_are_made_composed() -> None:
    assert tidy(" Toa\u0301n \n 12 ") == "Toán 12"
