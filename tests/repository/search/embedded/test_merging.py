"""Larger segments are merged beside readers and commits, and nothing is lost or doubled by it."""

from pathlib import Path

import pytest

from repository.search.documents import SearchDocument, SearchQuery
from repository.search.embedded import merging
from repository.search.embedded.codec import Segment
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.writer import SMALL_DOCUMENTS, open_index
from tests.repository.search.builders import a_document, an_index, many_documents

PART = SMALL_DOCUMENTS + 10


def segments_of(index: WhooshIndex) -> list[Segment]:
    current = index.generations.current()
    assert current
    return list(open_index(current)._segments())


def some_documents(start: int) -> list[SearchDocument]:
    return [a_document(f"Số {number}", id=number, subject=f"mon-{number % 7}") for number in range(start, start + PART)]


def an_index_of_parts(folder: Path, parts: int) -> WhooshIndex:
    """A large segment, and beside it as many as ``parts`` that no commit takes in."""
    index = an_index(folder, *many_documents(600))
    for part in range(parts):
        index.update(some_documents(1_000 + part * PART))
    return index


def facts_of(index: WhooshIndex) -> tuple[object, ...]:
    found = index.find(SearchQuery("", limit=100, wants_facets=True))
    words = index.find(SearchQuery("hàm số", limit=100, wants_facets=True))
    return (
        [(hit.kind, hit.id, hit.title, dict(hit.facets)) for hit in (*found.hits, *words.hits)],
        found.total,
        found.facets,
        words.facets,
        [hit.score for hit in words.hits],
    )


def test_small_segments_are_taken_into_every_commit(tmp_path: Path) -> None:
    index = an_index(tmp_path, *many_documents(200))
    for number in range(30):
        index.update([a_document(f"Thêm {number}", id=1_000 + number)])
    assert [segment.doc_count() for segment in segments_of(index)] == [200, 30]


def test_segments_of_a_size_become_one(tmp_path: Path) -> None:
    index = an_index_of_parts(tmp_path, merging.MANY_OF_A_SIZE)
    before = facts_of(index)
    assert len(segments_of(index)) == 1 + merging.MANY_OF_A_SIZE
    index.tidy()
    assert len(segments_of(index)) == 2
    assert facts_of(index) == before == facts_of(WhooshIndex(tmp_path))


def test_a_few_segments_are_left_alone(tmp_path: Path) -> None:
    index = an_index_of_parts(tmp_path, 2)
    names = [segment.segid for segment in segments_of(index)]
    index.tidy()
    assert [segment.segid for segment in segments_of(index)] == names


def test_a_worn_segment_is_written_anew(tmp_path: Path) -> None:
    index = an_index(tmp_path, *many_documents(300))
    index.update([], [(kind, number) for kind in ("lecture", "question") for number in range(1, 101)])
    before = facts_of(index)[1:4]
    index.tidy()
    assert [(s.doc_count_all(), s.deleted_count()) for s in segments_of(index)] == [(before[0], 0)]
    assert facts_of(index)[1:4] == before


def test_what_is_deleted_during_a_merge_stays_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = an_index_of_parts(tmp_path, merging.MANY_OF_A_SIZE)
    write = merging.write_merged

    def write_while_others_commit(*given: object) -> object:
        made = write(*given)  # type: ignore[arg-type]
        index.update([a_document("Mới sửa", id=1_001)], [("question", 1_000)])
        return made

    monkeypatch.setattr(merging, "write_merged", write_while_others_commit)
    index.tidy()
    assert len(segments_of(index)) == 3
    assert [hit.id for hit in index.find(SearchQuery("mới sửa")).hits] == [1_001]
    assert [index.find(SearchQuery(text)).total for text in ("1000", "1001", "1002")] == [0, 0, 1]


def test_a_merge_that_came_too_late_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = an_index_of_parts(tmp_path, merging.MANY_OF_A_SIZE)
    write = merging.write_merged
    has_merged = False

    def write_while_another_merges(*given: object) -> object:
        nonlocal has_merged
        made = write(*given)  # type: ignore[arg-type]
        if not has_merged:
            has_merged = True
            WhooshIndex(tmp_path).tidy()
        return made

    monkeypatch.setattr(merging, "write_merged", write_while_another_merges)
    before = facts_of(index)
    index.tidy()
    assert facts_of(index) == before
    assert not list(tmp_path.glob("g*/.*"))


def test_a_build_of_very_many_documents_has_several_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("repository.search.embedded.writer.MOST_POSTINGS", 2_000)
    one, several = an_index(tmp_path / "one"), WhooshIndex(tmp_path / "several")
    several.rebuild(many_documents(400))
    monkeypatch.undo()
    one.rebuild(many_documents(400))
    assert len(segments_of(several)) > 3
    assert facts_of(one)[1:4] == facts_of(several)[1:4]
