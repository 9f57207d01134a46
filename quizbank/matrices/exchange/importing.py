"""From the tables of a file to a matrix for the editor: what was understood, and every doubt with its cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from quizbank.matrices.cell_text import terms_from
from quizbank.matrices.exchange.columns import Columns, find_columns, folded
from quizbank.matrices.exchange.headings import Found, heading_in
from quizbank.matrices.exchange.raw_tables import RawTable
from quizbank.matrices.exchange.sheets import EACH, PERCENT, SHARE, SUM_OF_ASKS, SUM_OF_MARKS
from quizbank.matrices.exchange.topics import ANY_TOPIC, TopicFinder
from quizbank.matrices.grid import MOST_ROWS, Grid, Row
from quizbank.matrices.grid_cells import said_by
from quizbank.matrices.matrix_file import marks_from
from quizbank.matrices.rules import STATEMENTS_EACH, Matrix, problems_of
from quizbank.questions.problems import Problem
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum
from repository.errors import Invalid

COUNT = re.compile(r"([0-9+.,×x*c ]*?)\s*(?:câu|ý|lệnh hỏi)?\s*(?:\(([^()]{1,60})\))?")
FOOT = (*map(folded, (SUM_OF_ASKS, SUM_OF_MARKS, PERCENT, EACH, SHARE)), "tong", "ti le", "ty le")
USUAL_MINUTES = 45
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What somebody says of a file; what is empty is read from it."""

    subject: str = ""
    grade: int | None = None
    programme: str = ""
    title: str = ""


@dataclass
class ImportedMatrix:
    """``doubts`` say what was not understood and where; ``matrix`` is what the rest says, and may be unsound.

    ``addresses``: place of a problem (``cells[3].count``) -> the cell of the file.
    """

    matrix: Matrix
    grid: Grid
    doubts: list[Problem] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    def problems(self, curriculum: Curriculum) -> list[tuple[str, str]]:
        """What keeps the matrix from being used: the cell of the file, or the place, and what is wrong there."""
        found = problems_of(self.matrix, curriculum)
        return [(self.addresses.get(place, place), text) for place, texts in found.items() for text in texts]


def import_matrix(tables: Sequence[RawTable], choices: Choices, curriculum: Curriculum, name: str) -> ImportedMatrix:
    """The matrix that a file holds, and what its specification adds.

    Raises:
        Invalid: no table is a matrix, or nobody says of which subject it is.
    """
    known = [(table, columns) for table in tables if (columns := find_columns(table)) and columns.counts]
    if not known:
        raise Invalid("Không thấy bảng ma trận trong tệp {name}: cần các cột mức độ dưới mỗi dạng câu hỏi.", name=name)
    plain = [one for one in known if one[1].outcomes is None]
    table, columns = (plain or known)[0]
    lines = [line for one, _columns in known for line in (*one.before, *_lines_above(one))]
    heading = _heading(heading_in(lines, curriculum), choices, columns, curriculum, name)
    reading = _Reading(table, columns, heading, curriculum)
    reading.read()
    for other, its_columns in known:
        if its_columns.outcomes is not None:
            reading.add_specification(other, its_columns)
    return reading.result()


def _lines_above(table: RawTable) -> Iterable[str]:
    """The rows of a sheet above its table, a line each."""
    columns = find_columns(table)
    for row in table.rows[: columns.first_row if columns else 0]:
        texts = list(dict.fromkeys(text for text in row if text))
        if len(texts) == 1 or (texts and table.is_sheet and len(texts) <= 3):
            yield from texts


def _heading(found: Found, choices: Choices, columns: Columns, curriculum: Curriculum, name: str) -> Matrix:
    subject = choices.subject or found.subject
    if not subject:
        raise Invalid("Tệp {name} không nói ma trận của môn nào: hãy chọn môn.", name=name)
    curriculum.get_subject(subject)
    return Matrix(
        title=choices.title or found.title or name.rpartition(".")[0][:200] or name[:200],
        subject=subject,
        grade=choices.grade if choices.grade is not None else found.grade,
        programme=choices.programme or found.programme or columns.programme,
        duration_minutes=found.duration_minutes or USUAL_MINUTES,
        cells=(),
    )


class _Reading:
    """A table on its way to become a grid."""

    def __init__(self, table: RawTable, columns: Columns, heading: Matrix, curriculum: Curriculum) -> None:
        self.table, self.columns, self.heading = table, columns, heading
        self.finder = TopicFinder(curriculum, heading.subject, heading.grade)
        self.grid = Grid([])
        self.doubts: list[Problem] = []
        self.places: dict[str, str] = {}
        self.chapters: list[str] = []

    def read(self) -> None:
        rows, foot = self._body(self.table, self.columns)
        for at, row in rows:
            self._read_row(at, row)
        self._read_marks(foot)

    def _body(self, table: RawTable, columns: Columns) -> tuple[list[tuple[int, Texts]], list[Texts]]:
        """Rows that ask something or name something, with their places; then the rows of totals."""
        rows = list(enumerate(table.rows))[columns.first_row :]
        end = next((at for at, row in rows if is_foot(row)), len(table.rows))
        body = [(at, row) for at, row in rows if at < end and any(row[place] for place in self._told(row, columns))]
        if len(body) > MOST_ROWS:
            raise Invalid("Ma trận có quá {limit} hàng.", limit=MOST_ROWS)
        return body, list(table.rows[end:])

    @staticmethod
    def _told(row: Texts, columns: Columns) -> list[int]:
        return [
            place
            for place in (*columns.counts, *columns.texts - {columns.number})
            if place is not None and place < len(row)
        ]

    def _text(self, row: Texts, column: int | None) -> str:
        return row[column] if column is not None and column < len(row) else ""

    def _read_row(self, at: int, row: Texts) -> None:
        chapter = self._text(row, self.columns.chapter) or (self.chapters[-1] if self.chapters else "")
        content = self._text(row, self.columns.content)
        self.chapters.append(chapter)
        found = self.finder.find(" ".join(chapter.split()), " ".join(content.split()))
        if found.topic is None and folded(chapter) != folded(ANY_TOPIC):
            where = self.table.address(at, self.columns.content or 0)
            self._doubt(
                "unknown-topic",
                "{place}: không có chủ đề “{text}” trong chương trình; hãy chọn chủ đề.",
                where,
                content or chapter,
            )
        new = Row(found.topic or "", found.unit)
        number = len(self.grid.rows)
        for column, (type, level) in self.columns.counts.items():
            self._read_count(new, number, at, column, type, level, self._text(row, column))
        self.places[f"row-{number}-topic"] = self.places[f"row-{number}-unit"] = self.table.address(
            at, self.columns.content or 0
        )
        self.grid.rows.append(new)

    def _read_count(
        self, new: Row, number: int, at: int, column: int, type: QuestionType, level: str, text: str
    ) -> None:
        if not text:
            return
        where = self.table.address(at, column)
        found = COUNT.fullmatch(" ".join(text.replace("−", "-").split()))
        said = found[1].strip().replace(" ", "") if found else ""
        if found is None or terms_from(said) is None:
            self._doubt("no-count", "{place}: “{text}” không phải là số câu.", where, text)
            said = ""
        self.places[f"row-{number}-{type}-{level}"] = where
        if said and terms_from(said):
            new.counts[type, level] = "+".join(filter(None, (new.count(type, level), said)))
        if found and found[2]:
            new.tags[type, level] = found[2]

    def _doubt(self, code: str, message: str, place: str, text: str) -> None:
        self.doubts.append(Problem(code, message, {"place": place, "text": " ".join(text.split())[:120]}))

    def _read_marks(self, foot: Sequence[Texts]) -> None:
        """The marks of one question of each type: said below the table, or the marks of the type shared out."""
        each = self._foot_row(foot, folded(EACH))
        sums = self._foot_row(foot, folded(SUM_OF_MARKS), "tong diem", "so diem")
        for type in dict.fromkeys(type for type, _level in self.columns.counts.values()):
            marks = self._marks_in(each, type)[:1]
            if not marks and (total := self._marks_in(sums, type)):
                marks = self._shared(type, total)
            if marks and marks[0] > 0:
                self.grid.marks[type] = f"{marks[0].normalize():f}".replace(".", ",")

    def _foot_row(self, foot: Sequence[Texts], *names: str) -> Texts:
        return next((row for row in foot if any(folded(text).startswith(names) for text in row[:4])), ())

    def _marks_in(self, row: Texts, type: QuestionType) -> list[Decimal]:
        places = [place for place, (one, _level) in self.columns.counts.items() if one is type and place < len(row)]
        texts = dict.fromkeys(row[place] for place in places if row[place])
        found = [marks_from(re.sub(r"\s*(?:đ|điểm)\.?$", "", text.strip())) for text in texts]
        return [marks for marks in found if marks is not None]

    def _shared(self, type: QuestionType, totals: Sequence[Decimal]) -> list[Decimal]:
        """The marks of the type divided by its questions, where that comes out even."""
        asks = sum(
            term.count * (STATEMENTS_EACH if term.is_whole else 1)
            for row in self.grid.rows
            for (one, _level), text in row.counts.items()
            if one is type
            for term in terms_from(text) or ()
        )
        count = Decimal(asks) / STATEMENTS_EACH if type is QuestionType.TRUE_FALSE else Decimal(asks)
        marks = sum(totals, Decimal(0)) / count if count else Decimal(0)
        return [marks] if marks and marks == round(marks, 2) else []

    def add_specification(self, table: RawTable, columns: Columns) -> None:
        """Outcomes and competences of the rows, told apart by chapter and content, else by their order."""
        rows, _foot = self._body(table, columns)
        chapter = ""
        for place, (_at, row) in enumerate(rows):
            chapter = self._text(row, columns.chapter) or chapter
            found = self.finder.find(" ".join(chapter.split()), " ".join(self._text(row, columns.content).split()))
            key = (found.topic or "", found.unit)
            mine = next((one for one in self.grid.rows if (one.topic, one.unit) == key), None)
            if mine is None and len(rows) == len(self.grid.rows):
                mine = self.grid.rows[place]
            if mine is None:
                continue
            mine.outcomes = mine.outcomes or self._text(row, columns.outcomes)
            for column, (type, level) in columns.counts.items():
                tag = COUNT.fullmatch(" ".join(self._text(row, column).split()))
                if tag and tag[2]:
                    mine.tags[type, level] = tag[2]

    def result(self) -> ImportedMatrix:
        said = said_by(self.grid)
        matrix = replace(self.heading, cells=tuple(said.cells), specification=said.specification)
        addresses = {place: self.places[name] for place, name in said.fields.items() if name in self.places}
        return ImportedMatrix(matrix, self.grid, self.doubts, addresses)


def is_foot(row: Texts) -> bool:
    """Whether a row begins the totals below a table."""
    first: Mapping[str, None] = dict.fromkeys(folded(text) for text in row[:4] if text)
    return any(text.startswith(FOOT) for text in list(first)[:2])
