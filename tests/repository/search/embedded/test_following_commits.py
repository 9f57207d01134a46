"""An open index follows commits by what they change; it is then as one that was opened just now."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from repository.search.documents import SearchDocument, SearchQuery
from repository.search.embedded import collection, facets, lists, profiles, writer
from repository.search.embedded.growing import Growing
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.postings import PostingCache
from repository.search.embedded.segments import SegmentView
from tests.repository.search.builders import a_document, an_index, many_documents

QUERIES = (
    SearchQuery("hàm số"),
    SearchQuery("phương trình bậc hai"),
    SearchQuery('"đồng biến" -mạ'),
    SearchQuery("giới hạn", sees_explanations=True),
    SearchQuery("đường thẳng", filters={"grade": ("11",)}),
    SearchQuery("", filters={"topic": ("toan.l12.a",), "subject": ("toan",)}),
    SearchQuery("", sort="used"),
    SearchQuery("ham sso bien"),
    SearchQuery("moi"),
)


@pytest.fixture(autouse=True)
def small_segments_are_merged_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "SMALL_DOCUMENTS", 8)
    monkeypatch.setattr("repository.search.embedded.merging.SMALL_DOCUMENTS", 8)
    monkeypatch.setattr(collection, "SMALL_DOCUMENTS", 8)


def answers(index: WhooshIndex) -> list[dict[str, Any]]:
    found = (
        index.find(replace(query, limit=30, wants_facets=True, wants_explanation=True, wants_highlights=False))
        for query in QUERIES
    )
    return [{**asdict(results), "took_ms": 0} for results in found]


def changes(seed: int) -> Iterator[tuple[list[SearchDocument], list[tuple[str, int]]]]:
    """Commits of all kinds: one document, many, with values never met, and removals."""
    chance = random.Random(seed)
    for number in range(30):
        some = chance.sample(many_documents(120, seed=number + 2), chance.choice((1, 1, 3, 20)))
        if chance.random() < 0.3:
            some.append(a_document("Mới", id=500 + number, organisation=f"Trường {number}", topic=f"van.l{number}"))
        yield (
            some,
            [(chance.choice(("lecture", "question")), chance.randint(1, 130)) for _ in range(chance.choice((0, 4)))],
        )


@pytest.mark.parametrize("seed", range(4))
def test_what_followed_many_commits_is_as_what_was_opened_just_now(tmp_path: Path, seed: int) -> None:
    reader, index = an_index(tmp_path, *many_documents(60)), WhooshIndex(tmp_path)
    for number, (documents, removed) in enumerate(changes(seed)):
        index.update(documents, removed)
        if number % 4 == 3:
            index.tidy()
        if number % 3 != 1:  # a reader needn't see every commit
            assert answers(reader) == answers(WhooshIndex(tmp_path))


def test_one_change_looks_at_the_new_documents_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, index = an_index(tmp_path, *many_documents(300)), WhooshIndex(tmp_path)
    answers(reader)
    seen: list[int] = []
    number_of, read = facets.sets_of, PostingCache.get

    def watched_sets(name: str, view: SegmentView) -> Any:
        seen.append(view.count)
        return number_of(name, view)

    def watched_get(self: PostingCache, reader: Any, *rest: str) -> Any:
        seen.append(reader.doc_count_all())
        return read(self, reader, *rest)

    monkeypatch.setattr(facets, "sets_of", watched_sets)
    monkeypatch.setattr(PostingCache, "get", watched_get)
    index.update([a_document("Hàm số mới", id=5, subject="toan")])
    assert reader.find(SearchQuery("hàm số", wants_facets=True)).total
    assert set(seen) == {1}


def test_a_commit_of_a_moment_ago_is_followed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, index = an_index(tmp_path, *many_documents(20)), WhooshIndex(tmp_path)
    reader.find(SearchQuery("hàm"))
    followed: list[int] = []
    follow = collection.Collection.follow

    def watched(self: collection.Collection, views: Sequence[SegmentView]) -> None:
        followed.append(1)
        follow(self, views)

    monkeypatch.setattr(collection.Collection, "follow", watched)
    index.update([a_document("Hàm", id=5)])
    for _ in range(10):
        reader.find(SearchQuery("hàm"))
    assert followed == [1]


def test_two_commits_within_one_tick_are_both_seen(tmp_path: Path) -> None:
    reader, index = an_index(tmp_path, a_document("Không", id=1)), WhooshIndex(tmp_path)
    for number in range(2, 30):
        index.update([a_document("Hàm", id=number)])
        assert reader.find(SearchQuery("hàm")).total == number - 1


def test_profiles_that_outgrow_their_room_are_put_together_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "MOST_PROFILES", 4)
    reader, index = an_index(tmp_path, *many_documents(40)), WhooshIndex(tmp_path)
    for number in range(40):
        index.update([a_document("Mới", id=500 + number, organisation=f"Trường {number}", year=str(2000 + number))])
        assert answers(reader) == answers(WhooshIndex(tmp_path))


def test_lists_nobody_asked_for_in_a_long_time_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_CHANGES", 3)
    reader, index = an_index(tmp_path, *many_documents(40)), WhooshIndex(tmp_path)
    for number in range(9):
        index.update([a_document("Hàm số", id=500 + number)])
        reader.find(SearchQuery("hàm số" if number % 4 else "phương trình"))
        assert answers(reader) == answers(WhooshIndex(tmp_path))


def test_lists_set_aside_count_towards_the_limit(tmp_path: Path) -> None:
    index = an_index(tmp_path, *many_documents(200))
    kept = collection.Collection(PostingCache(1 << 20), limit_bytes=20_000)
    index.find(SearchQuery("hàm"))
    for number in range(5):
        index.update([a_document("Hàm", id=number + 1)])
        index.find(SearchQuery("hàm"))
        kept.follow(index._readers.reader.opened.views)
        for term in ("ham", "so", "phuong", "trinh", "duong", "thang", "ma", "bac"):
            kept.terms.get(("folded",), term)
        held = [*kept.terms._lists.values(), *(listed for listed, _ in kept.terms._older.values())]
        assert kept.terms.size_bytes == sum(listed.size_bytes for listed in held) <= 20_000


def test_a_column_grows_at_its_end_and_forgets_what_is_put_anew() -> None:
    column = Growing(np.uint16)
    for start in (0, 3, 2, 4):
        column.put(start, [np.arange(2), np.array([7])])
    assert column.values.tolist() == [0, 1, 0, 1, 0, 1, 7]
    column.widen(np.uint32)
    column.put(1, [np.array([70_000])])
    assert column.values.tolist() == [0, 70_000]
