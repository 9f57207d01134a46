"""Lines of the printed page, and papers that are none: empty, huge, on one line."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.formats.text_lines import MAX_LINE
from tests.quizbank.questions.formats.papers import OPTIONS, choices, codes_of, keys_of, read, read_one, texts_of

NOISE = (
    "Trang 1/4 - Mã đề 101",
    "Mã đề thi 132",
    "Mã đề: 101 - Trang 2",
    "- 3 -",
    "----- HẾT -----",
    "Họ và tên: ..........",
    "Số báo danh: .......",
    "(Đề thi có 04 trang)",
    "Thí sinh không được sử dụng tài liệu.",
    "Cán bộ coi thi không giải thích gì thêm.",
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ NỘI",
    "TRƯỜNG THPT CHU VĂN AN",
    "Thời gian làm bài: 90 phút, không kể thời gian phát đề",
)


@pytest.mark.parametrize("noise", NOISE)
def test_lines_of_the_page_leak_nowhere_and_are_told(noise: str) -> None:
    paper = (
        f"Câu 1. Hai là?\n{OPTIONS}\n{noise}\nĐáp án: B\nLời giải: Vì thế.\n{noise}\n\nCâu 2. Ba?\n{OPTIONS}\nĐáp án: C"
    )
    first, second = read(paper)
    assert texts_of(first) == ["một", "hai", "ba", "bốn"]
    assert first.content is not None and first.content.explanation == "Vì thế."
    assert [problem.facts["text"] for problem in first.problems] == [f"{noise} / {noise}"]
    assert second.problems == ()


@pytest.mark.parametrize(
    "text", ["Trường Sơn Nam có hướng vòng cung.", "Trang trại nuôi 2 con bò", "Sở thích của anh B"]
)
def test_lines_that_only_begin_alike_stay(text: str) -> None:
    question = read_one(f"Câu 1. Hai là?\n{OPTIONS}\nĐáp án: B\nLời giải: Vì\n{text}")
    assert question.content is not None and question.content.explanation == f"Vì\n{text}"


def test_page_numbers_that_count_up_are_dropped() -> None:
    first, second, third = read(f"{choices(1)}\n1\n\n{choices(2)}\n2\n\n{choices(3)}")
    assert [texts_of(question)[3] for question in (first, second, third)] == ["bốn"] * 3
    assert "page-line" in codes_of(first) & codes_of(second)


def test_the_heading_of_a_key_table_that_is_not_there_is_in_no_option() -> None:
    (question,) = parse_paper(
        "Câu 1: Một?\nA. x\nB. y\nĐáp án: A\n\nCâu 2: Hai?\nA. x\n*B. y\n\nBẢNG ĐÁP ÁN"
    ).questions[1:]
    assert texts_of(question)[-1] == "y" and question.problems == ()


def test_a_number_alone_that_may_be_a_page_is_a_problem() -> None:
    assert "runaway-option" in codes_of(read(f"{choices(1, end='')}\n7\n\nĐáp án: B\n{choices(2)}")[0])


def test_a_paper_without_questions_says_so() -> None:
    for text in ("", "\ufeff", "\n\n\f\n", "Kính gửi anh,\nhôm nay trời đẹp.", "\x00", "x" * 1_000_000):
        assert keys_of(text) == ["no-questions"], text[:20]


def test_a_question_on_an_endless_line_is_left_out() -> None:
    paper = f"Câu 1. {'dài ' * MAX_LINE}\n{OPTIONS}\nĐáp án: B\nCâu 2. Ba?\n{OPTIONS}\nĐáp án: C"
    assert keys_of(paper) == ["too-long", "C"]


def test_a_question_of_a_hundred_thousand_lines_is_left_out() -> None:
    assert keys_of("Câu 1. Hai?\n" + "A. một\nB. hai\n" * 50_000) == ["too-long"]


def test_tabs_form_feeds_and_nul_are_read_as_what_they_are() -> None:
    question = read_one(f"\fCâu\t1.\tHai\x00 là?\n\f{OPTIONS}\nĐáp án:\tB")
    assert question.content is not None and question.content.stem == "Hai\ufffd là?"


def test_a_paper_without_line_ends_is_no_guess() -> None:
    assert keys_of("Câu 1. Hai là? A. một B. hai C. ba D. bốn Đáp án: B")[0] != "A"


PIECES = (
    "ĐÁP ÁN",
    "BẢNG ĐÁP ÁN",
    "HẾT",
    "PHẦN I",
    "PHẦN II",
    "1.A",
    "1 2",
    "A B",
    "Câu 1",
    "Câu 1: A",
    "*B. x",
    "A. y",
    "a) Đ",
    "[NB]",
)
HEAPS = st.lists(st.sampled_from((*PIECES, *NOISE, "", "  ", "\t", "**", "HƯỚNG DẪN GIẢI")), max_size=40)


@given(HEAPS)
@settings(max_examples=200, deadline=None)
def test_no_heap_of_tables_and_noise_breaks_the_reader(lines: list[str]) -> None:
    for glue in ("\n", " ", "\t", "\n\n"):
        for question in parse_paper(glue.join(lines)).questions:
            texts = texts_of(question) if question.content else []
            assert not any(re.search(r"PHẦN I|HẾT|BẢNG", text) for text in texts if glue == "\n\n")


@pytest.mark.parametrize(
    "piece",
    [
        f"Câu 1. Hai?\n{OPTIONS}\nĐáp án: B\n\n",
        "ĐÁP ÁN\nPHẦN I\n",
        "BẢNG ĐÁP ÁN\n\nx\n",
        "Lời giải:\n",
        "Câu 1. Hai?\nHẾT\n1.A\n",
        "1 2 3\n",
    ],
)
def test_twice_the_paper_is_twice_the_work(piece: str) -> None:
    assert calls_of(piece * 400) < 2.6 * calls_of(piece * 200)


def calls_of(text: str) -> int:
    """How many calls, of Python's functions and of built-in ones, reading a paper takes."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        parse_paper(text)
    finally:
        sys.setprofile(before)
    return count
