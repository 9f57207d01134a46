from dataclasses import replace

import pytest

from repository.search.documents import SearchQuery, SearchResults
from repository.search.engine import SearchIndex
from repository.search.text import words_of
from tests.repository.search.builders import a_document
from tests.repository.search.contract.conftest import MANY, Opening


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


def test_accents_are_optional(an_index: Opening) -> None:
    index = an_index(a_document("Phương trình bậc hai", id=1), a_document("Đường thẳng", id=2))
    assert ids(index.find(SearchQuery("phuong trinh"))) == [1]
    assert ids(index.find(SearchQuery("DUONG thang"))) == [2]


def test_typed_accents_lift_what_has_them(an_index: Opening) -> None:
    index = an_index(a_document("Cây ma", id=1), a_document("Cây mạ", id=2), a_document("Cây má", id=3))
    found = index.find(SearchQuery("mạ"))
    assert (found.hits[0].id, found.total) == (2, 3)


@pytest.mark.parametrize("typed", ["hòa tan", "hoà tan", "hoa tan"])
def test_where_the_tone_mark_stands_makes_no_difference(an_index: Opening, typed: str) -> None:
    assert ids(an_index(a_document("Hoà tan muối", id=1)).find(SearchQuery(typed))) == [1]


def test_neighbouring_words_lift_a_hit(an_index: Opening) -> None:
    apart = a_document("Biến số và hàm đồng dạng", id=1)
    together = a_document("Dạng hàm số và đồng biến", id=2)
    assert ids(an_index(apart, together).find(SearchQuery("hàm số")))[0] == 2


def test_a_word_in_the_title_counts_more_than_in_the_text(an_index: Opening) -> None:
    index = an_index(a_document("Bài 1", id=1, body="sóng cơ"), a_document("Sóng cơ", id=2, body="bài 1"))
    assert ids(index.find(SearchQuery("sóng cơ"))) == [2, 1]


def test_of_equal_texts_the_one_of_more_use_comes_first(an_index: Opening) -> None:
    index = an_index(a_document("Sóng cơ", id=1), replace(a_document("Sóng cơ", id=2), uses=3_000))
    assert ids(index.find(SearchQuery("sóng cơ"))) == [2, 1]


def test_keywords_are_found_but_not_shown(an_index: Opening) -> None:
    hit = an_index(a_document("Bài 5", id=1, keywords=("Quang học",))).find(SearchQuery("quang học")).hits[0]
    assert (hit.title, hit.highlights) == ("Bài 5", ())


def test_an_empty_text_shows_the_newest_first(an_index: Opening) -> None:
    index = an_index(a_document(id=1, age_days=3), a_document(id=2, age_days=1), a_document(id=3, age_days=2))
    assert ids(index.find(SearchQuery(""))) == [2, 3, 1]


def test_signs_alone_find_nothing(many: SearchIndex) -> None:
    assert many.find(SearchQuery("?!…", wants_facets=True)).total == 0


@pytest.mark.parametrize("text", ["hàm số", "ma", "H2O x²", "0.25 đường", "phương trình bậc hai", "co2"])
def test_the_result_is_what_a_reader_would_pick(many: SearchIndex, text: str) -> None:
    wanted = {word.folded for word in words_of(text)}
    picked = [d for d in MANY if wanted <= {word.folded for word in words_of(f"{d.title} {d.body}")}]
    assert many.find(SearchQuery(text, limit=0)).total == len(picked)


# Phrases and exclusion


def test_a_quoted_phrase_stands_together(an_index: Opening) -> None:
    index = an_index(
        a_document("Hàm số bậc ba", id=1), a_document("Bậc của hàm số, căn bậc ba", id=2), a_document("Số bậc ba", id=3)
    )
    found = index.find(SearchQuery('"hàm số bậc ba"'))
    assert (ids(found), found.relaxed) == ([1], ())


def test_a_phrase_is_no_phrase_over_two_fields(an_index: Opening) -> None:
    index = an_index(a_document("Khảo sát hàm", id=1, body="số bậc ba"), a_document("Hàm số", id=2))
    assert ids(index.find(SearchQuery('"hàm số"'))) == [2]


def test_a_phrase_with_accents_means_these_accents(an_index: Opening) -> None:
    index = an_index(a_document("Cây mạ non", id=1), a_document("Cây má non", id=2))
    assert ids(index.find(SearchQuery('"cây mạ"'))) == [1]
    assert sorted(ids(index.find(SearchQuery('"cay ma"')))) == [1, 2]


def test_a_phrase_that_is_nowhere_is_given_up_and_that_is_said(an_index: Opening) -> None:
    found = an_index(a_document("Bậc ba của hàm số", id=1)).find(SearchQuery('"hàm số bậc ba"'))
    assert (ids(found), "phrases" in found.relaxed) == ([1], True)


def test_what_is_left_out_is_not_found(an_index: Opening) -> None:
    index = an_index(a_document("Hàm số bậc hai", id=1), a_document("Hàm số mũ", id=2))
    assert ids(index.find(SearchQuery("hàm số -mũ"))) == [1]
    assert ids(index.find(SearchQuery('hàm số -"bậc hai"'))) == [2]
    assert ids(index.find(SearchQuery('-"số bậc hai"'))) == [2]


# Relaxation


def test_all_words_must_be_there_when_something_has_all(an_index: Opening) -> None:
    index = an_index(a_document("Hàm số đồng biến", id=1), a_document("Hàm số", id=2))
    found = index.find(SearchQuery("hàm số đồng biến"))
    assert (ids(found), found.relaxed) == ([1], ())


def test_most_of_the_words_are_enough_when_nothing_has_all(an_index: Opening) -> None:
    index = an_index(a_document("Hàm số đồng biến", id=1), a_document("Số phức", id=2))
    found = index.find(SearchQuery("hàm số đồng biến wxyzq"))
    assert (ids(found), "words" in found.relaxed) == ([1], True)


def test_of_many_words_more_than_half_are_enough(an_index: Opening) -> None:
    words = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "trăm", "nghìn", "triệu", "tỉ"]
    index = an_index(a_document(" ".join(words[:9]), id=1), a_document(" ".join(words[:7]), id=2))
    assert ids(index.find(SearchQuery(" ".join(words)))) == [1]


def test_a_slip_of_the_finger_is_forgiven(an_index: Opening) -> None:
    index = an_index(*(a_document("Phương trình bậc hai", id=number) for number in range(1, 7)))
    found = index.find(SearchQuery("phươmg trình bậc hai"))
    assert found.total == 6
    assert found.read_as or "spelling" in found.relaxed


def test_filters_are_given_up_last_and_that_is_said(an_index: Opening) -> None:
    index = an_index(a_document("Sóng cơ", id=1, subject="vat-li"), a_document("Hàm số", id=2, subject="toan"))
    found = index.find(SearchQuery("sóng cơ", filters={"subject": ("toan",)}))
    assert (ids(found), found.relaxed[-1], found.filters) == ([1], "filters", {})


# Who sees what


def test_an_explanation_is_found_only_by_those_who_may_see_it(an_index: Opening) -> None:
    index = an_index(a_document("Câu 1", id=1, explanation="Chọn phương án Bính vì tam giác vuông"))
    assert index.find(SearchQuery("bính")).total == 0
    seen = index.find(SearchQuery("bính", sees_explanations=True))
    assert ids(seen) == [1]
    assert any(segment.is_match for segment in seen.hits[0].highlights[0])


def test_an_explanation_is_never_in_a_strangers_highlights(an_index: Opening) -> None:
    index = an_index(a_document("Câu 1", id=1, body="Tam giác", explanation="Tam giác: đáp án Bính"))
    assert "Bính" not in repr(index.find(SearchQuery("tam giác")))


def test_a_phrase_of_an_explanation_is_found_only_by_those_who_may_see_it(an_index: Opening) -> None:
    index = an_index(a_document("Câu 1", id=1, explanation="Chọn phương án Bính"), a_document("Câu 2", id=2))
    query = SearchQuery('"chọn phương án bính"')
    assert index.find(query).total == 0
    assert ids(index.find(SearchQuery(query.text, sees_explanations=True))) == [1]


def test_an_explained_score_adds_up(many: SearchIndex) -> None:
    for hit in many.find(SearchQuery("phương trình bậc hai", wants_explanation=True)).hits:
        assert sum(hit.parts.values()) == pytest.approx(hit.score, rel=1e-3)


def test_suggestions_have_their_accents(an_index: Opening) -> None:
    index = an_index(*(a_document("Phương trình bậc hai", id=number, kind="lecture") for number in range(1, 6)))
    assert any("phương trình" in suggestion.text.lower() for suggestion in index.suggest("phuong tr"))


def test_what_is_related_has_the_topic_and_the_words(an_index: Opening) -> None:
    index = an_index(
        a_document("Sóng cơ và giao thoa sóng", id=1, kind="lecture", topic="vat-li.l11.song"),
        a_document("Giao thoa sóng nước", id=1, topic="vat-li.l11.song"),
        a_document("Giao thoa sóng nước", id=2, topic="vat-li.l12.khac"),
        *(a_document("Phép cộng", id=number, topic="toan.l01.so") for number in range(3, 30)),
    )
    found = [hit.id for hit in index.related("lecture", 1, "question")]
    assert found[0] == 1
    assert set(found) <= {1, 2}


def test_nothing_is_related_to_what_is_not_there(many: SearchIndex) -> None:
    assert many.related("lecture", 999_999, "question") == ()
