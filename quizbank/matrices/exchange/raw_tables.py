"""A table of a file before anybody knows what it means: texts in rows, joined cells filled, each with its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_ROWS, MOST_COLUMNS, MOST_TABLES = 400, 80, 20
LONGEST_TEXT = 8_000


@dataclass(frozen=True)
class RawTable:
    """``rows``: texts, of a joined cell in each of its places. ``before``: lines that stand above the table.

    ``name``: that of the sheet; of a Word file the number of the table.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    before: tuple[str, ...] = ()
    is_sheet: bool = True
    first_row: int = 0

    def address(self, row: int, column: int) -> str:
        """What people call the cell: ``Ma trận!F12``, or ``bảng 1, hàng 5, cột 6``."""
        if self.is_sheet:
            return f"{self.name}!{column_letters(column)}{self.first_row + row + 1}"
        return f"bảng {self.name}, hàng {row + 1}, cột {column + 1}"


def column_letters(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters


def filled(rows: Sequence[Sequence[str]], joined: Sequence[tuple[int, int, int, int]]) -> tuple[tuple[str, ...], ...]:
    """Rows with the text of a joined cell in all its places; ``joined``: first row and column, last row and column."""
    width = max(map(len, rows), default=0)
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    for top, left, bottom, right in joined:
        for row in range(top, min(bottom, len(grid) - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                grid[row][column] = grid[top][left]
    return tuple(map(tuple, grid))


def data_of(tables: Sequence[RawTable]) -> list[dict[str, Any]]:
    return [vars(table) for table in tables]


def tables_from(data: Sequence[Mapping[str, Any]]) -> list[RawTable]:
    return [
        RawTable(
            str(one["name"]),
            tuple(tuple(map(str, row)) for row in one["rows"]),
            tuple(map(str, one["before"])),
            bool(one["is_sheet"]),
            int(one["first_row"]),
        )
        for one in data
    ]
