"""The page of codes, key files as downloads, and the API of both."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.quizzes import actions
from quizbank.quizzes.actions import build_quiz
from quizbank.quizzes.key_files.layouts import read_rows
from quizbank.quizzes.key_files.tables import rows_from
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT, csrf_of, post
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_question
from tests.quizbank.quizzes.builders import a_quiz

Teacher = tuple[FlaskClient, Actor]


@pytest.fixture
def teacher(sign_in: SignIn) -> Teacher:
    return sign_in(Role.TEACHER)


def a_committed_quiz(session: Session, actor: Actor, *cells: Any, **more: Any) -> Quiz:
    quiz = a_quiz(session, actor, *cells, **more)
    session.commit()
    return quiz


def two_forms(session: Session, actor: Actor) -> tuple[Quiz, Quiz]:
    first, second = a_quiz(session, actor), a_quiz(session, actor)
    second.form_of_id, second.form = first.id, 2
    session.commit()
    return first, second


def test_codes_are_dealt_with_what_was_chosen(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=8))
    post(client, f"/quizzes/{quiz.id}/codes", {"codes": "0101-0104", "options": "yes"})
    session.expire_all()
    assert [variant.code for variant in quiz.variants] == ["0101", "0102", "0103", "0104"]
    for variant in quiz.variants:
        assert variant.shuffling is not None and variant.shuffling["questions"] is False
        assert [item.item_position for item in variant.items] == list(range(1, 9))
        assert {item.option_order for item in variant.items} != {"ABCD"}
    page = client.get(f"/quizzes/{quiz.id}/codes").text
    assert "0104" in page and "Giống nhau nhất" in page


def test_what_is_no_code_is_said_and_kept(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor)
    answer = post(client, f"/quizzes/{quiz.id}/codes", {"codes": "<b>101"})
    assert answer.status_code == 422
    assert "&lt;b&gt;101" in answer.text.lower() and "không phải là mã đề" in answer.text


def test_forms_share_the_codes(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    first, second = two_forms(session, actor)
    post(client, f"/quizzes/{second.id}/codes", {"codes": "101-104", "questions": "y", "options": "y"})
    session.expire_all()
    assert [[one.code for one in form.variants] for form in (first, second)] == [["101", "103"], ["102", "104"]]
    assert post(client, f"/quizzes/{first.id}/codes", {"codes": "105"}).status_code == 303
    wanted = {"codes": ["101-108"], "in_blocks": True}
    dealt = client.post(
        f"/api/quizzes/{first.id}/codes", json=wanted, headers={"X-CSRFToken": csrf_of(client)}
    ).get_json()
    assert dealt["dealt"] == {"106": 1, "107": 1, "108": 2}
    assert len(dealt["codes"]) == 8


def test_all_codes_of_a_form_go_at_once(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101", "102"))
    post(client, f"/quizzes/{quiz.id}/codes/delete")
    session.expire_all()
    assert quiz.variants == []


@pytest.mark.parametrize(
    "path", ["/quizzes/{}/key-files/TNMaker-2025.xlsx", "/api/quizzes/{}/key-files/B-horizontal.csv"]
)
def test_key_files_are_downloads(teacher: Teacher, session: Session, path: str) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101", "102"))
    answer = client.get(path.format(quiz.id))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [one.code for one in read_rows(rows_from(path, answer.data), (4, 1, 2))] == ["101", "102"]
    alone = client.get(path.format(quiz.id) + "?code=102")
    assert [one.code for one in read_rows(rows_from(path, alone.data), (4, 1, 2))] == ["102"]


def test_a_form_names_the_file_and_the_code(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101", "102"))
    answer = client.get(f"/quizzes/{quiz.id}/key-files?name=C-matrix.csv&code=102")
    assert [one.code for one in read_rows(rows_from("a.csv", answer.data))] == ["102"]
    assert client.get(f"/quizzes/{quiz.id}/key-files").status_code == 404


@pytest.mark.parametrize("name", ["D.xlsx", "A-vertical.exe", "A-vertical.xlsx?code=999"])
def test_other_key_files_are_not_found(teacher: Teacher, session: Session, name: str) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, codes=("101",))
    assert client.get(f"/quizzes/{quiz.id}/key-files/{name}").status_code == 404


def test_the_page_says_which_questions_keep_their_options(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    for options in (("1", "2", "3", "4"), ("một", "hai", "bốn", "Cả A và B")):
        a_question(session, a_choice(options=options), topic=a_cell().topic, level="biet")
    quiz = build_quiz(session, actor, a_matrix(a_cell(count=2)), seed=7, now=MOMENT)
    session.commit()
    page = client.get(f"/quizzes/{quiz.id}/codes").text
    assert page.count("phương án xếp theo thứ tự</li>") == 1
    assert page.count("có phương án khoá hoặc nói về phương án khác</li>") == 1


def test_an_assigned_quiz_offers_no_codes(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, codes=("101",))
    actions.freeze_quiz(session, actor, quiz.id, now=MOMENT)
    session.commit()
    assert "deal-title" not in client.get(f"/quizzes/{quiz.id}/codes").text
    assert post(client, f"/quizzes/{quiz.id}/codes", {"codes": "102"}).status_code == 409


def test_more_codes_take_no_more_queries(teacher: Teacher, session: Session, services: Services) -> None:
    client, actor = teacher
    counts = []
    for codes in (("101",), tuple(str(code) for code in range(101, 113))):
        quiz = a_committed_quiz(session, actor, codes=codes)
        with count_queries(services.engine) as queries:
            client.get(f"/quizzes/{quiz.id}/codes")
        counts.append(len(queries))
    assert counts[0] == counts[1]
