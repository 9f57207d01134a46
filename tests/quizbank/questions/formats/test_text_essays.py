"""Essays in plain-text papers: told by their heading, marked by their guide; without one nothing is an essay."""

import pytest

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.formats.text import parse_paper
from quizbank.questions.rules import QuestionType

CHOICE = "Câu 1. Một cộng một?\nA. 1\nB. 2\nC. 3\nD. 4\nĐáp án: B\n"
HEADINGS = (
    "PHẦN IV. Tự luận",
    "PHẦN IV. TỰ LUẬN (3,0 điểm)",
    "Phần 2. Tự luận",
    "II. TỰ LUẬN",
    "II. Tự luận (3 điểm)",
    "II/ PHẦN TỰ LUẬN: 3,0 điểm",
    "B. TỰ LUẬN (4 điểm)",
    "PHẦN TỰ LUẬN",
    "TỰ LUẬN",
    "Part IV. Essay",
)


def read(text: str) -> tuple[ParsedQuestion, ...]:
    return parse_paper(text).questions


def types_of(text: str) -> list[str]:
    return [str(question.content.type) if question.content else "" for question in read(text)]


def codes_of(question: ParsedQuestion) -> set[str]:
    return {found.code for found in question.problems}


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_stands_under_a_heading_of_essays_is_one(heading: str) -> None:
    exercise = "Câu 1. Giải phương trình $x^2=1$.\nHướng dẫn chấm: $x=\\pm 1$: 1 điểm."
    choice, essay = read(f"{CHOICE}\n{heading}\n\n{exercise}")
    assert choice.content is not None and choice.content.key == "B"
    assert essay.content is not None and essay.content.type is QuestionType.ESSAY
    assert (essay.content.stem, essay.content.explanation) == ("Giải phương trình $x^2=1$.", "$x=\\pm 1$: 1 điểm.")
    assert codes_of(essay) == set()


@pytest.mark.parametrize("word", ["Hướng dẫn chấm:", "Lời giải:", "Hướng dẫn giải.", "HƯỚNG DẪN CHẤM:"])
def test_the_guide_is_the_explanation(word: str) -> None:
    [essay] = read(f"PHẦN IV. Tự luận\nCâu 1. Phân tích bài thơ.\n{word} Nêu được ba ý.\nMỗi ý 0,5 điểm.")
    assert essay.content is not None
    assert essay.content.explanation == "Nêu được ba ý.\nMỗi ý 0,5 điểm."


def test_an_essay_without_a_guide_is_sound() -> None:
    [essay] = read("PHẦN IV. Tự luận\nCâu 1. (1,0 điểm) Viết đoạn văn.")
    assert essay.content is not None and (essay.content.type, essay.content.stem) == ("essay", "Viết đoạn văn.")
    assert codes_of(essay) == {"tag-before-stem"}


def test_parts_of_an_essay_stay_in_its_stem() -> None:
    [essay] = read("II. TỰ LUẬN\nCâu 1. Cho hàm số $y=x^2$.\na) Khảo sát.\nb) Vẽ đồ thị.\nLời giải: a) ... b) ...")
    assert essay.content is not None and essay.content.type is QuestionType.ESSAY
    assert essay.content.stem == "Cho hàm số $y=x^2$.\na) Khảo sát.\nb) Vẽ đồ thị."


def test_a_result_belongs_to_the_guide() -> None:
    [essay] = read("PHẦN IV. Tự luận\nCâu 1. Tính diện tích.\nĐáp án: 12 cm²\nLời giải: Ta có 3 · 4.")
    assert essay.content is not None and essay.content.explanation == "Đáp án: 12 cm²\nTa có 3 · 4."


def test_exercises_below_questions_are_essays_of_their_own() -> None:
    paper = f"{CHOICE}\nII. TỰ LUẬN\nBài 1. Giải phương trình.\nLời giải: Có.\n\nBài 2. Chứng minh.\nLời giải: Có."
    assert types_of(paper) == ["single-choice", "essay", "essay"]


def test_options_under_a_heading_of_essays_are_a_choice_all_the_same() -> None:
    assert types_of(f"PHẦN IV. Tự luận\n{CHOICE}") == ["single-choice"]


@pytest.mark.parametrize(
    "heading",
    ["", "PHẦN I. Trắc nghiệm", "PHẦN II. Câu trắc nghiệm đúng sai", "PHẦN I. Trắc nghiệm và tự luận", "PHẦN II"],
)
def test_elsewhere_a_question_without_options_is_reported_as_before(heading: str) -> None:
    [question] = read(f"{heading}\nCâu 1. Trình bày suy nghĩ của em.\nLời giải: Nêu ba ý.")
    assert question.content is None or question.content.type is not QuestionType.ESSAY
    assert codes_of(question) & {"not-a-question", "no-options", "no-key"}


@pytest.mark.parametrize("line", ["Phần tự luận ngắn", "B. Tự luận", "Tự luận là gì?", "II. Tự luận ngắn"])
def test_not_every_line_with_the_word_is_a_heading(line: str) -> None:
    assert "essay" not in types_of(f"{line}\nCâu 1. Nêu ý kiến.\nLời giải: Nêu ba ý.")


def test_the_next_part_is_no_essay_any_more() -> None:
    paper = f"PHẦN I. Tự luận\nCâu 1. Nêu ý kiến.\n\nPHẦN II. Trắc nghiệm\n{CHOICE}"
    assert types_of(paper) == ["essay", "single-choice"]


def test_solutions_at_the_end_of_the_paper_are_the_guides() -> None:
    paper = "PHẦN IV. Tự luận\nCâu 1. Giải bài toán.\nCâu 2. Chứng minh.\n\nHƯỚNG DẪN GIẢI\nPHẦN IV. Tự luận\n"
    first, second = read(f"{paper}Câu 1. Ta có hai nghiệm.\nCâu 2. Suy ra điều phải chứng minh.")
    assert [one.content and one.content.explanation for one in (first, second)] == [
        "Ta có hai nghiệm.",
        "Suy ra điều phải chứng minh.",
    ]
