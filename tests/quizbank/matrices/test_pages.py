import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizbank.matrices.models import ExamMatrix
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import post
from tests.counting import count_queries
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
    "marks-single-choice": "0,25",
    "row-1-topic": "toan.l12",
    "row-1-true-false-any": "8",
    "marks-true-false": "1",
}


@pytest.fixture
def teacher(sign_in: Callable[..., Teacher]) -> Teacher:
    return sign_in(Role.TEACHER)


def only_matrix(services: Services) -> ExamMatrix:
    with services.sessions() as session:
        return session.query(ExamMatrix).one()


def test_a_form_without_javascript_makes_a_matrix(teacher: Teacher, services: Services) -> None:
    client, _ = teacher
    answer = post(client, "/matrices/new/table", FORM, follow_redirects=True)
    matrix = only_matrix(services).matrix
    assert "Đã lưu ma trận" in answer.text
    assert [(cell.topic, cell.level, cell.count) for cell in matrix.cells] == [
        (None, "biet", 4),
        ("toan.l12", None, 2),
    ]


def test_a_mistake_names_the_field_and_keeps_what_was_entered(teacher: Teacher) -> None:
    client, _ = teacher
    answer = post(client, "/matrices/new/table", {**FORM, "row-1-true-false-any": "hai"})
    assert answer.status_code == 422
    assert 'value="hai"' in answer.text
    assert "phải là số nguyên từ 1 đến 200" in answer.text
    assert 'href="#row-1-true-false-any"' in answer.text


def test_rows_can_be_added_without_javascript(teacher: Teacher) -> None:
    client, _ = teacher
    answer = post(client, "/matrices/new/table", {**FORM, "do": "add-rows"})
    assert answer.status_code == 200
    assert "row-4-topic" in answer.text and "row-5-topic" not in answer.text


def test_another_type_can_be_added_without_javascript(teacher: Teacher) -> None:
    client, _ = teacher
    answer = post(client, "/matrices/new/table", {**FORM, "do": "all-types"})
    assert "row-0-multiple-response-biet" in answer.text


def test_a_format_opens_filled_in(teacher: Teacher) -> None:
    client, _ = teacher
    page = client.get("/matrices/new/table?format=tot-nghiep-2025-toan").text
    assert "22 câu, 10,00 điểm" in page


def test_the_page_says_what_the_bank_has(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    some_questions(session, 3, level="biet")
    matrix = a_kept_matrix(session, actor, a_cell(level="biet", count=5))
    session.commit()
    page = client.get(f"/matrices/{matrix.id}").text
    assert re.search(r'is-short" data-available[^>]*>/ 3<', page)


def test_a_change_from_an_old_window_is_kept_on_the_page(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    matrix = a_kept_matrix(session, actor)
    session.commit()
    post(client, f"/matrices/{matrix.id}", {**FORM, "revision": "1"})
    answer = post(client, f"/matrices/{matrix.id}", {**FORM, "title": "Cửa sổ cũ", "revision": "1"})
    assert answer.status_code == 409
    assert 'value="Cửa sổ cũ"' in answer.text


def test_a_matrix_is_copied_deleted_and_restored(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    matrix = a_kept_matrix(session, actor)
    session.commit()
    assert "(bản sao)" in post(client, f"/matrices/{matrix.id}/copy", follow_redirects=True).text
    assert "Khôi phục" in post(client, f"/matrices/{matrix.id}/delete", follow_redirects=True).text
    assert client.get(f"/matrices/{matrix.id}").status_code == 404
    post(client, f"/matrices/{matrix.id}/restore")
    assert client.get(f"/matrices/{matrix.id}").status_code == 200


def test_the_list_leads_to_each_matrix(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    matrix = a_kept_matrix(session, actor)
    session.commit()
    assert f'href="/matrices/{matrix.id}"' in client.get("/matrices").text


def test_an_empty_list_says_what_to_do(teacher: Teacher) -> None:
    assert "Lập ma trận" in teacher[0].get("/matrices").text


@pytest.mark.parametrize("how_many", [1, 30])
def test_a_list_takes_the_same_queries_however_long(
    teacher: Teacher, session: Session, services: Services, how_many: int
) -> None:
    client, actor = teacher
    for _ in range(how_many):
        a_kept_matrix(session, actor)
    session.commit()
    with count_queries(services.engine) as queries:
        client.get("/matrices")
    assert len(queries) <= 8


def test_the_editor_takes_one_query_for_all_cells(teacher: Teacher, session: Session, services: Services) -> None:
    client, actor = teacher
    matrix = a_kept_matrix(session, actor, *[a_cell(level=level) for level in ("biet", "hieu", "van-dung")] * 5)
    session.commit()
    with count_queries(services.engine) as queries:
        client.get(f"/matrices/{matrix.id}")
    assert sum("group by" in query.lower() for query in queries) == 1
    assert len(queries) <= 8


def test_english_pages_speak_english(teacher: Teacher) -> None:
    client, _ = teacher
    client.get("/language/en")
    page = client.get("/matrices/new/table?format=tot-nghiep-2025-toan").text
    assert "Graduation exam from 2025: Mathematics" in page and "Add columns for any level" in page
    old = client.get("/matrices/new/table?format=tot-nghiep-2017-toan").text
    assert "Any level" in old and "Recognise" in old


def test_the_api_keeps_and_shows_a_matrix_file(teacher: Teacher) -> None:
    client, _ = teacher
    cell = {"topic": None, "level": "biet", "type": "single-choice", "count": 4, "marks": "0.25"}
    file = {"title": "Đề", "subject": "toan", "grade": 12, "programme": "gdpt-2018", "duration_minutes": 45}
    headers = {"X-CSRFToken": csrf(client)}
    made = client.post("/api/matrices", json={**file, "cells": [cell]}, headers=headers)
    assert made.status_code == 201
    shown = data_of(client.get(f"/api/matrices/{data_of(made)['id']}"))
    assert shown["matrix"] == {**file, "cells": [cell]}
    assert [one["code"] for one in shown["advice"]][:1] == ["marks-sum"]
    changed = client.put(
        f"/api/matrices/{data_of(made)['id']}", json={**file, "cells": [cell, cell], "revision": 1}, headers=headers
    )
    assert data_of(changed)["revision"] == 2
    assert client.delete(f"/api/matrices/{data_of(made)['id']}", headers=headers).status_code == 204
    assert data_of(client.get("/api/matrices")) == {"matrices": [], "next": None}


def test_the_api_names_the_wrong_cell(teacher: Teacher) -> None:
    client, _ = teacher
    answer = client.post("/api/matrices", json={"cells": [{"type": "tu-luan"}]}, headers={"X-CSRFToken": csrf(client)})
    assert answer.status_code == 422
    assert "cells[0].type" in data_of(answer)["facts"]["fields"]


def test_the_api_counts_what_the_bank_has(teacher: Teacher, session: Session) -> None:
    some_questions(session, 2, level="biet")
    session.commit()
    answer = data_of(teacher[0].get("/api/matrices/supply?subject=toan&programme=gdpt-2018"))
    assert answer["supply"] == [
        {"topic": None, "level": "biet", "type": "single-choice", "grade": 12, "count": 2, "statements": ""}
    ]


def csrf(client: FlaskClient) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/matrices").text)
    assert found
    return found[1]


def data_of(answer: TestResponse) -> Any:
    return answer.json
