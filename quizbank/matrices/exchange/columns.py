"""What the columns of an official table are, told by their headings: forms of CV 7991, CV 5512 and older ones."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quizbank.matrices.exchange.raw_tables import RawTable
from quizbank.questions.rules import QuestionType

LOOKED_AT = 40
HEADER_DEPTH = 7
THREE, FOUR = "gdpt-2018", "ct-2006"
LEVELS = {
    THREE: {
        **dict.fromkeys(("biet", "nhan biet", "nb", "b"), "biet"),
        **dict.fromkeys(("hieu", "thong hieu", "th", "h"), "hieu"),
        **dict.fromkeys(("van dung", "vd", "vd thap", "van dung thap"), "van-dung"),
        **dict.fromkeys(("moi muc",), "any"),
    },
    FOUR: {
        **dict.fromkeys(("biet", "nhan biet", "nb"), "nhan-biet"),
        **dict.fromkeys(("hieu", "thong hieu", "th"), "thong-hieu"),
        **dict.fromkeys(("van dung", "vd", "vd thap", "van dung thap"), "van-dung-thap"),
        **dict.fromkeys(("van dung cao", "vdc", "vd cao"), "van-dung-cao"),
        **dict.fromkeys(("moi muc",), "any"),
    },
}
HIGHEST = ("van dung cao", "vdc", "vd cao")
TYPES = (
    (re.compile(r"tra loi ngan|dien (?:khuyet|dap so)"), QuestionType.SHORT_ANSWER),
    (re.compile(r"dung\W*(?:hoac\W*|hay\W*)?sai"), QuestionType.TRUE_FALSE),
    (re.compile(r"nhieu dap an dung"), QuestionType.MULTIPLE_RESPONSE),
    (
        re.compile(r"nhieu (?:lua|phuong an|dap an)|(?:mot|4|bon) (?:lua|phuong an)|nhieu pa|\bnlc\b"),
        QuestionType.SINGLE_CHOICE,
    ),
    (re.compile(r"tu luan|\btl\b"), QuestionType.ESSAY),
    (re.compile(r"tnkq|trac nghiem|\btn\b"), QuestionType.SINGLE_CHOICE),
)
ASIDE = re.compile(r"thoi gian|^tong|^ti le|^ty le|^%|^diem$|^ghi chu")


@dataclass(frozen=True)
class Columns:
    """Where in a table things stand; columns count from 0, rows too.

    ``counts``: column -> type and level (``any`` for all of them). ``first_row``: of the body.
    """

    programme: str
    first_row: int
    counts: dict[int, tuple[QuestionType, str]]
    chapter: int | None = None
    content: int | None = None
    outcomes: int | None = None
    number: int | None = None
    texts: frozenset[int] = field(default=frozenset())


def folded(text: str) -> str:
    """Lower case without marks, one blank between words."""
    plain = "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))
    return " ".join(plain.replace("đ", "d").replace("–", "-").split())


def find_columns(table: RawTable) -> Columns | None:
    """The columns of a table; None where it is no matrix."""
    rows = [[folded(text) for text in row] for row in table.rows[:LOOKED_AT]]
    for top, row in enumerate(rows):
        if any(_is_content(text) or text in ("tt", "stt") for text in row):
            depth = _depth_of(rows[top : top + HEADER_DEPTH])
            if depth is not None:
                return _columns_of(rows[top : top + depth], top + depth)
    return None


def _depth_of(rows: Sequence[Sequence[str]]) -> int | None:
    """How many rows the header has: down to the last that names levels; a row of numbers below it belongs to it."""
    levels = {name for names in LEVELS.values() for name in names}
    deep = [place for place, row in enumerate(rows) if sum(text in levels for text in row) >= 2]
    if not deep:
        return None
    depth = deep[-1] + 1
    while depth < len(rows) and (_is_numbering(rows[depth]) or _is_units(rows[depth])):
        depth += 1
    return depth


def _is_numbering(row: Iterable[str]) -> bool:
    """``(1) (2) (3) …``, or the same without brackets where every column has its number."""
    texts = [text for text in row if text]
    numbers = [int(found[1]) for text in texts if (found := re.fullmatch(r"\(?(\d{1,2})\)?", text))]
    return len(numbers) >= 8 and len(numbers) == len(texts) and numbers == sorted(set(numbers))


def _is_units(row: Iterable[str]) -> bool:
    texts = [text for text in row if text]
    return len(texts) >= 4 and sum(bool(re.match(r"so (?:ch|cau)|thoi gian|tn|tl|tnkq", text)) for text in texts) >= 4


def _columns_of(header: Sequence[Sequence[str]], first_row: int) -> Columns:
    width = max(map(len, header))
    texts = [
        list(dict.fromkeys(row[place] for row in header if place < len(row) and row[place])) for place in range(width)
    ]
    programme = FOUR if any(text in HIGHEST for column in texts for text in column) else THREE
    counts = {place: found for place, column in enumerate(texts) if (found := _counted(column, programme))}
    named: dict[str, int] = {}
    for place, column in enumerate(texts):
        for text in column:
            if place not in counts and (name := _name_of(text)):
                named.setdefault(name, place)
    if "content" not in named and "chapter" in named:
        named["content"] = named.pop("chapter")
    return Columns(programme, first_row, counts, **named, texts=frozenset(named.values()))


def _counted(column: Sequence[str], programme: str) -> tuple[QuestionType, str] | None:
    if any(ASIDE.search(text) for text in column):
        return None
    level = next((LEVELS[programme][text] for text in reversed(column) if text in LEVELS[programme]), None)
    if level is None:
        return None
    for text in reversed(column):
        for pattern, type in TYPES:
            if pattern.search(text):
                return type, level
    return QuestionType.SINGLE_CHOICE, level


def _name_of(text: str) -> str:
    if text in ("tt", "stt"):
        return "number"
    if "yeu cau can dat" in text or text.startswith("muc do kien thuc"):
        return "outcomes"
    if text.startswith(("chu de", "chuong", "mach")):
        return "chapter"
    return "content" if _is_content(text) else ""


def _is_content(text: str) -> bool:
    return text.startswith(("noi dung", "don vi kien thuc", "bai", "chu de", "chuong"))
