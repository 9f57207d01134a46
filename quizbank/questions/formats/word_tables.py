"""The tables of a Word document: read as a grid, and told apart by what they are for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizbank.questions.formats.text_lines import HEADER
from quizbank.questions.formats.text_options import OPTION_START, STATEMENT_START
from quizbank.questions.formats.word_lines import RawLine, raw_line, write_line
from quizbank.questions.formats.word_objects import Objects, is_object

_BARE_LETTER = re.compile(r"\s*\*?\(?(?P<letter>[A-Ha-h])\s?[.)/:]?\)?\s*")
_PICTURED = re.compile(r"[\s•]*•\s*\(?(?P<letter>[A-H])\s?[.)]\s*")
"""A picture with its letter below or behind it."""
_TICK = re.compile(r"\s*(?:[xX×✓✔✗☑☒]|\[x\])\s*")
_TRUE, _FALSE = frozenset({"đúng", "đ", "true", "t"}), frozenset({"sai", "s", "false", "f"})


@dataclass
class Cell:
    """A cell with its lines; ``columns`` and ``rows`` tell how far it reaches."""

    lines: list[RawLine] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    is_header: bool = False
    is_continued: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip()

    @property
    def is_blank(self) -> bool:
        return not self.text


@dataclass
class Table:
    rows: list[list[Cell]]

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row if not cell.is_continued)

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_blank]


def is_layout(table: Table) -> bool:
    """Whether the table only places questions, options and pictures on the page."""
    if len(table.filled) < 2:
        return True
    if any(HEADER.match(line.text) for cell in table.filled for line in cell.lines):
        return True
    if is_option_table(table):
        return True
    return (
        len(table.rows) <= 2
        and any(_is_picture(cell) for cell in table.filled)
        and any(map(_has_options, table.filled))
    )


def is_option_table(table: Table) -> bool:
    """Whether its cells hold options: each begins with its letter, or the letters have cells of their own."""
    lettered = [cell for cell in table.filled if _begins_option(cell)]
    letters = sorted(_letter_of(cell) for cell in lettered)
    if len(table.filled) > 1 and all(OPTION_START.match(cell.text) for cell in table.filled):
        return True
    if len(letters) < 2 or letters != [chr(ord("A") + place) for place in range(len(letters))]:
        return sum(_has_options(cell) for cell in table.filled) > 0 and len(table.filled) <= 2
    bare = [cell for cell in lettered if _BARE_LETTER.fullmatch(cell.text)]
    others = [cell for cell in table.filled if not _begins_option(cell)]
    if len(bare) == len(lettered):
        return len(others) == len(bare)
    return all(_is_picture(cell) for cell in others) or len(others) <= 1


def _begins_option(cell: Cell) -> bool:
    if _PICTURED.fullmatch(_bare_objects(cell)):
        return True
    first = cell.lines[0].text if cell.lines else ""
    text = next((line.text for line in cell.lines if not line.is_blank), first)
    return bool(OPTION_START.match(text.lstrip("*# ")) or STATEMENT_START.match(text) or _BARE_LETTER.fullmatch(text))


def _bare_objects(cell: Cell) -> str:
    """The text of a cell with one sign for each object."""
    return "".join("•" if is_object(char) else char for char in cell.text)


def _letter_of(cell: Cell) -> str:
    if pictured := _PICTURED.fullmatch(_bare_objects(cell)):
        return pictured["letter"]
    text = next((line.text for line in cell.lines if not line.is_blank), "").lstrip("*#( ")
    return text[:1].upper()


def _has_options(cell: Cell) -> bool:
    """Whether one cell holds the options of a question on lines of their own."""
    starts = [line.text.lstrip("*# ")[:1] for line in cell.lines if OPTION_START.match(line.text.lstrip("*# "))]
    return starts[:2] == ["A", "B"] or any(len(re.findall(r"(?:^|\s)[A-D]\.\s", line.text)) > 1 for line in cell.lines)


def _is_picture(cell: Cell) -> bool:
    text = cell.text
    return bool(text) and all(is_object(char) or char.isspace() for char in text)


def option_lines(table: Table) -> Iterator[tuple[int, RawLine]]:
    """The lines of a table that only places things: (row from 1, line); a letter joins the text in the next cell."""
    beside = _pictures_beside(table)
    for number, row in enumerate(table.rows, start=1):
        if (side_by_side := _in_one_line(row)) is not None:
            yield number, side_by_side
            continue
        held: RawLine | None = None
        for cell in row:
            lines = [line for line in cell.lines if not line.is_blank] or cell.lines[:1]
            if cell.is_continued or cell.is_blank or cell in beside:
                continue
            if held is not None:
                lines = [held + lines[0], *lines[1:]]
                held = None
            if _BARE_LETTER.fullmatch(cell.text) and len(lines) == 1 and cell is not row[-1]:
                mark = "" if lines[0].text.rstrip()[-1:] in ".)" else "."
                held = lines[0].part(0, len(lines[0].text.rstrip())) + raw_line(f"{mark} ", lines[0].looks[0])
                continue
            yield from ((number, line) for line in lines)
        if held is not None:
            yield number, held
    yield from ((len(table.rows), line) for cell in beside for line in cell.lines if not line.is_blank)


def _in_one_line(row: Sequence[Cell]) -> RawLine | None:
    """A row of nothing but letters, or of nothing but pictures, as one line, for rows show which belong together."""
    filled = [cell for cell in row if not (cell.is_blank or cell.is_continued)]
    if len(filled) < 2 or not (all(map(_is_letter, filled)) or all(map(_is_picture, filled))):
        return None
    joined = raw_line("")
    for cell in filled:
        line = next(line for line in cell.lines if not line.is_blank)
        joined += line.part(0, len(line.text.rstrip())) + raw_line(
            "\t" if _is_picture(cell) or "." in line.text else ".\t"
        )
    return joined


def _is_letter(cell: Cell) -> bool:
    return _BARE_LETTER.fullmatch(cell.text) is not None


def _pictures_beside(table: Table) -> list[Cell]:
    """Pictures in the rows of options with texts, fewer than these: they belong below all of them."""
    options = 0
    beside: list[Cell] = []
    for row in table.rows:
        lettered = [cell for cell in row if not cell.is_continued and _begins_option(cell) and not _is_letter(cell)]
        options += len(lettered)
        beside += [cell for cell in row if lettered and not cell.is_continued and _is_picture(cell)]
    return beside if len(beside) < options else []


def digits_in_boxes(table: Table) -> str:
    """The answer that stands digit by digit in a row of boxes, as on the answer sheet; nothing for another table."""
    texts = [cell.text.replace("−", "-") for cell in table.filled]
    return "".join(texts) if len(table.rows) == 1 and texts and all(re.fullmatch(r"[\d,.-]", t) for t in texts) else ""


@dataclass(frozen=True)
class Judged:
    """A table of statements with columns ``Đúng`` and ``Sai``: (row, statement) and the key where it's ticked."""

    statements: list[tuple[int, RawLine]]
    key: str


def judged_statements(table: Table) -> Judged | None:
    """Read a table that asks for a tick under ``Đúng`` or ``Sai``; None for every other."""
    for top, row in enumerate(table.rows[:2]):
        names = [cell.text.lower().strip(" .:") for cell in row]
        true = next((place for place, name in enumerate(names) if name in _TRUE), None)
        false = next((place for place, name in enumerate(names) if name in _FALSE), None)
        if true is None or false is None or min(true, false) == 0:
            continue
        body = [row for row in table.rows[top + 1 :] if len(row) == len(names)]
        if len(body) != len(table.rows) - top - 1 or not body:
            return None
        statements = [_statement(row[: min(true, false)], place) for place, row in enumerate(body)]
        ticks = [(bool(_TICK.fullmatch(row[true].text)), bool(_TICK.fullmatch(row[false].text))) for row in body]
        is_ticked = all(yes != no for yes, no in ticks)
        key = " ".join(f"{chr(ord('a') + place)}) {'Đ' if yes else 'S'}" for place, (yes, _) in enumerate(ticks))
        return Judged([(top + 2 + place, line) for place, line in enumerate(statements)], key if is_ticked else "")
    return None


def _statement(cells: Sequence[Cell], place: int) -> RawLine:
    """``a) …``: the letter in a cell of its own, before the text, or missing."""
    filled = [cell for cell in cells if not cell.is_blank]
    if len(filled) > 1 and _BARE_LETTER.fullmatch(filled[0].text):
        letter = filled[0].text.strip(" ()./:").lower()
        look = next(line for line in filled[0].lines if not line.is_blank).looks[-1]
        return raw_line(f"{letter}) ", look) + _joined(filled[1:])
    text = _joined(filled)
    return text if STATEMENT_START.match(text.text) else raw_line(f"{chr(ord('a') + place)}) ") + text


def _joined(cells: Sequence[Cell]) -> RawLine:
    found = raw_line("")
    for line in (line for cell in cells for line in cell.lines if not line.is_blank):
        found = (found + raw_line(" ") + line) if found.text else line
    return found


def html_of_table(table: Table, objects: Objects) -> str:
    """The table in the HTML that texts may hold."""
    rows = []
    for row in table.rows:
        cells = [_html_of_cell(cell, objects) for cell in row if not cell.is_continued]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _html_of_cell(cell: Cell, objects: Objects) -> str:
    spans = (f' colspan="{min(cell.columns, 99)}"' if cell.columns > 1 else "") + (
        f' rowspan="{min(cell.rows, 99)}"' if cell.rows > 1 else ""
    )
    lines = [line for line in cell.lines if not line.is_blank]
    inside = "<br>".join(write_line(line, objects).text.strip() for line in lines)
    tag = "th" if cell.is_header else "td"
    return f"<{tag}{spans}>{inside}</{tag}>"
