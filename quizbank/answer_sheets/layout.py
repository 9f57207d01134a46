"""The answer sheet of 2025 as pure geometry: where everything stands on an A4 page, in millimetres from its top left.

A sheet has 40 questions to choose, 8 with four statements, and 6 short answers of four columns; a quiz uses the
first slots of each part. The candidate's number has 6 or 8 digits, the code of the paper 3 or 4: the four corner
markers tell which by their numbers, so that a sheet can be read without its QR code.

Source: the sheet of the graduation exam since 2025 (Quyết định 764/QĐ-BGDĐT and the exam's printed forms).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from repository.errors import Invalid

PAGE_MM = (210.0, 297.0)
NUMBER_DIGITS, CODE_DIGITS = (6, 8), (3, 4)
SLOTS = (40, 8, 6)
CHOICES, STATEMENTS, JUDGEMENTS = "ABCD", "abcd", "ĐS"
ANSWER_COLUMNS = 4
ANSWER_SIGNS = "-,0123456789"
MINUS_COLUMNS, COMMA_COLUMNS = (1,), (2, 3)

RADIUS_MM = 2.1
MARKER_MM = 10.0
MARKER_PLACES = ((7.0, 7.0), (193.0, 7.0), (193.0, 280.0), (7.0, 280.0))
"""Top left corners, clockwise from the top left marker."""
SQUARE_MM = 3.0
EDGE_X = (10.5, 199.5)
EDGE_Y = (50.0, 86.0, 146.5, 181.0, 222.0, 263.5)
INNER_X = (60.5, 105.0, 149.5)
INNER_Y = (86.0, 146.5, 181.0, 263.5)
HEAD_SQUARE = (108.0, 26.0)
QR_PLACE, QR_MM = (86.0, 52.0), 22.0

LEFT, BLOCK = 16.0, 44.5
CHOICE_TOP, CHOICE_STEP, CHOICE_FIRST, CHOICE_PITCH = 92.0, 5.4, 12.0, 8.4
JUDGE_TOP, JUDGE_STEP = 157.5, 5.6
JUDGE_FIRST, JUDGE_PITCH = 9.0, 7.6
ANSWER_TOP, ANSWER_STEP, ANSWER_WIDTH, ANSWER_FIRST, ANSWER_PITCH = 198.0, 5.5, 178.0 / 6, 9.0, 5.6
DIGIT_TOP, DIGIT_STEP, DIGIT_PITCH = 35.0, 4.9, 5.4
RIGHT = 194.0


@dataclass(frozen=True)
class SheetLayout:
    """Which fields a sheet has. ``counts``: how many slots of each part are used."""

    number_digits: int = 6
    code_digits: int = 3
    counts: tuple[int, int, int] = SLOTS

    def __post_init__(self) -> None:
        sizes = self.number_digits in NUMBER_DIGITS and self.code_digits in CODE_DIGITS
        if not sizes or any(not 0 <= used <= slots for used, slots in zip(self.counts, SLOTS, strict=True)):
            raise Invalid(
                "Phiếu có số báo danh 6 hoặc 8 chữ số, mã đề 3 hoặc 4 chữ số, "
                "nhiều nhất 40 câu lựa chọn, 8 câu đúng sai và 6 câu trả lời ngắn."
            )

    @property
    def marker_ids(self) -> tuple[int, int, int, int]:
        """The numbers of the corner markers, clockwise from the top left."""
        first = 4 * (2 * NUMBER_DIGITS.index(self.number_digits) + CODE_DIGITS.index(self.code_digits))
        return (first, first + 1, first + 2, first + 3)

    @property
    def name(self) -> str:
        """As the QR code says it: ``63.12.4.6``."""
        return f"{self.number_digits}{self.code_digits}." + ".".join(map(str, self.counts))


def digits_of_marker(marker_id: int) -> tuple[int, int]:
    """How many digits number and code have on the sheet that this corner marker stands on."""
    kind = marker_id // 4
    return NUMBER_DIGITS[kind // 2 % 2], CODE_DIGITS[kind % 2]


@dataclass(frozen=True)
class Bubble:
    """A ring to fill: its middle, and what filling it says."""

    x: float
    y: float
    value: str


@dataclass(frozen=True)
class Field:
    """Rings of which one may be filled.

    ``name``: ``number.1`` and ``code.1`` (a digit, from the left), ``1.12`` (a question to choose), ``2.3.a`` (a
    statement), ``3.4.2`` (a column of a short answer).
    """

    name: str
    bubbles: tuple[Bubble, ...]

    @property
    def kind(self) -> str:
        """``number``, ``code``, ``1``, ``2`` or ``3``."""
        return self.name.partition(".")[0]

    @property
    def values(self) -> str:
        return "".join(bubble.value for bubble in self.bubbles)


@lru_cache(maxsize=64)
def fields_of(layout: SheetLayout) -> tuple[Field, ...]:
    """The fields of a sheet that are read, in reading order."""
    return (*identity_fields(layout), *(field for field, is_used in slots_of(layout) if is_used))


def identity_fields(layout: SheetLayout) -> tuple[Field, ...]:
    """The digits of the candidate's number and of the code."""
    number_x, code_x = grid_places(layout)
    number = (digit_field(f"number.{place + 1}", number_x, place) for place in range(layout.number_digits))
    code = (digit_field(f"code.{place + 1}", code_x, place) for place in range(layout.code_digits))
    return (*number, *code)


def grid_places(layout: SheetLayout) -> tuple[float, float]:
    """Where the first columns of number and code stand."""
    code_x = RIGHT - DIGIT_PITCH / 2 - (layout.code_digits - 1) * DIGIT_PITCH
    return code_x - 6.0 - layout.number_digits * DIGIT_PITCH, code_x


def digit_field(name: str, first_x: float, place: int) -> Field:
    x = first_x + place * DIGIT_PITCH
    return Field(name, tuple(Bubble(x, DIGIT_TOP + row * DIGIT_STEP, str(row)) for row in range(10)))


def slots_of(layout: SheetLayout) -> Iterator[tuple[Field, bool]]:
    """Every answer field of the printed sheet, and whether the quiz uses it."""
    for number in range(1, SLOTS[0] + 1):
        yield choice_field(number), number <= layout.counts[0]
    for number in range(1, SLOTS[1] + 1):
        for row in range(len(STATEMENTS)):
            yield judgement_field(number, row), number <= layout.counts[1]
    for number in range(1, SLOTS[2] + 1):
        for column in range(1, ANSWER_COLUMNS + 1):
            yield answer_field(number, column), number <= layout.counts[2]


def choice_place(number: int) -> tuple[float, float]:
    """The left end and the middle of the line of a question to choose."""
    block, row = divmod(number - 1, 10)
    return LEFT + block * BLOCK, CHOICE_TOP + row * CHOICE_STEP


def choice_field(number: int) -> Field:
    x, y = choice_place(number)
    return Field(
        f"1.{number}",
        tuple(Bubble(x + CHOICE_FIRST + place * CHOICE_PITCH, y, sign) for place, sign in enumerate(CHOICES)),
    )


def judgement_place(number: int, row: int) -> tuple[float, float]:
    """The left end and the middle of the line of a statement."""
    return LEFT + (number - 1) * BLOCK / 2, JUDGE_TOP + row * JUDGE_STEP


def judgement_field(number: int, row: int) -> Field:
    x, y = judgement_place(number, row)
    return Field(
        f"2.{number}.{STATEMENTS[row]}",
        tuple(Bubble(x + JUDGE_FIRST + place * JUDGE_PITCH, y, sign) for place, sign in enumerate(JUDGEMENTS)),
    )


def answer_place(number: int) -> float:
    """The left end of a short answer."""
    return LEFT + (number - 1) * ANSWER_WIDTH


def answer_field(number: int, column: int) -> Field:
    """A column of a short answer: minus only in the first, comma only in the second and third."""
    x = answer_place(number) + ANSWER_FIRST + (column - 1) * ANSWER_PITCH
    return Field(
        f"3.{number}.{column}",
        tuple(
            Bubble(x, ANSWER_TOP + row * ANSWER_STEP, sign)
            for row, sign in enumerate(ANSWER_SIGNS)
            if sign not in "-," or column in (MINUS_COLUMNS if sign == "-" else COMMA_COLUMNS)
        ),
    )


def square_places() -> tuple[tuple[float, float], ...]:
    """The middles of the solid squares beside and between the blocks."""
    edges = ((x, y) for y in EDGE_Y for x in EDGE_X)
    inner = ((x, y) for y in INNER_Y for x in INNER_X)
    return (*edges, *inner, HEAD_SQUARE)


def answer_of(signs: str) -> str | None:
    """The short answer that four columns spell (a blank for an empty column), or None where they spell no number.

    The answer may stand in any columns side by side; nothing marked is an empty answer.
    """
    text = signs.strip()
    if not text:
        return ""
    whole, comma, rest = text.removeprefix("-").partition(",")
    is_number = whole.isdecimal() and (rest.isdecimal() if comma else not rest)
    return text if is_number else None
