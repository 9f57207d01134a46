"""Ready-made matrices: the papers of the graduation exam, new and old, and the frames of tests at school."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from quizbank.matrices.rules import LEVEL_SHARES, STATEMENTS_EACH, Cell, Matrix, statements_of
from quizbank.questions.rules import QuestionType
from repository.errors import NotFound

DATA_FILE = Path(__file__).with_name("formats_2025.json")
PROGRAMME_WITH_SHARES = "gdpt-2018"
FRAME_MINUTES = (45, 60, 90)


@dataclass(frozen=True)
class FormatPart:
    """``levels``: questions (statements of true/false questions) at each level, where the format says."""

    type: QuestionType
    count: int
    marks: Decimal
    levels: Mapping[str, int] = field(default_factory=dict)
    topic: str | None = None
    unit: str = ""


@dataclass(frozen=True)
class ExamFormat:
    """The frame of a paper. ``exam`` names the exam, ``orientation`` tells papers of one subject apart."""

    id: str
    exam: str
    subject: str
    grade: int
    programme: str
    duration_minutes: int
    parts: tuple[FormatPart, ...]
    orientation: str = ""
    orientation_en: str = ""


@dataclass(frozen=True)
class SchoolFrame:
    """The frame of a periodic test at school, of whatever subject and grade."""

    id: str
    programme: str
    parts: tuple[FormatPart, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(DATA_FILE.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def exam_formats() -> tuple[ExamFormat, ...]:
    """All papers of the graduation exam, the newest exam first."""
    return tuple(
        ExamFormat(**{**row, "parts": tuple(_part(*part) for part in row["parts"])}) for row in _data()["formats"]
    )


@lru_cache(maxsize=1)
def school_frames() -> tuple[SchoolFrame, ...]:
    """All frames of tests at school: CV 7991 with and without short answers, and the older one of four levels."""
    return tuple(
        SchoolFrame(**{**row, "parts": tuple(_part(*part) for part in row["parts"])}) for row in _data()["frames"]
    )


def _part(type: str, count: int, marks: str, more: Mapping[str, Any] | None = None) -> FormatPart:
    return FormatPart(QuestionType(type), count, Decimal(marks), **(more or {}))


def get_format(id: str) -> ExamFormat:
    for one in exam_formats():
        if one.id == id:
            return one
    raise NotFound("Không có khuôn đề “{id}”.", id=id)


def get_frame(id: str) -> SchoolFrame:
    for one in school_frames():
        if one.id == id:
            return one
    raise NotFound("Không có khuôn đề “{id}”.", id=id)


def matrix_of(format: ExamFormat, title: str) -> Matrix:
    """A matrix that fills the format from any topic of its grade, each part split about 40/30/30 by level.

    True/false clusters are split by statement. Old papers carry no levels: theirs stays one cell of any level.
    """
    cells = [cell for part in format.parts for cell in _cells_of(part, format.programme)]
    return Matrix(title, format.subject, format.grade, format.programme, format.duration_minutes, tuple(cells))


def matrix_of_frame(frame: SchoolFrame, title: str, subject: str, grade: int | None, minutes: int) -> Matrix:
    """A matrix that fills the frame of a test from any topic of a grade."""
    cells = [cell for part in frame.parts for cell in _cells_of(part, frame.programme)]
    return Matrix(title, subject, grade, frame.programme, minutes, tuple(cells))


def _cells_of(part: FormatPart, programme: str) -> Iterable[Cell]:
    levels = dict(part.levels)
    is_cluster = part.type is QuestionType.TRUE_FALSE
    if not levels and programme == PROGRAMME_WITH_SHARES:
        asks = part.count * STATEMENTS_EACH if is_cluster else part.count
        levels = dict(zip(LEVEL_SHARES, split(asks, list(LEVEL_SHARES.values())), strict=True))
    if not levels or (is_cluster and sum(map(bool, levels.values())) > 1):
        statements = statements_of(levels)
        return [Cell(part.topic, None, part.type, part.count, part.marks, statements, part.unit)]
    return [
        Cell(part.topic, level, part.type, count, part.marks, unit=part.unit)
        for level, count in levels.items()
        if count
    ]


def split(total: int, shares: list[Decimal]) -> list[int]:
    """Whole numbers near ``total x share`` that add up to ``total`` (largest remainders; shares add up to 1)."""
    counts = [int(total * share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: counts[place] - total * shares[place])
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return counts
