"""What changed between two revisions of a matrix, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizbank.matrices.grid import ANY_LEVEL, grid_of
from quizbank.matrices.rules import Matrix, Row
from quizbank.questions.rules import QuestionType


class Field(StrEnum):
    """What a change is of: an entry of the heading, a count, the outcomes or a competence of a row."""

    TITLE = "title"
    SUBJECT = "subject"
    GRADE = "grade"
    PROGRAMME = "programme"
    MINUTES = "duration_minutes"
    COUNT = "count"
    OUTCOMES = "outcomes"
    COMPETENCE = "competence"


@dataclass(frozen=True)
class Change:
    """``row``, ``type`` and ``level`` say where; texts are as typed, "" for nothing."""

    field: Field
    before: str
    after: str
    row: Row | None = None
    type: QuestionType | None = None
    level: str | None = None


def changes_between(before: Matrix, after: Matrix) -> tuple[Change, ...]:
    """All differences, those of the heading first, then row by row in the order of the newer matrix."""
    return (*_heading_changes(before, after), *_cell_changes(before, after))


def _heading_changes(before: Matrix, after: Matrix) -> Iterator[Change]:
    for field in (Field.TITLE, Field.SUBJECT, Field.GRADE, Field.PROGRAMME, Field.MINUTES):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Change(field, _text(old), _text(new))


def _text(value: object) -> str:
    return "" if value is None else str(value)


Place = tuple[Row, Field, QuestionType | None, str | None]


def _cell_changes(before: Matrix, after: Matrix) -> Iterator[Change]:
    old, new = _texts_of(before), _texts_of(after)
    for place in dict.fromkeys((*new, *old)):
        was, now = old.get(place, ""), new.get(place, "")
        if was != now:
            row, field, type, level = place
            yield Change(field, was, now, row, type, level)


def _texts_of(matrix: Matrix) -> Mapping[Place, str]:
    """Place -> what stands there. Marks that head a column are spelt out, so that a change of them shows."""
    texts: dict[Place, str] = {}
    grid = grid_of(matrix)
    for row in grid.rows:
        where = (row.topic or None, row.unit)
        for (type, level), text in row.counts.items():
            place = (where, Field.COUNT, type, None if level == ANY_LEVEL else level)
            spelt = "+".join(one if "×" in one else f"{one}×{grid.marks_of(type)}" for one in text.split("+"))
            texts[place] = f"{texts[place]}+{spelt}" if place in texts else spelt
        if row.outcomes:
            texts[where, Field.OUTCOMES, None, None] = row.outcomes
        for (type, level), text in row.tags.items():
            texts[where, Field.COMPETENCE, type, None if level == ANY_LEVEL else level] = text
    return texts
