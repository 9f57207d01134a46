"""The workbench by keyboard alone: every step of a teacher from a drawn quiz to her own, without a reload."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.building import build_quiz
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.workbench.steps import lines_of
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import Role
from tests.browser.library import TOPIC, actor_for
from tests.browser.live import LiveProduct, sign_in
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_question

pytestmark = pytest.mark.browser


@pytest.fixture
def quiz_id(live_product: LiveProduct) -> int:
    """Six choices and two short answers, more of which are in the bank, and one question that is made for it."""
    matrix = a_matrix(
        a_cell(count=6, level="hieu", topic=TOPIC),
        a_cell(type=QuestionType.SHORT_ANSWER, count=2, marks="0.5", level="biet", topic=TOPIC),
        title="Đề của cô Bình",
    )
    with live_product.services.sessions() as session:
        teacher = actor_for(writing(session), Role.TEACHER)
        quiz = build_quiz(session, teacher, matrix, seed=5, now=utc_now())
        a_question(session, a_choice(f"Câu hỏi chỉ dành cho đề {quiz.id} là câu nào?"), level="van-dung")
        session.commit()
        return quiz.id


@pytest.fixture
def bench(page: Page, quiz_id: int) -> Iterator[Page]:
    sign_in(page, Role.TEACHER)
    page.goto(f"/quizzes/{quiz_id}")
    expect(page.locator("[data-keys]")).to_be_visible()
    page.evaluate("window.wasHere = true")
    yield page
    assert page.evaluate("window.wasHere"), "no step may load the page anew"


def questions(live_product: LiveProduct, quiz_id: int) -> list[int]:
    with live_product.services.sessions() as session:
        return [line.question_id for line in lines_of(session, quiz_id)]


def item(page: Page, position: int) -> str:
    """The number of the question that stands there, as the page says."""
    return page.locator(f"#item-{position} .meta a").inner_text()


def said(page: Page, sentence: str) -> None:
    expect(page.locator("#bench-said")).to_contain_text(sentence)
    expect(page.locator("#announcer")).to_contain_text(sentence)


def test_a_teacher_makes_the_quiz_hers_by_keyboard_alone(bench: Page, live_product: LiveProduct, quiz_id: int) -> None:
    at_first = questions(live_product, quiz_id)
    keys = bench.keyboard
    keys.press("j")
    expect(bench.locator("#item-2")).to_be_focused()
    keys.press("l")
    said(bench, "Đã khoá câu 2 phần I.")
    expect(bench.locator("#item-2 [data-key-lock]")).to_have_attribute("aria-pressed", "true")
    expect(bench.locator("#item-2")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("s")
    said(bench, "Đã đổi câu 3 phần I lấy câu tương đương.")
    expect(bench.locator("#item-3")).to_be_focused()
    keys.press("Alt+ArrowDown")
    said(bench, "Đã chuyển, nay là câu 4 phần I.")
    expect(bench.locator("#item-4")).to_be_focused()
    keys.press("m")
    expect(bench.get_by_label("Điểm câu 4", exact=True).first).to_be_focused()
    keys.type("0,75")
    keys.press("Enter")
    said(bench, "Đã sửa điểm của câu 4 phần I.")
    expect(bench.locator(".bench-figures")).to_contain_text("3,00 điểm")
    keys.press("Escape")
    expect(bench.locator("#item-4")).to_be_focused()
    keys.press("k")
    keys.press("Delete")
    said(bench, "Đã bỏ câu.")
    expect(bench.locator(".bench-figures")).to_contain_text("lệch 1 ô")
    expect(bench.locator("[data-item]")).to_have_count(7)
    now = questions(live_product, quiz_id)
    assert now[1] == at_first[1] and len(now) == 7 and now != at_first

    for _ in range(5):
        revision = bench.locator("#bench [name=revision]").input_value()
        keys.press("Control+z")
        expect(bench.locator("#bench [name=revision]")).to_have_value(str(int(revision) + 1))
    said(bench, "Đã hoàn tác: khoá câu.")
    assert questions(live_product, quiz_id) == at_first
    keys.press("Control+y")
    said(bench, "Đã làm lại: khoá câu.")


def test_a_replacement_is_chosen_from_a_list(bench: Page, live_product: LiveProduct, quiz_id: int) -> None:
    before = item(bench, 2)
    bench.keyboard.press("j")
    bench.keyboard.press("c")
    dialog = bench.get_by_role("dialog", name="Chọn câu thay")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Dùng câu này").first).to_be_focused()
    chosen = dialog.locator(".choice-row .meta a").nth(1).inner_text()
    for _ in range(2):
        bench.keyboard.press("Tab")
    bench.keyboard.press("Enter")
    said(bench, "Đã thay câu 2 phần I.")
    expect(dialog).to_be_hidden()
    expect(bench.locator("#item-2")).to_be_focused()
    assert item(bench, 2) == chosen != before


def test_a_question_is_found_and_added(bench: Page, live_product: LiveProduct, quiz_id: int) -> None:
    bench.keyboard.press("/")
    dialog = bench.get_by_role("dialog", name="Thêm câu vào đề")
    expect(dialog.get_by_label("Từ trong câu hỏi")).to_be_focused()
    bench.keyboard.type(f'"chi danh cho de {quiz_id}"')
    expect(dialog.locator(".choice-row")).to_have_count(1)
    expect(dialog.locator(".choice-row")).to_contain_text("Ngoài ma trận")
    for _ in range(10):
        if dialog.locator(".choice-row button").evaluate("one => one === document.activeElement"):
            break
        bench.keyboard.press("Tab")
    bench.keyboard.press("Enter")
    said(bench, "Đã thêm, là câu 7 phần I.")
    expect(bench.locator("#item-7")).to_be_focused()
    assert len(questions(live_product, quiz_id)) == 9


def test_escape_leads_from_a_dialog_back_to_the_question(bench: Page) -> None:
    bench.keyboard.press("j")
    for key, name in (("c", "Chọn câu thay"), ("/", "Thêm câu vào đề"), ("Shift+?", "Phím tắt")):
        bench.keyboard.press(key)
        expect(bench.get_by_role("dialog", name=name)).to_be_visible()
        bench.keyboard.press("Escape")
        expect(bench.get_by_role("dialog", name=name)).to_be_hidden()
        expect(bench.locator("#item-2")).to_be_focused()


def test_keys_of_one_letter_can_be_put_to_rest(bench: Page) -> None:
    bench.keyboard.press("Shift+?")
    bench.get_by_label("Dùng phím tắt một chữ cái").press("Space")
    bench.keyboard.press("Escape")
    bench.keyboard.press("j")
    expect(bench.locator("#item-1")).to_be_focused()
    bench.keyboard.press("ArrowDown")
    expect(bench.locator("#item-2")).to_be_focused()


def test_letters_in_a_field_are_letters(bench: Page) -> None:
    field = bench.get_by_label("Điểm cả phần").first
    field.fill("")
    field.press_sequentially("jls/")
    assert field.input_value() == "jls/"
    expect(bench.locator("#bench-said")).to_be_hidden()


def test_an_old_window_is_shown_what_the_new_one_did(
    bench: Page, live_product: LiveProduct, quiz_id: int, expected: list[str]
) -> None:
    expected.append("status of 409")
    other = bench.context.new_page()
    other.goto(f"/quizzes/{quiz_id}")
    other.keyboard.press("l")
    said(other, "Đã khoá câu 1 phần I.")
    other.close()
    bench.keyboard.press("j")
    bench.keyboard.press("Delete")
    said(bench, "Đề đã được sửa ở cửa sổ khác.")
    expect(bench.locator("#item-1 [data-key-lock]")).to_have_attribute("aria-pressed", "true")
    bench.keyboard.press("Delete")
    said(bench, "Đã bỏ câu.")
    assert len(questions(live_product, quiz_id)) == 7


def test_a_lost_line_is_said_and_changes_nothing(
    bench: Page, live_product: LiveProduct, quiz_id: int, expected: list[str]
) -> None:
    expected.append("ERR_INTERNET_DISCONNECTED")
    before = questions(live_product, quiz_id)
    bench.context.set_offline(True)
    bench.keyboard.press("j")
    bench.keyboard.press("s")
    expect(bench.locator("#bench-said")).to_contain_text("Không gửi được. Đề vẫn như trước")
    bench.context.set_offline(False)
    bench.keyboard.press("s")
    said(bench, "Đã đổi câu 2 phần I lấy câu tương đương.")
    assert questions(live_product, quiz_id) != before


def test_without_javascript_the_buttons_lead_back_to_their_question(
    plain_page: Page, live_product: LiveProduct, quiz_id: int
) -> None:
    live_product.sign_in_quickly(plain_page.context, Role.TEACHER)
    plain_page.goto(f"/quizzes/{quiz_id}")
    before = questions(live_product, quiz_id)
    plain_page.get_by_role("button", name="Đổi câu 3").first.click()
    expect(plain_page.get_by_text("Đã đổi câu 3 phần I lấy câu tương đương.")).to_be_attached()
    assert plain_page.url.endswith("#item-3")
    expect(plain_page.locator("#item-3")).to_be_focused()
    marks = plain_page.locator("#marks-2")
    marks.fill("1,5")
    marks.press("Enter")
    expect(plain_page.locator("#marks-2")).to_have_value("1,50")
    plain_page.get_by_role("link", name="Chọn câu thay câu 1").first.click()
    plain_page.get_by_role("button", name="Dùng câu này").first.click()
    expect(plain_page.get_by_text("Đã thay câu 1 phần I.")).to_be_attached()
    plain_page.get_by_role("link", name="Thêm câu").click()
    plain_page.get_by_label("Từ trong câu hỏi").fill(f'"chi danh cho de {quiz_id}"')
    plain_page.get_by_role("button", name="Tìm", exact=True).last.click()
    plain_page.locator(".choice-row button").click()
    expect(plain_page.locator("[data-item]")).to_have_count(9)
    for _ in range(4):
        plain_page.get_by_role("button", name="Hoàn tác").click()
    assert questions(live_product, quiz_id) == before
    with live_product.services.sessions() as session:
        assert session.get_one(Quiz, quiz_id).revision == 9
