"""A teacher writes a template, looks at its clones, has five made and finds them in the bank."""

import re

import pytest
from playwright.sync_api import Page, expect

from repository.permissions import Role
from tests.browser.live import LiveProduct
from tests.journeys.conftest import Someone

pytestmark = pytest.mark.browser


def fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"[name='{name.replace('_', '-')}']").fill(text)


def test_a_template_is_written_looked_at_and_gives_five_questions(someone: Someone, live_product: LiveProduct) -> None:
    page = someone(Role.TEACHER)
    page.goto("/questions")
    page.get_by_role("link", name="Mẫu câu hỏi").click()
    page.get_by_role("link", name="Mẫu mới").click()
    fill(page, name="Chu vi hình chữ nhật của tổ em")
    fill(page, parameters="a, b = sample(span(2, 19), 2)\nrequire a >")
    expect(page.locator("#preview")).to_contain_text("Tham số, dòng 2")
    fill(page, parameters="a, b = sample(span(2, 19), 2)\nrequire a > b")
    fill(page, stem="Hình chữ nhật dài {@ a @} cm, rộng {@ b @} cm có chu vi bao nhiêu xăng-ti-mét?")
    fill(page, key_value="2 * (a + b)", part_0_value="a + b", part_0_why="quên nhân đôi", part_1_value="a * b")
    fill(page, part_2_value="2 * a + b")
    expect(page.locator("#preview .clone")).to_have_count(5)
    expect(page.locator("#preview")).to_contain_text("câu khác nhau")
    expect(page.locator("#preview")).to_contain_text("quên nhân đôi")
    page.get_by_role("button", name="Xem năm câu tiếp theo").click()
    expect(page.locator("#preview").get_by_role("heading", name="Câu số 6")).to_be_visible()
    page.get_by_label("Môn").select_option("toan")
    page.get_by_label("Lớp").select_option("6")
    page.get_by_role("button", name="Lưu mẫu").click()
    expect(page.get_by_text("Đã lưu mẫu câu hỏi.")).to_be_visible()
    page.get_by_label("Số câu").fill("5")
    page.get_by_role("button", name="Sinh câu hỏi").click()
    live_product.run_jobs()
    expect(page.get_by_text("Đã sinh 5 câu hỏi, tất cả là bản nháp.")).to_be_visible()
    page.get_by_role("link", name="Mở ngân hàng câu hỏi").click()
    rows = page.get_by_role("link", name=re.compile("Hình chữ nhật dài .* cm, rộng"))
    expect(rows).to_have_count(5)
    rows.first.click()
    expect(page.get_by_role("link", name="Chu vi hình chữ nhật của tổ em")).to_be_visible()


def test_the_same_without_javascript(someone: Someone, live_product: LiveProduct, plain: Page) -> None:
    live_product.sign_in_quickly(plain.context, Role.TEACHER)
    plain.goto("/item-templates/new?example=short")
    expect(plain.locator(".clone")).to_have_count(5)
    fill(plain, stem="Số nào lớn hơn: ${@ a @}$ hay ${@ b @")
    plain.get_by_role("button", name="Xem trước").click()
    expect(plain.get_by_text("Mẫu chưa dùng được")).to_be_visible()
    fill(plain, stem="Số nào lớn hơn: ${@ a @}$ hay ${@ b @}$?")
    plain.get_by_role("button", name="Xem trước").click()
    expect(plain.get_by_text("câu khác nhau trong")).to_be_visible()
    plain.get_by_role("button", name="Lưu mẫu").click()
    plain.get_by_label("Số câu").fill("3")
    plain.get_by_role("button", name="Sinh câu hỏi").click()
    live_product.run_jobs()
    plain.reload()
    expect(plain.get_by_text("Đã sinh 3 câu hỏi, tất cả là bản nháp.")).to_be_visible()


@pytest.fixture
def plain(someone: Someone, live_product: LiveProduct) -> Page:
    browser = someone().context.browser
    assert browser is not None
    context = browser.new_context(base_url=live_product.base_url, java_script_enabled=False)
    context.set_default_timeout(20_000)
    return context.new_page()
