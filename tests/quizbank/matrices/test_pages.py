import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizbank.matrices.actions import change_matrix
from quizbank.matrices.matrix_file import data_of as data_of_matrix
from quizbank.matrices.models import ExamMatrix
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor, post
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell, a_kept_matrix, a_matrix, a_shared_matrix
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
    assert 'href="#row-1-true-false-any">Hàng 2, Đúng/Sai, Mọi mức' in answer.text


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


def test_true_false_cells_count_statements_without_javascript(teacher: Teacher, services: Services) -> None:
    client, _ = teacher
    cluster = {"row-1-true-false-any": "", "row-1-true-false-biet": "3", "row-1-true-false-hieu": "1"}
    post(client, "/matrices/new/table", {**FORM, **cluster})
    assert only_matrix(services).matrix.cells[1].statements == (("biet", 3), ("hieu", 1))


def test_statements_that_make_no_question_name_their_cell(teacher: Teacher) -> None:
    client, _ = teacher
    answer = post(client, "/matrices/new/table", {**FORM, "row-1-true-false-any": "", "row-1-true-false-biet": "3"})
    assert answer.status_code == 422
    assert 'href="#row-1-true-false-biet"' in answer.text
    assert "tổng số ý phải bằng bốn lần số câu" in answer.text


def test_a_specification_is_kept_and_shown(teacher: Teacher, services: Services) -> None:
    client, _ = teacher
    texts = {"row-1-unit": "Ôn tập", "row-1-outcomes": "Nêu được.\r\nVẽ được.", "tag-1-true-false-any": "TD1"}
    page = post(client, "/matrices/new/table", {**FORM, **texts}, follow_redirects=True).text
    kept = only_matrix(services).matrix.specification[1]
    assert (kept.unit, kept.outcomes, kept.competences[0].text) == ("Ôn tập", "Nêu được.\nVẽ được.", "TD1")
    assert 'value="TD1"' in page and "Nêu được.\nVẽ được.</textarea>" in page


def test_outcomes_written_before_are_filled_in_by_a_button(teacher: Teacher) -> None:
    client, _ = teacher
    post(client, "/matrices/new/table", {**FORM, "row-1-outcomes": "Nêu được."})
    page = post(client, "/matrices/new/table", {**FORM, "do": "fill-outcomes"}).text
    assert page.count("Nêu được.</textarea>") == 1


@pytest.mark.parametrize(
    ("step", "topics"),
    [
        ("up-1", ["toan.l12", ""]),
        ("down-0", ["toan.l12", ""]),
        ("up-0", ["", "toan.l12"]),
        ("down-1", ["", "toan.l12"]),
        ("remove-0", ["toan.l12"]),
        ("remove-9", ["", "toan.l12"]),
    ],
)
def test_rows_are_moved_and_removed_without_javascript(teacher: Teacher, step: str, topics: list[str]) -> None:
    client, _ = teacher
    page = post(client, "/matrices/new/table", {**FORM, "do": step}).text
    shown = [
        re.search(rf'<select name="row-{row}-topic".*?</select>', page, re.DOTALL) for row in range(len(topics) + 1)
    ]
    assert shown[len(topics)] is None
    selected = [re.search(r'value="([^"]*)" selected', one[0]) for one in shown[: len(topics)] if one]
    assert [one[1] if one else None for one in selected] == topics


def test_columns_for_any_level_come_when_asked_for(teacher: Teacher) -> None:
    client, _ = teacher
    form = {name: value for name, value in FORM.items() if not name.endswith("-any")}
    assert "row-0-essay-any" not in post(client, "/matrices/new/table", {**form, "do": "add-rows"}).text
    assert "row-0-essay-any" in post(client, "/matrices/new/table", {**form, "do": "any-level"}).text


@pytest.mark.parametrize("minutes", [45, 60, 90])
def test_a_frame_of_a_test_opens_for_any_subject(teacher: Teacher, minutes: int) -> None:
    client, _ = teacher
    page = client.get(f"/matrices/new/table?frame=kiem-tra-7991&subject=vat-li&grade=11&minutes={minutes}").text
    assert "21 câu, 10,00 điểm" in page and f'value="{minutes}"' in page


def test_a_frame_of_a_subject_that_is_not_taught_is_not_found(teacher: Teacher) -> None:
    assert teacher[0].get("/matrices/new/table?frame=kiem-tra-7991&subject=thien-van").status_code == 404


def test_a_proposed_matrix_opens_without_being_saved(teacher: Teacher, session: Session, services: Services) -> None:
    client, actor = teacher
    kept = a_kept_matrix(session, actor)
    session.commit()
    file = json.dumps(data_of_matrix(a_matrix(a_cell(count=17))))
    page = post(client, "/matrices/draft", {"matrix": file, "matrix_id": str(kept.id)}).text
    assert 'value="17"' in page and "Chưa có gì được lưu" in page
    assert f'action="/matrices/{kept.id}"' in page
    assert only_matrix(services).matrix.cells[0].count == 4


def test_a_matrix_that_others_share_is_read_only(teacher: Teacher, session: Session) -> None:
    client, _ = teacher
    shared = a_shared_matrix(session, an_actor(session, Role.TEACHER))
    session.commit()
    page = client.get(f"/matrices/{shared.id}").text
    assert "<form method" in page and "Lưu ma trận" not in page and "Tạo bản sao của tôi" in page
    assert shared.title in client.get("/matrices?list=shared").text
    copied = post(client, f"/matrices/{shared.id}/copy", follow_redirects=True).text
    assert "Chép từ:" in copied and "Lưu ma trận" in copied


def test_who_may_see_a_matrix_is_changed_by_its_maker(teacher: Teacher, session: Session, services: Services) -> None:
    client, actor = teacher
    kept = a_kept_matrix(session, actor)
    session.commit()
    post(client, f"/matrices/{kept.id}/share", {"sharing": "everyone"})
    assert only_matrix(services).sharing == "everyone"
    assert post(client, f"/matrices/{kept.id}/share", {"sharing": "world"}).status_code == 422
    assert "Đang chia sẻ" in client.get("/matrices").text


def test_versions_are_listed_compared_and_taken_back(teacher: Teacher, session: Session, services: Services) -> None:
    client, actor = teacher
    kept = a_kept_matrix(session, actor)
    session.commit()
    post(client, f"/matrices/{kept.id}", {**FORM, "revision": "1"})
    assert "Lấy lại bản 1" in client.get(f"/matrices/{kept.id}/versions").text
    for page in ("1", "2", "2?with=1"):
        text = client.get(f"/matrices/{kept.id}/versions/{page}").text
        assert "Từ bản 1 đến bản 2" in text and ">8×1</ins>" in text
    assert client.get(f"/matrices/{kept.id}/versions/9").status_code == 404
    post(client, f"/matrices/{kept.id}/versions/1/restore", {"based_on": "2"})
    assert only_matrix(services).revision == 3
    assert only_matrix(services).title == "Kiểm tra giữa kì"


@pytest.mark.parametrize("how_many", [1, 20])
def test_versions_take_the_same_queries_however_many(
    teacher: Teacher, session: Session, services: Services, how_many: int
) -> None:
    client, actor = teacher
    kept = a_kept_matrix(session, actor)
    for revision in range(1, how_many):
        change_matrix(session, actor, kept.id, a_matrix(a_cell(count=revision)), revision=revision, now=MOMENT)
    session.commit()
    for page in ("versions", "versions/1"):
        with count_queries(services.engine) as queries:
            client.get(f"/matrices/{kept.id}/{page}")
        assert len(queries) <= 9


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_shared_list_takes_the_same_queries_however_long(
    teacher: Teacher, session: Session, services: Services, how_many: int
) -> None:
    client, _ = teacher
    for _ in range(how_many):
        a_shared_matrix(session, an_actor(session, Role.TEACHER))
    session.commit()
    with count_queries(services.engine) as queries:
        client.get("/matrices?list=shared&q=kiem")
    assert len(queries) <= 8


def test_an_empty_shared_list_and_an_empty_search_say_what_to_do(teacher: Teacher) -> None:
    client, _ = teacher
    assert "Chưa ai chia sẻ ma trận với bạn" in client.get("/matrices?list=shared").text
    assert "Không có ma trận nào mang tên ấy" in client.get("/matrices?q=abc").text


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
