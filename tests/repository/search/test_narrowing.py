import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.documents import FacetCount, SearchQuery
from repository.search.narrowing import FacetGroup, Wanted, chips_of, groups_of

TOPICS = [
    FacetCount("toan.l12.dai-so.ham-so", 5),
    FacetCount("toan.l12.dai-so.nguyen-ham", 3),
    FacetCount("toan.l12.hinh-hoc.vecto", 2),
]


def wanted(text: str = "sóng", **chosen: tuple[str, ...]) -> Wanted:
    return Wanted.of(SearchQuery(text, filters=chosen))


def group(name: str, counts: list[FacetCount], asked: Wanted) -> FacetGroup:
    (found,) = (group for group in groups_of(asked, {name: counts}, "vi") if group.name == name)
    return found


def tree(asked: Wanted) -> list[tuple[str, int, int]]:
    found = group("topic", TOPICS, asked)
    return [(choice.key.removeprefix("topic:"), choice.depth, choice.count) for choice in found.first]


def test_an_address_says_everything_once() -> None:
    asked = Wanted("sóng cơ", "lecture", "newest", {"grade": ("11", "12")})
    assert asked.address() == "/search?q=s%C3%B3ng+c%C6%A1&kind=lecture&sort=newest&grade=11&grade=12"
    assert asked.address(q=["x"], grade=[]) == "/search?kind=lecture&sort=newest&q=x"


def test_relevance_goes_without_saying() -> None:
    assert wanted().address() == "/search?q=s%C3%B3ng"
    assert wanted("").address() == "/search"


def test_a_value_is_chosen_beside_the_others_and_given_up_alone() -> None:
    toggles = wanted(grade=("11",)).toggles("grade")
    assert toggles.href("12").endswith("&grade=11&grade=12")
    assert "grade" not in toggles.href("11")


def test_every_filter_is_a_chip_that_gives_it_up() -> None:
    chips = chips_of(wanted(grade=("11", "12"), subject=("toan",)), "vi")
    assert [chip.key for chip in chips] == ["grade:11", "grade:12", "subject:toan"]
    assert chips[2].label == "Toán"
    assert chips[2].href.endswith("grade=11&grade=12")


def test_a_facet_of_one_value_that_narrows_nothing_is_not_shown() -> None:
    assert groups_of(wanted(), {"year": [FacetCount("2025", 9)]}, "vi") == ()
    assert groups_of(wanted(year=("2025",)), {"year": [FacetCount("2025", 9)]}, "vi") != ()


def test_grades_come_in_order_and_years_backwards() -> None:
    grades = group("grade", [FacetCount("12", 9), FacetCount("6", 1), FacetCount("10", 5)], wanted())
    assert [choice.key for choice in grades.first] == ["grade:6", "grade:10", "grade:12"]
    years = group("year", [FacetCount("2019", 9), FacetCount("2025", 1)], wanted())
    assert [choice.key for choice in years.first] == ["year:2025", "year:2019"]


def test_a_chosen_value_is_shown_even_when_nothing_has_it() -> None:
    levels = group("level", [FacetCount("biet", 4)], wanted(level=("hieu",)))
    assert [(choice.key, choice.count, choice.is_chosen) for choice in levels.first] == [
        ("level:biet", 4, False),
        ("level:hieu", 0, True),
    ]


def test_rare_values_wait_behind_more() -> None:
    makers = group("organisation", [FacetCount(f"Sở {n}", 50 - n) for n in range(40)], wanted())
    assert (len(makers.first), len(makers.more)) == (8, 24)


def test_topics_begin_where_they_part() -> None:
    assert tree(wanted()) == [("toan.l12.dai-so", 0, 8), ("toan.l12.hinh-hoc", 0, 2)]


def test_a_chosen_topic_shows_what_is_below_it() -> None:
    assert tree(wanted(topic=("toan.l12.dai-so",))) == [
        ("toan.l12.dai-so", 0, 8),
        ("toan.l12.dai-so.ham-so", 1, 5),
        ("toan.l12.dai-so.nguyen-ham", 1, 3),
        ("toan.l12.hinh-hoc", 0, 2),
    ]


def test_counts_of_the_engine_win_over_sums() -> None:
    counted = [*TOPICS, FacetCount("toan.l12.dai-so", 7)]
    found = group("topic", counted, wanted())
    assert [choice.count for choice in found.first] == [7, 2]


def test_topics_of_several_subjects_say_nothing_that_the_subjects_do_not() -> None:
    both = [*TOPICS, FacetCount("vat-li.l12.song", 4)]
    assert groups_of(wanted(), {"topic": both}, "vi") == ()
    chosen = group("topic", both, wanted(topic=("vat-li.l12",)))
    assert [(choice.key, choice.depth) for choice in chosen.first] == [
        ("topic:toan", 0),
        ("topic:vat-li", 0),
        ("topic:vat-li.l12", 1),
        ("topic:vat-li.l12.song", 2),
    ]


def test_one_topic_alone_is_shown_itself() -> None:
    found = group("topic", TOPICS[:1], wanted())
    assert [choice.key for choice in found.first] == ["topic:toan.l12.dai-so.ham-so"]


def test_filters_typed_in_the_text_move_into_the_address() -> None:
    asked = wanted('"sóng cơ" môn:vật lí lớp:11,12 -mũ', grade=("10",))
    assert asked.text == '"sóng cơ" -mũ'
    assert asked.chosen == {"grade": ("10", "11", "12"), "subject": ("vat-li",)}


def test_a_typed_kind_is_a_tab() -> None:
    assert (wanted("sóng loại:câu hỏi").kind, wanted("sóng loại:câu hỏi").text) == ("question", "sóng")


@given(st.text())
def test_any_text_has_an_address_that_asks_for_the_same(text: str) -> None:
    asked = wanted(text)
    again = Wanted.of(SearchQuery(asked.text, kind=asked.kind or None, filters=asked.chosen))
    assert again.chosen == asked.chosen


@pytest.mark.parametrize("text", ['"sóng cơ" -mũ', "a:b", "http://vidu.example", '"chưa đóng'])
def test_what_is_no_filter_stays(text: str) -> None:
    assert wanted(text).text == text
