"""One browser and one live product per test process, whichever folder asks first."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.library import a_library
from tests.browser.live import CHROMIUM_FLAGS, LiveProduct, a_product, find_chromium


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
