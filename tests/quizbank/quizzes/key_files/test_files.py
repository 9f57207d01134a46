"""Key files of quizzes that stand in the database."""

import io
import json
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.key_files.files import KEY_FILES, key_file, key_files_of, key_sheets
from quizbank.quizzes.key_files.layouts import KeySheet, read_rows
from quizbank.quizzes.key_files.tables import rows_from
from quizbank.quizzes.queries import paper_of, variants_with_items, versions_of
from quizbank.quizzes.variant_actions import deal_codes
from repository.errors import Forbidden, Invalid, NotFound
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.quizzes.builders import a_quiz


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def keys_of(sheets: list[KeySheet]) -> dict[str, list[tuple[int, int, str]]]:
    return {sheet.code: [(one.part, one.number, one.key) for one in sheet.answers] for sheet in sheets}


def test_every_file_has_the_keys_of_every_code(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("102", "0101"))
    keys = keys_of(key_sheets(session, teacher, quiz.id))
    files = key_files_of(session, teacher, quiz.id)
    assert list(keys) == ["0101", "102"] and list(files) == list(KEY_FILES)
    for name in set(files) - {"keys.json"}:
        assert keys_of(read_rows(rows_from(name, files[name]), (4, 1, 2))) == keys, name


def test_the_letter_in_a_file_is_the_letter_on_the_paper(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=12), codes=("101", "102", "103"))
    versions, sheets = versions_of(session, quiz), {one.code: one for one in key_sheets(session, teacher, quiz.id)}
    for variant in variants_with_items(session, quiz.id):
        for one, answer in zip(paper_of(quiz, versions, variant), sheets[variant.code].answers, strict=True):
            canonical = one.option_order["ABCD".index(answer.key)]
            assert one.version.parts["ABCD".index(canonical)].is_true


def test_the_same_quiz_gives_the_same_bytes(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102"))
    assert key_files_of(session, teacher, quiz.id) == key_files_of(session, teacher, quiz.id)


def test_a_workbook_does_not_say_when_it_was_made(session: Session, teacher: Actor) -> None:
    data = key_file(key_sheets(session, teacher, a_quiz(session, teacher).id), "C-matrix.xlsx")
    with ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in archive.read("docProps/core.xml")


def test_some_codes_come_in_the_order_asked_for(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102", "103"))
    assert [one.code for one in key_sheets(session, teacher, quiz.id, ["103", "101"])] == ["103", "101"]
    with pytest.raises(NotFound):
        key_sheets(session, teacher, quiz.id, ["999"])


def test_codes_of_all_forms_stand_in_one_table(session: Session, teacher: Actor) -> None:
    first, second = a_quiz(session, teacher, spare=4), a_quiz(session, teacher)
    second.form_of_id, second.form = first.id, 2
    session.flush()
    deal_codes(session, teacher, first.id, ("101", "102", "103", "104"), now=MOMENT)
    assert [one.code for one in key_sheets(session, teacher, second.id)] == ["101", "102", "103", "104"]
    assert [one.code for one in first.variants] == ["101", "103"]


def test_a_quiz_without_codes_has_one_sheet(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    [sheet] = key_sheets(session, teacher, quiz.id)
    assert (sheet.code, len(sheet.answers)) == ("", 7)
    data = json.loads(key_file([sheet], "keys.json"))
    assert [one["key"] for one in data["codes"][0]["answers"]][-3:] == ["ĐSĐS", "2,5", "2,5"]


def test_essays_have_no_key_file(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(type=QuestionType.ESSAY, count=1, marks="4"))
    with pytest.raises(Invalid):
        key_sheets(session, teacher, quiz.id)


def test_another_teacher_gets_no_keys(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101",))
    with pytest.raises(Forbidden):
        key_files_of(session, an_actor(session, Role.TEACHER), quiz.id)


def test_an_unknown_layout_is_not_found(session: Session, teacher: Actor) -> None:
    with pytest.raises(NotFound):
        key_file(key_sheets(session, teacher, a_quiz(session, teacher).id), "D-diagonal.xlsx")
