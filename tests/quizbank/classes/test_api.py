"""Classes and results for other programs."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.builders import csrf_of
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.conftest import Browser
from tests.quizbank.quizzes.builders import a_quiz

TIMES = {"opens_at": "2026-11-01T00:00:00Z", "closes_at": "2099-11-30T00:00:00+07:00"}


def test_a_teacher_lists_classes_with_their_codes_and_a_member_without(
    teacher: Browser, student: Browser, session: Session
) -> None:
    made = a_class(session, teacher[1], student[1])
    session.commit()
    [taught], [joined] = (one[0].get("/api/classes").json["classes"] for one in (teacher, student))  # type: ignore[index]
    assert taught["join_code"] == made.join_code and taught["members"] == 1
    assert joined["join_code"] is None and not joined["is_taught"]


def test_a_program_assigns_a_quiz(teacher: Browser, session: Session) -> None:
    browser, actor = teacher
    made, quiz = a_class(session, actor), a_quiz(session, actor)
    session.commit()
    answer = browser.post(
        f"/api/classes/{made.id}/assignments",
        json={"quiz_id": quiz.id, "duration_minutes": 45, **TIMES},
        headers={"X-CSRFToken": csrf_of(browser)},
    )
    assert answer.status_code == 201 and answer.json is not None
    assert answer.json["closes_at"] == "2099-11-29T17:00:00+00:00"


def test_an_assignment_without_a_quiz_is_refused(teacher: Browser, session: Session) -> None:
    made = a_class(session, teacher[1])
    session.commit()
    answer = teacher[0].post(
        f"/api/classes/{made.id}/assignments", json=TIMES, headers={"X-CSRFToken": csrf_of(teacher[0])}
    )
    assert answer.status_code == 422


def test_results_are_the_teachers_only(
    teacher: Browser, other_teacher: Browser, student: Browser, session: Session, client: FlaskClient
) -> None:
    assignment = an_assignment(session, teacher[1], a_class(session, teacher[1], student[1]))
    session.commit()
    address = f"/api/assignments/{assignment.id}/results"
    answers = [browser.get(address) for browser in (teacher[0], student[0], other_teacher[0], client)]
    assert [answer.status_code for answer in answers] == [200, 403, 404, 401]
    assert answers[0].json is not None and answers[0].json["students"][0]["marks"] is None
