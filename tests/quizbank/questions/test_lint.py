"""Advice on how questions are written."""

import pytest

from quizbank.questions.lint import ADVICE, advice_on
from quizbank.questions.rules import Part, QuestionContent, QuestionType
from repository.i18n import translations_of


def codes(stem: str, *options: str, keeps_order: bool = False) -> list[str]:
    parts = tuple(Part(text.strip("*!"), text.startswith("*"), text.endswith("!")) for text in options)
    content = QuestionContent(QuestionType.SINGLE_CHOICE, stem, parts, "Vì thế.", keeps_order=keeps_order)
    return [found.code for found in advice_on(content)]


def test_a_sound_question_needs_no_advice() -> None:
    assert codes("Thủ đô của Việt Nam là", "*Hà Nội", "Huế", "Vinh", "Đà Lạt") == []


@pytest.mark.parametrize(
    ("stem", "options", "code"),
    [
        ("Hỏi?", ("*Một phương án dài dòng vì người soạn muốn nó thật đúng", "Ngắn", "Cũng ngắn"), "longest-is-key"),
        ("Hỏi?", ("*Ngắn", "Một phương án dài dòng chẳng ai đọc đến hết cả đâu", "Vừa vừa"), "unbalanced-lengths"),
        ("Phát biểu nào không đúng?", ("*Không có gì", "Có", "Có nữa"), "double-negative"),
        ("Phát biểu nào sai?", ("*Một", "Hai", "Ba"), "hidden-negative"),
        ("Hỏi?", ("Một", "Hai", "*Tất cả các phương án trên!"), "all-or-none"),
        ("Hỏi?", ("Một", "Hai", "*Cả A và B"), "moving-all-or-none"),
        ("Hỏi?", ("*Thường tăng", "Luôn luôn giảm", "Bằng nhau"), "absolute-word"),
        ("Hàm số", ("*đồng biến trên khoảng 1", "đồng biến trên khoảng 2"), "repeated-beginning"),
        (r"Tính $\frac{1$", ("*1", "2"), "broken-formula"),
    ],
)
def test_what_examiners_avoid_is_told(stem: str, options: tuple[str, ...], code: str) -> None:
    assert code in codes(stem, *options)


def test_a_negation_in_capitals_is_seen_well_enough() -> None:
    assert codes("Phát biểu nào SAI?", "*Một", "Hai", "Ba") == []


def test_only_the_question_itself_asks() -> None:
    assert codes("Không ai biết điều đó. Ai đã viết?", "*Nguyễn Du", "Nguyễn Trãi") == []


def test_an_order_that_is_kept_moves_nothing() -> None:
    assert "moving-all-or-none" not in codes("Hỏi?", "Một", "Hai", "*Cả A và B", keeps_order=True)


def test_a_missing_explanation_is_told() -> None:
    content = QuestionContent(QuestionType.SHORT_ANSWER, "Bao nhiêu?", (Part("2", True),))
    assert [found.code for found in advice_on(content)] == ["no-explanation"]


def test_four_equal_judgements_are_told() -> None:
    content = QuestionContent(QuestionType.TRUE_FALSE, "Xét:", tuple(Part(text, True) for text in "abcd"), "Vì thế.")
    assert [str(found) for found in advice_on(content)] == ["Cả bốn ý đều đúng: người làm bài dễ đoán."]


def test_all_advice_speaks_english() -> None:
    english = translations_of("en")
    assert [message for message in ADVICE.values() if english.gettext(message) == message] == []
