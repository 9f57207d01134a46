"""The import desk: source beside result, doubts marked, mended in place, left out, undone."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.models import Question
from repository.permissions import Actor, Role
from tests.builders import post
from tests.quizbank.questions.test_importing import a_picture

SignIn = Callable[..., tuple[FlaskClient, Actor]]
OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PAPER = (
    f"Câu 1. Một?\n{OPTIONS}\nĐáp án: A\n\nCâu 2. Hai?\n{OPTIONS}\n\n"
    f"Câu 3. Theo hình vẽ\n![](de/a.png)\n{OPTIONS}\nĐáp án: C\n"
)
DESK = {"text": PAPER, "name": "de.txt", "subject": "toan"}


@pytest.fixture
def teacher(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.TEACHER)[0]


def pictures() -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("de/a.png", a_picture())
        archive.writestr("readme.html", "<script>")
    return io.BytesIO(data.getvalue()), "images.zip"


def fields_of(page: str) -> dict[str, Any]:
    """What the browser would send from the desk: hidden fields and text areas."""
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        fields.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        fields[name] = html.unescape(value)
    fields.pop("csrf_token")
    return fields


def checked(teacher: FlaskClient, data: dict[str, Any]) -> str:
    answer = post(teacher, "/questions/import", data)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def count(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(Question.id)).all())


def test_source_and_result_stand_side_by_side(teacher: FlaskClient) -> None:
    page = checked(teacher, DESK)
    assert "Câu 1. Một?" in page and 'class="option is-right"' in page
    assert "Tìm thấy 3 câu: nhập 1, đã có 0, không nhập 2." in page
    assert "Không có đáp án." in page and "Không tìm thấy tệp hình de/a.png." in page


def test_checking_stores_no_question(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    checked(teacher, DESK)
    assert count(session) == 0


def test_a_doubt_is_mended_in_place_and_the_rest_imported(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    fields = fields_of(checked(teacher, {**DESK, "pictures": pictures()}))
    fields["source-1"] += "\nĐáp án: B"
    fields = fields_of(checked(teacher, fields))
    made = post(teacher, "/questions/import/store", fields)
    assert made.status_code == 303
    assert count(session) == 3
    assert "Xem 3 câu đã nhập" in teacher.get(made.location).get_data(as_text=True)


def test_a_question_may_be_left_out(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    fields = fields_of(checked(teacher, {**DESK, "pictures": pictures()}))
    post(teacher, "/questions/import/store", {**fields, "left_out": "0"})
    assert count(session) == 1


def test_a_file_may_be_uploaded(teacher: FlaskClient) -> None:
    page = checked(teacher, {"subject": "toan", "paper": (io.BytesIO(PAPER.encode("utf-16")), "De_2019.txt")})
    assert "De_2019.txt" in page and "Câu 1. Một?" in page


def test_the_whole_import_is_undone(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    made = post(teacher, "/questions/import/store", DESK).location
    assert post(teacher, f"{made}/undo").status_code == 303
    session.rollback()
    assert session.scalars(select(Question.state)).all() == ["withdrawn"]
    assert "đã được hoàn tác" in teacher.get(made).get_data(as_text=True)
    assert post(teacher, f"{made}/undo").status_code == 409


def test_an_empty_desk_says_what_to_do(teacher: FlaskClient) -> None:
    answer = post(teacher, "/questions/import", {"text": " ", "subject": ""})
    assert answer.status_code == 422
    assert "Hãy dán đề vào đây" in answer.get_data(as_text=True) and "Hãy chọn môn." in answer.get_data(as_text=True)


def test_a_file_that_is_not_text_is_refused(teacher: FlaskClient) -> None:
    paper = (io.BytesIO(b"PK\x03\x04\xff\xfe"), "de.docx")
    answer = post(teacher, "/questions/import", {"subject": "toan", "paper": paper})
    assert answer.status_code == 422
    assert "UTF-8" in answer.get_data(as_text=True)


def test_hostile_text_stays_text(teacher: FlaskClient) -> None:
    page = checked(teacher, {**DESK, "text": PAPER.replace("Một?", "<script>alert(1)</script>"), "name": '"><script>'})
    assert "<script>alert" not in page and '"><script>' not in page


def test_imports_belong_to_their_makers(teacher: FlaskClient, sign_in: SignIn, client: FlaskClient) -> None:
    made = post(teacher, "/questions/import/store", DESK).location
    assert sign_in(Role.TEACHER)[0].get(made).status_code == 404
    assert post(sign_in(Role.TEACHER)[0], f"{made}/undo").status_code == 404
    assert client.get(made).status_code == 404
    assert sign_in(Role.EDITOR)[0].get(made).status_code == 200
    assert post(sign_in(Role.STUDENT)[0], "/questions/import", DESK).status_code == 403
    assert post(sign_in(Role.STUDENT)[0], "/questions/import/store", DESK).status_code == 403
