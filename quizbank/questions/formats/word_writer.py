"""Write questions as a Word paper that teachers can edit and ``read_word`` reads again.

Equations are native, the letter of a right option is underlined, that of an option which keeps its place is italic.
Types stand in parts, as in the papers of 2025; a passage stands once above the questions that share it.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from quizbank.questions.formats.text_writer import HEADINGS, ROMAN, explanation_label, key_of
from quizbank.questions.formats.word_body import Body
from quizbank.questions.formats.writing import Export, Loss, Losses, lost_levels
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, QuestionContent, QuestionType
from repository.curriculum.queries import curriculum

FONT, SIZE = "Times New Roman", Pt(12)
END = qn("w:sectPr")
MAIN = "word/document.xml"
Numbered = tuple[int, NewQuestion]


def write_word(export: Export, output: BinaryIO) -> Losses:
    """Write a ``.docx``; see ``formats.writing.Writer``."""
    document = new_document(export.title)
    with ExitStack() as files:
        parts = {
            kind: Part(kind, document, export.media, files.enter_context(TemporaryFile())) for kind in QuestionType
        }
        for identifier, new in export.questions:
            parts[new.content.type].add(new)
            export.losses.extend(Loss(identifier, found) for found in losses_of(new))
        spoken = [part for part in parts.values() if part.count]
        for numeral, part in zip(ROMAN, spoken, strict=False):
            part.end(numeral)
        save_with(document, [file for part in spoken for file in (part.heading, part.spool)], output)
    return export.losses


class Part:
    """The questions of one type on their way into a file: memory holds only those that share a passage."""

    def __init__(self, kind: QuestionType, document: Document, media: Callable[[str], bytes], spool: IO[bytes]) -> None:
        self.kind, self.document, self.spool = kind, document, spool
        self.body = Body(document, media)
        self.heading = BytesIO()
        self.count = 0
        self.together: list[Numbered] = []

    def add(self, new: NewQuestion) -> None:
        if self.together and self.together[0][1].passage != new.passage:
            self.write()
        self.count += 1
        self.together.append((self.count, new))
        if not new.passage:
            self.write()

    def write(self) -> None:
        passage = self.together[0][1].passage
        if passage:
            write_passage(self.body, passage, self.together)
        for number, new in self.together:
            write_question(self.body, number, new)
        self.together.clear()
        self.spool.write(taken_from(self.document))

    def end(self, numeral: str) -> None:
        """Write what is left, and the heading, which knows its numeral only now."""
        if self.together:
            self.write()
        heading = self.body.paragraph()
        heading.add_run(f"PHẦN {numeral}. {HEADINGS[self.kind]}").bold = True
        heading.paragraph_format.keep_with_next = True
        self.heading.write(taken_from(self.document))


def taken_from(document: Document) -> bytes:
    """What was written so far, taken out of the document, so that no document grows in memory."""
    root = document.element
    known = [f' xmlns:{prefix}="{uri}"'.encode() for prefix, uri in root.nsmap.items() if prefix]
    pieces = []
    for element in list(root.body):
        if element.tag != END:
            opening, _, rest = etree.tostring(element, encoding="UTF-8", with_tail=False).partition(b">")
            for declaration in known:
                opening = opening.replace(declaration, b"")
            pieces.append(opening + b">" + rest)
            root.body.remove(element)
    return b"".join(pieces)


def save_with(document: Document, files: Sequence[IO[bytes]], output: BinaryIO) -> None:
    """Save a document with the files' elements as its body."""
    with TemporaryFile() as bare:
        document.save(bare)
        with ZipFile(bare) as source, ZipFile(output, "w", ZIP_DEFLATED) as target:
            for info in source.infolist():
                with source.open(info) as member, target.open(info, "w", force_zip64=True) as written:
                    if info.filename != MAIN:
                        shutil.copyfileobj(member, written)
                        continue
                    head, sign, tail = member.read().partition(b"<w:sectPr")
                    written.write(head)
                    for file in files:
                        file.seek(0)
                        shutil.copyfileobj(file, written)
                    written.write(sign + tail)


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
    if content.type not in (QuestionType.SINGLE_CHOICE, QuestionType.ESSAY):
        key = body.paragraph()
        label(key, "Đáp án: ")
        body.write(key_of(content), key)
    if content.explanation:
        explanation = body.paragraph()
        label(explanation, f"{explanation_label(content)}: ")
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
    """The level, as teachers write it in brackets before a question; a code of one letter could be an option's."""
    placement = new.placement
    levels = curriculum().levels_of(placement.programme) if placement.level else ()
    yield from (level.code if len(level.code) > 1 else level.name for level in levels if level.id == placement.level)


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
    return [*(problem("cannot-hold", what=name) for name, value in kept.items() if value), *lost_levels(content)]
