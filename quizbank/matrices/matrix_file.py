"""The JSON file of a matrix: what ``hoclieu quiz build`` and the API read and write (see ``docs/matrix-file.md``)."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError, loads
from typing import Any

from quizbank.matrices.rules import Cell, Matrix, refuse_if_any
from quizbank.questions.rules import QuestionType
from repository.errors import Invalid
from repository.markup import nfc

HEADING = ("title", "subject", "grade", "programme", "duration_minutes", "cells")
CELL = ("topic", "level", "type", "count", "marks")
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
    rows = data.get("cells")
    if not isinstance(rows, list):
        heading.note("cells", "phải là một danh sách")
        rows = []
    matrix = Matrix(
        title=heading.text("title"),
        subject=heading.text("subject"),
        grade=heading.whole_or_none("grade"),
        programme=heading.text("programme", DEFAULT_PROGRAMME),
        duration_minutes=heading.whole("duration_minutes"),
        cells=tuple(_cell_from(row, f"cells[{place}]", wrong) for place, row in enumerate(rows)),
    )
    refuse_if_any(wrong)
    return matrix


def _cell_from(row: object, place: str, wrong: dict[str, list[str]]) -> Cell:
    if not isinstance(row, Mapping):
        wrong[place] = ["phải là một đối tượng JSON"]
        row = {"type": "single-choice", "count": 1, "marks": 1}
    reader = _Reader(row, place + ".", wrong, CELL)
    return Cell(
        topic=reader.text_or_none("topic"),
        level=reader.text_or_none("level"),
        type=reader.type("type"),
        count=reader.whole("count"),
        marks=reader.marks("marks"),
    )


def data_of(matrix: Matrix) -> dict[str, Any]:
    """The matrix as JSON takes it; ``matrix_from`` reads it back."""
    cells = [
        {"topic": c.topic, "level": c.level, "type": c.type.value, "count": c.count, "marks": str(c.marks)}
        for c in matrix.cells
    ]
    return {
        "title": matrix.title,
        "subject": matrix.subject,
        "grade": matrix.grade,
        "programme": matrix.programme,
        "duration_minutes": matrix.duration_minutes,
        "cells": cells,
    }
