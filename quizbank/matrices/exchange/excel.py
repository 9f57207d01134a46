"""A matrix as an Excel file in the official layout: one sheet for the matrix, one for the specification."""

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from quizbank.matrices.exchange.sheets import Box, Sheet, sheets_of
from quizbank.matrices.exchange.undated import safe, undated
from quizbank.matrices.rules import Matrix
from repository.curriculum.rules import Curriculum

FONT = "Times New Roman"
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE8EEF7")


def write_excel(matrix: Matrix, curriculum: Curriculum) -> bytes:
    """An ``.xlsx``; the same matrix gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets_of(matrix, curriculum):
        _write_sheet(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def _write_sheet(page: Worksheet, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.lines, 1):
        cell = page.cell(number, 1, safe(line))
        cell.font = Font(name=FONT, size=13 if number == 1 else 12, bold=number <= 2)
        cell.data_type = "s"
    top = len(sheet.lines) + 2
    for place, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    for row in range(sheet.row_count):
        for column in range(len(sheet.widths)):
            page.cell(top + row, 1 + column).border = _BOX
    for box in sheet.boxes:
        _write_box(page, box, top)
    page.freeze_panes = page.cell(top + 4, 4)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _write_box(page: Worksheet, box: Box, top: int) -> None:
    row, column = top + box.row, 1 + box.column
    cell = page.cell(row, column)
    if isinstance(box.text, str):
        cell.value, cell.data_type = safe(box.text), "s"
    else:
        cell.value = int(box.text) if box.text == int(box.text) else float(Decimal(box.text))
    cell.font = Font(name=FONT, size=11, bold=box.is_head)
    left = "left" if box.is_text else "center"
    cell.alignment = Alignment(horizontal=left, vertical="center", wrap_text=True)
    if box.is_head:
        cell.fill = _HEAD
    if box.rows > 1 or box.columns > 1:
        page.merge_cells(
            start_row=row, start_column=column, end_row=row + box.rows - 1, end_column=column + box.columns - 1
        )
