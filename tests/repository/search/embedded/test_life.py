"""The life of an index on disk: updates, rebuilds beside readers, damage, several threads and processes."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository.search.documents import SearchDocument, SearchHit, SearchQuery, SearchResults
from repository.search.embedded import generations
from repository.search.embedded.index import WhooshIndex
from repository.search.engine import SearchUnavailable
from tests.repository.search.builders import a_document, an_index, many_documents, titles_in_time

MANY = many_documents(400)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    return an_index(tmp_path_factory.mktemp("many"), *MANY)


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


def keys(hits: tuple[SearchHit, ...]) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in hits]


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
    assert len(index._readers.reader.opened.views) < 20


def test_another_process_sees_a_rebuild(tmp_path: Path) -> None:
    reader, writer = an_index(tmp_path, a_document("Cũ", id=1)), WhooshIndex(tmp_path)
    assert reader.find(SearchQuery("")).total == 1
    writer.rebuild([a_document("Mới", id=2), a_document("Mới", id=3)])
    assert titles_in_time(reader, "mới", ["Mới", "Mới"]) == ["Mới", "Mới"]


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
    for path in tmp_path.glob(f"g*-*/{pattern}"):
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
    assert len(list(tmp_path.glob("g*-*/"))) == 1


def test_several_processes_build_the_same_index(tmp_path: Path) -> None:
    alone, together = WhooshIndex(tmp_path / "alone"), WhooshIndex(tmp_path / "together")
    alone.rebuild(MANY)
    together.rebuild(MANY, processes=2)
    for text in ("hàm số", "H2O", ""):
        query = SearchQuery(text, limit=50, wants_facets=True)
        one, two = alone.find(query), together.find(query)
        assert (one.total, one.facets, keys(one.hits)) == (two.total, two.facets, keys(two.hits))


def generation_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("g*-*/"))


def test_the_generation_before_stays_for_those_who_are_just_opening_it(tmp_path: Path) -> None:
    index = an_index(tmp_path, *MANY[:3])
    before = index.generations.current()
    assert before
    for _ in range(3):
        index.rebuild(MANY[:3])
    assert len(generation_names(tmp_path)) == 2
    assert before.name not in generation_names(tmp_path)


def test_the_generation_before_goes_when_its_time_is_over(tmp_path: Path) -> None:
    index = an_index(tmp_path, *MANY[:3])
    index.rebuild(MANY[:3])
    long_ago = (tmp_path / "current").stat().st_mtime - generations.GRACE_SECONDS - 1
    os.utime(tmp_path / "current", (long_ago, long_ago))
    index.tidy()
    current = index.generations.current()
    assert current
    assert generation_names(tmp_path) == [current.name]


def test_an_index_of_another_format_is_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = an_index(tmp_path, *MANY[:3])
    monkeypatch.setattr(generations, "PREFIX", "g99-")
    assert index.state().problem == "missing"
    index.rebuild(MANY[:2])
    assert index.state().documents == 2


def test_updates_go_on_during_a_rebuild(tmp_path: Path) -> None:
    index = an_index(tmp_path, *MANY[:3])

    def documents() -> Iterator[SearchDocument]:
        yield MANY[0]
        index.update([a_document("Trong khi đó", id=900)])
        assert ids(index.find(SearchQuery("trong khi đó"))) == [900]

    assert index.rebuild(documents()) == 1


def test_an_update_of_nothing_disturbs_nobody(tmp_path: Path) -> None:
    index = an_index(tmp_path, *MANY[:3])
    before = index.generations.stamp()
    index.update([], [("question", 12_345)])
    assert index.generations.stamp() == before
