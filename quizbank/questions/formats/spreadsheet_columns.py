"""What the columns of a table of questions mean: told by their headings, or by the person who sends it."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from repository.errors import Invalid


class Column(StrEnum):
    """Options are ``a`` to ``h``; there may be several columns of keys and of hints."""

    STEM = "stem"
    KEY = "key"
    EXPLANATION = "explanation"
    TYPE = "type"
    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"
    F = "f"
    G = "g"
    H = "h"
    SUBJECT = "subject"
    PROGRAMME = "programme"
    GRADE = "grade"
    TOPIC = "topic"
    LEVEL = "level"
    TAGS = "tags"
    PASSAGE = "passage"
    SOURCE = "source"
    LICENCE = "licence"
    IMAGE = "image"
    NUMBER = "number"
    TOLERANCE = "tolerance"
    LOCKED = "locked"
    KEEPS_ORDER = "keeps-order"
    STATEMENT_LEVELS = "statement-levels"
    HINT = "hint"
    IGNORED = "ignored"


OPTIONS = tuple(map(Column, "abcdefgh"))
SEVERAL = frozenset({Column.KEY, Column.HINT, Column.TAGS, Column.IGNORED})
HEADINGS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"stt|so thu tu|tt|no|number|question id|id cau hoi|cau( so)?"),
    (Column.KEY, r"(dap an|phuong an|cau tra loi|lua chon|tra loi|ket qua)( tra loi)? dung( \d+)?|dap an|key|dap so"),
    (Column.KEY, r"(correct|right)( answer| option| choice| key)?s?( \d+)?|answer( key)?|dap an chinh xac|da( dung)?"),
    (Column.STEM, r"(noi dung )?(cau hoi|cau dan|loi dan|de bai)|noi dung( cau)?|question( text| stem)?|stem|prompt"),
    (Column.STATEMENT_LEVELS, r"(muc do|cap do)( nhan thuc)? (cua )?(tung|cac|moi) y( .*)?|statement levels?"),
    (
        Column.EXPLANATION,
        r"(loi giai|giai thich|huong dan( giai| cham)?|hdg|explanation|solution|feedback|rationale)( chi tiet)?",
    ),
    (Column.TYPE, r"(loai|dang|kieu|hinh thuc)( cau( hoi)?)?|(question )?type|kind"),
    (Column.SUBJECT, r"mon( hoc)?|subject"),
    (Column.PROGRAMME, r"chuong trinh|programme|program|curriculum"),
    (Column.GRADE, r"(khoi|lop)( lop)?( 1 12)?|grade|class"),
    (Column.TOPIC, r"chu de|chuyen de|chuong|bai( hoc)?|noi dung kien thuc|don vi kien thuc|topic|chapter|unit"),
    (Column.LEVEL, r"(muc do|do kho|cap do)( nhan thuc)?.*|level|difficulty"),
    (Column.TAGS, r"nhan|the|tags?|keywords?|tu khoa"),
    (Column.PASSAGE, r"ngu lieu|doan van|bai doc|passage|stimulus"),
    (Column.SOURCE, r"nguon|source|reference"),
    (Column.LICENCE, r"giay phep|licen[cs]e"),
    (Column.IMAGE, r"(hinh|anh)( anh| ve| minh hoa)?|image|picture|figure"),
    (Column.TOLERANCE, r"sai so|tolerance"),
    (Column.LOCKED, r"(phuong an )?(khoa|co dinh)|locked"),
    (Column.KEEPS_ORDER, r"giu thu tu|khong dao|keeps order|fixed order"),
    (Column.HINT, r"goi y( \d+)?|hints? ?(\d+)?"),
    (Column.IGNORED, r"id|ma cau( hoi)?|source id|trang thai|state|version|diem|marks?|points?|score|thoi gian|time.*"),
)
_OPTION = re.compile(r"(?:(?:phuong an|dap an|lua chon|cau tra loi|tra loi|option|choice|answer|y|pa|da)s?\s*)?([a-h])")
_OPTION_BY_NUMBER = re.compile(r"(?:phuong an|dap an|lua chon|cau tra loi|tra loi|option|choice|answer|pa)\s*([1-8])")
_PATTERNS = tuple((column, re.compile(pattern)) for column, pattern in HEADINGS)
HEADER_ROWS = 25
"""How far down the row of headings is looked for: templates begin with titles and notes."""

Row = Sequence[str]


@dataclass(frozen=True)
class ColumnMapping:
    """Which columns mean what, and after which row (from 0) the questions begin."""

    columns: Mapping[int, Column]
    header_row: int

    def of(self, row: Row, column: Column) -> list[str]:
        """The values of a row in the columns with this meaning, empty ones left out."""
        places = (place for place, meaning in self.columns.items() if meaning is column and place < len(row))
        return [row[place] for place in places if row[place]]

    def one(self, row: Row, column: Column) -> str:
        return next(iter(self.of(row, column)), "")


def folded(heading: str) -> str:
    """A heading in bare letters: ``Đáp Án Đúng *`` -> ``dap an dung``."""
    decomposed = unicodedata.normalize("NFD", heading.lower().replace("đ", "d"))
    bare = "".join(char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def column_of(heading: str) -> Column | None:
    """What a column with this heading means, or None."""
    text = folded(heading)
    option = _OPTION.fullmatch(text)
    if option:
        return Column(option[1])
    if text in {"options f", "option f"}:
        return Column.F
    by_number = _OPTION_BY_NUMBER.fullmatch(text)
    if by_number:
        return OPTIONS[int(by_number[1]) - 1]
    return next((column for column, pattern in _PATTERNS if text and pattern.fullmatch(text)), None)


def columns_of(headings: Row) -> dict[int, Column]:
    """Every column whose heading is understood; the first of two with one meaning counts."""
    found: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        column = column_of(heading)
        if column is not None and (column in SEVERAL or column not in found.values()):
            found[place] = column
    return found


def find_mapping(rows: Sequence[Row]) -> ColumnMapping | None:
    """The row of headings: the first that names a stem and something to answer it with."""
    for place, row in enumerate(rows[:HEADER_ROWS]):
        columns = columns_of(row)
        meanings = set(columns.values())
        if Column.STEM in meanings and meanings & {Column.KEY, *OPTIONS}:
            return ColumnMapping(columns, place)
    return None


def mapping_from(options: Mapping[str, str]) -> ColumnMapping | None:
    """The mapping that a person chose: ``mapping`` is JSON, column number (from 0) -> meaning.

    Raises:
        Invalid: it can't be read, or names no column of stems.
    """
    if not options.get("mapping"):
        return None
    try:
        columns = {int(place): Column(meaning) for place, meaning in json.loads(options["mapping"]).items() if meaning}
        header_row = int(options.get("header_row") or 0)
    except (ValueError, AttributeError, TypeError) as error:
        raise Invalid("Cách gán cột không đọc được: hãy gán lại.") from error
    if Column.STEM not in columns.values():
        raise Invalid("Hãy cho biết cột nào là câu hỏi.")
    return ColumnMapping(columns, header_row)
