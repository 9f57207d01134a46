"""Read the rows of a key table: ``1.A 2.B``, ``Câu 1: a) Đ b) S``, ``1: 1,5; 2: 3``, and grids of two rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.questions.rules import NUMBER

_SAID = r"(?:đúng|sai|true|false|[đstf])(?![^\W_])"
_JUDGED = rf"(?:(?:[a-d]\s?[).:\-–]?\s?)?{_SAID}|[đs]{{2,8}}(?![^\W_])|[tf]{{2,8}}(?![^\W_]))"
_BETWEEN = r"(?:\s?[,;./|–-]\s?|\s)"
_TRUTHS = rf"(?:{_JUDGED}{_BETWEEN}{{0,3}}){{0,7}}{_JUDGED}"
_LETTERS = r"(?:[A-H](?:\s?[,&+]\s?[A-H]|[A-H]){0,7}|[a-h](?:\s?[,&+]\s?[a-h]){0,7})(?![^\W\d_])"
_NUMBER = r"(?:câu\s?(?:hỏi\s?)?)?(?P<number>\d{1,3})"
_CELL = re.compile(
    rf"{_NUMBER}\s?[.\-:)–=/：]{{0,2}}\s{{0,3}}(?P<value>(?-i:{_LETTERS})|{_TRUTHS})(?=[\s,;|.]|\d|$)", re.IGNORECASE
)
_STATEMENT_CELL = re.compile(
    rf"{_NUMBER}\s?[.]?\s?(?P<letter>(?-i:[a-d]))\s?[).:\-–]?\s?(?P<value>{_SAID})(?=[\s,;|.]|$)", re.IGNORECASE
)
_FILLING = re.compile(r"[\s|,;.:]*")
_SEPARATOR = re.compile(r"[\s|:=+_*–-]*")
_COLUMN_NAMES = re.compile(
    r"(?=.{0,200}(?:câu|stt|số|lệnh|đáp|mã|key|answer|question))"
    r"[\s|]*(?:(?:câu(?: hỏi| số)?|stt|số|lệnh hỏi|đáp án|chọn|ý|mã đề|key|answer|question"
    r"|(?-i:a\)?[\s|]+b\)?[\s|]+c\)?[\s|]+d\)?))[\s|:.]*){2,10}",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\W*(?:\(?(?:mỗi|mỗi câu|thí sinh|điểm tối đa|học sinh)\b.{0,150}điểm.{0,150}"
    r"|[-+*]\s*thí sinh .{0,200}|điểm tối đa .{0,100})",
    re.IGNORECASE,
)
_ROW_NAME = re.compile(r"\s*\|?\s*(?:câu(?: hỏi| số)?|stt|số|question|number)\s*[:.|]?\s*(?=[\s|\d])", re.IGNORECASE)
_KEY_NAME = re.compile(r"\s*\|?\s*(?:đáp án|đ/?a|key|answers?|chọn|trả lời)\s*[:.|]?\s+", re.IGNORECASE)
_TOKEN = re.compile(rf"(?-i:{_LETTERS})|{_TRUTHS}", re.IGNORECASE)
_STATEMENT_ROW = re.compile(r"\s*\|?\s*(?:ý\s*)?(?P<letter>[a-d])\s*[).:|]?\s+(?P<rest>.*)", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|(?<=[;,\t| ]))\s*câu\s?(?P<number>\d{1,3})\s*[:.)：-]\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,3})(?:\s*[:)：]\s*|\.\s+|\s*=\s*|\s*[|\t]\s*)(?P<value>\S.*)")
_VALUE = re.compile(rf"{NUMBER.pattern}")


@dataclass(frozen=True)
class Pair:
    """What a row says: question ``number`` has the key ``value``."""

    number: int
    value: str


def is_filling(text: str) -> bool:
    """Whether the row says nothing: blank, a ruler, names of columns, a remark on marks."""
    return bool(_SEPARATOR.fullmatch(text) or _COLUMN_NAMES.fullmatch(text) or _REMARK.fullmatch(text))


def read_pairs(text: str, *, with_words: bool = False) -> list[Pair]:
    """The pairs of one row, empty when it isn't one.

    Args:
        text: the row.
        with_words: whether short answers in words count; else letters, judgements and numbers only.
    """
    return _statement_cells(text) or _cells(text) or _values(text, with_words)


def _cells(text: str) -> list[Pair]:
    if not _FILLING.fullmatch(_CELL.sub(" ", text)):
        return []
    return [Pair(int(cell["number"]), cell["value"].strip()) for cell in _CELL.finditer(text)]


def _statement_cells(text: str) -> list[Pair]:
    """``1a) Đ 1b) S 1c) Đ 1d) S``: one pair a question."""
    if not _FILLING.fullmatch(_STATEMENT_CELL.sub(" ", text)):
        return []
    said: dict[int, list[str]] = {}
    for cell in _STATEMENT_CELL.finditer(text):
        said.setdefault(int(cell["number"]), []).append(f"{cell['letter']}) {cell['value']}")
    return [Pair(number, " ".join(values)) for number, values in said.items()]


def _values(text: str, with_words: bool) -> list[Pair]:
    """Short answers: ``Câu 1: 1,5 Câu 2: 3``, ``1: 1,5; 2: 3`` or one a row."""
    named = list(_NAMED.finditer(text))
    if named and not text[: named[0].start()].strip(" |"):
        ends = [*(found.start() for found in named[1:]), len(text)]
        pairs = [
            Pair(int(found["number"]), text[found.end() : end].strip(" \t;,|"))
            for found, end in zip(named, ends, strict=True)
        ]
    else:
        pieces = [piece for piece in re.split(r"\s*;\s*|\s*\t\s*(?=\d{1,3}\s*[:)])", text.strip(" \t|")) if piece]
        found_all = [_NUMBERED.fullmatch(piece) for piece in pieces]
        pairs = [Pair(int(found["number"]), found["value"].strip(" \t|")) for found in found_all if found]
        if len(pairs) < len(pieces):
            return []
    return pairs if all(_is_value(pair.value, with_words) for pair in pairs) else []


def _is_value(value: str, with_words: bool) -> bool:
    value = value.removesuffix(".")
    if _VALUE.fullmatch(value.replace("−", "-")):
        return True
    return with_words and 0 < len(value) <= 60 and not re.search(r"[?\t|]|\b[A-D][.)]\s|:", value)


def numbers_of(text: str) -> list[int]:
    """The upper row of a grid: consecutive question numbers, perhaps behind ``Câu``; empty when it isn't one."""
    name = _ROW_NAME.match(text)
    tokens = re.split(r"[\s|]+", text[name.end() if name else 0 :].strip(" \t|"))
    if not all(re.fullmatch(r"\d{1,3}\.?", token) for token in tokens):
        return []
    numbers = [int(token.rstrip(".")) for token in tokens]
    return numbers if numbers == list(range(numbers[0], numbers[0] + len(numbers))) else []


def read_grid(numbers: Sequence[int], rows: Sequence[str]) -> tuple[list[Pair], int]:
    """Join the upper row of a grid with the row of keys below it, or with four rows ``a)`` to ``d)``.

    Returns:
        the pairs, and how many rows they took; nothing and 0 where the counts differ.
    """
    statements = [_STATEMENT_ROW.fullmatch(row) for row in rows[:4]]
    if len(statements) == 4 and [found["letter"].lower() for found in statements if found] == list("abcd"):
        columns = [_row_of_keys(found["rest"], len(numbers)) for found in statements if found]
        if all(column and all(re.fullmatch(_SAID, key, re.IGNORECASE) for key in column) for column in columns):
            return [
                Pair(number, " ".join(column[place] for column in columns)) for place, number in enumerate(numbers)
            ], 4
    keys = _row_of_keys(_without_name(rows[0]), len(numbers)) if rows else []
    return ([Pair(number, key) for number, key in zip(numbers, keys, strict=True)], 1) if keys else ([], 0)


def _without_name(row: str) -> str:
    name = _KEY_NAME.match(row)
    return row[name.end() :] if name else row


def _row_of_keys(row: str, count: int) -> list[str]:
    """The keys of a row of ``count``; empty when they are not as many, or when it's two numbers beside two numbers."""
    text = row.strip().strip("|").strip()
    if re.search(r"[\t|]", text):
        keys = [key.strip() for key in re.split(r"\s*[\t|]\s*", text)]
    elif count == 1:
        keys = [text]
    else:
        keys = text.split()
    if len(keys) != count or not all(_TOKEN.fullmatch(key) or _VALUE.fullmatch(key) for key in keys):
        return []
    return [] if numbers_of(row) and len(keys) < 3 and not _KEY_NAME.match(row) else keys
