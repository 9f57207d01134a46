from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from repository.errors import Invalid
from repository.packages_origin import create_packages_app
from repository.services import Services
from tests.repository.files.builders import (
    HTML_PAGE,
    MANIFEST,
    a_map,
    a_pdf,
    a_picture,
    a_scorm_package,
    a_video,
    a_web_package,
    a_zip,
    an_epub,
    an_h5p_package,
)
from tests.shared_data import SHARED, needs_shared_data


class Reader(FlaskClient):
    """Reads every answer to its end and closes it."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **more})


@pytest.fixture
def origin(services: Services) -> FlaskClient:
    app = create_packages_app(services)
    app.test_client_class = Reader
    return app.test_client()


def put(services: Services, path: Path) -> str:
    with path.open("rb") as stream:
        return str(services.store.put(stream, limit_bytes=10**9).sha256)


def test_a_package_plays_without_waiting_for_the_worker(
    origin: FlaskClient, services: Services, tmp_path: Path
) -> None:
    name = put(services, a_scorm_package(tmp_path / "a"))
    page = origin.get(f"/play/{name}/").get_data(as_text=True)
    assert f'data-launch="/p/{name}/bai/mot.html?trang=1"' in page
    assert "scorm12.min.js" in page
    assert origin.get(f"/p/{name}/bai/mot.html").data.decode() == HTML_PAGE


@pytest.mark.parametrize(
    ("make", "player"),
    [
        (a_web_package, "frames"),
        (an_epub, "frames"),
        (an_h5p_package, "h5p"),
        (a_map, "map"),
        (a_scorm_package, "scorm12"),
    ],
)
def test_every_package_has_its_player(
    origin: FlaskClient, services: Services, tmp_path: Path, make: object, player: str
) -> None:
    name = put(services, make(tmp_path / "a"))  # type: ignore[operator]
    assert f"player-{player}" in origin.get(f"/play/{name}/").get_data(as_text=True)


def test_scorm_2004_gets_its_own_player(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    name = put(services, a_scorm_package(tmp_path / "a", MANIFEST.replace(">1.2<", ">2004 3rd Edition<")))
    assert "scorm2004.min.js" in origin.get(f"/play/{name}/").get_data(as_text=True)


def test_a_package_reaches_nothing_but_its_origin(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    name = put(services, a_web_package(tmp_path / "a"))
    origin.get(f"/play/{name}/")
    answer = origin.get(f"/p/{name}/index.html")
    policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'self' data: blob:;" in policy
    assert "frame-ancestors 'self' http://127.0.0.1:8000 http://localhost:8000" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_no_cookie_is_ever_set(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    name = put(services, a_web_package(tmp_path / "a"))
    for address in (f"/play/{name}/", f"/p/{name}/index.html", f"/media/{name}", "/nothing"):
        assert "Set-Cookie" not in origin.get(address).headers


@pytest.mark.parametrize("path", ["setup.exe", "x/AUTORUN.INF", "setup.EXE"])
def test_programs_are_never_served(origin: FlaskClient, services: Services, tmp_path: Path, path: str) -> None:
    name = put(services, a_web_package(tmp_path / "a", more={"setup.exe": "MZ", "x/autorun.inf": "[autorun]"}))
    origin.get(f"/play/{name}/")
    assert origin.get(f"/p/{name}/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["../package.json", "%2e%2e/package.json", "..%2fpackage.json", "../../x", "/etc/passwd", "khong-co"]
)
def test_nothing_outside_the_package_is_served(
    origin: FlaskClient, services: Services, tmp_path: Path, path: str
) -> None:
    name = put(services, a_web_package(tmp_path / "a"))
    origin.get(f"/play/{name}/")
    assert origin.get(f"/p/{name}/{path}").status_code in (404, 308)


def test_addresses_are_found_as_windows_would(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    name = put(services, a_web_package(tmp_path / "a", more={"Ảnh/Hình 1.PNG": "x"}))
    origin.get(f"/play/{name}/")
    answer = origin.get(f"/p/{name}/{quote('ảnh/hình 1.png')}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")


def test_a_page_keeps_the_character_set_it_names(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    old = "<meta charset=windows-1258><p>x"
    name = put(services, a_web_package(tmp_path / "a", more={"cu.html": old}))
    origin.get(f"/play/{name}/")
    assert origin.get(f"/p/{name}/cu.html").content_type == "text/html"
    assert origin.get(f"/p/{name}/index.html").content_type == "text/html; charset=utf-8"


def test_a_recording_is_sent_in_parts(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    name = put(services, a_video(tmp_path / "a.mp4"))
    answer = origin.get(f"/media/{name}", headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.data, answer.mimetype) == (206, b"ftyp", "video/mp4")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_type_is_what_the_bytes_say(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    assert origin.get(f"/media/{put(services, a_picture(tmp_path / 'a.html'))}").mimetype == "image/png"
    assert origin.get(f"/media/{put(services, a_pdf(tmp_path / 'b'))}").mimetype == "application/pdf"


def test_a_drawing_runs_no_script(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    policy = origin.get(f"/media/{put(services, tmp_path / 'a.svg')}").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox;" in policy


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><script>alert(1)</script>", b"MZ", b"chu", b"PK\x03\x04"])
def test_other_files_are_not_shown_only_downloaded(
    origin: FlaskClient, services: Services, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a").write_bytes(content)
    name = put(services, tmp_path / "a")
    assert origin.get(f"/media/{name}").status_code == 404
    answer = origin.get(f"/download/{name}/bài.zip")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.mimetype == "application/octet-stream"


def test_a_broken_package_says_why(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    name = put(services, a_zip(tmp_path / "a", {"a.txt": "x"}))
    answer = origin.get(f"/play/{name}/?lang=vi")
    assert answer.status_code == 422
    assert "index.html" in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["0" * 64, "abc", "..", "A" * 64])
def test_unknown_packages_are_not_found(origin: FlaskClient, name: str) -> None:
    assert [
        origin.get(f"/{area}/{name}{end}").status_code for area, end in (("play", "/"), ("media", ""), ("p", "/a"))
    ] == [
        404,
        404,
        404,
    ]


def test_cmi5_content_is_led_to_a_store_that_forgets(origin: FlaskClient, services: Services, tmp_path: Path) -> None:
    course = (
        "<courseStructure><course id='c'/><au id='a'><title>x</title><url>index.html?a=1</url></au></courseStructure>"
    )
    name = put(services, a_web_package(tmp_path / "a", more={"cmi5.xml": course}))
    page = origin.get(f"/play/{name}/").get_data(as_text=True)
    assert f"/p/{name}/index.html?a=1&amp;endpoint=" in page
    assert origin.post(f"/lrs/{name}/token").get_json() == {"auth-token": "Z3Vlc3Q6Z3Vlc3Q="}
    assert origin.put(f"/lrs/{name}/statements?statementId=1", json={}).status_code == 204
    assert origin.get(f"/lrs/{name}/activities/state?stateId=LMS.LaunchData").get_json()["launchMode"] == "Normal"


def test_it_refuses_to_be_the_products_own_origin(services: Services) -> None:
    services.settings = type(services.settings)(base_url="http://a.example", packages_origin="http://a.example")
    with pytest.raises(Invalid):
        create_packages_app(services)


@pytest.mark.parametrize("path", ["vendor/../package.json", "js/app.js", "../repository/app.py", "players/none.js"])
def test_only_players_are_served(origin: FlaskClient, path: str) -> None:
    assert origin.get(f"/static/{path}").status_code in (404, 308)


@needs_shared_data
def test_slides_are_shown_as_an_outline(origin: FlaskClient, services: Services) -> None:
    folder = SHARED / "formats" / "pptx" / "scanny__python-pptx" / "features" / "steps" / "test_files"
    page = origin.get(f"/play/{put(services, folder / 'shp-picture.pptx')}/").get_data(as_text=True)
    assert 'id="slide-1"' in page and "/ppt/media/image1" in page
