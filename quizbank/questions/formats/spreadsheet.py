"""Read tables of questions, one a row: Excel (.xlsx, .xls, .ods) and CSV.

The columns are found by their headings or named by the person (``options["mapping"]``). The key may be letters, the
whole text of an option, or its number where no option reads so; where two of these disagree it is reported.
"""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import python_calamine

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.spreadsheet_columns import (
    HEADER_ROWS,
    Column,
    ColumnMapping,
    Row,
    find_mapping,
    mapping_from,
)
from quizbank.questions.formats.spreadsheet_rows import convention_of, question_of
from repository.errors import Invalid
from repository.files.archives import ArchiveLimits, open_archive

MAX_BYTES = 64 << 20
MAX_CSV_BYTES = 256 << 20
MAX_ROWS = 200_000
MAX_COLUMNS = 200
EVIDENCE_ROWS = 500
DELIMITERS = ",;\t|"
HEADER_LINES = 100
_INSTRUCTION = re.compile(r"\((?:optional|required|bắt buộc|không bắt buộc)", re.IGNORECASE)
LIMITS = ArchiveLimits(entries=5_000, total_bytes=400 << 20)
csv.field_size_limit(1 << 20)


@dataclass(frozen=True)
class Sheet:
    """A sheet's first rows, for the form on which a person says what its columns mean."""

    name: str
    rows: tuple[Row, ...]
    mapping: ColumnMapping | None


def read_spreadsheet(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of every sheet that has them; see ``formats.paper.Reader``."""
    chosen, only = mapping_from(source.options), source.options.get("sheet", "")
    found_any = False
    for name, rows in sheets_of(source):
        if only and name != only:
            continue
        mapping = chosen or find_mapping(rows[:HEADER_ROWS])
        if mapping is None:
            continue
        found_any = True
        yield from questions_in(name, rows, mapping)
    if not found_any:
        raise Invalid("Không nhận ra cột câu hỏi và đáp án trong {name}: hãy gán cột bằng tay.", name=source.name)


def read_csv(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of a CSV file, read row by row; see ``formats.paper.Reader``."""
    rows = csv_rows(source)
    head = list(islice(rows, HEADER_ROWS))
    mapping = mapping_from(source.options) or find_mapping(head)
    if mapping is None:
        raise Invalid("Không nhận ra cột câu hỏi và đáp án trong {name}: hãy gán cột bằng tay.", name=source.name)
    yield from questions_in("", chain(head, rows), mapping)


def questions_in(sheet: str, rows: Iterable[Row], mapping: ColumnMapping) -> Iterator[ParsedQuestion]:
    below = ((place, row) for place, row in enumerate(rows) if place > mapping.header_row)
    numbered = ((place, row) for place, row in below if is_filled(row, mapping) and not is_instruction(row))
    head = list(islice(numbered, EVIDENCE_ROWS))
    convention = convention_of((row for _, row in head), mapping)
    for place, row in chain(head, numbered):
        where = f"sheet {sheet}, row {place + 1}" if sheet else f"row {place + 1}"
        yield question_of(row, mapping, place=where, number=place - mapping.header_row, convention=convention)


def is_filled(row: Row, mapping: ColumnMapping) -> bool:
    """Whether a row says anything beside a number that the template has printed."""
    first = next((at for at, value in enumerate(row) if value), None)
    is_number = first is not None and row[first].isdecimal() and mapping.columns.get(first) in (None, Column.NUMBER)
    return any(value for at, value in enumerate(row) if not (is_number and at == first))


def is_instruction(row: Row) -> bool:
    """Whether a row below the headings tells what to write there, as in the templates of quiz games."""
    return sum(bool(_INSTRUCTION.search(value)) for value in row) > 2


def sheets_in(source: SourceFile) -> list[Sheet]:
    """The sheets of a table with their first rows and what their columns seem to mean."""
    if is_csv(source):
        head = tuple(islice(csv_rows(source), HEADER_ROWS))
        return [Sheet("", head, find_mapping(head))]
    tables = ((name, tuple(rows[:HEADER_ROWS])) for name, rows in sheets_of(source))
    return [Sheet(name, head, find_mapping(head)) for name, head in tables]


def is_csv(source: SourceFile) -> bool:
    with source.path.open("rb") as file:
        return file.read(4) not in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def sheets_of(source: SourceFile) -> Iterator[tuple[str, Sequence[Row]]]:
    """Every sheet with its cells as text.

    Raises:
        Invalid: the file is too large, encrypted or broken.
    """
    if source.path.stat().st_size > MAX_BYTES:
        raise Invalid("Tệp {name} quá lớn: tối đa 64 MB.", name=source.name)
    with source.path.open("rb") as file:
        is_zip = file.read(4) == b"PK\x03\x04"
    if is_zip:
        with open_archive(source.path, LIMITS):
            pass
    try:
        with python_calamine.CalamineWorkbook.from_path(str(source.path)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
                    raise Invalid("Bảng {sheet} quá lớn: tối đa 200 000 dòng, 200 cột.", sheet=name)
                yield name, [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, OSError) as error:
        raise Invalid("Tệp {name} không đọc được: bảng tính hỏng hoặc có mật khẩu.", name=source.name) from error


def text_of(cell: object) -> str:
    """A cell as people see it: whole numbers without ``.0``, decimals with a comma, dates day first."""
    match cell:
        case bool():
            return "Đúng" if cell else "Sai"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return repr(cell).replace(".", ",")
        case dt.datetime() | dt.date():
            return cell.strftime("%d/%m/%Y")
        case _:
            return str(cell).strip()


def csv_rows(source: SourceFile) -> Iterator[Row]:
    """The rows of a CSV file, whichever of ``, ; tab |`` parts its columns.

    Raises:
        Invalid: too large, not Unicode, or a row that can't be read.
    """
    if source.path.stat().st_size > MAX_CSV_BYTES:
        raise Invalid("Tệp {name} quá lớn: tối đa 256 MB.", name=source.name)
    with source.path.open("rb") as file:
        start = file.read(1 << 16)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    delimiter = _delimiter_in(start.decode(encoding, "replace"))
    with source.path.open(encoding=encoding, newline="") as text:
        reader = csv.reader((line.replace("\x00", "") for line in text), delimiter=delimiter)
        try:
            for row in islice(reader, MAX_ROWS):
                yield [cell.strip() for cell in row[:MAX_COLUMNS]]
        except UnicodeError as error:
            message = "Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8."
            raise Invalid(message, name=source.name) from error
        except csv.Error as error:
            raise Invalid("Tệp {name}, dòng {line}: không đọc được.", name=source.name, line=reader.line_num) from error


def _delimiter_in(start: str) -> str:
    """What parts the columns: the sign that makes headings of one of the first lines, or else the commonest."""
    lines = start.splitlines(keepends=True)[:HEADER_LINES]
    for delimiter in sorted(DELIMITERS, key=lambda sign: -(lines[0].count(sign) if lines else 0)):
        try:
            rows = list(islice(csv.reader(lines, delimiter=delimiter), HEADER_ROWS))
        except csv.Error:
            continue
        if find_mapping(rows) is not None:
            return delimiter
    return max(DELIMITERS, key=(lines[0] if lines else "").count)


def sample_of(sheet: Sheet, rows: int = 5) -> list[Row]:
    """The first rows below the headings."""
    first = sheet.mapping.header_row + 1 if sheet.mapping else 0
    return list(sheet.rows[first : first + rows])


def mapping_json(mapping: ColumnMapping) -> str:
    """The form in which ``options["mapping"]`` holds it."""
    output = io.StringIO()
    json.dump({str(place): str(meaning) for place, meaning in mapping.columns.items()}, output)
    return output.getvalue()
