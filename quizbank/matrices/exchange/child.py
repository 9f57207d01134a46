"""Reads the tables of an Excel or Word file in a process of its own: ``python -m …child FILE`` prints them as JSON.

It knows no database and no secret, and bounds its memory and time before it opens the file.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine
from docx.oxml.ns import qn
from lxml import etree

from quizbank.matrices.exchange.raw_tables import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TABLES,
    RawTable,
    data_of,
    filled,
)
from repository.confinement import allow_time, confine, only_answers
from repository.errors import HocLieuError, Invalid
from repository.files.archives import ArchiveLimits, open_archive

MEMORY_BYTES = 512 << 20
FILE_BYTES = 1 << 20
CPU_SECONDS = 60
LIMITS = ArchiveLimits(entries=2_000, total_bytes=256 << 20)
DOCUMENT = "word/document.xml"


def main(path: Path) -> None:
    answers = only_answers()
    confine(MEMORY_BYTES, FILE_BYTES)
    allow_time(CPU_SECONDS)
    try:
        answer: dict[str, Any] = {"tables": data_of(list(tables_in(path)))}
    except HocLieuError as error:
        answer = {"refused": error.message, "facts": {name: str(fact) for name, fact in error.facts.items()}}
    except (MemoryError, RecursionError):
        answer = {"refused": "Tệp cần quá nhiều bộ nhớ nên không đọc được.", "facts": {}}
    with answers:
        answers.write(json.dumps(answer, ensure_ascii=True).encode())


def tables_in(path: Path) -> Iterator[RawTable]:
    """The tables of a file, told by its bytes.

    Raises:
        Invalid: it is neither, or broken, encrypted or beyond the limits.
    """
    head = path.read_bytes()[:8]
    if not head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid("Tệp này không phải là Excel hay Word.")
    if head.startswith(b"PK"):
        with open_archive(path, LIMITS) as archive:
            if archive.has(DOCUMENT):
                yield from word_tables(archive.read_small(DOCUMENT))
                return
    yield from sheets_in(path)


def sheets_in(path: Path) -> Iterator[RawTable]:
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names[:MOST_TABLES]:
                sheet = book.get_sheet_by_name(name)
                if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                    raise Invalid("Bảng {sheet} quá lớn để là ma trận: tối đa 400 hàng, 80 cột.", sheet=name)
                rows = [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
                joined = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
                yield RawTable(name, filled(rows, joined))
    except (python_calamine.CalamineError, OSError) as error:
        raise Invalid("Tệp Excel hỏng hoặc được bảo vệ bằng mật khẩu nên không đọc được.") from error


def text_of(value: object) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, bool):
        return str(int(value))
    return str(value)[:LONGEST_TEXT].strip()


def word_tables(document: bytes) -> Iterator[RawTable]:
    """The tables that stand in the text itself, each with the lines since the one before."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        body = etree.fromstring(document, parser).find(qn("w:body"))
    except etree.XMLSyntaxError as error:
        raise Invalid("Tệp Word hỏng nên không đọc được.") from error
    before: list[str] = []
    number = 0
    for child in () if body is None else body:
        if child.tag == qn("w:p"):
            before.append(line_of(child))
        if child.tag == qn("w:tbl") and number < MOST_TABLES:
            number += 1
            lines = tuple(line for line in before if line)[-20:]
            yield RawTable(str(number), rows_of(child), lines, is_sheet=False)
            before = []


def rows_of(table: etree._Element) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for line in table.iterchildren(qn("w:tr")):
        if len(rows) == MOST_ROWS:
            raise Invalid("Bảng {sheet} quá lớn để là ma trận: tối đa 400 hàng, 80 cột.", sheet=len(rows))
        row: list[str] = []
        for cell in line.iterchildren(qn("w:tc")):
            wide, continues = span_of(cell)
            above = rows[-1][len(row)] if continues and rows and len(row) < len(rows[-1]) else None
            row += [text_of_cell(cell) if above is None else above] * min(wide, MOST_COLUMNS)
        rows.append(row[:MOST_COLUMNS])
    return filled(rows, [])


def span_of(cell: etree._Element) -> tuple[int, bool]:
    """How many columns a cell is wide, and whether it goes on from the row above."""
    wide = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    count = "1" if wide is None else wide.get(qn("w:val"), "1")
    continues = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
    return int(count) if count.isdecimal() and int(count) > 0 else 1, continues


def text_of_cell(cell: etree._Element) -> str:
    return "\n".join(filter(None, map(line_of, cell.iterchildren(qn("w:p")))))[:LONGEST_TEXT]


def line_of(paragraph: etree._Element) -> str:
    pieces = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        pieces.append(node.text or "" if node.tag == qn("w:t") else " ")
    return " ".join("".join(pieces).replace("\xa0", " ").split())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
