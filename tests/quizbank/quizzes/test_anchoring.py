import pytest

from quizbank.questions.rules import Part, QuestionContent, QuestionType
from quizbank.quizzes.anchoring import (
    Kept,
    numbers_named,
    speaks_of_order,
    speaks_of_previous,
    why_options_stay,
)

CORRECTION = "Mark the letter A, B, C, or D on your answer sheet to indicate the underlined part that needs correction."
COLOURS = ("xanh", "đỏ", "tím", "vàng")


def a_content(stem: str, *texts: str, **more: object) -> QuestionContent:
    parts = tuple(Part(text, place == 0) for place, text in enumerate(texts or COLOURS))
    kind = more.pop("type", QuestionType.SINGLE_CHOICE)
    return QuestionContent(kind, stem, parts, **more)  # type: ignore[arg-type]


def test_options_move_where_nothing_speaks_against_it() -> None:
    assert why_options_stay(a_content("Mark the letter A, B, C, or D to indicate the correct answer.")) is None


def test_options_stay_where_the_question_says_so() -> None:
    assert why_options_stay(a_content("?", keeps_order=True)) is Kept.ASKED


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        (
            CORRECTION + r" My \underline{friends} \underline{go usually} to \underline{the park} \underline{on} it.",
            ("friends", "go usually", "the park", "on"),
        ),
        (f"{CORRECTION} Yesterday morning, Joe arrives late for school.", ("morning", "arives", "school", "first")),
        ("My <u>friends</u> <u>goes</u> to <u>the park</u>.", ("friends", "goes", "the park")),
        ("Find the mistake: She don't likes swimming in lakes.", ("She", "don't", "swimming", "lakes")),
        ("Từ gạch chân nào dùng sai? Nó rất là bàng quan.", ("Nó", "rất", "bàng quan", "là")),
        ("Chuỗi thức ăn: Lúa → Châu chấu → Nhái → Rắn. Sinh vật bậc 2 là", ("lúa.", "châu chấu.", "nhái.", "rắn.")),
    ],
)
def test_parts_of_a_sentence_keep_the_order_of_the_sentence(stem: str, texts: tuple[str, ...]) -> None:
    assert why_options_stay(a_content(stem, *texts)) is Kept.UNDERLINED


@pytest.mark.parametrize(
    "texts",
    [("Điểm A", "Điểm B", "Điểm C", "Điểm D"), ("A", "B", "C", "D"), ("$A$.", "$B$.", "$C$.", "$D$.")],
)
def test_options_that_bear_their_own_letters_stay(texts: tuple[str, ...]) -> None:
    assert why_options_stay(a_content("Điểm nào nằm trên đường tròn?", *texts)) is Kept.LETTERED


def test_options_that_bear_the_letters_of_others_move() -> None:
    assert why_options_stay(a_content("?", "Điểm B", "Điểm A", "Điểm D", "Điểm C")) is None


@pytest.mark.parametrize(
    "stem",
    [
        "Câu (A) đúng hơn câu (B) ở chỗ nào?",
        "He (A) goes to (B) school (C) by (D) a bus.",
        "So với phương án B thì phương án nào rẻ hơn?",
    ],
)
def test_options_that_the_stem_calls_by_letter_stay(stem: str) -> None:
    assert why_options_stay(a_content(stem)) is Kept.NAMED


@pytest.mark.parametrize(
    "stem",
    [
        "Cho tam giác ABC và điểm A, B, C, D. Khẳng định nào đúng?",
        "Dòng điện i = 2cos(100πt) (A) qua điện trở. Công suất là",
        "Các anh A, B, C, D cùng kinh doanh. Ai vi phạm?",
    ],
)
def test_letters_of_other_things_let_options_move(stem: str) -> None:
    assert why_options_stay(a_content(stem)) is None


def test_sorted_options_stay_unless_that_is_not_wanted() -> None:
    content = a_content("?", "1", "2", "3", "4")
    assert why_options_stay(content) is Kept.SORTED
    assert why_options_stay(content, keeps_sorted=False) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Khi đó hàm số đồng biến.", Kept.NAMED),
        ("Từ ý a suy ra nghiệm.", Kept.NAMED),
        ("Phát biểu trên sai.", Kept.NAMED),
        ("Hàm số đồng biến trên khoảng (0; 1).", None),
    ],
)
def test_statements_that_speak_of_others_stay(text: str, kept: Kept | None) -> None:
    assert why_options_stay(a_content("?", "một", text, "ba", "tư", type=QuestionType.TRUE_FALSE)) is kept


@pytest.mark.parametrize(
    ("stem", "explanation", "speaks"),
    [
        ("Với dữ kiện của câu trên, tính v.", "", True),
        ("Sử dụng kết quả bài trước, tính v.", "", True),
        ("Using the result of the previous question, find v.", "", True),
        ("Tính v.", "Tương tự câu trên ta có v = 2.", True),
        ("Tính v.", "Nhớ đọc câu hỏi trước, rồi tìm từ khoá.", False),
        ("Trong câu thơ trên, tác giả dùng phép gì?", "", False),
        ("Nước nào ở trên bán đảo Đông Dương?", "", False),
    ],
)
def test_questions_that_need_the_one_before_are_known(stem: str, explanation: str, speaks: bool) -> None:
    assert speaks_of_previous(a_content(stem, explanation=explanation)) is speaks


@pytest.mark.parametrize(
    ("stem", "numbers"),
    [
        ("Dựa vào kết quả câu 5, tính v.", {5}),
        ("Đọc đoạn sau để trả lời câu 39 và câu 40.", {39, 40}),
        ("Use it for questions 7 to 9.", {7, 9}),
        ("Câu 5. Tính v.", set()),
        ("Tính 5 lần v.", set()),
    ],
)
def test_numbers_of_questions_are_found_in_stems(stem: str, numbers: set[int]) -> None:
    assert numbers_named(a_content(stem)) == numbers


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("The (1) ______ was built.", True),
        ("According to paragraph 2, why", True),
        ("The word “it” in the first paragraph", True),
        ("Ở khổ đầu, tác giả", True),
        ("Which is the best title?", False),
    ],
)
def test_what_goes_by_the_order_of_a_passage_is_known(text: str, speaks: bool) -> None:
    assert speaks_of_order(text) is speaks
