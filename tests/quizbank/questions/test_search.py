"""What a search over real questions and lectures shows, and what it must never show."""

import pytest
from flask.testing import FlaskClient

from quizbank.questions.descriptions import read_documents
from quizbank.questions.states import QuestionState
from repository.db import writing
from repository.lectures.rules import LectureState
from repository.permissions import Role
from repository.search.documents import SearchQuery
from repository.search.reading import rebuild
from repository.services import Services
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_choice, a_question, a_short_answer, some_questions
from tests.repository.lectures.builders import TOPIC, a_lecture

HIDDEN = (QuestionState.DRAFT, QuestionState.IN_REVIEW, QuestionState.WITHDRAWN)


def indexed(services: Services) -> None:
    rebuild(services.search, services.sessions, services.document_sources, lambda done, total: None)


@pytest.fixture
def library(services: Services) -> dict[str, int]:
    """One public question and lecture, and one of each state that is not public, all with one word."""
    with services.sessions() as session:
        writing(session)
        shown = a_question(session, a_choice("Parabol nào đi qua gốc toạ độ?", "B", explanation="Vì hypebol."))
        answer = a_question(session, a_short_answer("Parabol có mấy đỉnh?", "777"), topic=TOPIC)
        for state in HIDDEN:
            a_question(session, a_choice(f"Parabol chưa công bố {state}?"), state=state)
        lecture = a_lecture(session, title="Đường parabol", topics=(TOPIC,))
        for kept in (LectureState.DRAFT, LectureState.IN_REVIEW, LectureState.WITHDRAWN):
            a_lecture(session, title=f"Parabol giấu {kept}", state=kept)
        ids = {"shown": shown.id, "answer": answer.id, "lecture": lecture.id}
        session.commit()
    indexed(services)
    return ids


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_finds_what_is_not_public(
    services: Services, client: FlaskClient, sign_in: SignIn, library: dict[str, int], role: Role | None
) -> None:
    who = client if role is None else sign_in(role)[0]
    found = who.get("/api/search?q=parabol&facets=true").json
    assert found
    assert found["total"] == 3
    assert {"value": "question", "count": 2} in found["facets"]["kind"]
    html = who.get("/search?q=parabol").get_data(as_text=True)
    assert "chưa công bố" not in html and "giấu" not in html


def test_no_answer_is_found_shown_or_suggested(
    services: Services, client: FlaskClient, library: dict[str, int]
) -> None:
    assert services.search.find(SearchQuery("777")).total == 0
    assert "777" not in client.get("/search?q=parabol").get_data(as_text=True).split('id="results"')[1]
    assert "hypebol" not in client.get("/search?q=parabol").get_data(as_text=True)
    assert client.get("/api/suggest?q=hypeb").get_data(as_text=True).count("hypebol") == 0


def test_a_key_is_in_no_document(services: Services) -> None:
    with services.sessions() as session:
        writing(session)
        right, wrong = (a_question(session, a_choice("Câu nào?", key)) for key in "BC")
        [one], [other] = read_documents(session, [right.id]), read_documents(session, [wrong.id])
    assert vars(one) | {"id": 0} == vars(other) | {"id": 0}


def test_what_is_not_public_is_no_document_even_when_asked_for(services: Services) -> None:
    with services.sessions() as session:
        writing(session)
        questions = [a_question(session, a_choice("Câu nào?"), state=state).id for state in HIDDEN]
        hidden = (LectureState.DRAFT, LectureState.IN_REVIEW, LectureState.WITHDRAWN)
        lectures = [a_lecture(session, title="Parabol", state=state).id for state in hidden]
        sources = services.document_sources
        assert list(sources["question"].read(session, questions)) == []
        assert list(sources["lecture"].read(session, lectures)) == []


def test_many_questions_cost_no_more_queries(services: Services) -> None:
    with services.sessions() as session:
        ids = [question.id for question in some_questions(writing(session), 20)]
        session.commit()
    with services.sessions() as session, count_queries(services.engine) as queries:
        assert len(list(read_documents(session, ids))) == 20
    assert len(queries) <= 7


def test_a_question_shows_lectures_close_to_it(
    services: Services, client: FlaskClient, library: dict[str, int]
) -> None:
    with count_queries(services.engine) as queries:
        html = client.get(f"/questions/{library['answer']}").get_data(as_text=True)
    assert f'href="/lectures/{library["lecture"]}' in html
    assert len(queries) <= 12


def test_a_lecture_shows_questions_close_to_it(
    services: Services, client: FlaskClient, library: dict[str, int]
) -> None:
    with count_queries(services.engine) as queries:
        html = client.get(f"/lectures/{library['lecture']}").get_data(as_text=True)
    assert f'href="/questions/{library["answer"]}"' in html
    assert len(queries) <= 12


def test_without_an_index_pages_stand_alone(services: Services, client: FlaskClient) -> None:
    with services.sessions() as session:
        question, lecture = a_question(writing(session)), a_lecture(session)
        addresses = (f"/questions/{question.id}", f"/lectures/{lecture.id}")
        session.commit()
    assert [client.get(address).status_code for address in addresses] == [200, 200]
