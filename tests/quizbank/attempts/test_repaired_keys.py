"""A repaired key reaches every place that prints, shows or exports keys."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.actions import repairing
from quizbank.attempts.actions.repairing import Wish
from quizbank.cli import main
from quizbank.questions.actions import approve_question, revise_question, submit_question
from quizbank.questions.exporting import questions_of_bank
from quizbank.questions.formats.json_questions import write_json
from quizbank.questions.formats.writing import Export, Loss
from quizbank.questions.key_repairs import keyed_version, rulings_for
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import QuestionFilter
from quizbank.questions.rules import NewQuestion
from quizbank.questions.rulings import content_with_key, printed
from quizbank.quizzes.exporting import questions_of_quiz
from repository.permissions import SYSTEM, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor, post
from tests.conftest import SignIn
from tests.quizbank.attempts.builders import Given, given_assignment
from tests.quizbank.attempts.repairs import item_of, repair, repair_in_bank
from tests.quizbank.conftest import Browser
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question, a_short_answer


def keys_of(client: FlaskClient, given: Given) -> dict[str, list[str]]:
    """Code -> the keys of its paper, as the API says them."""
    found = client.get(f"/api/quizzes/{given.quiz.id}/keys").get_json()
    codes = found["codes"] or [""]
    return {code: [row["keys"][place] for row in found["rows"]] for place, code in enumerate(codes)}


def of_quiz(session: Session, given: Given) -> tuple[NewQuestion, list[Loss]]:
    """Question 1 of the quiz as it is exported, and what the export can't say."""
    losses: list[Loss] = []
    first = next(iter(questions_of_quiz(session, given.quiz, losses)))
    return first[1], losses


@pytest.fixture
def given(teacher: Browser, session: Session) -> Given:
    made = given_assignment(session, teacher[1], codes=("101", "102"))
    session.commit()
    return made


def test_the_key_sheet_prints_it_under_every_code(teacher: Browser, given: Given, session: Session) -> None:
    before = keys_of(teacher[0], given)
    repair(session, given, "AC")
    session.commit()
    after = keys_of(teacher[0], given)
    assert [sum(old != new for old, new in zip(before[code], after[code], strict=True)) for code in before] == [1, 1]
    assert [sum("/" in key for key in keys) for keys in after.values()] == [1, 1]
    page = teacher[0].get(f"/quizzes/{given.quiz.id}/keys").text
    assert page.count("<sup>†</sup>") == 2 and "Đáp án sai." in page


@pytest.mark.parametrize(("treatment", "sign"), [("all-right", "*"), ("left-out", "–")])
def test_what_has_no_key_any_more_has_a_sign(
    teacher: Browser, given: Given, session: Session, treatment: str, sign: str
) -> None:
    repair(session, given, treatment=treatment)
    session.commit()
    assert [keys.count(sign) for keys in keys_of(teacher[0], given).values()] == [1, 1]
    rows = teacher[0].get(f"/api/quizzes/{given.quiz.id}/keys").get_json()["rows"]
    assert sorted({mark for row in rows for mark in row["repairs"]}) == ["", treatment]


def test_the_workbench_and_the_api_show_it(teacher: Browser, given: Given, session: Session) -> None:
    made = repair(session, given, "C")
    session.commit()
    item = teacher[0].get(f"/api/quizzes/{given.quiz.id}").get_json()["items"][0]
    assert (item["key"], item["repair"]["treatment"], item["repair"]["reason"]) == ("C", "key", "Đáp án sai.")
    assert f"/repairs/{made.id}" in teacher[0].get(f"/quizzes/{given.quiz.id}").text


def test_the_exports_of_the_quiz_hold_it(
    teacher: Browser,
    given: Given,
    session: Session,
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repair(session, given, "C")
    session.commit()
    page = post(teacher[0], f"/quizzes/{given.quiz.id}/export", {"format": "json"}).location
    made = json.loads(teacher[0].get(f"{page}/file", buffered=True).data)
    monkeypatch.setattr("quizbank.cli.exports.open_product", lambda: services)
    path = tmp_path / "quiz.json"
    CliRunner().invoke(main, ["export", "questions", "--quiz", str(given.quiz.id), "-o", str(path)])
    assert made[0]["key"] == "C" and json.loads(path.read_text(encoding="utf-8")) == made


def test_the_bank_shows_and_exports_its_own_repairs_only(given: Given, session: Session, sign_in: SignIn) -> None:
    repair(session, given, "C")
    version = item_of(session, given)[1]
    question = a_question(session, a_choice("Câu của kho?", key="B"))
    repair_in_bank(session, question.id, "D")
    session.commit()
    keys = {name: new.content.key for name, new in questions_of_bank(session, SYSTEM, QuestionFilter(), [])}
    assert (keys[f"q-{version.question_id}"], keys[f"q-{question.id}"]) == (version.content.key, "D")
    page = sign_in(Role.REVIEWER)[0].get(f"/questions/{question.id}").text
    assert page.count("option is-right") == 1 and page.index("option is-right") > page.index("bốn<")


def test_a_key_of_the_bank_reaches_quizzes_and_their_own_goes_first(given: Given, session: Session) -> None:
    repair_in_bank(session, item_of(session, given)[1].question_id, "D")
    assert of_quiz(session, given)[0].content.key == "D"
    repair(session, given, "C")
    assert of_quiz(session, given)[0].content.key == "C"


@pytest.mark.parametrize(
    ("treatment", "key", "written", "said"),
    [
        ("key", "AC", "A", "A / C đều đúng"),
        ("all-right", "", "B", "đúng cho mọi người"),
        ("left-out", "", "B", "không được tính"),
    ],
)
def test_what_no_format_can_say_of_a_repair_is_named(
    given: Given, session: Session, treatment: str, key: str, written: str, said: str
) -> None:
    repair(session, given, key, treatment=treatment)
    new, losses = of_quiz(session, given)
    assert new.content.key == written and said in losses[0].problem.facts["what"]


def test_a_repaired_short_answer_takes_all_its_values(session: Session) -> None:
    question = a_question(session, a_short_answer("Bao nhiêu?", "2,5"))
    repair_in_bank(session, question.id, "2,5\n2,6")
    [(name, new)] = questions_of_bank(session, SYSTEM, QuestionFilter(), losses := list[Loss]())
    output = io.BytesIO()
    write_json(Export("", [(name, new)], lambda _: b""), output)
    assert json.loads(output.getvalue())[0]["key"] == ["2,5", "2,6"] and losses == []


@pytest.mark.parametrize("is_approved", [False, True])
def test_only_the_key_of_another_version_is_told(session: Session, sign_in: SignIn, is_approved: bool) -> None:
    question = a_question(session, a_choice("Hỏi trên lớp?", key="B"))
    asked = question.published_version_id
    parts = tuple(replace(part, text=f"phác thảo {part.text}") for part in a_choice(key="D").parts)
    draft = replace(a_choice("Hỏi trong phác thảo?", key="D", explanation="Lời giải phác thảo."), parts=parts)
    revise_question(session, SYSTEM, question.id, a_new_question(draft), now=MOMENT)
    if is_approved:
        submit_question(session, SYSTEM, question.id, now=MOMENT)
        approve_question(session, SYSTEM, question.id, now=MOMENT)
    reviewer = an_actor(session, Role.REVIEWER)
    subject = repairing.bank_subject(session, reviewer, question.id, 1)
    actions.repair_key(session, reviewer, subject, Wish("version", 2), "Bản 2 đúng.", now=MOMENT)
    session.commit()
    version = session.get_one(QuestionVersion, asked)
    shown = keyed_version(session, version)
    assert [part.html for part in shown.parts] == [part.html for part in version.parts]
    assert "Hỏi trên lớp?" in shown.stem_html and printed(shown) == "D"
    assert ("Lời giải phác thảo." in shown.explanation_html) is is_approved
    written = content_with_key(version.content, rulings_for(session, [version.id]).of(version.id, None))
    assert (written.explanation == "Lời giải phác thảo.") is is_approved
    if not is_approved:
        page = sign_in(Role.TEACHER)[0].get(f"/questions/{question.id}").text
        assert "Hỏi trên lớp?" in page and "phác thảo" not in page
