"""Repairing a key in the browser, without scripts: choose, look, repair, follow, undo; and what a student reads."""

import datetime as dt

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt
from quizbank.attempts.remarking import REMARK_JOB
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.quizzes.models import QuizItem
from repository.jobs import Worker
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import post
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.attempts.builders import LATER, Given, given_assignment
from tests.quizbank.attempts.repairs import answer, item_of
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.conftest import Browser

START = LATER - dt.timedelta(minutes=5)


@pytest.fixture
def reviewer(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.REVIEWER)[0]


def a_sitting(session: Session, teacher: Actor, student: Actor, response: str = "C") -> tuple[Given, Attempt]:
    given = given_assignment(session, teacher, student, review_after="submit")
    attempt = actions.start_assigned(session, student, given.assignment.id, now=START)
    answer(session, student, attempt, item_of(session, given)[1].id, response)
    actions.submit_attempt(session, student, attempt.token, now=LATER)
    session.commit()
    return given, attempt


def work(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due((REMARK_JOB,))


def repair(client: FlaskClient, given: Given, **form: str) -> str:
    """The address of the repair that the form made."""
    sent = {"treatment": "key", "key": "C", "reason": "Đáp án in sai.", **form}
    answered = post(client, f"/quizzes/{given.quiz.id}/items/1/repair", sent)
    assert answered.status_code == 303
    return answered.location


def test_a_teacher_looks_repairs_and_undoes(
    teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, attempt = a_sitting(session, teacher[1], student[1])
    address = f"/quizzes/{given.quiz.id}/items/1/repair"
    assert address in teacher[0].get(f"/quizzes/{given.quiz.id}").text
    look = teacher[0].get(f"{address}?treatment=key&key=C").text
    assert student[1].name in look and "Chưa có gì được ghi." in look
    assert session.scalars(select(KeyRepair)).all() == []
    made = repair(teacher[0], given)
    assert "Đang chấm lại" in teacher[0].get(made).text
    work(services)
    page = teacher[0].get(made).text
    assert "Chấm xong" in page and student[1].name in page and "Đáp án in sai." in page
    assert made in teacher[0].get(address).text
    assert "Đã sửa" in teacher[0].get(f"/assignments/{given.assignment.id}/results").text
    assert "Hoàn tác: Đổi đáp án: C" in teacher[0].get(f"{made}/undo").text
    undone = post(teacher[0], f"{made}/undo", {"reason": "Nhầm đề."})
    work(services)
    assert "Nhầm đề." in teacher[0].get(undone.location).text
    assert "Lần sửa này đã được hoàn tác." in teacher[0].get(made).text
    session.rollback()
    session.expire_all()
    assert attempt.marks == 0


def test_a_student_reads_the_old_and_the_new_mark_and_why(
    teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, attempt = a_sitting(session, teacher[1], student[1])
    review = f"/attempts/{attempt.token}/review"
    assert "Đã chấm lại" not in student[0].get(review).text
    repair(teacher[0], given)
    assert "điểm đang được chấm lại" in student[0].get(review).text
    work(services)
    page = student[0].get(review).text
    assert "Đã chấm lại lúc" in page and "Điểm trước: 0" in page and "Đáp án in sai." in page


def test_a_reason_is_not_read_as_markup(teacher: Browser, student: Browser, session: Session) -> None:
    given, attempt = a_sitting(session, teacher[1], student[1])
    made = repair(teacher[0], given, reason="<b>x</b>")
    for browser, address in ((teacher[0], made), (student[0], f"/attempts/{attempt.token}/review")):
        assert "&lt;b&gt;x&lt;/b&gt;" in browser.get(address).text


def test_what_is_wrong_with_a_form_is_said_and_nothing_is_lost(
    teacher: Browser, student: Browser, session: Session
) -> None:
    given, _ = a_sitting(session, teacher[1], student[1])
    address = f"/quizzes/{given.quiz.id}/items/1/repair"
    for refused, message in (
        (teacher[0].get(f"{address}?treatment=key&key=Z"), "từ A đến D"),
        (teacher[0].get(f"{address}?treatment=no"), "Hãy chọn cách chấm lại."),
        (post(teacher[0], address, {"treatment": "key", "key": "C", "reason": " "}), "học sinh sẽ đọc thấy"),
    ):
        assert refused.status_code == 422 and message in refused.text
    made = repair(teacher[0], given)
    refused = post(teacher[0], f"{made}/undo", {"reason": ""})
    assert refused.status_code == 422 and "học sinh sẽ đọc thấy" in refused.text


def test_a_repair_without_the_token_of_the_form_is_refused(
    teacher: Browser, student: Browser, session: Session
) -> None:
    given, _ = a_sitting(session, teacher[1], student[1])
    form = {"treatment": "all-right", "reason": "Vì."}
    assert teacher[0].post(f"/quizzes/{given.quiz.id}/items/1/repair", data=form).status_code == 400


def test_a_reviewer_repairs_in_the_bank_without_learning_names(
    teacher: Browser, student: Browser, reviewer: FlaskClient, session: Session, services: Services
) -> None:
    given, attempt = a_sitting(session, teacher[1], student[1])
    question_id = item_of(session, given)[1].question_id
    address = f"/questions/{question_id}/repair"
    assert address in reviewer.get(f"/questions/{question_id}").text
    assert address not in teacher[0].get(f"/questions/{question_id}").text
    look = reviewer.get(f"{address}?from=1&treatment=all-right").text
    assert f"Lượt #{attempt.id}" in look and student[1].name not in look
    made = post(reviewer, address, {"from": "1", "treatment": "all-right", "reason": "Đề sai."})
    work(services)
    assert student[1].name not in reviewer.get(made.location).text
    session.rollback()
    session.expire_all()
    assert attempt.marks == session.get_one(QuizItem, (given.quiz.id, 1)).marks


def test_a_look_costs_few_queries_however_many_sat(
    teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    given, _ = a_sitting(session, teacher[1], student[1])
    address = f"/quizzes/{given.quiz.id}/items/1/repair?treatment=key&key=C"
    with count_queries(services.engine) as before:
        teacher[0].get(address)
    school_class = a_class(session, teacher[1], student[1], name="12A9")
    assignment = an_assignment(session, teacher[1], school_class, given.quiz, allowed=5)
    for _ in range(5):
        attempt = actions.start_assigned(session, student[1], assignment.id, now=START)
        answer(session, student[1], attempt, item_of(session, given)[1].id, "C")
        actions.submit_attempt(session, student[1], attempt.token, now=LATER)
    session.commit()
    with count_queries(services.engine) as after:
        assert teacher[0].get(address).text.count("<th scope") >= 6
    assert len(after) == len(before) <= 30
