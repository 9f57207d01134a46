"""Ready-made matrices: the papers of the graduation exam from 2025 on, and those of 2017 to 2024."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from quizbank.matrices.rules import LEVEL_SHARES, Cell, Matrix
from quizbank.questions.rules import QuestionType
from repository.errors import NotFound

DATA_FILE = Path(__file__).with_name("formats_2025.json")
PROGRAMME_WITH_SHARES = "gdpt-2018"


@dataclass(frozen=True)
class FormatPart:
    type: QuestionType
    count: int
    marks: Decimal


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


@lru_cache(maxsize=1)
def exam_formats() -> tuple[ExamFormat, ...]:
    """All formats, the newest exam first."""
    rows = json.loads(DATA_FILE.read_text(encoding="utf-8"))["formats"]
    return tuple(ExamFormat(**{**row, "parts": tuple(_part(*part) for part in row["parts"])}) for row in rows)


def _part(type: str, count: int, marks: str) -> FormatPart:
    return FormatPart(QuestionType(type), count, Decimal(marks))


def get_format(id: str) -> ExamFormat:
    for one in exam_formats():
        if one.id == id:
            return one
    raise NotFound("Không có khuôn đề “{id}”.", id=id)


def matrix_of(format: ExamFormat, title: str) -> Matrix:
    """A matrix that fills the format from any topic of its grade, each part split about 40/30/30 by level.

    Old papers carry no levels: theirs stays one cell of any level.
    """
    cells = [cell for part in format.parts for cell in _cells_of(part, format.programme)]
    return Matrix(title, format.subject, format.grade, format.programme, format.duration_minutes, tuple(cells))


def _cells_of(part: FormatPart, programme: str) -> Iterable[Cell]:
    if programme != PROGRAMME_WITH_SHARES:
        return [Cell(None, None, part.type, part.count, part.marks)]
    counts = split(part.count, list(LEVEL_SHARES.values()))
    return [
        Cell(None, level, part.type, count, part.marks)
        for level, count in zip(LEVEL_SHARES, counts, strict=True)
        if count
    ]


def split(total: int, shares: list[Decimal]) -> list[int]:
    """Whole numbers near ``total x share`` that add up to ``total`` (largest remainders; shares add up to 1)."""
    counts = [int(total * share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: counts[place] - total * shares[place])
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return counts
