from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizbank.matrices.rules import Cell
from quizbank.questions.rules import QuestionType
from quizbank.quizzes import actions
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT, csrf_of, post
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell, a_kept_matrix
from tests.quizbank.questions.builders import a_choice, a_question, some_questions
from tests.quizbank.quizzes.builders import a_quiz

Teacher = tuple[FlaskClient, Actor]


@pytest.fixture
def teacher(sign_in: Callable[..., Teacher]) -> Teacher:
    return sign_in(Role.TEACHER)


def a_committed_quiz(session: Session, actor: Actor, *cells: Cell, spare: int = 0, codes: tuple[str, ...] = ()) -> Quiz:
    quiz = a_quiz(session, actor, *cells, spare=spare, codes=codes)
    session.commit()
    return quiz


def test_a_teacher_builds_a_quiz_from_a_matrix(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    some_questions(session, 4)
    matrix = a_kept_matrix(session, actor)
    session.commit()
    form = {"matrix_id": matrix.id, "quiz_title": "Đề 15 phút", "seed": "7"}
    answer = post(client, "/quizzes", form, follow_redirects=True)
    assert answer.status_code == 200
    assert "<h1>Đề 15 phút</h1>" in answer.text
    assert answer.text.count('class="quiz-item"') == 4


def test_short_cells_are_told_in_words_and_the_form_is_kept(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    some_questions(session, 3, level="van-dung", topic="toan.l12.dai-so-giai-tich.nguyen-ham-tich-phan")
    matrix = a_kept_matrix(session, actor, a_cell(level="van-dung", topic="toan.l12.dai-so-giai-tich", count=5))
    session.commit()
    answer = post(client, "/quizzes", {"matrix_id": matrix.id, "quiz_title": "Đề của tôi", "seed": "7"})
    assert answer.status_code == 409
    assert "Đại số và một số yếu tố giải tích – Một lựa chọn, Vận dụng: cần 5 câu, ngân hàng có 3" in answer.text
    assert 'value="Đề của tôi"' in answer.text
    assert 'value="7"' in answer.text


def test_a_seed_that_is_no_number_is_refused(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    matrix = a_kept_matrix(session, actor)
    session.commit()
    assert post(client, "/quizzes", {"matrix_id": matrix.id, "seed": "bảy"}).status_code == 422


def test_codes_are_made_and_taken_away(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor)
    page = post(client, f"/quizzes/{quiz.id}/variants", {"codes": "101-103"}, follow_redirects=True).text
    assert all(f"code={code}" in page for code in ("101", "102", "103"))
    page = post(client, f"/quizzes/{quiz.id}/variants/102/delete", follow_redirects=True).text
    assert "code=102" not in page


def test_codes_that_are_none_are_refused(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor)
    assert post(client, f"/quizzes/{quiz.id}/variants", {"codes": "mười"}).status_code == 422


def test_papers_are_printed_one_after_the_other(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101", "102"))
    page = client.get(f"/quizzes/{quiz.id}/papers").text
    assert page.count('class="paper"') == 2
    assert "Mã đề: 101" in page and "Mã đề: 102" in page


def test_one_code_is_printed_alone(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101", "102"))
    page = client.get(f"/quizzes/{quiz.id}/papers?code=102").text
    assert page.count('class="paper"') == 1
    assert client.get(f"/quizzes/{quiz.id}/papers?code=999").status_code == 404


def test_a_quiz_without_codes_is_printed_as_it_is(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor)
    assert client.get(f"/quizzes/{quiz.id}/papers").text.count('class="paper-question"') == 7


def test_papers_never_show_a_key(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    a_question(session, a_choice(explanation="LỜI GIẢI MẬT"))
    quiz = a_committed_quiz(session, actor, a_cell(count=1))
    page = client.get(f"/quizzes/{quiz.id}/papers").text
    assert "MẬT" not in page and "is-right" not in page and "Vì thế" not in page


def test_the_key_table_has_a_column_for_each_code(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101", "102"))
    page = client.get(f"/quizzes/{quiz.id}/keys").text
    assert page.count('<th scope="col">101</th>') == 3
    assert page.count("<td>ĐSĐS</td>") == 2
    assert page.count("<td>2,5</td>") == 4


def test_the_key_table_follows_the_shuffled_options(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=8), codes=("101",))
    keys = [row["keys"][0] for row in data_of(client.get(f"/api/quizzes/{quiz.id}/keys"))["rows"]]
    assert sorted(keys) == ["A", "A", "B", "B", "C", "C", "D", "D"]


def test_an_assigned_quiz_offers_no_change(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, codes=("101",))
    actions.freeze_quiz(session, actor, quiz.id, now=MOMENT)
    session.commit()
    page = client.get(f"/quizzes/{quiz.id}").text
    assert "Đề đã giao cho lớp" in page
    assert "/swap" not in page and "/delete" not in page


def test_a_quiz_is_deleted_and_restored(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor)
    assert "Khôi phục" in post(client, f"/quizzes/{quiz.id}/delete", follow_redirects=True).text
    assert client.get(f"/quizzes/{quiz.id}").status_code == 404
    assert post(client, f"/quizzes/{quiz.id}/restore", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("count", [2, 20])
@pytest.mark.parametrize("page", ["/papers", "/keys"])
def test_a_quiz_page_takes_the_same_queries_however_long(
    teacher: Teacher, session: Session, services: Services, page: str, count: int
) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=count), codes=("101", "102", "103"))
    with count_queries(services.engine) as queries:
        assert client.get(f"/quizzes/{quiz.id}{page}").status_code == 200
    assert len(queries) <= 12


@pytest.mark.parametrize("how_many", [1, 12])
def test_the_list_takes_the_same_queries_however_long(
    teacher: Teacher, session: Session, services: Services, how_many: int
) -> None:
    client, actor = teacher
    for _ in range(how_many):
        a_quiz(session, actor, a_cell(count=1))
    session.commit()
    with count_queries(services.engine) as queries:
        assert client.get("/quizzes").text.count("/quizzes/") == how_many
    assert len(queries) <= 6


def test_the_api_builds_a_quiz_from_a_matrix_file(teacher: Teacher, session: Session) -> None:
    client, _ = teacher
    some_questions(session, 2, level="biet")
    session.commit()
    answer = client.post("/api/quizzes", json={"matrix": a_file(count=2), "seed": 3}, headers=headers_of(client))
    assert answer.status_code == 201
    assert [item["position"] for item in data_of(answer)["items"]] == [1, 2]
    assert all(item["key"] == "B" for item in data_of(answer)["items"])


def test_the_api_lists_every_short_cell(teacher: Teacher) -> None:
    client, _ = teacher
    answer = client.post("/api/quizzes", json={"matrix": a_file(count=2), "seed": 3}, headers=headers_of(client))
    assert answer.status_code == 409
    assert data_of(answer)["facts"]["short"] == [
        {"cell": 0, "topic": None, "level": "biet", "type": "single-choice", "wanted": 2, "available": 0}
    ]


def test_the_api_adds_codes(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=1))
    headers = headers_of(client)
    made = client.post(f"/api/quizzes/{quiz.id}/variants", json={"codes": ["101-102", "0301"]}, headers=headers)
    assert data_of(made)["codes"] == ["0301", "101", "102"]
    assert client.delete(f"/api/quizzes/{quiz.id}", headers=headers).status_code == 204
    assert data_of(client.get("/api/quizzes"))["quizzes"] == []


def test_an_order_without_a_matrix_is_refused(teacher: Teacher) -> None:
    client, _ = teacher
    assert client.post("/api/quizzes", json={"seed": 3}, headers=headers_of(client)).status_code == 422


def test_a_stranger_is_led_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/quizzes").headers["Location"].startswith("/sign-in")
    assert client.get("/api/quizzes").status_code == 401


def test_another_teacher_sees_neither_quiz_nor_keys(
    teacher: Teacher, sign_in: Callable[..., Teacher], session: Session
) -> None:
    quiz = a_committed_quiz(session, teacher[1], codes=("101",))
    other, _ = sign_in(Role.TEACHER)
    for page in ("", "/papers", "/keys"):
        assert other.get(f"/quizzes/{quiz.id}{page}").status_code == 403
        assert other.get(f"/api/quizzes/{quiz.id}{page if page == '/keys' else ''}").status_code == 403


def a_file(count: int) -> dict[str, object]:
    cell = {"topic": None, "level": "biet", "type": QuestionType.SINGLE_CHOICE, "count": count, "marks": "0.5"}
    heading = {"title": "Đề", "subject": "toan", "grade": 12, "programme": "gdpt-2018", "duration_minutes": 45}
    return {**heading, "cells": [cell]}


def headers_of(client: FlaskClient) -> dict[str, str]:
    return {"X-CSRFToken": csrf_of(client, "/quizzes")}


def data_of(answer: TestResponse) -> Any:
    return answer.json
