"""The report of the bank in the matrix editor."""

import html
import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.matrices.models import ExamMatrix
from repository.permissions import Actor, Role
from tests.builders import post
from tests.quizbank.matrices.builders import a_cell, a_kept_matrix
from tests.quizbank.questions.builders import some_questions

Teacher = tuple[FlaskClient, Actor]
FORM = {
    "title": "Đề giữa kì",
    "subject": "toan",
    "grade": "12",
    "programme": "gdpt-2018",
    "duration_minutes": "45",
    "row-0-topic": "",
    "row-0-single-choice-biet": "4",
}


@pytest.fixture
def teacher(sign_in: Callable[..., Teacher]) -> Teacher:
    return sign_in(Role.TEACHER)


def proposals(page: str) -> list[dict[str, object]]:
    """The matrices that the buttons of a report would open."""
    found = re.findall(r'name="matrix" value="([^"]*)"', page)
    return [json.loads(html.unescape(one)) for one in found]


def test_a_bank_that_has_enough_says_so(teacher: Teacher, session: Session) -> None:
    some_questions(session, 5, level="biet")
    session.commit()
    page = post(teacher[0], "/matrices/check", FORM).text
    assert "Ngân hàng đủ câu hỏi cho mọi ô" in page
    assert proposals(page) == []


def test_a_short_cell_is_told_with_its_amounts_and_leads_to_its_field(teacher: Teacher, session: Session) -> None:
    some_questions(session, 3, level="biet")
    session.commit()
    page = post(teacher[0], "/matrices/check", FORM).text
    assert "Ngân hàng chưa đủ câu hỏi cho 1 ô" in page
    assert 'href="#row-0-single-choice-biet"' in page
    row = re.search(r'<tr class="is-short">(.*?)</tr>', page, re.DOTALL)
    assert row and re.findall(r'"number">(\d*)<', row[1])[:3] == ["4", "3", "1"]


def test_a_change_that_helps_is_one_click_away_and_saves_nothing(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    some_questions(session, 3, level="biet")
    some_questions(session, 3, level="hieu")
    kept = a_kept_matrix(session, actor, a_cell(level="biet"))
    session.commit()
    checked = post(client, "/matrices/check", {**FORM, "matrix_id": str(kept.id), "revision": "1"}).text
    (proposed,) = proposals(checked)
    drafted = post(client, "/matrices/draft", {"matrix": json.dumps(proposed), "matrix_id": str(kept.id)}).text
    assert "Chưa có gì được lưu" in drafted and f'action="/matrices/{kept.id}"' in drafted
    assert session.get_one(ExamMatrix, kept.id, populate_existing=True).revision == 1
    changed = {
        name: html.unescape(value) for name, value in re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', drafted)
    }
    texts = {name: value for name, value in changed.items() if re.match(r"row-|marks-", name)}
    again = post(client, "/matrices/check", {**FORM, "row-0-single-choice-biet": "", **texts}).text
    assert "Ngân hàng đủ câu hỏi cho mọi ô" in again


def test_an_unsound_matrix_is_mended_first(teacher: Teacher) -> None:
    answer = post(teacher[0], "/matrices/check", {**FORM, "row-0-single-choice-biet": "ba"})
    assert answer.status_code == 422
    assert "phải là số nguyên" in answer.text


def test_an_empty_bank_has_no_change_to_offer(teacher: Teacher) -> None:
    page = post(teacher[0], "/matrices/check", FORM).text
    assert "Ngân hàng chưa có câu nào cho ma trận này" in page
