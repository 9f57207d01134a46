"""The official tables as sheets of boxes: what Excel and Word write alike.

- *Ma trận* (CV 7991, 19 columns): the counts of every row by type and level, totals, and the share of marks.
- *Bản đặc tả* (16 columns): the same rows with yêu cầu cần đạt, and competences beside the counts.

Below the table of the Ministry stands one line more, the marks of one question: the table alone does not say them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from quizbank.matrices.exchange.topics import ANY_TOPIC, FoundTopic, TopicFinder
from quizbank.matrices.grid import ANY_LEVEL, Grid, Row, grid_of
from quizbank.matrices.official import Table, TableRow, table_of
from quizbank.matrices.rules import Matrix, Share
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum

MATRIX, SPECIFICATION = "Ma trận", "Bản đặc tả"
TYPE_NAMES = {
    QuestionType.SINGLE_CHOICE: "Nhiều lựa chọn",
    QuestionType.MULTIPLE_RESPONSE: "Nhiều đáp án đúng",
    QuestionType.TRUE_FALSE: "Đúng – Sai",
    QuestionType.SHORT_ANSWER: "Trả lời ngắn",
    QuestionType.ESSAY: "Tự luận",
}
OBJECTIVE, ASSESSED, SUM, SHARE = "TNKQ", "Mức độ đánh giá", "Tổng", "Tỉ lệ % điểm"
NUMBER, CHAPTER, CONTENT, OUTCOMES = "TT", "Chủ đề/Chương", "Nội dung/đơn vị kiến thức", "Yêu cầu cần đạt"
SUM_OF_ASKS, SUM_OF_MARKS, PERCENT, EACH = "Tổng số câu", "Tổng số điểm", "Tỉ lệ %", "Điểm mỗi câu"
LEVEL_NAMES = {
    **{"biet": "Biết", "hieu": "Hiểu", "van-dung": "VD"},
    **{"nhan-biet": "NB", "thong-hieu": "TH", "van-dung-thap": "VD", "van-dung-cao": "VDC"},
}
ANY_LEVEL_NAME = "Mọi mức"
HEADER_ROWS = 4


@dataclass(frozen=True)
class Box:
    """A cell of a sheet, or several joined; rows and columns count from 0. ``text`` may be a number."""

    row: int
    column: int
    text: str | int | Decimal
    rows: int = 1
    columns: int = 1
    is_head: bool = False
    is_text: bool = False


@dataclass(frozen=True)
class Sheet:
    """``lines`` stand above the table; ``widths`` of its columns are in letters."""

    name: str
    lines: tuple[str, ...]
    boxes: tuple[Box, ...]
    widths: tuple[int, ...]

    @property
    def row_count(self) -> int:
        return max(box.row + box.rows for box in self.boxes)


def sheets_of(matrix: Matrix, curriculum: Curriculum) -> tuple[Sheet, Sheet]:
    """The matrix and its specification, in Vietnamese as the Ministry has them."""
    table, grid = table_of(matrix, curriculum, "vi", ANY_TOPIC), grid_of(matrix)
    finder = TopicFinder(curriculum, matrix.subject, matrix.grade)
    lines = heading_lines(matrix, curriculum)
    return (
        _Drawn(table, grid, finder, has_outcomes=False).sheet(("MA TRẬN ĐỀ KIỂM TRA", *lines)),
        _Drawn(table, grid, finder, has_outcomes=True).sheet(("BẢN ĐẶC TẢ ĐỀ KIỂM TRA", *lines)),
    )


def heading_lines(matrix: Matrix, curriculum: Curriculum) -> tuple[str, str]:
    """Title, then subject, grade, programme and minutes; ``headings.heading_in`` reads them again."""
    facts = [f"Môn: {curriculum.name_of(matrix.subject)}"]
    if matrix.grade is not None:
        facts.append(f"Lớp: {matrix.grade}")
    facts += [curriculum.name_of(matrix.programme), f"Thời gian: {matrix.duration_minutes} phút"]
    return matrix.title, "; ".join(facts)


class _Drawn:
    """One of the two tables on its way to become boxes."""

    def __init__(self, table: Table, grid: Grid, finder: TopicFinder, *, has_outcomes: bool) -> None:
        self.table, self.grid, self.finder, self.has_outcomes = table, grid, finder, has_outcomes
        self.first = 4 if has_outcomes else 3
        self.columns = [(type, level) for type in table.types for level in table.levels]
        self.levels = table.levels

    def sheet(self, lines: tuple[str, ...]) -> Sheet:
        body = list(self._lines())
        boxes = [*self._head(), *self._body(body), *self._foot(HEADER_ROWS + len(body))]
        texts = (5, 18, 26, 42) if self.has_outcomes else (5, 20, 32)
        sums = () if self.has_outcomes else (*(7 for _ in self.levels), 9)
        name = SPECIFICATION if self.has_outcomes else MATRIX
        return Sheet(name, lines, tuple(boxes), (*texts, *(7 for _ in self.columns), *sums))

    def _head(self) -> Iterator[Box]:
        names = (NUMBER, CHAPTER, CONTENT, *([OUTCOMES] if self.has_outcomes else []))
        for place, name in enumerate(names):
            yield Box(0, place, name, rows=HEADER_ROWS, is_head=True)
        wide, at = len(self.levels), self.first
        yield Box(0, at, ASSESSED, columns=len(self.columns), is_head=True)
        objective = [type for type in self.table.types if type is not QuestionType.ESSAY]
        yield Box(1, at, OBJECTIVE, columns=wide * len(objective), is_head=True)
        for number, type in enumerate(self.table.types):
            is_essay = type is QuestionType.ESSAY
            row, rows = (1, 2) if is_essay else (2, 1)
            yield Box(row, at + number * wide, TYPE_NAMES[type], rows=rows, columns=wide, is_head=True)
        for place, (_type, level) in enumerate(self.columns):
            yield Box(3, at + place, level_name(level), is_head=True)
        if not self.has_outcomes:
            at += len(self.columns)
            yield Box(0, at, SUM, rows=HEADER_ROWS - 1, columns=wide, is_head=True)
            for place, level in enumerate(self.levels):
                yield Box(HEADER_ROWS - 1, at + place, level_name(level), is_head=True)
            yield Box(0, at + wide, SHARE, rows=HEADER_ROWS, is_head=True)

    def _lines(self) -> Iterator[tuple[TableRow, Row]]:
        """Rows of the grid, each with what the official table says of its topic."""
        known = {line.row: line for line in self.table.rows}
        for row in self.grid.rows:
            yield known[row.topic or None, row.unit], row

    def _body(self, lines: list[tuple[TableRow, Row]]) -> Iterator[Box]:
        for chapter, members in groupby(enumerate(lines), key=lambda one: one[1][0].chapter):
            places = [place for place, _line in members]
            yield Box(HEADER_ROWS + places[0], 1, chapter, rows=len(places), is_text=True)
        for place, (line, row) in enumerate(lines):
            at = HEADER_ROWS + place
            yield Box(at, 0, place + 1)
            meant = FoundTopic(row.topic or None, row.unit)
            yield Box(at, 2, self.finder.written(line.chapter, line.content, meant), is_text=True)
            if self.has_outcomes:
                yield Box(at, 3, row.outcomes, is_text=True)
            for column, (type, level) in enumerate(self.columns, self.first):
                if text := self._count(row, type, level or ANY_LEVEL):
                    yield Box(at, column, text)
            if not self.has_outcomes:
                yield from self._sums(at, map(line.level, self.levels))
                yield Box(at, self._last, percent(line.marks_fraction * 100))

    def _count(self, row: Row, type: QuestionType, level: str) -> str | int:
        count, tag = row.count(type, level), row.tag(type, level)
        if self.has_outcomes and tag:
            return f"{count} ({tag})".strip()
        return int(count) if count.isdecimal() else count

    @property
    def _last(self) -> int:
        return self.first + len(self.columns) + len(self.levels)

    def _sums(self, at: int, shares: Iterable[Share]) -> Iterator[Box]:
        for place, share in enumerate(shares, self.first + len(self.columns)):
            if share.asks:
                yield Box(at, place, share.asks)

    def _foot(self, at: int) -> Iterator[Box]:
        wide, table = len(self.levels), self.table
        for place, name in enumerate((SUM_OF_ASKS, SUM_OF_MARKS, PERCENT, EACH)):
            yield Box(at + place, 0, name, columns=self.first, is_head=True)
        for column, (type, level) in enumerate(self.columns, self.first):
            if asks := table.share(type, level).asks:
                yield Box(at, column, asks)
        for number, type in enumerate(table.types):
            share, column = table.type(type), self.first + number * wide
            if share.asks:
                yield Box(at + 1, column, share.marks.normalize(), columns=wide)
                yield Box(at + 2, column, percent(table.percent(share)), columns=wide)
            if type in self.grid.marks:
                yield Box(at + 3, column, Decimal(self.grid.marks[type].replace(",", ".")), columns=wide)
        if not self.has_outcomes:
            yield from self._sums(at, map(table.level, self.levels))
            for place, level in enumerate(self.levels, self.first + len(self.columns)):
                if (share := table.level(level)).asks:
                    yield Box(at + 1, place, share.marks.normalize())
                    yield Box(at + 2, place, percent(table.percent(share)))
            yield Box(at, self._last, 100)


def level_name(level: str | None) -> str:
    return LEVEL_NAMES.get(level, level) if level else ANY_LEVEL_NAME


def percent(share: Decimal) -> Decimal:
    return share.quantize(Decimal("0.1")).normalize()
