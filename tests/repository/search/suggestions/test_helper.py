"""What people see while they type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repository.curriculum.queries import curriculum
from repository.search.suggestions.fresh import FreshTitles
from repository.search.suggestions.helper import Helper
from repository.search.suggestions.lexicon import EMPTY
from tests.repository.search.suggestions.builders import (
    LiveDocuments,
    a_helper,
    a_lecture,
    a_lexicon,
    a_library,
    questions_of,
)


@pytest.fixture(scope="module")
def helper() -> Helper:
    return a_helper(a_library())


def texts(helper: Helper, typed: str, kind: str = "phrase") -> list[str]:
    return [found.text for found in helper.suggest(typed) if found.kind == kind]


def test_accents_are_put_back(helper: Helper) -> None:
    assert texts(helper, "phuong tr")[0] == "phương trình"


def test_longer_phrases_follow(helper: Helper) -> None:
    assert "phương trình bậc hai" in texts(helper, "phuong tr")


def test_accents_that_were_typed_are_kept(helper: Helper) -> None:
    assert all(text.lower().startswith("phương") for text in texts(helper, "phương tr"))
    assert not texts(helper, "phường trình")


def test_a_word_is_completed_after_words_that_no_phrase_begins_with(helper: Helper) -> None:
    assert "tìm nghiệm của phương trình" in texts(helper, "tim nghiem cua phuong tr")


def test_filters_and_quotes_stay_before_the_suggestion(helper: Helper) -> None:
    assert texts(helper, "môn:toán phuong tr")[0] == "môn:toán phương trình"
    assert texts(helper, '"phuong tr')[0] == '"phương trình'


def test_keystrokes_are_read_while_they_are_typed(helper: Helper) -> None:
    assert "phương trình" in texts(helper, "phuwowng trif")


def test_titles_are_found_by_any_of_their_words(helper: Helper) -> None:
    assert [(found.text, found.id) for found in helper.suggest("thang d") if found.kind == "lecture"] == [
        ("Chuyển động thẳng đều", "12")
    ]


def test_people_are_found_by_their_names(helper: Helper) -> None:
    assert texts(helper, "nguyen t", "person") == ["Nguyễn Thị Hoà"]
    assert texts(helper, "giao duc", "person") == ["Sở Giáo dục và Đào tạo Hà Nội"]


def test_a_phrase_vanishes_with_its_last_document() -> None:
    documents = questions_of(*["Sóng dừng trên dây đàn."] * 2)
    live = LiveDocuments(documents)
    assert texts(a_helper(documents, live), "song d")
    for document in documents:
        live.withdraw(document)
    assert a_helper(documents, live).suggest("song d") == ()


def test_a_withdrawn_lecture_is_not_suggested() -> None:
    documents = a_library()
    live = LiveDocuments(documents)
    live.withdraw(documents[-1])
    assert texts(a_helper(documents, live), "chuyen dong", "lecture") == []


def test_a_lecture_published_after_the_lexicon_was_built_is_suggested() -> None:
    lecture = a_lecture("Giao thoa ánh sáng", 77)
    live = LiveDocuments([*a_library(), lecture])
    helper = Helper(a_lexicon(a_library()), live, FreshTitles().changed([lecture]))
    assert texts(helper, "anh sa", "lecture") == ["Giao thoa ánh sáng"]
    assert texts(helper, "ánh sá", "lecture") == ["Giao thoa ánh sáng"]


def test_a_renamed_lecture_has_only_its_new_title() -> None:
    documents = a_library()
    live = LiveDocuments([*documents[:-1], a_lecture("Chuyển động tròn", 12)])
    fresh = FreshTitles().changed([a_lecture("Chuyển động tròn", 12)])
    assert texts(Helper(a_lexicon(documents), live, fresh), "chuyen", "lecture") == ["Chuyển động tròn"]


def test_nothing_is_suggested_twice(helper: Helper) -> None:
    for typed in ("p", "ph", "chien", "hoa", "d", "so"):
        found = [(one.text.lower(), one.kind) for one in helper.suggest(typed)]
        assert len(found) == len(set(found))


def test_there_are_at_most_as_many_as_wanted(helper: Helper) -> None:
    assert [len(helper.suggest("ph", limit)) <= limit for limit in range(10)] == [True] * 10


def test_an_empty_box_suggests_nothing(helper: Helper) -> None:
    assert helper.suggest("") == helper.suggest("   ") == helper.suggest('"?!') == ()


def test_an_empty_lexicon_helps_with_nothing() -> None:
    helper = Helper(EMPTY, LiveDocuments([]))
    assert helper.suggest("phuong") == ()
    assert helper.correct("phuong trih") is None
    assert helper.read_keystrokes("phuwowng") is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_legal(helper: Helper, text: str) -> None:
    assert len(helper.suggest(text, 8)) <= 8
    assert helper.correct(text) != text
    assert helper.read_keystrokes(text) != ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phuwowng trinhf", "phương trình"),
        ("phu7o7ng tri2nh bac hai", "phương trình bac hai"),
        ("DDUWOWNGF thawngr", "ĐƯỜNG thẳng"),
        ("môn:toans phuwowng trinhf", "môn:toans phương trình"),
        ('"phuwowng trinhf" -xax', '"phương trình" -xã'),
    ],
)
def test_keystrokes_are_read(helper: Helper, typed: str, meant: str) -> None:
    assert helper.read_keystrokes(typed) == meant


@pytest.mark.parametrize("text", ["sin2x", "H2O", "x2", "word off less", "phuong trinh", "co2", "phương trình", "as"])
def test_formulas_and_foreign_words_are_left_alone(helper: Helper, text: str) -> None:
    assert helper.read_keystrokes(text) is None


def test_a_word_that_may_be_both_is_read_among_keystrokes(helper: Helper) -> None:
    assert helper.read_keystrokes("cos nghieemj") == "có nghiệm"


def test_a_word_that_is_in_the_index_stays_as_it_is() -> None:
    documents = [*a_library(), *questions_of("sin và cos", "cos và sin")]
    assert a_helper(documents).read_keystrokes("cos") is None


def test_topics_are_found_by_their_names_in_the_curriculum() -> None:
    topic = curriculum().topics_of("toan", 12)[0]
    documents = [a_lecture("Bài 1", 1, topic=topic.id, people=(topic.name,))]
    found = a_helper(documents).suggest(topic.name[:6])
    assert ("topic", topic.id, topic.name) in [(one.kind, one.id, one.text) for one in found]


def test_a_phrase_that_is_shown_as_a_topic_is_not_replaced_by_shorter_ones() -> None:
    topic = next(one for one in curriculum().topics_of("vat-li", 11) if one.name == "Dao động điều hoà")
    lecture = a_lecture("Bài 1", 1, topic=topic.id, people=(topic.name,))
    documents = [lecture, *questions_of(*["dao động điều hoà", "dao động với điều kiện", "điều kiện"] * 4)]
    found = a_helper(documents).suggest("dao dong dieu")
    assert [one.text for one in found if one.kind in ("phrase", "topic")] == ["Dao động điều hoà"]


def test_words_that_never_stand_together_are_not_joined() -> None:
    documents = questions_of(*["dây đàn rung với điều kiện gì", "điều kiện"] * 4)
    assert a_helper(documents).suggest("dan dieu k") == ()
