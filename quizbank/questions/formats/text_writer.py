"""Write questions as the plain-text paper that ``parse_paper`` reads."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from quizbank.questions.rules import OPTION_LETTERS, QuestionContent, QuestionType

HEADINGS = {
    QuestionType.SINGLE_CHOICE: "Câu trắc nghiệm nhiều phương án lựa chọn.",
    QuestionType.MULTIPLE_RESPONSE: "Câu trắc nghiệm nhiều đáp án đúng.",
    QuestionType.TRUE_FALSE: "Câu trắc nghiệm đúng sai.",
    QuestionType.SHORT_ANSWER: "Câu trắc nghiệm trả lời ngắn.",
}
ROMAN = ("I", "II", "III", "IV")


def format_paper(questions: Iterable[QuestionContent]) -> str:
    """The questions in parts by type, numbered from 1 in each part; the order within a part is kept."""
    order = list(QuestionType)
    by_type = groupby(
        sorted(questions, key=lambda content: order.index(content.type)), key=lambda content: content.type
    )
    parts = [
        f"PHẦN {numeral}. {HEADINGS[kind]}\n\n" + "\n\n".join(_format_all(list(group)))
        for numeral, (kind, group) in zip(ROMAN, by_type, strict=False)
    ]
    return "\n\n".join(parts) + "\n"


def _format_all(questions: Sequence[QuestionContent]) -> list[str]:
    return [format_question(content, number) for number, content in enumerate(questions, start=1)]


def format_question(content: QuestionContent, number: int) -> str:
    """One question with its key and explanation."""
    lines = [f"Câu {number}. {content.stem}"]
    if content.type is not QuestionType.SHORT_ANSWER:
        mark, letters = (
            (")", OPTION_LETTERS.lower()) if content.type is QuestionType.TRUE_FALSE else (".", OPTION_LETTERS)
        )
        lines += [f"{letter}{mark} {part.text}" for letter, part in zip(letters, content.parts, strict=False)]
    lines.append(f"Đáp án: {key_of(content)}")
    return "\n".join([*lines, f"Lời giải: {content.explanation}"] if content.explanation else lines)


def key_of(content: QuestionContent) -> str:
    if content.type is QuestionType.SHORT_ANSWER:
        return " hoặc ".join(part.text for part in content.parts)
    if content.type is QuestionType.TRUE_FALSE:
        return " ".join("Đ" if part.is_true else "S" for part in content.parts)
    return ", ".join(content.key)
