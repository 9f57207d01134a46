"""A stranger practises without an account: two taps from home to the first answer, feedback, and what to learn next."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Someone

pytestmark = pytest.mark.browser


def test_a_stranger_is_two_taps_from_the_first_question(someone: Someone) -> None:
    page = someone()
    page.goto("/")
    page.get_by_role("link", name="Luyện tập ngay").click()
    page.locator("form[action='/practice']").get_by_role("button", name="Toán").click()
    expect(page.locator(".sitting-item").first).to_be_visible()
    assert page.locator(".sitting-item").count() == 10
    assert not page.get_by_text("Đáp án đúng").count()


def test_a_stranger_learns_from_a_mistake_and_sees_the_result(someone: Someone) -> None:
    page = someone()
    page.goto("/practice?subject=toan")
    page.get_by_label("Số câu").select_option("40")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    item = page.locator('.sitting-item[data-type="single-choice"]').first
    position = item.get_attribute("data-position")
    item.locator("input").first.check()
    item.get_by_role("button", name=f"Kiểm tra câu {position}").click()
    checked = page.locator(f"#item-{position}")
    expect(checked.get_by_text("Đáp án đúng").or_(checked.get_by_text("Bạn chọn đúng"))).to_be_visible()
    expect(checked.get_by_role("heading", name="Lời giải")).to_be_visible()
    page.get_by_role("button", name="Kết thúc và xem kết quả").click()
    page.wait_for_url("**/review")
    expect(page.get_by_text("trên 40 câu")).to_be_visible()
