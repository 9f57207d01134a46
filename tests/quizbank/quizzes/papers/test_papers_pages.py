"""The pages and the API of printed papers."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.papers.models import PaperBuild
from repository.jobs import Worker
from repository.services import Services
from tests.builders import csrf_of, post
from tests.counting import count_queries
from tests.quizbank.conftest import Browser
from tests.quizbank.quizzes.builders import a_quiz

FORM: dict[str, Any] = {
    "codes": "101-102",
    "forms": ["html", "docx"],
    "school": "Trường Sông Hồng",
    "number_digits": "8",
}


@pytest.fixture
def quiz(teacher: Browser, session: Session) -> Quiz:
    made = a_quiz(session, teacher[1], codes=("101",))
    session.commit()
    return made


def send(client: FlaskClient, address: str, body: dict[str, Any]) -> TestResponse:
    return client.post(address, json=body, headers={"X-CSRFToken": csrf_of(client)})


def run_jobs(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due(("quizzes.papers",))


def ask(teacher: Browser, services: Services, quiz: Quiz, **more: Any) -> str:
    """The address of a bundle that the worker has made."""
    answer = post(teacher[0], f"/quizzes/{quiz.id}/papers/new", {**FORM, **more})
    assert answer.status_code == 303, answer.text
    run_jobs(services)
    return str(answer.location)


def test_a_teacher_has_papers_printed(teacher: Browser, session: Session, services: Services, quiz: Quiz) -> None:
    client = teacher[0]
    assert "101" in client.get(f"/quizzes/{quiz.id}/papers/new").text
    answer = post(client, f"/quizzes/{quiz.id}/papers/new", FORM)
    assert 'data-over="no"' in client.get(answer.location).text
    run_jobs(services)
    page = client.get(answer.location).text
    assert "De-102.docx" in page and "Đã tạo 4 tệp." in page
    file = client.get(f"{answer.location}/file")
    assert file.headers["Content-Disposition"].startswith("attachment") and file.data.startswith(b"PK")
    session.expire_all()
    wanted = session.scalars(select(PaperBuild)).one().wanted
    assert wanted["school"] == "Trường Sông Hồng" and wanted["number_digits"] == 8 and wanted["exam"] is None


def test_missing_codes_are_made_on_the_way(teacher: Browser, session: Session, services: Services, quiz: Quiz) -> None:
    ask(teacher, services, quiz)
    assert session.scalars(select(QuizVariant.code).order_by(QuizVariant.code)).all() == ["101", "102"]


def test_a_single_file_is_kept_and_never_shown(teacher: Browser, services: Services, quiz: Quiz) -> None:
    address = ask(teacher, services, quiz)
    answer = teacher[0].get(f"{address}/files/3")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="De-101.html"'
    assert answer.mimetype == "application/octet-stream" and answer.data.startswith(b"<!doctype html>")
    assert [teacher[0].get(f"{address}/files/{number}").status_code for number in (0, 99)] == [404, 404]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"forms": []}, "ít nhất một"),
        ({"forms": ["exe"]}, "exe"),
        ({"codes": "101-1"}, "101-1"),
        ({"number_digits": "x"}, "không hợp lệ"),
        ({"forms": ["sheet"], "code_digits": "4"}, "102"),
        ({"forms": ["keys"], "solutions": "yes"}, "Lời giải cần"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    teacher: Browser, session: Session, quiz: Quiz, changes: dict[str, Any], words: str
) -> None:
    answer = post(teacher[0], f"/quizzes/{quiz.id}/papers/new", {**FORM, **changes})
    assert answer.status_code == 422 and words in answer.text and "Trường Sông Hồng" in answer.text
    assert session.scalars(select(QuizVariant.code)).all() == ["101"]


def test_a_change_of_the_quiz_is_told_beside_its_papers(
    teacher: Browser, session: Session, services: Services, quiz: Quiz
) -> None:
    address = ask(teacher, services, quiz)
    words = "Đề đã được sửa sau khi tạo bộ này"
    assert words not in teacher[0].get(address).text
    session.get_one(Quiz, quiz.id).revision += 1
    session.commit()
    assert words in teacher[0].get(address).text


def test_a_refused_bundle_says_why(teacher: Browser, session: Session, services: Services, quiz: Quiz) -> None:
    answer = post(teacher[0], f"/quizzes/{quiz.id}/papers/new", {**FORM, "codes": "101"})
    post(teacher[0], f"/quizzes/{quiz.id}/variants/101/delete")
    run_jobs(services)
    assert "Đề này không có mã đề 101." in teacher[0].get(answer.location).text


def test_the_list_asks_few_questions(teacher: Browser, services: Services, quiz: Quiz) -> None:
    address = f"/quizzes/{quiz.id}/papers/builds"
    assert "Chưa có bộ đề in nào" in teacher[0].get(address).text
    ask(teacher, services, quiz)
    with count_queries(services.engine) as one:
        assert teacher[0].get(address).text.count("đã xong") == 1
    for _ in range(3):
        ask(teacher, services, quiz)
    with count_queries(services.engine) as four:
        assert teacher[0].get(address).text.count("đã xong") == 4
    assert len(four) == len(one)


def test_other_programs_have_papers_printed(teacher: Browser, services: Services, quiz: Quiz) -> None:
    client, address = teacher[0], f"/api/quizzes/{quiz.id}/papers"
    wanted = {"codes": ["101-102"], "formats": ["html"], "large_print": True, "school": "Trường"}
    made = send(client, address, wanted)
    assert made.status_code == 201, made.text
    assert made.json is not None and made.json["state"] == "writing" and made.json["total"] == 4
    run_jobs(services)
    found = client.get(f"/api/quizzes/papers/{made.json['id']}").json
    assert found is not None and found["state"] == "ready" and found["codes"] == ["101", "102"]
    file = client.get(found["file"])
    with ZipFile(io.BytesIO(file.data)) as bundle:
        assert "Chu-lon/De-102.html" in bundle.namelist()
    listed = client.get(address).json
    assert listed is not None and [build["id"] for build in listed["builds"]] == [made.json["id"]]


@pytest.mark.parametrize("wanted", [{"formats": []}, {"formats": ["exe"]}, {"formats": ["pdf"], "typo": 1}, {}])
def test_programs_are_told_what_is_wrong(teacher: Browser, quiz: Quiz, wanted: dict[str, Any]) -> None:
    assert send(teacher[0], f"/api/quizzes/{quiz.id}/papers", wanted).status_code == 422


def test_another_teacher_gets_nothing(teacher: Browser, other_teacher: Browser, services: Services, quiz: Quiz) -> None:
    address = ask(teacher, services, quiz)
    places = [address, f"{address}/file", f"{address}/files/1", f"/quizzes/{quiz.id}/papers/new"]
    assert [other_teacher[0].get(place).status_code for place in places] == [404, 404, 404, 403]
