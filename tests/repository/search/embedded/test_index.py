from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository.errors import Invalid
from repository.search.documents import SearchDocument, SearchHit, SearchQuery, SearchResults
from repository.search.embedded.index import WhooshIndex
from repository.search.text import words_of
from tests.repository.search.builders import a_document, an_index, many_documents

MANY = many_documents(400)


WORN = [d if d.id % 7 != 3 else replace(d, title="hàm số mới", body="đường") for d in MANY if d.id % 7]
"""What is left of ``MANY`` in the index ``worn``."""


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    """An index of several segments, with documents deleted and replaced."""
    index = an_index(tmp_path_factory.mktemp("worn"), *MANY[:300])
    for first in range(300, 400, 20):
        index.update(MANY[first : first + 20])
    index.update([], [(d.kind, d.id) for d in MANY if d.id % 7 == 0])
    index.update([d for d in WORN if d.id % 7 == 3])
    return index


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    return an_index(tmp_path_factory.mktemp("many"), *MANY)


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


def keys(hits: tuple[SearchHit, ...]) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in hits]


def has_all_words(document: SearchDocument, text: str) -> bool:
    words = {word.folded for word in words_of(f"{document.title} {document.body}")}
    return {word.folded for word in words_of(text)} <= words


# Finding


def test_accents_are_optional(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Phương trình bậc hai", id=1), a_document("Đường thẳng", id=2))
    assert ids(index.find(SearchQuery("phuong trinh"))) == [1]
    assert ids(index.find(SearchQuery("duong thang"))) == [2]


def test_typed_accents_lift_what_has_them(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Cây ma", id=1), a_document("Cây mạ", id=2), a_document("Cây má", id=3))
    found = index.find(SearchQuery("mạ"))
    assert found.hits[0].id == 2
    assert found.total == 3


def test_neighbouring_words_lift_a_hit(tmp_path: Path) -> None:
    apart = a_document("Biến số và hàm đồng dạng", id=1)
    together = a_document("Dạng hàm số và đồng biến", id=2)
    assert ids(an_index(tmp_path, apart, together).find(SearchQuery("ham so")))[0] == 2


def test_a_word_in_the_title_counts_more_than_in_the_text(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Bài 1", id=1, body="sóng cơ"), a_document("Sóng cơ", id=2, body="bài 1"))
    assert ids(index.find(SearchQuery("sóng cơ"))) == [2, 1]


def test_most_of_the_words_are_enough_when_nothing_has_all(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Hàm số đồng biến", id=1), a_document("Số phức", id=2))
    found = index.find(SearchQuery("hàm số đồng bién xyz"))
    assert found.is_relaxed
    assert ids(found) == [1]


def test_all_words_must_be_there_when_something_has_all(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Hàm số đồng biến", id=1), a_document("Hàm số", id=2))
    found = index.find(SearchQuery("hàm số đồng biến"))
    assert not found.is_relaxed
    assert ids(found) == [1]


def test_keywords_are_found_but_not_shown(tmp_path: Path) -> None:
    hit = an_index(tmp_path, a_document("Bài 5", id=1, keywords=("Quang học",))).find(SearchQuery("quang hoc")).hits[0]
    assert (hit.title, hit.highlights) == ("Bài 5", ())


def test_what_stands_in_abstract_and_file_is_shown_once(tmp_path: Path) -> None:
    words = "Kế hoạch luyện tập trong 40 phút. Học sau bài hàm số."
    broken = words.replace(". ", ".\n")
    index = an_index(tmp_path, a_document("Luyện tập", body=words, more=f"Mở đầu\n\n{broken}"))
    (hit,) = index.find(SearchQuery("kế hoạch hàm số mũ")).hits
    assert len(hit.highlights) == 1


def test_an_empty_text_shows_the_newest_first(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document(id=1, age_days=3), a_document(id=2, age_days=1), a_document(id=3, age_days=2))
    assert ids(index.find(SearchQuery(""))) == [2, 3, 1]


def test_signs_alone_find_nothing(many: WhooshIndex) -> None:
    assert many.find(SearchQuery("?!…")).total == 0


def test_an_explanation_is_found_only_by_those_who_may_see_it(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Câu 1", id=1, explanation="Chọn phương án Bính vì tam giác vuông"))
    assert index.find(SearchQuery("bính")).total == 0
    seen = index.find(SearchQuery("bính", sees_explanations=True))
    assert ids(seen) == [1]
    assert any(segment.is_match for segment in seen.hits[0].highlights[0])


def test_an_explanation_is_never_in_a_strangers_highlights(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Câu 1", id=1, body="Tam giác", explanation="Tam giác: đáp án Bính"))
    assert "Bính" not in repr(index.find(SearchQuery("tam giác")))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_string_is_a_legal_query(many: WhooshIndex, text: str) -> None:
    found = many.find(SearchQuery(text, limit=3, wants_facets=True))
    assert found.total >= len(found.hits)


@pytest.mark.parametrize("text", ["hàm số", "ma", "H2O x²", "0.25 đường", "phương trình bậc hai"])
def test_the_result_is_what_a_reader_would_pick(many: WhooshIndex, text: str) -> None:
    found = many.find(SearchQuery(text, limit=0))
    assert found.total == sum(has_all_words(document, text) for document in MANY)


# Filters and facets


def passes(document: SearchDocument, filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(set(values_under(document, name)) & set(values) for name, values in filters.items())


def values_under(document: SearchDocument, name: str) -> set[str]:
    """What a document is counted under: on the tree of topics also all that lies above."""
    if name == "kind":
        return {document.kind}
    values = document.facets.get(name, ())
    return (
        {".".join(v.split(".")[: n + 1]) for v in values for n in range(v.count(".") + 1)}
        if name == "topic"
        else {*values}
    )


def counted_by_hand(documents: list[SearchDocument], name: str, filters: Mapping[str, tuple[str, ...]]) -> Counter[str]:
    """The counts of a facet, as if it were not filtered by itself."""
    others = {other: values for other, values in filters.items() if other != name}
    return Counter(value for d in documents if passes(d, others) for value in values_under(d, name))


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([("lecture",), ("question",)]),
        "subject": st.sets(st.sampled_from(["toan", "vat-li", "la"]), min_size=1).map(tuple),
        "grade": st.sets(st.sampled_from(["10", "12"]), min_size=1).map(tuple),
        "topic": st.sampled_from([("toan.l12.a",), ("toan.l12.b.x", "toan.l12.a.y"), ("toan",)]),
    },
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.sampled_from(["", "hàm", "ma số", "phương trình bậc"]), filters=FILTERS)
@pytest.mark.parametrize("which", ["one segment", "many segments"])
def test_facet_counts_equal_counting_by_hand(
    many: WhooshIndex, worn: WhooshIndex, which: str, text: str, filters: dict[str, tuple[str, ...]]
) -> None:
    index, documents = (many, MANY) if which == "one segment" else (worn, WORN)
    kind = filters.get("kind", (None,))[0]
    named = {name: values for name, values in filters.items() if name != "kind"}
    found = index.find(SearchQuery(text, kind=kind, filters=named, limit=0, wants_facets=True))
    if found.is_relaxed:
        return
    matching = [d for d in documents if has_all_words(d, text)]
    assert found.total == sum(passes(d, filters) for d in matching)
    for name in ("kind", "subject", "grade", "topic"):
        assert {c.value: c.count for c in found.facets[name]} == counted_by_hand(matching, name, filters)


def test_a_topic_filter_finds_what_lies_below(many: WhooshIndex) -> None:
    found = many.find(SearchQuery("", filters={"topic": ("toan.l12.a",)}, limit=0))
    assert found.total == sum(d.facets["topic"][0].startswith("toan.l12.a.") for d in MANY)


def test_an_unknown_facet_is_refused(many: WhooshIndex) -> None:
    with pytest.raises(Invalid):
        many.find(SearchQuery("", filters={"price": ("1",)}))


def test_an_unknown_kind_is_refused(many: WhooshIndex) -> None:
    with pytest.raises(Invalid):
        many.find(SearchQuery("", kind="film"))


# Paging


def test_a_forged_page_key_is_refused(many: WhooshIndex) -> None:
    with pytest.raises(Invalid):
        many.find(SearchQuery("hàm", after="nonsense"))


def test_nobody_gets_more_than_a_hundred_hits(many: WhooshIndex) -> None:
    assert len(many.find(SearchQuery("", limit=10_000, wants_highlights=False)).hits) == 100
