"""Classes in the browser: a teacher makes one and assigns, a student joins; a list costs few queries."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.rules import QuestionType
from repository.services import Services
from tests.builders import post
from tests.counting import count_queries
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.conftest import Browser
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.quizzes.builders import a_quiz


def test_a_teacher_makes_a_class_and_a_student_joins_with_its_code(teacher: Browser, student: Browser) -> None:
    address = post(teacher[0], "/classes", {"name": "12A1"}).headers["Location"]
    code = re.search(r'join-code">(\w+)<', teacher[0].get(address).get_data(as_text=True))
    assert code
    assert post(student[0], "/classes/join", {"code": code[1].lower()}).headers["Location"] == address
    assert "12A1" in student[0].get("/classes").get_data(as_text=True)


def test_a_teacher_assigns_a_quiz(teacher: Browser, session: Session) -> None:
    browser, actor = teacher
    quiz, made = a_quiz(session, actor), a_class(session, actor)
    session.commit()
    form = {
        "quiz_id": quiz.id,
        "opens_at": "2026-11-01T07:00",
        "closes_at": "2099-11-30T21:00",
        "duration_minutes": 45,
        "attempts_allowed": 1,
        "review_after": "close",
    }
    answer = post(browser, f"/classes/{made.id}/assign", form)
    assert answer.status_code == 303
    assert quiz.title in browser.get(f"/classes/{made.id}").get_data(as_text=True)


def test_a_quiz_with_an_essay_is_to_be_printed(teacher: Browser, session: Session) -> None:
    browser, actor = teacher
    quiz, made = a_quiz(session, actor, a_cell(type=QuestionType.ESSAY, count=1, marks="1")), a_class(session, actor)
    session.commit()
    moments = {"opens_at": "2026-11-01T07:00", "closes_at": "2099-11-30T21:00"}
    numbers = {"duration_minutes": 45, "attempts_allowed": 1, "review_after": "close"}
    answer = post(browser, f"/classes/{made.id}/assign", {"quiz_id": quiz.id, **moments, **numbers})
    assert answer.status_code == 409
    assert "in đề cho học sinh làm trên giấy" in answer.get_data(as_text=True)


def test_a_wrong_form_comes_back_as_it_was_typed(teacher: Browser, session: Session) -> None:
    browser, actor = teacher
    a_quiz(session, actor)
    made = a_class(session, actor)
    session.commit()
    answer = post(browser, f"/classes/{made.id}/assign", {"duration_minutes": "77"})
    assert answer.status_code == 422
    assert 'value="77"' in answer.get_data(as_text=True)


def test_strangers_are_sent_to_sign_in_and_others_find_nothing(
    teacher: Browser, other_teacher: Browser, session: Session, client: FlaskClient
) -> None:
    made = a_class(session, teacher[1])
    session.commit()
    for address in (f"/classes/{made.id}", f"/classes/{made.id}/assign"):
        assert client.get(address).status_code == 302
        assert other_teacher[0].get(address).status_code == 404


def test_a_student_sees_neither_code_nor_members(teacher: Browser, student: Browser, session: Session) -> None:
    made = a_class(session, teacher[1], student[1])
    session.commit()
    page = student[0].get(f"/classes/{made.id}").get_data(as_text=True)
    assert made.join_code not in page and "Đưa ra khỏi lớp" not in page


def test_the_list_of_classes_costs_few_queries(teacher: Browser, session: Session, services: Services) -> None:
    browser, actor = teacher
    quiz = a_quiz(session, actor)
    for number in range(12):
        an_assignment(session, actor, a_class(session, actor, name=f"Lớp {number}"), quiz)
    session.commit()
    with count_queries(services.engine) as queries:
        assert browser.get("/classes").status_code == 200
    assert len(queries) <= 8
