"""Pieces of plain-text papers, and short ways to look at what was read."""

from quizbank.questions.formats.text import ParsedQuestion, parse_paper

OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
STATEMENTS = "a) Một là lẻ.\nb) Hai là lẻ.\nc) Ba là lẻ.\nd) Bốn là lẻ."
PART_I = "PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn.\n"
PART_II = f"PHẦN II. Câu trắc nghiệm đúng sai.\nCâu 1. Xét.\n{STATEMENTS}\nCâu 2. Xét nữa.\n{STATEMENTS}\n"
PART_III = "PHẦN III. Câu trắc nghiệm trả lời ngắn.\nCâu 1. Tính?\nCâu 2. Tính nữa?\n"


def choices(*numbers: int, end: str = "") -> str:
    return "".join(f"Câu {number}. Chọn số thứ {number}?\n{OPTIONS}\n{end}" for number in numbers)


def read(text: str) -> tuple[ParsedQuestion, ...]:
    return parse_paper(text).questions


def read_one(text: str) -> ParsedQuestion:
    questions = read(text)
    assert len(questions) == 1, [question.label for question in questions]
    return questions[0]


def keys_of(text: str) -> list[str]:
    """The key of each question, or the codes of what leaves it out."""
    return [
        question.content.key if question.content else "/".join(problem.code for problem in question.problems)
        for question in read(text)
    ]


def codes_of(question: ParsedQuestion) -> set[str]:
    return {problem.code for problem in question.problems}


def texts_of(question: ParsedQuestion) -> list[str]:
    assert question.draft is not None
    return [part.text for part in question.draft.parts]
