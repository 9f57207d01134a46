"""A bulk edit from the ticks to the undo, without JavaScript; axe finds nothing serious in its preview."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from repository.db import writing
from repository.permissions import Role
from tests.browser.live import LiveProduct
from tests.browser.test_accessibility import AXE, WIDTHS, violations_of
from tests.quizbank.questions.builders import a_choice, a_question

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tag(live_product: LiveProduct) -> str:
    with live_product.services.sessions() as session:
        for number in range(3):
            a_question(writing(session), a_choice(f"Sửa hàng loạt thứ {number}?"), tags=("hàng-loạt",))
        session.commit()
    return "hàng-loạt"


def plan(page: Page, tag: str) -> None:
    page.goto(f"/questions?tag={tag}")
    page.get_by_role("button", name="Sửa mọi câu đang lọc").click()
    page.get_by_label("Mức độ").select_option("van-dung")
    page.get_by_label("Thêm nhãn").fill("đã rà")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    expect(page.get_by_text("3 câu sẽ đổi.")).to_be_visible()


def test_many_are_edited_and_restored_without_javascript(browser: Browser, live_product: LiveProduct, tag: str) -> None:
    context = browser.new_context(base_url=live_product.base_url, java_script_enabled=False)
    live_product.sign_in_quickly(context, Role.EDITOR)
    page = context.new_page()
    plan(page, tag)
    page.get_by_role("button", name="Áp dụng cho 3 câu").click()
    expect(page.get_by_text("3 câu đã đổi.")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác cả lần sửa").click()
    expect(page.get_by_text("Đã khôi phục 3 câu.")).to_be_visible()
    context.close()


def test_axe_finds_nothing_serious_in_a_preview(browser: Browser, live_product: LiveProduct, tag: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.EDITOR)
    page = context.new_page()
    plan(page, tag)
    page.goto(re.sub("#.*", "", page.url))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found += violations_of(page, {})
    context.close()
    assert not found, "\n".join(found)
