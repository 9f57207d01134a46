"""The marks of a batch as an Excel table, one sheet of paper a row."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptItem
from quizbank.attempts.rulings import judged_now
from quizbank.quizzes.models import QuizItem
from quizbank.scanning.models import ScanBatch
from quizbank.scanning.papers import PARTS, Papers
from quizbank.scanning.queries import SheetRow, decisions_of, list_sheets
from quizbank.scanning.rules import Standing, standing_of
from quizbank.scanning.words import state_of

PAGE = 200
HEADINGS = (
    *("Số báo danh", "Họ và tên", "Mã đề", "Điểm (thang 10)", "Tổng điểm", "Điểm tối đa"),
    *("Phần I", "Phần II", "Phần III", "Tình trạng", "Tệp", "Trang"),
)
WIDTHS = (14, 28, 8, 12, 10, 12, 8, 8, 8, 30, 24, 7)
Cell = str | int | float | Decimal | None


def write_marks(session: Session, batch: ScanBatch, papers: Papers, output: BinaryIO) -> int:
    """Write an ``.xlsx`` with every sheet of a batch that was seen; returns how many have marks."""
    book = Workbook(write_only=True)
    table = book.create_sheet("Điểm")
    table.freeze_panes = "D2"
    for place, width in enumerate(WIDTHS):
        table.column_dimensions[chr(65 + place)].width = width
    slots = slot_names(papers)
    headings = [WriteOnlyCell(table, heading) for heading in (*HEADINGS, *slots)]
    for heading in headings:
        heading.font = Font(bold=True)
    table.append(headings)
    count = 0
    for row, cells in rows_of(session, batch, papers, slots):
        table.append([text_cell(table, cell) if isinstance(cell, str) else cell for cell in cells])
        count += row.marks is not None
    book.save(output)
    return count


def text_cell(table: Any, text: str) -> WriteOnlyCell:
    """Text that no table program takes for a formula."""
    cell = WriteOnlyCell(table, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def slot_names(papers: Papers) -> list[str]:
    roman = {1: "I", 2: "II", 3: "III"}
    return [
        f"{roman[part]}.{number}"
        for part, used in zip(PARTS, papers.counts(), strict=True)
        for number in range(1, used + 1)
    ]


def rows_of(
    session: Session, batch: ScanBatch, papers: Papers, slots: Sequence[str]
) -> Iterator[tuple[SheetRow, list[Cell]]]:
    after: int | None = 0
    while after is not None:
        rows, after = list_sheets(session, batch, after, PAGE)
        parts = marks_by_part(session, [row.sheet.attempt_id for row in rows if row.sheet.attempt_id])
        decided = decisions_of(session, [row.sheet.id for row in rows])
        for row in rows:
            stands = standing_of(row.sheet.reading, decided[row.sheet.id], has_codes=papers.has_codes)
            own = parts.get(row.sheet.attempt_id or 0, {})
            answers: list[Cell] = [answer_in(stands, slot) for slot in slots] if row.sheet.reading else []
            yield row, [*head_cells(row), *(own.get(part) for part in PARTS), *tail_cells(row), *answers]


def head_cells(row: SheetRow) -> list[Cell]:
    return [row.sheet.number, row.name, row.sheet.code, row.mark, row.marks, row.max_marks]


def tail_cells(row: SheetRow) -> list[Cell]:
    return [state_of(row), row.file_name, row.sheet.page + 1]


def answer_in(stands: Standing, slot: str) -> str:
    part, number = slot.split(".")
    if part == "I":
        return stands.values.get(f"1.{number}", "")
    if part == "II":
        return stands.judgements(int(number)).replace("T", "Đ").replace("F", "S")
    return stands.answer(int(number))


def marks_by_part(session: Session, attempt_ids: Sequence[int]) -> dict[int, dict[int, Decimal]]:
    """Attempt -> part -> marks by the keys that count now."""
    now = judged_now()
    query = (
        select(Attempt.id, QuizItem.part, func.sum(now.c.marks))
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(now, and_(now.c.attempt_id == AttemptItem.attempt_id, now.c.position == AttemptItem.position))
        .join(
            QuizItem,
            and_(QuizItem.quiz_id == Attempt.quiz_id, QuizItem.question_version_id == AttemptItem.question_version_id),
        )
        .where(Attempt.id.in_(attempt_ids))
        .group_by(Attempt.id, QuizItem.part)
    )
    found: dict[int, dict[int, Decimal]] = {}
    for attempt_id, part, marks in session.execute(query):
        found.setdefault(attempt_id, {})[part] = Decimal(marks).quantize(Decimal("0.01"))
    return found
