"""A teacher gives a file of four hundred questions: the desk reads it while the page waits, every doubt is mended or
left out, what is imported leads back to its source, and the whole import is undone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from repository.permissions import Role
from tests.journeys.conftest import Someone

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTIONS = 400
OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"


def a_long_paper() -> str:
    """Question 7 has no key, and question 9 asks for a figure that is not there."""
    questions = []
    for number in range(1, QUESTIONS + 1):
        key = "" if number == 7 else "\nĐáp án: B"
        figure = "Theo hình vẽ ![](hinh.png) " if number == 9 else ""
        questions.append(f"Câu {number}. {figure}Số liền sau của {number} là\n{OPTIONS}{key}\n")
    return "\n".join(questions)


def test_a_long_paper_is_read_mended_imported_and_undone(someone: Someone, tmp_path: Path) -> None:
    teacher = someone(Role.TEACHER)
    path = tmp_path / "de-cuong.txt"
    path.write_text(a_long_paper(), encoding="utf-8")
    give(teacher, path)
    mend(teacher)
    store(teacher)
    follow_to_the_source(teacher)
    undo(teacher)


def give(page: Page, path: Path) -> None:
    page.goto("/questions/import")
    page.get_by_label("Tệp câu hỏi").set_input_files(path)
    page.get_by_label("Môn").select_option("toan")
    page.get_by_role("button", name="Đọc đề").click()
    expect(page).to_have_url(re.compile(r"/questions/imports/\d+$"))
    page.goto("/questions")
    page.goto("/questions/imports")
    page.get_by_role("link", name=path.name).first.click()
    expect(page.get_by_role("heading", name="Đối chiếu")).to_be_visible()
    expect(page.get_by_role("button", name=f"Nhập {QUESTIONS - 2} câu")).to_be_visible()


def mend(page: Page) -> None:
    page.get_by_role("link", name="Chỉ xem 2 câu ngờ").click()
    expect(page.locator(".desk-item.is-doubtful")).to_have_count(2)
    first = page.locator("#item-6")
    expect(first).to_contain_text("Không có đáp án.")
    source = first.get_by_label("Nguồn (sửa được)")
    source.fill(source.input_value() + "\nĐáp án: C")
    first.get_by_role("button", name="Đọc lại câu này").click()
    expect(first).to_contain_text("Câu này đã ổn")
    expect(page.locator(".desk-item.is-doubtful")).to_have_count(1)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#item-8")).to_be_focused()
    last = page.locator("#item-8")
    expect(last).to_contain_text("Không tìm thấy tệp hình hinh.png.")
    last.get_by_role("link", name="Sửa từng mục").click()
    page.get_by_label("Lời dẫn").fill("Số liền sau của 9 là")
    page.get_by_role("button", name="Giữ bản sửa").click()
    expect(page.get_by_text("Không có chỗ nào ngờ.")).to_be_visible()
    page.goto(page.url.partition("?")[0])
    page.locator("#item-0").get_by_role("button", name="Bỏ câu này").click()
    expect(page.locator("#item-0")).to_contain_text("Người nhập đã bỏ câu này.")


def store(page: Page) -> None:
    page.get_by_role("button", name=f"Nhập {QUESTIONS - 1} câu").click()
    expect(page.get_by_role("heading", name="Kết quả nhập")).to_be_visible()
    expect(page.get_by_role("link", name=f"Xem {QUESTIONS - 1} câu đã nhập")).to_be_visible()


def follow_to_the_source(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp nguồn").click()
    assert download.value.suggested_filename == "de-cuong.txt"
    assert Path(download.value.path()).read_text(encoding="utf-8") == a_long_paper()
    desk = page.url
    page.locator("#item-6").get_by_role("link", name=re.compile("Mở câu hỏi")).click()
    expect(page.get_by_text("de-cuong.txt, dòng")).to_be_visible()
    page.goto(desk)


def undo(page: Page) -> None:
    page.get_by_role("button", name="Hoàn tác cả lần nhập").click()
    expect(page.get_by_text("Lần nhập này đã được hoàn tác lúc")).to_be_visible()
