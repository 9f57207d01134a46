"""Exports by programs: ask, follow, take the file and the losses."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions import export_jobs
from repository.jobs import Worker
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import csrf_of
from tests.conftest import SignIn
from tests.quizbank.questions.builders import a_choice, a_question
from tests.quizbank.quizzes.builders import a_quiz

ADDRESS = "/api/questions/exports"


@pytest.fixture
def teacher(sign_in: SignIn) -> tuple[FlaskClient, Actor]:
    return sign_in(Role.TEACHER)


def send(client: FlaskClient, body: dict[str, Any], address: str = ADDRESS) -> Any:
    return client.post(address, json=body, headers={"X-CSRFToken": csrf_of(client, "/help")})


def test_a_program_takes_a_file_and_its_losses(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    question = a_question(session, a_choice("Câu Toán?"), passage="Đoạn.")
    a_question(session, a_choice("Câu Lí?"), subject="vat-li")
    session.commit()
    made = send(teacher[0], {"format": "text", "query": "môn:toán"}).get_json()
    assert (made["state"], made["total"], made["done"], made["losses"]) == ("ready", 1, 1, 1)
    assert "Câu Toán?" in teacher[0].get(made["file"], buffered=True).text
    lines = teacher[0].get(made["losses_file"], buffered=True).text.splitlines()
    assert json.loads(lines[0]) == {
        "question": f"q-{question.id}",
        "code": "cannot-hold",
        "facts": {"what": "ngữ liệu"},
    }
    assert [one["id"] for one in teacher[0].get(ADDRESS).get_json()["exports"]] == [made["id"]]


def test_a_large_export_is_followed(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_jobs, "QUICK_QUESTIONS", 1)
    for _ in range(2):
        a_question(session)
    session.commit()
    made = send(teacher[0], {"format": "json", "subject": "toan"}).get_json()
    assert (made["state"], made["file"], made["total"]) == ("writing", None, 2)
    Worker(services.sessions, services.job_handlers, services).run_due((export_jobs.WRITE,))
    done = teacher[0].get(f"{ADDRESS}/{made['id']}").get_json()
    assert (done["state"], done["done"], done["losses"]) == ("ready", 2, 0)
    assert len(teacher[0].get(done["file"], buffered=True).get_json()) == 2


def test_a_quiz_is_taken_as_it_stands(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    quiz = a_quiz(session, teacher[1])
    session.commit()
    made = send(teacher[0], {"format": "json"}, f"/api/quizzes/{quiz.id}/exports").get_json()
    assert (made["state"], made["title"], made["done"]) == ("ready", quiz.title, len(quiz.items))


@pytest.mark.parametrize(
    "body",
    [
        {"format": "magic"},
        {"format": "json", "query": "môn:toán", "subject": "toan"},
        {"format": "json", "query": "năm:2024"},
        {"format": "json", "import_id": 5},
        {"format": "json", "subjct": "toan"},
        {"format": "json", "subject": "vat-li"},
    ],
)
def test_what_makes_no_sense_is_refused(
    teacher: tuple[FlaskClient, Actor], session: Session, body: dict[str, Any]
) -> None:
    a_question(session)
    session.commit()
    assert send(teacher[0], body).status_code == 422


def test_a_file_shows_its_progress_while_it_is_written(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_jobs, "QUICK_QUESTIONS", 1)
    monkeypatch.setattr(export_jobs, "LOOK_SECONDS", 0)
    for _ in range(3):
        a_question(session)
    session.commit()
    made = send(teacher[0], {"format": "json"}).get_json()
    seen: list[int] = []
    following = export_jobs.Follower.look

    def look(self: export_jobs.Follower, count: int) -> None:
        following(self, count)
        seen.append(teacher[0].get(f"{ADDRESS}/{made['id']}").get_json()["done"])

    monkeypatch.setattr(export_jobs.Follower, "look", look)
    Worker(services.sessions, services.job_handlers, services).run_due((export_jobs.WRITE,))
    assert seen == [1, 2, 3]
