"""The JSON file of a matrix: what ``hoclieu quiz build`` and the API read and write (see ``docs/matrix-file.md``)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError, loads
from typing import Any

from quizbank.matrices.rules import Cell, Competence, Matrix, Specification, Statements, refuse_if_any, statements_of
from quizbank.questions.rules import QuestionType
from repository.errors import Invalid
from repository.markup import nfc

HEADING = ("title", "subject", "grade", "programme", "duration_minutes", "cells", "specification")
CELL = ("topic", "unit", "level", "type", "count", "marks", "statements")
ROW = ("topic", "unit", "outcomes", "competences")
COMPETENCE = ("type", "level", "text")
NO_CELL = {"type": "single-choice", "count": 1, "marks": 1}
KNOWN = {"cells": CELL, "specification": ROW, "competences": COMPETENCE}
DEFAULT_PROGRAMME = "gdpt-2018"


class _Reader:
    """Takes values out of an untrusted mapping and notes every one that is wrong, with its place."""

    def __init__(
        self, data: Mapping[str, Any], prefix: str, wrong: dict[str, list[str]], known: tuple[str, ...]
    ) -> None:
        self.data, self.prefix, self.wrong = data, prefix, wrong
        for name in data:
            if name not in known:
                self.note(name, "không có mục này")

    def note(self, name: str, message: str) -> None:
        self.wrong.setdefault(self.prefix + name, []).append(message)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.data.get(name, default)
        if isinstance(value, str):
            return nfc(value.strip())
        self.note(name, "phải là một chuỗi kí tự")
        return ""

    def text_or_none(self, name: str) -> str | None:
        value = self.data.get(name)
        return (self.text(name) or None) if value is not None else None

    def text_or_empty(self, name: str) -> str:
        return self.text(name, "") if self.data.get(name) is not None else ""

    def whole(self, name: str) -> int:
        value = self.data.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.note(name, "phải là số nguyên")
        return 0

    def whole_or_none(self, name: str) -> int | None:
        return None if self.data.get(name) is None else self.whole(name)

    def marks(self, name: str) -> Decimal:
        marks = marks_from(self.data.get(name))
        if marks is None:
            self.note(name, 'phải là một số, chẳng hạn "0.25"')
        return marks or Decimal(0)

    def statements(self, name: str) -> Statements:
        value = self.data.get(name)
        if value is None:
            return ()
        pairs = value.items() if isinstance(value, Mapping) else [("", None)]
        counts = {str(one): n for one, n in pairs if isinstance(n, int) and not isinstance(n, bool)}
        if len(counts) == len(pairs):
            return statements_of({nfc(level): count for level, count in counts.items()})
        self.note(name, 'phải là số ý của từng mức độ, chẳng hạn {"biet": 2, "hieu": 2}')
        return ()

    def rows(self, name: str) -> "list[_Reader]":
        """Readers of the objects of a list; what is no object is noted and read as an empty one."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, list):
            self.note(name, "phải là một danh sách")
        return [
            self._row(f"{name}[{place}]", row) for place, row in enumerate(value if isinstance(value, list) else [])
        ]

    def _row(self, place: str, row: object) -> "_Reader":
        known = KNOWN[place.partition("[")[0]]
        if isinstance(row, Mapping):
            return _Reader(row, f"{self.prefix}{place}.", self.wrong, known)
        self.note(place, "phải là một đối tượng JSON")
        return _Reader(NO_CELL, f"{self.prefix}{place}.", self.wrong, (*known, *NO_CELL))

    def type(self, name: str) -> QuestionType:
        value = self.data.get(name)
        if value in tuple(QuestionType):
            return QuestionType(value)
        self.note(name, "phải là single-choice, multiple-response, true-false, short-answer hoặc essay")
        return QuestionType.SINGLE_CHOICE


def marks_from(value: object) -> Decimal | None:
    """Marks written as ``0.25``, ``"0.25"`` or ``"0,25"``; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        marks = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return marks if marks.is_finite() else None


def parse_matrix(text: str) -> Matrix:
    """Read the text of a matrix file.

    Raises:
        Invalid: not JSON, or places that are wrong, each named in ``facts["fields"]`` (``cells[3].count``).
    """
    try:
        return matrix_from(loads(text))
    except JSONDecodeError as error:
        raise Invalid(
            "Tệp ma trận không phải JSON: dòng {line}, cột {column}.", line=error.lineno, column=error.colno
        ) from error


def matrix_from(data: object) -> Matrix:
    """Make a matrix of decoded JSON. Checks shapes only; ``rules.check_matrix`` checks the sense."""
    if not isinstance(data, Mapping):
        raise Invalid("Ma trận phải là một đối tượng JSON.")
    wrong: dict[str, list[str]] = {}
    heading = _Reader(data, "", wrong, HEADING)
    if not isinstance(data.get("cells"), list):
        heading.note("cells", "phải là một danh sách")
    matrix = Matrix(
        title=heading.text("title"),
        subject=heading.text("subject"),
        grade=heading.whole_or_none("grade"),
        programme=heading.text("programme", DEFAULT_PROGRAMME),
        duration_minutes=heading.whole("duration_minutes"),
        cells=tuple(map(_cell_from, heading.rows("cells"))) if isinstance(data.get("cells"), list) else (),
        specification=tuple(map(_specification_from, heading.rows("specification"))),
    )
    refuse_if_any(wrong)
    return matrix


def _cell_from(reader: _Reader) -> Cell:
    return Cell(
        topic=reader.text_or_none("topic"),
        level=reader.text_or_none("level"),
        type=reader.type("type"),
        count=reader.whole("count"),
        marks=reader.marks("marks"),
        statements=reader.statements("statements"),
        unit=reader.text_or_empty("unit"),
    )


def _specification_from(reader: _Reader) -> Specification:
    competences = (
        Competence(one.type("type"), one.text_or_none("level"), one.text_or_empty("text"))
        for one in reader.rows("competences")
    )
    return Specification(
        reader.text_or_none("topic"), reader.text_or_empty("unit"), reader.text_or_empty("outcomes"), tuple(competences)
    )


def data_of(matrix: Matrix) -> dict[str, Any]:
    """The matrix as JSON takes it; ``matrix_from`` reads it back. What is empty in a cell is left out."""
    data: dict[str, Any] = {
        "title": matrix.title,
        "subject": matrix.subject,
        "grade": matrix.grade,
        "programme": matrix.programme,
        "duration_minutes": matrix.duration_minutes,
        "cells": [_data_of_cell(cell) for cell in matrix.cells],
    }
    if matrix.specification:
        data["specification"] = specification_data(matrix.specification)
    return data


def specification_data(rows: Iterable[Specification]) -> list[dict[str, Any]]:
    return [_data_of_row(row) for row in rows]


def specification_from(rows: list[dict[str, Any]]) -> tuple[Specification, ...]:
    """What ``specification_data`` wrote."""
    wrong: dict[str, list[str]] = {}
    reader = _Reader({"specification": rows}, "", wrong, HEADING)
    found = tuple(map(_specification_from, reader.rows("specification")))
    refuse_if_any(wrong)
    return found


def _data_of_cell(cell: Cell) -> dict[str, Any]:
    data: dict[str, Any] = {"topic": cell.topic}
    if cell.unit:
        data["unit"] = cell.unit
    data |= {"level": cell.level, "type": cell.type.value, "count": cell.count, "marks": str(cell.marks)}
    if cell.statements:
        data["statements"] = dict(cell.statements)
    return data


def _data_of_row(row: Specification) -> dict[str, Any]:
    competences = [{"type": one.type.value, "level": one.level, "text": one.text} for one in row.competences]
    return {"topic": row.topic, "unit": row.unit, "outcomes": row.outcomes, "competences": competences}
