"""Word papers as they are written: looked at in the document's own XML."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from PIL import Image

from quizbank.questions.formats.word_writer import write_word
from quizbank.questions.formats.writing import Export, Loss
from quizbank.questions.rules import NewQuestion, Part, Placement, QuestionContent, QuestionType

SHA256 = "a" * 64
PLACEMENT = Placement("toan", "ct-2006", 12, None, "nhan-biet")


def a_picture() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (30, 10), "red").save(output, "WEBP")
    return output.getvalue()


def a_choice(stem: str, *options: str, passage: str = "") -> NewQuestion:
    parts = tuple(Part(text.lstrip("*"), text.startswith("*")) for text in options or ("*Một", "Hai"))
    return NewQuestion(QuestionContent(QuestionType.SINGLE_CHOICE, stem, parts), PLACEMENT, passage)


def written(*questions: NewQuestion) -> tuple[bytes, list[Loss]]:
    output = io.BytesIO()
    named = [(f"q-{number}", question) for number, question in enumerate(questions, start=1)]
    losses = write_word(Export("Đề thử", named, lambda _sha256: a_picture()), output)
    return output.getvalue(), list(losses)


def document_of(*questions: NewQuestion) -> Document:
    return docx.Document(io.BytesIO(written(*questions)[0]))


def lines_of(*questions: NewQuestion) -> list[str]:
    return [paragraph.text for paragraph in document_of(*questions).paragraphs]


def xml_of(*questions: NewQuestion) -> str:
    with zipfile.ZipFile(io.BytesIO(written(*questions)[0])) as package:
        return package.read("word/document.xml").decode()


def test_a_question_stands_as_teachers_write_it() -> None:
    assert lines_of(a_choice("Hỏi gì?")) == [
        "PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn.",
        "Câu 1. [NB] Hỏi gì?",
        "A. Một",
        "B. Hai",
    ]


def test_the_letter_of_the_right_option_is_underlined() -> None:
    letters = [paragraph.runs[0] for paragraph in document_of(a_choice("Hỏi?", "Một", "*Hai")).paragraphs[2:]]
    assert [(run.text, bool(run.underline)) for run in letters] == [("A", False), ("B", True)]


def test_the_letter_of_a_locked_option_is_italic() -> None:
    content = QuestionContent(QuestionType.SINGLE_CHOICE, "Hỏi?", (Part("Một", True), Part("Cả hai", False, True)))
    letters = [paragraph.runs[0] for paragraph in document_of(NewQuestion(content, PLACEMENT)).paragraphs[2:]]
    assert [bool(run.italic) for run in letters] == [False, True]


def test_statements_have_small_letters_and_a_key_line() -> None:
    content = QuestionContent(QuestionType.TRUE_FALSE, "Xét:", tuple(Part(str(n), n % 2 == 0) for n in range(4)))
    assert lines_of(NewQuestion(content, PLACEMENT))[2:] == ["a) 0", "b) 1", "c) 2", "d) 3", "Đáp án: Đ S Đ S"]


def test_formulas_are_native_equations() -> None:
    xml = xml_of(a_choice(r"Tính $\frac{1}{2}$"))
    assert "<m:f>" in xml and "$" not in xml and "frac" not in xml


def test_small_letters_stay_small() -> None:
    xml = xml_of(a_choice("H<sub>2</sub>O và x<sup>3</sup>"))
    assert 'w:val="subscript"/></w:rPr><w:t>2</w:t>' in xml and 'w:val="superscript"/></w:rPr><w:t>3</w:t>' in xml


def test_a_picture_that_word_does_not_know_becomes_one_it_knows() -> None:
    data, _ = written(a_choice(f"Hình ![đồ thị](media:{SHA256})"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        [name] = [name for name in package.namelist() if name.startswith("word/media/")]
        assert name.endswith(".png") and package.read(name).startswith(b"\x89PNG")
        assert 'descr="đồ thị"' in package.read("word/document.xml").decode()


def test_a_table_keeps_cells_that_reach_over_several() -> None:
    text = "Bảng<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>$c$</td></tr></table>hết"
    [table] = document_of(a_choice(text)).tables
    assert [cell.text for row in table.rows for cell in row.cells] == ["a", "b", "a", ""]
    assert 'val="restart"' in xml_of(a_choice(text)) and "<m:oMath" in xml_of(a_choice(text))


def test_a_shared_passage_stands_once_above_its_questions() -> None:
    lines = lines_of(a_choice("Một?", passage="Thơ"), a_choice("Hai?", passage="Thơ"), a_choice("Ba?"))
    assert lines[1:4] == ["Đọc đoạn sau và trả lời các câu từ 1 đến 2:", "Thơ", "Câu 1. [NB] Một?"]
    assert lines.count("Thơ") == 1


def test_what_a_paper_cannot_hold_is_said() -> None:
    new = NewQuestion(a_choice("Hỏi?").content, Placement("toan", "gdpt-2018", 12, tags=("thi thử",)), licence="cc0")
    [tags, licence] = [str(loss.problem) for loss in written(new)[1]]
    assert "nhãn" in tags and "giấy phép" in licence


def test_signs_that_xml_forbids_do_not_break_the_file() -> None:
    assert lines_of(a_choice("Hỏi\x0b gì\ufffe?"))[1] == "Câu 1. [NB] Hỏi gì?"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_equations(tmp_path: Path) -> None:
    (tmp_path / "de.docx").write_bytes(written(a_choice(r"Tính $\sqrt{2025}$"))[0])
    command = ["soffice", "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/user", "--convert-to", "odt"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "de.docx")], check=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "de.odt") as package:
        formulas = [package.read(name).decode() for name in package.namelist() if re.match(r"Object.*content", name)]
    assert any("<msqrt" in formula and "2025" in formula for formula in formulas)
