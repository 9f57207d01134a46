"""Lectures in a real browser: every kind plays, hostile ones reach nothing, an upload survives a cut."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, Route, expect

from repository.db import writing
from repository.jobs import utc_now
from repository.lectures import actions
from repository.lectures.receiving import receive_file
from repository.lectures.rules import LectureMetadata
from repository.permissions import SYSTEM, Role
from tests.browser.live import LiveProduct
from tests.repository.files.builders import MANIFEST, a_map, a_scorm_package, a_web_package, an_epub
from tests.shared_data import SHARED, needs_shared_data

SCO = """<!DOCTYPE html><meta charset="utf-8"><body><script>
const is2004 = Boolean(window.parent.API_1484_11), api = window.parent.API_1484_11 ?? window.parent.API;
const call = (name, ...given) => String(api[is2004 ? name : "LMS" + name](...given));
const before = (call("Initialize", ""), call("GetValue", "cmi.suspend_data"));
const said = [call("SetValue", "cmi.suspend_data", "x".repeat(30000)), call("Commit", "")];
document.body.textContent = `answers: ${said.join(" ")}; remembered ${before.length}`;
</script>"""
SPY = """<!DOCTYPE html><meta charset="utf-8"><body><script>
const tell = async () => {
    const found = [];
    try { await fetch("https://example.com/"); found.push("fetched"); } catch { found.push("no fetch"); }
    try { found.push(window.top.document.cookie); } catch { found.push("no parent"); }
    try { window.top.location = "https://example.com/"; found.push("moved"); } catch { found.push("no moving"); }
    found.push(document.cookie === "" ? "no cookie" : "cookie");
    document.body.textContent = found.join(", ");
};
tell();
</script>"""


def publish(product: LiveProduct, path: Path) -> int:
    """A published lecture of a file, as an administrator would make it."""
    store, now = product.services.store, utc_now()
    with path.open("rb") as stream:
        received = receive_file(SYSTEM, stream, path.name, store=store, limit_bytes=10**9)
    new = LectureMetadata(title=received.info.title or path.name, subject="toan", grades=(12,))
    with product.services.sessions() as session:
        lecture = actions.upload_lecture(writing(session), SYSTEM, new, received, store=store, now=now)
        actions.submit_lecture(session, SYSTEM, lecture.id, now=now)
        actions.approve_lecture(session, SYSTEM, lecture.id, now=now)
        session.commit()
    return lecture.id


def player_of(page: Page) -> FrameLocator:
    return page.frame_locator("#player")


@pytest.mark.parametrize("version", ["1.2", "2004 3rd Edition"])
def test_scorm_content_finds_its_runtime(page: Page, live_product: LiveProduct, tmp_path: Path, version: str) -> None:
    manifest = MANIFEST.replace(">1.2<", f">{version}<")
    package = a_scorm_package(tmp_path / "a.zip", manifest, more={"bai/mot.html": SCO})
    page.goto(f"/lectures/{publish(live_product, package)}")
    expect(player_of(page).frame_locator("#content").locator("body")).to_have_text("answers: true true; remembered 0")


@pytest.mark.parametrize("version", ["1.2", "2004 3rd Edition"])
def test_scorm_content_goes_on_where_it_stopped(
    page: Page, live_product: LiveProduct, tmp_path: Path, version: str
) -> None:
    manifest = MANIFEST.replace(">1.2<", f">{version}<")
    package = a_scorm_package(tmp_path / "a.zip", manifest, more={"bai/mot.html": SCO, "a": f"again {version}"})
    page.goto(f"/lectures/{publish(live_product, package)}")
    address = page.locator("#player").get_attribute("src")
    assert address is not None
    page.goto(address)
    expect(page.frame_locator("#content").locator("body")).to_contain_text("remembered 0")
    page.reload()
    expect(page.frame_locator("#content").locator("body")).to_contain_text("remembered 30000")


def test_a_package_reaches_neither_the_world_nor_the_product(
    page: Page, live_product: LiveProduct, tmp_path: Path, expected: list[str]
) -> None:
    expected += ["Content Security Policy", "Unsafe attempt", "cross-origin frame", "Failed to fetch", "csp"]
    live_product.sign_in_quickly(page.context, Role.EDITOR)
    lecture = publish(live_product, a_web_package(tmp_path / "a.zip", more={"index.html": SPY}))
    page.goto(f"/lectures/{lecture}")
    body = player_of(page).frame_locator("#content").locator("body")
    expect(body).to_have_text("no fetch, no parent, no moving, no cookie")
    assert page.url == f"{live_product.base_url}/lectures/{lecture}"


def test_a_book_is_read_chapter_by_chapter(page: Page, live_product: LiveProduct, tmp_path: Path) -> None:
    page.goto(f"/lectures/{publish(live_product, an_epub(tmp_path / 'a.epub'))}")
    expect(player_of(page).frame_locator("#content").locator("body")).to_contain_text("Trăm năm trong cõi người ta")


def test_parts_are_reached_by_their_contents(page: Page, live_product: LiveProduct, tmp_path: Path) -> None:
    package = a_scorm_package(tmp_path / "a.zip", more={"bai/hai.html": "<p>Phần hai"})
    page.goto(f"/lectures/{publish(live_product, package)}")
    player_of(page).get_by_role("button", name="Phần sau").click()
    expect(player_of(page).frame_locator("#content").locator("body")).to_have_text("Phần hai")
    expect(player_of(page).locator("#place")).to_have_text("2 / 2")


def test_a_map_is_drawn_with_its_places(page: Page, live_product: LiveProduct, tmp_path: Path) -> None:
    page.goto(f"/lectures/{publish(live_product, a_map(tmp_path / 'a.geojson'))}")
    expect(player_of(page).locator("path.leaflet-interactive")).to_have_count(1)
    player_of(page).get_by_role("button", name="Hà Nội").click()
    expect(player_of(page).locator(".leaflet-popup-content")).to_contain_text("Hà Nội")


@needs_shared_data
@pytest.mark.parametrize("name", ["multiple-choice", "arithmetic-quiz", "image-juxtaposition"])
def test_real_h5p_content_plays(page: Page, live_product: LiveProduct, expected: list[str], name: str) -> None:
    expected += ["ajax.googleapis.com"]
    [package] = (SHARED / "formats" / "h5p").rglob(f"{name}.h5p")
    page.goto(f"/lectures/{publish(live_product, package)}")
    expect(player_of(page).locator(".h5p-content, .h5p-container").first).to_be_visible()


def test_an_upload_goes_on_after_a_cut(
    page: Page, context: BrowserContext, live_product: LiveProduct, tmp_path: Path, expected: list[str]
) -> None:
    expected += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    live_product.sign_in_quickly(context, Role.EDITOR)
    cuts: list[str] = []

    def cut_once(route: Route) -> None:
        if route.request.method == "PATCH" and not cuts:
            cuts.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    context.route("**/api/uploads/*", cut_once)
    page.goto("/lectures/new")
    page.get_by_label("Tệp bài giảng").set_input_files(a_scorm_package(tmp_path / "bai.zip"))
    page.get_by_role("button", name="Tải lên và tiếp tục").click()
    expect(page.get_by_label("Tên bài giảng")).to_have_value("Đạo hàm")
    assert cuts
