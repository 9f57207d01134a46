"""A browser of one person for every test of this folder, looking at the live product."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.live import LiveProduct, watch


@pytest.fixture
def expected() -> list[str]:
    """Parts of the console's messages that a test causes on purpose, such as ``status of 409``."""
    return []


@pytest.fixture
def context(browser: Browser, live_product: LiveProduct, expected: list[str]) -> Iterator[BrowserContext]:
    """A browser of one person, which fails its test when something goes wrong in a page unseen."""
    made = browser.new_context(base_url=live_product.base_url, viewport={"width": 1280, "height": 800}, locale="vi-VN")
    made.set_default_timeout(15_000)
    problems = watch(made)
    yield made
    made.close()
    assert not [problem for problem in problems if not any(part in problem for part in expected)]


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain_page(browser: Browser, live_product: LiveProduct) -> Iterator[Page]:
    """A page at the width of a phone, in a browser that runs no script."""
    context = browser.new_context(
        base_url=live_product.base_url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
