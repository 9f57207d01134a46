"""However common a term is and however little memory there is, its list says where it stands."""

from pathlib import Path

import numpy as np
import pytest

from repository.search.documents import SearchQuery
from repository.search.embedded import lists
from repository.search.embedded.lists import TermList, TermLists
from repository.search.embedded.postings import PostingCache, read_slowly
from repository.search.embedded.segments import SegmentView
from tests.repository.search.builders import a_document, an_index, many_documents

WORDS = ("ham", "so", "phuong", "trinh", "duong", "thang", "ma", "bac", "hiem", "vua", "zzz")
PLENTY = 1 << 24


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> list[SegmentView]:
    """Two segments; "hiem" stands in one document of 500, "vua" in one of 20."""
    some = [a_document("vừa", id=2_000 + number) for number in range(20)]
    index = an_index(tmp_path_factory.mktemp("lists"), *many_documents(400), *some)
    index.update([a_document("hiếm vừa", id=3_000 + number, body="hàm số") for number in range(70)])
    index.update([a_document("hiếm", id=4_000)])
    index.find(SearchQuery("hàm"))
    assert len(index._readers.reader.opened.views) > 1
    return index._readers.reader.opened.views


def places_of(listed: TermList) -> list[tuple[int, int]]:
    return list(zip(listed.docs.tolist(), listed.steps.tolist(), strict=True))


def places_by_whoosh(views: list[SegmentView], word: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    base = 0
    for view in views:
        slow = read_slowly(view.reader, "folded", word)
        found += zip((slow.docs + base).tolist(), (slow.weights * 256).astype(int).tolist(), strict=True)
        base += view.count
    return found


@pytest.mark.parametrize(("common", "very_common"), [(1 / 48, 1 / 8), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)])
@pytest.mark.parametrize("limit_bytes", [0, 3_000, PLENTY])
def test_a_list_is_that_of_whoosh_however_it_is_kept(
    views: list[SegmentView],
    monkeypatch: pytest.MonkeyPatch,
    common: float,
    very_common: float,
    limit_bytes: int,
) -> None:
    monkeypatch.setattr(lists, "COMMON_SHARE", common)
    monkeypatch.setattr(lists, "VERY_COMMON_SHARE", very_common)
    terms = TermLists(views, PostingCache(PLENTY), limit_bytes)
    everything = np.arange(terms.count)
    for word in WORDS * 2:
        listed, expected = terms.get(("folded",), word), places_by_whoosh(views, word)
        assert places_of(listed) == expected
        assert listed.count == len(expected)
        column = np.zeros(terms.count, np.uint8)
        for doc, steps in expected:
            column[doc] = steps
        assert terms.steps_at(listed, everything).tolist() == column.tolist()
        assert terms.size_bytes == sum(kept.size_bytes for kept in terms._lists.values()) <= limit_bytes
    both = [terms.get(("folded",), word) for word in ("ham", "so")]
    in_both = sorted({doc for doc, _ in places_of(both[0])} & {doc for doc, _ in places_of(both[1])})
    assert terms.docs_with_all(both).tolist() == in_both
    assert terms.all_of(both).docs.tolist() == in_both
    assert terms.any_of([(one, 1.0) for one in both]).count == both[0].count + both[1].count - len(in_both)


def test_what_is_asked_for_often_stays_when_much_else_comes_by(views: list[SegmentView]) -> None:
    terms = TermLists(views, PostingCache(PLENTY), 0)
    terms.limit_bytes = 2 * terms.get(("folded",), "ham").size_bytes
    for _ in range(8):
        often = terms.get(("folded",), "ham")
    for _ in range(2):
        for word in WORDS[1:]:
            terms.get(("folded",), word)
    assert terms.get(("folded",), "ham") is often


def test_what_is_no_longer_asked_for_makes_room(views: list[SegmentView], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_ASKED", 3)
    terms = TermLists(views, PostingCache(PLENTY), 0)
    terms.limit_bytes = terms.get(("folded",), "ham").size_bytes + 100
    for _ in range(20):
        terms.get(("folded",), "ham")
    for number in range(40):
        terms.get(("folded",), "so")
        terms.get(("folded",), f"zz{number}")
        assert len(terms._asked) <= lists.MOST_ASKED + 1
    assert terms.get(("folded",), "so") is terms.get(("folded",), "so")


def test_a_very_common_term_keeps_its_weights_once(views: list[SegmentView], tmp_path: Path) -> None:
    terms = TermLists(views, PostingCache(PLENTY), PLENTY)
    assert terms.get(("folded",), "ham").size_bytes < 1.5 * terms.count + 400
