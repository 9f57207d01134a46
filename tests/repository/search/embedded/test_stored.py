"""Titles lie apart from the other texts, and stay with their documents whatever becomes of the segment."""

from pathlib import Path

from repository.search.documents import SearchDocument
from repository.search.embedded import merging
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.schema import kind_and_id_of
from repository.search.embedded.writer import SMALL_DOCUMENTS
from tests.repository.search.builders import a_document, an_index

TITLES = ("Hàm số bậc hai", "", "Đạo hàm của x² và CO₂", "a\x1fb\nc", "Ca\u0301ch " * 300)
PART = SMALL_DOCUMENTS + 1


def some_documents(first: int) -> list[SearchDocument]:
    return [
        a_document(f"{TITLES[id % len(TITLES)]}{id % 3}" if id % len(TITLES) != 1 else "", id=id, body=f"Bài {id}")
        for id in range(first, first + PART)
    ]


def titles_of(index: WhooshIndex) -> dict[int, str]:
    """Title of every live document, read alone; it is that of its stored fields and its texts."""
    index.state()
    found = {}
    for view in index._readers.reader.opened.views:
        for doc in range(view.count):
            if doc not in view.deleted:
                title = view.title_of(doc)
                assert title == view.reader.stored_fields(doc)["title"] == view.texts_of(doc).title
                found[kind_and_id_of(int(view.numbers["ident"][doc]))[1]] = title
    return found


def test_titles_are_those_of_their_documents_after_changes_and_merges(tmp_path: Path) -> None:
    index = an_index(tmp_path, *some_documents(1))
    for part in range(1, merging.MANY_OF_A_SIZE + 1):
        index.update(some_documents(1 + part * PART), [("question", part)])
    before = titles_of(index)
    index.tidy()
    assert len(index._readers.reader.opened.views) > 1
    after = titles_of(index)
    assert len(index._readers.reader.opened.views) == 1
    assert after == before
    assert len(before) == (merging.MANY_OF_A_SIZE + 1) * PART - merging.MANY_OF_A_SIZE
    assert {before[5], before[6], before[7]} == {"Hàm số bậc hai2", "", "Đạo hàm của x² và CO₂1"}
