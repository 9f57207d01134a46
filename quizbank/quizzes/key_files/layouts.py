"""The four layouts in which key files are exchanged: tables of texts, written and read. Pure.

A-vertical      a row for every question of every code, with marks, level, topic, number in the quiz and solution
B-horizontal    a row for every code: I.1 … II.1 … III.6
C-matrix        a row for every question, a column for every code
TNMaker-2025    the same, numbered through the three parts
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quizbank.quizzes.key_files.values import part_of, read_value
from repository.errors import Invalid

Rows = list[list[str]]
Place = tuple[int, int]

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
NUMERALS = {roman: number for number, roman in ROMAN.items()}
NO_CODE = "Đáp án"
HEADER_A = ["Mã đề", "Phần", "Câu", "Đáp án", "Điểm", "Mức độ", "Chủ đề", "Câu gốc", "Lời giải"]
HEADER_TNMAKER = "Câu\\Mã đề"
HEADER_WITHIN = 20
MOST_ROWS, MOST_COLUMNS = 60_000, 2_000
_PLACE = re.compile(r"(?:phần\s*|p\.?\s*)?(IV|I{1,3}|[1-4])\s*[.\-: ]\s*(?:câu\s*)?(\d{1,3})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:câu\s*)?(\d{1,3})\.?", re.IGNORECASE)


@dataclass(frozen=True)
class KeyAnswer:
    """The key of one question of a code.

    Attributes:
        part, number: its place on the paper; numbers start anew in every part.
        key: as ``values`` says.
        marks: what it is worth; None if a layout doesn't tell.
        origin: its number in the quiz.
    """

    part: int
    number: int
    key: str
    marks: Decimal | None = None
    level: str = ""
    topic: str = ""
    origin: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class KeySheet:
    """All keys of a code; an empty code is the quiz itself."""

    code: str
    answers: tuple[KeyAnswer, ...]


def vertical_rows(sheets: Sequence[KeySheet]) -> Rows:
    rows = [list(HEADER_A)]
    for sheet in sheets:
        for one in sheet.answers:
            marks = "" if one.marks is None else f"{one.marks.normalize():f}".replace(".", ",")
            rest = [one.level, one.topic, one.origin, one.explanation]
            rows.append([sheet.code, ROMAN[one.part], str(one.number), one.key, marks, *rest])
    return rows


def horizontal_rows(sheets: Sequence[KeySheet]) -> Rows:
    places = _places_of(sheets)
    header = ["Mã đề", *(f"{ROMAN[part]}.{number}" for part, number in places)]
    return [header, *([sheet.code, *_keys_of(sheet, places)] for sheet in sheets)]


def matrix_rows(sheets: Sequence[KeySheet]) -> Rows:
    places = _places_of(sheets)
    is_one_part = len({part for part, _ in places}) < 2
    labels = [str(number) if is_one_part else f"{ROMAN[part]}.{number}" for part, number in places]
    return _columns("Câu", labels, sheets, places)


def tnmaker_rows(sheets: Sequence[KeySheet]) -> Rows:
    places = _places_of(sheets)
    return _columns(HEADER_TNMAKER, [str(number) for number in range(1, len(places) + 1)], sheets, places)


LAYOUTS: dict[str, Callable[[Sequence[KeySheet]], Rows]] = {
    "A-vertical": vertical_rows,
    "B-horizontal": horizontal_rows,
    "C-matrix": matrix_rows,
    "TNMaker-2025": tnmaker_rows,
}


def _columns(first: str, labels: Sequence[str], sheets: Sequence[KeySheet], places: Sequence[Place]) -> Rows:
    columns = [_keys_of(sheet, places) for sheet in sheets]
    header = [first, *(sheet.code or NO_CODE for sheet in sheets)]
    return [header, *([label, *keys] for label, *keys in zip(labels, *columns, strict=True))]


def _places_of(sheets: Iterable[KeySheet]) -> list[Place]:
    return sorted({(one.part, one.number) for sheet in sheets for one in sheet.answers})


def _keys_of(sheet: KeySheet, places: Sequence[Place]) -> list[str]:
    keys = {(one.part, one.number): one.key for one in sheet.answers}
    return [keys.get(place, "") for place in places]


def read_rows(rows: Sequence[Sequence[str]], counts: Sequence[int] = ()) -> list[KeySheet]:
    """The sheets of a table in any of the four layouts, codes in the order in which the table has them.

    Args:
        rows: with the header among the first twenty; cells as texts.
        counts: how many questions each part has; it tells parts apart where a layout numbers through them.

    Raises:
        Invalid: no layout is known by its header, or a cell makes no sense; facts name row and column from 1.
    """
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise Invalid("Bảng đáp án lớn quá.")
    table = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    for number, row in enumerate(table[:HEADER_WITHIN]):
        names = [cell.casefold() for cell in row]
        if not names or not names[0]:
            continue
        below = [(number + place, cells) for place, cells in enumerate(table[number + 1 :], 2) if any(cells)]
        if names[0] == "mã đề" and "phần" in names and "đáp án" in names:
            return _read_vertical(names, below)
        if names[0] == "mã đề" and len(row) > 1:
            return _read_horizontal(row, below)
        if names[0].replace(" ", "") in {"câu\\mãđề", "câu/mãđề"} or names[0] in {"câu", "câu hỏi", "stt"}:
            return _read_columns(row, below, counts)
    raise Invalid("Không nhận ra bảng đáp án: cần hàng tiêu đề bắt đầu bằng “Mã đề” hoặc “Câu”.")


def _read_vertical(names: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[KeySheet]:
    column = {name: place for place, name in reversed(list(enumerate(names)))}
    if "câu" not in column:
        raise Invalid("Bảng đáp án thiếu cột “Câu”.")

    def cell(cells: Sequence[str], name: str) -> str:
        place = column.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    answers: dict[str, list[KeyAnswer]] = {}
    for row, cells in rows:
        part = NUMERALS.get(cell(cells, "phần").upper().removeprefix("PHẦN ").strip()) or _digit(cell(cells, "phần"))
        number = _NUMBER.fullmatch(cell(cells, "câu"))
        if part is None or number is None:
            raise Invalid("Hàng {row} của bảng đáp án không có phần hoặc số câu.", row=row)
        answers.setdefault(_code(cells[0]), []).append(
            KeyAnswer(
                *(part, int(number[1]), read_value(cell(cells, "đáp án"), part)),
                marks=_marks(cell(cells, "điểm"), row),
                level=cell(cells, "mức độ"),
                topic=cell(cells, "chủ đề"),
                origin=cell(cells, "câu gốc"),
                explanation=cell(cells, "lời giải"),
            )
        )
    return _sheets(answers, rows[0][0] if rows else 1)


def _read_horizontal(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[KeySheet]:
    places = [_place(name) for name in header[1:]]
    answers: dict[str, list[KeyAnswer]] = {}
    for row, cells in rows:
        code = _code(cells[0])
        if code in answers:
            raise Invalid("Hàng {row} của bảng đáp án lặp lại mã đề {code}.", row=row, code=code)
        answers[code] = [
            KeyAnswer(*place, read_value(text, place[0]))
            for place, text in zip(places, cells[1:], strict=False)
            if place is not None and text
        ]
    return _sheets(answers, rows[0][0] if rows else 1)


def _read_columns(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]], counts: Sequence[int]
) -> list[KeySheet]:
    codes = ["" if name == NO_CODE else _code(name) for name in header[1:]]
    while codes and not codes[-1] and header[len(codes)] != NO_CODE:
        codes.pop()
    if len(set(codes)) != len(codes):
        raise Invalid("Bảng đáp án có hai cột cùng một mã đề.")
    places = _places_read(rows, counts)
    answers: dict[str, list[KeyAnswer]] = {code: [] for code in codes}
    for (_, cells), place in zip(rows, places, strict=True):
        for code, text in zip(codes, cells[1:], strict=False):
            if text:
                answers[code].append(KeyAnswer(*place, read_value(text, place[0])))
    return _sheets(answers, rows[0][0] if rows else 1)


def _places_read(rows: Sequence[tuple[int, list[str]]], counts: Sequence[int]) -> list[Place]:
    """The place of each row: ``II.3`` says it; a number alone counts through the parts, or starts anew in each."""
    named = [_place(cells[0]) for _, cells in rows]
    if all(named):
        return [place for place in named if place is not None]
    numbers = [_NUMBER.fullmatch(cells[0]) for _, cells in rows]
    for (row, _), number in zip(rows, numbers, strict=True):
        if number is None:
            raise Invalid("Hàng {row} của bảng đáp án không có số câu.", row=row)
    if counts:
        places = [(part, number) for part, count in enumerate(counts, 1) for number in range(1, count + 1)]
        if len(places) != len(rows):
            raise Invalid("Bảng đáp án có {rows} câu, đề có {count} câu.", rows=len(rows), count=len(places))
        return places
    found = _parts_read([int(number[1]) for number in numbers if number], [cells[1:] for _, cells in rows])
    counted: dict[int, int] = {}
    places = []
    for part in found:
        counted[part] = counted.get(part, 0) + 1
        places.append((part, counted[part]))
    return places


def _parts_read(numbers: Sequence[int], keys: Sequence[Sequence[str]]) -> list[int]:
    """The part of each row, by the looks of its keys; those that look like nothing go with the row before."""
    sure = [next((part for text in texts if (part := part_of(text)) is not None), None) for texts in keys]
    parts: list[int] = []
    for index, part in enumerate(sure):
        before = parts[-1] if parts else 1
        if part is None:
            later = next((one for one in sure[index:] if one is not None), before)
            starts_anew = index > 0 and numbers[index] == 1
            part = later if starts_anew or not parts else before
        parts.append(max(part, before))
    return parts


def _place(name: str) -> Place | None:
    found = _PLACE.fullmatch(name.strip())
    if found is None:
        return None
    return NUMERALS.get(found[1].upper()) or int(found[1]), int(found[2])


def _digit(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3", "4"} else None


def _code(text: str) -> str:
    """A code; spreadsheets make ``101.0`` of a number."""
    return text.strip().upper().removesuffix(".0").removeprefix("MÃ ").strip()


def _marks(text: str, row: int) -> Decimal | None:
    if not text:
        return None
    try:
        marks = Decimal(text.replace(",", "."))
    except InvalidOperation:
        marks = Decimal("nan")
    if not marks.is_finite():
        raise Invalid("Hàng {row} của bảng đáp án có điểm không phải là số.", row=row)
    return marks


def _sheets(answers: dict[str, list[KeyAnswer]], row: int) -> list[KeySheet]:
    sheets = []
    for code, ones in answers.items():
        places = [(one.part, one.number) for one in ones]
        if len(set(places)) != len(places):
            raise Invalid("Mã đề {code} có hai đáp án cho cùng một câu.", code=code or "–", row=row)
        sheets.append(KeySheet(code, tuple(sorted(ones, key=lambda one: (one.part, one.number)))))
    return sheets
