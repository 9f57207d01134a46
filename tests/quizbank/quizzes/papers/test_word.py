"""Papers as Word: their layout, what stays together, and that our own reader gets back what was written."""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from PIL import Image

from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.word import read_word
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers.paper import Block, Paper, PaperQuestion
from quizbank.quizzes.papers.word_keys import word_keys
from quizbank.quizzes.papers.word_paper import parted, word_papers
from repository.errors import NotFound
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHA = "ab" * 32
TINY_PNG = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def no_media(sha256: str) -> bytes:
    raise NotFound("Không có tệp này.")


def a_picture(width: int = 400, height: int = 300) -> Callable[[str], bytes]:
    output = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(output, "PNG")
    return lambda _sha256: output.getvalue()


def parts_of(paper: Paper, media: Callable[[str], bytes] = no_media) -> dict[str, bytes]:
    (data,) = word_papers([paper], media)
    with ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def body_of(paper: Paper, media: Callable[[str], bytes] = no_media) -> list[etree._Element]:
    root = etree.fromstring(parts_of(paper, media)["word/document.xml"])
    return list(root.iter(f"{W}p"))


def words(paragraph: etree._Element) -> str:
    """What stands in a paragraph or a cell; a tab between its columns counts, a stop does not."""
    runs = [child for run in paragraph.iter(f"{W}r") for child in run]
    return "".join(
        "\t" if child.tag == f"{W}tab" else child.text or "" for child in runs if child.tag != f"{W}instrText"
    )


def style_of(paragraph: etree._Element) -> str | None:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def one_question(question: PaperQuestion, **options: object) -> Paper:
    return a_paper(a_paper_part(1, Block((question,))), **options)  # type: ignore[arg-type]


def lines_of(question: PaperQuestion, media: Callable[[str], bytes] = no_media, **options: object) -> list[str]:
    """The paragraphs of a paper's only question."""
    said = [words(one) for one in body_of(one_question(question, **options), media)]
    start = next(place for place, text in enumerate(said) if text.startswith("Câu 1."))
    return said[start : next(place for place, text in enumerate(said) if "HẾT" in text)]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (("1", "2", "3", "4"), ["A. 1\tB. 2\tC. 3\tD. 4"]),
        (("một phương án vừa vừa",) * 4, ["A. một phương án vừa vừa\tB. một phương án vừa vừa"] * 2),
        (("một phương án dài đến nỗi không thể đứng cạnh phương án nào khác",) * 4, ["A. một"] * 4),
        (("1", "2", "3"), ["A. 1\tB. 2\tC. 3"]),
    ],
)
def test_options_stand_in_as_many_columns_as_leave_each_on_one_line(options: tuple[str, ...], lines: list[str]) -> None:
    found = lines_of(a_paper_question(options=options))[1:]
    assert len(found) == len(lines) and found[0].startswith(lines[0])


def test_large_print_has_no_columns_and_large_letters() -> None:
    assert len(lines_of(a_paper_question(options=("1", "2", "3", "4")), font_size_pt=18)) == 5
    parts = parts_of(one_question(a_paper_question(stem="$x$"), font_size_pt=18))
    assert b'<w:sz w:val="36"/>' in parts["word/styles.xml"]


def test_a_question_is_kept_with_its_options_and_its_picture() -> None:
    stem = f"Hình nào?\n![hình](media:{SHA})"
    paper = one_question(a_paper_question(stem=stem, options=("một phương án dài đến nỗi đứng một mình" * 2,) * 4))
    asked = [one for one in body_of(paper, a_picture()) if style_of(one) in {"Cau", "PhuongAn"}]
    assert len(asked) == 6
    assert all(
        one.find(f"{W}pPr/{W}keepNext") is not None and one.find(f"{W}pPr/{W}keepLines") is not None for one in asked
    )


def test_what_is_longer_than_half_a_page_may_be_broken_between_options() -> None:
    long = "một câu rất dài " * 80
    asked = [
        one for one in body_of(one_question(a_paper_question(options=(long,) * 4))) if words(one)[:2] in ("B.", "C.")
    ]
    kept = [one.find(f"{W}pPr/{W}keepNext") is not None for one in asked]
    assert kept == [False, True]


def test_the_heading_the_code_and_the_footer_are_there() -> None:
    parts = parts_of(a_paper(code="101"))
    said = parts["word/document.xml"].decode()
    for text in ("TRƯỜNG THPT SÔNG HỒNG", "Mã đề: 101", "Họ, tên thí sinh: ", "---------- HẾT ----------"):
        assert text in said
    footer = parts["word/footer1.xml"].decode()
    assert " PAGE " in footer and " NUMPAGES " in footer and "Mã đề 101" in footer


def test_a_quiz_without_codes_has_no_box() -> None:
    assert "Mã đề" not in b"".join(parts_of(a_paper(code="")).values()).decode("utf-8", "ignore")


def test_formulas_are_native_and_a_display_stands_alone() -> None:
    said = parts_of(one_question(a_paper_question(stem="Cho $x^2$ và\n$$y=1$$")))["word/document.xml"].decode()
    assert said.count("<m:oMath>") == 2 and said.count("<m:oMathPara>") == 1


def test_a_tall_picture_and_a_display_stand_on_lines_of_their_own_with_the_full_stop_behind_them() -> None:
    stem = f"Xem ![h](media:{SHA}). Biết $$y=1$$, tính?"
    assert lines_of(a_paper_question(stem=stem), a_picture())[:5] == ["Câu 1. Xem ", ".", "Biết ", ",", "tính?"]
    assert lines_of(a_paper_question(stem=stem), a_picture(20, 20))[0] == "Câu 1. Xem . Biết "


def test_a_table_that_opens_a_question_stands_below_its_number() -> None:
    said = [words(one) for one in body_of(one_question(a_paper_question(stem="x\t1\ny\t2\n\nLà gì?")))]
    start = said.index("Câu 1. ")
    assert said[start + 1 : start + 6] == ["x", "1", "y", "2", "Là gì?"]


def test_lists_keep_their_marks() -> None:
    stem = "<p>Gồm:</p><ol><li>một</li><li>hai</li></ol><ul><li>ba</li></ul>"
    assert lines_of(a_paper_question(stem=stem))[:4] == ["Câu 1. Gồm:", "1. một", "2. hai", "• ba"]


def test_a_picture_comes_along_once_and_fits() -> None:
    source = f"![một hình](media:{SHA})"
    paper = one_question(a_paper_question(stem=f"Xem {source} và {source}"))
    parts = parts_of(paper, a_picture(4000, 3000))
    said = parts["word/document.xml"].decode()
    assert [name for name in parts if "media" in name] == [f"word/media/h{SHA[:16]}.png"]
    assert len(set(re.findall(r'docPr id="(\d+)"', said))) == 2 and 'descr="một hình"' in said
    assert max(int(size) for size in re.findall(r'cy="(\d+)"', said)) <= 6.5 * 360_000 + 1


def test_a_picture_that_is_gone_leaves_its_words() -> None:
    assert "một hình" in lines_of(a_paper_question(stem=f"Xem ![một hình](media:{SHA})"))[0]


def test_a_table_is_written_with_its_cells_and_no_wider_than_the_page() -> None:
    rows = "\n".join("\t".join(["một ô khá là rộng đấy"] * 6) for _ in range(2))
    said = parts_of(one_question(a_paper_question(stem=f"Bảng:\n{rows}")))["word/document.xml"].decode()
    table = said[said.index("Bảng:") :]
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
    assert len(widths) == 6 and sum(widths) <= 17.5 * 567 + 6


def test_merged_cells_reach_over_rows_and_columns() -> None:
    table = '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>'
    said = parts_of(one_question(a_paper_question(stem=f"Bảng {table}")))["word/document.xml"].decode()
    assert said.count('<w:vMerge w:val="restart"/>') == said.count("<w:vMerge/>") == 1
    assert '<w:gridSpan w:val="2"/>' in said


def test_a_passage_stands_above_its_questions() -> None:
    block = Block((a_paper_question(),), "Một đoạn văn.", "Đọc đoạn sau:", "Trả lời:")
    said = [words(one) for one in body_of(a_paper(a_paper_part(1, block)))]
    start = said.index("Đọc đoạn sau:")
    assert said[start + 1 : start + 3] == ["Một đoạn văn.", "Trả lời:"] and said[start + 3].startswith("Câu 1.")


def test_prose_is_indented_verse_stands_in_stanzas_and_the_source_at_the_right() -> None:
    verse = "Một đoạn dẫn.\n\nDòng một\ndòng hai\n\nDòng ba\ndòng bốn\n\n(Tác giả, Tên bài)"
    block = Block((a_paper_question(),), verse, "Đọc đoạn sau:", "Trả lời:")
    lines = {words(one): one for one in body_of(a_paper(a_paper_part(1, block)))}
    look = {text: etree.tostring(one).decode() for text, one in lines.items()}
    assert "w:firstLine=" in look["Một đoạn dẫn."] and "w:firstLine=" not in look["Dòng một"]
    assert 'w:jc w:val="left"' in look["dòng hai"] and "w:left=" in look["dòng hai"]
    airy = [text for text in ("Dòng một", "dòng hai", "Dòng ba", "dòng bốn") if 'w:before="0"' not in look[text]]
    assert airy == ["Dòng một", "Dòng ba"]
    assert 'w:jc w:val="right"' in look["(Tác giả, Tên bài)"] and "w:firstLine" not in look["(Tác giả, Tên bài)"]
    assert "<w:b/><w:i/>" in look["Đọc đoạn sau:"] and "<w:b/>" in look["Trả lời:"]


@pytest.mark.parametrize(
    ("authority", "lines"),
    [
        ("", []),
        ("SỞ GD&ĐT HUẾ", ["SỞ GD&ĐT HUẾ"]),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ NỘI (BẢN THỬ)", ["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "HÀ NỘI (BẢN THỬ)"]),
        ("SỞ " * 40 + "A", ["SỞ " * 40 + "A"]),
    ],
)
def test_a_long_line_of_the_heading_parts_into_two_of_about_the_same_length(authority: str, lines: list[str]) -> None:
    assert [line.replace("\u00a0", " ") for line in parted(authority, 16)] == lines


def test_the_same_paper_is_the_same_bytes_without_dates_or_squeezing() -> None:
    paper = one_question(a_paper_question(stem=f"$x$ ![h](media:{SHA})"))
    first, second = (word_papers([paper], a_picture())[0] for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as file:
        assert {(info.date_time, info.compress_type) for info in file.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
        }


def test_hostile_characters_leave_a_sound_document() -> None:
    paper = one_question(a_paper_question(stem="a\x00b\x0b<&>\ufffe", options=("\x01", "]]>", "\x1f2", "")))
    assert etree.fromstring(parts_of(paper)["word/document.xml"]) is not None
    heading = replace(paper.heading, school='TRƯỜNG <b>\x02&"')
    assert etree.fromstring(parts_of(replace(paper, heading=heading))["word/document.xml"]) is not None


def keyed(question: PaperQuestion, truths: str) -> PaperQuestion:
    choices = tuple(replace(choice, is_true=sign == "T") for choice, sign in zip(question.choices, truths, strict=True))
    return replace(question, choices=choices)


def test_our_own_reader_gets_back_the_questions_and_their_keys(tmp_path: Path) -> None:
    choice = keyed(a_paper_question(key="C", stem="Tính $\\frac{1}{2}+x^2$", explanation="Vì thế."), "FFTF")
    second = keyed(a_paper_question(2, key="A", options=("một phương án dài",) * 3 + ("khác",)), "TFFF")
    second = replace(second, choices=tuple(replace(one, text=f"{one.text} {one.letter}") for one in second.choices))
    cluster = keyed(
        a_paper_question(type=QuestionType.TRUE_FALSE, stem="Xét các ý sau.", options=("m", "n", "p", "q"), key="ĐSSĐ"),
        "TFFT",
    )
    short = a_paper_question(type=QuestionType.SHORT_ANSWER, stem="Bao nhiêu?", options=(), key="2,5")
    paper = a_paper(
        a_paper_part(1, Block((choice, second))),
        a_paper_part(2, Block((cluster,))),
        a_paper_part(3, Block((short,))),
        with_keys=True,
    )
    path = tmp_path / "de.docx"
    path.write_bytes(word_papers([paper], no_media)[0])
    found = [one.draft for one in read_word(SourceFile(path, path.name))]
    assert [draft and (draft.type, draft.key) for draft in found] == [
        (QuestionType.SINGLE_CHOICE, "C"),
        (QuestionType.SINGLE_CHOICE, "A"),
        (QuestionType.TRUE_FALSE, "TFFT"),
        (QuestionType.SHORT_ANSWER, "2,5"),
    ]
    assert found[0] is not None and found[0].explanation == "Vì thế."
    assert found[1] is not None and found[1].parts[0].text == "một phương án dài A"


def test_the_table_of_keys_has_a_column_for_each_code() -> None:
    papers = [
        one_question(a_paper_question(key=key), code=str(100 + place)) for place, key in enumerate("ABCDABCDABCD", 1)
    ]
    with ZipFile(io.BytesIO(word_keys(papers))) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]
    assert ["Câu", *map(str, range(101, 111))] in rows and ["1", *"ABCDABCDAB"] in rows and ["1", "C", "D"] in rows


RECORDED = "7a70a52242b32223863731d3ec69ef23cecc8103e1ec3e6905ea1207347a1316"
"""SHA-256 of the paper below. It changes only with the layout: then papers of before print differently, on purpose."""


@pytest.mark.recorded
def test_a_paper_has_the_recorded_bytes_in_every_python_and_on_every_machine() -> None:
    stem = f"Cho $\\frac{{x^2+1}}{{(x-1)^2}}$ và bảng:\nx\t1\ny\t2\n![hình](media:{SHA})"
    block = Block((a_paper_question(stem=stem),), "Một đoạn <b>văn</b>.", "Đọc:", "Trả lời:")
    picture = bytes.fromhex(TINY_PNG)
    (data,) = word_papers([a_paper(a_paper_part(1, block))], lambda _sha256: picture)
    assert hashlib.sha256(data).hexdigest() == RECORDED
