"""Columns of tables: named once by a person, known the next time."""

import io

import pytest
from flask.testing import FlaskClient

from quizbank.questions import reading
from quizbank.questions.formats.sandbox import ReadingLimits
from repository.jobs import Worker
from repository.permissions import Role
from repository.services import Services
from tests.builders import post
from tests.conftest import SignIn

TABLE = "Ra đề,Một,Hai,Ba,Bốn,Đúng là\n1 + 1 = ?,1,2,3,4,B\n2 + 2 = ?,1,2,3,4,D\n"
COLUMNS = {f"column-{place}": meaning for place, meaning in enumerate(("stem", "a", "b", "c", "d", "key"))}


@pytest.fixture
def teacher(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.TEACHER)[0]


def on_desk(client: FlaskClient, table: str = TABLE) -> str:
    answer = post(client, "/questions/import", {"subject": "toan", "paper": (io.BytesIO(table.encode()), "de.csv")})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_columns_that_nobody_knows_are_named_by_the_person(teacher: FlaskClient, services: Services) -> None:
    desk = on_desk(teacher)
    assert "hãy gán cột bằng tay" in text_of(teacher, desk) and f"{desk}/columns" in text_of(teacher, desk)
    page = text_of(teacher, f"{desk}/columns")
    assert "Ra đề" in page and "1 + 1 = ?" in page
    assert post(teacher, f"{desk}/columns", {**COLUMNS, "header_row": "1"}).status_code == 303
    Worker(services.sessions, services.job_handlers, services).run_due(("questions.read_import",))
    page = text_of(teacher, desk)
    assert "Nhập 2 câu" in page and "không đọc được" not in page


def test_the_next_table_with_these_headings_is_read_at_once(teacher: FlaskClient, sign_in: SignIn) -> None:
    post(teacher, f"{on_desk(teacher)}/columns", {**COLUMNS, "header_row": "1"})
    again = on_desk(teacher, "Đề số 2,,,,,\n" + TABLE.replace("1 + 1", "5 + 5").replace("2 + 2", "6 + 6"))
    assert "Nhập 2 câu" in text_of(teacher, again)
    other = sign_in(Role.TEACHER)[0]
    assert "hãy gán cột bằng tay" in text_of(other, on_desk(other))


def test_a_busy_machine_knows_the_columns_too(
    teacher: FlaskClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(teacher, f"{on_desk(teacher)}/columns", {**COLUMNS, "header_row": "1"})
    monkeypatch.setattr(reading, "QUICK_LIMITS", ReadingLimits(seconds=0, seconds_per_question=0))
    desk = on_desk(teacher, TABLE.replace("1 + 1", "5 + 5").replace("2 + 2", "6 + 6"))
    Worker(services.sessions, services.job_handlers, services).run_due(("questions.read_import",))
    assert "Nhập 2 câu" in text_of(teacher, desk)


def test_a_column_of_questions_is_needed(teacher: FlaskClient) -> None:
    desk = on_desk(teacher)
    assert post(teacher, f"{desk}/columns", {"column-0": "key"}).status_code == 422
    assert post(teacher, f"{desk}/columns", {"column-0": "stem", "column-1": "magic"}).status_code == 422


def test_a_file_that_is_no_table_has_no_columns(teacher: FlaskClient) -> None:
    paper = "Câu 1. Một?\nA. một\nB. hai\nĐáp án: A\n"
    desk = post(teacher, "/questions/import", {"subject": "toan", "text": paper}).location
    assert teacher.get(f"{desk}/columns").status_code == 404
