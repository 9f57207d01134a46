"""``python -m tests.browser.screenshots FOLDER [--all]``: the main pages, narrow and wide, light and dark."""

import tempfile
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright

from tests.browser.library import a_library
from tests.browser.live import CHROMIUM_FLAGS, LiveProduct, a_product, address_of, find_chromium
from tests.browser.product_pages import PAGES, THEMES, ProductPage

WIDTHS = (360, 1280)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--all", "wants_all", is_flag=True, help="Every page, not only the main ones.")
def main(folder: Path, wants_all: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [shown for shown in PAGES if wants_all or shown.is_main]
    with (
        tempfile.TemporaryDirectory() as data_dir,
        a_product(Path(data_dir)) as product,
        sync_playwright() as playwright,
    ):
        a_library(product)
        product.start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for shown in wanted:
            take(browser, product, shown, folder)
        browser.close()


def take(browser: Browser, product: LiveProduct, shown: ProductPage, folder: Path) -> None:
    """All pictures of one page, and a word where it is wider than its window."""
    context = browser.new_context(base_url=product.base_url, locale="vi-VN")
    page = context.new_page()
    if shown.role:
        product.sign_in_quickly(context, shown.role)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(address_of(shown.address, product))
            page.screenshot(path=folder / f"{shown.name}-{width}-{theme}.png", full_page=True)
            spread = page.evaluate("document.documentElement.scrollWidth")
            status = answer.status if answer else 0
            if spread > width or (status >= 400 and shown.name != "not-found"):
                click.echo(f"{shown.name}: status {status}, {spread} px wide in {width}")
    context.close()


if __name__ == "__main__":
    main()
