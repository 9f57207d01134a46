"""Questions as they are stored: versions, parts, passages, fingerprints."""

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from quizbank.questions.models import Passage, Question, QuestionHistory, QuestionVersion
from quizbank.questions.problems import Problem
from quizbank.questions.rules import body_of
from quizbank.questions.states import QuestionState
from quizbank.questions.storing import ToStore, known_questions, store_questions
from repository.permissions import SYSTEM
from tests.builders import MOMENT
from tests.quizbank.questions.builders import a_choice, a_cluster, a_new_question, a_question, a_short_answer


def version_of(session: Session, question: Question) -> QuestionVersion:
    return session.get_one(QuestionVersion, question.current_version_id)


def test_what_is_stored_is_what_was_given(session: Session) -> None:
    for content in (a_choice(), a_choice(key="AC"), a_cluster(), a_short_answer("Một nửa?", "0,5", "1/2")):
        assert version_of(session, a_question(session, content)).content == content


def test_html_is_made_once_when_stored(session: Session) -> None:
    version = version_of(session, a_question(session, a_choice("Tính $x^2$ <script>")))
    assert "<math" in version.stem_html and "<script" not in version.stem_html
    assert version.parts[0].html and "một" in version.text


def test_the_accepted_values_of_a_short_answer_are_not_searched(session: Session) -> None:
    assert "271828" not in version_of(session, a_question(session, a_short_answer("Số e?", "271828"))).text


def test_neighbours_with_one_passage_share_it(session: Session) -> None:
    items = [ToStore(a_new_question(passage=passage)) for passage in ("Đoạn  văn", "Đoạn văn", "Đoạn khác")]
    ids = store_questions(session, SYSTEM, items, now=MOMENT)
    passages = [version_of(session, session.get_one(Question, id_)).passage_version_id for id_ in ids]
    assert passages[0] == passages[1] != passages[2]
    assert session.scalar(select(func.count()).select_from(Passage)) == 2


def test_ids_come_in_the_order_given(session: Session) -> None:
    stems = [f"Câu {number}?" for number in range(1200)]
    ids = store_questions(session, SYSTEM, [ToStore(a_new_question(a_choice(stem))) for stem in stems], now=MOMENT)
    questions = session.scalars(select(Question).where(Question.id.in_(ids[::400]))).all()
    assert [version_of(session, question).stem for question in questions] == stems[::400]
    assert session.scalar(select(func.count()).select_from(QuestionHistory)) == 1200


def test_new_questions_are_drafts(session: Session) -> None:
    [id_] = store_questions(session, SYSTEM, [ToStore(a_new_question(), (Problem("missing-figure", ""),))], now=MOMENT)
    question = session.get_one(Question, id_)
    assert (question.state, question.published_version_id) == (QuestionState.DRAFT, None)


def test_the_bank_knows_what_it_asks(session: Session) -> None:
    question = a_question(session, a_choice("Đã có?"), source_file="de.txt", source_place="line 7")
    body = body_of(version_of(session, question).fingerprint)
    [known] = known_questions(session, [("toan", body), ("toan", "0" * 48)]).values()
    assert str(known) == f"#{question.id}, de.txt, line 7"
    assert known_questions(session, [("vat-li", body)]) == {}


def test_an_index_serves_the_look_up_of_fingerprints(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL scans small tables on purpose")
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
    known_questions(session, [("toan", f"{place:048x}") for place in range(100)])
    [statement] = asked
    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    assert plan and not any("SCAN" in step for step in plan)
