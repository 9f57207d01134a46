"""Tables as schools type them, made by script."""

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl

from quizbank.matrices.exchange.child import tables_in
from quizbank.matrices.exchange.importing import Choices, ImportedMatrix, import_matrix
from repository.curriculum.queries import curriculum

Rows = Sequence[Sequence[object]]
Joined = Sequence[str]

SCHOOL_LINES = ["SỞ GDĐT HÀ NỘI", "MA TRẬN ĐỀ KIỂM TRA CUỐI KÌ I", "MÔN: TOÁN - LỚP 12 - Thời gian làm bài: 90 phút"]
SCHOOL_HEAD: Rows = [
    [
        "STT",
        "Chương/Chủ đề",
        "Nội dung/Đơn vị kiến thức",
        "Mức độ đánh giá",
        *[""] * 11,
        "Tổng",
        "",
        "",
        "Tỉ lệ\n% điểm",
    ],
    ["", "", "", "TNKQ", *[""] * 8, "Tự luận", "", "", "", "", "", ""],
    ["", "", "", "Nhiều lựa chọn", "", "", "“Đúng - Sai”", "", "", "Trả lời ngắn", *[""] * 9],
    ["", "", "", *["Biết", "Hiểu", "VD"] * 5, ""],
]
SCHOOL_JOINED = ["D{0}:O{0}", "D{1}:L{1}", "M{1}:O{2}", "D{2}:F{2}", "G{2}:I{2}", "J{2}:L{2}", "P{0}:R{2}", "A{0}:A{3}"]
LEGACY_HEAD: Rows = [
    ["TT", "Nội dung kiến thức", "Đơn vị kiến thức", "Mức độ nhận thức", *[""] * 7, "Tổng", "", "% tổng điểm"],
    ["", "", "", "NB", "", "TH", "", "VD", "", "VDC", "", "Số CH", "Thời gian", ""],
    ["", "", "", *["Số CH", "Thời gian (phút)"] * 4, "TN", "", ""],
]
LEGACY_JOINED = ["D{0}:K{0}", "D{1}:E{1}", "F{1}:G{1}", "H{1}:I{1}", "J{1}:K{1}"]


def an_excel(lines: Sequence[str], rows: Rows, joined: Joined = ()) -> bytes:
    """A sheet with lines above a table; ``joined`` names the rows of the table by their numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ma trận"
    for row in [*([line] for line in lines), *rows]:
        sheet.append(list(row))
    numbers = [len(lines) + 1 + place for place in range(len(rows))]
    for span in joined:
        sheet.merge_cells(span.format(*numbers))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_word(lines: Sequence[str], rows: Rows, joined: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = str(text)
    for top, left, bottom, right in joined:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes, folder: Path, name: str = "ma-tran.xlsx", choices: Choices | None = None) -> ImportedMatrix:
    path = folder / name
    path.write_bytes(data)
    return import_matrix(list(tables_in(path)), choices or Choices(), curriculum(), name)
