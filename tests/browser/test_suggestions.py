"""Help while typing: by keyboard, mouse and touch, read aloud, on a phone, and without any script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.live import LiveProduct
from tests.browser.test_accessibility import AXE, EVERYTHING, violations_of

pytestmark = pytest.mark.browser

TYPED = "tich ph"
BOXES = [("/", "#home-search"), ("/search", "#search-text"), ("/help", "#site-search")]
WIDTHS = (360, 1280)


def open_list(page: Page, address: str = "/help", box: str = "#site-search", typed: str = TYPED) -> None:
    page.goto(address)
    page.locator(box).press_sequentially(typed)
    expect(page.locator(".suggestions")).to_be_visible()


def chosen_text(page: Page) -> str | None:
    id = page.locator("[role=combobox]").first.get_attribute("aria-activedescendant")
    return page.locator(f"#{id} .suggestion-text").inner_text() if id else None


@pytest.mark.parametrize(("address", "box"), BOXES)
def test_every_search_box_suggests(page: Page, address: str, box: str) -> None:
    open_list(page, address, box)
    expect(page.locator(box)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option").first).to_contain_text(re.compile("tích phân", re.IGNORECASE))


def test_on_a_phone_the_list_is_as_wide_as_the_form(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    open_list(page, "/search", "#search-text")
    list_width, form_width = (
        page.locator(what).evaluate("one => one.getBoundingClientRect().width")
        for what in (".suggestions", ".hero-search")
    )
    assert list_width == pytest.approx(form_width, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_arrows_go_round_through_the_box(page: Page) -> None:
    open_list(page)
    box, count = page.locator("#site-search"), page.get_by_role("option").count()
    box.press("ArrowDown")
    first = chosen_text(page)
    for _ in range(count):
        box.press("ArrowDown")
    assert chosen_text(page) is None
    box.press("ArrowDown")
    assert chosen_text(page) == first
    box.press("ArrowUp")
    box.press("ArrowUp")
    assert chosen_text(page) == page.locator(".suggestion-text").last.inner_text()
    expect(box).to_have_value(TYPED)


def test_enter_searches_for_the_chosen_phrase(page: Page) -> None:
    open_list(page, "/search?subject=toan", "#search-text")
    page.locator("#search-text").press("ArrowDown")
    phrase = chosen_text(page)
    page.locator("#search-text").press("Enter")
    expect(page).to_have_url(re.compile(r"q=t%C3%ADch"))
    expect(page).to_have_url(re.compile("subject=toan"))
    expect(page.locator("#search-text")).to_have_value(phrase or "nothing")


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page) -> None:
    open_list(page)
    page.locator("#site-search").press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=tich\+ph$"))


def test_a_title_opens_its_lecture(page: Page) -> None:
    open_list(page, typed="do thi ham so bac ba")
    page.locator(".suggestion[data-kind=lecture]").first.click()
    expect(page).to_have_url(re.compile(r"/lectures/\d+$"))


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    open_list(page)
    page.locator("#site-search").press("Escape")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(page.locator("#site-search")).to_have_value(TYPED)
    expect(page.locator("#site-search")).to_have_attribute("aria-expanded", "false")
    page.locator("#site-search").press("ArrowDown")
    expect(page.locator(".suggestions")).to_be_visible()


def test_home_and_end_move_in_the_box(page: Page) -> None:
    open_list(page)
    page.locator("#site-search").press("Home")
    assert page.locator("#site-search").evaluate("box => box.selectionStart") == 0


def test_going_on_with_tab_closes_the_list(page: Page) -> None:
    open_list(page)
    page.keyboard.press("Tab")
    expect(page.locator(".suggestions")).to_be_hidden()


def test_nothing_is_asked_while_a_word_is_composed(page: Page) -> None:
    page.goto("/help")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    box = page.locator("#site-search")
    box.evaluate(
        """box => {
            box.focus();
            box.dispatchEvent(new CompositionEvent("compositionstart"));
            box.value = "tich";
            box.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }"""
    )
    page.wait_for_timeout(250)
    assert not asked
    box.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionend'))")
    expect(page.locator(".suggestions")).to_be_visible()


def test_a_fast_typist_asks_seldom(page: Page) -> None:
    page.goto("/help")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    page.locator("#site-search").press_sequentially("tich phan", delay=5)
    expect(page.locator(".suggestions")).to_be_visible()
    assert len(asked) <= 4


def test_how_many_there_are_is_said(page: Page) -> None:
    open_list(page)
    expect(page.locator("#announcer")).to_contain_text(re.compile(r"^\d+ gợi ý"))


def test_the_list_speaks_the_language_of_the_page(page: Page) -> None:
    page.goto("/language/en?next=/help")
    open_list(page, typed="do thi")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.locator(".suggestion[data-kind=lecture] .suggestion-kind").first).to_contain_text("Lecture")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("address", "box"), BOXES)
def test_an_open_list_fits_moves_nothing_and_can_be_touched(page: Page, address: str, box: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    place = "node => node.getBoundingClientRect().top + scrollY"
    before = page.locator("main").evaluate(place), page.locator("footer").evaluate(place)
    page.locator(box).press_sequentially(TYPED)
    expect(page.locator(".suggestions")).to_be_visible()
    assert (page.locator("main").evaluate(place), page.locator("footer").evaluate(place)) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bounds = page.get_by_role("option").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect()).map(box => [box.height, box.left, box.right])"
    )
    assert bounds
    assert all(height >= 44 and left >= 0 and right <= width for height, left, right in bounds)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_serious_in_an_open_list(
    browser: Browser, live_product: LiveProduct, width: int, theme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    context = browser.new_context(
        base_url=live_product.base_url,
        bypass_csp=True,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    open_list(page, "/", "#home-search")
    page.locator("#home-search").press("ArrowDown")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = violations_of(page, EVERYTHING)
    context.close()
    assert not found, "\n".join(found)


def test_without_script_the_box_is_a_plain_form(browser: Browser, live_product: LiveProduct) -> None:
    context = browser.new_context(base_url=live_product.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/help")
    assert page.locator("[role=combobox], [role=listbox]").count() == 0
    page.locator("#site-search").fill("tích phân")
    page.locator("#site-search").press("Enter")
    expect(page).to_have_url(re.compile("/search"))
    context.close()
