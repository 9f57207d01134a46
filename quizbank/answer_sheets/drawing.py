"""Answer sheets as PDF: vectors only, the same bytes for the same sheets, readable in colour and in grey.

Rings and their letters are light red, which falls away beside a pen's mark; whatever the reader finds its way by is
black. What all sheets of a quiz share is laid out once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import segno

from quizbank.answer_sheets.labels import SheetLabel
from quizbank.answer_sheets.layout import (
    ANSWER_COLUMNS,
    ANSWER_FIRST,
    ANSWER_PITCH,
    ANSWER_SIGNS,
    ANSWER_STEP,
    ANSWER_TOP,
    ANSWER_WIDTH,
    BLOCK,
    CODE_DIGITS,
    DIGIT_PITCH,
    INNER_Y,
    LEFT,
    MARKER_MM,
    MARKER_PLACES,
    NUMBER_DIGITS,
    QR_MM,
    QR_PLACE,
    SLOTS,
    SQUARE_MM,
    STATEMENTS,
    Bubble,
    SheetLayout,
    answer_place,
    choice_place,
    grid_places,
    identity_fields,
    judgement_place,
    slots_of,
    square_places,
)
from quizbank.answer_sheets.markers import CELLS, marker_cells
from quizbank.answer_sheets.typesetting import literal, pdf_of
from repository.errors import Invalid

MOST_SHEETS = 2_000
PREAMBLE = """
#set document(title: "Phiếu trả lời trắc nghiệm", date: none)
#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(font: "Libertinus Serif", size: 9pt, lang: "vi", hyphenate: false)
#set par(leading: 0.5em)
#let ink = rgb("#e0788c")
#let faint = rgb("#e6e6e6")
#let at(x, y, it) = place(top + left, dx: x * 1mm, dy: y * 1mm, it)
#let box-at(x, y, w, h, it) = at(x, y, box(width: w * 1mm, height: h * 1mm, it))
#let mid(x, y, w, it) = at(x, y, box(width: w * 1mm, height: 4mm, align(center + horizon, it)))
#let dot(x, y, it) = at(x - 2.1, y - 2.1, circle(radius: 2.1mm, stroke: 0.2mm + ink, inset: 0mm,
  align(center + horizon, text(size: 6.4pt, fill: ink, font: "DejaVu Sans Mono", it))))
#let off(x, y) = at(x - 2.1, y - 2.1, circle(radius: 2.1mm, stroke: 0.2mm + faint))
#let full(x, y) = at(x - 1.9, y - 1.9, circle(radius: 1.9mm, fill: black))
#let sq(x, y, s) = at(x, y, rect(width: s * 1mm, height: s * 1mm, fill: black))
#let cell(x, y, w, h) = at(x, y, rect(width: w * 1mm, height: h * 1mm, stroke: 0.15mm + ink))
#let line-of(x, y, w, it) = { at(x, y, text(size: 8.5pt, it)); at(x, y + 4.6, line(length: w * 1mm, stroke: 0.1mm)) }
"""


@dataclass(frozen=True)
class Sheet:
    """What is printed for one candidate; empty where they are to write it themselves."""

    name: str = ""
    number: str = ""
    code: str = ""
    born_on: str = ""
    room: str = ""


@dataclass(frozen=True)
class SheetHead:
    """What all sheets of a quiz say."""

    quiz_id: int
    exam: str = ""
    school: str = ""
    subject: str = ""


BLANK = Sheet()


def answer_sheet_pdf(layout: SheetLayout, head: SheetHead, sheets: Sequence[Sheet] = (BLANK,)) -> bytes:
    """A PDF with one page for each sheet.

    Raises:
        Invalid: a number or code that the sheet has no room for, or too many sheets.
    """
    if not 1 <= len(sheets) <= MOST_SHEETS:
        raise Invalid("Mỗi lần in từ 1 đến {limit} phiếu.", limit=MOST_SHEETS)
    for sheet in sheets:
        check_sheet(layout, sheet)
    return pdf_of(
        "\n".join((PREAMBLE, f"#let common = [{''.join(common_lines(layout, head))}]", *pages(layout, head, sheets)))
    )


def layout_for(numbers: Iterable[str], codes: Iterable[str], counts: tuple[int, int, int]) -> SheetLayout:
    """The smallest sheet that has room for these numbers and codes.

    Raises:
        Invalid: one of them is too long for any sheet, or the quiz has more questions than a sheet.
    """
    number = max((len(one) for one in numbers), default=0)
    code = max((len(one) for one in codes), default=0)
    number_digits = next((digits for digits in NUMBER_DIGITS if digits >= number), NUMBER_DIGITS[-1])
    code_digits = next((digits for digits in CODE_DIGITS if digits >= code), CODE_DIGITS[-1])
    return SheetLayout(number_digits, code_digits, counts)


def check_sheet(layout: SheetLayout, sheet: Sheet) -> None:
    if sheet.number and not (sheet.number.isdecimal() and len(sheet.number) == layout.number_digits):
        raise Invalid(
            "Số báo danh {number} không có đúng {digits} chữ số.", number=sheet.number, digits=layout.number_digits
        )
    if sheet.code and not (sheet.code.isdecimal() and len(sheet.code) == layout.code_digits):
        raise Invalid("Mã đề {code} không có đúng {digits} chữ số.", code=sheet.code, digits=layout.code_digits)


def pages(layout: SheetLayout, head: SheetHead, sheets: Sequence[Sheet]) -> Iterator[str]:
    for place, sheet in enumerate(sheets):
        label = SheetLabel(head.quiz_id, layout.name, sheet.code, sheet.number)
        own = "".join((*qr_lines(label), *own_lines(layout, sheet)))
        yield ("#pagebreak()\n" if place else "") + f"#common\n{own}"


def own_lines(layout: SheetLayout, sheet: Sheet) -> Iterator[str]:
    """What is printed for this candidate alone."""
    for y, value in ((29.5, sheet.name), (36.5, sheet.born_on), (50.5, sheet.room)):
        if value:
            yield f'#at(38, {y}, text(size: 9.5pt, weight: "bold")[{literal(value)}])\n'
    preset = sheet.number.ljust(layout.number_digits) + sheet.code.ljust(layout.code_digits)
    for field, sign in zip(identity_fields(layout), preset, strict=True):
        for bubble in field.bubbles:
            if bubble.value == sign:
                yield f"#full({bubble.x:.2f}, {bubble.y:.2f})\n"
                yield f"#mid({bubble.x - 2.7:.2f}, 27.3, 5.4)[{sign}]\n"


def common_lines(layout: SheetLayout, head: SheetHead) -> Iterator[str]:
    yield from marker_lines(layout)
    yield from head_lines(head)
    yield from grid_lines(layout)
    yield from choice_lines(layout)
    yield from judgement_lines(layout)
    yield from answer_lines(layout)
    for field, is_used in slots_of(layout):
        yield from (
            bubble_line(bubble) if is_used else f"#off({bubble.x:.2f}, {bubble.y:.2f})\n" for bubble in field.bubbles
        )
    yield (
        "#box-at(22, 267, 166, 12, text(size: 7.6pt)[*Cách tô:* dùng bút chì hoặc bút mực, tô kín một ô tròn: "
        "#box(circle(radius: 1.2mm, fill: black), baseline: 0.3mm). Muốn đổi, tẩy sạch ô cũ rồi tô ô mới. "
        "Trả lời ngắn: viết kết quả vào các ô vuông, mỗi ô một kí tự, rồi tô ô tròn tương ứng ở dưới; "
        "dấu trừ chỉ ở cột 1, dấu phẩy chỉ ở cột 2 hoặc 3. Không viết đè lên các ô vuông đen.])\n"
    )


def marker_lines(layout: SheetLayout) -> Iterator[str]:
    step = MARKER_MM / CELLS
    for (left, top), marker_id in zip(MARKER_PLACES, layout.marker_ids, strict=True):
        yield f"#sq({left}, {top}, {MARKER_MM})\n"
        for row, cells in enumerate(marker_cells(marker_id)):
            for column, is_black in enumerate(cells):
                if not is_black:
                    x, y = left + column * step, top + row * step
                    yield (
                        f"#at({x:.4f}, {y:.4f}, rect(width: {step:.4f}mm, height: {step:.4f}mm, fill: white, "
                        "stroke: 0.02mm + white))\n"
                    )
    for x, y in square_places():
        yield f"#sq({x - SQUARE_MM / 2}, {y - SQUARE_MM / 2}, {SQUARE_MM})\n"


def head_lines(head: SheetHead) -> Iterator[str]:
    if head.school:
        yield f"#mid(20, 7.5, 170, text(size: 8.5pt)[{literal(head.school)}])\n"
    yield '#mid(20, 12, 170, text(size: 13pt, weight: "bold")[PHIẾU TRẢ LỜI TRẮC NGHIỆM])\n'
    if head.exam:
        yield f"#mid(20, 17.5, 170, text(size: 9.5pt)[{literal(head.exam)}])\n"
    names = ("Họ và tên:", "Ngày sinh:", "Môn thi:", "Phòng thi:")
    for place, name in enumerate(names):
        yield f"#line-of({LEFT}, {30 + 7 * place}, {88 if place < 2 else 64}, [{name}])\n"
    if head.subject:
        yield f'#at(38, 43.5, text(size: 9.5pt, weight: "bold")[{literal(head.subject)}])\n'
    for place, name in enumerate(("Chữ kí thí sinh", "Chữ kí giám thị")):
        x = LEFT + place * 34
        yield (
            f"#at({x}, 59, rect(width: 32mm, height: 22mm, stroke: 0.1mm + ink, inset: 1mm, text(size: 7pt)[{name}]))\n"
        )


def grid_lines(layout: SheetLayout) -> Iterator[str]:
    number_x, code_x = grid_places(layout)
    grids = ((number_x, layout.number_digits, "Số báo danh"), (code_x, layout.code_digits, "Mã đề"))
    for first, digits, name in grids:
        left, width = first - DIGIT_PITCH / 2, digits * DIGIT_PITCH
        yield f'#mid({left:.2f}, 22.5, {width:.2f}, text(size: 9pt, weight: "bold")[{name}])\n'
        for place in range(digits):
            yield f"#cell({left + place * DIGIT_PITCH:.2f}, 26.6, {DIGIT_PITCH}, 5.4)\n"
    for field in identity_fields(layout):
        yield from map(bubble_line, field.bubbles)


def bubble_line(bubble: Bubble) -> str:
    return f"#dot({bubble.x:.2f}, {bubble.y:.2f})[{literal(bubble.value)}]\n"


def part_line(place: int, name: str) -> str:
    return f'#at({LEFT}, {INNER_Y[place] - 2}, text(size: 10pt, weight: "bold")[{name}])\n'


def numbered(x: float, y: float, width: float, number: int, *, is_used: bool, word: str = "") -> str:
    fill = "black" if is_used else "faint"
    return f'#mid({x:.2f}, {y - 2:.2f}, {width:.2f}, text(size: 8pt, weight: "bold", fill: {fill})[{word}{number}])\n'


def choice_lines(layout: SheetLayout) -> Iterator[str]:
    yield part_line(0, "PHẦN I")
    for number in range(1, SLOTS[0] + 1):
        x, y = choice_place(number)
        yield numbered(x, y, 8, number, is_used=number <= layout.counts[0])


def judgement_lines(layout: SheetLayout) -> Iterator[str]:
    yield part_line(1, "PHẦN II")
    for number in range(1, SLOTS[1] + 1):
        is_used = number <= layout.counts[1]
        x, y = judgement_place(number, 0)
        yield numbered(x, y - 5.2, BLOCK / 2, number, is_used=is_used, word="Câu ")
        for row, letter in enumerate(STATEMENTS):
            x, y = judgement_place(number, row)
            fill = "black" if is_used else "faint"
            yield f"#mid({x + 1:.2f}, {y - 2:.2f}, 5, text(size: 8pt, fill: {fill})[{letter})])\n"


def answer_lines(layout: SheetLayout) -> Iterator[str]:
    yield part_line(2, "PHẦN III")
    for number in range(1, SLOTS[2] + 1):
        is_used = number <= layout.counts[2]
        left = answer_place(number)
        yield numbered(left + 3, 186.6, ANSWER_WIDTH - 4, number, is_used=is_used, word="Câu ")
        for column in range(ANSWER_COLUMNS):
            x = left + ANSWER_FIRST + (column - 0.5) * ANSWER_PITCH
            yield f"#cell({x:.2f}, 189, {ANSWER_PITCH}, 5.6)\n"
        fill = "ink" if is_used else "faint"
        for row, sign in enumerate(ANSWER_SIGNS):
            y = ANSWER_TOP + row * ANSWER_STEP - 2
            yield f"#mid({left + 1:.2f}, {y:.2f}, 5, text(size: 7pt, fill: {fill})[{literal(sign)}])\n"


def qr_lines(label: SheetLabel) -> Iterator[str]:
    """The QR code as runs of black, so that it stays sharp at any size."""
    rows = tuple(segno.make(str(label), error="m", micro=False).matrix)
    step = QR_MM / len(rows)
    left, top = QR_PLACE
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                yield (
                    f"#at({left + x * step:.4f}, {top + y * step:.4f}, "
                    f"rect(width: {(run - x) * step + 0.01:.4f}mm, height: {step + 0.01:.4f}mm, fill: black))\n"
                )
            x = max(run, x + 1)
