"""What the bank has for each cell of the table, in the units of the table: questions, or statements."""

from collections.abc import Iterable, Sequence

from quizbank.matrices.grid import ANY_LEVEL, Grid, count_name
from quizbank.matrices.grid_cells import Said
from quizbank.matrices.rules import STATEMENTS_EACH, Supply
from quizbank.questions.rules import QuestionType, levels_from
from repository.curriculum.rules import is_within


def asks_at(place: Supply, level: str) -> int:
    """How many asks of a level the questions of one place hold. A statement without a level lies at its question's."""
    if level != ANY_LEVEL and place.type is QuestionType.TRUE_FALSE and place.statements:
        return place.count * levels_from(place.statements).get(level, 0)
    each = STATEMENTS_EACH if place.type is QuestionType.TRUE_FALSE else 1
    return place.count * each if level in (ANY_LEVEL, place.level) else 0


def available_at(supply: Iterable[Supply], topic: str, level: str, type: QuestionType, grade: int | None) -> int:
    """Asks that the bank has for one cell; ``topic`` "" is any, and then the grade counts."""
    return sum(
        asks_at(place, level)
        for place in supply
        if place.type is type
        and (is_within(place.topic or "", topic) if topic else grade is None or place.grade == grade)
    )


def available_in(grid: Grid, said: Said, supply: Sequence[Supply], grade: int | None) -> dict[str, tuple[int, int]]:
    """For every filled cell the name of its field -> what it wants and what the bank has."""
    wanted: dict[tuple[int, QuestionType, str], int] = {}
    for place, cell in zip(said.rows, said.cells, strict=True):
        for level, asks in cell.asks_by_level.items():
            at = (place, cell.type, level or ANY_LEVEL)
            wanted[at] = wanted.get(at, 0) + max(asks, 0)
    return {
        count_name(place, type, level): (asks, available_at(supply, grid.rows[place].topic, level, type, grade))
        for (place, type, level), asks in wanted.items()
    }
