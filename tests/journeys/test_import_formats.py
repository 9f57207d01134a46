"""Teachers bring files of every format to the desk: seen beside their source, mended, imported, undone, or refused with
a clear word; a killed worker loses none of it."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from quizbank.questions.models import QuestionImport
from quizbank.questions.states import ImportState
from repository.permissions import Role
from tests.browser.live import LiveProduct, a_product
from tests.journeys import teacher_files
from tests.journeys.conftest import Someone
from tests.journeys.test_kill import Family

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LARGE = 2_500
PATIENCE_SECONDS = 60


def give(page: Page, name: str, data: bytes) -> None:
    page.goto("/questions/import")
    page.get_by_label("Tệp câu hỏi").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_label("Môn").select_option("toan")
    page.get_by_role("button", name="Đọc đề").click()


def item(page: Page, position: int) -> Locator:
    return page.locator(f"#item-{position}")


def test_a_word_paper_is_compared_mended_imported_undone_and_imported_again(someone: Someone) -> None:
    teacher = someone(Role.TEACHER)
    give(teacher, "de.docx", teacher_files.a_word_paper())
    expect(teacher.get_by_role("heading", name="Đối chiếu")).to_be_visible()
    compare(teacher)
    go_from_doubt_to_doubt(teacher)
    mend_fields(teacher)
    item(teacher, 3).get_by_role("button", name="Bỏ câu này").click()
    expect(item(teacher, 3)).to_contain_text("Người nhập đã bỏ câu này.")
    expect(item(teacher, 3)).to_be_focused()
    store_follow_and_undo(teacher)
    give(teacher, "de.docx", teacher_files.a_word_paper())
    expect(teacher.get_by_role("button", name="Nhập 2 câu")).to_be_visible()


def compare(page: Page) -> None:
    """Equations and pictures beside the source, every doubt at its place."""
    expect(item(page, 0).locator(".source")).to_contain_text(r"$\frac{1}{x}$")
    expect(item(page, 0).locator(".stem math")).to_have_count(2)
    picture = item(page, 1).locator(".stem img")
    expect(picture).to_have_attribute("alt", "Hình chữ nhật")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth === 120", arg=picture.element_handle())
    expect(item(page, 2).locator(".source mark")).to_have_text(["1A. 4", "1C. 4"])
    expect(item(page, 2).locator(".option.is-doubtful .option-letter")).to_have_text(["A", "C"])
    expect(item(page, 3)).to_contain_text("Không có đáp án.")
    expect(item(page, 4).locator(".source mark")).to_have_text(["1Đáp án: E"])


def go_from_doubt_to_doubt(page: Page) -> None:
    page.locator("h1").click()
    for key, position in (("ArrowDown", 2), ("ArrowDown", 3), ("ArrowDown", 4), ("ArrowUp", 3)):
        page.keyboard.press(f"Alt+{key}")
        expect(item(page, position)).to_be_focused()


def mend_fields(page: Page) -> None:
    item(page, 2).get_by_role("link", name="Sửa từng mục").click()
    expect(page.locator("#part-0-advice")).to_contain_text("giống hệt nhau")
    expect(page.get_by_role("region", name="Nguồn")).to_contain_text("Số nào là số nguyên tố?")
    page.locator("#part-2").fill("6")
    expect(page.locator("#part-0-advice")).to_be_hidden()
    page.get_by_role("button", name="Giữ bản sửa").click()
    expect(item(page, 2)).to_contain_text("Đã sửa")
    expect(item(page, 2)).to_be_focused()


def store_follow_and_undo(page: Page) -> None:
    page.get_by_role("button", name="Nhập 3 câu").click()
    expect(page.get_by_role("heading", name="Kết quả nhập")).to_be_visible()
    desk = page.url
    item(page, 2).get_by_role("link", name=re.compile("Mở câu hỏi")).click()
    page.get_by_role("link", name="de.docx, đoạn 11 (Câu 3)").click()
    expect(item(page, 2)).to_be_focused()
    page.goto(desk)
    page.get_by_role("button", name="Hoàn tác cả lần nhập").click()
    expect(page.get_by_text("Lần nhập này đã được hoàn tác lúc")).to_be_visible()


def test_files_of_every_format_are_read_and_imported(someone: Someone) -> None:
    teacher = someone(Role.TEACHER)
    for file in teacher_files.SOUND:
        give(teacher, file.name, file.data())
        expect(item(teacher, 0).locator(".stem")).to_contain_text(file.word)
        expect(item(teacher, 0).locator(".question math").first).to_be_visible()
        teacher.get_by_role("button", name=f"Nhập {file.count} câu").click()
        expect(teacher.get_by_role("link", name=f"Xem {file.count} câu đã nhập")).to_be_visible()


def test_the_columns_of_a_table_are_named_once(someone: Someone) -> None:
    teacher = someone(Role.TEACHER)
    give(teacher, "bang.xlsx", teacher_files.a_sheet("1 + 1 = ?"))
    teacher.get_by_role("link", name="Gán cột").click()
    for column, meaning in enumerate(("stem", "a", "b", "c", "d", "key"), start=1):
        teacher.get_by_label(f"Cột {column}").select_option(meaning)
    teacher.get_by_role("button", name="Đọc bảng với các cột này").click()
    expect(item(teacher, 0).locator(".stem")).to_have_text("1 + 1 = ?")
    give(teacher, "bang-khac.xlsx", teacher_files.a_sheet("0 + 2 = ?"))
    expect(item(teacher, 0).locator(".stem")).to_have_text("0 + 2 = ?")
    expect(item(teacher, 0).locator(".is-right .option-letter")).to_have_text("B")


@pytest.mark.parametrize(("name", "data", "words"), teacher_files.REFUSED_FILES)
def test_a_file_that_can_not_be_read_is_told_why_and_the_next_one_is_read(
    someone: Someone, name: str, data: Callable[[], bytes], words: str
) -> None:
    """On the page that it came from; on a busy machine, which leaves it to the worker, on a page of its own."""
    teacher = someone(Role.TEACHER, expected=("status of 422",))
    give(teacher, name, data())
    expect(teacher.locator(".notice-wrong")).to_contain_text(words, timeout=PATIENCE_SECONDS * 1_000)
    if teacher.get_by_role("heading", name="Nhập câu hỏi").count():
        expect(teacher.get_by_label("Môn")).to_have_value("toan")
    give(teacher, "on-tap.gift", teacher_files.GIFT.encode())
    expect(item(teacher, 0)).to_be_visible()


def test_a_killed_worker_goes_on_where_it_was(browser: Browser, tmp_path: Path) -> None:
    with a_product(tmp_path / "data") as product:
        family = Family(product)
        try:
            family.start("web")
            family.start("worker")
            family.wait_until_it_answers()
            context = browser.new_context(base_url=product.base_url, locale="vi-VN")
            product.sign_in_quickly(context, Role.TEACHER)
            read_through_a_kill(context.new_page(), family)
            context.close()
        finally:
            for name in family.processes:
                family.kill(name)


def read_through_a_kill(page: Page, family: Family) -> None:
    questions = "\n".join(f"::{n}:: Số liền sau của {n} là {{={n + 1} ~0 ~{n + 2}}}\n" for n in range(LARGE))
    give(page, "lon.gift", questions.encode())
    expect(page.get_by_role("heading", name="Đang đọc")).to_be_visible()
    family.kill("worker") if wait_for_some(family.product) else pytest.fail("all was read before the worker was killed")
    stopped_at = found_count(family.product)
    expect(page.locator("#import p").first).to_have_text(f"Đã đọc {stopped_at:,} câu.".replace(",", "."))
    page.goto("/questions")
    family.start("worker")
    page.goto("/questions/imports")
    page.get_by_role("link", name="lon.gift").click()
    expect(page.get_by_role("button", name=f"Nhập {LARGE} câu")).to_be_visible(timeout=PATIENCE_SECONDS * 1_000)
    assert 0 < stopped_at < found_count(family.product) == LARGE


def wait_for_some(product: LiveProduct) -> bool:
    """Whether a part of the file was read while the rest was not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with product.services.sessions() as session:
            made = session.query(QuestionImport).one()
            if made.found_count or made.state != ImportState.READING:
                return made.state == ImportState.READING
        time.sleep(0.01)
    return False


def found_count(product: LiveProduct) -> int:
    with product.services.sessions() as session:
        return session.query(QuestionImport).one().found_count
