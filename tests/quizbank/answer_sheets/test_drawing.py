"""Answer sheets as PDF."""

import hashlib
import subprocess
import sys

import numpy as np
import pypdfium2
import pytest

from quizbank.answer_sheets.drawing import MOST_SHEETS, Sheet, SheetHead, answer_sheet_pdf, layout_for
from quizbank.answer_sheets.layout import SheetLayout, fields_of
from quizbank.answer_sheets.reading import read_sheet
from repository.errors import Invalid
from tests.quizbank.answer_sheets.simulating import HEAD, printed

SMALL = SheetLayout(6, 3, (12, 4, 6))
LAN = Sheet("Nguyễn Thị Lan", "000123", "101", "01/02/2009", "P. 12")
PRINT = """
import hashlib
from quizbank.answer_sheets.drawing import *
from quizbank.answer_sheets.layout import SheetLayout
head = SheetHead(123, "Thi", "THPT", "Toán")
pdf = answer_sheet_pdf(SheetLayout(6, 3, (12, 4, 6)), head, [Sheet("Lan", "000123", "101")])
print(hashlib.sha256(pdf).hexdigest())
"""


def test_the_same_sheet_has_the_same_bytes_in_another_process() -> None:
    here = answer_sheet_pdf(SMALL, SheetHead(123, "Thi", "THPT", "Toán"), [Sheet("Lan", "000123", "101")])
    there = subprocess.run([sys.executable, "-c", PRINT], capture_output=True, text=True, check=True).stdout.strip()
    assert hashlib.sha256(here).hexdigest() == there


def test_every_sheet_has_a_page_with_its_own_name() -> None:
    pdf = pypdfium2.PdfDocument(answer_sheet_pdf(SMALL, HEAD, [LAN, Sheet("Trần Văn Bình", "000124", "102")]))
    texts = [page.get_textpage().get_text_range() for page in pdf]
    assert len(texts) == 2
    assert "Nguyễn Thị Lan" in texts[0] and "Trần Văn Bình" in texts[1]
    assert all("PHIẾU TRẢ LỜI TRẮC NGHIỆM" in text and "PHẦN III" in text for text in texts)


def test_a_preprinted_sheet_reads_as_its_number_and_code() -> None:
    page = pypdfium2.PdfDocument(answer_sheet_pdf(SMALL, HEAD, [LAN]))[0]
    drawn = page.render(scale=200 / 72, grayscale=True).to_numpy()
    read = read_sheet(np.ascontiguousarray(drawn[..., 0] if drawn.ndim == 3 else drawn))
    assert (read.value("number"), read.value("code")) == ("000123", "101")
    assert read.label is not None
    assert (read.label.quiz_id, read.label.number, read.label.code) == (123, "000123", "101")
    assert read.layout == SMALL


def test_names_that_look_like_typesetting_stay_names() -> None:
    odd = Sheet('#panic("a") $x$ *b* <c> \\ "d" [e] //f')
    text = pypdfium2.PdfDocument(answer_sheet_pdf(SMALL, HEAD, [odd]))[0].get_textpage().get_text_range()
    assert '#panic("a") $x$ *b* <c> \\ "d" [e] //f' in text.replace("“", '"').replace("”", '"')


def test_slots_that_the_quiz_does_not_use_are_pale() -> None:
    page, scale = printed(SMALL), printed(SMALL).shape[1] / 210
    everything = {field.name: field for field in fields_of(SheetLayout(6, 3))}

    def darkest(name: str) -> int:
        bubble = everything[name].bubbles[0]
        x, y, reach = bubble.x * scale, bubble.y * scale, 2.4 * scale
        return int(page[int(y - reach) : int(y + reach), int(x - reach) : int(x + reach)].min())

    assert darkest("1.12") < 190
    assert darkest("1.13") > 215
    assert darkest("2.5.a") > 215


@pytest.mark.parametrize("sheet", [Sheet(number="12"), Sheet(number="12345a"), Sheet(code="1010"), Sheet(code="A01")])
def test_a_number_or_code_that_does_not_fit_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Invalid):
        answer_sheet_pdf(SMALL, HEAD, [sheet])


@pytest.mark.parametrize("count", [0, MOST_SHEETS + 1])
def test_no_sheets_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(Invalid):
        answer_sheet_pdf(SMALL, HEAD, [LAN] * count)


@pytest.mark.parametrize(
    ("numbers", "codes", "digits"),
    [((), (), (6, 3)), (("01234567",), ("0101",), (8, 4)), (("1",), ("101",), (6, 3)), (("1234567",), ("12",), (8, 3))],
)
def test_the_sheet_has_room_for_every_number_and_code(
    numbers: tuple[str, ...], codes: tuple[str, ...], digits: tuple[int, int]
) -> None:
    layout = layout_for(numbers, codes, (1, 1, 1))
    assert (layout.number_digits, layout.code_digits) == digits
