"""Functions on texts, and those that write numbers and formulas."""

import re
from collections.abc import Callable
from fractions import Fraction

from quizbank.item_templates import writing
from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.functions import Cost, library
from quizbank.item_templates.functions_numbers import MAX_PLACES, MAX_ROOT, exactly, whole_of
from quizbank.item_templates.operations import MAX_TEXT, TOO_LONG, Run, Value, is_number, items_of
from quizbank.item_templates.printing import written

WRITING = "Viết số và công thức"
TEXTS = "Đoạn chữ"
FIXED = Cost.FIXED
PRICE = 12
MAX_LETTERS = 200
"""Letters to strip: every letter of a text is looked for among all of them."""

BLANK = re.compile(r"\{(\d{0,2})\}")


@library("plain(x, places = 4)", "số như trong lời văn: 2,5; 12 500; -0,25", WRITING, price=PRICE, cost=FIXED)
def plain(value: Value, places: int = 4) -> str:
    return writing.plain(exactly(value), whole_of(places, 0, MAX_PLACES))


@library("comma(x, places = 4)", r"số thập phân trong công thức: 2{,}5", WRITING, price=PRICE, cost=FIXED)
def comma(value: Value, places: int = 4) -> str:
    return writing.comma(exactly(value), whole_of(places, 0, MAX_PLACES))


@library(
    "scientific(x, figures = 3)",
    r"số rất lớn, rất nhỏ trong công thức: 1{,}6 \cdot 10^{-19}",
    WRITING,
    price=PRICE,
    cost=FIXED,
)
def scientific(value: Value, figures: int = 3) -> str:
    return writing.scientific(exactly(value), whole_of(figures, 1, MAX_PLACES))


@library("tex(x)", r"phân số trong công thức: \frac{3}{4}", WRITING, price=PRICE, cost=FIXED)
def tex(value: Value) -> str:
    return writing.tex(exactly(value))


@library("maths(text)", "đoạn chữ giữa hai dấu $", WRITING, price=PRICE)
def maths(text: Value) -> str:
    return writing.maths(text_of(text))


@library("signed(x)", "số đứng sau số hạng khác: + 3, - 3", WRITING, price=PRICE, cost=FIXED)
def signed(value: Value) -> str:
    return writing.signed(exactly(value))


@library("term(x, body)", "số hạng: 3x, -x, x", WRITING, price=PRICE)
def term(coefficient: Value, body: str) -> str:
    return writing.term(exactly(coefficient), text_of(body))


@library(
    'total((x, "x^2"), (y, "x"), (z, ""))', "tổng các số hạng với dấu của chúng: 2x^2 - 3x + 1", WRITING, price=PRICE
)
def total(*terms: Value) -> str:
    pairs = [(exactly(coefficient), text_of(body)) for coefficient, body in terms]
    _fits(sum(len(body) + 3 for _coefficient, body in pairs))
    return writing.total(*pairs)


@library(
    'polynomial(a, b, c, variable = "x")',
    "đa thức, bậc cao viết trước: x^2 - 3",
    WRITING,
    price=PRICE,
    keywords=("variable",),
)
def polynomial(*coefficients: Value, variable: str = "x") -> str:
    _fits(len(coefficients) * (len(text_of(variable)) + 3))
    return writing.polynomial(*(exactly(value) for value in coefficients), variable=variable)


@library(
    "root(n)", r"căn bậc hai của số tự nhiên, đã rút gọn: 2\sqrt{3}", WRITING, price=PRICE, wants_run=True, cost=FIXED
)
def root(run: Run, square: int) -> str:
    run.spend(whole_of(square, 0, MAX_ROOT) >> 20)
    return writing.root(square)


@library("point(x, y, z)", r"toạ độ: (1;\ -2;\ 3)", WRITING, price=PRICE)
def point(*coordinates: Value) -> str:
    return writing.point(*(exactly(value) for value in coordinates))


@library("interval(a, b, (False, True))", r"khoảng, đoạn: $(a;\ b]$", WRITING, price=PRICE)
def interval(low: Value, high: Value, closed: Value = (False, False)) -> str:
    left, right = closed
    return writing.interval(written(low, True), written(high, True), (bool(left), bool(right)))


@library("quantity(x, unit)", "số có đơn vị: 12,5 m/s; 40%", WRITING, price=PRICE)
def quantity(value: Value, unit: str) -> str:
    return writing.quantity(exactly(value), text_of(unit))


@library("listed(list)", "các số cách nhau bằng dấu chấm phẩy", WRITING, price=PRICE)
def listed(values: Value) -> str:
    return joined("; ", values)


@library("ratio(x)", "phân số viết 3/4", WRITING, price=PRICE, cost=FIXED)
def ratio(value: Value) -> str:
    return str(Fraction(exactly(value)))


@library("code(x)", "giá trị như Python viết: [1, 2], 'a'", WRITING, price=PRICE, cost=Cost.DEEP)
def code(value: Value) -> str:
    if type(value) is tuple:
        pieces: list[str] = []
        size = 0
        for item in value:
            pieces.append(code(item))
            size += len(pieces[-1]) + 2
            _fits(size)
        return f"[{', '.join(pieces)}]"
    if type(value) in {str, int, bool, float}:
        return repr(value)
    return str(Fraction(value))


def _fits(size: int) -> None:
    """Refuse a text before it is built."""
    if size > 2 * MAX_TEXT:
        raise Refusal(TOO_LONG)


def _in_base(name: str, letter: str, summary: str) -> None:
    def write(value: int) -> str:
        return str(format(value, letter))

    library(f"{name}(n)", summary, WRITING, price=PRICE, cost=FIXED)(write)


_in_base("binary", "b", "số nguyên viết trong hệ nhị phân")
_in_base("octal", "o", "số nguyên viết trong hệ cơ số 8")
_in_base("hexadecimal", "X", "số nguyên viết trong hệ cơ số 16")


@library("padded(n, width)", "số tự nhiên viết với ít nhất ngần ấy chữ số: 007", WRITING, price=PRICE, cost=FIXED)
def padded(value: int, width: int) -> str:
    return str(whole_of(value, 0, 10**12)).zfill(whole_of(width, 0, 20))


def text_of(value: Value) -> str:
    if type(value) is not str:
        raise Refusal("Cần một đoạn chữ.")
    return str(value)


@library("str(x)", "giá trị thành đoạn chữ, như trong lời văn", TEXTS)
def as_text(value: Value) -> str:
    return written(value, False)


@library("join(mark, list)", "các đoạn chữ hoặc số nối bằng mark", TEXTS)
def join(mark: Value, values: Value) -> str:
    return joined(mark, values)


def joined(mark: Value, values: Value) -> str:
    pieces = [written(value, False) for value in items_of(values)]
    _fits(sum(map(len, pieces)) + len(pieces) * len(text_of(mark)))
    return str(mark).join(pieces)


@library("replace(text, old, new)", "thay mọi chỗ old bằng new", TEXTS)
def replace(text: Value, old: Value, new: Value) -> str:
    source, before, after = text_of(text), text_of(old), text_of(new)
    _fits(len(source) + source.count(before) * len(after))
    return source.replace(before, after)


@library("fill(text, a, b, …)", "đặt các giá trị vào những chỗ {} hoặc {0}, {1} của đoạn chữ", TEXTS)
def fill(text: Value, *values: Value) -> str:
    pieces = [written(value, False) for value in values]
    source, size = text_of(text), 0
    made: list[str] = []
    for number, piece in enumerate(BLANK.split(source)):
        shown = piece
        if number % 2:
            place = int(piece) if piece else number // 2
            shown = pieces[place] if place < len(pieces) else f"{{{piece}}}"
        size += len(shown)
        _fits(size)
        made.append(shown)
    return "".join(made)


@library("split(text, mark)", "các mảnh của đoạn chữ giữa các dấu mark; không có mark: giữa các khoảng trắng", TEXTS)
def split(text: Value, mark: Value = None) -> tuple[str, ...]:
    return tuple(text_of(text).split(None if mark is None else text_of(mark)))


def _simple(usage: str, action: Callable[..., Value], summary: str) -> None:
    def apply(text: Value, *rest: Value) -> Value:
        return action(text_of(text), *(text_of(value) for value in rest))

    library(usage, summary, TEXTS)(apply)


def _trimming(action: Callable[..., str]) -> Callable[..., str]:
    def trim(text: str, *letters: str) -> str:
        if any(len(some) > MAX_LETTERS for some in letters):
            raise Refusal(TOO_LONG)
        return action(text, *letters)

    return trim


_simple("upper(text)", str.upper, "viết hoa")
_simple("lower(text)", str.lower, "viết thường")
_simple("capitalize(text)", str.capitalize, "viết hoa chữ đầu, các chữ sau viết thường")
_simple("begin(text)", lambda text: text[:1].upper() + text[1:], "viết hoa chữ đầu, các chữ sau giữ nguyên")
_simple("strip(text, letters)", _trimming(str.strip), "bỏ khoảng trắng, hoặc các chữ của letters, ở hai đầu")
_simple("lstrip(text, letters)", _trimming(str.lstrip), "bỏ ở đầu")
_simple("rstrip(text, letters)", _trimming(str.rstrip), "bỏ ở cuối")
_simple("removesuffix(text, end)", str.removesuffix, "bỏ phần cuối end, nếu có")
_simple("removeprefix(text, start)", str.removeprefix, "bỏ phần đầu start, nếu có")
_simple("startswith(text, start)", str.startswith, "đoạn chữ bắt đầu bằng start")
_simple("endswith(text, end)", str.endswith, "đoạn chữ kết thúc bằng end")
_simple("is_upper(text)", str.isupper, "mọi chữ cái đều viết hoa")


@library("is_text(x)", "x là đoạn chữ", TEXTS, cost=FIXED)
def is_text(value: Value) -> bool:
    return type(value) is str


@library("is_number(x)", "x là số", TEXTS, cost=FIXED)
def is_a_number(value: Value) -> bool:
    return is_number(value)
