"""What the practice page offers and which lectures a mistake leads to, from the index or without it."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from quizbank.attempts.descriptions import lectures_about, practice_scopes, supply_to_practise
from repository.errors import Conflict
from repository.search.documents import FacetCount, SearchHit, SearchQuery, SearchResults
from tests.quizbank.questions.builders import a_question

TOPIC = "toan.l12.dai-so-giai-tich.nguyen-ham"


@dataclass
class FakeIndex:
    """Answers every query with the same results, or fails."""

    results: SearchResults | None
    asked: list[SearchQuery] = field(default_factory=list)

    def find(self, query: SearchQuery) -> SearchResults:
        self.asked.append(query)
        if self.results is None:
            raise Conflict("Chỉ mục đang được dựng lại.")
        return self.results


def results(total: int, **facets: dict[str, int]) -> SearchResults:
    counts = {name: tuple(FacetCount(*pair) for pair in values.items()) for name, values in facets.items()}
    return SearchResults(total=total, hits=(SearchHit("lecture", 7, "Nguyên hàm", 1.0),), facets=counts, took_ms=0)


def test_the_index_tells_what_there_is(session: Session) -> None:
    index = FakeIndex(results(5, subject={"toan": 5}, grade={"12": 5}, topic={TOPIC: 3}))
    supply = supply_to_practise(session, index, "toan")
    assert (supply.subjects, supply.grades, supply.topics) == ({"toan": 5}, {12: 5}, {TOPIC: 3})


def test_without_an_index_the_database_tells(session: Session) -> None:
    a_question(session, topic=TOPIC)
    for index in (None, FakeIndex(None), FakeIndex(results(0))):
        supply = supply_to_practise(session, index, "toan")
        assert (supply.subjects, supply.grades, supply.topics) == ({"toan": 1}, {12: 1}, {TOPIC: 1})


def test_topics_stand_under_their_grade_in_teaching_order(session: Session) -> None:
    supply = supply_to_practise(
        session, FakeIndex(results(5, subject={"toan": 5}, grade={"12": 5, "9": 1}, topic={TOPIC: 3})), "toan"
    )
    scopes = practice_scopes(supply, "toan", "vi")
    assert [scope.id for scope in scopes] == ["toan.l12", "toan.l09"]
    assert scopes[0].topics == ((TOPIC, "Nguyên hàm", 3),)


def test_a_mistake_leads_to_lectures_of_its_topic() -> None:
    index = FakeIndex(results(1))
    assert [hit.id for hit in lectures_about(index, TOPIC)] == [7]
    assert index.asked[0].filters == {"topic": (TOPIC,)} and index.asked[0].kind == "lecture"


def test_a_broken_index_costs_the_lectures_and_nothing_else() -> None:
    assert lectures_about(FakeIndex(None), TOPIC) == ()
