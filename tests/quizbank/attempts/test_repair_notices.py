"""Repairs are told: to students in their lists, to the class, to teachers as a list; and to programs."""

import datetime as dt
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt
from quizbank.attempts.notices import remark_notices
from quizbank.attempts.remarking import REMARK_JOB
from quizbank.classes.models import Assignment
from repository.jobs import Worker
from repository.permissions import Actor
from repository.services import Services
from tests.builders import csrf_of
from tests.conftest import NOW
from tests.counting import count_queries
from tests.quizbank.attempts.builders import LATER, Given, given_assignment
from tests.quizbank.attempts.repairs import AFTER, answer, item_of, repair, sat, work
from tests.quizbank.conftest import Browser

START = LATER - dt.timedelta(minutes=5)


def a_sitting(session: Session, teacher: Actor, student: Actor, **more: Any) -> tuple[Given, Attempt]:
    """A student's sitting that answered C to question 1, whose key is B."""
    given = given_assignment(session, teacher, student, **{"review_after": "submit", **more})
    attempt = actions.start_assigned(session, student, given.assignment.id, now=START)
    answer(session, student, attempt, item_of(session, given)[1].id, "C")
    actions.submit_attempt(session, student, attempt.token, now=LATER)
    session.commit()
    return given, attempt


def remark(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due((REMARK_JOB,))


def send(client: FlaskClient, address: str, body: dict[str, Any]) -> Any:
    return client.post(address, json=body, headers={"X-CSRFToken": csrf_of(client, "/help")})


def test_marks_before_and_now_are_those_of_the_record(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "C")
    before = attempt.marks
    repair(session, given, "C")
    work(session, services)
    told = remark_notices(session, [attempt])[attempt.id]
    worth = item_of(session, given)[0].marks
    assert (told.old.marks, told.new.marks, told.reasons) == (before, (before or 0) + worth, ("Đáp án sai.",))
    assert told.old.max_marks == told.new.max_marks


def test_a_question_left_out_takes_its_worth_away(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "C")
    repair(session, given, treatment="left-out")
    work(session, services)
    told = remark_notices(session, [attempt])[attempt.id]
    assert told.old.max_marks - told.new.max_marks == item_of(session, given)[0].marks


def test_nobody_is_told_of_marks_that_stayed_or_came_back(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "D")
    repair(session, given, "C")
    work(session, services)
    assert remark_notices(session, [attempt]) == {}
    made = repair(session, given, "D")
    work(session, services)
    assert attempt.id in remark_notices(session, [attempt])
    actions.undo_repair(session, given.teacher, made.id, "Nhầm.", now=AFTER)
    work(session, services)
    assert remark_notices(session, [attempt]) == {}


def test_a_student_finds_it_in_their_lists(
    teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, _ = a_sitting(session, teacher[1], student[1])
    repair(session, given, "C")
    session.commit()
    remark(services)
    for address in ("/me", f"/assignments/{given.assignment.id}"):
        page = student[0].get(address).text
        assert "Đã chấm lại" in page and "Đáp án sai." in page and "→" in page
    assert "trước khi sửa đáp án: 0" in teacher[0].get(f"/assignments/{given.assignment.id}/results").text


def test_nothing_is_told_before_the_review_opens(
    teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, _ = a_sitting(session, teacher[1], student[1], review_after="close", closes_at=NOW + dt.timedelta(days=900))
    repair(session, given, "C")
    session.commit()
    remark(services)
    pages = ("/me", f"/assignments/{given.assignment.id}", f"/classes/{given.school_class.id}")
    assert not any("Đáp án sai." in student[0].get(address).text for address in pages)
    assert "Đáp án sai." in teacher[0].get(f"/classes/{given.school_class.id}").text
    session.get_one(Assignment, given.assignment.id).closes_at = LATER + dt.timedelta(minutes=1)
    session.commit()
    assert all("Đáp án sai." in student[0].get(address).text for address in pages)


def test_teachers_list_the_repairs_of_their_quizzes_in_few_queries(
    teacher: Browser, other_teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, _ = a_sitting(session, teacher[1], student[1])
    repair(session, given, "C")
    session.commit()
    with count_queries(services.engine) as before:
        assert given.quiz.title in teacher[0].get("/repairs").text
    for key in ("D", "AC", "C"):
        repair(session, given, key)
    session.commit()
    with count_queries(services.engine) as after:
        assert teacher[0].get("/repairs").text.count("row-link") == 4
    assert len(after) == len(before)
    assert given.quiz.title not in other_teacher[0].get("/repairs").text


def test_a_program_looks_repairs_follows_and_takes_back(
    teacher: Browser, other_teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, attempt = a_sitting(session, teacher[1], student[1])
    address = f"/api/quizzes/{given.quiz.id}/items/1/repairs"
    look = teacher[0].get(f"{address}/preview?treatment=key&key=C").get_json()
    assert (look["gains"], look["losses"], look["changes"][0]["name"]) == (1, 0, student[1].name)
    made = send(teacher[0], address, {"treatment": "key", "key": "C", "reason": "Đề sai."})
    assert made.status_code == 201 and made.get_json()["left"] == 1
    remark(services)
    followed = teacher[0].get(f"/api/repairs/{made.get_json()['id']}").get_json()
    assert (followed["gains"], followed["left"], followed["rules"]) == (1, 0, "Đổi đáp án: C")
    [change] = teacher[0].get(f"/api/repairs/{followed['id']}/changes").get_json()["changes"]
    assert (change["attempt_id"], float(change["old"]), float(change["new"]) > 0) == (attempt.id, 0.0, True)
    listed = [one["id"] for one in teacher[0].get("/api/repairs").get_json()["repairs"]]
    assert listed == [followed["id"]] and other_teacher[0].get("/api/repairs").get_json()["repairs"] == []
    undone = send(teacher[0], f"/api/repairs/{followed['id']}/undo", {"reason": "Nhầm."})
    assert undone.status_code == 201 and undone.get_json()["undoes_id"] == followed["id"]
    assert send(teacher[0], f"/api/repairs/{followed['id']}/undo", {"reason": "Nhầm."}).status_code == 409


def test_what_a_program_sends_wrong_is_said(teacher: Browser, student: Browser, session: Session) -> None:
    given, _ = a_sitting(session, teacher[1], student[1])
    address = f"/api/quizzes/{given.quiz.id}/items/1/repairs"
    for body in (
        {"treatment": "key", "key": "Z", "reason": "x"},
        {"treatment": "undo", "reason": "x"},
        {"treatment": "key", "key": "C"},
    ):
        assert send(teacher[0], address, body).status_code == 422
