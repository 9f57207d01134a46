"""Words of questions, as typed and as found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from quizbank.questions.models import QuestionVersion
from quizbank.questions.words import BARE, MARKED, chunks_of, folded, fts5_query, has_words, versions_with
from repository.services import Services
from tests.conftest import IS_POSTGRES
from tests.quizbank.questions.builders import a_choice, a_question


def found(session: Session, asked: str) -> list[str]:
    """The stems of the versions with these words, by both ways of asking."""
    version = QuestionVersion
    by_condition = session.scalars(select(version.stem).where(has_words(asked)).order_by(version.id)).all()
    ids = session.scalars(versions_with(asked, session.get_bind().dialect.name)).all()
    by_list = {stem for id, stem in session.execute(select(version.id, version.stem)) if id in set(ids)}
    assert set(by_condition) == by_list and (IS_POSTGRES or list(ids) == sorted(ids, reverse=True))
    return list(by_condition)


@pytest.mark.parametrize(
    ("stem", "asked"),
    [
        ("Đạo hàm của hàm số", "đạo hàm"),
        ("Đạo hàm của hàm số", "dao ham"),
        ("Đạo hàm của hàm số", "DAO số"),
        ("Đạo hàm của hàm số", '"của hàm số"'),
        ("Lý thuyết", "lí thuyết"),
        ("Vật lí", "vật lý"),
        ("Nước là H2O", "h2o"),
        ("Cho x^2 + y = 3,5", "x^2"),
        ("Cho x^2 + y = 3,5", "3,5"),
        ("Người Ê-đê", "ê-đê"),
        ("mưa axit", "mưa"),
        ("Straße und Änderung", "anderung"),
    ],
)
def test_what_is_there_is_found(session: Session, stem: str, asked: str) -> None:
    a_question(session, a_choice(stem))
    assert found(session, asked) == [stem]


@pytest.mark.parametrize(
    "asked", ["hàm đạo số của ai", '"hàm đạo"', "đạo hà", "!?", '"', "* OR *", "thuyet", "%", "'", "\\"]
)
def test_what_is_not_there_is_not_found(session: Session, asked: str) -> None:
    a_question(session, a_choice("Đạo hàm của hàm số"))
    assert found(session, asked) == []


@given(st.text(max_size=40))
def test_whatever_is_typed_can_be_asked(asked: str) -> None:
    chunks = chunks_of(asked)
    assert len(chunks) <= 12
    if chunks:
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            connection.execute(text("CREATE VIRTUAL TABLE some USING fts5(words)"))
            connection.execute(text("SELECT * FROM some WHERE some MATCH :asked"), {"asked": fts5_query(chunks)})
        engine.dispose()


@pytest.mark.skipif(not IS_POSTGRES, reason="asks PostgreSQL")
def test_whatever_is_typed_can_be_asked_of_postgresql(session: Session, services: Services) -> None:
    a_question(session, a_choice("Đạo hàm"))
    for asked in ("đạo & hàm", "a | b", "'; DROP TABLE x", "!đạo", "(", ":*", "a:b", "\\'", "²", "đạo\x00hàm"):
        found(session, asked.replace("\x00", " "))


def test_letters_with_marks_are_bared_as_python_bares_them() -> None:
    assert len(MARKED) == len(BARE) == len(set(MARKED))
    assert all(folded(letter) == bare for letter, bare in zip(MARKED, BARE, strict=True))
    assert set("ắằẳẵặđĐỞứỹ") <= set(MARKED)
