"""An editor uploads a SCORM package, a reviewer approves it, it plays, is found by search, and is harvested."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect
from sickle import Sickle

from repository.permissions import Role
from tests.browser.live import LiveProduct
from tests.journeys.conftest import Someone

pytestmark = pytest.mark.browser

TITLE = "Chu kì con lắc lò xo trong phòng thí nghiệm ảo"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="con-lac" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>{TITLE}</title>
    <item identifier="i" identifierref="r"><title>{TITLE}</title></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html">
    <file href="index.html"/><file href="lesson.js"/></resource></resources>
</manifest>"""
PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Con lắc</title></head><body>
<h1>Con lắc lò xo dao động</h1><p id="status">chưa nối</p><button id="finish">Học xong</button>
<script src="lesson.js"></script></body></html>"""
SCRIPT = """
let above = window;
while (!above.API && above.parent !== above) above = above.parent;
const api = above.API;
const say = (text) => { document.getElementById("status").textContent = text; };
say(api.LMSInitialize("") === "true" ? "đã nối: " + api.LMSGetValue("cmi.core.lesson_status") : "không nối được");
document.getElementById("finish").addEventListener("click", () => {
    api.LMSSetValue("cmi.core.lesson_status", "completed");
    api.LMSSetValue("cmi.core.score.raw", "90");
    say(api.LMSCommit("") === "true" ? "đã lưu" : "không lưu được");
});
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "con-lac.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("index.html", PAGE)
        archive.writestr("lesson.js", SCRIPT)
    return path


def test_a_scorm_package_from_upload_to_harvest(someone: Someone, live_product: LiveProduct, package: Path) -> None:
    address = upload(someone(Role.EDITOR), package)
    approve(someone(Role.REVIEWER))
    reader = someone()
    play(reader, address)
    find(reader, address)
    assert TITLE in harvested_titles(live_product)


def upload(page: Page, package: Path) -> str:
    """Through the form, with what the package says of itself already filled in; returns the lecture's address."""
    page.goto("/lectures/new")
    page.get_by_label("Tệp bài giảng").set_input_files(package)
    page.get_by_role("button", name="Tải lên và tiếp tục").click()
    expect(page.get_by_label("Tên bài giảng")).to_have_value(TITLE)
    page.get_by_label("Môn").select_option("vat-li")
    page.get_by_role("checkbox", name="11", exact=True).check()
    page.get_by_label("Tóm tắt").fill("Học sinh đo chu kì $T$ với các khối lượng khác nhau.")
    page.get_by_label("Tác giả").fill("Trần Thị Bình")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    address = page.url.partition("?")[0]
    page.get_by_role("button", name="Gửi thẩm định").click()
    expect(page.get_by_text("Chờ thẩm định").first).to_be_visible()
    return address


def approve(page: Page) -> None:
    page.goto("/review")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Duyệt và xuất bản").click()
    expect(page.get_by_text("Đã xuất bản").first).to_be_visible()


def play(page: Page, address: str) -> None:
    """The content stands in its frame on the other origin, talks to the SCORM API, and what it reports is kept.

    Resuming is tested beside the players: this browser denies lasting storage to frames of another site.
    """
    page.goto(address)
    content = page.frame_locator("#player").frame_locator("#content")
    expect(content.get_by_role("heading", name="Con lắc lò xo dao động")).to_be_visible()
    expect(content.locator("#status")).to_have_text("đã nối: not attempted")
    content.get_by_role("button", name="Học xong").click()
    expect(content.locator("#status")).to_have_text("đã lưu")
    assert "completed" in kept_by(page)


def kept_by(page: Page) -> str:
    """What the player keeps on the packages origin."""
    frame: Frame = next(frame for frame in page.frames if "/play/" in frame.url)
    values = "Array.from({length: localStorage.length}, (_, place) => localStorage.getItem(localStorage.key(place)))"
    return str(frame.evaluate(f"{values}.join()"))


def find(page: Page, address: str) -> None:
    """By words without accents, as people type them; the worker may need a moment."""
    for _ in range(60):
        page.goto("/search?q=con lac lo xo phong thi nghiem")
        if page.get_by_role("link", name=TITLE).count():
            break
        page.wait_for_timeout(500)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page).to_have_url(address)


def harvested_titles(product: LiveProduct) -> set[str]:
    records = Sickle(f"{product.base_url}/oai").ListRecords(metadataPrefix="oai_dc")
    return {title for record in records if not record.deleted for title in record.metadata["title"]}
