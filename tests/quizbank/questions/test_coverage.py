"""The coverage map: what is counted where, and what it looks like."""

import re

import pytest
from sqlalchemy.orm import Session

from quizbank.questions.actions import revise_question
from quizbank.questions.coverage import coverage_of, heat_of, laid_out
from quizbank.questions.states import QuestionState
from repository.curriculum.queries import curriculum
from repository.errors import Forbidden
from repository.permissions import SYSTEM, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_new_question, a_question

TOPICS = [topic.id for topic in curriculum().topics_of("toan", 12)]


def test_published_versions_are_counted_by_topic_and_level(session: Session, services: Services) -> None:
    topic = TOPICS[0]
    revised, _other = (a_question(session, topic=topic, level="biet") for _ in range(2))
    revise_question(session, SYSTEM, revised.id, a_new_question(topic=TOPICS[1], level="hieu"), now=MOMENT)
    a_question(session, topic=topic, level=None)
    a_question(session, topic=topic, state=QuestionState.DRAFT)
    a_question(session, grade=11)
    a_question(session, subject="vat-li")
    session.commit()
    with count_queries(services.engine) as queries:
        found = coverage_of(session, SYSTEM, "toan", 12, "gdpt-2018")
    assert len([query for query in queries if query.startswith("SELECT")]) == 1
    assert found.levels == ("biet", "hieu", "van-dung", None)
    assert [row.topic for row in found.rows] == TOPICS
    assert found.rows[0].counts == (2, 0, 0, 1) and found.totals == (2, 0, 0, 1)
    assert found.gaps == 3 * len(TOPICS) - 1 and found.most == 2


def test_what_the_curriculum_does_not_know_comes_last() -> None:
    found = laid_out({("old", "x"): 1, (None, None): 2, ("a", "l"): 3}, [("s", "a"), ("s", "b")], ["l"])
    assert found.levels == ("l", "x", None)
    assert [(row.topic, row.counts, row.total) for row in found.rows] == [
        ("a", (3, 0, 0), 3),
        ("b", (0, 0, 0), 0),
        ("old", (0, 1, 0), 1),
        (None, (0, 0, 2), 2),
    ]
    assert laid_out({}, [], ["l"]).totals == ()


@pytest.mark.parametrize(("count", "heat"), [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3)])
def test_heat_goes_by_thirds(count: int, heat: int) -> None:
    assert heat_of(count, 90) == heat


def test_it_is_for_those_who_teach(session: Session) -> None:
    with pytest.raises(Forbidden):
        coverage_of(session, an_actor(session, Role.STUDENT), "toan", 12, "gdpt-2018")


def test_the_map_is_a_table_whose_numbers_lead_to_the_bank(sign_in: SignIn, session: Session) -> None:
    a_question(session, topic=TOPICS[0], level="biet")
    a_question(session, level=None)
    session.commit()
    client = sign_in(Role.TEACHER)[0]
    assert 'href="/questions/coverage' in client.get("/questions").get_data(as_text=True)
    page = client.get("/questions/coverage?subject=toan&grade=12").get_data(as_text=True)
    assert 'scope="row"' in page and 'scope="rowgroup"' in page and "Chưa có chủ đề" in page
    link = re.search(rf'<td class="number heat-3"><a href="([^"]*topic={re.escape(TOPICS[0])}[^"]*)">1</a>', page)
    assert link, page
    assert client.get(link[1].replace("&amp;", "&")).get_data(as_text=True).count('class="row-link"') == 1


def test_without_a_subject_there_is_only_the_form(sign_in: SignIn) -> None:
    client = sign_in(Role.TEACHER)[0]
    for address in ("/questions/coverage", "/questions/coverage?subject=ma-thuat", "/questions/coverage?grade=x"):
        answer = client.get(address)
        assert answer.status_code == 200 and "<table" not in answer.get_data(as_text=True)
    assert "Lớp 10" in client.get("/questions/coverage?subject=toan").get_data(as_text=True)
