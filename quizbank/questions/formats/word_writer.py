"""Write questions as a Word paper that teachers can edit and ``read_word`` reads again.

Equations are native, the letter of a right option is underlined, that of an option which keeps its place is italic.
Types stand in parts, as in the papers of 2025; a passage stands once above the questions that share it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from quizbank.questions.formats.text_writer import HEADINGS, ROMAN, key_of
from quizbank.questions.formats.word_body import Body
from quizbank.questions.formats.writing import Export, Loss
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, QuestionContent, QuestionType
from repository.curriculum.queries import curriculum

FONT, SIZE = "Times New Roman", Pt(12)
Numbered = tuple[int, NewQuestion]


def write_word(export: Export, output: BinaryIO) -> list[Loss]:
    """Write a ``.docx``; see ``formats.writing.Writer``."""
    document = new_document(export.title)
    body = Body(document, export.media)
    questions = list(export.questions)
    order = list(QuestionType)
    by_type = groupby(sorted(questions, key=lambda row: order.index(row[1].content.type)), key=type_of)
    for numeral, (kind, group) in zip(ROMAN, by_type, strict=False):
        heading = document.add_paragraph()
        heading.add_run(f"PHẦN {numeral}. {HEADINGS[kind]}").bold = True
        heading.paragraph_format.keep_with_next = True
        write_part(body, [new for _, new in group])
    document.save(output)
    return [Loss(identifier, found) for identifier, new in questions for found in losses_of(new)]


def type_of(row: tuple[str, NewQuestion]) -> QuestionType:
    return row[1].content.type


def new_document(title: str) -> Document:
    document = docx.Document()
    document.core_properties.title = title[:255]
    document.core_properties.language = "vi"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, SIZE
    normal.paragraph_format.space_after = Pt(3)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    return document


def write_part(body: Body, questions: Sequence[NewQuestion]) -> None:
    for passage, group in groupby(enumerate(questions, start=1), key=lambda row: row[1].passage):
        numbered = list(group)
        if passage:
            write_passage(body, passage, numbered)
        for number, new in numbered:
            write_question(body, number, new)


def write_passage(body: Body, passage: str, questions: Sequence[Numbered]) -> None:
    first, last = questions[0][0], questions[-1][0]
    which = f"câu {first}" if first == last else f"các câu từ {first} đến {last}"
    body.paragraph().add_run(f"Đọc đoạn sau và trả lời {which}:").italic = True
    body.write(passage, body.paragraph())


def write_question(body: Body, number: int, new: NewQuestion) -> None:
    content = new.content
    stem = body.paragraph()
    stem.paragraph_format.keep_with_next = True
    label(stem, f"Câu {number}. ")
    for tag in tags_of(new):
        stem.add_run(f"[{tag}] ")
    body.write(content.stem, stem)
    if content.type is not QuestionType.SHORT_ANSWER:
        write_parts(body, new)
    if content.type is not QuestionType.SINGLE_CHOICE:
        key = body.paragraph()
        label(key, "Đáp án: ")
        body.write(key_of(content), key)
    if content.explanation:
        explanation = body.paragraph()
        label(explanation, "Lời giải: ")
        body.write(content.explanation, explanation)


def write_parts(body: Body, new: NewQuestion) -> None:
    """Options and statements, each with its letter, marked by how the letter looks."""
    is_cluster = new.content.type is QuestionType.TRUE_FALSE
    letters, mark = (OPTION_LETTERS.lower(), ")") if is_cluster else (OPTION_LETTERS, ".")
    for letter, part in zip(letters, new.content.parts, strict=False):
        line = body.paragraph()
        run = line.add_run(letter)
        run.bold = True
        run.underline = part.is_true or None
        run.italic = (part.is_locked and not is_fixed(new.content)) or None
        line.add_run(f"{mark} ").bold = True
        body.write(part.text, line)


def is_fixed(content: QuestionContent) -> bool:
    """Whether no option may move. Italics can't say so: where all letters are italic, they are the paper's style."""
    return content.keeps_order or all(part.is_locked for part in content.parts)


def label(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text).bold = True


def tags_of(new: NewQuestion) -> Iterator[str]:
    """The code of the level, as teachers write it in brackets before a question."""
    placement = new.placement
    levels = curriculum().levels_of(placement.programme) if placement.level else ()
    yield from (level.code for level in levels if level.id == placement.level)


def losses_of(new: NewQuestion) -> list[Problem]:
    """What a paper has no place for."""
    placement, content = new.placement, new.content
    kept = {
        "chủ đề": placement.topic,
        "nhãn": placement.tags,
        "giấy phép": new.licence,
        "nguồn": new.source,
        "sai số": content.tolerance,
        "thứ tự cố định của mọi phương án": is_fixed(content),
    }
    return [problem("cannot-hold", what=name) for name, value in kept.items() if value]
