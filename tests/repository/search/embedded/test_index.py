import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository.errors import Invalid
from repository.search.documents import SearchDocument, SearchHit, SearchQuery, SearchResults
from repository.search.embedded.index import WhooshIndex
from repository.search.engine import SearchUnavailable
from repository.search.text import words_of
from tests.repository.search.builders import a_document, an_index, many_documents

MANY = many_documents(400)


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


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(["", "hàm", "ma số"]),
    kind=st.sampled_from([None, "lecture", "question"]),
    subjects=st.sets(st.sampled_from(["toan", "vat-li", "la"])),
    grades=st.sets(st.sampled_from(["10", "12"])),
)
def test_facet_counts_equal_counting_by_hand(
    many: WhooshIndex, text: str, kind: str | None, subjects: set[str], grades: set[str]
) -> None:
    filters = {name: tuple(v) for name, v in (("subject", subjects), ("grade", grades)) if v}
    found = many.find(SearchQuery(text, kind=kind, filters=filters, limit=0, wants_facets=True))
    matching = [
        d
        for d in MANY
        if kind in (None, d.kind)
        and has_all_words(d, text)
        and all(set(d.facets[name]) & set(values) for name, values in filters.items())
    ]
    if found.is_relaxed:
        return
    assert found.total == len(matching)
    for name in ("subject", "grade", "topic"):
        by_hand = Counter(value for d in matching for value in d.facets[name])
        assert {count.value: count.count for count in found.facets[name]} == by_hand
    assert {c.value: c.count for c in found.facets["kind"]} == Counter(d.kind for d in matching)


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


@pytest.mark.parametrize("query", [SearchQuery("hàm"), SearchQuery(""), SearchQuery("số", sort="newest")])
def test_paging_shows_every_hit_exactly_once(many: WhooshIndex, query: SearchQuery) -> None:
    seen: list[tuple[str, int]] = []
    after = None
    for _ in range(100):
        page = many.find(replace(query, limit=7, after=after, wants_highlights=False))
        seen += keys(page.hits)
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page.total


def test_pages_come_in_the_order_of_one_long_page(many: WhooshIndex) -> None:
    first = many.find(SearchQuery("hàm số", limit=5))
    second = many.find(SearchQuery("hàm số", limit=5, after=first.next))
    assert keys(first.hits) + keys(second.hits) == keys(many.find(SearchQuery("hàm số", limit=10)).hits)


def test_a_forged_page_key_is_refused(many: WhooshIndex) -> None:
    with pytest.raises(Invalid):
        many.find(SearchQuery("hàm", after="nonsense"))


def test_nobody_gets_more_than_a_hundred_hits(many: WhooshIndex) -> None:
    assert len(many.find(SearchQuery("", limit=10_000, wants_highlights=False)).hits) == 100


# Life


def test_an_update_is_seen_at_once(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Cũ", id=1))
    index.update([a_document("Mới tinh", id=1)])
    assert index.find(SearchQuery("cũ")).total == 0
    assert ids(index.find(SearchQuery("tinh"))) == [1]


def test_a_removed_document_is_gone_from_hits_and_counts(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Một", id=1, subject="toan"), a_document("Hai", id=2, subject="toan"))
    index.update([], [("question", 1), ("question", 99)])
    found = index.find(SearchQuery("", wants_facets=True))
    assert ids(found) == [2]
    assert [(c.value, c.count) for c in found.facets["subject"]] == [("toan", 1)]
    assert index.state().documents == 1


def test_the_same_id_twice_in_one_update_is_one_document(tmp_path: Path) -> None:
    index = an_index(tmp_path)
    index.update([a_document("Trước", id=7), a_document("Sau cùng", id=7)])
    assert [hit.title for hit in index.find(SearchQuery("")).hits] == ["Sau cùng"]


def test_a_lecture_and_a_question_of_one_id_are_two(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document(id=1, kind="lecture"), a_document(id=1, kind="question"))
    index.update([], [("lecture", 1)])
    assert keys(index.find(SearchQuery("")).hits) == [("question", 1)]


def test_many_small_updates_are_merged_without_loss(tmp_path: Path) -> None:
    index = an_index(tmp_path, *many_documents(50))
    for number in range(1, 41):
        index.update([a_document(f"Sửa lần {number}", id=number % 5 + 1, kind="question")], [("lecture", number)])
    expected = {(d.kind, d.id) for d in many_documents(50) if not (d.kind == "lecture" and d.id <= 40)}
    expected |= {("question", number) for number in range(1, 6)}
    found = index.find(SearchQuery("", limit=100)).hits
    assert sorted(keys(found)) == sorted(expected)
    assert len(index._evaluator.views) < 20


def test_another_process_sees_a_rebuild(tmp_path: Path) -> None:
    reader, writer = an_index(tmp_path, a_document("Cũ", id=1)), WhooshIndex(tmp_path)
    assert reader.find(SearchQuery("")).total == 1
    writer.rebuild([a_document("Mới", id=2), a_document("Mới", id=3)])
    assert ids(reader.find(SearchQuery("mới"))) == [2, 3]
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_readers_are_not_disturbed_by_rebuilds(tmp_path: Path) -> None:
    reader, writer = an_index(tmp_path, *MANY[:50]), WhooshIndex(tmp_path)
    done = threading.Event()

    def rebuild() -> None:
        for _ in range(5):
            writer.rebuild(MANY[:50])
        done.set()

    thread = threading.Thread(target=rebuild)
    thread.start()
    totals = set()
    for _ in range(100_000):
        totals.add(reader.find(SearchQuery("", limit=5)).total)
        if done.is_set():
            break
    thread.join()
    assert totals == {50}


def test_threads_take_turns(many: WhooshIndex) -> None:
    expected = ids(many.find(SearchQuery("hàm số")))
    answers: list[list[int]] = []
    threads = [
        threading.Thread(target=lambda: answers.extend(ids(many.find(SearchQuery("hàm số"))) for _ in range(20)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 80


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "none")
    assert index.state().problem == "missing"
    with pytest.raises(SearchUnavailable):
        index.find(SearchQuery("hàm"))


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
def test_a_damaged_index_is_noticed_and_mended_by_a_rebuild(tmp_path: Path, pattern: str) -> None:
    an_index(tmp_path, *MANY[:20])
    for path in tmp_path.glob(f"g-*/{pattern}"):
        path.write_bytes(path.read_bytes()[:40])
    index = WhooshIndex(tmp_path)
    assert index.state().problem == "corrupt"
    index.rebuild(MANY[:20])
    assert index.state().documents == 20


def test_a_failed_rebuild_leaves_the_index_in_use(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Còn", id=1))

    def broken() -> SearchDocument:
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.rebuild(broken() for _ in range(3))
    assert ids(index.find(SearchQuery("còn"))) == [1]
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_several_processes_build_the_same_index(tmp_path: Path) -> None:
    alone, together = WhooshIndex(tmp_path / "alone"), WhooshIndex(tmp_path / "together")
    alone.rebuild(MANY)
    together.rebuild(MANY, processes=2)
    for text in ("hàm số", "H2O", ""):
        query = SearchQuery(text, limit=50, wants_facets=True)
        one, two = alone.find(query), together.find(query)
        assert (one.total, one.facets, keys(one.hits)) == (two.total, two.facets, keys(two.hits))
