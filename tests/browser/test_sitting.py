"""A sitting in a real browser: a lost line, a closed tab, a second window or a reload loses no answer."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.live import LiveProduct

pytestmark = pytest.mark.browser

OFFLINE = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
SAVED = re.compile("Đã lưu")


@pytest.fixture
def sitting(page: Page) -> Iterator[Page]:
    """A practice that a stranger has begun, long enough to hold every type of question."""
    page.goto("/practice?subject=toan")
    page.get_by_label("Số câu").select_option("40")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.locator("form#sitting[data-is-ready]")).to_be_visible()
    yield page


def a_choice_item(page: Page, place: int = 0) -> int:
    """The position of a single choice question of this page."""
    item = page.locator('.sitting-item[data-type="single-choice"][data-mode="answer"]').nth(place)
    return int(item.get_attribute("data-position") or 0)


def choose(page: Page, position: int, letter: str) -> None:
    page.locator(f'#item-{position} input[value="{letter}"]').check()


def saved_line(page: Page, position: int) -> Locator:
    return page.locator(f"#item-{position} [data-saved]")


def chosen(page: Page, position: int) -> str:
    return str(page.locator(f"#item-{position} input:checked").first.get_attribute("value"))


def test_every_answer_shows_when_it_was_saved_and_survives_a_reload(sitting: Page) -> None:
    position = a_choice_item(sitting)
    choose(sitting, position, "C")
    expect(saved_line(sitting, position)).to_have_text(re.compile(r"Đã lưu \d\d:\d\d:\d\d"))
    sitting.reload()
    assert chosen(sitting, position) == "C"


def test_answers_given_without_a_line_are_sent_when_it_is_back(
    sitting: Page, context: BrowserContext, expected: list[str]
) -> None:
    expected.extend(OFFLINE)
    first, second = a_choice_item(sitting), a_choice_item(sitting, 1)
    context.set_offline(True)
    choose(sitting, first, "A")
    choose(sitting, second, "D")
    expect(sitting.locator("[data-banner]")).to_contain_text("Mất kết nối")
    context.set_offline(False)
    expect(saved_line(sitting, first)).to_have_text(SAVED, timeout=40_000)
    expect(saved_line(sitting, second)).to_have_text(SAVED, timeout=40_000)


def test_answers_outlive_a_tab_that_was_closed_without_a_line(
    sitting: Page, context: BrowserContext, expected: list[str]
) -> None:
    expected.extend(OFFLINE)
    position, address = a_choice_item(sitting), sitting.url
    context.set_offline(True)
    choose(sitting, position, "B")
    expect(sitting.locator("[data-banner]")).to_be_visible()
    sitting.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(saved_line(again, position)).to_have_text(SAVED)
    again.reload()
    assert chosen(again, position) == "B"


def test_an_old_window_is_shown_the_other_answer_and_the_student_chooses(
    sitting: Page, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("status of 409")
    first, second = a_choice_item(sitting), a_choice_item(sitting, 1)
    other = context.new_page()
    other.goto(sitting.url)
    for position in (first, second):
        choose(sitting, position, "A")
        expect(saved_line(sitting, position)).to_have_text(SAVED)
        choose(other, position, "B")
        expect(other.locator(f"#item-{position} [data-conflict]")).to_contain_text("cửa sổ khác: A")
    other.locator(f"#item-{first}").get_by_role("button", name="Giữ câu trả lời ở đây").click()
    other.locator(f"#item-{second}").get_by_role("button", name="Lấy câu trả lời kia").click()
    expect(saved_line(other, first)).to_have_text(SAVED)
    sitting.reload()
    assert (chosen(sitting, first), chosen(sitting, second)) == ("B", "A")
    assert chosen(other, second) == "A"


def test_a_failing_server_is_tried_again(sitting: Page, expected: list[str]) -> None:
    expected.append("status of 503")
    failures = iter(range(2))

    def fail_twice(route: Route) -> None:
        if next(failures, None) is None:
            route.continue_()
        else:
            route.fulfill(status=503, body="{}", content_type="application/json")

    sitting.route("**/answers/*", fail_twice)
    position = a_choice_item(sitting)
    choose(sitting, position, "A")
    expect(saved_line(sitting, position)).to_have_text(SAVED, timeout=20_000)


def test_letters_choose_and_arrows_move(sitting: Page) -> None:
    position = a_choice_item(sitting)
    sitting.locator(f"#item-{position} input").first.focus()
    sitting.keyboard.press("c")
    assert chosen(sitting, position) == "C"
    sitting.keyboard.press("ArrowRight")
    focused = sitting.evaluate("document.activeElement.closest('.sitting-item').dataset.position")
    assert int(focused) == position + 1
    sitting.keyboard.press("ArrowLeft")
    expect(saved_line(sitting, position)).to_have_text(SAVED)


def test_a_letter_typed_into_a_field_stays_a_letter(sitting: Page) -> None:
    field = sitting.locator('.sitting-item[data-type="short-answer"] input[autocomplete="off"]').first
    field.press_sequentially("abc")
    expect(field).to_have_value("abc")


def test_checking_sends_what_waits_and_shows_the_explanation(sitting: Page) -> None:
    position = a_choice_item(sitting)
    choose(sitting, position, "A")
    sitting.get_by_role("button", name=f"Kiểm tra câu {position}", exact=True).click()
    expect(sitting.locator(f'#item-{position}[data-mode="review"]')).to_be_visible()


def test_submitting_without_a_line_happens_when_it_is_back(
    sitting: Page, context: BrowserContext, expected: list[str]
) -> None:
    expected.extend(OFFLINE)
    context.set_offline(True)
    choose(sitting, a_choice_item(sitting), "A")
    sitting.get_by_role("button", name="Kết thúc và xem kết quả").click()
    expect(sitting.locator("[data-banner]")).to_contain_text("Chưa nộp được")
    context.set_offline(False)
    sitting.wait_for_url("**/review", timeout=40_000)


def test_a_stranger_practises_without_scripts(browser: Browser, live_product: LiveProduct) -> None:
    context = browser.new_context(base_url=live_product.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Toán", exact=True).click()
    page.get_by_role("button", name="Kiểm tra câu 1", exact=True).click()
    expect(page.locator('#item-1[data-mode="review"]')).to_be_visible()
    page.get_by_role("button", name="Kết thúc và xem kết quả").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kết quả")
    context.close()
