"""Tables of texts as files: CSV that Excel opens, and Excel workbooks; the same rows give the same bytes."""

import csv
import io
from collections.abc import Sequence
from zipfile import BadZipFile, ZipFile

import python_calamine
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from quizbank.matrices.exchange.undated import undated
from repository.errors import Invalid

MOST_BYTES, MOST_UNPACKED = 4 << 20, 64 << 20
_LONGEST_CELL, _WIDEST = 32_000, 60
_FORMULA = ("=", "+", "@", "\t", "\r")


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at the start. What a spreadsheet would take for a formula is told to be text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_tamed(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _tamed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def xlsx_bytes(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    """A workbook; every cell is text, so that ``0101`` keeps its nought and ``-2,5`` its comma."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "B2"
        for row, cells in enumerate(rows, 1):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(row, column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
                cell.data_type = "s"
                if row == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(rows[0]) + 1 if rows else 1):
            widest = max(len(cells[column - 1]) for cells in rows if len(cells) >= column)
            sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(7, widest + 2))
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def rows_from(name: str, data: bytes) -> list[list[str]]:
    """The rows of the first sheet of an ``.xlsx``, or of a CSV with commas, semicolons or tabs.

    Raises:
        Invalid: too large, or no table at all.
    """
    if len(data) > MOST_BYTES:
        raise Invalid("Tệp đáp án lớn quá.")
    return _xlsx_rows(data) if name.lower().endswith(".xlsx") else _csv_rows(data)


def _csv_rows(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("Tệp đáp án không phải là văn bản UTF-8.") from error
    head = text[:2000].splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[_wild(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise Invalid("Không đọc được tệp đáp án.") from error


def _wild(cell: str) -> str:
    """The inverse of ``_tamed``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _xlsx_rows(data: bytes) -> list[list[str]]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
                raise Invalid("Tệp đáp án lớn quá.")
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (BadZipFile, python_calamine.CalamineError, OSError, IndexError) as error:
        raise Invalid("Không đọc được tệp đáp án.") from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
