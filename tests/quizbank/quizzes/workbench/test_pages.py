import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizbank.matrices.rules import Cell
from quizbank.questions.models import Question, QuestionStatistics
from quizbank.questions.states import QuestionState
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import versions_of
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import csrf_of, post
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.questions.builders import a_question, some_questions
from tests.quizbank.quizzes.builders import a_quiz

Teacher = tuple[FlaskClient, Actor]
TOPIC = "toan.l12.dai-so-giai-tich"
PART = {"X-Workbench": "1"}


@pytest.fixture
def teacher(sign_in: SignIn) -> Teacher:
    return sign_in(Role.TEACHER)


def a_committed_quiz(session: Session, actor: Actor, *cells: Cell, spare: int = 0, codes: tuple[str, ...] = ()) -> Quiz:
    quiz = a_quiz(session, actor, *cells, spare=spare, codes=codes)
    session.commit()
    return quiz


def fresh(session: Session, quiz: Quiz) -> Quiz:
    """The quiz as it was committed last."""
    session.rollback()
    session.expire_all()
    return quiz


def press(client: FlaskClient, quiz: Quiz, button: str, *, revision: int = 1, **fields: Any) -> TestResponse:
    return post(client, f"/quizzes/{quiz.id}/{button}", {"revision": revision, **fields})


def test_the_workbench_shows_what_the_paper_adds_up_to(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    page = client.get(f"/quizzes/{a_committed_quiz(session, actor).id}").text
    assert "3,00 điểm" in page and "7 câu" in page
    assert "Đúng số câu và số điểm của mọi ô." in page
    assert "Điểm trung bình của lớp nằm trong khoảng này ở tám trên mười lớp" in page
    assert "Chưa câu nào có đủ 20 lượt trả lời" in page
    assert page.count('<g class="strip-bar') == 7
    assert "Bốc theo hạt giống 7: thứ 1 trong 4 câu hợp ô." in page
    assert "Đáp án đúng" in page and "PHẦN III" in page


def test_answers_behind_a_prediction_are_told(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, a_cell(count=5))
    for place, version in enumerate(versions_of(session, quiz).values()):
        answers = 500 if place < 1 else 3
        session.add(QuestionStatistics(question_id=version.question_id, uses=1, answers=answers, wrong_fraction=0.9))
    session.commit()
    page = client.get(f"/quizzes/{quiz.id}").text
    assert "1 trên 5 câu có từ 20 lượt trả lời trở lên." in page and "khoảng này còn rộng" in page
    assert "(500 lượt)" in page


BUTTONS: list[tuple[str, dict[str, Any], Callable[[Quiz], Any], Any, int]] = [
    ("items/2/lock", {"is_locked": "yes"}, lambda quiz: quiz.items[1].is_locked, True, 2),
    ("items/1/move", {"by": "1"}, lambda quiz: [one.position for one in quiz.items], [1, 2, 3, 4, 5, 6, 7], 2),
    ("items/3/remove", {}, lambda quiz: len(quiz.items), 6, 3),
    ("marks", {"marks-1": "0,25", "marks-2": "0,5"}, lambda quiz: quiz.items[1].marks, Decimal("0.5"), 2),
    ("parts/3/marks", {"total": "3"}, lambda quiz: quiz.items[5].marks, Decimal("1.5"), 6),
    ("redraw", {"cell": "2"}, lambda quiz: len(quiz.items), 7, 6),
    ("redraw", {}, lambda quiz: len(quiz.items), 7, 1),
]


@pytest.mark.parametrize(("button", "fields", "look", "expected", "at"), BUTTONS)
def test_a_button_leads_back_to_the_question(
    teacher: Teacher,
    session: Session,
    button: str,
    fields: dict[str, Any],
    look: Callable[[Quiz], Any],
    expected: object,
    at: int,
) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, spare=4)
    answer = press(client, quiz, button, **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/quizzes/{quiz.id}#item-{at}")
    assert look(fresh(session, quiz)) == expected and quiz.revision == 2


def test_a_question_is_swapped_and_the_swap_undone_and_done_again(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=1), spare=1)
    first = quiz.items[0].question_version_id
    press(client, quiz, "items/1/swap")
    second = fresh(session, quiz).items[0].question_version_id
    page = client.get(f"/quizzes/{quiz.id}").text
    assert second != first and "Đã đổi câu 1 phần I lấy câu tương đương." in page
    assert "Đổi từ câu hỏi số" in page and "cùng ô ma trận" in page
    press(client, quiz, "undo", revision=2)
    assert fresh(session, quiz).items[0].question_version_id == first
    assert "Đã hoàn tác: đổi câu." in client.get(f"/quizzes/{quiz.id}").text
    press(client, quiz, "redo", revision=3)
    assert fresh(session, quiz).items[0].question_version_id == second


def test_what_cannot_be_done_is_said_and_nothing_is_changed(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=1))
    refused = {
        "items/1/swap": "Ngân hàng không còn câu nào khác",
        "items/1/remove": "ít nhất một câu",
        "undo": "Không còn bước nào để hoàn tác",
        "redo": "Không có bước nào để làm lại",
        "items/1/move": "Thiếu by",
        "marks": "Điểm phải là số dương",
    }
    for button, sentence in refused.items():
        fields: dict[str, Any] = {"marks-1": "một"} if button == "marks" else {}
        answer = press(client, quiz, button, **fields)
        if button == "items/1/move":
            assert answer.status_code == 422
            continue
        assert answer.status_code == 303
        assert sentence in client.get(f"/quizzes/{quiz.id}").text
    assert fresh(session, quiz).revision == 1


def test_a_form_without_a_revision_is_refused_in_words(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, spare=1)
    post(client, f"/quizzes/{quiz.id}/items/1/swap")
    assert "Thiếu số lần sửa" in client.get(f"/quizzes/{quiz.id}").text
    assert fresh(session, quiz).revision == 1


def test_an_old_window_is_told_and_shown_the_quiz_as_it_is(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, spare=2)
    press(client, quiz, "items/1/lock", is_locked="yes")
    data = {"revision": 1, "csrf_token": csrf_of(client)}
    answer = client.post(f"/quizzes/{quiz.id}/items/2/swap", data=data, headers=PART)
    assert answer.status_code == 409
    assert "Đề đã được sửa ở cửa sổ khác" in answer.text and "data-wrong" in answer.text
    assert 'name="revision" value="2"' in answer.text and "Đã khoá" in answer.text
    assert fresh(session, quiz).revision == 2


def test_the_script_is_sent_the_workbench_alone(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, spare=2)
    data = {"revision": 1, "csrf_token": csrf_of(client)}
    answer = client.post(f"/quizzes/{quiz.id}/items/2/swap", data=data, headers=PART)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert 'data-at="2"' in answer.text and 'data-said="Đã đổi câu 2 phần I lấy câu tương đương."' in answer.text
    assert fresh(session, quiz).revision == 2


def test_cells_that_are_over_or_under_are_listed(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, a_cell(level="biet", topic=TOPIC, count=2), a_cell(level="hieu", count=1))
    extra = a_question(session, level="van-dung", topic=TOPIC)
    session.commit()
    press(client, quiz, "items/1/remove")
    press(client, quiz, "items", revision=2, question_id=extra.id)
    page = client.get(f"/quizzes/{quiz.id}").text
    assert "lệch 2 ô" in page and "−1" in page and "Ngoài ma trận" in page
    assert page.count('class="is-off"') == 4


def test_a_bank_that_is_too_small_is_told(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=2))
    quiz.cells[0].count = 3
    session.commit()
    press(client, quiz, "redraw")
    page = client.get(f"/quizzes/{quiz.id}").text
    assert "Ngân hàng chưa đủ câu hỏi cho 1 ô của ma trận. Mọi mức / Mọi chủ đề (Một lựa chọn) cần 3" in page


def test_a_list_offers_ten_to_choose_from(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=1), spare=12)
    page = client.get(f"/quizzes/{quiz.id}/items/1/alternatives").text
    chosen = re.findall(r'name="question_id" value="(\d+)"', page)
    assert len(chosen) == 10 and "Ngân hàng còn 12 câu" in page and "<html" in page
    assert "<html" not in client.get(f"/quizzes/{quiz.id}/items/1/alternatives", headers=PART).text
    press(client, quiz, "items/1/replace", question_id=chosen[3])
    [version] = versions_of(session, fresh(session, quiz)).values()
    assert version.question_id == int(chosen[3])
    assert "Bạn chọn thay câu hỏi số" in client.get(f"/quizzes/{quiz.id}").text


def test_a_cell_without_others_says_so(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=1))
    assert "không còn câu nào khác" in client.get(f"/quizzes/{quiz.id}/items/1/alternatives").text
    assert client.get(f"/quizzes/{quiz.id}/items/2/alternatives").status_code == 404


def test_the_bank_is_searched_for_questions_to_add(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, a_cell(level="biet", count=1))
    wanted = a_question(session, level="biet", topic=TOPIC)
    a_question(session, state=QuestionState.DRAFT, by=actor)
    a_question(session, subject="vat-li")
    session.commit()
    page = client.get(f"/quizzes/{quiz.id}/add").text
    assert "2 câu" in page and page.count('name="question_id"') == 1 and "Đã có trong đề" in page
    assert "Vào ô 1" in page
    stem = session.get_one(Question, wanted.id)
    assert (
        stem and f'name="question_id" value="{wanted.id}"' in client.get(f"/quizzes/{quiz.id}/add?topic={TOPIC}").text
    )
    assert "Không có câu nào như vậy" in client.get(f"/quizzes/{quiz.id}/add?text=zzzz").text
    assert "Không có câu nào như vậy" in client.get(f"/quizzes/{quiz.id}/add?level=van-dung&type=essay").text
    press(client, quiz, "items", question_id=wanted.id)
    assert len(fresh(session, quiz).items) == 2
    assert "Bạn thêm từ ngân hàng." in client.get(f"/quizzes/{quiz.id}").text


def test_the_search_goes_on_by_key(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, a_cell(count=1))
    some_questions(session, 14)
    session.commit()
    first = client.get(f"/quizzes/{quiz.id}/add").text
    [after] = re.findall(r"after=([\w%-]+)", first)[:1]
    second = client.get(f"/quizzes/{quiz.id}/add?after={after}").text
    ids = [set(re.findall(r'href="/questions/(\d+)"', page)) for page in (first, second)]
    assert [len(some) for some in ids] == [10, 5] and not ids[0] & ids[1]


def test_forms_of_a_paper_stand_side_by_side(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor)
    other = a_quiz(session, actor)
    other.form_of_id, other.form = quiz.id, 2
    session.commit()
    for one in (quiz, other):
        page = client.get(f"/quizzes/{one.id}").text
        assert page.count('class="bench-tab"') == 2
        assert f'href="/quizzes/{one.id}" aria-current="page"' in page
    assert "bench-tab" not in client.get(f"/quizzes/{a_committed_quiz(session, actor).id}").text


def test_who_may_look_but_not_edit_is_shown_no_tools(teacher: Teacher, sign_in: SignIn, session: Session) -> None:
    quiz = a_committed_quiz(session, teacher[1])
    administrator, _ = sign_in(Role.TEACHER, Role.ADMINISTRATOR)
    page = administrator.get(f"/quizzes/{quiz.id}").text
    assert "formaction" not in page and "workbench.js" not in page and "0,25 điểm" in page
    assert administrator.get(f"/quizzes/{quiz.id}/add").status_code == 403
    assert administrator.get(f"/quizzes/{quiz.id}/items/1/alternatives").status_code == 403


def queries_of(client: FlaskClient, services: Services, address: str) -> int:
    client.get(address)
    with count_queries(services.engine) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_page_takes_the_same_queries_however_long(teacher: Teacher, session: Session, services: Services) -> None:
    client, actor = teacher
    short = a_quiz(session, actor, a_cell(count=2), codes=("101",))
    long = a_quiz(session, actor, a_cell(count=50), spare=12, codes=("101", "102", "103"))
    session.commit()
    for page, most in (("", 12), ("/items/1/alternatives", 26), ("/add", 26)):
        counts = [queries_of(client, services, f"/quizzes/{quiz.id}{page}") for quiz in (short, long)]
        assert counts[0] == counts[1] and counts[0] <= most, page


def test_the_page_takes_the_same_queries_after_many_steps(
    teacher: Teacher, session: Session, services: Services
) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=3), spare=9)
    press(client, quiz, "items/1/swap")
    before = queries_of(client, services, f"/quizzes/{quiz.id}")
    for revision in range(2, 8):
        press(client, quiz, f"items/{revision % 3 + 1}/swap", revision=revision)
    assert queries_of(client, services, f"/quizzes/{quiz.id}") == before
