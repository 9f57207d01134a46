"""What can be done to the questions of a paper, pure: a paper is a row of lines, an edit makes another row of them.

Questions of one passage always stand side by side: they move as one block, and a line that comes between them is put
behind them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from quizbank.matrices.rules import MOST_MARKS, PARTS, Cell
from repository.errors import Conflict, Invalid

CENT = Decimal("0.01")
NO_CELL = -1


@dataclass(frozen=True)
class Line:
    """A question of a paper. ``cell`` counts from 0, ``NO_CELL`` for a question that no cell asked for."""

    version_id: int
    part: int
    cell: int
    marks: Decimal
    is_locked: bool = False
    question_id: int = field(default=0, compare=False)
    passage: int | None = field(default=None, compare=False)


Lines = tuple[Line, ...]
Row = Mapping[str, Any]
"""A line as a step keeps it, with its ``position`` from 1; marks are text."""


def row_of(position: int, line: Line) -> dict[str, Any]:
    return {
        "position": position,
        "part": line.part,
        "cell": line.cell,
        "version": line.version_id,
        "marks": str(line.marks.quantize(CENT)),
        "locked": line.is_locked,
    }


def rows_of(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [row_of(position, line) for position, line in enumerate(lines, 1)]


def difference(before: Sequence[Row], after: Sequence[Row]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of each that are not in the other."""
    old, new = ({row["position"]: dict(row) for row in rows} for rows in (before, after))
    return (
        [row for position, row in old.items() if new.get(position) != row],
        [row for position, row in new.items() if old.get(position) != row],
    )


def gathered(lines: Iterable[Line]) -> Lines:
    """Parts in order, and in a part every passage's questions where the first of them stands."""
    blocks: dict[tuple[int, int, int], list[Line]] = {}
    for number, line in enumerate(sorted(lines, key=lambda line: line.part)):
        name = (line.part, 0, number) if line.passage is None else (line.part, 1, line.passage)
        blocks.setdefault(name, []).append(line)
    return tuple(line for block in blocks.values() for line in block)


def place_of(lines: Sequence[Line], version_id: int) -> int:
    """The position (from 1) at which a version stands."""
    return next(position for position, line in enumerate(lines, 1) if line.version_id == version_id)


def changed(lines: Sequence[Line], position: int, change: Callable[[Line], Line]) -> Lines:
    """The same lines but for one."""
    return tuple(change(line) if place == position else line for place, line in enumerate(lines, 1))


def without(lines: Sequence[Line], position: int) -> Lines:
    """The lines but for one, which must not be the last that is left, nor locked."""
    check_free(lines[position - 1])
    if len(lines) == 1:
        raise Conflict("Đề phải còn ít nhất một câu.")
    return tuple(line for place, line in enumerate(lines, 1) if place != position)


def check_free(line: Line) -> None:
    """Refuse to take a question that is locked."""
    if line.is_locked:
        raise Conflict("Câu này đang khoá. Hãy mở khoá trước.")


def moved(lines: Sequence[Line], position: int, by: int) -> Lines:
    """Move one question by some places inside its part, forwards (+) or back (-).

    A question of a passage moves among its siblings; at their edge the whole passage moves on.

    Raises:
        Conflict: it stands at the edge of its part already.
    """
    result, place = list(lines), position - 1
    for _ in range(min(abs(by), len(lines))):
        further = _step(result, place, 1 if by > 0 else -1)
        if further is None:
            break
        place = further
    if tuple(result) == tuple(lines):
        raise Conflict("Câu này đã ở đầu hoặc cuối phần của nó.")
    return tuple(result)


def _step(lines: list[Line], place: int, step: int) -> int | None:
    """Move the line at ``place`` (from 0) one step, in place; where it is then, or None at the edge of its part."""
    line, other = lines[place], place + step
    if not _is_beside(lines, line, other):
        return None
    if line.passage is not None and lines[other].passage == line.passage:
        lines[place], lines[other] = lines[other], line
        return other
    mine, theirs = _block_at(lines, place), _block_at(lines, other)
    first, second = (mine, theirs) if step > 0 else (theirs, mine)
    lines[first.start : second.stop] = [*lines[second.start : second.stop], *lines[first.start : first.stop]]
    return place + step * len(theirs)


def _is_beside(lines: Sequence[Line], line: Line, other: int) -> bool:
    return 0 <= other < len(lines) and lines[other].part == line.part


def _block_at(lines: Sequence[Line], place: int) -> range:
    """The places of the passage that the line at ``place`` belongs to, or its own."""
    line, first, last = lines[place], place, place
    if line.passage is not None:
        while _is_beside(lines, line, first - 1) and lines[first - 1].passage == line.passage:
            first -= 1
        while _is_beside(lines, line, last + 1) and lines[last + 1].passage == line.passage:
            last += 1
    return range(first, last + 1)


def check_marks(marks: Decimal) -> Decimal:
    """Marks as a paper has them: more than nothing, at most two decimals.

    Raises:
        Invalid: they are not.
    """
    if not marks.is_finite() or not 0 < marks <= MOST_MARKS or marks != round(marks, 2):
        raise Invalid("Điểm phải là số dương, tối đa hai chữ số thập phân.")
    return marks.quantize(CENT)


def spread_marks(lines: Sequence[Line], part: int, total: Decimal) -> Lines:
    """Deal ``total`` out over the questions of a part evenly; what is left over goes to the first, a hundredth each.

    Raises:
        Invalid: there is no such part, or less than a hundredth for each question.
    """
    count = sum(line.part == part for line in lines)
    cents = int(check_marks(total) * 100)
    if count == 0 or cents < count:
        raise Invalid("Không chia được số điểm này cho {count} câu.", count=count)
    shares = iter([Decimal(cents // count + (number < cents % count)) * CENT for number in range(count)])
    return tuple(replace(line, marks=next(shares)) if line.part == part else line for line in lines)


def usual_marks(lines: Sequence[Line], part: int, cell: Cell | None) -> Decimal:
    """What a new question is worth: what its cell says, else what its neighbours are, else a quarter."""
    if cell is not None:
        return cell.marks
    marks = [line.marks for line in lines if line.part == part]
    return max(marks, key=marks.count) if marks else Decimal("0.25")


@dataclass(frozen=True)
class Drawn:
    """A question that was drawn for a cell."""

    question_id: int
    version_id: int
    passage: int | None


def redrawn(lines: Sequence[Line], cells: Sequence[Cell], drawn: Mapping[int, Sequence[Drawn]]) -> Lines:
    """Put what was drawn where the free questions of the same cells stand, with their marks.

    Cells that are not in ``drawn`` stay as they are, and so does what is locked. A cell that gets more than it has
    places adds them at the end of its part with its own marks; one that gets less gives places up.
    """
    waiting = {cell: list(some) for cell, some in drawn.items()}
    result: list[Line] = []
    for line in lines:
        if line.is_locked or line.cell not in waiting:
            result.append(line)
        elif waiting[line.cell]:
            result.append(_line_of(waiting[line.cell].pop(0), line.cell, line.part, line.marks))
    for number, some in waiting.items():
        cell = cells[number]
        result += [_line_of(one, number, PARTS[cell.type], cell.marks) for one in some]
    return gathered(result)


def _line_of(one: Drawn, cell: int, part: int, marks: Decimal) -> Line:
    return Line(one.version_id, part, cell, marks, False, one.question_id, one.passage)


@dataclass(frozen=True)
class CellStanding:
    """How a paper stands to a cell of its matrix; ``cell`` None: questions that no cell asked for."""

    number: int
    cell: Cell | None
    count: int
    marks: Decimal

    @property
    def wanted(self) -> int:
        return self.cell.count if self.cell else 0

    @property
    def wanted_marks(self) -> Decimal:
        return self.cell.total_marks if self.cell else Decimal(0)

    @property
    def difference(self) -> int:
        return self.count - self.wanted

    @property
    def is_kept(self) -> bool:
        return self.difference == 0 and self.marks == self.wanted_marks


def standing_of(cells: Sequence[Cell], lines: Iterable[Line]) -> list[CellStanding]:
    """Every cell, and last, if there are such, the questions of none."""
    counts: dict[int, int] = {}
    marks: dict[int, Decimal] = {}
    for line in lines:
        counts[line.cell] = counts.get(line.cell, 0) + 1
        marks[line.cell] = marks.get(line.cell, Decimal(0)) + line.marks
    standing = [
        CellStanding(number, cell, counts.get(number, 0), marks.get(number, Decimal(0)))
        for number, cell in enumerate(cells)
    ]
    if NO_CELL in counts:
        standing.append(CellStanding(NO_CELL, None, counts[NO_CELL], marks[NO_CELL]))
    return standing


@dataclass(frozen=True)
class PartTotal:
    part: int
    count: int
    marks: Decimal


def parts_of(lines: Iterable[Line]) -> list[PartTotal]:
    """What the parts add up to, in order."""
    grouped = groupby(sorted(lines, key=lambda line: line.part), key=lambda line: line.part)
    return [
        PartTotal(part, len(some), sum((line.marks for line in some), Decimal(0)))
        for part, members in grouped
        for some in [list(members)]
    ]


def level_shares(items: Iterable[tuple[Decimal, str | None, Mapping[str, int]]]) -> dict[str | None, Decimal]:
    """Level -> its share of the marks, 0 to 1.

    Args:
        items: marks, level, and the levels of the statements with their counts, empty where there are none.
    """
    sums: dict[str | None, Decimal] = {}
    whole = Decimal(0)
    for marks, level, statements in items:
        whole += marks
        count = sum(statements.values())
        parts: dict[str | None, int] = dict(statements.items()) or {level: 1}
        for name, times in parts.items():
            sums[name] = sums.get(name, Decimal(0)) + marks * times / (count or 1)
    return {name: value / whole for name, value in sums.items()} if whole else {}
