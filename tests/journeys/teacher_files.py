"""Files as teachers bring them to the import desk, one of each format, built by script; a few lines of each will do."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
from PIL import Image

from quizbank.questions.formats.qti_writing import write_qti30
from quizbank.questions.formats.writing import Export
from tests.quizbank.questions.builders import a_choice, a_new_question, a_short_answer
from tests.quizbank.questions.formats.test_word_hostile import REFUSED
from tests.quizbank.questions.formats.word_documents import docx, lines, m, p, picture, r, zipped

HALF = "<m:f><m:num>{1}</m:num><m:den>{x}</m:den></m:f>"
ROOT = "<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{2}</m:e></m:rad>"


def a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (120, 80), "teal").save(data, "PNG")
    return data.getvalue()


def a_word_paper() -> bytes:
    """Equations in 1, a picture in 2; 3 has two equal options, 4 no key, 5 a key that is no option."""
    letters = "".join(p(r(letter, u=letter == "B"), f". {word}") for letter, word in zip("ABCD", "pqrs", strict=True))
    body = (
        p("Câu 1. Với ", m(HALF), " và ", m(ROOT), ", chọn số đúng.")
        + letters
        + p("Câu 2. Hình sau có màu gì? ", picture("m1", "Hình chữ nhật"))
        + letters.replace("p<", "đỏ<").replace("q<", "xanh<")
        + lines("Câu 3. Số nào là số nguyên tố?\nA. 4\nB. 9\nC. 4\nD. 7\nĐáp án: D")
        + lines("Câu 4. Số liền sau của 9 là\nA. 8\nB. 10\nC. 11\nD. 12")
        + lines("Câu 5. Số liền trước của 9 là\nA. 8\nB. 10\nC. 11\nD. 12\nĐáp án: E")
    )
    return docx(body, media={"m1:media/image1.png": a_picture()})


GIFT = "::Câu 1:: Giá trị của $$2^3$$ là {=8 ~6 ~9 ~5}\n\n::Câu 2:: Một cộng một bằng mấy? {#2}\n"
MOODLE = """<?xml version="1.0" encoding="UTF-8"?><quiz><question type="multichoice"><name><text>Câu 1</text></name>
<questiontext format="html"><text><![CDATA[<p>Tính \\(\\sqrt{9}\\).</p>]]></text></questiontext><single>true</single>
<answer fraction="100"><text>3</text></answer><answer fraction="0"><text>9</text></answer></question></quiz>"""
EX_TEST = r"""\begin{ex}%[2D1Y1-1]
Hàm số $y=\frac{1}{x}$ xác định khi
\choice{$x>1$}{\True $x\ne 0$}{$x=0$}{$x<1$}
\loigiai{Mẫu khác $0$.}
\end{ex}
"""


def a_qti_package() -> bytes:
    questions = [
        ("q-1", a_new_question(a_choice("Số nào bằng $\\frac{4}{2}$?", "B", ("1", "2", "3", "4")))),
        ("q-2", a_new_question(a_short_answer("Căn bậc hai của 16 là bao nhiêu?", "4"))),
    ]
    data = io.BytesIO()
    write_qti30(Export("Đề thử", questions, lambda _sha256: b""), data)
    return data.getvalue()


def a_sheet(stem: str) -> bytes:
    """A table whose headings say nothing to a machine."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Ra đề", "Một", "Hai", "Ba", "Bốn", "Đúng là"), (stem, "1", "2", "3", "4", "B")):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@dataclass(frozen=True)
class TeacherFile:
    """A sound file: its name, what is in it, how many questions come, and a word of the first."""

    name: str
    data: Callable[[], bytes]
    count: int
    word: str


SOUND = (
    TeacherFile("on-tap.gift", GIFT.encode, 2, "Giá trị của"),
    TeacherFile("moodle.xml", MOODLE.encode, 1, "Tính"),
    TeacherFile("qti.zip", a_qti_package, 2, "Số nào bằng"),
    TeacherFile("ex-test.tex", EX_TEST.encode, 1, "Hàm số"),
)

REFUSED_FILES = (
    ("mat-khau.docx", lambda: REFUSED["encrypted"], "mật khẩu"),
    ("bom.zip", lambda: zipped({"de.txt": bytes(300 << 20)}), "bom nén"),
)
