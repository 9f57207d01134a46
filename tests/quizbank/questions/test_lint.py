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
        ("Tính $x^2", ("*1", "2"), "lone-dollar"),
        ("Hình ![](media:0) là", ("*1", "2"), "silent-picture"),
        (r"Tính $\frac{1$", ("*1", "2"), "broken-formula"),
    ],
)
def test_what_examiners_avoid_is_told(stem: str, options: tuple[str, ...], code: str) -> None:
    assert code in codes(stem, *options)


def test_a_negation_in_capitals_is_seen_well_enough() -> None:
    assert codes("Phát biểu nào SAI?", "*Một", "Hai", "Ba") == []


@pytest.mark.parametrize(
    "stem",
    [
        "Tỉnh nào sau đây không giáp biển?",
        "Hải Phòng không có ngành chế biến lương thực, thực phẩm nào sau đây?",
        "Nội dung nào dưới đây không phản ánh đúng nguyên nhân thắng lợi?",
        "Đông Nam Bộ không có thế mạnh về",
        "Biện pháp không được áp dụng khi phòng chống bão là",
        "Phát biểu nào sau đây về thí nghiệm trên sai?",
        "Việc gia nhập ASEAN đã đem lại cho Việt Nam nhiều cơ hội lớn, ngoại trừ việc",
        "Which is not mentioned in the passage?",
    ],
)
def test_a_question_for_what_is_not_so_is_known(stem: str) -> None:
    assert codes(stem, "*Một", "Hai", "Ba") == ["hidden-negative"]


@pytest.mark.parametrize(
    "stem",
    [
        "Từ chính sách sai lầm của nhà Nguyễn, Việt Nam rút ra bài học gì?",
        "Mâu thuẫn giữa dân tộc Việt Nam với thực dân Pháp và tay sai thuộc loại nào?",
        "Tung tin đồn không đúng sự thật là hành vi xâm phạm quyền nào?",
        "Nếu không có điều kiện theo học hệ chính quy, công dân có thể học bằng cách nào?",
        "Không đồng ý với quyết định của Giám đốc, chị L có thể làm gì trong các cách dưới đây?",
        "Ý nghĩa của chiến thắng “Điện Biên Phủ trên không” là",
        "Tốc độ ánh sáng trong chân không gần với giá trị nào?",
        "Theo em, chị H có quyền mở cửa hàng này không?",
        "Nhân tố nào chỉ làm thay đổi tần số kiểu gen mà không làm thay đổi tần số alen?",
        "Making chicken soup is not difficult; it's just a matter of following the ______.",
    ],
)
def test_a_negation_that_asks_nothing_is_left_alone(stem: str) -> None:
    assert codes(stem, "*Một", "Hai", "Ba") == []


def test_air_and_space_deny_nothing() -> None:
    assert codes("Phát biểu nào SAI?", "*Làm tăng độ ẩm của không khí", "Truyền trong chân không", "Không gian") == []


def test_what_a_wrong_option_says_is_true_where_the_question_asks_for_what_is_not_so() -> None:
    assert codes("Nguyên tắc nào KHÔNG PHẢI của tổ chức?", "*Một", "Tôn trọng tất cả các nước.", "Ba") == []


def test_a_formula_is_as_long_as_it_looks() -> None:
    assert codes("Tính.", r"*$\log_{2}\left(\frac{3}{2}\right)+\sqrt{\frac{1}{2}}$", "2", "$x$") == []


def test_a_name_that_all_options_begin_with_is_no_repetition() -> None:
    assert codes("Đó là", "*Tổ chức Hiệp ước Bắc Đại Tây Dương", "Tổ chức Hiệp ước Vác-sa-va") == []


def test_advice_tells_its_place() -> None:
    parts = (Part("Một", True), Part(r"Bằng $\frac{1$ và $2$"))
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "Phát biểu nào sai?", parts, r"Vì $y=\sqrt{x}")
    places = [(found.code, found.field, found.find) for found in advice_on(content)]
    assert ("broken-formula", "part-1", r"$\frac{1$") in places
    assert ("lone-dollar", "explanation", r"$y=\sqrt{x}") in places
    assert ("hidden-negative", "stem", "sai") in places


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
