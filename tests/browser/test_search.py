"""The search page in a browser: filters, back button, shared addresses, narrow screens, keyboard, no JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.live import LiveProduct

pytestmark = pytest.mark.browser

TOTAL = re.compile(r"^(\d+) kết quả$")
SWAPS = "() => window.sameDocument === true"


def total(page: Page) -> int:
    found = TOTAL.match(page.locator("#count").inner_text())
    assert found
    return int(found[1])


def mark_document(page: Page) -> None:
    page.evaluate("window.sameDocument = true")


def choose(page: Page, key: str) -> None:
    """Press a filter and wait until the page has what it leads to."""
    page.locator(f'.facet-value[data-swap="{key}"]').click()
    expect(page.locator(f'.facet-value[data-swap="{key}"][aria-current="true"]')).to_be_attached()


def test_filters_narrow_without_leaving_the_page(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    everything = total(page)
    mark_document(page)
    choose(page, "type:true-false")
    assert 0 < total(page) < everything
    assert "type=true-false" in page.url
    assert page.evaluate(SWAPS)


def test_values_of_one_facet_add_up(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    choose(page, "type:true-false")
    one = total(page)
    choose(page, "type:single-choice")
    assert total(page) > one


def test_the_back_button_takes_the_last_choice_back(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    everything = total(page)
    choose(page, "type:true-false")
    page.go_back()
    expect(page.locator("#count")).to_have_text(f"{everything} kết quả")
    assert "type" not in page.url
    page.go_forward()
    expect(page.locator('.facet-value[data-swap="type:true-false"][aria-current="true"]')).to_be_attached()


def test_going_back_keeps_the_keyboard_where_it_is(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    for key in ("type:true-false", "type:single-choice"):
        page.locator(f'.facet-value[data-swap="{key}"]').press("Enter")
        expect(page.locator(f'.facet-value[data-swap="{key}"][aria-current="true"]')).to_be_focused()
    page.go_back()
    undone = page.locator('.facet-value[data-swap="type:single-choice"]:not([aria-current])')
    expect(undone).to_be_focused()
    page.locator('[data-swap="chip:type:true-false"]').focus()
    page.go_back()
    expect(page.locator("#count")).to_be_focused()


def test_leaving_for_a_hit_and_coming_back_shows_the_same_result(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    choose(page, "type:true-false")
    narrowed = total(page)
    page.locator(".hits a.row-link").first.click()
    page.wait_for_url(re.compile("/(questions|lectures)/"))
    page.go_back()
    expect(page.locator("#count")).to_have_text(f"{narrowed} kết quả")


def test_a_shared_address_shows_the_same(page: Page, browser: Browser, live_product: LiveProduct) -> None:
    page.goto("/search?q=nguyên hàm")
    choose(page, "type:true-false")
    other = browser.new_context(base_url=live_product.base_url).new_page()
    other.goto(page.url)
    assert total(other) == total(page)
    other.context.close()


def test_a_chip_gives_its_filter_up(page: Page) -> None:
    page.goto("/search?q=nguyên hàm&type=true-false&grade=12")
    narrowed = total(page)
    page.locator('[data-swap="chip:type:true-false"]').click()
    expect(page.locator('[data-swap="chip:type:true-false"]')).to_have_count(0)
    assert total(page) > narrowed
    assert "grade=12" in page.url


def test_a_new_text_keeps_the_filters_chosen_meanwhile(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    choose(page, "type:true-false")
    page.locator("#search-text").fill("phát biểu")
    page.locator("#search-text").press("Enter")
    page.wait_for_url(re.compile("type=true-false"))
    assert total(page) > 0


def test_the_keyboard_stays_on_the_filter_it_pressed(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    link = page.locator('.facet-value[data-swap="type:true-false"]')
    link.focus()
    link.press("Enter")
    expect(page.locator('.facet-value[data-swap="type:true-false"][aria-current="true"]')).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(TOTAL)


def test_sorting_is_a_menu_that_keeps_the_filters(page: Page) -> None:
    page.goto("/search?q=nguyên hàm&type=true-false")
    page.locator(".sort > summary").click()
    page.get_by_role("link", name="Mới nhất").click()
    expect(page.locator(".sort > summary")).to_contain_text("Mới nhất")
    assert "type=true-false" in page.url and "sort=newest" in page.url


def test_the_next_page_begins_at_its_top(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    first = page.locator(".hits a.row-link").first.get_attribute("href")
    page.locator('.paging a[rel="next"]').click()
    page.wait_for_url(re.compile("after="))
    expect(page.locator('.paging a[rel="first"]')).to_be_visible()
    assert page.locator(".hits a.row-link").first.get_attribute("href") != first
    assert page.evaluate("document.getElementById('results').getBoundingClientRect().top") >= -1


def test_a_new_window_is_left_to_the_browser(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    address = page.url
    with page.context.expect_page() as opened:
        page.locator('.facet-value[data-swap="type:true-false"]').click(modifiers=["Control"])
    opened.value.wait_for_load_state()
    assert "type=true-false" in opened.value.url
    assert page.url == address


def test_on_a_phone_the_filters_wait_in_a_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/search?q=nguyên hàm")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator(".hits a.row-link").first).to_be_in_viewport()
    expect(page.locator(".facet-value").first).to_be_hidden()
    page.locator(".drawer > summary").click()
    choose(page, "type:true-false")
    expect(page.locator(".facet-value").first).to_be_visible()
    expect(page.locator(".drawer > summary")).to_contain_text("(1)")


def test_on_a_wide_screen_the_filters_stand_beside_the_hits(page: Page) -> None:
    page.goto("/search?q=nguyên hàm")
    expect(page.locator(".facet-value").first).to_be_visible()
    expect(page.locator(".drawer > summary")).to_be_hidden()


def test_everything_works_without_javascript(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.locator('input[name="q"]:visible').first.fill("nguyen ham")
    plain_page.locator('input[name="q"]:visible').first.press("Enter")
    everything = total(plain_page)
    plain_page.locator(".drawer > summary").click()
    plain_page.locator('.facet-value[data-swap="type:true-false"]').click()
    assert 0 < total(plain_page) < everything
    plain_page.locator('[data-swap="chip:type:true-false"]').click()
    assert total(plain_page) == everything
    plain_page.locator(".search-help > summary").click()
    expect(plain_page.get_by_text("Trong ngoặc kép")).to_be_visible()


def test_nothing_found_is_no_dead_end(page: Page) -> None:
    page.goto("/search?q=zzzzqqqq&grade=12")
    page.get_by_role("link", name="Tìm lại mà không lọc").click()
    page.wait_for_url(lambda address: "grade" not in address)
    expect(page.get_by_role("link", name="Luyện tập theo chủ đề")).to_be_visible()
