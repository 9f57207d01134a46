"""The pages of a bulk edit, from the ticks in the list to the report of its undoing."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.bulk_jobs import WORK
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.states import QuestionState
from repository.jobs import Worker
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import post
from tests.conftest import SignIn
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question


@pytest.fixture
def editor(sign_in: SignIn) -> tuple[FlaskClient, Actor]:
    return sign_in(Role.EDITOR)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def levels(session: Session) -> list[str | None]:
    session.rollback()
    query = select(QuestionVersion.level).join(Question, Question.current_version_id == QuestionVersion.id)
    return list(session.scalars(query.order_by(Question.id)))


def start(client: FlaskClient, **fields: object) -> str:
    answer = post(client, "/questions/bulk-edits", fields)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def plan_of(page: str) -> str:
    found = re.search(r'name="plan" value="(\d+)"', page)
    assert found, page
    return found[1]


def test_ticked_questions_are_previewed_changed_and_restored(
    editor: tuple[FlaskClient, Actor], session: Session
) -> None:
    client = editor[0]
    questions = [a_question(session, level="biet"), a_question(session, level="hieu")]
    waiting = a_question(session, state=QuestionState.IN_REVIEW)
    session.commit()
    listed = text_of(client, "/questions")
    assert 'formaction="/questions/bulk-edits"' in listed and listed.count('name="id"') == 3
    address = start(client, id=[one.id for one in (*questions, waiting)])
    assert post(client, address, {"level": "van-dung", "add_tags": "ôn thi"}).status_code == 303
    page = text_of(client, address)
    assert "2 câu sẽ đổi" in page and "đang chờ thẩm định: 1" in page and "<del>Biết</del>" in page
    assert levels(session) == ["biet", "hieu", "hieu"]
    assert f'href="/questions/{waiting.id}"' in text_of(client, f"{address}?show=left")
    assert post(client, f"{address}/apply", {"plan": plan_of(page)}).status_code == 303
    assert levels(session) == ["van-dung", "van-dung", "hieu"]
    done = text_of(client, address)
    assert "2 câu đã đổi" in done and f"{address}/undo" in done
    assert "Sửa hàng loạt" in text_of(client, f"/questions/{questions[0].id}")
    assert post(client, f"{address}/undo").status_code == 303
    assert levels(session) == ["biet", "hieu", "hieu"] and "Đã khôi phục 2 câu" in text_of(client, address)


def test_what_was_not_restored_is_said(editor: tuple[FlaskClient, Actor], session: Session) -> None:
    client, question = editor[0], a_question(session)
    session.commit()
    address = start(client, id=question.id)
    post(client, address, {"level": "biet"})
    post(client, f"{address}/apply", {"plan": "1"})
    session.expire_all()
    session.get_one(Question, question.id).state = QuestionState.IN_REVIEW
    session.commit()
    post(client, f"{address}/undo")
    page = text_of(client, f"{address}?show=kept")
    assert "Đã khôi phục 0 câu" in page and page.count("đang chờ thẩm định") == 2


def test_everything_the_filter_finds_is_taken_by_the_worker(
    editor: tuple[FlaskClient, Actor], session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.questions.bulk_jobs.QUICK_QUESTIONS", 1)
    client = editor[0]
    for grade in (10, 10, 11):
        a_question(session, grade=grade)
    session.commit()
    listed = text_of(client, "/questions?grade=10")
    assert 'formaction="/questions/bulk-edits?grade=10"' in listed
    address = post(client, "/questions/bulk-edits?grade=10", {"all": "yes"}).headers["Location"]
    post(client, address, {"level": "biet"})
    post(client, f"{address}/apply", {"plan": "1"})
    page = text_of(client, address)
    assert 'id="job"' in page and 'http-equiv="refresh"' in page and f"{address}/undo" not in page
    assert Worker(services.sessions, services.job_handlers, services).run_due((WORK,)) == 1
    assert levels(session) == ["biet", "biet", "hieu"] and "2 câu đã đổi" in text_of(client, address)


def test_topics_are_those_of_the_subject_chosen(editor: tuple[FlaskClient, Actor], session: Session) -> None:
    client = editor[0]
    ids = [a_question(session, subject=subject).id for subject in ("toan", "vat-li")]
    session.commit()
    address = start(client, id=ids)
    assert "Chọn môn rồi bấm Xem trước" in text_of(client, address)
    post(client, address, {"subject": "vat-li"})
    page = text_of(client, address)
    assert 'value="vat-li.l12.' in page and 'value="toan.l12.' not in page


def test_mistakes_are_shown_with_what_was_typed(editor: tuple[FlaskClient, Actor], session: Session) -> None:
    client, question = editor[0], a_question(session)
    session.commit()
    assert post(client, "/questions/bulk-edits").status_code == 422
    address = start(client, id=question.id)
    answer = post(client, address, {"grade": "99", "add_tags": "giữ tôi"})
    assert answer.status_code == 422 and "giữ tôi" in answer.get_data(as_text=True)
    assert post(client, address).status_code == 422
    post(client, address, {"level": "biet"})
    assert post(client, f"{address}/apply", {"plan": "7"}).status_code == 409


def test_own_edits_are_listed(editor: tuple[FlaskClient, Actor], sign_in: SignIn, session: Session) -> None:
    client = editor[0]
    assert "Chưa có lần sửa hàng loạt nào" in text_of(client, "/questions/bulk-edits")
    question = a_question(session)
    session.commit()
    address = start(client, id=question.id)
    assert address in text_of(client, "/questions/bulk-edits")
    assert address not in text_of(sign_in(Role.TEACHER)[0], "/questions/bulk-edits")


def test_replaced_words_are_shown_within_their_sentence(editor: tuple[FlaskClient, Actor], session: Session) -> None:
    client = editor[0]
    long = "Trong phòng thí nghiệm có nhiều dụng cụ được sắp xếp gọn gàng. " * 4
    found = a_question(session, a_choice(f"{long}Môn Vật lý <b>cần</b> $x^2$?", options=("Vật lý", "b", "c", "d")))
    other = a_question(session, a_choice("Môn Hoá?"))
    session.commit()
    address = start(client, id=[found.id, other.id])
    form = {"find": "Vật lý", "put": "Vật lí", "find-in-stem": "yes", "find-in-parts": "yes", "whole_words": "yes"}
    post(client, address, form)
    page = text_of(client, address)
    assert "1 câu sẽ đổi" in page and "không có cụm từ cần tìm: 1" in page
    assert page.count("<del>lý</del><ins>lí</ins>") == 2 and "Phương án A: Vật <del>" in page
    assert "Trong phòng thí nghiệm có nhiều dụng cụ" in page and "… " in page
    assert "&lt;b&gt;cần&lt;/b&gt; <math" in page
    assert 'value="Vật lý"' in page and 'name="find-in-stem" value="yes" checked' in page
    assert 'name="find-in-source" value="yes" checked' not in page
    assert f'href="/questions/{other.id}"' in text_of(client, f"{address}?show=left")
    listed = text_of(client, "/questions/bulk-edits")
    assert "“Vật lý” → “Vật lí”" in listed


def test_every_field_of_the_form_comes_back_as_it_was_sent(editor: tuple[FlaskClient, Actor], session: Session) -> None:
    client, question = editor[0], a_question(session, a_cluster())
    session.commit()
    address = start(client, id=question.id)
    form = {"passage": "Đoạn chung.", "statement-a": "biet", "statement-d": "-", "locked": "none", "fills_only": "yes"}
    post(client, address, form)
    page = text_of(client, address)
    assert "Mức độ của ý a: <del>như câu</del> → <ins>Biết</ins>" in page
    assert "Ngữ liệu: <del>(trống)</del> → <ins>Đoạn chung.</ins>" in page
    assert '<option value="none" selected>' in page and 'name="fills_only" value="yes" checked' in page
    assert page.count('<details class="bulk-group" open>') == 2
    assert re.search(r'name="statement-d".*?<option value="-" selected>', page, re.DOTALL)


def test_a_mistake_in_a_folded_group_is_seen(editor: tuple[FlaskClient, Actor], session: Session) -> None:
    client, question = editor[0], a_question(session)
    session.commit()
    address = start(client, id=question.id)
    answer = post(client, address, {"put": "mới", "tolerance": "nhiều"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Hãy ghi cụm từ cần tìm." in page and "Sai số phải là số không âm." in page
    assert page.count('<details class="bulk-group" open>') == 2
