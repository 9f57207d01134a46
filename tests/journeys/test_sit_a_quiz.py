"""A teacher imports a pasted paper, builds a quiz from a matrix and assigns it; a student sits it, loses the network
for a minute, and every answer is there."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from repository.permissions import Role
from tests.journeys.conftest import Someone

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTIONS = 8
ASKED = 6
A_MINUTE_MS = 60_000
OFFLINE = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "Failed to fetch")
SAVED = re.compile(r"Đã lưu \d\d:\d\d:\d\d")
TITLE = "Kiểm tra 15 phút: số liền sau"


def a_pasted_paper() -> str:
    """Eight questions whose right option can be told from the stem: the number after it."""
    return "\n".join(
        f"Câu {number}. Số tự nhiên liền sau của số {number * 100} là\n"
        f"A. {number * 100 - 1}\nB. {number * 100 + 10}\nC. {number * 100 + 1}\nD. {number * 100 + 100}\n"
        f"Đáp án: C\nLời giải: Cộng thêm 1.\n"
        for number in range(1, QUESTIONS + 1)
    )


def test_a_lost_network_loses_no_answer(someone: Someone) -> None:
    teacher = someone(Role.TEACHER)
    import_paper(teacher)
    build_quiz(teacher)
    code = make_class(teacher)
    student = someone(Role.STUDENT, expected=OFFLINE)
    join(student, code)
    assign(teacher)
    sit(student)


def import_paper(page: Page) -> None:
    page.goto("/questions/import")
    page.get_by_label("hoặc dán đề vào đây").fill(a_pasted_paper())
    page.get_by_label("Môn").select_option("toan")
    page.get_by_label("Lớp").select_option("7")
    page.get_by_label("Chương trình").select_option("gdpt-2018")
    page.get_by_role("button", name="Đọc đề").click()
    page.get_by_role("button", name=f"Nhập {QUESTIONS} câu").first.click()
    expect(page.get_by_role("link", name=f"Xem {QUESTIONS} câu đã nhập")).to_be_visible()


def build_quiz(page: Page) -> None:
    page.goto("/matrices/new")
    empty = page.locator("form", has=page.get_by_role("button", name="Mở bảng trống"))
    empty.get_by_label("Tên ma trận").fill(TITLE)
    empty.get_by_label("Môn").select_option("toan")
    empty.get_by_label("Lớp").fill("7")
    empty.get_by_role("button", name="Mở bảng trống").click()
    page.get_by_role("button", name="Thêm cột mọi mức độ").click()
    page.get_by_label("Hàng 1, Một lựa chọn, Mọi mức: số câu").fill(str(ASKED))
    page.get_by_label("Một lựa chọn: điểm mỗi câu", exact=True).fill("0,5")
    expect(page.locator("[data-whole]")).to_have_text(f"{ASKED} câu, 3,00 điểm")
    page.get_by_role("button", name="Lưu ma trận").click()
    page.get_by_label("Lấy cả câu hỏi chưa xuất bản của tôi").check()
    page.get_by_role("button", name="Tạo đề").click()
    expect(page.locator(".quiz-item")).to_have_count(ASKED)


def make_class(page: Page) -> str:
    quiz = page.url
    page.goto("/classes")
    page.get_by_label("Tên lớp").fill("6A1 hành trình")
    page.get_by_role("button", name="Tạo lớp").click()
    code = page.locator(".join-code").inner_text()
    page.goto(quiz)
    return code.strip()


def join(page: Page, code: str) -> None:
    page.goto("/classes")
    page.get_by_label("Mã lớp").fill(code)
    page.get_by_role("button", name="Vào lớp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("6A1 hành trình")


def assign(page: Page) -> None:
    page.get_by_role("link", name="Chọn lớp").click()
    page.get_by_role("link", name="6A1 hành trình").click()
    page.get_by_label("Học sinh xem điểm, đáp án và lời giải").select_option("submit")
    page.get_by_role("button", name="Giao đề").click()
    expect(page.get_by_text("Đã giao đề cho lớp.")).to_be_visible()


def sit(page: Page) -> None:
    """Two answers with a line, two without it for a minute, two after it; one of them wrong."""
    page.clock.install()
    page.reload()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.locator("form#sitting[data-is-ready]")).to_be_visible()
    items = page.locator(".sitting-item")
    expect(items).to_have_count(ASKED)
    answer_right(items.nth(0))
    answer_right(items.nth(1))
    expect_saved(items, 0, 1)
    lose_the_line_for_a_minute(page.context, page, items)
    answer_right(items.nth(4))
    answer_wrong(items.nth(5))
    expect_saved(items, *range(ASKED))
    page.reload()
    expect(page.locator(".sitting-item input:checked")).to_have_count(ASKED)
    submit(page)


def lose_the_line_for_a_minute(context: BrowserContext, page: Page, items: Locator) -> None:
    context.set_offline(True)
    answer_right(items.nth(2))
    answer_right(items.nth(3))
    expect(page.locator("[data-banner]")).to_contain_text("Mất kết nối")
    page.clock.fast_forward(A_MINUTE_MS)
    context.set_offline(False)
    expect_saved(items, 2, 3)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_text("Mọi câu đều đã trả lời.")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page).to_have_url(re.compile("/review$"))
    expect(page.locator("main")).to_contain_text("2,50")
    expect(page.locator(".option.is-wrong")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("Cộng thêm 1.")


def answer_right(item: Locator) -> None:
    choose(item, 1)


def answer_wrong(item: Locator) -> None:
    choose(item, 10)


def choose(item: Locator, more: int) -> None:
    """The option that is ``more`` than the number in the stem, wherever this student's paper shows it."""
    found = re.search(r"của số (\d+)", item.locator(".stem").inner_text())
    assert found
    wanted = re.compile(rf"(?<!\d){int(found[1]) + more}(?!\d)")
    item.locator("label.choice").filter(has_text=wanted).locator("input").check()


def expect_saved(items: Locator, *places: int) -> None:
    for place in places:
        expect(items.nth(place).locator("[data-saved]")).to_have_text(SAVED, timeout=40_000)
