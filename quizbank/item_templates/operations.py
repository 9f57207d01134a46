"""What the operators of the language do to values, within limits.

Values are truths, whole numbers, exact fractions, decimals of machine precision (only from roots and the like),
texts, lists and tables. Lists are Python tuples: nothing can be changed in place. A fraction that is whole is a
whole number.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from quizbank.item_templates.errors import Refusal

Value = Any
"""bool | int | Fraction | float | str | tuple | dict | Lambda of a program."""

STEPS = 150_000
"""What one question may cost; about a microsecond each."""

MAX_BITS = 2048
LARGE = 1 << MAX_BITS
MAX_TEXT = 20_000
MAX_LIST = 10_000
MAX_NESTING = 12
MAX_CALLS = 60

COLLISION = 100
"""What a key costs whose hash somebody may have chosen: whole numbers hash by their rest modulo 2**61 - 1."""

LARGE_KEY = 1 << 60
LARGE_IN_TUPLE = 1 << 32

TOO_LARGE = "Số quá lớn."
TOO_LONG = "Đoạn chữ hoặc danh sách quá dài."


class Run:
    """One run of a program: the values of its names, the chance it draws from, and the steps that are left.

    ``is_thorough``: compute every option, also those that are not needed any more.
    """

    __slots__ = ("calls", "is_thorough", "locals", "random", "steps", "variables")

    def __init__(self, size: int, random: Random | None, steps: int = STEPS) -> None:
        self.variables: list[Value] = [None] * size
        self.locals = self.variables
        self.random = random
        self.steps = steps
        self.calls = 0
        self.is_thorough = False

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise Refusal("Phép tính quá dài: hãy giảm số lần lặp hoặc độ dài danh sách.")

    def enter(self, cost: int) -> None:
        """Begin a call of a function of the template."""
        self.calls += 1
        if self.calls > MAX_CALLS:
            self.calls = 0
            raise Refusal("Hàm gọi lại chính nó quá nhiều lần.")
        self.steps -= cost
        if self.steps < 0:
            self.spend(0)

    def weigh(self, value: Value, depth: int = 0) -> None:
        """Spend what it costs to look at all of ``value``; refuses lists in lists in lists without end."""
        kind = type(value)
        if kind is tuple or kind is dict:
            if depth > MAX_NESTING:
                raise Refusal("Danh sách lồng nhau quá sâu.")
            self.spend(len(value) + 1)
            for item in value if kind is tuple else value.values():
                if type(item) in _NESTED:
                    self.weigh(item, depth + 1)
        elif kind is str:
            self.spend(len(value) >> 6)

    def weigh_keys(self, keys: Iterable[Value]) -> None:
        """Spend more on keys whose hashes can be chosen to be alike: those make tables and sets slow."""
        for key in keys:
            if _may_collide(key):
                self.spend(COLLISION)

    def pay_for(self, value: Value) -> None:
        """Spend what it cost to put ``value`` together from others."""
        kind = type(value)
        if kind is str or kind is tuple:
            self.spend(len(value) >> 4)
        elif kind is dict:
            self.spend(len(value))
            self.weigh_keys(value)

    def made(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """A new list, within limits."""
        if len(values) > MAX_LIST:
            raise Refusal(TOO_LONG)
        for value in values:
            if type(value) in _NESTED:
                self.weigh(value, 1)
        return values


_NESTED = {tuple, dict}
_NUMBERS = (int, Fraction, float)


def _may_collide(key: Value, large: int = LARGE_KEY) -> bool:
    kind = type(key)
    if kind is int:
        return not -large < key < large
    if kind is tuple:
        return any(_may_collide(item, LARGE_IN_TUPLE) for item in key)
    return kind is Fraction


def checked(value: Value) -> Value:
    """A value as an operation leaves it: fractions in their simplest form, numbers and texts within limits."""
    kind = type(value)
    if kind is int:
        if not -LARGE < value < LARGE:
            raise Refusal(TOO_LARGE)
    elif kind is Fraction:
        if value.denominator == 1:
            return checked(value.numerator)
        if value.numerator.bit_length() + value.denominator.bit_length() > MAX_BITS:
            raise Refusal(TOO_LARGE)
    elif kind is float:
        if not math.isfinite(value):
            raise Refusal(TOO_LARGE)
    elif kind is str:
        if len(value) > MAX_TEXT:
            raise Refusal(TOO_LONG)
    elif (kind is tuple or kind is dict) and len(value) > MAX_LIST:
        raise Refusal(TOO_LONG)
    elif kind is complex:
        raise Refusal("Không tính được luỹ thừa này với số âm.")
    return value


def is_number(value: Value) -> bool:
    return isinstance(value, _NUMBERS)


def _both_numbers(sign: str, left: Value, right: Value) -> None:
    if not (is_number(left) and is_number(right)):
        raise Refusal("Phép “{sign}” không làm được với {left} và {right}.", sign=sign, **_kinds(left, right))


def _kinds(left: Value, right: Value) -> dict[str, str]:
    return {"left": kind_of(left), "right": kind_of(right)}


def kind_of(value: Value) -> str:
    """A word for what ``value`` is, as it stands in messages (Vietnamese)."""
    if isinstance(value, bool):
        return "giá trị đúng/sai"
    if is_number(value):
        return "số"
    names: dict[type, str] = {str: "đoạn chữ", tuple: "danh sách", dict: "bảng"}
    kind: type = type(value)
    return names.get(kind, "hàm")


def items_of(value: Value) -> Iterable[Value]:
    """What a loop goes through: the items of a list, the letters of a text, the names of a table."""
    if type(value) in {tuple, str, dict}:
        return value  # type: ignore[no-any-return]
    raise Refusal("Cần một danh sách, không phải {kind}.", kind=kind_of(value))


def add(left: Value, right: Value) -> Value:
    kind = type(left)
    if kind is type(right) and (kind is str or kind is tuple):
        return left + right
    _both_numbers("+", left, right)
    return left + right


def subtract(left: Value, right: Value) -> Value:
    _both_numbers("-", left, right)
    return left - right


def multiply(left: Value, right: Value) -> Value:
    for some, times in ((left, right), (right, left)):
        if type(some) in {str, tuple} and type(times) is int:
            if len(some) * times > (MAX_TEXT if type(some) is str else MAX_LIST):
                raise Refusal(TOO_LONG)
            return some * times
    _both_numbers("*", left, right)
    return left * right


def divide(left: Value, right: Value) -> Value:
    _both_numbers("/", left, right)
    _check_divisor(right)
    if type(left) is float or type(right) is float:
        return left / right
    return Fraction(left) / Fraction(right)


def floor_divide(left: Value, right: Value) -> Value:
    _both_numbers("//", left, right)
    _check_divisor(right)
    return left // right


def remainder(left: Value, right: Value) -> Value:
    _both_numbers("%", left, right)
    _check_divisor(right)
    return left % right


def _check_divisor(value: Value) -> None:
    if not value:
        raise Refusal("Chia cho 0.")


def power(base: Value, exponent: Value) -> Value:
    _both_numbers("**", base, exponent)
    if type(exponent) is Fraction:
        if type(base) is not float:
            raise Refusal("Số mũ phải là số nguyên; để lấy căn, dùng sqrt(…).")
        exponent = float(exponent)
    if isinstance(exponent, int) and not isinstance(base, float):
        if exponent < 0:
            _check_divisor(base)
            base = Fraction(base)
        bits = max(abs(base.numerator).bit_length(), base.denominator.bit_length())
        if (bits > 1 and bits * abs(exponent) > MAX_BITS) or abs(exponent) > 10_000:
            raise Refusal(TOO_LARGE)
    return base**exponent


def either_bit(left: Value, right: Value) -> Value:
    if type(left) is dict and type(right) is dict:
        return left | right
    _both_whole("|", left, right)
    return left | right


def both_bits(left: Value, right: Value) -> Value:
    _both_whole("&", left, right)
    return left & right


def unlike_bits(left: Value, right: Value) -> Value:
    _both_whole("^", left, right)
    return left ^ right


def _both_whole(sign: str, left: Value, right: Value) -> None:
    if type(left) is not int or type(right) is not int:
        raise Refusal("Phép “{sign}” không làm được với {left} và {right}.", sign=sign, **_kinds(left, right))


def negate(value: Value) -> Value:
    if not is_number(value):
        raise Refusal("Không đổi dấu được {kind}.", kind=kind_of(value))
    return -value


def contains(item: Value, whole: Value) -> bool:
    if type(whole) is str and type(item) is not str:
        raise Refusal("Phép “in” trong đoạn chữ cần một đoạn chữ.")
    if type(whole) not in {str, tuple, dict}:
        raise Refusal("Phép “in” cần danh sách, bảng hoặc đoạn chữ.")
    return item in whole


def ordered(left: Value, right: Value) -> None:
    """Refuse to compare what has no order."""
    if (is_number(left) and is_number(right)) or (type(left) is type(right) and type(left) in {str, tuple}):
        return
    raise Refusal("Không so sánh lớn bé được {left} với {right}.", **_kinds(left, right))


def element(whole: Value, index: Value) -> Value:
    if type(whole) is dict:
        if type(index) not in {str, int, Fraction, bool, tuple} or index not in whole:
            name = kind_of(index) if type(index) in _NESTED else str(index)[:60]
            raise Refusal("Bảng không có mục “{name}”.", name=name)
        return whole[index]
    if type(whole) not in {str, tuple}:
        raise Refusal("Chỉ lấy được phần tử của danh sách, bảng hoặc đoạn chữ.")
    if not isinstance(index, int):
        raise Refusal("Vị trí trong danh sách phải là số nguyên.")
    if not -len(whole) <= index < len(whole):
        raise Refusal("Danh sách chỉ có {count} phần tử, không có vị trí {index}.", count=len(whole), index=index)
    return whole[index]


def part_of(whole: Value, start: Value, stop: Value, step: Value) -> Value:
    if type(whole) not in {str, tuple}:
        raise Refusal("Chỉ cắt được danh sách hoặc đoạn chữ.")
    for place in (start, stop, step):
        if place is not None and type(place) is not int:
            raise Refusal("Vị trí trong danh sách phải là số nguyên.")
    if step == 0:
        raise Refusal("Bước nhảy phải khác 0.")
    return whole[start:stop:step]


def member(whole: Value, name: str) -> Value:
    """``row.base``: only of tables, never of Python's objects."""
    if type(whole) is not dict:
        raise Refusal("Chỉ bảng mới có mục tên: “.{name}” không dùng được với {kind}.", name=name, kind=kind_of(whole))
    return element(whole, name)


def as_value(data: Any, depth: int = 0) -> Value:
    """Data of a file as values: lists become tuples, decimals exact fractions."""
    if depth > MAX_NESTING:
        raise Refusal("Danh sách lồng nhau quá sâu.")
    if isinstance(data, Mapping):
        return {str(name): as_value(item, depth + 1) for name, item in data.items()}
    if isinstance(data, list | tuple):
        return tuple(as_value(item, depth + 1) for item in data)
    if isinstance(data, float):
        if not math.isfinite(data):
            raise Refusal("Bảng chỉ chứa được chữ, số, danh sách và bảng.")
        return checked(Fraction(repr(data)))
    if isinstance(data, str | int | Fraction):
        return checked(data)
    raise Refusal("Bảng chỉ chứa được chữ, số, danh sách và bảng.")


BINARY: dict[str, Callable[[Value, Value], Value]] = {
    "Add": add,
    "Sub": subtract,
    "Mult": multiply,
    "Div": divide,
    "FloorDiv": floor_divide,
    "Mod": remainder,
    "Pow": power,
    "BitOr": either_bit,
    "BitAnd": both_bits,
}
