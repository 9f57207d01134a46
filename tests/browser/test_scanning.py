"""The review of scanned sheets with the keyboard alone: decide, go on, go back, undo, until every sheet has marks."""

import pytest
from playwright.sync_api import Page, expect

from repository.db import writing
from repository.permissions import Role
from tests.browser.library import actor_for
from tests.browser.live import LiveProduct, sign_in
from tests.quizbank.quizzes.builders import a_quiz
from tests.quizbank.scanning.builders import a_scan

pytestmark = pytest.mark.browser


@pytest.fixture
def batch_id(live_product: LiveProduct) -> int:
    """A batch of its own, for its doubts go away."""
    with live_product.services.sessions() as session:
        teacher = actor_for(writing(session), Role.TEACHER)
        quiz = a_quiz(session, teacher, codes=("101",))
        made = a_scan(session, live_product.services, teacher, quiz.id)
        session.commit()
    return made["scan"]


def test_doubts_are_decided_with_the_keyboard_alone(page: Page, batch_id: int) -> None:
    sign_in(page, Role.TEACHER)
    page.goto(f"/scans/{batch_id}/review")
    heading, value = page.locator("#turn h2"), page.locator("#value")
    expect(heading).to_have_text("Phần I, câu 1")
    expect(value).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Phần I, câu 2")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Phần I, câu 1")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Chỗ này chỉ nhận: A, B, C, D.")
    expect(value).to_be_focused()
    page.keyboard.type("c")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Phần I, câu 2")
    page.keyboard.press("Control+z")
    expect(heading).to_have_text("Phần I, câu 1")
    expect(value).to_have_value("B")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Phần I, câu 2")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Không còn ô nào phải xem lại")
    page.goto(f"/scans/{batch_id}")
    expect(page.locator("tbody tr").first).to_contain_text("Đã chấm")
    expect(page.locator("tbody tr").first).to_contain_text("000123")


def test_the_review_works_without_javascript(plain_page: Page, batch_id: int) -> None:
    sign_in(plain_page, Role.TEACHER)
    plain_page.goto(f"/scans/{batch_id}/review")
    plain_page.get_by_role("button", name="B", exact=True).click()
    expect(plain_page.locator("#turn h2")).to_have_text("Phần I, câu 2")
    plain_page.get_by_role("button", name="Không tô").click()
    expect(plain_page.locator("main")).to_contain_text("Không còn ô nào phải xem lại")
