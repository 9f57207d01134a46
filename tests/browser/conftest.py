"""A live product and a browser for every test of this folder; journeys borrow the same fixtures."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.library import a_library
from tests.browser.live import CHROMIUM_FLAGS, LiveProduct, a_product, find_chromium, watch


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI runs browser tests: Chromium must be on PATH")
        pytest.skip("no Chromium on PATH (install Debian's package `chromium` to run browser tests)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def live_product(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveProduct]:
    """One product per test process, with people and a small library; tests add what they need and share the rest."""
    with a_product(tmp_path_factory.mktemp("live")) as product:
        a_library(product)
        product.start()
        yield product


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
