"""Papers as PDF, measured."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from PIL import Image
from pypdf import PdfReader

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers.paper import Block, Paper, PaperPart, PaperQuestion
from quizbank.quizzes.papers.pdf import PdfKind, pdf_files, pdf_papers
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question, a_solved_paper, no_media

A4 = (595.28, 841.89)


class Piece(NamedTuple):
    page: int
    x: float
    y: float
    text: str


def reader_of(paper: Paper, media: Callable[[str], bytes] = no_media) -> PdfReader:
    [made] = pdf_papers([paper], media)
    return PdfReader(io.BytesIO(made))


def pieces_of(reader: PdfReader) -> list[Piece]:
    """Every run of text with its place: from the left and from the top, in points."""
    found: list[Piece] = []
    for number, page in enumerate(reader.pages, 1):

        def visit(text: str, cm: list[float], tm: list[float], *_more: object, number: int = number) -> None:
            if text.strip():
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                found.append(Piece(number, x, A4[1] - y, text.strip()))

        page.extract_text(visitor_text=visit)
    return found


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def where(reader: PdfReader, wanted: str) -> Piece:
    return next(piece for piece in pieces_of(reader) if piece.text.startswith(wanted))


def of_questions(*questions: PaperQuestion, **options: Any) -> Paper:
    return a_paper(a_paper_part(1, Block(questions)), **options)


def many(count: int, options: tuple[str, ...] = ("một", "hai", "ba", "bốn"), stem: str = "") -> list[PaperQuestion]:
    return [
        a_paper_question(number, stem or f"Câu hỏi thứ {number} hỏi gì?", options) for number in range(1, count + 1)
    ]


def test_the_heading_has_what_ministry_papers_have() -> None:
    text = text_of(reader_of(a_paper()))
    for line in (
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ NỘI",
        "TRƯỜNG THPT SÔNG HỒNG",
        "KIỂM TRA CUỐI HỌC KÌ I",
        "Môn: TOÁN – Lớp 12",
        "Thời gian làm bài: 90 phút, không kể thời gian phát đề",
        "(Đề có 01 trang)",
        "Họ, tên thí sinh:",
        "Số báo danh:",
        "Mã đề: 101",
        "HẾT",
        "Thí sinh không được sử dụng tài liệu.",
        "Trang 1/1 – Mã đề 101",
    ):
        assert line in " ".join(text.split()), line


def test_every_page_says_which_it_is_and_of_which_code() -> None:
    reader = reader_of(of_questions(*many(60)))
    count = len(reader.pages)
    assert count > 2
    for number, page in enumerate(reader.pages, 1):
        assert f"Trang {number}/{count} – Mã đề 101" in page.extract_text()
    assert f"(Đề có {count:02} trang)" in text_of(reader)


def test_a_quiz_without_codes_has_no_box_and_no_code_below() -> None:
    text = text_of(reader_of(a_paper(code="")))
    assert "Mã đề" not in text
    assert "Trang 1/1" in text


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        (("một", "hai", "ba", "bốn"), 4),
        (("một phương án", "hai", "ba", "bốn"), 4),
        (("một phương án dài hơn thế nhiều", "hai", "ba", "bốn"), 2),
        (("một phương án dài đến mức nửa dòng cũng không đủ chỗ cho nó đâu nhé", "hai", "ba", "bốn"), 1),
        (("$x$", "$\\frac{1}{2}$", "$y$", "$z$"), 4),
        (("một", "hai"), 4),
        (("một", "hai", "ba"), 4),
        (("một phương án dài hơn thế nhiều", "hai", "ba"), 1),
        (("một", "hai", "ba", "bốn", "năm", "sáu"), 3),
    ],
)
def test_options_stand_in_as_many_columns_as_fit(options: tuple[str, ...], columns: int) -> None:
    pieces = pieces_of(reader_of(of_questions(a_paper_question(1, "Hỏi", options))))
    letters = [piece for piece in pieces if re.fullmatch(r"[A-F]\.", piece.text)]
    assert len(letters) == len(options)
    lines = {round(letter.y, 1) for letter in letters}
    assert len(lines) == -(-len(options) // columns)
    for place, letter in enumerate(letters):
        assert letter.x == pytest.approx(letters[place % columns].x, abs=0.1)


def test_columns_are_the_same_in_every_question() -> None:
    formulas = ("$x^2 + 1$", "2", "$\\frac{3}{4}$", "$\\sqrt{5}$")
    paper = of_questions(a_paper_question(1, "Một", ("1", "2", "3", "4")), a_paper_question(2, "Hai", formulas))
    letters = [piece for piece in pieces_of(reader_of(paper)) if re.fullmatch(r"[A-D]\.", piece.text)]
    first, second = letters[:4], letters[4:]
    assert [one.x for one in first] == pytest.approx([one.x for one in second], abs=0.1)
    assert len({round(one.y, 1) for one in second}) == 1


def test_large_print_has_one_column_and_large_letters() -> None:
    reader = reader_of(of_questions(*many(2), font_size_pt=18))
    letters = [piece for piece in pieces_of(reader) if re.fullmatch(r"[A-D]\.", piece.text)]
    assert len({round(letter.x) for letter in letters}) == 1
    assert len({round(letter.y) for letter in letters}) == len(letters)


def test_no_question_is_parted_by_a_page() -> None:
    options = tuple(f"phương án {number} " + "khá dài dòng văn tự " * 3 for number in ("một", "hai", "ba", "bốn"))
    papers = [
        of_questions(a_paper_question(1, "Một dòng.\n" * lines, options), *many(14, options)[1:])
        for lines in range(1, 9)
    ]
    for data in pdf_papers(papers, no_media):
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
        assert len(pages) > 1
        for text in pages:
            assert len(re.findall(r"^Câu \d+\.", text, re.MULTILINE)) == text.count("D. ")


def test_no_page_but_the_last_is_left_half_empty() -> None:
    stem = "Tình huống rất dài được kể lại cặn kẽ để học sinh đọc. " * 46
    reader = reader_of(of_questions(*many(12, ("một", "hai", "ba", "bốn"), stem)))
    lowest: dict[int, float] = {}
    for piece in pieces_of(reader):
        if not piece.text.startswith("Trang"):
            lowest[piece.page] = max(lowest.get(piece.page, 0), piece.y)
    assert all(lowest[page] > 0.6 * A4[1] for page in range(1, len(reader.pages)))


def test_a_very_long_question_goes_over_pages_with_its_options_together() -> None:
    statements = tuple("Một ý dài. " * 60 for _ in range(4))
    long = a_paper_question(2, "Đọc kĩ. " * 100, statements, type=QuestionType.TRUE_FALSE)
    reader = reader_of(a_paper(a_paper_part(2, Block((a_paper_question(1), long)))))
    assert len(reader.pages) == 2
    places = [where(reader, f"{letter})").page for letter in "abcd"]
    assert places[0] == places[1]
    assert places[2] == places[3]


def test_a_last_page_with_next_to_nothing_on_it_is_saved() -> None:
    made = pdf_papers([of_questions(*many(count)) for count in (12, 16, 19)], no_media)
    short, saved, longer = (PdfReader(io.BytesIO(data)) for data in made)
    usual = where(short, "Câu 2.").y
    assert len(saved.pages) == 1
    assert where(saved, "Câu 2.").y < usual
    assert len(longer.pages) == 2
    assert where(longer, "Câu 2.").y == usual


@pytest.mark.parametrize(("size", "counts"), [(12, range(28, 44)), (18, range(4, 16))])
def test_the_end_never_stands_alone_on_a_page(size: int, counts: range) -> None:
    made = pdf_papers([of_questions(*many(count), font_size_pt=size) for count in counts], no_media)
    for count, data in zip(counts, made, strict=True):
        last = PdfReader(io.BytesIO(data)).pages[-1].extract_text()
        assert "HẾT" in last
        assert re.search(r"^Câu \d+\.", last, re.MULTILINE), count


def png(width: int, height: int) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(output, "PNG")
    return output.getvalue()


def image_pages(reader: PdfReader) -> list[int]:
    return [number for number, page in enumerate(reader.pages, 1) for _ in page.images]


def test_a_figure_stays_with_its_question() -> None:
    stem = f"Quan sát hình vẽ sau đây. ![Hình](media:{'c' * 64})"
    papers = [of_questions(*many(before), a_paper_question(before + 1, stem)) for before in range(6, 14)]
    for before, data in zip(range(6, 14), pdf_papers(papers, lambda _: png(400, 300)), strict=True):
        reader = PdfReader(io.BytesIO(data))
        pictured = where(reader, f"Câu {before + 1}.").page
        letters = [piece for piece in pieces_of(reader) if piece.text == "D."]
        assert image_pages(reader) == [pictured]
        assert letters[-1].page == pictured


def test_a_broken_or_missing_picture_is_told_and_stops_nothing() -> None:
    stem = f"Xem ![bản đồ](media:{'c' * 64}) và trả lời."
    torn = png(60, 60)[:-20] + b"?" * 20
    for media in (no_media, lambda _: b"not a picture", lambda _: torn):
        made = pdf_files([of_questions(a_paper_question(1, stem))], media)
        assert made.losses == ("![bản đồ]",)
        assert "[bản đồ]" in PdfReader(io.BytesIO(made.files[0].data)).pages[0].extract_text()


@pytest.mark.parametrize("size", [12, 18])
def test_formulas_on_neighbouring_lines_do_not_touch(size: int) -> None:
    fraction = "$\\frac{31}{7}$ "
    options = tuple(fraction + "dài " * 14 for _ in range(4))
    pieces = pieces_of(reader_of(of_questions(a_paper_question(1, fraction * 90, options), font_size_pt=size)))
    above = sorted({round(one.y, 1) for one in pieces if one.text == "3"})
    below = sorted({round(one.y, 1) for one in pieces if one.text == "7"})
    assert len(above) == len(below) > 6
    for denominator, numerator in zip(below, above[1:], strict=False):
        assert numerator - 0.66 * size - denominator > 0.15 * size, "figures are 0.66 em high"


def test_a_passage_stands_above_its_questions_with_its_words() -> None:
    block = Block(tuple(many(2)), "Đoạn trích. " * 30, intro="Đọc văn bản sau:", outro="Thực hiện các yêu cầu:")
    reader = reader_of(a_paper(a_paper_part(1, block)))
    ys = [where(reader, text).y for text in ("Đọc văn bản sau:", "Đoạn trích.", "Thực hiện các yêu cầu:", "Câu 1.")]
    assert ys == sorted(ys)


def test_a_paper_is_tagged_titled_and_vietnamese() -> None:
    picture = f"Xem hình ![một dòng sông](media:{'c' * 64}) và $x^2$"
    reader = reader_of(of_questions(a_paper_question(1, picture)), lambda _: png(200, 100))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert reader.metadata is not None
    assert reader.metadata.title == "Kiểm tra cuối học kì I"
    names, texts = tags_of(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Formula", "/Figure"} <= names
    assert {"một dòng sông", "x^2"} <= texts


def test_a_paper_conforms_to_the_standard_of_accessible_pdf() -> None:
    nameless = f"![](media:{'c' * 64}) bao nhiêu? $x$"
    made = pdf_files([a_solved_paper()], no_media, list(PdfKind)).files
    [pictured] = pdf_papers([of_questions(a_paper_question(1, nameless))], lambda _: png(200, 100))
    for data in (*(file.data for file in made), pictured):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in data


def test_an_english_paper_is_english_between_its_vietnamese_lines() -> None:
    vietnamese, english = of_questions(*many(1)), of_questions(a_paper_question(1, "What?", label="Question 1"))
    assert languages_of(vietnamese) == set()
    assert languages_of(english) == {"en"}


def languages_of(paper: Paper) -> set[str]:
    """The languages that parts of the document say they are in, beside that of the whole."""
    root: Any = reader_of(paper).trailer["/Root"]
    return {str(one["/Lang"]) for one in elements_of(root["/StructTreeRoot"]) if "/Lang" in one} - {"vi"}


def test_a_paper_without_an_exam_is_printed_all_the_same() -> None:
    paper = a_paper()
    bare = replace(paper, heading=replace(paper.heading, exam="", year=""))
    assert "Câu 1." in text_of(reader_of(bare))


def tags_of(element: object) -> tuple[set[str], set[str]]:
    """The names of all tags below, and the texts that stand for what can't be read."""
    elements = list(elements_of(element))
    return {str(one["/S"]) for one in elements if "/S" in one}, {str(one["/Alt"]) for one in elements if "/Alt" in one}


def elements_of(element: object) -> Iterator[dict[str, Any]]:
    """The elements of a structure tree."""
    waiting: list[object] = [element]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [one["/K"]] if "/K" in one else []


def test_a_booklet_has_keys_and_explanations_and_the_paper_has_neither() -> None:
    made = pdf_files([a_solved_paper()], no_media, [PdfKind.PAPER, PdfKind.SOLUTIONS])
    paper, booklet = (" ".join(text_of(PdfReader(io.BytesIO(file.data))).split()) for file in made.files)
    assert "Đáp án" not in paper
    assert "nên chọn A" not in paper
    for words in (
        "ĐÁP ÁN VÀ HƯỚNG DẪN GIẢI",
        "Đáp án: A",
        "Lời giải.",
        "nên chọn A",
        "Đáp án: ĐSĐS",
        "Đáp án: 2,5",
        "[Đ]",
    ):
        assert words in booklet, words


def test_an_essay_has_a_marking_guide() -> None:
    essay = a_paper_question(
        1, "Viết đoạn văn.", (), type=QuestionType.ESSAY, explanation="Ý 1: 0,5 điểm.", label="Câu 1 (2,0 điểm)"
    )
    part = PaperPart(4, "II. VIẾT (6,0 điểm)", "", (Block((essay,)),))
    made = pdf_files([a_paper(part)], no_media, [PdfKind.SOLUTIONS])
    text = " ".join(text_of(PdfReader(io.BytesIO(made.files[0].data))).split())
    assert "Hướng dẫn chấm. Ý 1: 0,5 điểm." in text
    assert "Đáp án:" not in text


def test_the_key_table_has_a_column_for_every_code() -> None:
    papers = [a_solved_paper(str(code)) for code in range(101, 125)]
    made = pdf_files(papers, no_media, [PdfKind.KEYS])
    [file] = made.files
    assert (file.kind, file.code) == (PdfKind.KEYS, "")
    text = text_of(PdfReader(io.BytesIO(file.data)))
    assert all(str(code) in text for code in range(101, 125))
    assert text.count("ĐSĐS") == 24
    assert text.count("2,5") == 24


def test_a_quiz_of_essays_has_no_empty_key_table() -> None:
    essay = a_paper_question(1, "Viết đoạn văn.", (), type=QuestionType.ESSAY, label="Câu 1 (2,0 điểm)")
    part = PaperPart(4, "II. VIẾT (6,0 điểm)", "", (Block((essay,)),))
    [file] = pdf_files([a_paper(part)], no_media, [PdfKind.KEYS]).files
    text = text_of(PdfReader(io.BytesIO(file.data)))
    assert "xem hướng dẫn chấm" in text
    assert "Câu\n" not in text


def test_the_source_of_a_passage_stands_at_the_right() -> None:
    block = Block(tuple(many(2)), "Sóng vỗ.\n\nBiển gọi.\n\n(Học Liệu, Với biển)", intro="Đọc văn bản sau:")
    reader = reader_of(a_paper(a_paper_part(1, block)))
    assert where(reader, "(Học Liệu").x > 400 > where(reader, "Biển gọi").x


def test_progress_is_told_after_each_file() -> None:
    told: list[int] = []
    papers = [a_paper(code=str(code)) for code in range(101, 104)]
    files = pdf_files(papers, no_media, progress=told.append).files
    assert told == [1, 2, 3]
    assert [file.code for file in files] == ["101", "102", "103"]
