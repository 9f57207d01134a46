"""What the columns of a table of questions mean: told by their headings, or by the person who sends it."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from repository.errors import Invalid


class Column(StrEnum):
    """Options are ``a`` to ``h``; there may be several columns of keys, of wrong options and of hints.

    ``choices`` holds all options in one cell; ``wrong`` those beside the key, which is then the text of an option.
    """

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
    CHOICES = "choices"
    WRONG = "wrong"
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
SEVERAL = frozenset({Column.KEY, Column.WRONG, Column.HINT, Column.TAGS, Column.IGNORED})
HEADINGS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"stt|so thu tu|tt|no|number|question id|id cau hoi|cau( so)?"),
    (
        Column.WRONG,
        r"(incorrect|wrong)( answer| option| choice| response)?s?( \d+)?|distractors?( \d+)?"
        r"|(dap an|phuong an|cau tra loi|lua chon) (sai|nhieu)( \d+)?",
    ),
    (
        Column.KEY,
        r"(dap an|phuong an|cau tra loi|lua chon|tra loi|ket qua|cau)( tra loi)? dung( \d+)?|dap an|key|dap so"
        r"|(correct|right)( answer| option| choice| key| response| letter| index| number)*s?( s)?( \d+)?"
        r"|answer( key)?|dap an chinh xac|da( dung)?",
    ),
    (
        Column.STEM,
        r"(noi dung )?(cau hoi|cau dan|loi dan|de bai)( trac nghiem| noi dung)?|noi dung( cau)?|stem|prompt"
        r"|question( text| stem| content| title| statement| description)?",
    ),
    (
        Column.CHOICES,
        r"(cac )?(phuong an|lua chon|dap an lua chon|phuong an tra loi|phuong an lua chon|cau tra loi)"
        r"|(answer )?(options|choices)( list)?|answers",
    ),
    (Column.STATEMENT_LEVELS, r"(muc do|cap do)( nhan thuc)? (cua )?(tung|cac|moi) y( .*)?|statement levels?"),
    (
        Column.EXPLANATION,
        r"(loi giai|giai thich( dap an)?|huong dan( giai| cham)?|hdg|solution|rationale)( chi tiet)?"
        r"|(answer |overall |general )?(explanation|feedback)( for the answer)?",
    ),
    (Column.TYPE, r"(loai|dang|kieu|hinh thuc)( cau( hoi)?)?|(question )?type|kind|typing( answer)?"),
    (Column.SUBJECT, r"mon( hoc)?|subject"),
    (Column.PROGRAMME, r"chuong trinh|programme|program|curriculum"),
    (Column.GRADE, r"(khoi|lop)( lop)?( 1 12)?|grade|class"),
    (Column.TOPIC, r"chu de|chuyen de|chuong|bai( hoc)?|noi dung kien thuc|don vi kien thuc|topic|chapter|unit"),
    (Column.LEVEL, r"(muc do|do kho|cap do)( nhan thuc)?.*|(difficulty )?level|difficulty"),
    (Column.TAGS, r"nhan|the|tags?|keywords?|tu khoa|category|danh muc|phan loai"),
    (Column.PASSAGE, r"ngu lieu|doan van|bai doc|passage|stimulus"),
    (Column.SOURCE, r"nguon|source|reference"),
    (Column.LICENCE, r"giay phep|licen[cs]e"),
    (Column.IMAGE, r"(hinh|anh)( anh| ve| minh hoa)?|(link |url )?(image|picture|figure)( link| url)?"),
    (Column.TOLERANCE, r"sai so|tolerance"),
    (Column.LOCKED, r"(phuong an )?(khoa|co dinh)|locked"),
    (Column.KEEPS_ORDER, r"giu thu tu|khong dao|keeps order|fixed order"),
    (Column.HINT, r"goi y( \d+)?|hints? ?(\d+)?"),
    (Column.IGNORED, r"id|ma cau( hoi)?|source id|trang thai|state|version|diem|marks?|points?|score|thoi gian|time.*"),
)
_OPTION_NAME = r"phuong an|dap an|lua chon|cau tra loi|tra loi|answer option|option|choice|answer|ans|opt|pa"
_OPTION = re.compile(rf"(?:(?:{_OPTION_NAME}|y|da)s?\s*)?([a-h])(?: text)?")
_OPTION_BY_NUMBER = re.compile(rf"(?:{_OPTION_NAME})\s*([1-8])(?: text)?")
_COUNTED = re.compile(r"\s*(?:question|quiz|câu(?: hỏi)?|no\.?|stt)?\s*(?:#|№)\s*", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\s[-–—:]\s.*|\n.*", re.DOTALL)
_PATTERNS = tuple((column, re.compile(pattern)) for column, pattern in HEADINGS)
HEADER_ROWS = 25
"""How far down the row of headings is looked for: templates begin with titles and notes."""

Row = Sequence[str]


@dataclass(frozen=True)
class ColumnMapping:
    """Which columns mean what, and after which row (from 0) the questions begin.

    ``others`` are the headings of columns that mean nothing to us.
    """

    columns: Mapping[int, Column]
    header_row: int
    others: Mapping[int, str] = field(default_factory=dict)

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
    """What a column with this heading means, or None; a remark behind it (``(optional)``) says nothing more."""
    if _COUNTED.fullmatch(heading):
        return Column.NUMBER
    found = _meaning_of(folded(heading))
    return found or _meaning_of(folded(_REMARK.sub(" ", heading.strip())))


def _meaning_of(text: str) -> Column | None:
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
        if Column.STEM in meanings and meanings & {Column.KEY, Column.CHOICES, *OPTIONS}:
            others = {at: " ".join(name.split()) for at, name in enumerate(row) if name.strip() and at not in columns}
            return ColumnMapping(columns, place, others)
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
