"""The pages of the question bank, as each reader meets them."""

import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import event
from sqlalchemy.orm import Session

from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.states import QuestionState
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import post
from tests.quizbank.questions.builders import a_choice, a_question, a_short_answer, some_questions

SignIn = Callable[..., tuple[FlaskClient, Actor]]
FORM = {
    "type": "single-choice",
    "stem": "Tính $1+1$?",
    "part-0": "1",
    "part-1": "2",
    "part-2": "3",
    "part-3": "4",
    "true-1": "yes",
    "subject": "toan",
    "programme": "gdpt-2018",
    "grade": "12",
    "explanation": "Đếm ngón tay.",
}


def a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(data, "PNG")
    return data.getvalue()


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def test_a_stranger_reads_a_published_question_without_its_key(client: FlaskClient, session: Session) -> None:
    question = a_question(session, a_choice("Hỏi gì?", explanation="Lí do bí mật"))
    session.commit()
    page = text_of(client, f"/questions/{question.id}")
    assert "Hỏi gì?" in page
    assert "Lí do bí mật" not in page and "is-right" not in page


def test_the_accepted_values_stay_hidden_from_strangers(client: FlaskClient, session: Session) -> None:
    question = a_question(session, a_short_answer("Số e?", "2,71828"))
    session.commit()
    assert "2,71828" not in text_of(client, f"/questions/{question.id}")


def test_a_teacher_sees_the_key(sign_in: SignIn, session: Session) -> None:
    question = a_question(session, a_choice(explanation="Lí do bí mật"))
    session.commit()
    page = text_of(sign_in(Role.TEACHER)[0], f"/questions/{question.id}")
    assert "Lí do bí mật" in page and "is-right" in page


def test_a_draft_does_not_exist_for_others(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    question = a_question(session, state=QuestionState.DRAFT)
    session.commit()
    for reader in (client, sign_in(Role.STUDENT)[0], sign_in(Role.TEACHER)[0]):
        assert reader.get(f"/questions/{question.id}").status_code == 404
        assert reader.get(f"/questions/{question.id}/versions/1").status_code == 404


@pytest.mark.parametrize("address", ["/questions", "/questions/new", "/questions/import", "/questions/imports"])
def test_the_bank_is_for_those_who_teach(client: FlaskClient, sign_in: SignIn, address: str) -> None:
    assert client.get(address).status_code == 302
    assert sign_in(Role.STUDENT)[0].get(address).status_code == 403
    assert sign_in(Role.TEACHER)[0].get(address).status_code == 200


def test_the_list_filters_and_pages_by_key(sign_in: SignIn, session: Session) -> None:
    some_questions(session, 25, subject="toan")
    physics = a_question(session, a_choice("Vận tốc ánh sáng?"), subject="vat-li")
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    assert "Vận tốc ánh sáng?" in text_of(client, "/questions?subject=vat-li")
    assert "Vận tốc ánh sáng?" not in text_of(client, "/questions?subject=toan")
    first = text_of(client, "/questions")
    assert first.count('class="row-link"') == 20
    [after] = re.findall(r"after=(\d+)", first)[:1]
    assert text_of(client, f"/questions?after={after}").count('class="row-link"') == 6
    assert f"/questions/{physics.id}" in text_of(client, "/questions?text=ánh+sáng")


@pytest.mark.parametrize("address", ["/questions", "/questions?subject=toan&topic=toan.l12&level=hieu&text=thử"])
def test_the_list_asks_few_questions_of_the_database(
    sign_in: SignIn, session: Session, services: Services, address: str
) -> None:
    some_questions(session, 21, passage="Một đoạn")
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    client.get(address)
    statements: list[str] = []
    event.listen(services.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    client.get(address)
    assert len(statements) <= 12, statements


def test_a_question_is_written_and_revised(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    made = post(client, "/questions/new", FORM)
    assert made.status_code == 303
    page = text_of(client, f"{made.location}/edit")
    assert 'name="based_on" value="1"' in page and "Đếm ngón tay." in page
    assert post(client, f"{made.location}/edit", {**FORM, "stem": "Tính $1+2$?", "based_on": "1"}).status_code == 303
    question = session.get_one(Question, int(made.location.rsplit("/", 1)[1]))
    version = session.get_one(QuestionVersion, question.current_version_id)
    assert (version.number, version.stem, version.content.key) == (2, "Tính $1+2$?", "B")


def test_an_old_window_does_not_overwrite_a_newer_version(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    made = post(client, "/questions/new", FORM)
    post(client, f"{made.location}/edit", {**FORM, "based_on": "1"})
    assert post(client, f"{made.location}/edit", {**FORM, "based_on": "1"}).status_code == 409


def test_mistakes_come_back_with_what_was_typed(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    answer = post(client, "/questions/new", {**FORM, "part-2": "2", "true-1": "", "subject": ""})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "giống hệt nhau" in page and "Không có đáp án." in page and "Hãy chọn môn." in page
    assert "Đếm ngón tay." in page


def test_all_four_types_come_through_the_one_form(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    for kind, more, key in (
        ("multiple-response", {"true-3": "yes"}, "BD"),
        ("true-false", {"true-0": "yes"}, "TTFF"),
        ("short-answer", {"answer_kind": "numeric", "tolerance": "0,5"}, "1"),
    ):
        made = post(client, "/questions/new", {**FORM, "type": kind, **more})
        assert made.status_code == 303, made.get_data(as_text=True)
        session.rollback()
        question = session.get_one(Question, int(made.location.rsplit("/", 1)[1]))
        assert session.get_one(QuestionVersion, question.current_version_id).content.key == key
        assert text_of(client, f"{made.location}/edit")


def test_a_preview_shows_the_card_and_stores_nothing(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    answer = post(client, "/questions/preview", {**FORM, "part-2": ""})
    assert answer.status_code == 200 and "<math" in answer.get_data(as_text=True)
    assert "Phương án C để trống." in answer.get_data(as_text=True)
    assert post(client, "/questions/new", {**FORM, "preview": "yes"}).status_code == 200
    assert session.query(Question).count() == 0


def test_pictures_are_kept_and_named_in_the_text(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    made = post(client, "/questions/new", {**FORM, "image-stem": (io.BytesIO(a_picture()), "hình.png")})
    assert made.status_code == 303
    assert re.search(r'src="[^"]*/media/[0-9a-f]{64}"', text_of(client, made.location))


def test_what_is_no_picture_is_refused(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    files = {"image-stem": (io.BytesIO(b"<svg onload=alert(1)>"), "x.png")}
    answer = post(client, "/questions/new", {**FORM, **files})
    assert answer.status_code == 422


def test_a_script_uploads_a_picture(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    answer = post(client, "/questions/images", {"image": (io.BytesIO(a_picture()), "a.png")})
    assert re.fullmatch(r"!\[\]\(media:[0-9a-f]{64}\)", answer.get_json()["markup"])


def test_the_whole_way_from_draft_to_published(sign_in: SignIn, client: FlaskClient) -> None:
    teacher, _ = sign_in(Role.TEACHER)
    reviewer, _ = sign_in(Role.REVIEWER)
    address = post(teacher, "/questions/new", FORM).location
    assert post(teacher, f"{address}/submit").status_code == 303
    assert "Tính" in text_of(reviewer, "/review?kind=question")
    assert post(reviewer, f"{address}/return", {"comment": "Thiếu nguồn."}).status_code == 303
    assert "Thiếu nguồn." in text_of(teacher, address)
    post(teacher, f"{address}/submit")
    assert client.get(address).status_code == 404
    assert post(reviewer, f"{address}/approve").status_code == 303
    assert client.get(address).status_code == 200
    assert post(reviewer, f"{address}/withdraw").status_code == 303
    assert client.get(address).status_code == 404


def test_several_are_submitted_and_approved_at_once(sign_in: SignIn, session: Session) -> None:
    session.commit()
    teacher, actor = sign_in(Role.TEACHER)
    reviewer, _ = sign_in(Role.REVIEWER)
    ids = [a_question(session, by=actor, state=QuestionState.DRAFT).id for _ in range(3)]
    session.commit()
    post(teacher, "/questions/several", {"id": [str(id_) for id_ in ids], "step": "submit"})
    post(reviewer, "/questions/several", {"id": [str(id_) for id_ in ids[:2]], "step": "approve"})
    session.expire_all()
    states = [session.get_one(Question, id_).state for id_ in ids]
    assert states == [QuestionState.PUBLISHED, QuestionState.PUBLISHED, QuestionState.IN_REVIEW]


def test_every_page_speaks_english_too(sign_in: SignIn, session: Session) -> None:
    question = a_question(session)
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    client.get("/language/en")
    for address, words in (
        ("/questions", "Question bank"),
        ("/questions/new", "New question"),
        ("/questions/import", "Import questions"),
        (f"/questions/{question.id}", "Explanation"),
    ):
        assert words in text_of(client, address)


def test_a_version_shows_what_changed_since_the_one_before(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    address = post(client, "/questions/new", FORM).headers["Location"]
    post(client, f"{address}/edit", {**FORM, "stem": "Tính $1+2$?", "based_on": "1"})
    page = text_of(client, address)
    assert "Thay đổi so với bản 1" in page
    assert re.search(r"<del><math>.*1\+1.*</math></del><ins><math>.*1\+2.*</math></ins>", page)


def test_advice_is_for_those_who_work_on_the_question(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    question = a_question(session, a_choice("Hỏi gì?", explanation=""))
    session.commit()
    editor, _ = sign_in(Role.EDITOR)
    assert "Câu chưa có lời giải." in text_of(editor, f"/questions/{question.id}")
    assert "Câu chưa có lời giải." not in text_of(client, f"/questions/{question.id}")
