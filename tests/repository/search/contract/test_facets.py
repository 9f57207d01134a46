from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository.errors import Invalid
from repository.search.documents import SearchDocument, SearchHit, SearchQuery
from repository.search.engine import SearchIndex
from repository.search.text import words_of
from tests.repository.search.builders import a_document
from tests.repository.search.contract.conftest import MANY, Opening

FILTERS = {"subject": ["toan", "vat-li", "la"], "grade": ["10", "12"], "topic": ["toan.l12.a", "toan.l12.b.x", "toan"]}
SHARED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def values_of(document: SearchDocument, name: str) -> set[str]:
    """The document's values; of a topic also all that it lies below."""
    values = {document.kind} if name == "kind" else set(document.facets[name])
    if name != "topic":
        return values
    return {".".join(value.split(".")[:depth]) for value in values for depth in range(1, value.count(".") + 2)}


def has_all_words(document: SearchDocument, text: str) -> bool:
    words = {word.folded for word in words_of(f"{document.title} {document.body}")}
    return {word.folded for word in words_of(text)} <= words


def keys(hits: tuple[SearchHit, ...]) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in hits]


@SHARED
@given(
    text=st.sampled_from(["", "hàm", "ma số"]),
    kind=st.sampled_from([None, "lecture", "question"]),
    chosen=st.fixed_dictionaries({name: st.sets(st.sampled_from(values)) for name, values in FILTERS.items()}),
)
def test_facet_counts_equal_counting_by_hand(
    many: SearchIndex, text: str, kind: str | None, chosen: dict[str, set[str]]
) -> None:
    filters = {name: tuple(sorted(values)) for name, values in chosen.items() if values}
    wanted: dict[str, tuple[str, ...]] = filters | ({"kind": (kind,)} if kind else {})
    found = many.find(SearchQuery(text, kind=kind, filters=filters, limit=0, wants_facets=True))
    if found.relaxed:
        return

    def passing(left_out: str = "") -> list[SearchDocument]:
        kept = {name: set(values) for name, values in wanted.items() if name != left_out}
        return [
            d
            for d in MANY
            if has_all_words(d, text) and all(values & values_of(d, name) for name, values in kept.items())
        ]

    assert found.total == len(passing())
    for name in ("kind", "subject", "grade", "topic"):
        by_hand = Counter(value for d in passing(name) for value in values_of(d, name))
        assert {count.value: count.count for count in found.facets[name]} == by_hand


def test_facets_come_in_the_order_of_their_counts(many: SearchIndex) -> None:
    counts = [count.count for count in many.find(SearchQuery("", wants_facets=True)).facets["topic"]]
    assert counts == sorted(counts, reverse=True)


def test_filters_may_stand_in_the_text(many: SearchIndex) -> None:
    typed = many.find(SearchQuery("môn:toán lớp:12 hàm", limit=0))
    chosen = many.find(SearchQuery("hàm", filters={"subject": ("toan",), "grade": ("12",)}, limit=0))
    assert typed.total == chosen.total > 0
    assert typed.filters == {"subject": ("toan",), "grade": ("12",)}


def test_an_organisation_is_found_by_a_part_of_its_name(an_index: Opening) -> None:
    index = an_index(a_document(id=1, organisation="Sở GDĐT Hà Nội"), a_document(id=2, organisation="Sở GDĐT Huế"))
    assert keys(index.find(SearchQuery('đơn-vị:"ha noi"')).hits) == [("question", 1)]


@pytest.mark.parametrize(
    "query", [SearchQuery(filters={"price": ("1",)}), SearchQuery(kind="film"), SearchQuery(sort="a")]
)
def test_what_does_not_exist_is_refused(many: SearchIndex, query: SearchQuery) -> None:
    with pytest.raises(Invalid):
        many.find(query)


def test_hits_have_their_facets(many: SearchIndex) -> None:
    (hit,) = many.find(SearchQuery("", limit=1)).hits
    document = next(d for d in MANY if (d.kind, d.id) == (hit.kind, hit.id))
    assert dict(hit.facets) == dict(document.facets)


# Sorts and pages


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery("hàm"),
        SearchQuery(""),
        SearchQuery("số", sort="newest"),
        SearchQuery("số", sort="hardest"),
        SearchQuery("hàm số wxyzq", kind="question"),
        SearchQuery("đồng", filters={"grade": ("12",)}),
    ],
)
def test_paging_shows_every_hit_exactly_once(many: SearchIndex, query: SearchQuery) -> None:
    seen: list[tuple[str, int]] = []
    after = None
    for _ in range(100):
        page = many.find(replace(query, limit=7, after=after, wants_highlights=False))
        seen += keys(page.hits)
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page.total


def test_pages_come_in_the_order_of_one_long_page(many: SearchIndex) -> None:
    first = many.find(SearchQuery("hàm số", limit=5))
    second = many.find(SearchQuery("hàm số", limit=5, after=first.next))
    assert keys(first.hits) + keys(second.hits) == keys(many.find(SearchQuery("hàm số", limit=10)).hits)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", [2, 3, 1]), ("used", [3, 1, 2]), ("easiest", [1, 2, 3]), ("hardest", [2, 1, 3])],
)
def test_hits_are_sorted_as_asked(an_index: Opening, sort: str, expected: list[int]) -> None:
    index = an_index(
        replace(a_document(id=1, age_days=9), uses=5, difficulty=0.2),
        replace(a_document(id=2, age_days=1), uses=0, difficulty=0.8),
        replace(a_document(id=3, age_days=5), uses=9),
    )
    assert [hit.id for hit in index.find(SearchQuery("hàm số", sort=sort)).hits] == expected


def test_a_forged_page_key_is_refused(many: SearchIndex) -> None:
    with pytest.raises(Invalid):
        many.find(SearchQuery("hàm", after="nonsense"))


def test_nobody_gets_more_than_a_hundred_hits(many: SearchIndex) -> None:
    assert len(many.find(SearchQuery("", limit=10_000, wants_highlights=False)).hits) == 100
