"""Key tables for several variants (``mã đề``): the keys of the one that the document is."""

import re
from collections.abc import Iterator, Sequence

from quizbank.questions.formats.text_key_rows import read_pairs
from quizbank.questions.formats.word_objects import Objects
from quizbank.questions.formats.word_tables import Table

CODE_OF_PAPER = re.compile(r"mã\s+đề(?:\s+thi)?(?:\s+số)?\s*[:：.]?\s*(?P<code>\d{2,4})\b", re.IGNORECASE)
_CODE = re.compile(r"(?:(?:mã\s+)?đề(?:\s+thi)?(?:\s+số)?\s*[:：.]?\s*)?(?P<code>\d{3,4})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:câu\s*)?(?P<number>\d{1,2})\s*[.:)]?", re.IGNORECASE)
_Row = dict[int, str]


def key_rows_of_code(table: Table, objects: Objects, codes: Sequence[str]) -> list[str]:
    """The rows ``1<tab>A`` that a table of keys gives for the paper's own variant.

    Args:
        table: any table.
        objects: for the formulas in it.
        codes: the variants that the document says it is.

    Returns:
        nothing where the table has no variants, where the paper's own is none or not the only one of them, where
        something in it is no key, or where all of it are numbers, as in a table of years.
    """
    rows = [_by_column(table, place, objects) for place in range(len(table.rows))]
    columns, lines = _codes_across(rows), _codes_down(rows)
    named = {code for _, _, code in columns} | {code for _, code in lines}
    own = named & set(codes) if codes else named
    if len(own) != 1:
        return []
    code = own.pop()
    if columns:
        pairs = [pair for top, column, name in columns if name == code for pair in _down(rows[top + 1 :], column)]
    else:
        pairs = [pair for place, name in lines if name == code for pair in _across(rows, place)]
    written = [f"{number}\t{key}" for number, key in pairs]
    has_letters = any(re.match(r"[A-HĐS]", key) for _, key in pairs)
    return written if has_letters and all(read_pairs(row) for row in written) else []


def codes_in(text: str) -> list[str]:
    """The variants that a text names, each once."""
    return list(dict.fromkeys(found["code"] for found in CODE_OF_PAPER.finditer(text)))


def _by_column(table: Table, place: int, objects: Objects) -> _Row:
    found: _Row = {}
    column = 0
    for cell in table.rows[place]:
        text = "" if cell.is_continued else " ".join(line.text for line in cell.lines)
        found[column] = " ".join(objects.plain(text).split())
        column += cell.columns
    return found


def _codes_across(rows: Sequence[_Row]) -> list[tuple[int, int, str]]:
    """Where the names of variants stand above columns: (row, column, variant)."""
    for top, row in enumerate(rows[:3]):
        codes = [(top, column, found["code"]) for column, text in row.items() if (found := _CODE.fullmatch(text))]
        has_numbers = top + 1 < len(rows) and _NUMBER.fullmatch(rows[top + 1].get(0, "")) is not None
        if codes and has_numbers and 0 not in {column for _, column, _ in codes}:
            return codes
    return []


def _codes_down(rows: Sequence[_Row]) -> list[tuple[int, str]]:
    """Where the names of variants stand before rows: (row, variant)."""
    found = ((place, _CODE.fullmatch(row.get(0, ""))) for place, row in enumerate(rows) if place)
    return [(place, match["code"]) for place, match in found if match]


def _down(rows: Sequence[_Row], column: int) -> Iterator[tuple[int, str]]:
    """The keys of a column with the numbers to the left of it."""
    for row in rows:
        numbers = [found for place in sorted(row) if place < column and (found := _NUMBER.fullmatch(row[place]))]
        if numbers and row.get(column):
            yield int(numbers[-1]["number"]), row[column]


def _across(rows: Sequence[_Row], place: int) -> Iterator[tuple[int, str]]:
    """The keys of a row with the numbers in the nearest row of numbers above it."""
    above = (row for row in reversed(rows[:place]) if sum(map(bool, map(_NUMBER.fullmatch, row.values()))) > 1)
    numbers = next(above, {})
    for column, text in rows[place].items():
        if column and text and (number := _NUMBER.fullmatch(numbers.get(column, ""))):
            yield int(number["number"]), text
