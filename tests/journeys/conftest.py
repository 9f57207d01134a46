"""Stories across features, in a real browser against the real product."""

from tests.browser.conftest import browser, context, expected, live_product, page

__all__ = ["browser", "context", "expected", "live_product", "page"]
