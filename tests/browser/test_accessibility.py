"""axe finds nothing serious or critical on any page, in both themes, on a phone and on a wide screen."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from repository.permissions import Role
from repository.settings import PROJECT_ROOT
from tests.browser.live import LiveProduct, address_of
from tests.browser.product_pages import PAGES, THEMES, ProductPage

pytestmark = pytest.mark.browser

AXE = PROJECT_ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (360, 1280)
EVERYTHING: dict[str, Any] = {}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_axe_finds_nothing_serious(browser: Browser, live_product: LiveProduct, axe: str, shown: ProductPage) -> None:
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    if shown.role:
        live_product.sign_in_quickly(context, shown.role)
    page.goto(address_of(shown.address, live_product))
    found = violations_everywhere(page, axe)
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", ["single-choice", "multiple-response", "true-false", "short-answer"])
def test_axe_finds_nothing_serious_while_a_question_is_written(
    browser: Browser, live_product: LiveProduct, axe: str, kind: str
) -> None:
    """With advice below its fields, a picture to describe, and the formulas open."""
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.TEACHER)
    page = context.new_page()
    page.goto(f"/questions/new?type={kind}")
    page.get_by_label("Lời dẫn").fill(f"Phát biểu nào sai? $\\frac{{1$ ![](media:{'0' * 64})")
    page.get_by_label("Lời dẫn").press("Alt+Equal")
    expect(page.locator("#stem-advice")).to_contain_text("không đọc được")
    expect(page.locator("#palette")).to_be_visible()
    found = violations_everywhere(page, axe)
    context.close()
    assert not found, "\n".join(found)


def violations_everywhere(page: Page, axe: str) -> list[str]:
    """What is wrong with the page as it stands, and where it is wider than its window.

    Everything is looked at once for each width; what a theme can change, contrast, in both.
    """
    page.evaluate(axe)
    found: list[str] = []
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        rules = EVERYTHING if theme == "light" else CONTRAST
        found += [f"{theme} {width}: {violation}" for violation in violations_of(page, rules)]
        spread = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width}: {spread} px wide"] if spread > width else []
    return found


def violations_of(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe calls serious or critical, with the first elements concerned."""
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], ...rules})", rules)
    return [
        f"{violation['id']}: {violation['help']}: " + " | ".join(node["html"][:160] for node in violation["nodes"][:4])
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("key", ["c", "/", "Shift+?"])
def test_axe_finds_nothing_serious_in_the_dialogs_of_the_workbench(
    browser: Browser, live_product: LiveProduct, axe: str, key: str
) -> None:
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.TEACHER)
    page = context.new_page()
    page.goto(address_of("/quizzes/{bench}", live_product))
    expect(page.locator("[data-keys]")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_be_visible()
    found = violations_everywhere(page, axe)
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("typed", "button"), [("ba", "Lưu ma trận"), ("150", "Kiểm tra với ngân hàng")])
def test_axe_finds_nothing_serious_where_a_matrix_has_a_mistake_or_a_shortage(
    browser: Browser, live_product: LiveProduct, axe: str, typed: str, button: str
) -> None:
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.TEACHER)
    page = context.new_page()
    page.goto("/matrices/new/table?subject=toan&grade=12&title=Thử")
    page.locator("#row-0-single-choice-hieu").fill(typed)
    page.get_by_role("button", name=button).click()
    expect(page.locator(".notice-wrong").first).to_be_visible()
    found = violations_everywhere(page, axe)
    context.close()
    assert not found, "\n".join(found)
