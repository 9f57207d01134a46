"""The pages of scanning: send, look, decide, take away."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.quizzes.models import Quiz
from quizbank.scanning.models import ScanBatch, ScanSheet
from repository.jobs import utc_now
from repository.permissions import Role
from repository.services import Services
from tests.builders import an_actor, csrf_of
from tests.quizbank.classes.builders import a_class
from tests.quizbank.conftest import Browser
from tests.quizbank.scanning.builders import a_paper_quiz, a_sheet_in_doubt, a_sheet_of, read_now


@pytest.fixture
def quiz(teacher: Browser, session: Session) -> Quiz:
    return a_paper_quiz(session, teacher[1])


@pytest.fixture
def sheet(teacher: Browser, session: Session, services: Services, quiz: Quiz) -> ScanSheet:
    made = a_sheet_in_doubt(session, services, teacher[1], quiz)
    session.commit()
    return made


def post(browser: Browser, address: str, **form: object) -> str:
    """Send a form as a page would, and give the page that follows."""
    data = {"csrf_token": csrf_of(browser[0], "/help"), **form}
    answer = browser[0].post(address, data=data, follow_redirects=True, content_type="multipart/form-data")
    assert answer.status_code in (200, 422), answer.status
    return answer.get_data(as_text=True)


def test_pictures_are_sent_and_marked(teacher: Browser, session: Session, services: Services, quiz: Quiz) -> None:
    page = a_sheet_of(session, quiz, "000123", "101")
    session.commit()
    sent = (io.BytesIO(page), "lan.jpg")
    shown = post(teacher, f"/quizzes/{quiz.id}/scans", sheets=sent, candidates="000123 Nguyễn Thị Lan")
    assert "Đang đọc phiếu" in shown
    read_now(session, services, utc_now() + dt.timedelta(hours=1))
    batch = session.scalars(select(ScanBatch)).one()
    done = teacher[0].get(f"/scans/{batch.id}").get_data(as_text=True)
    assert "Nguyễn Thị Lan" in done and "10" in done and "Không còn ô nào" in done
    table = load_workbook(io.BytesIO(teacher[0].get(f"/scans/{batch.id}/marks.xlsx").data)).active
    assert [cell.value for cell in list(table.iter_rows())[1]][:4] == ["000123", "Nguyễn Thị Lan", "101", 10]


def test_a_form_without_files_or_with_a_bad_list_says_so(teacher: Browser, session: Session, quiz: Quiz) -> None:
    session.commit()
    assert "Hãy chọn ảnh hoặc PDF" in post(teacher, f"/quizzes/{quiz.id}/scans", candidates="")
    sent = (io.BytesIO(b"x"), "a.jpg")
    shown = post(teacher, f"/quizzes/{quiz.id}/scans", sheets=sent, candidates="Lan")
    assert "Dòng 1 của danh sách" in shown and ">\nLan</textarea>" in shown


def test_the_list_of_a_class_stands_ready_for_sheets_and_marks(teacher: Browser, session: Session, quiz: Quiz) -> None:
    student = an_actor(session, Role.STUDENT)
    school_class, other = a_class(session, teacher[1], student), a_class(session, an_actor(session, Role.TEACHER))
    session.commit()
    plain = teacher[0].get(f"/quizzes/{quiz.id}/scans").text
    assert "000001 " not in plain.replace("000001 là", "") and f'value="{school_class.id}"' in plain
    listed = teacher[0].get(f"/quizzes/{quiz.id}/scans?class={school_class.id}").text
    assert listed.count(">\n000001 ") == 2
    assert teacher[0].get(f"/quizzes/{quiz.id}/scans?class={other.id}").status_code == 404


def test_each_doubt_is_shown_with_its_picture_and_decided(teacher: Browser, session: Session, sheet: ScanSheet) -> None:
    shown = teacher[0].get(f"/scans/{sheet.batch_id}/review").get_data(as_text=True)
    assert "Phần I, câu 1" in shown and "Máy đoán là B" in shown and "Còn 2 ô" in shown
    picture = teacher[0].get(f"/scans/sheets/{sheet.id}/fields/1.1")
    assert picture.data.startswith(b"\x89PNG") and "private" in picture.headers["Cache-Control"]
    form = {"sheet": sheet.id, "field": "1.1", "value": "C"}
    after = post(teacher, f"/scans/{sheet.batch_id}/review", **form)
    assert "Phần I, câu 2" in after and "Máy thấy nhiều ô" in after
    refused = post(teacher, f"/scans/{sheet.batch_id}/review", sheet=sheet.id, field="1.2", value="Z")
    assert "Chỗ này chỉ nhận" in refused and "Phần I, câu 2" in refused
    assert "Không còn ô nào" in post(
        teacher, f"/scans/{sheet.batch_id}/review", sheet=sheet.id, field="1.2", choice="_"
    )
    back = post(teacher, f"/scans/{sheet.batch_id}/undo")
    assert "Phần I, câu 2" in back
    session.expire_all()
    assert (sheet.waiting_count, sheet.attempt_id) == (1, None)


def test_a_sheet_shows_what_was_read_and_can_be_left_out(teacher: Browser, session: Session, sheet: ScanSheet) -> None:
    shown = teacher[0].get(f"/scans/sheets/{sheet.id}").get_data(as_text=True)
    assert "000123" in shown and "Nguyễn Thị Lan" in shown and "Chờ xem lại 2 ô" in shown
    assert teacher[0].get(f"/scans/sheets/{sheet.id}/picture").data.startswith(b"\xff\xd8")
    assert "Đã bỏ" in post(teacher, f"/scans/sheets/{sheet.id}/discard")
    assert "Chờ xem lại" in post(teacher, f"/scans/sheets/{sheet.id}/restore")
    assert "Hãy ghi đúng 6 chữ số" in post(teacher, f"/scans/sheets/{sheet.id}/digits", kind="number", digits="1")
    assert "000777" in post(teacher, f"/scans/sheets/{sheet.id}/digits", kind="number", digits="000777")


def test_any_field_of_a_sheet_can_be_looked_at(teacher: Browser, sheet: ScanSheet) -> None:
    shown = teacher[0].get(f"/scans/{sheet.batch_id}/review?sheet={sheet.id}&field=1.3").get_data(as_text=True)
    assert "Phần I, câu 3" in shown and "Đang là: C" in shown
    assert teacher[0].get(f"/scans/{sheet.batch_id}/review?sheet={sheet.id}&field=3.1").status_code == 200
    odd = teacher[0].get(f"/scans/{sheet.batch_id}/review?sheet={sheet.id}&field=<b>").get_data(as_text=True)
    assert "Phần I, câu 1" in odd
    assert teacher[0].get(f"/scans/sheets/{sheet.id}/fields/9.9").status_code == 404


def test_sheets_are_printed_blank_or_with_names(teacher: Browser, session: Session, quiz: Quiz) -> None:
    session.commit()
    blank = teacher[0].get(f"/quizzes/{quiz.id}/answer-sheets?digits=8")
    assert blank.data.startswith(b"%PDF-")
    data = {"csrf_token": csrf_of(teacher[0], "/help"), "candidates": "000123 Nguyễn Thị Lan"}
    assert teacher[0].post(f"/quizzes/{quiz.id}/answer-sheets", data=data).data.startswith(b"%PDF-")
    assert "Dòng 1" in post(teacher, f"/quizzes/{quiz.id}/answer-sheets", candidates="Lan")


def test_another_teacher_sees_nothing(other_teacher: Browser, sheet: ScanSheet) -> None:
    places = (f"/scans/{sheet.batch_id}", f"/scans/sheets/{sheet.id}", f"/scans/sheets/{sheet.id}/picture")
    assert [other_teacher[0].get(place).status_code for place in places] == [404, 404, 404]
