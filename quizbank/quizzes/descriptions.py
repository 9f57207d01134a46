"""A quiz as others see it: as data, as the cells that could not be filled, as a table of keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizbank.matrices.rules import Cell
from quizbank.questions.cards import key_card
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType, printed_key
from quizbank.questions.rulings import EVERYBODY, NOBODY, Ruling, Rulings, Treatment, content_with_key
from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.queries import PaperItem, paper_of
from quizbank.quizzes.selection import PoolTooSmall

MARKS = {Treatment.ALL_RIGHT: EVERYBODY, Treatment.LEFT_OUT: NOBODY}


@dataclass(frozen=True)
class ShortCell:
    """A cell that the bank can't fill: what it wants, how many are there, how many are missing."""

    number: int
    cell: Cell
    wanted: int
    available: int

    @property
    def missing(self) -> int:
        return self.wanted - self.available


def short_cells(error: PoolTooSmall, cells: Sequence[Cell]) -> list[ShortCell]:
    return [ShortCell(short.cell, cells[short.cell], short.wanted, short.available) for short in error.short]


def short_cells_data(error: PoolTooSmall, cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Short cells for machines; ``cell`` counts from 0 as in the matrix file."""
    return [
        {
            "cell": short.number,
            "topic": short.cell.topic,
            "level": short.cell.level,
            "type": short.cell.type.value,
            "wanted": short.wanted,
            "available": short.available,
        }
        for short in short_cells(error, cells)
    ]


def quiz_data(
    quiz: Quiz, versions: Mapping[int, QuestionVersion], rulings: Rulings, *, with_keys: bool
) -> dict[str, Any]:
    """The whole quiz as data; keys and explanations only where they may be seen, repaired keys as they count now."""
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
        "items": [item_data(one, with_keys) for one in paper_of(quiz, dict(versions), rulings=rulings)],
    }


def item_data(one: PaperItem, with_keys: bool) -> dict[str, Any]:
    """One question of a paper as data."""
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
        is_short = version.type == QuestionType.SHORT_ANSWER
        data["key"] = key_card(one.keyed).key if one.ruling and not is_short else version.content.key
        data["accepted"] = [part.text for part in one.keyed.parts] if is_short else []
        data["explanation"] = content_with_key(version.content, one.ruling).explanation
        data["repair"] = repair_data(one.ruling)
    return data


def repair_data(ruling: Ruling | None) -> dict[str, Any] | None:
    """A repair of a key for machines; ``treatment`` says what the key means now."""
    if ruling is None:
        return None
    return {"id": ruling.repair_id, "treatment": str(ruling.treatment), "reason": ruling.reason}


@dataclass(frozen=True)
class KeyRow:
    """A line of the printed key table: part and number, and under each code the key and the repair of it, if any."""

    part: int
    number: int
    keys: tuple[str, ...]
    rulings: tuple[Ruling | None, ...]

    @property
    def repairs(self) -> list[str]:
        """Under each code the treatment of a repair, or nothing."""
        return [str(ruling.treatment) if ruling else "" for ruling in self.rulings]


def key_table(
    quiz: Quiz, versions: dict[int, QuestionVersion], variants: Sequence[QuizVariant], rulings: Rulings
) -> tuple[list[str], list[KeyRow]]:
    """Codes, and for every place of the paper its key under each code; without codes one column for the quiz."""
    papers = [paper_of(quiz, versions, variant, rulings) for variant in variants]
    papers = papers or [paper_of(quiz, versions, rulings=rulings)]
    rows = [
        KeyRow(
            *(places[0].item.part, places[0].number),
            *(tuple(key_of(one) for one in places), tuple(one.ruling for one in places)),
        )
        for places in zip(*papers, strict=True)
    ]
    return [variant.code for variant in variants], rows


def key_of(one: PaperItem) -> str:
    """What a key sheet says: the key that counts now, ``*`` where any answer is right, ``–`` where none counts."""
    if one.ruling is not None and one.ruling.treatment in MARKS:
        return MARKS[one.ruling.treatment]
    card = key_card(one.keyed, option_order=one.option_order)
    if card.type is QuestionType.SHORT_ANSWER and one.ruling is not None:
        return "; ".join(card.accepted)
    return "/".join(card.key) if card.type is QuestionType.SINGLE_CHOICE else printed_key(card.type, card.key)
