"""Sittings in the browser, without scripts and through the autosave's address; keys never leave early."""

import datetime as dt
import random
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt, AttemptAnswer
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.rules import Wish
from quizbank.classes.actions import assign_quiz
from quizbank.classes.rules import NewAssignment
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import AnswerKind
from quizbank.quizzes.models import Quiz, QuizItem
from repository.permissions import Actor
from repository.services import Services
from repository.web import Door
from tests.builders import csrf_of, post
from tests.counting import count_queries
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.conftest import Browser
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question, a_short_answer

CHANCE = random.Random(4)
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
SECRETS = ("Bí mật của lời giải", "777333", "Bí-mật-chữ")


@pytest.fixture
def moment(app: APIFlask, now: dt.datetime) -> Iterator[list[dt.datetime]]:
    """The product's clock, which the test may set."""
    moments = [now]
    door: Door = app.extensions["hoclieu"]
    object.__setattr__(door, "clock", lambda: moments[0])
    yield moments


def fill(session: Session) -> None:
    """One question of each type, whose key and explanation can be recognised."""
    secret = {"explanation": "Bí mật của lời giải"}
    a_question(session, a_choice(key="C", **secret))
    a_question(session, a_choice(key="AD", **secret))
    a_question(session, a_cluster(truths="TTFF", **secret))
    a_question(session, a_short_answer("", "777333", **secret))
    a_question(session, a_short_answer("", "Bí-mật-chữ", answer_kind=AnswerKind.TEXT, **secret))
    session.commit()


def begin(client: FlaskClient, **form: object) -> str:
    answer = post(client, "/practice", {"subject": "toan", "count": 10, **form})
    assert answer.status_code == 303
    return answer.headers["Location"].removeprefix("/attempts/")


def put(client: FlaskClient, token: str, position: int, response: str, based_on: int) -> TestResponse:
    return client.put(
        f"/attempts/{token}/answers/{position}",
        json={"response": response, "revision_based_on": based_on},
        headers={"X-CSRFToken": csrf_of(client)},
    )


def hidden_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="((?:revision|seen)-\d+)" value="([^"]*)">', page))


def an_assigned_quiz(session: Session, teacher: Actor, student: Actor, review_after: str = "close") -> int:
    school_class = a_class(session, teacher, student)
    closes_at = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assignment = an_assignment(session, teacher, school_class, closes_at=closes_at, review_after=review_after)
    session.commit()
    return assignment.id


def test_a_stranger_practises_in_two_steps_from_home(client: FlaskClient, session: Session) -> None:
    fill(session)
    token = begin(client)
    page = client.get(f"/attempts/{token}").text
    assert page.count('data-mode="answer"') == 5
    assert "chỉ có 5 câu" in page


def test_the_choice_of_practice_lists_what_the_bank_has(client: FlaskClient, session: Session) -> None:
    a_question(session, topic="toan.l12.dai-so-giai-tich.tinh-don-dieu-va-cuc-tri-cua-ham-so")
    session.commit()
    assert 'href="/practice?subject=toan"' in client.get("/practice").text
    page = client.get("/practice?subject=toan").text
    assert 'value="toan.l12"' in page and "tinh-don-dieu-va-cuc-tri-cua-ham-so" in page


def test_an_empty_bank_says_so(client: FlaskClient) -> None:
    assert "Chưa có câu hỏi để luyện tập" in client.get("/practice").text


def test_without_scripts_answers_are_saved_and_one_question_is_checked(client: FlaskClient, session: Session) -> None:
    fill(session)
    token = begin(client)
    form = hidden_fields(client.get(f"/attempts/{token}").text)
    answers = {f"answer-{n}": "A" for n in range(1, 6)} | {f"answer-{n}-a": "T" for n in range(1, 6)}
    answer = post(client, f"/attempts/{token}", form | answers | {"step": "check-1"})
    assert answer.headers["Location"] == f"/attempts/{token}#question-1"
    page = client.get(f"/attempts/{token}").text
    assert page.count('data-mode="review"') == 1 and page.count("Bí mật của lời giải") == 1
    assert len(session.scalars(select(AttemptAnswer)).all()) == 5


@pytest.mark.parametrize("step", ["check-²", "check-" + "9" * 5_000, "check-", "check"])
def test_a_step_that_nobody_offered_checks_nothing(client: FlaskClient, session: Session, step: str) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    form = hidden_fields(client.get(f"/attempts/{token}").text)
    assert post(client, f"/attempts/{token}", form | {"step": step}).status_code == 303
    assert 'data-mode="review"' not in client.get(f"/attempts/{token}").text


def test_without_scripts_an_unchanged_field_saves_nothing(client: FlaskClient, session: Session) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    old = hidden_fields(client.get(f"/attempts/{token}").text)
    put(client, token, 1, "A", 0)
    post(client, f"/attempts/{token}", {**old, "step": "save"})
    assert session.scalars(select(AttemptAnswer.response)).all() != [""]
    assert len(session.scalars(select(AttemptAnswer)).all()) == 1


def test_without_scripts_an_old_window_is_told_what_it_lost(client: FlaskClient, session: Session) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    old = hidden_fields(client.get(f"/attempts/{token}").text)
    put(client, token, 1, "A", 0)
    page = post(client, f"/attempts/{token}", {**old, "answer-1": "B", "step": "save"}, follow_redirects=True).text
    assert "Câu 1 đã được trả lời ở một cửa sổ khác" in page
    assert re.search(r'value="A" checked', page)


def test_finishing_practice_leads_to_the_result(client: FlaskClient, session: Session) -> None:
    fill(session)
    token = begin(client)
    page = post(client, f"/attempts/{token}", {"step": "finish"}, follow_redirects=True).text
    assert "Đúng 0 trên 5 câu" in page and "Bí mật của lời giải" in page
    assert client.get(f"/attempts/{token}").headers["Location"] == f"/attempts/{token}/review"
    assert client.get(f"/attempts/{token}/submit").headers["Location"] == f"/attempts/{token}/review"


def test_the_autosave_answers_with_revision_and_time(client: FlaskClient, session: Session) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    answer = put(client, token, 1, "A", 0)
    assert answer.status_code == 200
    assert answer.json is not None and answer.json["revision"] == 1 and answer.json["saved_at"]


def test_an_old_window_gets_409_and_the_current_answer(client: FlaskClient, session: Session) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    put(client, token, 1, "A", 0)
    answer = put(client, token, 1, "B", 0)
    assert answer.status_code == 409 and answer.json is not None
    assert answer.json["title"] == "stale-answer"
    assert answer.json["facts"]["response"] == "A" and answer.json["facts"]["revision"] == 1


def test_the_autosave_refuses_nonsense(client: FlaskClient, session: Session) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    assert put(client, token, 1, "Z", 0).status_code == 422
    assert put(client, token, 9, "A", 0).status_code == 404
    assert put(client, token, 1, "A", -1).status_code == 422
    assert client.put(f"/attempts/{token}/answers/1", json={}).status_code == 400


def test_the_state_tells_what_is_saved(client: FlaskClient, session: Session) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    put(client, token, 1, "A", 0)
    state = client.get(f"/attempts/{token}/state").json
    assert state is not None and state["answers"][0]["response"] == "A" and state["csrf_token"]


def test_another_browser_finds_nothing(client: FlaskClient, student: Browser, session: Session, app: APIFlask) -> None:
    a_question(session)
    session.commit()
    token = begin(client)
    another: FlaskClient = app.test_client()
    for stranger in (another, student[0]):
        for address in ("", "/state", "/review", "/submit"):
            assert stranger.get(f"/attempts/{token}{address}").status_code == 404
        assert put(stranger, token, 1, "A", 0).status_code == 404
        for address in ("", "/submit"):
            assert post(stranger, f"/attempts/{token}{address}", {"step": "finish"}).status_code == 404


def test_no_response_of_a_practice_tells_a_key_early(client: FlaskClient, session: Session) -> None:
    fill(session)
    token = begin(client)
    attempt = session.scalars(select(Attempt)).one()
    sitting = get_sitting(session, Actor(browser_key=attempt.browser_key), token)
    pages = [client.get(f"/attempts/{token}{address}") for address in ("", "/state", "/submit")]
    pages += [put(client, token, one.item.position, "", 0) for one in sitting.items]
    pages += [client.get("/me"), client.get("/practice")]
    check_no_secret(pages, [one.item.option_order for one in sitting.items])


def test_no_response_of_an_assigned_sitting_tells_a_key_early(
    teacher: Browser, student: Browser, session: Session, moment: list[dt.datetime]
) -> None:
    fill(session)
    assignment_id = assign_everything(session, teacher[1], student[1])
    client = student[0]
    token = post(client, f"/assignments/{assignment_id}/attempts").headers["Location"].removeprefix("/attempts/")
    sitting = get_sitting(session, student[1], token)
    places = ("", "/state", "/submit")
    pages = [client.get(f"/attempts/{token}{place}") for place in places]
    pages += [put(client, token, one.item.position, "", 0) for one in sitting.items]
    pages.append(post(client, f"/attempts/{token}/submit", follow_redirects=True))
    pages += [client.get(address) for address in (f"/attempts/{token}/review", f"/assignments/{assignment_id}", "/me")]
    check_no_secret(pages, [one.item.option_order for one in sitting.items])
    moment[0] = dt.datetime(2026, 12, 2, tzinfo=dt.UTC)
    assert "Bí mật của lời giải" in client.get(f"/attempts/{token}/review").text


def check_no_secret(pages: list[TestResponse], orders: list[str]) -> None:
    for answer in pages:
        assert answer.status_code < 400
        for secret in (*SECRETS, "is_true", "option_order", *(order for order in orders if len(order) > 3)):
            assert secret not in answer.text, answer.request.path


def assign_everything(session: Session, teacher: Actor, student: Actor) -> int:
    """The questions of ``fill`` as an assigned quiz, written by hand."""
    opens = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    quiz = Quiz(
        title="Đề bí mật",
        subject="toan",
        grade=12,
        programme="gdpt-2018",
        duration_minutes=45,
        seed=1,
        created_by_id=teacher.person_id,
        created_at=opens,
    )
    session.add(quiz)
    session.flush()
    for position, version_id in enumerate(session.scalars(select(QuestionVersion.id)), 1):
        session.add(
            QuizItem(
                quiz_id=quiz.id, position=position, part=1, cell=0, question_version_id=version_id, marks=Decimal(1)
            )
        )
    session.flush()
    school_class = a_class(session, teacher, student)
    closes = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    made = assign_quiz(session, teacher, school_class.id, NewAssignment(quiz.id, opens, closes, 45), now=opens)
    session.commit()
    return made.id


def test_a_student_sits_an_assigned_quiz_and_the_teacher_sees_it(
    teacher: Browser, student: Browser, session: Session, moment: list[dt.datetime]
) -> None:
    assignment_id = an_assigned_quiz(session, teacher[1], student[1], review_after="submit")
    browser = student[0]
    assert "Bắt đầu làm bài" in browser.get(f"/assignments/{assignment_id}").text
    token = post(browser, f"/assignments/{assignment_id}/attempts").headers["Location"].removeprefix("/attempts/")
    assert "data-deadline" in browser.get(f"/attempts/{token}").text
    put(browser, token, 1, "A", 0)
    confirmation = post(browser, f"/attempts/{token}", {"step": "submit"}, follow_redirects=True).text
    assert "Còn 6 câu chưa trả lời" in confirmation
    assert "Kết quả" in post(browser, f"/attempts/{token}/submit", follow_redirects=True).text
    results = teacher[0].get(f"/assignments/{assignment_id}/results").text
    assert student[1].name in results and "Đã nộp" in results


def test_after_the_deadline_the_page_offers_to_grade_and_saving_is_refused(
    teacher: Browser, student: Browser, session: Session, moment: list[dt.datetime]
) -> None:
    assignment_id = an_assigned_quiz(session, teacher[1], student[1])
    browser = student[0]
    token = post(browser, f"/assignments/{assignment_id}/attempts").headers["Location"].removeprefix("/attempts/")
    moment[0] += dt.timedelta(minutes=46)
    assert "Đã hết giờ làm bài" in browser.get(f"/attempts/{token}").text
    refused = put(browser, token, 1, "A", 0)
    assert refused.status_code == 403 and refused.json is not None and refused.json["title"] == "attempt-closed"
    assert "Đã hết giờ" in post(browser, f"/attempts/{token}", {"step": "save"}, follow_redirects=True).text


def test_marks_of_a_class_are_its_teachers_only(
    teacher: Browser, other_teacher: Browser, student: Browser, session: Session, client: FlaskClient
) -> None:
    assignment_id = an_assigned_quiz(session, teacher[1], student[1])
    address = f"/assignments/{assignment_id}/results"
    assert teacher[0].get(address).status_code == 200
    assert student[0].get(address).status_code == 403
    assert other_teacher[0].get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert post(student[0], f"/assignments/{assignment_id}/close").status_code == 403


def test_a_teacher_closes_an_assignment(teacher: Browser, student: Browser, session: Session) -> None:
    assignment_id = an_assigned_quiz(session, teacher[1], student[1])
    assert post(teacher[0], f"/assignments/{assignment_id}/close").status_code == 303


def test_progress_needs_an_owner(client: FlaskClient, student: Browser) -> None:
    assert client.get("/me").status_code == 302
    assert "Chưa có lượt làm bài nào" in student[0].get("/me").text


def test_progress_shows_practice_assignments_and_weak_topics(
    teacher: Browser, student: Browser, session: Session
) -> None:
    an_assigned_quiz(session, teacher[1], student[1])
    for _ in range(3):
        a_question(session, topic="toan.l12.dai-so-giai-tich.tinh-don-dieu-va-cuc-tri-cua-ham-so")
    session.commit()
    token = begin(student[0], topic="toan.l12.dai-so-giai-tich.tinh-don-dieu-va-cuc-tri-cua-ham-so")
    post(student[0], f"/attempts/{token}", {"step": "finish"})
    page = student[0].get("/me").text
    assert "Bài được giao" in page and "Nên luyện thêm" in page and '<svg class="sparkline"' in page


def test_pages_of_sittings_cost_few_queries(student: Browser, session: Session, services: Services) -> None:
    for _ in range(30):
        a_question(session)
    session.commit()
    browser, actor = student
    for _ in range(25):
        actions.start_practice(session, actor, Wish("toan", count=1), chance=CHANCE, now=NOW)
    session.commit()
    token = begin(browser, count=30)
    for address in (f"/attempts/{token}", "/me", "/practice?subject=toan", f"/attempts/{token}/submit"):
        with count_queries(services.engine) as queries:
            assert browser.get(address).status_code == 200
        assert len(queries) <= 12, (address, len(queries))


def test_the_results_of_a_class_cost_few_queries(
    teacher: Browser, student: Browser, session: Session, services: Services
) -> None:
    assignment_id = an_assigned_quiz(session, teacher[1], student[1])
    with count_queries(services.engine) as queries:
        assert teacher[0].get(f"/assignments/{assignment_id}/results").status_code == 200
    assert len(queries) <= 14
