"""Both engines side by side: the same found, and what is looked for on top in both."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository.curriculum.queries import curriculum
from repository.search.documents import SearchDocument, SearchHit, SearchQuery
from repository.search.embedded.index import WhooshIndex
from repository.search.postgres.index import PostgresIndex
from repository.search.text import strip_marks
from tests.repository.search.builders import a_document
from tests.repository.search.contract.conftest import MANY, NewDatabase

Pair = tuple[WhooshIndex, PostgresIndex]
AGREED_SHARE = 0.95


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, new_database: NewDatabase) -> Pair:
    """Topics of the curriculum as lectures, each with its neighbours' names for a text; and ``MANY``."""
    whoosh, postgres = WhooshIndex(tmp_path_factory.mktemp("whoosh")), PostgresIndex(new_database())
    documents = [*lectures(), *(document for document in MANY if document.kind == "question")]
    whoosh.rebuild(documents)
    postgres.rebuild(documents)
    return whoosh, postgres


def lectures() -> list[SearchDocument]:
    topics = curriculum().topics
    return [
        a_document(
            topic.name,
            kind="lecture",
            id=number,
            body=". ".join(near.name for near in topics[max(0, number - 3) : number + 3]),
            subject=topic.subject,
            grade=str(topic.grade),
            topic=topic.id,
        )
        for number, topic in enumerate(topics, 1)
    ]


def known_items() -> list[str]:
    """Names that only one topic has, as they are and as people type them in a hurry."""
    names = [topic.name for topic in curriculum().topics]
    own = [name for name in names if names.count(name) == 1 and len(name.split()) >= 3]
    return [*own, *(strip_marks(name.lower()) for name in own[::3]), *(" ".join(name.split()[:4]) for name in own[::3])]


def key(hit: SearchHit) -> tuple[str, int]:
    return hit.kind, hit.id


def test_known_items_stand_first_in_both(pair: Pair) -> None:
    agreed = asked = 0
    for text in known_items()[::4]:
        one, two = (index.find(SearchQuery(text, limit=1, wants_highlights=False)).hits for index in pair)
        asked += 1
        agreed += [key(hit) for hit in one] == [key(hit) for hit in two]
    print(f"{agreed} of {asked} known items: the same first hit")
    assert agreed >= AGREED_SHARE * asked > 100


WORDS = st.sampled_from(
    ["hàm", "số", "ma", "mạ", "H2O", "đường thẳng", '"hàm số"', '"phương trình bậc"', "-biến", "wxyzq", "của", "lớp:12"]
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=6), sees=st.booleans())
def test_both_find_the_same(pair: Pair, words: list[str], sees: bool) -> None:
    query = SearchQuery(" ".join(words), limit=0, wants_facets=True, sees_explanations=sees, as_typed=True)
    one, two = (index.find(query) for index in pair)
    assert (one.total, one.relaxed, one.filters, one.facets) == (two.total, two.relaxed, two.filters, two.facets)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120) | st.text(alphabet="\"'\\-:()&|!*<>$_{}^ aàđ%\0\n", max_size=60))
def test_any_string_is_a_legal_query(pair: Pair, text: str) -> None:
    for index in pair:
        found = index.find(SearchQuery(text, limit=3, wants_facets=True))
        assert found.total >= len(found.hits)
        index.suggest(text)


@pytest.mark.parametrize("text", ["hàm số bậc hai", "dao động", "phương trình đường thẳng", "số wxyzq tự nhiên"])
def test_the_first_page_is_nearly_the_same(pair: Pair, text: str) -> None:
    one, two = ({key(hit) for hit in index.find(SearchQuery(text, limit=20)).hits} for index in pair)
    assert len(one & two) >= 0.8 * len(one) > 0


def test_the_copy_of_a_result_is_of_use_only_while_it_holds(new_database: NewDatabase, tmp_path: Path) -> None:
    index = PostgresIndex(new_database())
    index.rebuild([a_document("Sóng", id=1)])
    assert index.find(SearchQuery("sóng")).total == 1
    PostgresIndex(index.engine).update([a_document("Sóng cơ", id=2)])
    assert index.find(SearchQuery("sóng")).total == 2


def test_pages_go_on_beyond_the_scored_candidates(new_database: NewDatabase) -> None:
    index = PostgresIndex(new_database(), candidates=20)
    index.rebuild(MANY)
    seen, after = [], None
    for _ in range(100):
        page = index.find(SearchQuery("hàm", limit=9, after=after, wants_highlights=False))
        seen += [key(hit) for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page.total > 60
