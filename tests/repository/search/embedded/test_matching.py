"""What the query language means to the index: phrases, words left out, filters in the text; what is given up."""

from pathlib import Path

import pytest

from repository.search.documents import SearchQuery, SearchResults
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import a_document, an_index


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    return an_index(
        tmp_path,
        a_document("Phương trình bậc hai", id=1, subject="toan", grade="10"),
        a_document("Bậc hai của phương trình", id=2, subject="toan", grade="12"),
        a_document("Bậc phương trình hai", id=3, subject="vat-li", grade="12", kind="lecture"),
    )


def test_a_phrase_stands_together_in_its_order(index: WhooshIndex) -> None:
    assert ids(index.find(SearchQuery('"phương trình bậc hai"'))) == [1]
    assert sorted(ids(index.find(SearchQuery('"phương trình" hai')))) == [1, 2, 3]


def test_pairs_of_a_phrase_in_different_places_are_not_the_phrase(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("a b, b c", id=1, body="mạch vòng"), a_document("a b c", id=2))
    found = index.find(SearchQuery('"a b c"'))
    assert (ids(found), found.total) == ([2], 1)


def test_a_phrase_of_accented_words_is_accented_so(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Bò sữa", id=1), a_document("Bơ sữa", id=2), a_document("Bó sứa", id=3))
    assert ids(index.find(SearchQuery('"bò sữa"'))) == [1]
    assert sorted(ids(index.find(SearchQuery('"bo sua"')))) == [1, 2, 3]


def test_accents_of_a_phrase_are_given_up_before_the_phrase(index: WhooshIndex) -> None:
    found = index.find(SearchQuery('"phượng trình"', as_typed=True))
    assert (found.relaxed, found.total) == (("accents",), 3)


def test_a_phrase_is_given_up_before_its_words(index: WhooshIndex) -> None:
    found = index.find(SearchQuery('"hai trình"', as_typed=True))
    assert "phrases" in found.relaxed
    assert found.total == 3


def test_words_left_out_are_not_there(index: WhooshIndex) -> None:
    assert sorted(ids(index.find(SearchQuery("phương trình -của")))) == [1, 3]


def test_a_phrase_left_out_leaves_its_words_elsewhere(index: WhooshIndex) -> None:
    assert sorted(ids(index.find(SearchQuery('phương -"trình bậc hai"')))) == [2, 3]


def test_only_words_left_out_leave_all_the_rest(index: WhooshIndex) -> None:
    assert ids(index.find(SearchQuery("-của"))) == [1, 3]


def test_filters_in_the_text_are_filters(index: WhooshIndex) -> None:
    found = index.find(SearchQuery("phương trình môn:toán"))
    assert sorted(ids(found)) == [1, 2]
    assert found.filters == {"subject": ("toan",)}


def test_filters_are_given_up_last_and_then_hold_no_more(index: WhooshIndex) -> None:
    found = index.find(SearchQuery("phương trình", filters={"subject": ("hoa-hoc",)}))
    assert (found.relaxed, found.total, found.filters) == (("filters",), 3, {})


def test_filters_alone_are_never_given_up(index: WhooshIndex) -> None:
    found = index.find(SearchQuery("", filters={"subject": ("hoa-hoc",)}))
    assert (found.relaxed, found.total) == ((), 0)


def test_the_kind_asked_for_is_never_given_up(index: WhooshIndex) -> None:
    found = index.find(SearchQuery("của", kind="lecture"))
    assert (found.relaxed, found.total) == ((), 0)


def test_an_unknown_word_is_read_as_the_nearest(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Quang hợp ở thực vật", id=1), a_document("Quang phổ vạch", id=2))
    found = index.find(SearchQuery("quanng phổ", as_typed=True))
    assert (found.relaxed, ids(found)) == (("spelling",), [2])


def test_a_misspelt_query_is_read_better_unless_it_is_meant_so(tmp_path: Path) -> None:
    index = an_index(tmp_path, *(a_document("Phương trình bậc hai một ẩn", id=number) for number in range(1, 30)))
    found = index.find(SearchQuery("phương trìhn bậc hai"))
    assert (found.read_as, found.relaxed, found.total) == ("phương trình bậc hai", (), 29)
    assert index.find(SearchQuery("phương trìhn bậc hai", as_typed=True)).read_as is None


def test_a_slip_that_made_another_word_is_found_by_its_neighbours(tmp_path: Path) -> None:
    right = [a_document("Phản ứng hoá học toả nhiệt", id=number) for number in range(1, 20)]
    wrong = a_document("Toà nhà, nhiệt kế, ứng dụng hoá học và hai pha của phân", id=99)
    index = an_index(tmp_path, *right, wrong)
    found = index.find(SearchQuery("pha ứng hoá học toả nhiệt"))
    assert found.total == 20
    assert found.hits[0].id != 99


def test_raw_keystrokes_are_read(tmp_path: Path) -> None:
    index = an_index(tmp_path, *(a_document("Phương trình bậc hai một ẩn", id=number) for number in range(1, 30)))
    found = index.find(SearchQuery("phuwowng trinhf"))
    assert (found.read_as, found.total) == ("phương trình", 29)


# What only those may search who may see explanations


@pytest.fixture
def secret(tmp_path: Path) -> WhooshIndex:
    return an_index(tmp_path, a_document("Tam giác", id=1, explanation="chọn phương án bính vì góc vuông"))


@pytest.mark.parametrize(
    "text", ["bính", '"phương án bính"', '"án bính"', "bingh", "tam -bính", 'tam -"án bính"', "tam giác bính vuông"]
)
def test_no_query_of_a_stranger_tells_what_an_explanation_says(secret: WhooshIndex, tmp_path: Path, text: str) -> None:
    without = an_index(tmp_path / "without", a_document("Tam giác", id=1))
    query = SearchQuery(text, wants_facets=True, wants_explanation=True)
    told, blank = secret.find(query), without.find(query)
    assert (told.total, told.relaxed, told.facets, told.did_you_mean) == (
        blank.total,
        blank.relaxed,
        blank.facets,
        blank.did_you_mean,
    )
    assert [hit.parts for hit in told.hits] == [hit.parts for hit in blank.hits]


@pytest.mark.parametrize("text", ["bính", '"phương án bính"', '"án bính"', "giác vuông"])
def test_those_who_may_see_explanations_find_words_and_phrases_there(secret: WhooshIndex, text: str) -> None:
    assert ids(secret.find(SearchQuery(text, sees_explanations=True))) == [1]


def test_words_left_out_are_left_out_of_explanations_for_those_who_see_them(secret: WhooshIndex) -> None:
    assert secret.find(SearchQuery("tam -binh", sees_explanations=True)).total == 0


def test_where_nothing_has_most_of_the_words_one_is_better_than_nothing(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Sinh thái học", id=1), a_document("Hình học", id=2))
    found = index.find(SearchQuery("sinh vật biển nhiệt đới xanh"))
    assert (found.relaxed, ids(found)) == (("words",), [1])
