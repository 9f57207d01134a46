"""Those who keep the bank: questions alike settled by keyboard, gaps found on the map, a key repaired after a practice
while the old marks stay in the record, a selection taken away in a format that cannot hold all of it."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quizbank.attempts.actions import save_answer, start_practice, submit_attempt
from quizbank.attempts.rules import Wish
from quizbank.questions.likeness_search import compare_bank
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import Role
from tests.browser.library import actor_for
from tests.browser.live import LiveProduct
from tests.journeys.conftest import Someone
from tests.quizbank.questions.builders import a_choice, a_question, a_short_answer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def two_alike(product: LiveProduct) -> str:
    """The heading of a pair: one question written twice, with keys that disagree."""
    with product.services.sessions() as session:
        stem = "Chất khí nào sau đây chiếm tỉ lệ lớn nhất trong không khí khô ở gần mặt đất?"
        names = ("Oxygen", "Nitrogen", "Argon", "Carbon dioxide")
        left = a_question(writing(session), a_choice(stem, "B", names), subject="hoa-hoc").id
        right = a_question(session, a_choice(f"{stem} ", "A", names), subject="hoa-hoc", source="Đề khác").id
        session.commit()
        compare_bank(session, lambda done, total: None)
        session.commit()
    return f"Câu #{left} và câu #{right}"


def test_an_editor_settles_pairs_with_the_keyboard_conflicts_first(someone: Someone, live_product: LiveProduct) -> None:
    pair = two_alike(live_product)
    page = someone(Role.EDITOR)
    page.goto("/questions")
    page.get_by_role("link", name="Câu gần giống nhau").press("Enter")
    first = page.locator(".pairs > li").first
    expect(first.get_by_role("heading")).to_have_text(pair)
    expect(first).to_contain_text("Đáp án trái nhau")
    page.get_by_role("button", name=f"Trùng nhau: {pair}").press("Enter")
    expect(page.get_by_text("Đã ghi kết luận về")).to_be_visible()
    expect(page.get_by_role("heading", name=pair)).to_have_count(0)
    page.get_by_role("link", name="Trùng nhau").press("Enter")
    expect(page.get_by_role("heading", name=pair)).to_be_visible()
    page.get_by_role("button", name=f"Biến thể: {pair}").press("Enter")
    page.get_by_role("button", name="Lấy lại kết luận").first.press("Enter")
    expect(page.get_by_text("Đã lấy lại kết luận về hai câu.")).to_be_visible()
    page.goto("/questions/duplicates")
    expect(page.locator(".pairs > li").first.get_by_role("heading")).to_have_text(pair)


def test_the_map_of_the_bank_leads_to_its_questions(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.goto("/questions")
    page.get_by_role("link", name="Độ phủ").click()
    page.get_by_label("Môn").select_option("toan")
    page.get_by_label("Lớp").select_option("12")
    page.get_by_role("button", name="Xem độ phủ").click()
    row = page.get_by_role("row", name=re.compile("^Nguyên hàm"))
    number = row.get_by_role("link").nth(1)
    count = number.inner_text()
    assert int(count) > 0
    number.click()
    expect(page.get_by_role("list", name="Đang lọc")).to_contain_text("Nguyên hàm")
    expect(page.get_by_text(f"{count} câu hỏi")).to_be_visible()


def a_practised_question(product: LiveProduct) -> int:
    """A question whose key is wrong: who answered C got nothing."""
    with product.services.sessions() as session:
        student = actor_for(writing(session), Role.STUDENT)
        content = a_choice(
            "Thiết bị nào sau đây là thiết bị ra của máy tính?", "A", ("Chuột", "Phím", "Màn hình", "Mic")
        )
        question = a_question(session, replace(content, keeps_order=True), subject="tin-hoc", grade=10)
        sitting = start_practice(session, student, Wish("tin-hoc", count=1), chance=random.Random(1), now=utc_now())
        save_answer(session, student, sitting.token, 1, "C", based_on=0, now=utc_now())
        submit_attempt(session, student, sitting.token, now=utc_now())
        session.commit()
        return question.id


def test_a_key_is_repaired_after_seeing_who_gains(someone: Someone, live_product: LiveProduct) -> None:
    address = f"/questions/{a_practised_question(live_product)}"
    page = someone(Role.EDITOR)
    page.goto(address)
    page.get_by_role("link", name="Bản nào, ở đề nào").click()
    row = page.get_by_role("row", name=re.compile("^Bản 1"))
    expect(row.get_by_role("cell").last).to_have_text("1")
    page.goto(address)
    page.get_by_role("link", name="Sửa đáp án và chấm lại").click()
    page.get_by_label("Đổi đáp án").check()
    page.get_by_label("Đáp án mới").fill("C")
    page.get_by_role("button", name="Xem ai tăng, ai giảm").click()
    preview = page.get_by_role("region", name="2. Xem trước")
    expect(preview).to_contain_text("Chưa có gì được ghi.")
    expect(preview).to_contain_text(re.compile(r"Tăng điểm\s*1\s*Giảm điểm\s*0"))
    expect(preview.get_by_role("table").last).to_contain_text("0,00 → 10,00")
    page.get_by_role("textbox", name="Lí do").fill("Màn hình mới là thiết bị ra.")
    page.get_by_role("button", name="Sửa đáp án và chấm lại").click()
    live_product.run_jobs()
    see_the_record(page)
    page.goto(address)
    expect(page.locator(".is-right .option-letter")).to_have_text("C")


def see_the_record(page: Page) -> None:
    """Old marks and new ones, side by side, as soon as all is marked again."""
    expect(page.get_by_text("Chấm xong")).to_be_visible()
    old_and_new = page.get_by_role("table").get_by_role("row").last.get_by_role("cell")
    expect(old_and_new.first).to_have_text("0,00")
    expect(old_and_new.nth(1)).not_to_have_text("0,00")


def test_an_export_gives_the_file_and_names_what_it_could_not_hold(someone: Someone, live_product: LiveProduct) -> None:
    with live_product.services.sessions() as session:
        a_question(writing(session), a_choice("Câu chọn để xuất?"), tags=("để-xuất",), passage="Một đoạn văn.")
        a_question(session, a_short_answer("Câu ngắn để xuất?", "5"), tags=("để-xuất",))
        session.commit()
    page = someone(Role.TEACHER)
    page.goto("/questions?tag=để-xuất")
    page.get_by_role("link", name="Xuất", exact=True).click()
    expect(page.get_by_text("2 câu, có cả đáp án và lời giải.")).to_be_visible()
    page.get_by_label("Định dạng").select_option("aiken")
    page.get_by_role("button", name="Viết tệp").click()
    expect(page.get_by_text("Đã viết 1 câu.")).to_be_visible()
    expect(page.get_by_text("1 trên 2 câu")).to_be_visible()
    reasons = page.get_by_role("region", name="Vì sao, bao nhiêu chỗ")
    expect(reasons).to_contain_text("câu không có trong tệp")
    expect(reasons).to_contain_text("Định dạng này không giữ được ngữ liệu.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp").click()
    written = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Câu chọn để xuất?" in written and "Câu ngắn" not in written
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Tải cả danh sách")).click()
    assert "ngữ liệu" in Path(download.value.path()).read_text(encoding="utf-8-sig")
