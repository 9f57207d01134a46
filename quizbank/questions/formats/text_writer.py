"""Write questions as the plain-text paper that ``parse_paper`` reads."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO

from quizbank.questions.formats.writing import Export, Loss, Losses, lost_levels
from quizbank.questions.problems import problem
from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, QuestionContent, QuestionType

HEADINGS = {
    QuestionType.SINGLE_CHOICE: "Câu trắc nghiệm nhiều phương án lựa chọn.",
    QuestionType.MULTIPLE_RESPONSE: "Câu trắc nghiệm nhiều đáp án đúng.",
    QuestionType.TRUE_FALSE: "Câu trắc nghiệm đúng sai.",
    QuestionType.SHORT_ANSWER: "Câu trắc nghiệm trả lời ngắn.",
    QuestionType.ESSAY: "Tự luận.",
}
ROMAN = ("I", "II", "III", "IV", "V")


def write_text(export: Export, output: BinaryIO) -> Losses:
    """The plain-text paper that the bank reads, in parts by type; passages and pictures stay behind.

    See ``formats.writing.Writer``; each type's questions wait in a file of their own, so that memory stays small.
    """
    counts: Counter[QuestionType] = Counter()
    with ExitStack() as stack:
        files = {kind: stack.enter_context(TemporaryFile()) for kind in QuestionType}
        for identifier, new in export.questions:
            kind = new.content.type
            counts[kind] += 1
            files[kind].write(f"\n{format_question(new.content, counts[kind])}\n".encode())
            export.losses.extend(losses_of(identifier, new))
        before = ""
        for numeral, kind in zip(ROMAN, [kind for kind in QuestionType if counts[kind]], strict=False):
            output.write(f"{before}PHẦN {numeral}. {HEADINGS[kind]}\n".encode())
            files[kind].seek(0)
            shutil.copyfileobj(files[kind], output)
            before = "\n"
    return export.losses


def losses_of(identifier: str, new: NewQuestion) -> Iterator[Loss]:
    texts = [new.content.stem, new.content.explanation, *(part.text for part in new.content.parts)]
    if new.passage:
        yield Loss(identifier, problem("cannot-hold", what="ngữ liệu"))
    if any("](media:" in text for text in texts):
        yield Loss(identifier, problem("cannot-hold", what="hình"))
    yield from (Loss(identifier, found) for found in lost_levels(new.content))


def format_question(content: QuestionContent, number: int) -> str:
    """One question with its key and explanation."""
    lines = [f"Câu {number}. {content.stem}"]
    if content.type is not QuestionType.SHORT_ANSWER:
        mark, letters = (
            (")", OPTION_LETTERS.lower()) if content.type is QuestionType.TRUE_FALSE else (".", OPTION_LETTERS)
        )
        lines += [f"{letter}{mark} {part.text}" for letter, part in zip(letters, content.parts, strict=False)]
    if content.type is not QuestionType.ESSAY:
        lines.append(f"Đáp án: {key_of(content)}")
    return "\n".join([*lines, f"{explanation_label(content)}: {content.explanation}"] if content.explanation else lines)


def explanation_label(content: QuestionContent) -> str:
    return "Hướng dẫn chấm" if content.type is QuestionType.ESSAY else "Lời giải"


def key_of(content: QuestionContent) -> str:
    if content.type is QuestionType.SHORT_ANSWER:
        return " hoặc ".join(part.text for part in content.parts)
    if content.type is QuestionType.TRUE_FALSE:
        return " ".join("Đ" if part.is_true else "S" for part in content.parts)
    return ", ".join(content.key)
