"""GIFT as people really write it: code in braces, feedback and notes behind the braces, no blank lines."""

from pathlib import Path

import pytest

from quizbank.questions.formats.gift import read_gift
from quizbank.questions.rules import QuestionType
from tests.quizbank.questions.formats.reading import Read, codes, draft_of, options, reader_of, told

RULES = "<pre>\nli {\n color: #FDD;\n}\nul { margin: 0 !important }\n</pre>"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reader_of(read_gift, tmp_path / "q.gift")


def test_code_in_braces_stays_in_the_text(read: Read) -> None:
    [question] = read(f"::Màu::Dòng có màu gì?\n{RULES}\nChọn:\n{{\n=hồng\n~xám\n}}")
    assert (options(question), question.lines) == (["*hồng", "xám"], (1, 12))
    assert "li { color: #FDD; }" in draft_of(question).stem and codes(question) == ["changed"]


def test_code_in_braces_stays_in_the_options(read: Read) -> None:
    [question] = read("Quy tắc nào?{\n~p {color: #F00; x=1}\n=p {color: red}\n~p {}\n}")
    assert options(question) == ["p {color: #F00; x=1}", "*p {color: red}", "p {}"]
    assert codes(question) == ["changed"]


def test_short_answers_without_signs_and_blank_lines_are_questions_of_their_own(read: Read) -> None:
    questions = read("Thủ đô của Pháp? {Paris}\nThủ đô của Ý? {Roma}\nThủ đô của Áo? {\nWien\n}")
    assert [options(question) for question in questions] == [["*Paris"], ["*Roma"], ["*Wien"]]
    assert [question.lines for question in questions] == [(1, 1), (2, 2), (3, 5)]


def test_two_gaps_are_still_no_question(read: Read) -> None:
    [question] = read("Nước có {=1} nguyên tử oxi và {=2} nguyên tử hiđro.")
    assert codes(question) == ["not-a-question", "unreadable-part"]


def test_general_feedback_behind_the_braces_is_the_explanation(read: Read) -> None:
    [question] = read("Một cộng một?{\n=hai\n~ba\n} #### Vì\n1+1=2.")
    assert (draft_of(question).stem, draft_of(question).explanation) == ("Một cộng một?", "Vì 1+1=2.")
    assert codes(question) == ["changed"]


def test_a_note_behind_the_braces_is_no_text(read: Read) -> None:
    [question] = read("Mở cửa bằng gì?{=khoá =chìa} // không phân biệt hoa thường")
    assert draft_of(question).stem == "Mở cửa bằng gì?"
    assert told(question, "dropped") == ["ghi chú sau các phương án: không phân biệt hoa thường"]
    [with_address] = read("Trang {=a ~b} ở http://example.org/x")
    assert draft_of(with_address).stem.endswith("http://example.org/x") and codes(with_address) == []


def test_equals_signs_inside_listed_options_are_text(read: Read) -> None:
    [question] = read("Giải phương trình{\n=x = 2\n~x = 3\n~x=-3\n}")
    assert (options(question), codes(question)) == (["*x = 2", "x = 3", "x=-3"], ["changed"])


@pytest.mark.parametrize("answers", ["{=a ~b =c}", "{\n=a\n=b\n~c\n}", "{\n~a =b\n~c =d\n}"])
def test_two_right_options_stay_two(read: Read, answers: str) -> None:
    assert "two-keys" in codes(read(f"Chọn{answers}")[0])


def test_an_option_on_the_line_of_another_stays_an_option(read: Read) -> None:
    assert options(read("Chọn{\n~a =b\n~c ~d\n}")[0]) == ["a", "*b", "c", "d"]


def test_a_title_begins_a_question_below_one_without_answers(read: Read) -> None:
    questions = read("::A::Hỏi gì?{T}\n::B::Đọc kĩ trước khi làm.\n::C::Sáu nhân bảy?{#42}")
    assert [(question.label, codes(question)) for question in questions] == [
        ("A", ["changed"]),
        ("B", ["unsupported-type"]),
        ("C", []),
    ]
    assert draft_of(questions[2]).type is QuestionType.SHORT_ANSWER
