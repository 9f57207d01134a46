"""axe finds nothing serious where people get to by doing: refused, mended, imported, settled, in conflict."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from repository.permissions import Role
from tests.browser.live import LiveProduct, address_of
from tests.browser.test_accessibility import axe, violations_everywhere

__all__ = ["axe"]

pytestmark = pytest.mark.browser

OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PAPER = f"Câu 1. Trạng thái nào?\n{OPTIONS}\nĐáp án: B\n\nCâu 2. Trạng thái kia?\n{OPTIONS}\n"


def give(page: Page, text: str) -> None:
    page.goto("/questions/import")
    page.get_by_label("hoặc dán đề vào đây").fill(text)
    page.get_by_label("Môn").select_option("toan")
    page.get_by_role("button", name="Đọc đề").click()


def nothing_given(page: Page) -> None:
    give(page, "")
    expect(page.get_by_role("alert")).to_be_visible()


def mended_in_place(page: Page) -> None:
    give(page, PAPER)
    page.get_by_role("link", name="Chỉ xem 1 câu ngờ").click()
    item = page.locator("#item-1")
    item.get_by_label("Nguồn (sửa được)").fill(f"Câu 2. Trạng thái kia?\n{OPTIONS}\nĐáp án: C")
    item.get_by_role("button", name="Đọc lại câu này").click()
    expect(item).to_contain_text("Câu này đã ổn")


def imported(page: Page) -> None:
    give(page, PAPER.replace("Trạng thái", "Tình trạng"))
    page.get_by_role("button", name="Nhập 1 câu").click()
    expect(page.get_by_role("heading", name="Kết quả nhập")).to_be_visible()


def left_out(page: Page) -> None:
    give(page, PAPER)
    page.locator("#item-0").get_by_role("button", name="Bỏ câu này").click()
    expect(page.locator("#item-0")).to_contain_text("Người nhập đã bỏ câu này.")


def nothing_written(page: Page) -> None:
    page.goto("/questions/export?type=short-answer")
    page.get_by_label("Định dạng").select_option("aiken")
    page.get_by_role("button", name="Viết tệp").click()
    expect(page.get_by_text("Không viết được tệp.")).to_be_visible()


def saved_with_a_mistake(page: Page) -> None:
    page.goto("/questions/new")
    page.get_by_label("Lời dẫn").fill("Thiếu phương án?")
    page.locator("#subject").select_option("toan")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("alert")).to_be_visible()


@pytest.mark.parametrize(
    "reach", [nothing_given, mended_in_place, imported, left_out, nothing_written, saved_with_a_mistake]
)
def test_axe_finds_nothing_serious_in_a_state_of_the_desk(
    browser: Browser, live_product: LiveProduct, axe: str, reach: Callable[[Page], None]
) -> None:
    look(browser, live_product, axe, Role.TEACHER, reach)


def settled(page: Page) -> None:
    page.goto("/questions/duplicates")
    page.get_by_role("button", name="Khác nhau:").first.click()
    expect(page.get_by_role("button", name="Lấy lại kết luận")).to_be_visible()


def in_conflict(page: Page, address: str) -> None:
    other = page.context.new_page()
    for one, stem in ((page, "Bản của tôi, $2^5$ bằng?"), (other, "Bản của người khác, $2^6$ bằng?")):
        one.goto(address)
        one.get_by_label("Lời dẫn").fill(stem)
    for one in (other, page):
        one.get_by_role("button", name="Lưu bản nháp").click()
        one.wait_for_load_state()
    other.close()
    expect(page.get_by_role("heading", name="Có người vừa lưu")).to_be_visible()


def test_axe_finds_nothing_serious_where_a_pair_was_settled(
    browser: Browser, live_product: LiveProduct, axe: str
) -> None:
    look(browser, live_product, axe, Role.EDITOR, settled)


def test_axe_finds_nothing_serious_where_two_edited_at_once(
    browser: Browser, live_product: LiveProduct, axe: str
) -> None:
    address = address_of("/questions/{revised}/edit", live_product)
    look(browser, live_product, axe, Role.EDITOR, lambda page: in_conflict(page, address))


def look(browser: Browser, product: LiveProduct, axe: str, role: Role, reach: Callable[[Page], None]) -> None:
    context = browser.new_context(base_url=product.base_url, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    product.sign_in_quickly(context, role)
    page = context.new_page()
    reach(page)
    found = violations_everywhere(page, axe)
    context.close()
    assert not found, "\n".join(found)
