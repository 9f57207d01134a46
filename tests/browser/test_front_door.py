"""The header, its menus and the language, by mouse, by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.live import LiveProduct, address_of
from tests.browser.product_pages import PAGES, ProductPage

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
HAS_RING = """["", "::after"].some((part) => getComputedStyle(document.activeElement, part).outlineStyle !== "none")"""

SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary, textarea")]
    .filter((node) => node.checkVisibility() && !node.closest(".skip-link"))
    .filter((node) => !(node.tagName === "INPUT" && node.closest("label")))
    .filter((node) => !(getComputedStyle(node).display === "inline" && node.closest("p, dd, td, li, blockquote")))
    .map((node) => [node.outerHTML.slice(0, 90), node.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
    .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/", "/help", "/sign-in"])
def test_no_page_is_wider_than_its_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_escape_closes_the_menu_and_gives_back_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/")
    summary = page.locator(".menu-small > summary")
    summary.press("Enter")
    page.locator(".menu-small a").first.focus()
    page.keyboard.press("Escape")
    assert page.locator(".menu-small").get_attribute("open") is None
    assert summary.evaluate("node => node === document.activeElement")


def test_every_tab_stop_of_the_home_page_shows_where_it_is(page: Page) -> None:
    page.goto("/")
    stops = page.locator("a:visible, button:visible, input:visible, summary:visible").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_RING), page.evaluate("document.activeElement.outerHTML")


def test_the_menu_works_without_javascript(browser: Browser, live_product: LiveProduct) -> None:
    context = browser.new_context(
        base_url=live_product.base_url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto("/")
    page.locator(".menu-small > summary").click()
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


@pytest.mark.parametrize("shown", [shown for shown in PAGES if shown.is_main or shown.is_public], ids=str)
def test_touch_targets_are_large_enough(
    page: Page, live_product: LiveProduct, expected: list[str], shown: ProductPage
) -> None:
    """44 pixels each way, but for links within sentences and the boxes of labels that are large enough."""
    expected.append("status of 404")
    if shown.role:
        live_product.sign_in_quickly(page.context, shown.role)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address_of(shown.address, live_product))
    assert page.evaluate(SMALL_TARGETS) == []
