"""Words that are one slip away from what stands with the others, in both engines."""

import pytest

from repository.search.documents import SearchQuery, SearchResults
from repository.search.engine import SearchIndex
from tests.repository.search.builders import a_document
from tests.repository.search.contract.conftest import Opening

FISH = tuple(a_document("Đánh bắt thuỷ sản ở biển Đông", id=number) for number in range(1, 8))
OTHERS = (
    a_document("Bắt đầu: thị trường, sản lượng, giá", id=20),
    a_document("Tài sản của thị xã, bắt buộc kê khai", id=21),
    a_document("Sản phẩm của xã", id=22),
)


@pytest.fixture
def index(an_index: Opening) -> SearchIndex:
    return an_index(*FISH, *OTHERS)


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


@pytest.mark.parametrize("typed", ["sản bắt thy Đông", "thuhỷ bắt sản", "sản thuủ bắt", "bắt sản thuj"])
def test_the_other_words_tell_what_was_meant(index: SearchIndex, typed: str) -> None:
    found = index.find(SearchQuery(typed))
    assert set(range(1, 8)) <= set(ids(found))
    assert ids(found)[0] < 8
    assert found.read_as or found.relaxed == ("spelling",)


def test_a_word_that_is_another_without_its_accents_is_no_match_of_it(index: SearchIndex) -> None:
    """``thy`` folds to *thi*, which documents 20 and 21 have with a tone; with none, nothing does."""
    found = index.find(SearchQuery("bắt thy sản biển"))
    assert ids(found)[0] in range(1, 8)


def test_what_stands_somewhere_as_it_was_typed_is_no_slip(index: SearchIndex) -> None:
    found = index.find(SearchQuery("sản thị bắt"))
    assert (sorted(ids(found)), found.relaxed, found.read_as) == ([20, 21], (), None)


def test_words_without_accents_that_all_stand_somewhere_are_left_alone(index: SearchIndex) -> None:
    found = index.find(SearchQuery("san thi bat"))
    assert (sorted(ids(found)), found.relaxed, found.read_as) == ([20, 21], (), None)


def test_without_accents_the_letters_must_do(index: SearchIndex) -> None:
    assert sorted(ids(index.find(SearchQuery("bien thuhi san")))[:7]) == [1, 2, 3, 4, 5, 6, 7]


def test_who_wants_it_as_typed_gets_it_so(index: SearchIndex) -> None:
    found = index.find(SearchQuery("bắt thy sản", as_typed=True))
    assert (sorted(ids(found)), found.relaxed) == ([20, 21], ())


def test_one_reading_is_said_and_kept_from_page_to_page(index: SearchIndex) -> None:
    query = SearchQuery("đánh bắt thyủ sản", limit=3)
    first = index.find(query)
    assert first.read_as is not None
    after = index.find(SearchQuery(query.text, limit=50, after=first.next))
    assert (after.read_as, after.total) == (first.read_as, first.total)
    assert sorted(ids(first) + ids(after)) == [1, 2, 3, 4, 5, 6, 7]


def test_nothing_is_told_of_explanations(an_index: Opening) -> None:
    secret = a_document("Tam giác", id=1, body="góc nhọn", explanation="vuông cân")
    blank = a_document("Tam giác", id=1, body="góc nhọn")
    told, known = (an_index(one).find(SearchQuery("giác nhọn vuôg")) for one in (secret, blank))
    assert (told.total, told.relaxed, told.did_you_mean) == (known.total, known.relaxed, known.did_you_mean)


def test_a_word_beside_its_usual_neighbour_is_no_slip(an_index: Opening) -> None:
    """Nothing has all the words; *tần số allele* is said often, so that *allele* is not taken for *alen* nearby."""
    usual = tuple(a_document("Tần số allele của quần thể, cấu trúc tuổi", id=number) for number in range(1, 4))
    index = an_index(*usual, a_document("Cấu trúc di truyền, tần số allel, quần thể", id=9))
    found = index.find(SearchQuery("cấu trúc di truyền quần thể tần số allele"))
    assert {1, 2, 3} <= set(ids(found))
    assert "spelling" not in found.relaxed
