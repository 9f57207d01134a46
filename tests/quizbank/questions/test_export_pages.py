"""Export pages: a selection or a quiz, the format's losses, and a file for whoever had it written."""

import datetime as dt
import os
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizbank.questions import export_jobs
from quizbank.questions.actions import revise_question
from quizbank.questions.export_models import KEPT, QuestionExport
from quizbank.questions.exporting import filter_of, questions_of_bank
from quizbank.questions.formats.writers import WRITERS, WrittenFormat
from quizbank.questions.models import Question
from quizbank.questions.pages.bank import filter_from_request
from quizbank.questions.pages.exporting import bank_address
from quizbank.questions.queries import QuestionFilter
from quizbank.questions.states import QuestionState
from repository.errors import Forbidden, Invalid
from repository.jobs import Job, JobState, Worker
from repository.permissions import SYSTEM, Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor, post
from tests.conftest import SignIn
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question, a_short_answer
from tests.quizbank.quizzes.builders import a_quiz


@pytest.fixture
def teacher(sign_in: SignIn) -> tuple[FlaskClient, Actor]:
    return sign_in(Role.TEACHER)


def exported(client: FlaskClient, address: str, form: str) -> str:
    """Ask for an export; returns the address of its page."""
    answer = post(client, address, {"format": form})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def file_of(client: FlaskClient, page: str) -> tuple[str, bytes]:
    """The file of an export, and its name."""
    answer = client.get(f"{page}/file", buffered=True)
    assert answer.status_code == 200
    return unquote(answer.headers["Content-Disposition"].partition("''")[2]), answer.data


def run_worker(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due()


def many_questions(session: Session, monkeypatch: pytest.MonkeyPatch, count: int = 3) -> None:
    """A few questions, which are too many to be written at once."""
    monkeypatch.setattr(export_jobs, "QUICK_QUESTIONS", count - 1)
    for number in range(count):
        a_question(session, a_choice(f"Câu {number}?"), passage="Một đoạn văn.")
    session.commit()


def test_a_selection_is_written_and_given_to_whoever_asked(
    teacher: tuple[FlaskClient, Actor], sign_in: SignIn, session: Session
) -> None:
    a_question(session, a_choice("Câu Toán?"))
    a_question(session, a_choice("Câu Lí?"), subject="vat-li")
    session.commit()
    page = exported(teacher[0], "/questions/export?subject=vat-li", "text")
    name, data = file_of(teacher[0], page)
    assert name == "Vật lí.txt" and "Câu Lí?" in data.decode() and "Câu Toán?" not in data.decode()
    assert page in teacher[0].get("/questions/exports").get_data(as_text=True)
    other = sign_in(Role.ADMINISTRATOR)[0]
    assert [other.get(f"{page}{file}").status_code for file in ("", "/file", "/losses")] == [404, 404, 404]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.id)
def test_every_format_can_be_taken(teacher: tuple[FlaskClient, Actor], session: Session, writer: WrittenFormat) -> None:
    a_question(session, a_choice("Câu Toán $x^2$?"))
    session.commit()
    name, data = file_of(teacher[0], exported(teacher[0], "/questions/export", writer.id))
    assert name.endswith(writer.ending) and data


def test_what_a_format_can_not_hold_is_said(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    question = a_question(session, a_choice("Câu?"), passage="Một đoạn văn.")
    session.commit()
    page = exported(teacher[0], "/questions/export", "text")
    shown = teacher[0].get(page).get_data(as_text=True)
    assert f'href="/questions/{question.id}"' in shown and "không giữ được ngữ liệu" in shown
    listed = teacher[0].get(f"{page}/losses", buffered=True).data.decode("utf-8-sig").splitlines()
    assert listed[1].startswith(f"q-{question.id},") and listed[1].endswith("ngữ liệu.")


def test_only_what_is_in_the_file_counts_as_written(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    a_question(session, a_choice("Câu chọn?"))
    for number in range(2):
        a_question(session, a_short_answer(f"Câu trả lời ngắn {number}?", "5"), grade=11)
    session.commit()
    page = exported(teacher[0], "/questions/export", "aiken")
    shown = teacher[0].get(page).text
    assert "Đã viết 1 câu." in shown and "1 trên 3 câu" in shown and '<td class="number">2</td>' in shown
    page = exported(teacher[0], "/questions/export?grade=11", "aiken")
    shown = teacher[0].get(page).text
    assert "Không viết được tệp." in shown and "Aiken không giữ được dạng của câu nào" in shown
    assert teacher[0].get(f"{page}/file").status_code == 404


def test_losses_are_said_in_the_language_of_the_reader(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    a_question(session, a_choice("Câu?"), passage="Một đoạn văn.")
    session.commit()
    page = exported(teacher[0], "/questions/export", "text")
    teacher[0].get("/language/en?next=/help")
    assert "This format cannot hold the passage." in teacher[0].get(page).text


def test_a_quiz_is_written_in_its_order(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    quiz = a_quiz(session, teacher[1])
    session.commit()
    assert teacher[0].get(f"/quizzes/{quiz.id}/export").status_code == 200
    page = exported(teacher[0], f"/quizzes/{quiz.id}/export", "gift")
    assert file_of(teacher[0], page)[0] == f"{quiz.title}.gift"
    assert f'href="/quizzes/{quiz.id}/export"' not in teacher[0].get(page).get_data(as_text=True)


def test_many_questions_are_written_by_the_worker(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_questions(session, monkeypatch)
    page = exported(teacher[0], "/questions/export", "text")
    assert "Đang viết" in teacher[0].get(page).get_data(as_text=True)
    assert teacher[0].get(f"{page}/file").status_code == 404
    run_worker(services)
    assert "Đã viết 3 câu." in teacher[0].get(page).get_data(as_text=True)
    assert b"2?" in file_of(teacher[0], page)[1]


def test_an_export_that_was_killed_begins_again(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_questions(session, monkeypatch)
    page = exported(teacher[0], "/questions/export", "text")

    def killed(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(export_jobs, "write_to_store", killed)
        with pytest.raises(KeyboardInterrupt):
            run_worker(services)
    session.execute(update(Job).values(leased_until=MOMENT))
    session.commit()
    run_worker(services)
    assert "Đã viết 3 câu." in teacher[0].get(page).get_data(as_text=True)


def test_an_export_that_the_worker_gave_up_has_failed(
    teacher: tuple[FlaskClient, Actor], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_questions(session, monkeypatch)
    page = exported(teacher[0], "/questions/export", "text")
    session.execute(update(Job).where(Job.kind == export_jobs.WRITE).values(state=JobState.FAILED))
    session.commit()
    assert "Chưa viết được tệp." in teacher[0].get(page).text
    assert "không viết xong" in teacher[0].get("/questions/exports").text
    assert teacher[0].get(f"/api{page}").get_json()["state"] == "failed"
    assert [one["state"] for one in teacher[0].get("/api/questions/exports").get_json()["exports"]] == ["failed"]


def test_a_job_that_runs_twice_writes_once(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_questions(session, monkeypatch)
    exported(teacher[0], "/questions/export", "text")
    run_worker(services)
    kept = session.scalars(select(QuestionExport.finished_at)).one()
    session.execute(update(Job).where(Job.kind == export_jobs.WRITE).values(state=JobState.QUEUED))
    session.commit()
    run_worker(services)
    assert session.scalars(select(QuestionExport.finished_at)).one() == kept


def test_what_was_taken_away_meanwhile_is_not_written(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_questions(session, monkeypatch)
    page = exported(teacher[0], "/questions/export", "text")
    session.execute(update(Question).values(published_version_id=None))
    session.commit()
    run_worker(services)
    shown = teacher[0].get(page).get_data(as_text=True)
    assert "Không viết được tệp." in shown and "Không có câu hỏi nào để xuất." in shown


def test_nobody_fills_the_queue_with_exports(
    teacher: tuple[FlaskClient, Actor], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_questions(session, monkeypatch)
    asked = [post(teacher[0], "/questions/export", {"format": "text"}).status_code for _ in range(4)]
    assert asked == [303, 303, 303, 409]


def test_the_file_is_swept_after_a_day(
    teacher: tuple[FlaskClient, Actor], session: Session, services: Services
) -> None:
    a_question(session, a_choice("Câu?"))
    session.commit()
    page = exported(teacher[0], "/questions/export", "text")
    made = session.scalars(select(QuestionExport)).one()
    assert made.file_sha256 and made.finished_at
    path = services.store.path(made.file_sha256)
    later = made.finished_at + KEPT + dt.timedelta(hours=1)
    os.utime(path, (made.finished_at.timestamp(),) * 2)
    session.rollback()
    Worker(services.sessions, services.job_handlers, services, clock=lambda: later).run_due((export_jobs.EXPIRE,))
    assert not path.exists()
    shown = teacher[0].get(page).get_data(as_text=True)
    assert "Tệp đã hết hạn." in shown and teacher[0].get(f"{page}/file").status_code == 404


def test_nothing_is_no_file_and_a_format_must_exist(teacher: tuple[FlaskClient, Actor]) -> None:
    assert post(teacher[0], "/questions/export", {"format": "text"}).status_code == 422
    assert post(teacher[0], "/questions/export", {"format": "magic"}).status_code == 422
    assert teacher[0].get("/questions/exports/99").status_code == 404


def test_others_see_the_published_version_only(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    question = a_question(session, a_choice("Đã xuất bản?"), by=maker)
    a_question(session, a_choice("Nháp?"), by=maker, state=QuestionState.DRAFT)
    revise_question(session, maker, question.id, a_new_question(a_choice("Đang sửa?")), now=MOMENT)

    def stems(actor: Actor) -> list[str]:
        return [new.content.stem for _, new in questions_of_bank(session, actor, QuestionFilter(), [])]

    assert stems(other) == ["Đã xuất bản?"]
    assert stems(maker) == stems(SYSTEM) == ["Đang sửa?", "Nháp?"]
    with pytest.raises(Forbidden):
        stems(an_actor(session, Role.STUDENT))


def test_a_query_is_that_of_the_search_field() -> None:
    assert filter_of("môn:toán lớp:12 đạo hàm") == QuestionFilter(subject="toan", grade=12, text="đạo hàm")
    with pytest.raises(Invalid):
        filter_of("lớp:11,12")


@pytest.mark.parametrize(
    "wanted",
    [
        QuestionFilter(subject="toan", text="hàm số & đạo hàm", is_own=True),
        QuestionFilter(grade=0, organisation_id=0, import_id=0),
        QuestionFilter(organisation_id=7, import_id=5, topic="-", used="no"),
        QuestionFilter(),
    ],
)
def test_the_address_of_a_selection_finds_just_that(app: Flask, wanted: QuestionFilter) -> None:
    with app.test_request_context(bank_address(wanted)):
        assert filter_from_request() == wanted
