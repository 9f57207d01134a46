"""Functions on numbers: exact where they can be, of machine precision where they cannot."""

import math
from fractions import Fraction

from quizbank.item_templates import writing
from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.functions import Cost, library
from quizbank.item_templates.operations import Run, Value, checked, is_number, unlike_bits

GROUP = "Số"
FIXED = Cost.FIXED
MAX_PLACES = 12
MAX_ROOT = 10**10


def number_of(value: Value) -> Value:
    if not is_number(value):
        raise Refusal("Cần một số.")
    return value


def whole_of(value: Value, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise Refusal("Cần một số nguyên từ {low} đến {high}.", low=low, high=high)
    return value


def exact_of(value: Value) -> Fraction:
    return Fraction(number_of(value))


def exactly(value: Value) -> int | Fraction:
    """A number as a whole one or a fraction, whatever it is."""
    if type(value) is int or type(value) is Fraction:
        return value
    return int(value) if isinstance(value, bool) else exact_of(value)


@library("abs(x)", "giá trị tuyệt đối", GROUP, cost=FIXED)
def size(value: Value) -> Value:
    return abs(number_of(value))


@library("fraction(a, b)", "phân số a/b, như a / b", GROUP, cost=FIXED)
def fraction(above: Value, below: Value = 1) -> Value:
    return exact_of(above) / exact_of(below)


@library("numerator(x)", "tử số của phân số tối giản", GROUP, cost=FIXED)
def numerator(value: Value) -> int:
    return exact_of(value).numerator


@library("denominator(x)", "mẫu số của phân số tối giản", GROUP, cost=FIXED)
def denominator(value: Value) -> int:
    return exact_of(value).denominator


@library("is_whole(x)", "x là số nguyên", GROUP, cost=FIXED)
def is_whole(value: Value) -> bool:
    return exact_of(value).denominator == 1


@library("is_terminating(x, places = 4)", "x viết được với nhiều nhất ngần ấy chữ số thập phân", GROUP, cost=FIXED)
def is_terminating(value: Value, places: int = 4) -> bool:
    return writing.is_terminating(exactly(value), whole_of(places, 0, MAX_PLACES))


@library("rounded(x, places)", "làm tròn đến ngần ấy chữ số thập phân, nửa thì ra xa 0", GROUP, cost=FIXED)
def rounded(value: Value, places: int = 0) -> Fraction:
    return writing.rounded(exactly(value), whole_of(places, 0, MAX_PLACES))


@library("significant(x, figures = 3)", "x giữ ngần ấy chữ số có nghĩa", GROUP, cost=FIXED)
def significant(value: Value, figures: int = 3) -> Fraction:
    return writing.significant(float(number_of(value)), whole_of(figures, 1, MAX_PLACES))


@library("int(x)", "phần nguyên về phía 0, hoặc số viết trong đoạn chữ", GROUP, cost=FIXED)
def whole(value: Value) -> int:
    if type(value) is str and len(value) > 100:
        raise Refusal("Cần một số.")
    return int(value)


@library("number(text)", "số viết trong đoạn chữ: 2.5, 2,5 hoặc 3/4", GROUP, cost=FIXED)
def number(text: Value) -> Fraction:
    if is_number(text):
        return Fraction(text)
    if type(text) is not str or len(text) > 60 or "e" in text.lower():
        raise Refusal("Cần một số.")
    return Fraction(text.replace(",", "."))


@library("float(x)", "x với độ chính xác của máy (khoảng 16 chữ số)", GROUP, cost=FIXED)
def approximate(value: Value) -> float:
    return float(number_of(value))


@library("floor(x)", "số nguyên lớn nhất không vượt quá x", GROUP, cost=FIXED)
def floor(value: Value) -> int:
    return math.floor(exact_of(value))


@library("ceil(x)", "số nguyên nhỏ nhất không bé hơn x", GROUP, cost=FIXED)
def ceil(value: Value) -> int:
    return math.ceil(exact_of(value))


@library("xor(a, b)", "phép XOR từng bit của hai số nguyên", GROUP, cost=FIXED)
def xor(one: Value, other: Value) -> Value:
    return unlike_bits(one, other)


@library("gcd(a, b)", "ước chung lớn nhất", GROUP, cost=FIXED)
def gcd(*values: int) -> int:
    return math.gcd(*values)


@library("lcm(a, b)", "bội chung nhỏ nhất", GROUP, cost=FIXED)
def lcm(*values: int) -> int:
    result = 1
    for value in values:
        result = checked(math.lcm(result, value))
    return result


@library("factorial(n)", "n giai thừa, n đến 170", GROUP, cost=FIXED)
def factorial(value: int) -> int:
    return math.factorial(whole_of(value, 0, 170))


@library("comb(n, k)", "số tổ hợp chập k của n", GROUP, cost=FIXED)
def comb(total: int, count: int) -> int:
    return math.comb(whole_of(total, 0, 500), whole_of(count, 0, 500))


@library("perm(n, k)", "số chỉnh hợp chập k của n", GROUP, cost=FIXED)
def perm(total: int, count: int) -> int:
    return math.perm(whole_of(total, 0, 170), whole_of(count, 0, 170))


@library("isqrt(n)", "phần nguyên của căn bậc hai", GROUP, cost=FIXED)
def isqrt(value: int) -> int:
    return math.isqrt(value)


@library("is_square(n)", "n là số chính phương", GROUP, cost=FIXED)
def is_square(value: int) -> bool:
    return value >= 0 and math.isqrt(value) ** 2 == value


@library("split_root(n)", "(a, b) với n = a²·b, b không có ước chính phương", GROUP, wants_run=True, cost=FIXED)
def split_root(run: Run, square: int) -> tuple[int, int]:
    whole_of(square, 0, MAX_ROOT)
    run.spend(math.isqrt(square) // 8)
    return writing.split_root(square)


@library("is_prime(n)", "n là số nguyên tố", GROUP, wants_run=True, cost=FIXED)
def is_prime(run: Run, value: int) -> bool:
    whole_of(value, -MAX_ROOT, MAX_ROOT)
    run.spend(math.isqrt(abs(value)) // 8)
    return value > 1 and all(value % divisor for divisor in range(2, math.isqrt(value) + 1))


def _machine(name: str, action: "object", summary: str) -> None:
    def compute(value: Value) -> float:
        return float(action(float(number_of(value))))  # type: ignore[operator]

    library(f"{name}(x)", summary, GROUP, cost=FIXED)(compute)


_machine("sqrt", math.sqrt, "căn bậc hai, độ chính xác của máy")
_machine("sin", math.sin, "sin của góc tính bằng rađian")
_machine("cos", math.cos, "côsin của góc tính bằng rađian")
_machine("tan", math.tan, "tang của góc tính bằng rađian")
_machine("asin", math.asin, "góc (rađian) có sin bằng x")
_machine("acos", math.acos, "góc (rađian) có côsin bằng x")
_machine("atan", math.atan, "góc (rađian) có tang bằng x")
_machine("radians", math.radians, "độ đổi sang rađian")
_machine("degrees", math.degrees, "rađian đổi sang độ")
_machine("exp", math.exp, "luỹ thừa của e")
_machine("ln", math.log, "lôgarit tự nhiên")
_machine("log10", math.log10, "lôgarit thập phân")
_machine("log2", math.log2, "lôgarit cơ số 2")
