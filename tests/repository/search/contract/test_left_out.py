"""What can't be in the index is told of until it can."""

from collections.abc import Iterator

import pytest

from repository.search.documents import LeftOut, SearchDocument, SearchQuery
from tests.repository.search.builders import a_document
from tests.repository.search.contract.conftest import Opening

HALF = "nửa chữ \ud83d"
UNREADABLE = LeftOut("lecture", 9, "KeyError: 'title'")
REFUSED = LeftOut("question", 2, "ValueError: a text has half a character")


def test_a_build_leaves_out_what_nothing_can_be_made_of(an_index: Opening) -> None:
    index = an_index(a_document("Một", id=1), a_document(HALF, id=2), a_document("Ba", id=3))
    assert index.state().documents == 2
    assert index.state().left_out == (REFUSED,)
    assert index.find(SearchQuery("ba")).total == 1


def test_what_could_not_be_read_is_told_of_when_all_was_read(an_index: Opening) -> None:
    index, unread = an_index(), list[LeftOut]()

    def documents() -> Iterator[SearchDocument]:
        yield a_document("Một", id=1)
        unread.append(UNREADABLE)

    index.rebuild(documents(), left_out=unread)
    assert index.state().left_out == (UNREADABLE,)


def test_what_is_updated_or_removed_is_left_out_no_more(an_index: Opening) -> None:
    index = an_index(a_document("Một", id=1), a_document(HALF, id=2))
    index.update([], left_out=[UNREADABLE])
    assert sorted(index.state().left_out) == [UNREADABLE, REFUSED]
    index.update([a_document("Hai", id=2)])
    assert index.state().left_out == (UNREADABLE,)
    index.update([], [("lecture", 9)])
    assert index.state().left_out == ()


def test_where_much_can_not_be_taken_the_index_in_use_stays(an_index: Opening) -> None:
    index = an_index(a_document("Một", id=1))
    with pytest.raises(RuntimeError, match="of 30 things"):
        index.rebuild([a_document(HALF, id=id) for id in range(1, 31)])
    assert index.state().documents == 1
