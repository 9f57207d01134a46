"""Export pages: a selection or a quiz, the format's losses, and a file for whoever had it written."""

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.actions import revise_question
from quizbank.questions.exporting import filter_of, questions_of_bank
from quizbank.questions.formats.writers import WRITERS, WrittenFormat
from quizbank.questions.queries import QuestionFilter
from quizbank.questions.states import QuestionState
from repository.errors import Forbidden, Invalid
from repository.permissions import SYSTEM, Actor, Role
from tests.builders import MOMENT, an_actor, post
from tests.conftest import SignIn
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question
from tests.quizbank.quizzes.builders import a_quiz


@pytest.fixture
def teacher(sign_in: SignIn) -> tuple[FlaskClient, Actor]:
    return sign_in(Role.TEACHER)


def file_of(client: FlaskClient, page: str) -> tuple[str, bytes]:
    """The file that a page offers, and its name."""
    link = re.search(r'href="(/questions/export/[^"]+)"', page)
    assert link, page
    answer = client.get(link[1], buffered=True)
    assert answer.status_code == 200
    return unquote(answer.headers["Content-Disposition"].partition("''")[2]), answer.data


def test_a_selection_is_written_and_given_to_whoever_asked(
    teacher: tuple[FlaskClient, Actor], sign_in: SignIn, session: Session
) -> None:
    a_question(session, a_choice("Câu Toán?"))
    a_question(session, a_choice("Câu Lí?"), subject="vat-li")
    session.commit()
    page = post(teacher[0], "/questions/export?subject=vat-li", {"format": "text"}).get_data(as_text=True)
    name, data = file_of(teacher[0], page)
    assert name == "Vật lí.txt" and "Câu Lí?" in data.decode() and "Câu Toán?" not in data.decode()
    link = re.search(r'href="(/questions/export/[^"]+)"', page)
    assert link and sign_in(Role.TEACHER)[0].get(link[1]).status_code == 404


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.id)
def test_every_format_can_be_taken(teacher: tuple[FlaskClient, Actor], session: Session, writer: WrittenFormat) -> None:
    a_question(session, a_choice("Câu Toán $x^2$?"))
    session.commit()
    page = post(teacher[0], "/questions/export", {"format": writer.id}).get_data(as_text=True)
    name, data = file_of(teacher[0], page)
    assert name.endswith(writer.ending) and data


def test_what_a_format_can_not_hold_is_said(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    question = a_question(session, a_choice("Câu?"), passage="Một đoạn văn.")
    session.commit()
    page = post(teacher[0], "/questions/export", {"format": "text"}).get_data(as_text=True)
    assert f'href="/questions/{question.id}"' in page and "không giữ được ngữ liệu" in page


def test_a_quiz_is_written_in_its_order(teacher: tuple[FlaskClient, Actor], session: Session) -> None:
    quiz = a_quiz(session, teacher[1])
    session.commit()
    assert teacher[0].get(f"/quizzes/{quiz.id}/export").status_code == 200
    page = post(teacher[0], f"/quizzes/{quiz.id}/export", {"format": "gift"}).get_data(as_text=True)
    assert file_of(teacher[0], page)[0] == f"{quiz.title}.gift"


def test_nothing_is_no_file_and_a_format_must_exist(teacher: tuple[FlaskClient, Actor]) -> None:
    assert post(teacher[0], "/questions/export", {"format": "text"}).status_code == 422
    assert post(teacher[0], "/questions/export", {"format": "magic"}).status_code == 422
    assert teacher[0].get("/questions/export/forged").status_code == 404


def test_others_see_the_published_version_only(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    question = a_question(session, a_choice("Đã xuất bản?"), by=maker)
    a_question(session, a_choice("Nháp?"), by=maker, state=QuestionState.DRAFT)
    revise_question(session, maker, question.id, a_new_question(a_choice("Đang sửa?")), now=MOMENT)

    def stems(actor: Actor) -> list[str]:
        return [new.content.stem for _, new in questions_of_bank(session, actor, QuestionFilter())]

    assert stems(other) == ["Đã xuất bản?"]
    assert stems(maker) == stems(SYSTEM) == ["Đang sửa?", "Nháp?"]
    with pytest.raises(Forbidden):
        stems(an_actor(session, Role.STUDENT))


def test_a_query_is_that_of_the_search_field() -> None:
    assert filter_of("môn:toán lớp:12 đạo hàm") == QuestionFilter(subject="toan", grade=12, text="đạo hàm")
    with pytest.raises(Invalid):
        filter_of("lớp:11,12")
