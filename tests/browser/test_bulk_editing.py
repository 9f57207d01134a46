"""A bulk edit from the ticks to the undo, without JavaScript; axe finds nothing serious in its preview."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from quizbank.questions.states import QuestionState
from repository.accounts.actions import add_organisation
from repository.accounts.models import OrganisationKind
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import SYSTEM, Role
from tests.browser.live import LiveProduct
from tests.browser.test_accessibility import AXE, violations_everywhere
from tests.quizbank.questions.builders import a_choice, a_question

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tag(live_product: LiveProduct) -> str:
    with live_product.services.sessions() as session:
        for number in range(3):
            a_question(writing(session), a_choice(f"Sửa hàng loạt thứ {number}?"), tags=("hàng-loạt",))
        session.commit()
    return "hàng-loạt"


def plan(page: Page, tag: str) -> None:
    page.goto(f"/questions?tag={tag}")
    page.get_by_role("button", name="Sửa mọi câu đang lọc").click()
    page.get_by_label("Mức độ").select_option("van-dung")
    page.get_by_label("Thêm nhãn").fill("đã rà")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    expect(page.get_by_text("3 câu sẽ đổi.")).to_be_visible()


def test_many_are_edited_and_restored_without_javascript(browser: Browser, live_product: LiveProduct, tag: str) -> None:
    context = browser.new_context(base_url=live_product.base_url, java_script_enabled=False)
    live_product.sign_in_quickly(context, Role.EDITOR)
    page = context.new_page()
    plan(page, tag)
    page.get_by_role("button", name="Áp dụng cho 3 câu").click()
    expect(page.get_by_text("3 câu đã đổi.")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác cả lần sửa").click()
    expect(page.get_by_text("Đã khôi phục 3 câu.")).to_be_visible()
    context.close()


def test_axe_finds_nothing_serious_in_a_preview(browser: Browser, live_product: LiveProduct, tag: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.EDITOR)
    page = context.new_page()
    plan(page, tag)
    page.goto(re.sub("#.*", "", page.url))
    found = violations_everywhere(page, AXE.read_text(encoding="utf-8"))
    context.close()
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def misspelt(live_product: LiveProduct) -> str:
    """The tag of questions with an old spelling, in stems and options, one of them a draft; and a department."""
    long = "Trong một phòng thí nghiệm, các dụng cụ đã được sắp xếp gọn gàng theo từng nhóm. " * 3
    with live_product.services.sessions() as session:
        writing(session)
        for stem, state in (
            (f"{long}Môn Vật lý có $v = s/t$?", QuestionState.PUBLISHED),
            ("Vật lý?", QuestionState.DRAFT),
        ):
            options = ("Vật lý", "Hoá", "Sinh", "Tất cả đều đúng")
            a_question(session, a_choice(stem, options=options), state=state, tags=("chính-tả",))
        a_question(session, a_choice("Môn Hoá?"), tags=("chính-tả",))
        office = {"kind": OrganisationKind.DEPARTMENT, "name": "Sở Giáo dục và Đào tạo Bắc Hà", "code": "so-bac-ha"}
        add_organisation(session, SYSTEM, **office, now=utc_now())  # type: ignore[arg-type]
        session.commit()
    return "chính-tả"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(80):
        if page.locator(selector).first.evaluate("found => found === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def type_replacement(page: Page) -> None:
    """Open the group, say what to find and what to put, and look: by keyboard alone."""
    tab_to(page, ".bulk-group summary")
    page.keyboard.press("Enter")
    tab_to(page, "#find")
    page.keyboard.type("vật lý")
    page.keyboard.press("Tab")
    page.keyboard.type("vật lí")
    tab_to(page, "#ignores_case")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


def test_words_are_replaced_and_put_back_by_keyboard(
    browser: Browser, live_product: LiveProduct, misspelt: str
) -> None:
    context = browser.new_context(base_url=live_product.base_url)
    live_product.sign_in_quickly(context, Role.EDITOR)
    page = context.new_page()
    page.goto(f"/questions?tag={misspelt}")
    page.get_by_role("button", name="Sửa mọi câu đang lọc").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bulk-edits/*")
    type_replacement(page)
    expect(page.get_by_text("2 câu sẽ đổi.")).to_be_visible()
    expect(page.get_by_text("không có cụm từ cần tìm: 1")).to_be_visible()
    expect(page.locator("td ins").first).to_have_text("lí")
    tab_to(page, "button:has-text('Áp dụng cho 2 câu')")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 câu đã đổi.")).to_be_visible()
    page.goto(f"/questions?tag={misspelt}&text=%22vật lí%22")
    expect(page.get_by_text("Vật lí?")).to_be_visible()
    page.go_back()
    tab_to(page, "button:has-text('Hoàn tác cả lần sửa')")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã khôi phục 2 câu.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("kind", ["words", "organisation"])
def test_axe_finds_nothing_serious_in_open_groups_and_their_previews(
    browser: Browser, live_product: LiveProduct, misspelt: str, kind: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.EDITOR)
    page = context.new_page()
    page.goto(f"/questions?tag={misspelt}")
    page.get_by_role("button", name="Sửa mọi câu đang lọc").click()
    if kind == "words":
        type_replacement(page)
    else:
        page.get_by_label("Mã đơn vị").fill("so-bac-ha")
        page.get_by_role("button", name="Xem trước việc chuyển").click()
    expect(page.locator("#preview")).to_contain_text("câu sẽ đổi.")
    page.goto(re.sub("#.*", "", page.url))
    page.evaluate("document.querySelectorAll('.bulk-group').forEach(group => group.open = true)")
    found = violations_everywhere(page, AXE.read_text(encoding="utf-8"))
    context.close()
    assert not found, "\n".join(found)
