"""The matrix editor as a spreadsheet: totals and what the bank has while one types, arrows between cells, new rows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from repository.permissions import Role
from tests.browser.live import sign_in

pytestmark = pytest.mark.browser

CHOICE = "Hàng 1, Một lựa chọn, Hiểu: số câu"


@pytest.fixture
def editor(page: Page) -> Iterator[Page]:
    sign_in(page, Role.TEACHER)
    page.goto("/matrices/new/table?subject=toan&grade=12&programme=gdpt-2018&title=Thử")
    expect(page.locator("[data-available]").first).to_contain_text("/")
    yield page


def test_totals_follow_what_is_typed(editor: Page) -> None:
    editor.get_by_label(CHOICE).fill("4")
    expect(editor.locator("[data-whole]")).to_have_text("4 câu, 1 điểm")
    expect(editor.locator("[data-shares]")).to_contain_text("Hiểu: 100 %")
    expect(editor.locator("[data-row-count]").first).to_have_text("4")


def test_a_cell_that_wants_more_than_the_bank_has_is_marked(editor: Page) -> None:
    editor.get_by_label(CHOICE).fill("150")
    expect(editor.locator(".available.is-short")).to_have_count(1)
    editor.get_by_label(CHOICE).fill("1")
    expect(editor.locator(".available.is-short")).to_have_count(0)


def test_arrows_move_between_cells(editor: Page) -> None:
    editor.get_by_label(CHOICE).focus()
    editor.keyboard.press("ArrowDown")
    expect(editor.get_by_label("Hàng 2, Một lựa chọn, Hiểu: số câu")).to_be_focused()
    editor.keyboard.press("ArrowRight")
    expect(editor.get_by_label("Hàng 2, Một lựa chọn, Vận dụng: số câu")).to_be_focused()
    editor.keyboard.press("ArrowUp")
    expect(editor.get_by_label("Hàng 1, Một lựa chọn, Vận dụng: số câu")).to_be_focused()


def test_a_row_added_by_script_is_saved_like_the_others(editor: Page) -> None:
    rows = editor.locator("[data-row]").count()
    editor.get_by_role("button", name="Thêm hàng").click()
    added = editor.get_by_label(f"Hàng {rows + 1}, Đúng/Sai, Mọi mức: số câu")
    added.fill("2")
    editor.get_by_role("button", name="Lưu ma trận").click()
    expect(editor.get_by_text("Đã lưu ma trận")).to_be_visible()
    expect(editor.get_by_label("Hàng 1, Đúng/Sai, Mọi mức: số câu")).to_have_value("2")
