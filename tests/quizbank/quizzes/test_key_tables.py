"""The printed keys of a quiz of several forms, and the codes that its workbench deals over all of them."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.quizzes.actions import add_variants
from quizbank.quizzes.descriptions import KeyRow
from quizbank.quizzes.key_tables import FormKeys, keys_of_forms, side_by_side
from quizbank.quizzes.models import Quiz
from repository.errors import Forbidden
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor, post
from tests.conftest import SignIn
from tests.quizbank.quizzes.builders import a_quiz

Teacher = tuple[FlaskClient, Actor]


@pytest.fixture
def teacher(sign_in: SignIn) -> Teacher:
    return sign_in(Role.TEACHER)


def forms_with_codes(session: Session, actor: Actor, *codes: tuple[str, ...]) -> list[Quiz]:
    """As many forms of one paper as there are lots of codes."""
    forms = [a_quiz(session, actor) for _ in codes]
    for number, (form, own) in enumerate(zip(forms, codes, strict=True), 1):
        form.form, form.form_of_id = number, None if number == 1 else forms[0].id
        if own:
            add_variants(session, actor, form.id, own, now=MOMENT)
    session.commit()
    return forms


def heads_of(page: str) -> list[str]:
    """The heads of the columns of the first table."""
    return re.findall(r'<th scope="col">([^<]+)</th>', page.split("</thead>")[0])


def test_the_key_page_of_any_form_has_the_codes_of_all(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    for form in forms_with_codes(session, actor, ("101", "103"), ("102",)):
        page = client.get(f"/quizzes/{form.id}/keys").text
        assert heads_of(page) == ["Câu", "101", "103", "102"]
        assert "Đề 1: 101, 103" in page and "Đề 2: 102" in page


def test_forms_without_codes_are_left_out_beside_others_that_have_some(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    forms = forms_with_codes(session, actor, (), ("102",))
    assert heads_of(client.get(f"/quizzes/{forms[0].id}/keys").text) == ["Câu", "102"]


def test_forms_without_any_codes_have_a_column_each(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    forms = forms_with_codes(session, actor, (), ())
    assert heads_of(client.get(f"/quizzes/{forms[1].id}/keys").text) == ["Câu", "Đề 1", "Đề 2"]


def test_a_form_that_lacks_a_question_leaves_its_columns_empty() -> None:
    whole = FormKeys(1, (), (KeyRow(1, 1, ("A",), (None,)), KeyRow(1, 2, ("B",), (None,))))
    short = FormKeys(2, ("101", "102"), (KeyRow(1, 1, ("C", "D"), (None, None)),))
    rows = side_by_side([whole, short])
    assert [(row.part, row.number, row.keys) for row in rows] == [(1, 1, ("A", "C", "D")), (1, 2, ("B", "", ""))]
    assert [len(row.rulings) for row in rows] == [3, 3]


def test_a_stranger_gets_no_keys_of_any_form(teacher: Teacher, session: Session) -> None:
    forms = forms_with_codes(session, teacher[1], ("101",), ("102",))
    with pytest.raises(Forbidden):
        keys_of_forms(session, an_actor(session, Role.TEACHER), forms[1])


def test_the_workbench_of_a_form_deals_new_codes_over_all(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    forms = forms_with_codes(session, actor, (), ())
    page = client.get(f"/quizzes/{forms[1].id}").text
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="codes"' in form)
    address = re.search(r'action="([^"]+)"', form)
    hidden = dict(re.findall(r'<input type="hidden" name="(questions|options|keeps_sorted)" value="([^"]+)">', form))
    assert address is not None and len(hidden) == 3
    post(client, address[1], {"codes": "101-104", **hidden})
    session.expire_all()
    assert [[one.code for one in quiz.variants] for quiz in forms] == [["101", "103"], ["102", "104"]]
    assert all(one.shuffling and one.shuffling["questions"] for quiz in forms for one in quiz.variants)


def test_a_quiz_alone_keeps_its_codes_on_its_own_page(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    (quiz,) = forms_with_codes(session, actor, ())
    assert f'action="/quizzes/{quiz.id}/variants"' in client.get(f"/quizzes/{quiz.id}").text
