"""Tables of a Word document that hold the keys: written as the rows that key tables of plain text have."""

import re
from collections.abc import Sequence

from quizbank.questions.formats.text_key_rows import is_filling, numbers_of, read_grid, read_pairs
from quizbank.questions.formats.text_lines import part_number_of
from quizbank.questions.formats.word_objects import Objects, is_object
from quizbank.questions.formats.word_tables import Cell, Table

MAX_ROW = 1_500
_KEY = re.compile(r"(?:đáp án|đ/?a|chọn|trả lời|kết quả|key|answers?)(?:\W.*)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:câu(?: hỏi| số)?|stt|tt|số)", re.IGNORECASE)
_STATEMENT = re.compile(r"(?:lệnh hỏi|ý|ý hỏi|mệnh đề|phát biểu|nội dung)", re.IGNORECASE)
_QUESTION = re.compile(r"câu\s*(?P<number>\d{1,3})\W*", re.IGNORECASE)
_CODE = re.compile(r"(?:đề|mã đề)(?: thi| số)?\W*\d{1,5}\W*", re.IGNORECASE)
_LETTER = re.compile(r"\(?(?P<letter>[a-d])\s?[).:]?", re.IGNORECASE)
_SAID = re.compile(r"đúng|sai|[đs]", re.IGNORECASE)


def key_rows(table: Table, objects: Objects, *, is_below_heading: bool) -> list[str]:
    """The rows of a table that holds keys and nothing else, cells parted by tabs; nothing for any other table.

    Args:
        table: the table.
        objects: for the formulas in it.
        is_below_heading: whether ``ĐÁP ÁN`` stands above it, so that bare numbers are keys too.
    """
    cells = [[_bare(cell, objects) for cell in row] for row in table.rows]
    if any(is_object(char) for row in cells for text in row for char in text):
        return []
    rows = _by_statement(cells) or [row for row in map(_row, cells) if row]
    rows = _without_code(rows)
    if not rows or max(map(len, rows)) > MAX_ROW:
        return []
    is_named = is_below_heading or any(
        _KEY.fullmatch(text) for row in cells for text in row if not _LETTER.fullmatch(text)
    )
    return rows if _are_keys(rows, is_named=is_named) else []


def unread_rows(table: Table, objects: Objects) -> list[str]:
    """The rows of a table below ``ĐÁP ÁN`` that nobody can read, so that each is reported."""
    rows = (" | ".join(objects.expand(_bare(cell, objects)) for cell in row).strip() for row in table.rows)
    return [row[:MAX_ROW] for row in rows if row]


def _bare(cell: Cell, objects: Objects) -> str:
    return " ".join(objects.plain(" ".join(line.text for line in cell.lines)).split()) if not cell.is_continued else ""


def _row(cells: Sequence[str]) -> str:
    """A row as text: names of columns in the words that the parser knows, ``Câu 1 | Câu 2`` as numbers."""
    filled = [text for text in cells if text]
    numbers = [_QUESTION.fullmatch(text) for text in filled]
    if len(numbers) > 1 and all(numbers):
        return "\t".join(["Câu", *(found["number"] for found in numbers if found)])
    return "\t".join("Đáp án" if _KEY.fullmatch(text) and not read_pairs(text) else text for text in filled)


def _without_code(rows: list[str]) -> list[str]:
    """Without the one line that says of which variant the table is; with two it's nobody's key."""
    codes = [row for row in rows if _CODE.fullmatch(row)]
    return [row for row in rows if row not in codes] if len(codes) == 1 else rows


def _are_keys(rows: Sequence[str], *, is_named: bool) -> bool:
    pairs, place, has_letters = 0, 0, False
    while place < len(rows):
        text = rows[place]
        if is_filling(text) or (part_number_of(text) and "\t" not in text):
            place += 1
            continue
        numbers = numbers_of(text)
        grid, taken = read_grid(numbers, rows[place + 1 :]) if numbers else ([], 0)
        found = grid or read_pairs(text)
        if not found:
            return False
        has_letters = has_letters or any(re.match(r"[A-HĐSTFđs]|\s*a\)", pair.value) for pair in found)
        pairs += len(found)
        place += 1 + taken
    return pairs > 0 if is_named else has_letters and pairs > 1


def _by_statement(cells: Sequence[Sequence[str]]) -> list[str]:
    """The Ministry's form ``Câu | Lệnh hỏi | Đáp án``, a row for each statement, perhaps several side by side."""
    names = cells[0] if cells else []
    starts = [place for place, name in enumerate(names) if _NUMBER.fullmatch(name)]
    if not starts or any(
        not (_STATEMENT.fullmatch("".join(names[at + 1 : at + 2])) and _KEY.fullmatch("".join(names[at + 2 : at + 3])))
        for at in starts
    ):
        return []
    said: dict[int, str] = {}
    for start in starts:
        number = 0
        for row in cells[1:]:
            if len(row) < start + 3:
                return []
            number = int(row[start].strip(" .")) if row[start].strip(" .").isdecimal() else number
            letter, value = _LETTER.fullmatch(row[start + 1]), row[start + 2]
            if not any(row[start : start + 3]):
                continue
            if not number or letter is None or not _SAID.fullmatch(value):
                return []
            said[number] = f"{said.get(number, '')} {letter['letter'].lower()}) {value}"
    return [f"{number}\t{value.strip()}" for number, value in said.items()]
