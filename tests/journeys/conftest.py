"""Stories across features, in a real browser against the real product."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from repository.permissions import Role
from tests.browser.live import LiveProduct, sign_in, watch

Someone = Callable[..., Page]


@pytest.fixture
def someone(browser: Browser, live_product: LiveProduct) -> Iterator[Someone]:
    """``someone(Role.EDITOR)``: a browser of that person, ``someone()``: a stranger's. Unseen problems fail the test.

    ``expected`` names parts of console messages that the story causes on purpose.
    """
    made = []
    unexpected: list[str] = []

    def in_their_browser(role: Role | None = None, expected: tuple[str, ...] = ()) -> Page:
        context = browser.new_context(base_url=live_product.base_url, locale="vi-VN")
        context.set_default_timeout(20_000)
        made.append((context, watch(context), expected))
        page = context.new_page()
        if role:
            sign_in(page, role)
        return page

    yield in_their_browser
    for context, problems, expected in made:
        context.close()
        unexpected += [problem for problem in problems if not any(part in problem for part in expected)]
    assert unexpected == []
