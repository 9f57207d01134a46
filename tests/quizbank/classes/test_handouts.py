"""Hand-out lists of classes and halls."""

import io

import pytest
import python_calamine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.classes.handouts import candidates_of, make_handout, names_of
from quizbank.classes.models import SchoolClass
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.seating import Clashes, Hall
from repository.accounts.queries import actor_of
from repository.errors import Invalid, NotFound
from repository.permissions import Actor, Role
from tests.builders import a_person, an_actor
from tests.conftest import SignIn
from tests.quizbank.classes.builders import a_class
from tests.quizbank.quizzes.builders import a_quiz

Teacher = tuple[FlaskClient, Actor]
CODES = ("101", "102", "103", "104")


@pytest.fixture
def teacher(sign_in: SignIn) -> Teacher:
    return sign_in(Role.TEACHER)


def a_student(session: Session, name: str) -> Actor:
    person = a_person(session, Role.STUDENT)
    person.name = name
    return actor_of(person)


def test_every_student_of_a_class_gets_a_seat_and_a_code(teacher: Teacher, session: Session) -> None:
    _, actor = teacher
    students = [an_actor(session, Role.STUDENT) for _ in range(7)]
    school_class = a_class(session, actor, *students)
    quiz = a_quiz(session, actor, codes=CODES)
    handout = make_handout(session, actor, quiz.id, Hall(2, 2, 2, 1), 7, school_class.id)
    places = [place for room in handout.rooms for place in room.places]
    assert [place.name for place in places] == names_of(session, actor, school_class)
    assert len(places) == 7 and handout.clashes == Clashes(0, 0)
    assert sum(count for _, count in handout.counts) == 7


def test_names_stand_by_given_name_in_vietnamese_order(teacher: Teacher, session: Session) -> None:
    _, actor = teacher
    names = ["Trần Văn Đức", "Nguyễn Thị Ánh", "Lê Văn An", "Phạm Dũng"]
    school_class = a_class(session, actor, *(a_student(session, name) for name in names))
    assert names_of(session, actor, school_class) == ["Lê Văn An", "Nguyễn Thị Ánh", "Phạm Dũng", "Trần Văn Đức"]


def test_a_hall_that_is_too_small_is_refused(teacher: Teacher, session: Session) -> None:
    _, actor = teacher
    quiz = a_quiz(session, actor, codes=CODES)
    with pytest.raises(Invalid):
        make_handout(session, actor, quiz.id, Hall(1, 2, 2, 5), 7)


def test_the_class_of_another_teacher_is_not_there(teacher: Teacher, session: Session) -> None:
    _, actor = teacher
    school_class = a_class(session, an_actor(session, Role.TEACHER))
    quiz = a_quiz(session, actor, codes=CODES)
    with pytest.raises(NotFound):
        make_handout(session, actor, quiz.id, Hall(1, 2, 2, 2), 7, school_class.id)


def a_class_of_one_and_a_quiz(session: Session, teacher: Actor) -> tuple[SchoolClass, Quiz]:
    school_class = a_class(session, teacher, a_student(session, "Lê Văn An"))
    quiz = a_quiz(session, teacher, codes=CODES)
    session.commit()
    return school_class, quiz


def test_the_page_shows_the_plan_and_the_workbook_has_it(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    school_class, quiz = a_class_of_one_and_a_quiz(session, actor)
    address = f"/quizzes/{quiz.id}/handout"
    assert "handout-plan" not in client.get(address).text
    page = client.get(f"{address}?class={school_class.id}&rows=2&columns=2").text
    assert "Lê Văn An" in page and "handout-plan" in page
    data = client.get(f"{address}.xlsx?class={school_class.id}&rows=2&columns=2").data
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Danh sách", "Phòng 1", "Số bản in"]
    assert book.get_sheet_by_index(0).to_python()[1][1:3] == ["000001", "Lê Văn An"]
    assert data == client.get(f"{address}.xlsx?class={school_class.id}&rows=2&columns=2").data


@pytest.mark.parametrize("query", ["rows=1&columns=2&people=3", "rooms=1000&rows=1&columns=1&people=1", "people=-1"])
def test_what_is_wrong_is_said_on_the_page(teacher: Teacher, session: Session, query: str) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, codes=CODES)
    session.commit()
    answer = client.get(f"/quizzes/{quiz.id}/handout?{query}")
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert client.get(f"/quizzes/{quiz.id}/handout.xlsx?{query}").status_code == 422


def test_a_class_is_a_list_of_candidates_with_the_numbers_of_its_seats(teacher: Teacher, session: Session) -> None:
    _, actor = teacher
    names = ["Trần Văn Đức", "Nguyễn Thị Ánh", "Lê Văn An"]
    school_class = a_class(session, actor, *(a_student(session, name) for name in names))
    quiz = a_quiz(session, actor, codes=CODES)
    listed = candidates_of(session, actor, school_class.id)
    assert listed.splitlines() == ["000001 Lê Văn An", "000002 Nguyễn Thị Ánh", "000003 Trần Văn Đức"]
    handout = make_handout(session, actor, quiz.id, Hall(1, 2, 2, 1), 7, school_class.id)
    places = [place for room in handout.rooms for place in room.places]
    assert [f"{one.candidate_number} {one.name}" for one in places] == listed.splitlines()
    with pytest.raises(NotFound):
        candidates_of(session, an_actor(session, Role.TEACHER), school_class.id)


def test_the_list_of_a_class_leads_to_its_answer_sheets(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    school_class, quiz = a_class_of_one_and_a_quiz(session, actor)
    link = f"/quizzes/{quiz.id}/scans?class={school_class.id}"
    assert link in client.get(f"/quizzes/{quiz.id}/handout?class={school_class.id}&rows=2&columns=2").text
    assert "/scans?class" not in client.get(f"/quizzes/{quiz.id}/handout?rows=2&columns=2&people=4").text
