"""The question editor's page: mistakes, pictures, previews, and two editors at once."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.models import Question, QuestionVersion
from repository.files.models import StoredFile
from repository.permissions import Role
from tests.builders import post
from tests.quizbank.questions.test_pages import FORM, SignIn, a_picture, text_of


def a_made_question(client: FlaskClient) -> str:
    return str(post(client, "/questions/new", FORM).location)


def test_two_editors_at_once_lose_nothing(sign_in: SignIn, session: Session) -> None:
    session.commit()
    one, _ = sign_in(Role.EDITOR)
    other, actor = sign_in(Role.EDITOR)
    address = a_made_question(one)
    post(other, f"{address}/edit", {**FORM, "stem": "Tính $1+3$?", "based_on": "1"})
    answer = post(one, f"{address}/edit", {**FORM, "stem": "Tính $1+2$?", "based_on": "1"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Có người vừa lưu bản 2" in page and actor.name in page
    assert re.search(r"<del><math>.*1\+3.*</del><ins><math>.*1\+2.*</ins>", page)
    assert 'name="based_on" value="2"' in page and "Tính $1+2$?" in page
    saved = post(one, f"{address}/edit", {**FORM, "stem": "Tính $1+2$?", "based_on": "2"})
    assert saved.status_code == 303
    assert "Tính" in text_of(one, f"{address}/versions/2") and "1+3" in text_of(one, f"{address}/versions/2")


def test_a_picture_sent_with_a_mistake_is_still_there(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    files = {"image-stem": (io.BytesIO(a_picture()), "a.png"), "words-stem": "Hình [vuông] đỏ"}
    answer = post(client, "/questions/new", {**FORM, "subject": "", **files})
    assert answer.status_code == 422
    found = re.search(r"!\[Hình \(vuông\) đỏ\]\(media:([0-9a-f]{64})\)", answer.get_data(as_text=True))
    assert found and session.query(StoredFile).filter_by(sha256=found[1]).count() == 1


def test_a_picture_of_two_editors_at_once_is_still_there(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    address = a_made_question(client)
    post(client, f"{address}/edit", {**FORM, "based_on": "1"})
    answer = post(
        client, f"{address}/edit", {**FORM, "based_on": "1", "image-part-0": (io.BytesIO(a_picture()), "a.png")}
    )
    assert answer.status_code == 409
    assert session.query(StoredFile).count() == 1


def test_what_is_no_picture_keeps_what_was_typed(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    files = {"image-part-1": (io.BytesIO(b"<svg onload=alert(1)>"), "x.png")}
    answer = post(client, "/questions/new", {**FORM, **files})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "x.png không phải là hình" in page and "Đếm ngón tay." in page


def test_a_mistake_stores_no_question(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.TEACHER)
    assert post(client, "/questions/new", {**FORM, "stem": ""}).status_code == 422
    assert session.query(Question).count() == session.query(QuestionVersion).count() == 0


@pytest.mark.parametrize("grade", ["9" * 5_000, "99999", "²", "mười"])
def test_what_is_no_grade_is_told(sign_in: SignIn, grade: str) -> None:
    client, _ = sign_in(Role.TEACHER)
    for address in ("/questions/new", "/item-templates/new"):
        answer = post(client, address, {**FORM, "grade": grade, "based_on": "9" * 5_000})
        assert answer.status_code == 422 and "Lớp phải từ 1 đến 12" in answer.get_data(as_text=True)
    assert post(client, "/questions/preview", {**FORM, "grade": grade}).status_code == 200


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 30, "²"])
def test_numbers_beyond_every_bound_are_no_numbers(sign_in: SignIn, session: Session, number: str) -> None:
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    assert client.get(f"/questions/duplicates?decided={number}-{number}").status_code == 200
    assert post(client, "/questions/several", {"id": number, "step": "submit"}).status_code == 303


def test_advice_and_problems_name_their_fields(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    given = {**FORM, "part-2": "", "part-3": "Tất cả các phương án trên", "stem": r"Tính $\frac{1$"}
    page = post(client, "/questions/preview", given).get_data(as_text=True)
    assert re.search(r'data-field="part-2".*Phương án C để trống', page)
    assert re.search(r'data-field="part-3".*tất cả đều đúng', page)
    assert re.search(r'data-field="stem" data-find="\$\\frac\{1\$"', page)


def test_the_topics_of_a_subject_are_offered_without_the_page(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    page = text_of(client, "/questions/choices?subject=toan&grade=12&programme=gdpt-2018")
    assert "Nguyên hàm" in page and "Vận dụng" in page and "Vận dụng cao" not in page
    assert "Nguyên hàm" not in text_of(client, "/questions/choices?subject=khong-co")


def test_a_saved_draft_is_named_to_the_browser(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    assert post(client, "/questions/new", {**FORM, "draft": "a1b2"}).location.endswith("#saved-a1b2")
    assert "#" not in post(client, "/questions/new", {**FORM, "draft": "<b>/../x"}).location


def test_any_two_versions_are_compared(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    address = a_made_question(client)
    for number in (1, 2):
        post(client, f"{address}/edit", {**FORM, "stem": f"Tính $1+{number + 1}$?", "based_on": str(number)})
    assert f'href="{address}/versions/3?against=1#changes-title"' in text_of(client, address)
    page = text_of(client, f"{address}/versions/3?against=1")
    assert "Thay đổi so với bản 1" in page and "1+1" in page and "1+2" not in page
    assert "Thay đổi so với" not in text_of(client, f"{address}/versions/3?against=9")


def test_values_out_of_a_list_change_as_a_whole_and_by_their_names(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.TEACHER)
    address = a_made_question(client)
    post(client, f"{address}/edit", {**FORM, "subject": "vat-li", "type": "multiple-response", "based_on": "1"})
    page = text_of(client, address)
    assert "<del>Toán</del><ins>Vật lí</ins>" in page
    assert "<del>Một lựa chọn</del><ins>Nhiều lựa chọn</ins>" in page
