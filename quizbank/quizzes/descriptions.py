"""A quiz as others see it: as data, as the cells that could not be filled, as a table of keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizbank.matrices.rules import Cell
from quizbank.questions.cards import key_card
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType, printed_key
from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.queries import PaperItem, paper_of
from quizbank.quizzes.selection import PoolTooSmall


@dataclass(frozen=True)
class ShortCell:
    """A cell that the bank can't fill: what it wants, how many are there, how many are missing."""

    number: int
    cell: Cell
    available: int

    @property
    def missing(self) -> int:
        return self.cell.count - self.available


def short_cells(error: PoolTooSmall, cells: Sequence[Cell]) -> list[ShortCell]:
    return [ShortCell(short.cell, cells[short.cell], short.available) for short in error.short]


def short_cells_data(error: PoolTooSmall, cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Short cells for machines; ``cell`` counts from 0 as in the matrix file."""
    return [
        {
            "cell": short.number,
            "topic": short.cell.topic,
            "level": short.cell.level,
            "type": short.cell.type.value,
            "wanted": short.cell.count,
            "available": short.available,
        }
        for short in short_cells(error, cells)
    ]


def quiz_data(quiz: Quiz, versions: Mapping[int, QuestionVersion], *, with_keys: bool) -> dict[str, Any]:
    """The whole quiz as data; keys and explanations only where they may be seen."""
    return {
        "id": quiz.id,
        "title": quiz.title,
        "subject": quiz.subject,
        "grade": quiz.grade,
        "programme": quiz.programme,
        "duration_minutes": quiz.duration_minutes,
        "seed": quiz.seed,
        "is_assigned": quiz.assigned_at is not None,
        "codes": [variant.code for variant in quiz.variants],
        "items": [_item_data(one, with_keys) for one in paper_of(quiz, dict(versions))],
    }


def _item_data(one: PaperItem, with_keys: bool) -> dict[str, Any]:
    version, item = one.version, one.item
    data: dict[str, Any] = {
        "position": item.position,
        "part": item.part,
        "number": one.number,
        "cell": item.cell,
        "marks": str(item.marks),
        "question_id": version.question_id,
        "version": version.number,
        "version_id": version.id,
        "type": str(version.type),
        "stem": version.stem,
        "passage": version.passage.text if version.passage else "",
        "options": [] if version.type == QuestionType.SHORT_ANSWER else [part.text for part in version.parts],
    }
    if with_keys:
        data["key"] = version.content.key
        data["accepted"] = [part.text for part in version.parts] if version.type == QuestionType.SHORT_ANSWER else []
        data["explanation"] = version.explanation
    return data


@dataclass(frozen=True)
class KeyRow:
    """A line of the printed key table: part and number, and the key under each code."""

    part: int
    number: int
    keys: tuple[str, ...]


def key_table(
    quiz: Quiz, versions: dict[int, QuestionVersion], variants: Sequence[QuizVariant]
) -> tuple[list[str], list[KeyRow]]:
    """Codes, and for every place of the paper its key under each code; without codes one column for the quiz."""
    papers = [paper_of(quiz, versions, variant) for variant in variants] or [paper_of(quiz, versions)]
    rows = [
        KeyRow(places[0].item.part, places[0].number, tuple(key_of(one) for one in places))
        for places in zip(*papers, strict=True)
    ]
    return [variant.code for variant in variants], rows


def key_of(one: PaperItem) -> str:
    card = key_card(one.version, option_order=one.option_order)
    return printed_key(card.type, card.key)
