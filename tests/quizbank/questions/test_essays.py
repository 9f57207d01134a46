"""Essays and levels of single statements, from the editor and the API to the card and the list."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.actions import create_question
from quizbank.questions.comparing import changes_between
from quizbank.questions.editor import form_of, question_from
from quizbank.questions.formats.json_questions import json_of_new
from quizbank.questions.likeness_folding import fold_contents
from quizbank.questions.likeness_keys import is_same_question, keys_disagree
from quizbank.questions.lint import advice_on
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import get_version
from quizbank.questions.rules import QuestionContent
from repository.errors import Invalid
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor, csrf_of, post
from tests.quizbank.questions.builders import a_choice, a_cluster, a_new_question, a_question, an_essay

SignIn = Callable[..., tuple[FlaskClient, Actor]]
FORM = {"type": "essay", "stem": "Phân tích bài thơ.", "subject": "ngu-van", "programme": "gdpt-2018", "grade": "12"}
LEVELS = ("biet", None, "hieu", "van-dung")


def levelled(*levels: str | None, **more: Any) -> QuestionContent:
    content = a_cluster(**more)
    parts = (replace(part, level=level) for part, level in zip(content.parts, levels or LEVELS, strict=True))
    return replace(content, parts=tuple(parts))


def newest(session: Session) -> QuestionVersion:
    return session.scalars(select(QuestionVersion).order_by(QuestionVersion.id.desc())).first() or pytest.fail("none")


def test_an_essay_is_written_in_the_editor(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    post(client, "/questions/new", FORM | {"explanation": "Nêu được hai ý: 1,0 điểm.", "part-0": "bỏ qua"})
    version = newest(session)
    assert (version.type, version.parts, version.explanation) == ("essay", [], "Nêu được hai ý: 1,0 điểm.")


def test_the_marking_guide_is_for_those_who_may_see_keys(
    client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    question = a_question(session, an_essay("Phân tích bài thơ.", explanation="Hai ý bí mật."))
    session.commit()
    stranger = client.get(f"/questions/{question.id}").get_data(as_text=True)
    teacher = sign_in(Role.TEACHER)[0].get(f"/questions/{question.id}").get_data(as_text=True)
    assert "Phân tích bài thơ." in stranger and "Hai ý bí mật." not in stranger
    assert "Hướng dẫn chấm" in teacher and "Hai ý bí mật." in teacher


def test_strangers_get_no_guide_through_the_api(client: FlaskClient, session: Session) -> None:
    question = a_question(session, an_essay(explanation="Hai ý bí mật."))
    session.commit()
    given = client.get(f"/api/questions/{question.id}").get_json()
    assert (given["type"], given["options"], "explanation" in given) == ("essay", [], False)


def test_programs_make_essays_and_say_levels(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    headers = {"X-CSRFToken": csrf_of(client)}
    essay = {"type": "essay", "stem": "Vì sao?", "explanation": "Vì thế.", "subject": "toan"}
    assert client.post("/api/questions", json=essay, headers=headers).status_code == 201
    parts = [{"text": text, "is_true": text == "a", "level": level} for text, level in zip("abcd", LEVELS, strict=True)]
    cluster = {"type": "true-false", "stem": "Xét.", "parts": parts, "subject": "toan", "level": "hieu"}
    made = client.post("/api/questions", json=cluster, headers=headers).get_json()
    assert client.get(f"/api/questions/{made['id']}").get_json()["statement_levels"] == list(LEVELS)
    assert newest(session).statement_levels == "biet:1 hieu:2 van-dung:1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "essay", "parts": [{"text": "một"}]}, "parts"),
        ({"type": "single-choice", "parts": []}, "parts"),
        ({"parts": [{"text": t, "level": "nhan-biet"} for t in "abcd"]}, "parts"),
        ({"type": "single-choice", "parts": [{"text": "1", "is_true": True, "level": "biet"}, {"text": "2"}]}, "parts"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(sign_in: SignIn, change: dict[str, Any], field: str) -> None:
    client, _ = sign_in(Role.EDITOR)
    given = {"type": "true-false", "stem": "Xét.", "subject": "toan"} | change
    answer = client.post("/api/questions", json=given, headers={"X-CSRFToken": csrf_of(client)})
    assert answer.status_code == 422 and field in answer.get_json()["facts"]["fields"]


def test_levels_of_statements_go_through_the_editor(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    rows = {f"part-{row}": f"ý {row}" for row in range(4)} | {"true-0": "yes", "level-1": "biet", "level-3": "van-dung"}
    post(client, "/questions/new", FORM | rows | {"type": "true-false", "level": "hieu"})
    version = newest(session)
    assert [part.level for part in version.parts] == [None, "biet", None, "van-dung"]
    assert version.statement_levels == "biet:1 hieu:2 van-dung:1"
    page = client.get(f"/questions/{version.question_id}/edit").get_data(as_text=True)
    assert page.count('<option value="biet" selected>') == 1


def test_a_form_says_the_same_question_again() -> None:
    for content in (an_essay(), levelled(), a_choice()):
        new = a_new_question(content)
        assert question_from(form_of(new)) == (new, {})


def test_a_level_of_another_programme_is_refused(session: Session) -> None:
    editor = an_actor(session, Role.EDITOR)
    with pytest.raises(Invalid) as refused:
        create_question(session, editor, a_new_question(levelled("nhan-biet", None, None, None)), now=MOMENT)
    assert refused.value.facts["fields"] == {"parts": ["Mức độ của một ý không thuộc chương trình đã chọn."]}


def test_levels_are_shown_with_the_key_only(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    question = a_question(session, levelled())
    session.commit()
    address = f"/questions/{question.id}"
    assert "statement-level" not in client.get(address).get_data(as_text=True)
    assert sign_in(Role.TEACHER)[0].get(address).get_data(as_text=True).count("statement-level") == 3


def test_the_bank_is_filtered_by_essays(sign_in: SignIn, session: Session) -> None:
    a_question(session, an_essay("Câu tự luận duy nhất."))
    a_question(session, a_choice("Câu chọn."))
    session.commit()
    page = sign_in(Role.TEACHER)[0].get("/questions?type=essay").get_data(as_text=True)
    assert "Câu tự luận duy nhất." in page and "Câu chọn." not in page


def test_a_version_keeps_the_levels(session: Session) -> None:
    question: Question = a_question(session, levelled())
    content = get_version(session, question.current_version_id).content
    assert [part.level for part in content.parts] == list(LEVELS)
    assert json_of_new("q", a_new_question(content))["statement_levels"] == list(LEVELS)
    assert json_of_new("q", a_new_question(a_cluster()))["statement_levels"] == []


def test_a_changed_level_of_a_statement_is_told() -> None:
    old, new = a_new_question(levelled()), a_new_question(levelled("hieu", None, "hieu", None))
    old = replace(old, content=replace(old.content, stem=new.content.stem))
    found = [(change.field, change.letter) for change in changes_between(old, new)]
    assert found == [("statement-level", "a"), ("statement-level", "d")]


def test_an_essay_without_a_guide_is_advised_about_it() -> None:
    assert [one.code for one in advice_on(an_essay(explanation=""))] == ["no-guide"]
    assert advice_on(an_essay()) == ()


def test_essays_that_ask_the_same_never_contradict_each_other() -> None:
    same, other = "Phân tích bài thơ Sóng.", "Phân tích bài thơ Tràng giang."
    one, two, three = fold_contents([an_essay(same), an_essay(same, explanation="Khác."), an_essay(other)])
    assert is_same_question(one, two) and not is_same_question(one, three)
    assert not keys_disagree(one, two)
