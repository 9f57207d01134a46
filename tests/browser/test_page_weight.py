"""The first view of a public page is light: at most 100 kB over the line, with nothing from a third party."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.live import LiveProduct, address_of
from tests.browser.product_pages import PAGES, ProductPage

pytestmark = pytest.mark.browser

LIMIT_BYTES = 100_000
PUBLIC = [shown for shown in PAGES if shown.is_public]


@pytest.mark.parametrize("shown", PUBLIC, ids=str)
def test_the_first_view_is_light(browser: Browser, live_product: LiveProduct, shown: ProductPage) -> None:
    """Counted as they cross the line, headers included; what a lecture itself weighs is not the page's."""
    context = browser.new_context(base_url=live_product.base_url)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: size_of(request)}))
    page.goto(address_of(shown.address, live_product), wait_until="networkidle")
    context.close()
    own = {address: size for address, size in sizes.items() if address.startswith(live_product.base_url)}
    strangers = {urlsplit(address).netloc for address in sizes} - origins_of(live_product)
    assert strangers == set()
    assert sum(own.values()) <= LIMIT_BYTES, own


def size_of(request: object) -> int:
    sizes = request.sizes()  # type: ignore[attr-defined]
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def origins_of(product: LiveProduct) -> set[str]:
    return {urlsplit(product.settings.base_url).netloc, urlsplit(product.settings.packages_origin).netloc, ""}
