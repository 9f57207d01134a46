"""What stands on a sheet after what was read and what people decided. Pure: nothing is looked up here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from quizbank.answer_sheets.judging import WAITING, FieldReading, State
from quizbank.answer_sheets.labels import SheetLabel
from quizbank.answer_sheets.layout import ANSWER_COLUMNS, CHOICES, STATEMENTS, SheetLayout, answer_of, fields_of
from repository.errors import Invalid
from repository.markup import nfc

MOST_FILES = 500
MOST_CANDIDATES = 20_000
LIMIT_BYTES = 256 << 20
MAX_NAME = 100
_ANSWER = re.compile(r"-?\d+(,\d+)?")
_LINE = re.compile(r"^\W*(?:\d{1,4}[.)\t;])?\s*(\d{6}|\d{8})[\s,;|]+(.+?)[\s,;|]*$")


class Problem(StrEnum):
    """Why a sheet without doubtful fields has no marks."""

    UNKNOWN_CODE = "unknown-code"
    OTHER_QUIZ = "other-quiz"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Doubt:
    """A field that waits for a person. ``signs``: what may stand there; several where ``length`` is more than one."""

    field: str
    read: str
    state: State
    signs: str
    length: int = 1


@dataclass(frozen=True)
class Standing:
    """What stands on a sheet now: field name -> value, and what still waits, in the order of the sheet."""

    values: Mapping[str, str]
    doubts: tuple[Doubt, ...]

    def digits(self, kind: str) -> str:
        """``number`` or ``code``; empty while one of its digits waits."""
        if any(doubt.field.startswith(f"{kind}.") for doubt in self.doubts):
            return ""
        return "".join(value for name, value in self.values.items() if name.startswith(f"{kind}."))

    def answer(self, number: int) -> str:
        """The short answer, empty where nothing (or nothing sensible) was marked."""
        whole = self.values.get(f"3.{number}")
        return whole if whole is not None else answer_of(columns_of(self.values, number)) or ""

    def judgements(self, number: int) -> str:
        """Four signs: T, F, or - where nothing, or both, was marked."""
        signs = {"Đ": "T", "S": "F"}
        return "".join(signs.get(self.values.get(f"2.{number}.{letter}", ""), "-") for letter in STATEMENTS)


def columns_of(values: Mapping[str, str], number: int) -> str:
    columns = (values.get(f"3.{number}.{column}", "") for column in range(1, ANSWER_COLUMNS + 1))
    return "".join(sign if len(sign) == 1 else " " for sign in columns)


def standing_of(reading: Sequence[Sequence[Any]], decided: Mapping[str, str | None], *, has_codes: bool) -> Standing:
    """What stands on a sheet.

    Args:
        reading: rows of ``ScanSheet.reading``.
        decided: field -> what a person decided last.
        has_codes: whether the quiz has codes; without them nobody need look at that grid.
    """
    values: dict[str, str] = {}
    doubts: list[Doubt] = []
    for name, value, state, *_ in reading:
        chosen = decided.get(name)
        values[name] = value if chosen is None else chosen
        is_needed = has_codes or not name.startswith("code.")
        if chosen is None and state in WAITING and is_needed:
            doubts.append(Doubt(name, value, State(state), signs_of(name)))
        if name.startswith("3.") and name.endswith(f".{ANSWER_COLUMNS}"):
            doubts += whole_answer(values, doubts, name.rpartition(".")[0], decided)
    return Standing(values, tuple(doubts))


def whole_answer(
    values: dict[str, str], doubts: Sequence[Doubt], name: str, decided: Mapping[str, str | None]
) -> list[Doubt]:
    """The doubt about a short answer whose columns are clear but spell no number."""
    chosen = decided.get(name)
    if chosen is not None:
        values[name] = chosen
        return []
    signs = columns_of(values, int(name.removeprefix("3.")))
    if any(doubt.field.startswith(f"{name}.") for doubt in doubts) or answer_of(signs) is not None:
        return []
    return [Doubt(name, signs.replace(" ", "_"), State.DOUBTFUL, "-,0123456789", ANSWER_COLUMNS)]


@lru_cache(maxsize=4096)
def signs_of(name: str) -> str:
    """The signs that a field may hold."""
    layout = SheetLayout(8, 4)
    return next((field.values for field in fields_of(layout) if field.name == name), "")


def is_field(name: str) -> bool:
    """Whether a sheet may have such a field, or such a short answer."""
    return bool(signs_of(name)) or re.fullmatch(r"3\.[1-6]", name) is not None


def check_value(name: str, value: str) -> str:
    """A decided value in its one form; empty for nothing marked.

    Raises:
        Invalid: the field can't hold it.
    """
    value = value.strip().upper().replace("D", "Đ") if name.startswith("2.") else value.strip().upper()
    value = "" if value in ("_", "0") and name.startswith("1.") else value
    if re.fullmatch(r"3\.\d+", name):
        value = value.replace(".", ",")
        if value and (len(value) > ANSWER_COLUMNS or not _ANSWER.fullmatch(value)):
            raise Invalid("“{value}” không phải là kết quả tô được trên phiếu.", value=value[:20])
        return value
    signs = signs_of(name)
    is_choice = name.startswith("1.")
    if is_choice and value and set(value) <= set(CHOICES):
        return "".join(sorted(set(value)))
    if value and (len(value) > 1 or value not in signs):
        raise Invalid("Chỗ này chỉ nhận: {signs}.", signs=", ".join(signs))
    if not value and name.startswith(("number.", "code.")):
        raise Invalid("Chỗ này cần một chữ số.")
    return value


def with_label(fields: Sequence[FieldReading], label: SheetLabel | None) -> list[FieldReading]:
    """The readings beside what the QR code says of number and code: it settles a doubt, and doubts what differs."""
    printed = {}
    if label:
        printed = {f"number.{place}": sign for place, sign in enumerate(label.number, 1)}
        printed |= {f"code.{place}": sign for place, sign in enumerate(label.code, 1)}
    settled = []
    for one in fields:
        sign = printed.get(one.name)
        if sign and one.state in WAITING:
            one = FieldReading(one.name, sign, State.SURE, 0.9)
        elif sign and one.value != sign:
            one = FieldReading(one.name, one.value, State.DOUBTFUL, 0.2)
        settled.append(one)
    return settled


def candidates_from(text: str) -> dict[str, str]:
    """Number -> name from a pasted list, one candidate a line: ``000123 Nguyễn Thị Lan``.

    Raises:
        Invalid: a line that says no number of 6 or 8 digits and name, or a number twice; the message names it.
    """
    found: dict[str, str] = {}
    for place, line in enumerate(lines_in(text), 1):
        match = _LINE.match(line)
        if match is None:
            raise Invalid(
                "Dòng {place} của danh sách không có số báo danh (6 hoặc 8 chữ số) và họ tên: “{line}”.",
                place=place,
                line=line[:40],
            )
        if match[1] in found:
            raise Invalid("Số báo danh {number} có hai lần trong danh sách.", number=match[1])
        found[match[1]] = nfc(" ".join(match[2].split()))[:MAX_NAME]
        if len(found) > MOST_CANDIDATES:
            raise Invalid("Danh sách dài quá {limit} thí sinh.", limit=MOST_CANDIDATES)
    return found


def lines_in(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
