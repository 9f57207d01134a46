"""Tables of MathML as code of Typst: matrices, systems, aligned lines, arrays with rules."""

import re
from collections.abc import Callable, Sequence

from lxml import etree

from quizbank.questions.formats.mathematics.mathml_tree import children_of, name_of

Row = Callable[[Sequence[etree._Element]], str]
_ROWS = frozenset({"mtr", "mlabeledtr"})
_SIDES = {"m-left": "left", "m-right": "right"}
_ABOVE, _RIGHT, _LEFT, _BELOW = (
    frozenset({f"m-line-{side}", f"m-dash-{side}"}) for side in ("top", "right", "left", "bottom")
)


def table_code(table: etree._Element, row: Row) -> str:
    """A table as a matrix without brackets; lines whose cells are aligned at signs keep them aligned."""
    lines = [_cells_of(line) for line in children_of(table) if name_of(line) in _ROWS]
    lines = [line for line in lines if line]
    columns = max(map(len, lines), default=0)
    if not columns:
        return "[]"
    sides = [_side_of(lines, column) for column in range(columns)]
    filled = [[f"math.display({row(children_of(cell))})" for cell in line] for line in lines]
    if columns > 1 and sides == [("right", "left")[column % 2] for column in range(columns)]:
        return f"lay(align: left, {_aligned(filled)})"
    body = ", ".join(f"({''.join(f'{cell}, ' for cell in _full(line, columns))})" for line in filled)
    side = sides[0] if len(set(sides)) == 1 else "center"
    return f"lay(align: {side}{_rules(lines, columns)}, {body})"


def _aligned(lines: list[list[str]]) -> str:
    """Each line in one cell, with points of alignment between its pieces."""
    cells = ("; ap; ".join(line) for line in lines)
    return ", ".join(f"({{{cell}}},)" for cell in cells)


def _cells_of(line: etree._Element) -> list[etree._Element]:
    return [cell for cell in children_of(line) if name_of(cell) == "mtd"]


def _full(line: list[str], columns: int) -> list[str]:
    return [*line, *["[]"] * (columns - len(line))]


def _classes(cell: etree._Element) -> frozenset[str]:
    return frozenset((cell.get("class") or "").split())


def _side_of(lines: list[list[etree._Element]], column: int) -> str:
    cell = next(line[column] for line in lines if len(line) > column)
    return next((_SIDES[name] for name in sorted(_classes(cell)) if name in _SIDES), "center")


def _rules(lines: list[list[etree._Element]], columns: int) -> str:
    """Rules between rows and columns: where any cell of a row has one above, or of a column at its side."""
    rows = {number for number, line in enumerate(lines) if number and any(_classes(cell) & _ABOVE for cell in line)}
    rows |= {number for number, line in enumerate(lines[:-1], 1) if any(_classes(cell) & _BELOW for cell in line)}
    between = {
        number
        for line in lines
        for number, cell in enumerate(line)
        if 0 < number < columns and (_classes(cell) & _LEFT or _classes(line[number - 1]) & _RIGHT)
    }
    if not rows and not between:
        return ""
    return f", augment: (hline: {_array(rows)}, vline: {_array(between)})"


def _array(numbers: set[int]) -> str:
    return f"({''.join(f'{number}, ' for number in sorted(numbers))})"


def fraction_without_line(elements: Sequence[etree._Element]) -> list[etree._Element] | None:
    """Both halves of a single fraction without a line: what stands in the brackets of a binomial coefficient."""
    if len(elements) != 1 or name_of(elements[0]) != "mfrac":
        return None
    thickness = (elements[0].get("linethickness") or "").strip()
    halves = children_of(elements[0])
    return halves if re.fullmatch(r"0(?:\.0*)?[a-z%]*", thickness) and len(halves) == 2 else None
