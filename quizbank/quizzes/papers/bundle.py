"""Everything that is printed of a quiz, file by file, and the zip around it: the same papers give the same bytes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from quizbank.answer_sheets.drawing import BLANK, Sheet, SheetHead, answer_sheet_pdf
from quizbank.quizzes.key_files.files import KEY_FILES
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.html_paper import html_paper
from quizbank.quizzes.papers.paper import LARGE_PT, PLAIN_PT, Choice, Paper, PaperPart, PaperQuestion
from quizbank.quizzes.papers.pdf import PdfKind, pdf_files
from quizbank.quizzes.papers.wishes import Form, Wish, sheet_layout
from quizbank.quizzes.papers.word_keys import word_keys
from quizbank.quizzes.papers.word_paper import word_paper
from quizbank.quizzes.papers.word_pictures import Pictures
from quizbank.quizzes.papers.word_text import Texts

PAPER, SOLUTIONS, LARGE, KEYS = "De", "Loi-giai/Loi-giai", "Chu-lon/De", "Dap-an/Dap-an"
SHEET, README = "Phieu-tra-loi", "DOC-TRUOC.txt"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class BundleFile:
    """A file of a bundle; ``name`` with its folder."""

    name: str
    data: bytes


@dataclass
class Materials:
    """What a bundle is made of, all read from the database.

    Attributes:
        quiz_id: for the label of the answer sheets.
        papers: one for each code. They hold keys where the wish needs them.
        media: SHA-256 -> bytes of a kept picture.
        key_files: name and bytes of each file of keys for other programs.
        losses: gets what could not be printed as it is.
    """

    quiz_id: int
    papers: Sequence[Paper]
    media: Callable[[str], bytes]
    key_files: Sequence[tuple[str, bytes]] = ()
    losses: list[str] = field(default_factory=list)


def files_of(materials: Materials, wish: Wish) -> Iterator[BundleFile]:
    """The files of a bundle, one after the other, as they are made."""
    keyed = [with_size(paper, PLAIN_PT) for paper in materials.papers]
    plain = [without_keys(paper) for paper in keyed]
    yield from paper_files(materials, wish, plain, PAPER)
    if wish.with_large:
        yield from paper_files(materials, wish, [with_size(paper, LARGE_PT) for paper in plain], LARGE)
    if wish.with_solutions:
        yield from paper_files(materials, wish, keyed, SOLUTIONS)
    if Form.KEYS in wish.forms:
        yield from key_files(materials, keyed)
    if Form.SHEET in wish.forms:
        yield from sheet_files(materials, wish, plain)


def paper_files(materials: Materials, wish: Wish, papers: Sequence[Paper], stem: str) -> Iterator[BundleFile]:
    """One file for each code and form; a paper with keys is a booklet of solutions."""
    if Form.PDF in wish.forms:
        kind = PdfKind.SOLUTIONS if stem == SOLUTIONS else PdfKind.PAPER
        made = pdf_files(papers, materials.media, (kind,))
        materials.losses.extend(loss for loss in made.losses if loss not in materials.losses)
        yield from (BundleFile(named(stem, file.code, "pdf"), file.data) for file in made.files)
    if Form.WORD in wish.forms:
        texts = Texts(materials.media)
        yield from (BundleFile(named(stem, paper.code, "docx"), word_paper(paper, texts)) for paper in papers)
    if Form.HTML in wish.forms:
        pictures = Pictures(materials.media)
        yield from (BundleFile(named(stem, paper.code, "html"), html_paper(paper, pictures)) for paper in papers)


def named(stem: str, code: str, ending: str) -> str:
    """``De-101.pdf``, or ``De.pdf`` for a quiz without codes."""
    return f"{stem}-{code}.{ending}" if code else f"{stem}.{ending}"


def key_files(materials: Materials, papers: Sequence[Paper]) -> Iterator[BundleFile]:
    """The printed table of keys, and the keys for other programs."""
    yield from (
        BundleFile(f"{KEYS}.pdf", file.data) for file in pdf_files(papers, materials.media, (PdfKind.KEYS,)).files
    )
    yield BundleFile(f"{KEYS}.docx", word_keys(papers))
    yield from (BundleFile(f"{KEYS.partition('/')[0]}/{name}", data) for name, data in materials.key_files)


def sheet_files(materials: Materials, wish: Wish, papers: Sequence[Paper]) -> Iterator[BundleFile]:
    """An answer sheet to copy, and one for each code with the code filled in."""
    first = papers[0]
    layout = sheet_layout(wish, [one.type for one in first.questions])
    head = SheetHead(materials.quiz_id, first.heading.exam, first.heading.school, first.heading.subject)
    yield BundleFile(f"{SHEET}.pdf", answer_sheet_pdf(layout, head, (BLANK,)))
    if wish.codes:
        sheets = [Sheet(code=code) for code in wish.codes]
        yield BundleFile(f"{SHEET}-theo-ma.pdf", answer_sheet_pdf(layout, head, sheets))


def count_files(wish: Wish) -> int:
    """How many files ``files_of`` gives."""
    codes = max(len(wish.codes), 1)
    papers = codes * len(wish.paper_forms) * (1 + wish.with_large + wish.with_solutions)
    keys = 2 + len(KEY_FILES) if Form.KEYS in wish.forms else 0
    sheets = (2 if wish.codes else 1) if Form.SHEET in wish.forms else 0
    return papers + keys + sheets


def without_keys(paper: Paper) -> Paper:
    """The paper as candidates get it."""
    parts = tuple(_part_without_keys(part) for part in paper.parts)
    return replace(paper, parts=parts, options=replace(paper.options, with_keys=False))


def _part_without_keys(part: PaperPart) -> PaperPart:
    blocks = (replace(block, questions=tuple(map(_question_without_key, block.questions))) for block in part.blocks)
    return replace(part, blocks=tuple(blocks))


def _question_without_key(one: PaperQuestion) -> PaperQuestion:
    choices = tuple(Choice(choice.letter, choice.text) for choice in one.choices)
    return replace(one, choices=choices, key="", explanation="")


def with_size(paper: Paper, size_pt: int) -> Paper:
    return replace(paper, options=replace(paper.options, font_size_pt=size_pt))


class Bundle:
    """A zip on its way: files in their order, without dates, and at its end a word on what is in it."""

    def __init__(self, output: BinaryIO, title: str) -> None:
        self.zip = ZipFile(output, "w")
        self.title = title
        self.names: list[str] = []

    def add(self, file: BundleFile) -> None:
        self.names.append(file.name)
        self._write(file.name, file.data)

    def end(self, losses: Sequence[str]) -> None:
        self._write(README, readme(self.title, self.names, losses).encode())
        self.zip.close()

    def _write(self, name: str, data: bytes) -> None:
        info = ZipInfo(name, FIRST_DAY)
        info.create_system, info.compress_type = 0, ZIP_DEFLATED
        self.zip.writestr(info, data)


def readme(title: str, names: Sequence[str], losses: Sequence[str]) -> str:
    """What is in a bundle, for whoever opens it."""
    said = [words for start, words in wording.BUNDLE.items() if any(name.startswith(start) for name in names)]
    lines = [title, "", *said]
    if losses:
        lines += ["", wording.LOSSES, *(f"- {loss}" for loss in losses)]
    return "\r\n".join([*lines, "", *names, ""])
