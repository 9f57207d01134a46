"""axe finds nothing serious or critical on any page, in both themes, on a phone and on a wide screen."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from repository.settings import PROJECT_ROOT
from tests.browser.live import LiveProduct, address_of, sign_in
from tests.browser.product_pages import PAGES, THEMES, ProductPage

pytestmark = pytest.mark.browser

AXE = PROJECT_ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (360, 1280)


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_axe_finds_nothing_serious(browser: Browser, live_product: LiveProduct, axe: str, shown: ProductPage) -> None:
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, locale="vi-VN")
    page = context.new_page()
    if shown.role:
        sign_in(page, shown.role)
    found: list[str] = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address_of(shown.address, live_product))
            found += [f"{theme} {width}: {violation}" for violation in violations_of(page, axe)]
    context.close()
    assert not found, "\n".join(found)


def violations_of(page: Page, axe: str) -> list[str]:
    """What axe calls serious or critical, with the first elements concerned."""
    page.evaluate(axe)
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']}: " + " | ".join(node["html"][:160] for node in violation["nodes"][:4])
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
