from collections.abc import Iterator

import pytest

from repository.search.documents import SearchDocument, SearchHit, SearchQuery
from repository.search.engine import Position, SearchIndex, SearchUnavailable
from tests.repository.search.builders import a_document, many_documents
from tests.repository.search.contract.conftest import MANY, Opening, opened


def keys(hits: tuple[SearchHit, ...]) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in hits]


def everything(index: SearchIndex) -> list[tuple[str, int]]:
    return sorted(keys(index.find(SearchQuery("", limit=100)).hits))


@pytest.fixture
def nothing_yet(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> SearchIndex:
    return opened(engine_name, tmp_path_factory.mktemp("none"), request)


def test_a_missing_index_says_so(nothing_yet: SearchIndex) -> None:
    assert nothing_yet.state().problem == "missing"
    assert nothing_yet.position() is None
    with pytest.raises(SearchUnavailable):
        nothing_yet.find(SearchQuery("hàm"))
    with pytest.raises(SearchUnavailable):
        nothing_yet.update([a_document()])


def test_an_index_may_be_empty(an_index: Opening) -> None:
    index = an_index()
    assert index.find(SearchQuery("hàm số", wants_facets=True)).total == 0
    assert index.find(SearchQuery("", wants_facets=True)).total == 0
    assert index.suggest("ham") == ()


def test_an_update_is_seen_at_once(an_index: Opening) -> None:
    index = an_index(a_document("Cũ", id=1))
    index.update([a_document("Mới tinh", id=1, subject="toan")])
    assert index.find(SearchQuery('"cũ"')).total == 0
    found = index.find(SearchQuery("tinh", wants_facets=True))
    assert keys(found.hits) == [("question", 1)]
    assert [(count.value, count.count) for count in found.facets["subject"]] == [("toan", 1)]


def test_a_removed_document_is_gone_from_hits_counts_and_suggestions(an_index: Opening) -> None:
    documents = [a_document("Lượng tử ánh sáng", id=id, kind="lecture", subject="toan") for id in (1, 2, 3)]
    index = an_index(*documents, a_document("Khác", id=4, subject="toan"))
    index.update([], [("lecture", 1), ("lecture", 2), ("lecture", 3), ("lecture", 99)])
    found = index.find(SearchQuery("", wants_facets=True))
    assert keys(found.hits) == [("question", 4)]
    assert [(count.value, count.count) for count in found.facets["subject"]] == [("toan", 1)]
    assert index.suggest("luong tu") == ()
    assert index.state().documents == 1


def test_the_same_id_twice_in_one_update_is_one_document(an_index: Opening) -> None:
    index = an_index()
    index.update([a_document("Trước", id=7), a_document("Sau cùng", id=7)])
    assert [hit.title for hit in index.find(SearchQuery("")).hits] == ["Sau cùng"]


def test_a_lecture_and_a_question_of_one_id_are_two(an_index: Opening) -> None:
    index = an_index(a_document(id=1, kind="lecture"), a_document(id=1, kind="question"))
    index.update([], [("lecture", 1)])
    assert everything(index) == [("question", 1)]


def test_many_small_updates_lose_nothing(an_index: Opening) -> None:
    index = an_index(*many_documents(50))
    for number in range(1, 41):
        index.update([a_document(f"Sửa lần {number}", id=number % 5 + 1)], [("lecture", number)])
    expected = {(d.kind, d.id) for d in many_documents(50) if not (d.kind == "lecture" and d.id <= 40)}
    assert everything(index) == sorted(expected | {("question", number) for number in range(1, 6)})


def test_an_index_grown_by_updates_finds_what_a_rebuilt_one_finds(an_index: Opening, many: SearchIndex) -> None:
    index = an_index(*MANY[:100])
    index.update(MANY[100:250], [(d.kind, d.id) for d in MANY[:20]])
    index.update([*MANY[:20], *MANY[250:]])
    for text in ("hàm số", "phương trình bậc", "mạ", "đồng wxyzq biến"):
        grown, rebuilt = (i.find(SearchQuery(text, limit=30, wants_facets=True)) for i in (index, many))
        assert (grown.total, grown.facets) == (rebuilt.total, rebuilt.facets)


def test_an_update_says_how_far_the_log_was_followed(an_index: Opening) -> None:
    index = an_index(a_document(id=1))
    position = index.position()
    assert position is not None
    index.update([], position=Position(position.generation, 41))
    assert index.position() == Position(position.generation, 41)


def test_a_position_of_an_older_generation_is_not_kept(an_index: Opening) -> None:
    index = an_index(a_document(id=1))
    older = index.position()
    index.rebuild([a_document(id=1)], change_id=7)
    newer = index.position()
    assert older is not None
    assert newer is not None
    assert older.generation != newer.generation
    index.update([a_document(id=2)], position=Position(older.generation, 99))
    assert index.position() == newer
    assert everything(index) == [("question", 1), ("question", 2)]


def test_a_failed_rebuild_leaves_the_index_in_use(an_index: Opening) -> None:
    index = an_index(a_document("Còn", id=1))

    def broken() -> Iterator[SearchDocument]:
        yield a_document(id=2)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.rebuild(broken())
    assert everything(index) == [("question", 1)]


def test_a_failed_update_changes_nothing(an_index: Opening) -> None:
    index = an_index(a_document("Còn", id=1))

    def broken() -> Iterator[SearchDocument]:
        yield a_document("Khác", id=1)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.update(broken(), [("question", 1)])
    assert [hit.title for hit in index.find(SearchQuery("")).hits] == ["Còn"]


def test_a_rebuild_tells_how_far_it_is(an_index: Opening) -> None:
    index, told = an_index(), list[tuple[int, int]]()
    assert index.rebuild(MANY, total=400, progress=lambda done, total: told.append((done, total))) == 400
    assert told[-1] == (400, 400)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_several_processes_build_the_same_index(an_index: Opening, many: SearchIndex) -> None:
    index = an_index()
    index.rebuild(MANY, processes=2)
    for text in ("hàm số", "H2O", ""):
        query = SearchQuery(text, limit=50, wants_facets=True)
        one, two = many.find(query), index.find(query)
        assert (one.total, one.facets, keys(one.hits)) == (two.total, two.facets, keys(two.hits))
