"""A teacher writes questions of all four types: formulas without knowing LaTeX, pictures pasted and dropped, advice at
its place; nothing typed is lost to a mistake, a lost session, a closed tab or another editor."""

import base64
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import delete

from repository.accounts.models import SignInSession
from repository.db import writing
from repository.permissions import Role
from tests.browser.live import PASSWORD, LiveProduct, email_of
from tests.journeys.conftest import Someone
from tests.journeys.teacher_files import a_picture
from tests.quizbank.questions.builders import a_choice, a_question

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HAND_OVER = """([area, data, kind]) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "hinh.png", { type: "image/png" }));
    area.focus();
    const how = { bubbles: true, cancelable: true };
    area.dispatchEvent(kind === "paste"
        ? new ClipboardEvent("paste", { ...how, clipboardData: transfer })
        : new DragEvent("drop", { ...how, dataTransfer: transfer }));
}"""


def hand_over(area: Locator, kind: str) -> None:
    """Paste or drop a picture into a text."""
    data = base64.b64encode(a_picture()).decode()
    area.evaluate(f"(area, given) => ({HAND_OVER})([area, ...given])", [data, kind])


def write(page: Page, stem: str, *parts: str) -> None:
    page.get_by_label("Lời dẫn").fill(stem)
    for row, text in enumerate(parts):
        page.locator(f"#part-{row}").fill(text)


def place_and_save(page: Page) -> None:
    page.get_by_label("Lời giải").fill("Vì thế.")
    page.locator("#subject").select_option("toan")
    page.locator("#grade").select_option("12")
    page.locator("#topic").select_option(label="Nguyên hàm")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu câu hỏi thành bản nháp.")).to_be_visible()


def test_formulas_are_found_with_the_keyboard_and_shown_at_once(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.goto("/questions/new")
    stem = page.get_by_label("Lời dẫn")
    stem.press_sequentially("Tính ")
    page.keyboard.press("Alt+Equal")
    expect(page.get_by_role("button", name="Phân số")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("1")
    expect(stem).to_have_value(r"Tính $\frac{1}{}$")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+Equal")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(stem).to_be_focused()
    page.keyboard.type("2")
    expect(page.locator("#preview .stem math mfrac")).to_be_visible()
    stem.fill("")
    page.get_by_role("button", name=re.compile("Công thức")).click()
    page.get_by_role("button", name="Căn bậc hai").click()
    expect(stem).to_have_value(r"$\sqrt{}$")


def test_pictures_are_pasted_dropped_and_described(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.goto("/questions/new")
    write(page, "Hình nào? ", "", "hai", "ba", "bốn")
    stem = page.get_by_label("Lời dẫn")
    hand_over(stem, "paste")
    words = page.get_by_label("Mô tả hình cho người không nhìn thấy").first
    expect(words).to_be_focused()
    expect(page.locator("#stem-advice")).to_contain_text("Hình chưa có lời mô tả")
    page.keyboard.type("Hình chữ nhật xanh")
    page.keyboard.press("Enter")
    expect(stem).to_be_focused()
    expect(stem).to_have_value(re.compile(r"!\[Hình chữ nhật xanh\]\(media:[0-9a-f]{64}\)"))
    hand_over(page.locator("#part-0"), "drop")
    expect(page.locator("#preview .option img")).to_be_visible()
    picture = page.locator("#preview .stem img")
    expect(picture).to_have_attribute("alt", "Hình chữ nhật xanh")
    page.wait_for_function("image => image.complete && image.naturalWidth === 120", arg=picture.element_handle())
    page.get_by_role("button", name="Bỏ hình").last.click()
    expect(page.locator("#part-0")).to_have_value("")


def test_advice_follows_the_typing_and_leads_to_its_place(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.goto("/questions/new")
    write(
        page, r"Với $\frac{1$, phát biểu nào không đúng?", "một", "Một phương án dài hơn hẳn mọi phương án khác", "ba"
    )
    page.locator("#part-3").fill("Tất cả đều đúng")
    page.get_by_label("Đúng", exact=True).nth(1).check()
    for field, words in (
        ("stem", "không đọc được"),
        ("stem", "nên viết hoa hoặc in đậm"),
        ("part-1", "dài hơn hẳn"),
        ("part-3", "kiểu “tất cả đều đúng”"),
        ("explanation", "chưa có lời giải"),
    ):
        expect(page.locator(f"#{field}-advice")).to_contain_text(words)
    page.locator("#preview").get_by_role("link", name=re.compile("không đọc được")).click()
    assert page.evaluate("document.getSelection().toString()") == r"$\frac{1$"
    page.keyboard.type("$1$")
    expect(page.locator("#stem-advice")).not_to_contain_text("không đọc được")


@pytest.mark.parametrize("kind", ["single-choice", "multiple-response", "true-false", "short-answer"])
def test_a_question_of_each_type_is_written_corrected_and_saved(someone: Someone, kind: str) -> None:
    page = someone(Role.TEACHER, expected=("status of 422",))
    page.goto("/questions/new")
    page.locator("#type").select_option(kind)
    write(page, f"Một câu {kind} với $x^2$?", *(("2", "3") if kind == "short-answer" else ("p", "q", "r", "s")))
    if kind != "short-answer":
        page.get_by_label("Đúng", exact=True).first.check()
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.evaluate("document.querySelector('#subject').required = false")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn môn.")
    expect(page.locator("#type")).to_have_value(kind)
    expect(page.get_by_label("Lời dẫn")).to_have_value(f"Một câu {kind} với $x^2$?")
    place_and_save(page)
    expect(page.locator(".question .stem math").first).to_be_visible()
    expect(page.locator("aside")).to_contain_text("Nguyên hàm")


def test_what_was_typed_outlives_a_closed_tab_and_a_lost_session(someone: Someone, live_product: LiveProduct) -> None:
    page = someone(Role.TEACHER, expected=("status of 401",))
    page.goto("/questions/new")
    write(page, "Một câu chưa xong", "p", "q", "r", "s")
    page.locator("#subject").select_option("toan")
    page.locator("#grade").select_option("12")
    page.locator("#topic").select_option(label="Nguyên hàm")
    topic = page.locator("#topic").input_value()
    page.wait_for_function(
        "topic => Object.values(localStorage).some((draft) => draft.includes(JSON.stringify(['topic', topic])))",
        arg=topic,
    )
    expect(page.get_by_text("Đã giữ trên máy này lúc")).to_be_visible()
    page = reopened(page)
    expect(page.get_by_text("Đã lấy lại phần bạn soạn dở lúc")).to_be_visible()
    expect(page.get_by_label("Lời dẫn")).to_have_value("Một câu chưa xong")
    expect(page.locator("#topic option:checked")).to_have_text("Nguyên hàm")
    expect(page.locator("#topic")).to_have_value(topic)
    page.get_by_label("Đúng", exact=True).nth(1).check()
    end_all_sessions(live_product)
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_role("heading", name="Cần đăng nhập")).to_be_visible()
    sign_in_again(page)
    expect(page.get_by_role("heading", name="Câu hỏi mới")).to_be_visible()
    expect(page.get_by_label("Lời dẫn")).to_have_value("Một câu chưa xong")
    place_and_save(page)
    page.goto("/questions/new")
    expect(page.get_by_label("Lời dẫn")).to_have_value("")
    expect(page.get_by_text("Đã lấy lại phần")).to_be_hidden()


def reopened(page: Page) -> Page:
    """The same address in a new tab, after the old one was closed."""
    address, context = page.url, page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    return page


def end_all_sessions(product: LiveProduct) -> None:
    with product.services.sessions() as session:
        writing(session).execute(delete(SignInSession))
        session.commit()


def sign_in_again(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Đăng nhập").click()
    page.locator("main input[name=email]").fill(email_of(Role.TEACHER))
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()


def test_nobody_else_on_the_machine_sees_what_was_not_saved(someone: Someone) -> None:
    page = someone(Role.TEACHER)
    page.goto("/questions/new")
    write(page, "Câu bí mật")
    expect(page.get_by_text("Đã giữ trên máy này lúc")).to_be_visible()
    page.locator(".account summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("link", name="Đăng nhập").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('hoclieu-draft:'))") == []


def a_drafted_question(product: LiveProduct) -> str:
    with product.services.sessions() as session:
        question = a_question(writing(session), a_choice("Câu hai người cùng sửa, $1+1$ bằng?"))
        session.commit()
        return f"/questions/{question.id}"


def test_two_editors_at_once_see_each_other_and_lose_nothing(someone: Someone, live_product: LiveProduct) -> None:
    address = a_drafted_question(live_product)
    one, other = someone(Role.EDITOR, expected=("status of 409",)), someone(Role.EDITOR)
    for page in (one, other):
        page.goto(f"{address}/edit")
    other.get_by_label("Lời dẫn").fill("Câu hai người cùng sửa, $1+3$ bằng?")
    other.get_by_role("button", name="Lưu bản nháp").click()
    expect(other.get_by_role("heading", name="Thay đổi so với bản 1")).to_be_visible()
    one.get_by_label("Lời dẫn").fill("Câu hai người cùng sửa, $1+2$ bằng?")
    one.get_by_role("button", name="Lưu bản nháp").click()
    expect(one.get_by_role("heading", name="Có người vừa lưu bản 2")).to_be_visible()
    expect(one.locator("#conflict del math")).to_contain_text("3")
    expect(one.locator("#conflict ins math")).to_contain_text("2")
    expect(one.get_by_label("Lời dẫn")).to_have_value("Câu hai người cùng sửa, $1+2$ bằng?")
    one.get_by_role("button", name="Lưu bản nháp").click()
    expect(one.get_by_role("heading", name="Thay đổi so với bản 2")).to_be_visible()
    one.get_by_role("link", name="so với bản 1").click()
    expect(one.get_by_role("heading", name="Thay đổi so với bản 1")).to_be_visible()


def test_the_editor_and_the_desk_need_no_script(browser: Browser, live_product: LiveProduct) -> None:
    context = browser.new_context(base_url=live_product.base_url, java_script_enabled=False)
    live_product.sign_in_quickly(context, Role.TEACHER)
    write_without_script(context)
    import_without_script(context)
    context.close()


def write_without_script(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/questions/new")
    write(page, r"Tính $\sqrt{4}$", "1", "2", "3", "4")
    page.get_by_text("Thêm hình vào lời dẫn").click()
    page.locator("#image-stem").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": a_picture()})
    page.locator("#words-stem").fill("Một ô màu")
    page.locator("[name=true-1]").check()
    page.locator("#subject").select_option("toan")
    page.get_by_role("button", name="Xem thử").click()
    expect(page.locator("#preview .stem msqrt")).to_be_visible()
    expect(page.locator("#preview .stem img")).to_have_attribute("alt", "Một ô màu")
    page.locator("#topic").select_option(label="Nguyên hàm")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu câu hỏi thành bản nháp.")).to_be_visible()


def import_without_script(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/questions/import")
    options = "A. một\nB. hai\nC. ba\nD. bốn"
    paper = (
        f"Câu 1. Không cần mã lệnh?\n{options}\n\nCâu 2. Cũng vậy?\n{options}\nĐáp án: A\n\nCâu 3. Nữa?\n{options}\n"
    )
    page.get_by_label("hoặc dán đề vào đây").fill(paper)
    page.get_by_label("Môn").select_option("toan")
    page.get_by_role("button", name="Đọc đề").click()
    first = page.locator("#item-0")
    expect(first.get_by_role("link", name="Chỗ ngờ tiếp theo")).to_have_attribute("href", "#item-2")
    first.get_by_label("Nguồn (sửa được)").fill(f"Câu 1. Không cần mã lệnh?\n{options}\nĐáp án: C")
    first.get_by_role("button", name="Đọc lại câu này").click()
    expect(first.locator(".is-right .option-letter")).to_have_text("C")
    page.get_by_role("button", name="Nhập 2 câu").click()
    page.get_by_role("button", name="Hoàn tác cả lần nhập").click()
    expect(page.get_by_text("Lần nhập này đã được hoàn tác lúc")).to_be_visible()
