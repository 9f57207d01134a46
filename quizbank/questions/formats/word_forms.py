"""Tables in which questions are transcribed: one question a row, or one field a row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.questions.formats.text_lines import HEADER
from quizbank.questions.formats.text_options import OPTION_START, STATEMENT_START
from quizbank.questions.formats.word_lines import RawLine, raw_line
from quizbank.questions.formats.word_tables import Cell, Table

_FIELDS = (
    ("number", r"(?:câu(?: số| hỏi số)?|stt|tt|số(?: thứ tự| câu)?|no\.?|#|question no\.?)"),
    ("key", r"(?:đáp án(?: đúng)?|phương án đúng|đ/?a|key|answer|correct(?: answer)?|trả lời)"),
    ("stem", r"(?:nội dung(?: câu hỏi)?|câu hỏi|đề bài|lời dẫn|câu dẫn|phần dẫn|câu lệnh|question|stem)"),
    ("options", r"(?:(?:các )?(?:phương án|lựa chọn|đáp án)(?: trả lời| lựa chọn| nhiễu)?|options|choices)"),
    (
        "explanation",
        r"(?:lời giải(?: chi tiết)?|hướng dẫn(?: giải)?|giải thích|hdg|giải chi tiết|explanation|solution)",
    ),
    ("level", r"(?:mức độ(?: nhận thức| tư duy)?|cấp độ(?: nhận thức| tư duy)?|mức|level)"),
    ("option", r"(?:(?:phương án|đáp án|lựa chọn|option)\s*)?(?P<letter>[A-H])"),
    (
        "other",
        r"(?:điểm|thang điểm|ghi chú|chủ đề|bài|chương|yêu cầu cần đạt|yccđ|năng lực|nội dung kiến thức"
        r"|đơn vị kiến thức|mã câu hỏi|nguồn|người soạn)",
    ),
)
_LEVELS = {"nhận biết": "NB", "thông hiểu": "TH", "vận dụng": "VD", "vận dụng cao": "VDC"}
_NUMBER = re.compile(r"\D{0,12}(?P<number>\d{1,3})\W*")


@dataclass(frozen=True)
class Field:
    name: str
    letter: str = ""


@dataclass(frozen=True)
class Transcribed:
    """A line of a transcribed question, the row it stands in, and the fields that no question holds."""

    row: int
    line: RawLine
    dropped: tuple[str, ...] = ()


def field_of(text: str) -> Field | None:
    """What the name of a column or row says, or None where it is no such name."""
    bare = " ".join(text.split()).strip(" :.*()")
    for name, pattern in _FIELDS:
        if found := re.fullmatch(pattern, bare, re.IGNORECASE):
            return Field(name, (found["letter"] or "").upper() if name == "option" else "")
    return None


def questions_in_rows(table: Table) -> list[Transcribed] | None:
    """A table with one question a row below the names of its columns; None for every other."""
    for top, row in enumerate(table.rows[:3]):
        fields = _fields_of(row)
        names = {field.name for field in fields if field}
        if "stem" in names and names & {"key", "option", "options"} and len(table.rows) > top + 1:
            lines: list[Transcribed] = []
            for number, body in enumerate(table.rows[top + 1 :], start=top + 2):
                if len(body) == len(row) and any(not cell.is_blank for cell in body):
                    lines += _question(number, list(zip(fields, body, strict=True)), number - top - 1)
                else:
                    lines += [Transcribed(number, line) for cell in body for line in cell.lines]
            return lines
    return None


def _fields_of(row: list[Cell]) -> list[Field | None]:
    fields = [field_of(cell.text) for cell in row]
    names = [field.name for field in fields if field]
    if "stem" not in names and names.count("number") == 2 and {"option", "options"} & set(names):
        last = max(place for place, field in enumerate(fields) if field and field.name == "number")
        fields[last] = Field("stem")
    if names.count("stem") > 1 and "number" not in names:
        first = next(place for place, field in enumerate(fields) if field and field.name == "stem")
        fields[first] = Field("number")
    return fields


def questions_in_forms(table: Table) -> list[Transcribed] | None:
    """A table with the names of the fields in its first column, one question below the other; None for every other."""
    rows = [(number, row) for number, row in enumerate(table.rows, start=1) if any(not cell.is_blank for cell in row)]
    if len(rows) < 3 or any(len(row) != 2 for _, row in rows):
        return None
    fields = [field_of(row[0].text) or _headed(row[0].text) for _, row in rows]
    names = [field.name for field in fields if field]
    if None in fields or not {"stem", "number"} & set(names) or not {"key", "option", "options"} & set(names):
        return None
    starts = [place for place, field in enumerate(fields) if field and field.name in ("stem", "number")]
    starts = [place for place in starts if place - 1 not in starts]
    lines: list[Transcribed] = []
    for count, (start, end) in enumerate(zip(starts, [*starts[1:], len(rows)], strict=True), start=1):
        cells = [(fields[place], rows[place][1][1]) for place in range(start, end)]
        head = rows[start][1][0]
        if fields[start] == Field("number"):
            cells = [(Field("number"), head), *((_as_stem(cells[0])), *cells[1:])]
        lines += _question(rows[start][0], cells, count)
    return lines


def _as_stem(cell: tuple[Field | None, Cell]) -> tuple[Field | None, Cell]:
    """``Câu 1 | nội dung``: what stands beside the number is the stem, unless it's only another number."""
    return (Field("stem"), cell[1]) if not _NUMBER.fullmatch(cell[1].text) else (Field("number"), cell[1])


def _headed(text: str) -> Field | None:
    return Field("number") if (found := HEADER.match(text)) and not text[found.end() :].strip() else None


def _question(row: int, cells: list[tuple[Field | None, Cell]], count: int) -> Iterator[Transcribed]:
    """The lines of one question, in the order in which a paper has them."""
    found: dict[str, list[Cell]] = {}
    for field, cell in cells:
        if field and not cell.is_blank:
            found.setdefault(f"option {field.letter}" if field.name == "option" else field.name, []).append(cell)
    stem = [line for cell in found.get("stem", []) for line in cell.lines]
    while stem and stem[0].is_blank:
        stem.pop(0)
    others = tuple(cell.text[:60] for cell in found.get("other", []))
    first = stem[0] if stem else raw_line("")
    if not HEADER.match(first.text):
        first = raw_line(f"Câu {_number_in(found, count)}. {_level_in(found)}") + first
    yield Transcribed(row, first, others)
    yield from (Transcribed(row, line) for line in stem[1:])
    for cell in found.get("options", []):
        yield from (Transcribed(row, line) for line in _options_of(cell))
    for name in sorted(name for name in found if name.startswith("option ")):
        yield from (Transcribed(row, line) for line in _option(name[-1], found[name][0]))
    for name, label in (("key", "Đáp án: "), ("explanation", "Lời giải: ")):
        lines = [line for cell in found.get(name, []) for line in cell.lines if not line.is_blank]
        yield from (Transcribed(row, raw_line("" if place else label) + line) for place, line in enumerate(lines))


def _number_in(found: dict[str, list[Cell]], count: int) -> int:
    number = next((match for cell in found.get("number", []) if (match := _NUMBER.fullmatch(cell.text))), None)
    return int(number["number"]) if number else count


def _level_in(found: dict[str, list[Cell]]) -> str:
    level = next((cell.text for cell in found.get("level", [])), "")
    return f"[{_LEVELS.get(level.lower(), level)}] " if level else ""


def _options_of(cell: Cell) -> Iterator[RawLine]:
    """The options in one cell; without letters each line is one."""
    lines = [line for line in cell.lines if not line.is_blank]
    if any(OPTION_START.match(line.text) or STATEMENT_START.match(line.text) for line in lines):
        yield from lines
    else:
        yield from (raw_line(f"{chr(ord('A') + place)}. ") + line for place, line in enumerate(lines))


def _option(letter: str, cell: Cell) -> Iterator[RawLine]:
    lines = [line for line in cell.lines if not line.is_blank]
    has_letter = re.match(rf"\s*\*?\(?{letter}\s?[.)/:]", lines[0].text) is not None
    yield lines[0] if has_letter else raw_line(f"{letter}. ") + lines[0]
    yield from lines[1:]
