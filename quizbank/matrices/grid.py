"""The matrix as a table to fill in: rows of topics, columns of levels under each type of question.

A grid is a matrix seen from the side: ``grid_of(matrix)`` and ``grid_cells.said_by(grid)`` lead across. Texts stay as
they were typed, so that a form with a mistake comes back as it was sent. What a cell may say is told in ``cell_text``.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizbank.matrices.cell_text import Term, text_of
from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rules import QuestionType

ANY_LEVEL = "any"
Column = tuple[QuestionType, str]
DEFAULT_MARKS = {
    QuestionType.SINGLE_CHOICE: "0,25",
    QuestionType.MULTIPLE_RESPONSE: "0,5",
    QuestionType.TRUE_FALSE: "1",
    QuestionType.SHORT_ANSWER: "0,5",
    QuestionType.ESSAY: "1",
}
MOST_ROWS = 60
ROW_FIELD = re.compile(r"(row|tag)-([0-9]{1,2})-([a-z-]+)")


@dataclass
class Row:
    """A line of the table.

    Attributes:
        topic: "" is any.
        unit: the content in the maker's words, "" for the name of the topic.
        counts: what stands in each column, as typed.
        outcomes: yêu cầu cần đạt.
        tags: the competence that the count of a column assesses.
    """

    topic: str = ""
    unit: str = ""
    counts: dict[Column, str] = field(default_factory=dict)
    outcomes: str = ""
    tags: dict[Column, str] = field(default_factory=dict)

    def count(self, type: QuestionType, level: str) -> str:
        return self.counts.get((type, level), "")

    def tag(self, type: QuestionType, level: str) -> str:
        return self.tags.get((type, level), "")


@dataclass
class Grid:
    """``marks``: what a question of each type is worth where its cell does not say otherwise."""

    rows: list[Row]
    marks: dict[QuestionType, str] = field(default_factory=dict)

    def marks_of(self, type: QuestionType) -> str:
        return self.marks.get(type, DEFAULT_MARKS[type])


def count_name(row: int | str, type: str, level: str) -> str:
    return f"row-{row}-{type}-{level}"


def tag_name(row: int | str, type: str, level: str) -> str:
    return f"tag-{row}-{type}-{level}"


def marks_name(type: str) -> str:
    return f"marks-{type}"


def topic_name(row: int | str) -> str:
    return f"row-{row}-topic"


def unit_name(row: int | str) -> str:
    return f"row-{row}-unit"


def outcomes_name(row: int | str) -> str:
    return f"row-{row}-outcomes"


def marks_text(cell: Cell) -> str:
    return f"{cell.marks.normalize():f}".replace(".", ",")


def grid_of(matrix: Matrix) -> Grid:
    """The table that says the same as the matrix: one row for each topic and unit, those of the specification first."""
    usual = _usual_marks(matrix)
    rows = [(Row(one.topic or "", one.unit, outcomes=one.outcomes), list[Cell]()) for one in matrix.specification]
    for (row, _cells), one in zip(rows, matrix.specification, strict=True):
        row.tags = {(tag.type, tag.level or ANY_LEVEL): tag.text for tag in one.competences}
    for cell in matrix.cells:
        place = next((cells for row, cells in rows if _has_room(row, cells, cell)), None)
        if place is None:
            place = []
            rows.append((Row(cell.topic or "", cell.unit), place))
        place.append(cell)
    for row, cells in rows:
        row.counts = {column: text_of(terms) for column, terms in _terms_of(cells, usual).items()}
    return Grid([row for row, _cells in rows], usual)


def _usual_marks(matrix: Matrix) -> dict[QuestionType, str]:
    """For each type the marks of most cells."""
    marks: dict[QuestionType, Counter[str]] = {}
    for cell in matrix.cells:
        marks.setdefault(cell.type, Counter())[marks_text(cell)] += 1
    return {type: found.most_common(1)[0][0] for type, found in marks.items()}


def _has_room(row: Row, cells: list[Cell], cell: Cell) -> bool:
    """Whether a cell may join a row: statements of two kinds of clusters would run together."""
    if (row.topic, row.unit) != (cell.topic or "", cell.unit):
        return False
    return not (cell.statements and any(one.statements and one.marks == cell.marks for one in cells))


def _terms_of(cells: list[Cell], usual: Mapping[QuestionType, str]) -> dict[Column, list[Term]]:
    clusters = Counter(one.marks for one in cells if one.type is QuestionType.TRUE_FALSE and not _is_open(one))
    terms: dict[Column, list[Term]] = {}
    for cell in cells:
        marks = marks_text(cell)
        own = "" if marks == usual[cell.type] else marks
        is_whole = cell.type is QuestionType.TRUE_FALSE and not _is_open(cell) and clusters[cell.marks] > 1
        if is_whole and not cell.statements:
            counts: dict[str | None, int] = {cell.level: cell.count}
        else:
            counts, is_whole = cell.asks_by_level, False
        for level, count in counts.items():
            terms.setdefault((cell.type, level or ANY_LEVEL), []).append(Term(count, own, is_whole))
    return terms


def _is_open(cell: Cell) -> bool:
    """Whether questions of any level may stand in the cell."""
    return cell.level is None and not cell.statements


def grid_from(values: Mapping[str, str]) -> Grid:
    """The table as a form sent it, however it was filled in."""
    rows: list[Row] = []
    while len(rows) < MOST_ROWS and topic_name(len(rows)) in values:
        rows.append(Row(values[topic_name(len(rows))].strip()))
    for name, value in values.items():
        found = ROW_FIELD.fullmatch(name)
        if found and int(found[2]) < len(rows) and value.strip():
            _fill(rows[int(found[2])], found[1], found[3], value.strip())
    marks = {type: values[marks_name(type)].strip() for type in QuestionType if marks_name(type) in values}
    return Grid(rows, marks)


def _fill(row: Row, kind: str, name: str, value: str) -> None:
    if kind == "row" and name == "unit":
        row.unit = " ".join(value.split())
    elif kind == "row" and name == "outcomes":
        row.outcomes = "\n".join(value.splitlines())
    else:
        texts = row.counts if kind == "row" else row.tags
        texts.update(dict.fromkeys(_columns_named(name), value))


def _columns_named(name: str) -> list[Column]:
    return [(type, name.removeprefix(f"{type}-")) for type in QuestionType if name.startswith(f"{type}-")]
