"""What a filled-in table says: cells and specification, and where each of them was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from quizbank.matrices.cell_text import Term, terms_from
from quizbank.matrices.grid import (
    ANY_LEVEL,
    Grid,
    Row,
    count_name,
    marks_name,
    outcomes_name,
    tag_name,
    topic_name,
    unit_name,
)
from quizbank.matrices.matrix_file import marks_from
from quizbank.matrices.rules import STATEMENTS_EACH, Cell, Competence, Specification, statements_of
from quizbank.questions.rules import QuestionType

NO_NUMBER = -1


@dataclass
class Said:
    """What a table says.

    Attributes:
        fields: place of a problem (``cells[3].count``) -> the name of the field that has to be mended.
        rows: for each cell the number of its row, from 0.
    """

    cells: list[Cell] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    specification: tuple[Specification, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)

    def add(self, place: int, cell: Cell, name: str, marks: str) -> None:
        """Note a cell that was typed in the field ``name`` of a row."""
        at = f"cells[{len(self.cells)}]"
        self.fields[f"{at}.count"] = self.fields[f"{at}.level"] = self.fields[f"{at}.statements"] = name
        self.fields[f"{at}.marks"] = name if marks else marks_name(cell.type)
        self.fields[f"{at}.topic"] = topic_name(place)
        self.fields[f"{at}.unit"] = unit_name(place)
        self.cells.append(cell)
        self.rows.append(place)


def said_by(grid: Grid) -> Said:
    """The cells and the specification of a table, row by row."""
    said = Said()
    for place, row in enumerate(grid.rows):
        for type in QuestionType:
            columns = [(level, terms_from(text)) for (one, level), text in row.counts.items() if one is type]
            _read_columns(said, grid, place, type, columns)
    said.specification = _specification(said, grid.rows)
    return said


Columns = Iterable[tuple[str, list[Term] | None]]


def _read_columns(said: Said, grid: Grid, place: int, type: QuestionType, columns: Columns) -> None:
    """Cells of one type in one row; statements of several columns make up one cell for each kind of marks."""
    row = grid.rows[place]
    statements: dict[str, dict[str, int]] = {}
    for level, terms in columns:
        name = count_name(place, type, level)
        if terms is None:
            said.add(place, _cell(grid, row, type, level, NO_NUMBER, ""), name, "")
        for term in terms or ():
            if type is not QuestionType.TRUE_FALSE or term.is_whole:
                said.add(place, _cell(grid, row, type, level, term.count, term.marks), name, term.marks)
            elif level == ANY_LEVEL:
                said.add(place, _cluster(grid, row, {level: term.count}, term.marks), name, term.marks)
            else:
                counts = statements.setdefault(term.marks, {})
                counts[level] = counts.get(level, 0) + term.count
    for marks, counts in statements.items():
        said.add(place, _cluster(grid, row, counts, marks), count_name(place, type, next(iter(counts))), marks)


def _cell(grid: Grid, row: Row, type: QuestionType, level: str, count: int, marks: str) -> Cell:
    worth = marks_from(marks or grid.marks_of(type)) or Decimal(0)
    return Cell(row.topic or None, None if level == ANY_LEVEL else level, type, count, worth, unit=row.unit)


def _cluster(grid: Grid, row: Row, counts: Mapping[str, int], marks: str) -> Cell:
    """True/false questions whose statements lie at these levels; a number that four does not divide is kept wrong."""
    type, total = QuestionType.TRUE_FALSE, sum(counts.values())
    if len(counts) == 1 and total % STATEMENTS_EACH == 0:
        return _cell(grid, row, type, next(iter(counts)), total // STATEMENTS_EACH, marks)
    plain = _cell(grid, row, type, ANY_LEVEL, -(-total // STATEMENTS_EACH), marks)
    return Cell(plain.topic, None, type, plain.count, plain.marks, statements_of(counts), plain.unit)


def _specification(said: Said, rows: list[Row]) -> tuple[Specification, ...]:
    """All rows in their order, where any has more to say than its counts or none yet; otherwise none."""
    filled = set(said.rows)
    named = [place for place, row in enumerate(rows) if place in filled or _says_more(row) or row.topic or row.unit]
    if not any(_says_more(rows[place]) or place not in filled for place in named):
        return ()
    kept: dict[tuple[str, str], Specification] = {}
    for place in named:
        row = rows[place]
        new = Specification(row.topic or None, row.unit, row.outcomes, _competences(row))
        old = kept.get((row.topic, row.unit))
        at = f"specification[{list(kept).index((row.topic, row.unit)) if old else len(kept)}]"
        kept[row.topic, row.unit] = _joined(old, new) if old else new
        said.fields[f"{at}.outcomes"] = outcomes_name(place)
        said.fields[f"{at}.topic"] = topic_name(place)
        said.fields[f"{at}.unit"] = unit_name(place)
        said.fields[f"{at}.competences"] = tag_name(place, *next(iter(row.tags), ("", "")))
    return tuple(kept.values())


def _says_more(row: Row) -> bool:
    return bool(row.outcomes or row.tags)


def _competences(row: Row) -> tuple[Competence, ...]:
    return tuple(
        Competence(type, None if level == ANY_LEVEL else level, text) for (type, level), text in row.tags.items()
    )


def _joined(old: Specification, new: Specification) -> Specification:
    """Two rows of one topic and unit are one row."""
    outcomes = "\n".join(dict.fromkeys(text for text in (old.outcomes, new.outcomes) if text))
    named = {(one.type, one.level): one for one in (*old.competences, *new.competences)}
    return Specification(old.topic, old.unit, outcomes, tuple(named.values()))


def fields_of(problems: Mapping[str, list[str]], fields: Mapping[str, str]) -> dict[str, list[str]]:
    """Problems of a matrix by the name of the field that has to be mended."""
    found: dict[str, list[str]] = {}
    for place, messages in problems.items():
        found.setdefault(fields.get(place, place), []).extend(messages)
    return found
