"""Reading, searching and sitting a quiz work in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from repository.permissions import Role
from tests.browser.live import LiveProduct

pytestmark = pytest.mark.browser


def test_one_press_on_the_home_page_leads_to_the_first_question(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Toán").click()
    expect(plain_page.locator(".question").first).to_be_visible()
    expect(plain_page).to_have_url(re.compile("/attempts/"))


def test_a_stranger_practises_and_learns_what_was_right(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Toán").click()
    assert "Đáp án đúng" not in plain_page.content()
    plain_page.locator(".question input[type=radio]").first.check()
    plain_page.get_by_role("button", name="Kết thúc và xem kết quả").click()
    expect(plain_page.locator(".question").first).to_be_visible()
    expect(plain_page.locator(".option.is-right, .option.is-missed, .option.is-wrong").first).to_be_visible()


def test_an_answer_saved_by_the_form_is_there_on_the_next_visit(plain_page: Page, live_product: LiveProduct) -> None:
    live_product.sign_in_quickly(plain_page.context, Role.STUDENT)
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Toán").click()
    plain_page.locator(".question input[type=radio]").nth(1).check()
    plain_page.get_by_role("button", name="Lưu các câu trả lời").click()
    plain_page.reload()
    expect(plain_page.locator(".question input[type=radio]").nth(1)).to_be_checked()


def test_search_and_its_filters_need_no_script(plain_page: Page) -> None:
    plain_page.goto("/search?q=ham so")
    plain_page.locator(".drawer > summary").click()
    plain_page.get_by_role("link", name="Lớp 12").first.click()
    expect(plain_page.locator("main .rows > li").first).to_be_visible()
    plain_page.locator("main .rows a").first.click()
    expect(plain_page.locator("h1")).to_be_visible()
