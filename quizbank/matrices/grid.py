"""The matrix as a table to fill in: rows of topics, columns of levels under each type of question.

A grid is a matrix seen from the side: ``grid_of(matrix)`` and ``cells_of(grid)`` lead across. Texts stay as they
were typed, so that a form with a mistake comes back as it was sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from quizbank.matrices.matrix_file import marks_from
from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rules import QuestionType

ANY_LEVEL = "any"
NO_NUMBER = -1
Column = tuple[QuestionType, str]
DEFAULT_MARKS = {
    QuestionType.SINGLE_CHOICE: "0,25",
    QuestionType.MULTIPLE_RESPONSE: "0,5",
    QuestionType.TRUE_FALSE: "1",
    QuestionType.SHORT_ANSWER: "0,5",
    QuestionType.ESSAY: "1",
}
MOST_ROWS = 60


@dataclass
class Row:
    """A topic ("" is any), how many questions in each column, and what one of each type is worth."""

    topic: str = ""
    counts: dict[Column, str] = field(default_factory=dict)
    marks: dict[QuestionType, str] = field(default_factory=dict)

    def count(self, type: QuestionType, level: str) -> str:
        return self.counts.get((type, level), "")

    def marks_of(self, type: QuestionType) -> str:
        return self.marks.get(type, DEFAULT_MARKS[type])


def count_name(row: int, type: str, level: str) -> str:
    return f"row-{row}-{type}-{level}"


def marks_name(row: int, type: str) -> str:
    return f"row-{row}-{type}-marks"


def topic_name(row: int) -> str:
    return f"row-{row}-topic"


def grid_of(matrix: Matrix) -> list[Row]:
    """Rows that say the same as the matrix: one per topic, more where a topic has two kinds of marks."""
    rows: list[Row] = []
    for cell in matrix.cells:
        column = (cell.type, cell.level or ANY_LEVEL)
        marks = f"{cell.marks.normalize():f}".replace(".", ",")
        row = next((row for row in rows if _has_room(row, cell.topic or "", column, marks)), None)
        if row is None:
            row = Row(cell.topic or "")
            rows.append(row)
        row.counts[column] = str(cell.count)
        row.marks[cell.type] = marks
    return rows


def _has_room(row: Row, topic: str, column: Column, marks: str) -> bool:
    return row.topic == topic and column not in row.counts and row.marks.get(column[0], marks) == marks


def rows_from(values: Mapping[str, str]) -> list[Row]:
    """Rows as a form sent them, however they were filled in."""
    rows = []
    for place in range(MOST_ROWS):
        if topic_name(place) not in values:
            break
        counts, marks = {}, {}
        for type in QuestionType:
            marks[type] = values.get(marks_name(place, type), DEFAULT_MARKS[type]).strip()
            prefix = count_name(place, type, "")
            for name, value in values.items():
                if name.startswith(prefix) and name != marks_name(place, type) and value.strip():
                    counts[type, name.removeprefix(prefix)] = value.strip()
        rows.append(Row(values[topic_name(place)], counts, marks))
    return rows


def cells_of(rows: list[Row]) -> tuple[list[Cell], dict[str, str]]:
    """The cells that the rows say, and for each place of a problem (``cells[3].count``) the name of its field."""
    cells: list[Cell] = []
    fields: dict[str, str] = {}
    for place, row in enumerate(rows):
        for type in QuestionType:
            for level, text in _filled_columns(row, type):
                at = f"cells[{len(cells)}]"
                fields[f"{at}.count"] = fields[f"{at}.level"] = count_name(place, type, level)
                fields[f"{at}.marks"] = marks_name(place, type)
                fields[f"{at}.topic"] = topic_name(place)
                cells.append(_cell(row, type, level, text))
    return cells, fields


def _filled_columns(row: Row, type: QuestionType) -> Iterator[tuple[str, str]]:
    return ((level, text) for (one, level), text in row.counts.items() if one is type and text not in ("", "0"))


def _cell(row: Row, type: QuestionType, level: str, text: str) -> Cell:
    count = int(text) if text.isdecimal() and len(text) < 6 else NO_NUMBER
    marks = marks_from(row.marks_of(type))
    return Cell(row.topic or None, None if level == ANY_LEVEL else level, type, count, marks or Decimal(0))


def fields_of(problems: Mapping[str, list[str]], fields: Mapping[str, str]) -> dict[str, list[str]]:
    """Problems of a matrix by the name of the field that has to be mended."""
    found: dict[str, list[str]] = {}
    for place, messages in problems.items():
        found.setdefault(fields.get(place, place), []).extend(messages)
    return found
