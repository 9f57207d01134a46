import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.descriptions import VALUE_LABELS
from repository.search.language import Asked, asked_of, text_of
from repository.search.naming import filters_of

HOSTILE = [
    *('"', "“", "”", "«", "»", "-", ":", ",", " ", "\n", "\x00", "\ud800", "\udfff", "\u202e", "\u200f", "\u0301"),
    *("\u0323", "$", "{", "}", "^", "_", "\\frac", "môn:", "lớp:", "chủ đề:", "tác giả:", "-x", "--", "toán", "12"),
    *("a" * 50, "à", "𝒳", "\U0010ffff", "( ", "1,5", ".10", "&", "GD&ĐT", "đơn vị:", "= -sin", "½", "\u0600\u0651"),
]


def folded(runs: tuple[tuple[tuple[str, str], ...], ...]) -> list[str]:
    return [" ".join(form[0] for form in run) for run in runs]


def filters(text: str) -> dict[str, tuple[str, ...]]:
    return dict(asked_of(text).filters)


def test_words_are_words() -> None:
    asked = asked_of(" hàm số đồng biến ")
    assert asked.terms.folded == ("ham", "so", "dong", "bien")
    assert asked.plain == "hàm số đồng biến"
    assert not asked.phrases
    assert not asked.filters


@pytest.mark.parametrize("text", ['"đồng biến"', "“đồng biến”", "«đồng biến»", "„đồng biến“", '“đồng biến"'])
def test_quotes_ask_for_a_phrase(text: str) -> None:
    asked = asked_of(f"hàm số {text}")
    assert folded(asked.phrases) == ["dong bien"]
    assert asked.plain == "hàm số đồng biến"


def test_a_quote_that_is_not_closed_is_nothing() -> None:
    asked = asked_of('hàm số "đồng biến')
    assert not asked.phrases
    assert asked.terms.folded == ("ham", "so", "dong", "bien")


def test_a_word_in_quotes_is_asked_for_as_it_is() -> None:
    assert asked_of("xe và pt").terms.optional == {"va"}
    assert asked_of('xe "và" "pt"').terms.optional == frozenset()
    assert not asked_of('xe "và" "pt"').terms.alternatives


def test_a_minus_leaves_a_word_out() -> None:
    asked = asked_of("hàm số -lượng-giác")
    assert folded(asked.excluded) == ["luong giac"]
    assert asked.plain == "hàm số"


def test_a_minus_leaves_a_phrase_out() -> None:
    assert folded(asked_of('-"bậc hai" hàm số').excluded) == ["bac hai"]


@pytest.mark.parametrize(
    "text",
    ["x > -3", "toán - văn", "đúng-sai", "y = -sin x", "x^2 -x", "-$x$", "tương tác – SCORM", "--", "-", "a -"],
)
def test_other_dashes_leave_nothing_out(text: str) -> None:
    asked = asked_of(text)
    assert not asked.excluded
    assert asked.plain == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("môn:toán", {"subject": ("toan",)}),
        ("mon:toan", {"subject": ("toan",)}),
        ("subject:mathematics", {"subject": ("toan",)}),
        ("Môn: Vật lý", {"subject": ("vat-li",)}),
        ("môn:lí,hoá", {"subject": ("vat-li", "hoa-hoc")}),
        ("môn:KHTN", {"subject": ("khoa-hoc-tu-nhien",)}),
        ("môn:GDKT&PL", {"subject": ("gd-kinh-te-phap-luat",)}),
        ("lớp:12", {"grade": ("12",)}),
        ("lớp:10, 11", {"grade": ("10", "11")}),
        ("grade:10-12", {"grade": ("10", "11", "12")}),
        ("loại:video", {"media": ("video",)}),
        ("loại:bài giảng", {"kind": ("lecture",)}),
        ("kind:question", {"kind": ("question",)}),
        ("dạng:đúng-sai", {"type": ("true-false",)}),
        ("loại:trả lời ngắn", {"type": ("short-answer",)}),
        ("mức:hiểu", {"level": ("hieu", "thong-hieu")}),
        ("mức độ:VDC", {"level": ("van-dung-cao",)}),
        ("năm:2024", {"year": ("2024",)}),
        ("giấy phép:cc-by-sa", {"licence": ("cc-by-sa-4.0",)}),
        ("độ khó:trung bình", {"difficulty": ("medium",)}),
        ("do-kho:kho", {"difficulty": ("hard",)}),
        ("lời giải:có", {"explained": ("yes",)}),
        ("ngôn ngữ:tiếng Anh", {"language": ("en",)}),
        ("chương trình:2006", {"programme": ("ct-2006",)}),
        ('đơn vị:"Sở GD&ĐT Hà Nội"', {"organisation": ("Sở GD&ĐT Hà Nội",)}),
        ("đơn vị:Trường THPT Chu Văn An", {"organisation": ("Trường THPT Chu Văn An",)}),
        ("topic:toan.l12", {"topic": ("toan.l12",)}),
    ],
)
def test_a_filter_is_read(text: str, found: dict[str, tuple[str, ...]]) -> None:
    asked = asked_of(f"{text} và sóng")
    assert dict(asked.filters) == found
    assert asked.plain == "và sóng"


def test_filters_stand_side_by_side() -> None:
    asked = asked_of("cực trị môn:toán lớp:12 loại:video")
    assert dict(asked.filters) == {"subject": ("toan",), "grade": ("12",), "media": ("video",)}
    assert asked.plain == "cực trị"


def test_a_topic_is_found_by_words_of_its_name_within_the_grade() -> None:
    everywhere, in_grade = filters("chủ đề:vectơ")["topic"], filters("chủ đề:vectơ lớp:12")["topic"]
    assert set(in_grade) < set(everywhere)
    assert all(topic.startswith("toan.l12.") for topic in in_grade)


def test_a_value_takes_no_more_words_than_it_has() -> None:
    asked = asked_of("chủ đề:vectơ trong không gian con mèo")
    assert asked.plain == "con mèo"
    assert asked.filters["topic"]


def test_an_author_is_a_phrase() -> None:
    asked = asked_of("tác giả:Nguyễn Văn An hàm số")
    assert folded(asked.phrases) == ["nguyen van an"]
    assert asked.plain == "Nguyễn Văn An hàm số"


@pytest.mark.parametrize("text", ["môn:abc", "lớp:99", "tỉ lệ 1:2", "Câu hỏi: tính x", "môn:", "abc:toán", "năm:20245"])
def test_what_nobody_knows_is_words(text: str) -> None:
    asked = asked_of(text)
    assert not asked.filters
    assert asked.plain == text


def test_every_value_that_has_a_label_can_be_typed() -> None:
    for facet, value in VALUE_LABELS:
        assert filters_of(facet, value) == {facet: (value,)}


PARTS = st.sampled_from(
    [
        "hàm số",
        '"đồng biến"',
        "-lượng",
        '-"bậc hai"',
        "môn:lý",
        "lớp:10,12",
        "loại:câu hỏi",
        "x^2",
        "chủ đề:vectơ",
        "và",
    ]
)


@given(st.lists(PARTS, max_size=6))
def test_a_query_written_anew_asks_for_the_same(parts: list[str]) -> None:
    asked = asked_of(" ".join(parts))
    again = asked_of(text_of(asked))
    assert (again.terms.folded, again.phrases, again.excluded) == (asked.terms.folded, asked.phrases, asked.excluded)
    assert again.filters == asked.filters


@given(st.text())
def test_any_string_is_legal(text: str) -> None:
    check(asked_of(text))


@given(st.lists(st.sampled_from(HOSTILE), max_size=40))
def test_any_string_of_signs_is_legal(parts: list[str]) -> None:
    check(asked_of("".join(parts)))


def check(asked: Asked) -> None:
    assert all(len(run) > 1 for run in asked.phrases)
    assert all(asked.excluded)
    assert all(values and all(values) for values in asked.filters.values())
    assert {form[0] for run in asked.phrases for form in run} <= set(asked.terms.folded)
    assert not asked.terms.folded or set(asked.terms.folded) - asked.terms.optional
    (asked.plain + text_of(asked)).encode()


def seconds_to_read(text: str) -> float:
    """Of two tries where the first is slow: the collector of garbage may have run in it."""
    taken: list[float] = []
    while len(taken) < 2 and not any(seconds < 0.1 for seconds in taken):
        started = time.process_time()
        asked_of(text)
        taken.append(time.process_time() - started)
    return min(taken)


def test_ten_thousand_hostile_strings_are_read_in_time() -> None:
    chance = random.Random(3)
    sizes = (chance.choice((1, 5, 20, 40, 40, 400)) if number % 100 else 50_000 for number in range(10_000))
    assert max(seconds_to_read("".join(chance.choices(HOSTILE, k=size))) for size in sizes) < 0.2


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 1_000_000, '"' * 1_000_000, "«" * 1_000_000, "-a" * 500_000, "môn:" * 250_000, "= " * 500_000),
        *(
            "a" + "\u0301\u0323" * 500_000,
            "{a}_1 " * 100_000,
            "$" * 1_000_000,
            "\u202e" * 1_000_000,
            "chủ đề:hàm " * 90_000,
        ),
    ],
)
def test_a_huge_text_is_read_in_time(text: str) -> None:
    assert seconds_to_read(text) < 0.2
