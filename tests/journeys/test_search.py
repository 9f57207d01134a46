"""A student types without accents, finds the page of a lecture that says it, and the lecture opens right there."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from repository.accounts.queries import actor_of, find_person_by_email
from repository.db import writing
from repository.jobs import utc_now
from repository.lectures.actions import approve_lecture, submit_lecture, upload_lecture
from repository.lectures.receiving import receive_file
from repository.lectures.rules import LectureMetadata
from repository.permissions import Actor, Role
from tests.browser.live import LiveProduct, email_of
from tests.journeys.conftest import Someone
from tests.repository.files.builders import a_scorm_package

pytestmark = pytest.mark.browser

TITLE = "Âm thanh quanh ta"
SECOND_PAGE = "<html><body><h1>Hiệu ứng Doppler</h1><p>Tần số còi xe cứu thương nghe cao dần khi xe lại gần.</p></body>"


def test_words_inside_a_lecture_lead_to_their_page(someone: Someone, live_product: LiveProduct, tmp_path: Path) -> None:
    publish(live_product, a_scorm_package(tmp_path / "am-thanh.zip", more={"bai/hai.html": SECOND_PAGE}))
    page = someone()
    found(page, "tan so coi xe cuu thuong")
    place = page.locator(".place").first
    expect(place).to_have_text("Trang 2")
    place.click()
    expect(page).to_have_url(re.compile(r"/lectures/\d+\?at=page-2$"))
    content = page.frame_locator("#player").frame_locator("#content")
    expect(content.get_by_role("heading", name="Hiệu ứng Doppler")).to_be_visible()
    page.get_by_role("link", name="Xem từ đầu").click()
    expect(page.frame_locator("#player").locator("#place")).to_have_text("1 / 2")


def publish(product: LiveProduct, package: Path) -> None:
    """Upload and approve; the product's own worker reads the file and follows with the index."""
    with product.services.sessions() as session:
        editor, reviewer = (person(writing(session), role) for role in (Role.EDITOR, Role.REVIEWER))
        with package.open("rb") as stream:
            received = receive_file(editor, stream, package.name, store=product.services.store, limit_bytes=10**8)
        metadata = LectureMetadata(title=TITLE, subject="vat-li", grades=(11,), authors=("Trần Thị Bình",))
        now = utc_now()
        lecture = upload_lecture(session, editor, metadata, received, store=product.services.store, now=now)
        submit_lecture(session, editor, lecture.id, now=now)
        approve_lecture(session, reviewer, lecture.id, now=now)
        session.commit()


def person(session: Session, role: Role) -> Actor:
    somebody = find_person_by_email(session, email_of(role))
    assert somebody is not None
    return actor_of(somebody)


def found(page: Page, text: str) -> None:
    """The worker may need a moment."""
    for _ in range(60):
        page.goto(f"/search?q={text}")
        if page.locator(".place").count():
            return
        page.wait_for_timeout(500)
