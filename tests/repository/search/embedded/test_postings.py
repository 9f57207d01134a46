"""The fast ways past Whoosh give what its public ways give."""

from pathlib import Path

import numpy as np
import pytest
from whoosh.query import And, Term
from whoosh.scoring import Frequency

from repository.search.documents import SearchQuery
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.postings import PostingCache, find_postings, numbers_of, read_slowly, refs_of
from repository.search.embedded.segments import SegmentView
from repository.search.embedded.writer import open_index
from tests.repository.search.builders import an_index, many_documents


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> SegmentView:
    index = an_index(tmp_path_factory.mktemp("postings"), *many_documents(3000))
    index.find(SearchQuery("hàm"))
    return index._readers.reader.opened.views[0]


@pytest.mark.parametrize(("field", "term"), [("folded", "ham"), ("exact", "ham2"), ("bigrams", "ham so")])
def test_postings_are_those_of_whoosh_itself(view: SegmentView, field: str, term: str) -> None:
    fast = find_postings(view.reader, field, term)
    slow = read_slowly(view.reader, field, term)
    assert len(fast.docs) > 50
    assert np.array_equal(fast.docs, slow.docs)
    assert np.allclose(fast.weights, slow.weights)


def test_documents_ascend(view: SegmentView) -> None:
    docs = find_postings(view.reader, "folded", "so").docs
    assert len(docs) > 1024
    assert (np.diff(docs) > 0).all()


def test_a_term_that_is_nowhere_has_no_postings(view: SegmentView) -> None:
    assert not len(find_postings(view.reader, "folded", "zzz").docs)


def test_columns_are_those_of_whoosh_itself(view: SegmentView) -> None:
    for name in ("ident", "published"):
        assert numbers_of(view.reader, name).tolist() == list(view.reader.column_reader(name, translate=False))
    column = refs_of(view.reader, "facet_grade")
    assert [column.values[ref] for ref in column.refs] == list(
        view.reader.column_reader("facet_grade", translate=False)
    )


def test_a_column_nobody_filled_is_empty(view: SegmentView) -> None:
    assert refs_of(view.reader, "facet_licence").values == (b"",)


def test_the_cache_stays_within_its_bytes(view: SegmentView) -> None:
    cache = PostingCache(limit_bytes=1_000)
    for term in ("ham", "so", "ma", "ham", "duong", "thang"):
        cache.get(view.reader, view.segment_id, "folded", term)
    assert 0 < cache.size_bytes <= 1_000
    assert len(cache.get(view.reader, view.segment_id, "folded", "ham").docs)


def test_segments_have_names_of_their_own_whatever_the_seed(tmp_path: Path) -> None:
    import random

    names = set()
    for folder in ("a", "b"):
        random.seed(1)
        index = WhooshIndex(tmp_path / folder)
        index.rebuild(many_documents(3))
        current = index.generations.current()
        assert current
        names |= {segment.segment_id() for segment in open_index(current)._segments()}
    assert len(names) == 2


def test_whoosh_finds_the_same_documents_through_our_codec(tmp_path: Path) -> None:
    index = an_index(tmp_path, *many_documents(300))
    index.update([], [("question", number) for number in range(1, 100)])
    folder = index.generations.current()
    assert folder
    query = And([Term("folded", "ham"), Term("folded", "so")])
    with open_index(folder).searcher(weighting=Frequency()) as searcher:
        hits = searcher.search(query, limit=None)
        by_whoosh = {(hit["texts"][0], round(hit.score, 4)) for hit in hits}
        assert len(hits) == index.find(SearchQuery("hàm số")).total
    assert len(by_whoosh) > 10


def test_whoosh_walks_the_terms_of_our_codec(view: SegmentView) -> None:
    words = list(view.reader.lexicon("folded"))
    assert words == sorted(words)
    assert [term.decode() for term in view.reader.expand_prefix("folded", "d")] == [
        word.decode() for word in words if word.startswith(b"d")
    ]
    info = view.reader.term_info("folded", "ham")
    postings = find_postings(view.reader, "folded", "ham")
    assert (info.doc_frequency(), info.min_id(), info.max_id()) == (
        len(postings.docs),
        postings.docs[0],
        postings.docs[-1],
    )
