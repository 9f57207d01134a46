"""The matrix editor as a spreadsheet: totals and what the bank has while one types, blocks, undo, rows, the funnel."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from repository.permissions import Role
from tests.browser.live import LiveProduct, sign_in

pytestmark = pytest.mark.browser

CHOICE = "Hàng 1, Một lựa chọn, Hiểu: số câu"
STATEMENTS = "Hàng 1, Đúng/Sai, Biết: số ý"
PASTE = """([target, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
COPY = """(target) => {
    const clipboardData = new DataTransfer();
    target.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/plain");
}"""


@pytest.fixture
def editor(page: Page) -> Iterator[Page]:
    sign_in(page, Role.TEACHER)
    page.goto("/matrices/new/table?subject=toan&grade=12&programme=gdpt-2018&title=Thử")
    expect(page.locator("[data-available]").first).to_contain_text("/")
    yield page


def cell(page: Page, row: int, type: str, level: str) -> Locator:
    return page.locator(f"#row-{row}-{type}-{level}")


def choice(page: Page, row: int, level: str) -> Locator:
    return cell(page, row, "single-choice", level)


def paste(page: Page, at: Locator, text: str) -> None:
    at.focus()
    page.evaluate(PASTE, [at.element_handle(), text])


def test_totals_follow_what_is_typed(editor: Page) -> None:
    editor.get_by_label(CHOICE).fill("4")
    expect(editor.locator("[data-whole]")).to_have_text("4 câu, 1,00 điểm")
    expect(editor.locator("[data-share=hieu]")).to_contain_text("Hiểu: 100 %")
    expect(editor.locator("[data-row-level=hieu]").first).to_have_text("4")
    expect(editor.locator("tbody tr").first.locator("[data-row-percent]")).to_have_text("100")


def test_true_false_is_counted_by_statement(editor: Page) -> None:
    for level, count in (("biet", "2"), ("hieu", "1"), ("van-dung", "1")):
        cell(editor, 0, "true-false", level).fill(count)
    choice(editor, 0, "biet").fill("2×0,5")
    expect(editor.locator("[data-whole]")).to_have_text("3 câu, 2,00 điểm")
    expect(editor.locator("[data-share=biet]")).to_contain_text("Biết: 75 %")
    expect(editor.locator("[data-level-asks=biet]")).to_have_text("4")


def test_shares_far_from_the_usual_are_marked(editor: Page) -> None:
    expect(editor.locator(".badge-doubt[data-share]")).to_have_count(0)
    for level, count in (("biet", "16"), ("hieu", "12"), ("van-dung", "12")):
        choice(editor, 0, level).fill(count)
    expect(editor.locator(".badge-doubt[data-share]")).to_have_count(0)
    choice(editor, 0, "van-dung").fill("4")
    expect(editor.locator(".badge-doubt[data-share]")).to_have_count(3)


def test_a_cell_that_wants_more_than_the_bank_has_is_marked(editor: Page) -> None:
    editor.get_by_label(CHOICE).fill("150")
    expect(editor.locator(".available.is-short")).to_have_count(1)
    editor.get_by_label(CHOICE).fill("1")
    expect(editor.locator(".available.is-short")).to_have_count(0)


def test_the_funnel_of_a_cell_says_where_questions_are_lost(editor: Page) -> None:
    editor.get_by_label(STATEMENTS).focus()
    funnel = editor.locator("[data-funnel]")
    expect(funnel).to_have_text(
        re.compile(
            r"Mọi chủ đề: \d+ câu → Biết: \d+ → Đúng/Sai: \d+ → "
            r"chưa dùng trong 5 đề gần nhất của tôi: \d+ → đã thẩm định, xuất bản: \d+ \(\d+ ý\)"
        )
    )
    editor.locator("[data-last-quizzes]").fill("0")
    editor.locator("[data-last-quizzes]").press("Tab")
    editor.get_by_label(STATEMENTS).focus()
    expect(funnel).to_contain_text("trong 0 đề")


def test_arrows_enter_and_tab_move_between_cells(editor: Page) -> None:
    editor.get_by_label(CHOICE).focus()
    for key, place in (
        ("ArrowDown", "row-1-single-choice-hieu"),
        ("ArrowRight", "row-1-single-choice-van-dung"),
        ("ArrowRight", "row-1-true-false-biet"),
        ("Enter", "row-2-true-false-biet"),
        ("Shift+Enter", "row-1-true-false-biet"),
        ("ArrowUp", "row-0-true-false-biet"),
        ("Tab", "row-0-true-false-hieu"),
        ("ArrowLeft", "row-0-true-false-biet"),
    ):
        editor.keyboard.press(key)
        expect(editor.locator(f"#{place}")).to_be_focused()


def test_a_block_from_excel_lands_cell_by_cell_and_can_be_undone(editor: Page) -> None:
    paste(editor, choice(editor, 1, "biet"), "4\t2\t1\r\n3\t\t1\r\n")
    values = [[choice(editor, row, level).input_value() for level in ("biet", "hieu", "van-dung")] for row in (1, 2)]
    assert values == [["4", "2", "1"], ["3", "", "1"]]
    expect(editor.locator("[data-whole]")).to_contain_text("11 câu")
    editor.keyboard.press("Control+z")
    expect(editor.locator("[data-whole]")).to_contain_text("0 câu")
    editor.keyboard.press("Control+y")
    expect(editor.locator("[data-whole]")).to_contain_text("11 câu")


def test_a_block_that_is_longer_than_the_table_adds_rows(editor: Page) -> None:
    rows = editor.locator("[data-row]").count()
    paste(editor, choice(editor, rows - 1, "biet"), "1\n2\n3")
    expect(editor.locator("[data-row]")).to_have_count(rows + 2)
    expect(choice(editor, rows + 1, "biet")).to_have_value("3")
    expect(editor.locator("[data-specification-row]")).to_have_count(rows + 2)


def test_names_of_topics_are_pasted_too(editor: Page) -> None:
    option = editor.locator("#row-0-topic option").nth(4)
    name, value = option.inner_text(), option.get_attribute("value") or ""
    paste(editor, editor.locator("#row-0-topic"), f"{name.upper()}\tBài toán thực tế\t3\nKhông có chủ đề ấy\t\t2")
    expect(editor.locator("#row-0-topic")).to_have_value(value)
    expect(editor.locator("#row-0-unit")).to_have_value("Bài toán thực tế")
    expect(choice(editor, 1, "biet")).to_have_value("2")
    expect(editor.locator("#announcer")).to_contain_text("1 chủ đề không có trong danh mục")


def test_a_block_is_selected_copied_filled_down_and_cleared(editor: Page) -> None:
    paste(editor, choice(editor, 0, "biet"), "4\t2\n3\t1")
    choice(editor, 0, "biet").focus()
    for key in ("Shift+ArrowDown", "Shift+ArrowRight"):
        editor.keyboard.press(key)
    expect(editor.locator(".is-selected")).to_have_count(4)
    assert editor.evaluate(COPY, choice(editor, 0, "biet").element_handle()) == "4\t2\n3\t1"
    editor.keyboard.press("Control+d")
    expect(choice(editor, 1, "hieu")).to_have_value("2")
    editor.keyboard.press("Escape")
    expect(editor.locator(".is-selected")).to_have_count(0)
    editor.keyboard.press("Shift+ArrowDown")
    editor.keyboard.press("Delete")
    assert [choice(editor, row, "biet").input_value() for row in (0, 1)] == ["", ""]
    expect(choice(editor, 0, "hieu")).to_have_value("2")


def test_one_value_fills_a_selected_block(editor: Page) -> None:
    choice(editor, 0, "biet").focus()
    editor.keyboard.press("Shift+ArrowDown")
    editor.evaluate(PASTE, [choice(editor, 0, "biet").element_handle(), "5"])
    assert [choice(editor, row, "biet").input_value() for row in (0, 1, 2)] == ["5", "5", ""]


def test_what_was_typed_is_undone_step_by_step(editor: Page) -> None:
    choice(editor, 0, "biet").focus()
    for text in ("4", "Enter", "3", "Enter"):
        editor.keyboard.press(text)
    editor.keyboard.press("Control+z")
    assert [choice(editor, row, "biet").input_value() for row in (0, 1)] == ["4", ""]
    editor.keyboard.press("Control+z")
    assert [choice(editor, row, "biet").input_value() for row in (0, 1)] == ["", ""]
    editor.keyboard.press("Control+Shift+z")
    expect(choice(editor, 0, "biet")).to_have_value("4")


def test_rows_are_moved_added_and_removed_by_keys(editor: Page) -> None:
    rows = editor.locator("[data-row]").count()
    paste(editor, choice(editor, 0, "biet"), "1\n2\n3")
    editor.locator("#row-0-outcomes").evaluate("area => { area.value = 'Nêu được.'; }")
    choice(editor, 0, "biet").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(choice(editor, 1, "biet")).to_be_focused()
    assert [choice(editor, row, "biet").input_value() for row in (0, 1, 2)] == ["2", "1", "3"]
    expect(editor.locator("#row-1-outcomes")).to_have_value("Nêu được.")
    editor.keyboard.press("Alt+Enter")
    expect(editor.locator("[data-row]")).to_have_count(rows + 1)
    assert [choice(editor, row, "biet").input_value() for row in (1, 2, 3)] == ["1", "", "3"]
    editor.keyboard.press("Alt+Delete")
    expect(editor.locator("[data-row]")).to_have_count(rows)
    assert [choice(editor, row, "biet").input_value() for row in (1, 2)] == ["1", "3"]


def test_rows_are_moved_and_removed_by_buttons(editor: Page) -> None:
    paste(editor, choice(editor, 0, "biet"), "1\n2")
    editor.locator("[data-row] summary").first.click()
    editor.get_by_role("button", name="Chuyển hàng 1 xuống").click()
    assert [choice(editor, row, "biet").input_value() for row in (0, 1)] == ["2", "1"]
    editor.locator("[data-row] summary").first.click()
    editor.get_by_role("button", name="Bỏ hàng 1").click()
    expect(choice(editor, 0, "biet")).to_have_value("1")


def test_a_row_added_by_script_is_saved_like_the_others(editor: Page) -> None:
    rows = editor.locator("[data-row]").count()
    editor.get_by_role("button", name="Thêm hàng").click()
    cell(editor, rows, "true-false", "van-dung").fill("8")
    editor.locator("#specification summary").click()
    editor.locator(f"#row-{rows}-outcomes").fill("Vận dụng được.")
    editor.get_by_role("button", name="Lưu ma trận").click()
    expect(editor.get_by_text("Đã lưu ma trận")).to_be_visible()
    expect(cell(editor, 0, "true-false", "van-dung")).to_have_value("8")
    expect(editor.locator("#row-0-outcomes")).to_have_value("Vận dụng được.")


def test_the_specification_follows_the_table(editor: Page) -> None:
    editor.locator("#specification summary").click()
    editor.locator("#row-0-topic").select_option(index=4)
    name = editor.locator("#row-0-topic option:checked").inner_text()
    choice(editor, 0, "biet").fill("3")
    row = editor.locator("[data-specification-row]").first
    expect(row).to_contain_text(name)
    expect(row.locator("[data-said='single-choice biet']")).to_have_text("3")


TOTALS = """() => Object.fromEntries([...document.querySelectorAll(
    "#matrix-table tfoot td, #matrix-table tbody td, [data-share], [data-whole]")]
    .filter((place) => Object.keys(place.dataset).some((name) => !["pattern", "usual"].includes(name)))
    .map((place, number) => [number, JSON.stringify({ ...place.dataset, pattern: "" }) + place.textContent.trim()]))"""


def test_the_script_and_the_server_add_up_alike(editor: Page) -> None:
    texts = ("4", "2×0,5", "1x1 + 1*2", "2c", "3+1c", "1", "8", "0", "ba", "1+", "4×0.25", "", "5", "3")
    block = "\n".join("\t".join(texts[(row + column) % len(texts)] for column in range(12)) for row in range(5))
    paste(editor, choice(editor, 0, "biet"), block)
    expect(editor.locator("[data-whole]")).not_to_contain_text("0 câu, 0,00")
    by_script = editor.evaluate(TOTALS)
    form = editor.evaluate("() => Object.fromEntries(new FormData(document.querySelector('[data-matrix-editor]')))")
    answer = editor.request.post("/matrices/new/table", form={**form, "do": "again"})
    plain = editor.context.new_page()
    plain.route("**/*.js*", lambda route: route.abort())
    plain.set_content(answer.text())
    by_server = plain.evaluate(TOTALS)
    plain.close()
    assert by_server == by_script


def test_without_javascript_rows_are_added_checked_and_saved(plain_page: Page, live_product: LiveProduct) -> None:
    live_product.sign_in_quickly(plain_page.context, Role.TEACHER)
    plain_page.goto("/matrices/new/table?subject=toan&grade=12&programme=gdpt-2018&title=Không mã lệnh")
    rows = plain_page.locator("[data-row]").count()
    choice(plain_page, 0, "hieu").fill("2")
    plain_page.get_by_role("button", name="Thêm hàng").click()
    expect(plain_page.locator("[data-row]")).not_to_have_count(rows)
    expect(choice(plain_page, 0, "hieu")).to_have_value("2")
    choice(plain_page, rows, "biet").fill("ba")
    plain_page.get_by_role("button", name="Lưu ma trận").click()
    plain_page.get_by_role("link", name=f"Hàng {rows + 1}, Một lựa chọn, Biết: số câu").click()
    choice(plain_page, rows, "biet").fill("150")
    plain_page.get_by_role("button", name="Kiểm tra với ngân hàng").click()
    expect(plain_page.get_by_text("Ngân hàng chưa đủ câu hỏi cho 1 ô của ma trận.")).to_be_visible()
    plain_page.get_by_role("button", name="Áp dụng", exact=True).first.click()
    plain_page.get_by_role("button", name="Lưu ma trận").click()
    expect(plain_page.get_by_text("Đã lưu ma trận")).to_be_visible()
    expect(choice(plain_page, 0, "hieu")).to_have_value("2")
