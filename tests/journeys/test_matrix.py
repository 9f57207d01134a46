"""A teacher makes a matrix without a mouse: from a frame, filled, pasted, checked, saved, shared, taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from repository.permissions import Role
from tests.journeys.conftest import Someone

pytestmark = pytest.mark.browser

MOST_TABS = 400


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the focus is on such an element, as somebody without a mouse would."""
    for _ in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab never came to {selector}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def value_of(page: Page, place: str) -> str:
    return page.locator(f"#{place}").input_value()


def test_a_matrix_is_made_kept_shared_and_taken_back_by_keyboard(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    # from a frame of the school
    page.goto("/matrices")
    tab_to(page, "main a[href='/matrices/new']")
    press(page, "Enter")
    page.wait_for_url("**/matrices/new")
    tab_to(page, "#frame-grade")
    page.keyboard.type("12")
    press(page, "Enter")
    page.wait_for_url(re.compile("frame=kiem-tra-7991"))
    expect(page.locator("[data-whole]")).to_have_text("21 câu, 10,00 điểm")
    expect(page.locator("[data-last]")).to_be_visible()
    tab_to(page, "#title")
    press(page, "Control+a")
    page.keyboard.type("Ma trận bằng bàn phím")

    # filled in, and a block of Excel pasted into the next rows
    tab_to(page, "#row-0-single-choice-biet")
    page.keyboard.type("2")
    press(page, "Enter")
    expect(page.locator("#row-1-single-choice-biet")).to_be_focused()
    page.evaluate("navigator.clipboard.writeText('4\\t2\\t0\\n0\\t0\\t0\\n')")
    press(page, "Control+v")
    assert [value_of(page, f"row-1-single-choice-{level}") for level in ("biet", "hieu", "van-dung")] == ["4", "2", "0"]
    expect(page.locator("[data-whole]")).to_have_text("23 câu, 10,50 điểm")
    press(page, "Control+z")
    assert value_of(page, "row-1-single-choice-hieu") == ""
    press(page, "Control+y")
    press(page, "ArrowUp", "ArrowRight")
    page.keyboard.type("2")
    press(page, "Enter")
    expect(page.locator("[data-whole]")).to_have_text("21 câu, 10,00 điểm")

    # the pasted row gets a name and goes first
    tab_to(page, "#row-1-unit", "Shift+Tab")
    page.keyboard.type("Ôn tập")
    press(page, "Alt+ArrowUp")
    assert value_of(page, "row-0-unit") == "Ôn tập"
    assert value_of(page, "row-0-single-choice-biet") == "4"

    # what the bank says, then saved
    tab_to(page, "button[formaction='/matrices/check']")
    press(page, "Enter")
    expect(page.locator("#report")).to_contain_text("Ngân hàng chưa đủ câu hỏi")
    expect(page.locator("#title")).to_have_value("Ma trận bằng bàn phím")
    tab_to(page, "#matrix-form .form-actions button")
    press(page, "Enter")
    expect(page.get_by_text("Đã lưu ma trận “Ma trận bằng bàn phím”.")).to_be_visible()
    address = page.url

    # changed, saved again, shared
    tab_to(page, "#row-0-single-choice-biet")
    page.keyboard.type("6")
    tab_to(page, "#matrix-form .form-actions button")
    press(page, "Enter")
    expect(page.get_by_text("Đã lưu ma trận")).to_be_visible()
    assert value_of(page, "row-0-single-choice-biet") == "6"
    tab_to(page, "input[name=sharing]")
    press(page, "ArrowDown")
    tab_to(page, "form[action$='/share'] button")
    press(page, "Enter")
    expect(page.get_by_text("Đã đổi người được xem ma trận này.")).to_be_visible()

    # the first version beside that of today, and taken back
    tab_to(page, "a[href$='/versions']")
    press(page, "Enter")
    page.wait_for_url("**/versions")
    tab_to(page, "a[href$='/versions/1']")
    press(page, "Enter")
    expect(page.locator("ins")).to_have_text("6×0,25")
    expect(page.locator("del")).to_have_text("4×0,25")
    tab_to(page, "form[action$='/versions/1/restore'] button")
    press(page, "Enter")
    page.wait_for_url(address)
    assert value_of(page, "row-0-single-choice-biet") == "4"


def test_a_colleague_finds_a_shared_matrix_and_copies_it(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.goto("/matrices/new/table?format=tot-nghiep-2025-toan")
    page.locator("#title").fill("Ma trận chung của tổ Toán")
    page.get_by_role("button", name="Lưu ma trận").click()
    page.get_by_label("Mọi giáo viên").check()
    page.get_by_role("button", name="Đổi người được xem").click()
    colleague = someone(Role.EDITOR)
    colleague.goto("/matrices?list=shared")
    colleague.get_by_label("Tìm theo tên ma trận").fill("ma tran chung to")
    colleague.locator("#content").get_by_role("button", name="Tìm").click()
    expect(colleague.get_by_text("Không có ma trận nào mang tên ấy")).to_be_visible()
    colleague.get_by_label("Tìm theo tên ma trận").fill("ma tran chung cua")
    colleague.get_by_label("Tìm theo tên ma trận").press("Enter")
    colleague.get_by_role("link", name="Ma trận chung của tổ Toán").click()
    expect(colleague.get_by_role("button", name="Lưu ma trận")).to_have_count(0)
    colleague.get_by_role("button", name="Tạo bản sao của tôi").click()
    expect(colleague.get_by_text("Chép từ: Ma trận chung của tổ Toán – Lê Thị Teacher")).to_be_visible()
    expect(colleague.get_by_role("button", name="Lưu ma trận")).to_be_visible()
