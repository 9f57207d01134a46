"""Functions on lists and tables."""

import itertools
import math
from typing import Any

from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.functions import Cost, library
from quizbank.item_templates.names import Lambda
from quizbank.item_templates.operations import MAX_LIST, TOO_LONG, Run, Value, checked, is_number, items_of, ordered

GROUP = "Danh sách và bảng"
DEEP = Cost.DEEP


def _whole(*values: Value) -> None:
    if any(type(value) is not int for value in values):
        raise Refusal("Các đầu và bước của dãy phải là số nguyên.")


def _numbers(low: int, high: int, step: int) -> tuple[int, ...]:
    _whole(low, high, step)
    if step == 0 or abs(high - low) // abs(step) > MAX_LIST:
        raise Refusal(TOO_LONG)
    return tuple(range(low, high, step))


@library("span(a, b, step = 1)", "các số nguyên từ a đến b, kể cả b", GROUP)
def span(low: int, high: int, step: int = 1) -> tuple[int, ...]:
    _whole(low, high, step)
    return _numbers(low, high + (1 if step > 0 else -1), step)


@library("range(a, b, step = 1)", "các số nguyên từ a đến trước b; range(n) từ 0", GROUP)
def numbers_before(low: int, high: int | None = None, step: int = 1) -> tuple[int, ...]:
    return _numbers(0, low, step) if high is None else _numbers(low, high, step)


@library("nonzero(a, b)", "các số nguyên khác 0 từ a đến b", GROUP)
def nonzero(low: int, high: int) -> tuple[int, ...]:
    return tuple(value for value in span(low, high) if value)


@library("len(list)", "số phần tử, số chữ", GROUP, cost=Cost.FIXED)
def length(values: Value) -> int:
    if type(values) not in {tuple, str, dict}:
        raise Refusal("Chỉ đếm được danh sách, bảng hoặc đoạn chữ.")
    return len(values)


@library("sum(list)", "tổng các số", GROUP)
def total_of(values: Value, start: Value = 0) -> Value:
    result = start
    for value in items_of(values):
        if type(value) is str or type(value) is tuple:
            raise Refusal("Hàm sum chỉ cộng các số.")
        result = checked(result + value)
    return result


@library("prod(list)", "tích các số", GROUP)
def product_of(values: Value, start: Value = 1) -> Value:
    result = start
    for value in (start, *items_of(values)):
        if not is_number(value):
            raise Refusal("Hàm prod chỉ nhân các số.")
    for value in items_of(values):
        result = checked(result * value)
    return result


def _extreme(run: Run, values: tuple[Value, ...], by: Value, pick: Any) -> Value:
    items = tuple(items_of(values[0])) if len(values) == 1 else values
    if not items:
        raise Refusal("Danh sách không có phần tử nào.")
    run.weigh(items)
    keys = _keys(run, items, by)
    best = pick(range(len(items)), key=keys.__getitem__)
    return items[best]


@library(
    "min(list)",
    "phần tử nhỏ nhất; min(a, b) cũng được; by = hàm để so",
    GROUP,
    keywords=("by",),
    wants_run=True,
    picks=True,
)
def least(run: Run, *values: Value, by: Value = None) -> Value:
    return _extreme(run, values, by, min)


@library(
    "max(list)",
    "phần tử lớn nhất; max(a, b) cũng được; by = hàm để so",
    GROUP,
    keywords=("by",),
    wants_run=True,
    picks=True,
)
def most(run: Run, *values: Value, by: Value = None) -> Value:
    return _extreme(run, values, by, max)


def _keys(run: Run, items: tuple[Value, ...], by: Value) -> list[Value]:
    if by is None:
        keys = list(items)
    elif isinstance(by, Lambda) and by.count == 1:
        keys = [by(run, [item]) for item in items]
    else:
        raise Refusal("by phải là tên một hàm có một biến, định nghĩa trong câu mẫu.")
    for key in keys[1:]:
        ordered(keys[0], key)
    return keys


@library(
    "sorted(list, by = f, reverse = False)",
    "danh sách xếp tăng dần; by: hàm cho giá trị để so",
    GROUP,
    cost=DEEP,
    keywords=("by", "reverse"),
    wants_run=True,
)
def in_order(run: Run, values: Value, by: Value = None, reverse: bool = False) -> tuple[Value, ...]:
    items = tuple(items_of(values))
    run.spend(4 * len(items))
    keys = _keys(run, items, by)
    return tuple(items[place] for place in sorted(range(len(items)), key=keys.__getitem__, reverse=bool(reverse)))


@library("reversed(list)", "danh sách viết ngược", GROUP)
def backwards(values: Value) -> Value:
    return values[::-1] if type(values) in {str, tuple} else tuple(items_of(values))[::-1]


@library("distinct(list)", "bỏ các phần tử lặp lại", GROUP, cost=DEEP, wants_run=True)
def distinct(run: Run, values: Value) -> tuple[Value, ...]:
    run.weigh_keys(items_of(values))
    return tuple(dict.fromkeys(items_of(values)))


@library("list(values)", "các phần tử thành danh sách, các chữ của đoạn chữ", GROUP)
def as_list(values: Value) -> tuple[Value, ...]:
    return tuple(items_of(values))


@library("zip(a, b, …)", "ghép các danh sách thành các bộ, đến hết danh sách ngắn nhất", GROUP)
def zipped(*values: Value) -> tuple[Value, ...]:
    return tuple(zip(*(items_of(value) for value in values), strict=False))


@library("enumerate(list, start = 0)", "các bộ (số thứ tự, phần tử)", GROUP)
def numbered(values: Value, start: int = 0) -> tuple[Value, ...]:
    _whole(start)
    return tuple(enumerate(items_of(values), start))


@library("any(list)", "có phần tử đúng", GROUP)
def some(values: Value) -> bool:
    return any(items_of(values))


@library("all(list)", "mọi phần tử đều đúng", GROUP)
def every(values: Value) -> bool:
    return all(items_of(values))


@library("count(list, x)", "số lần x có trong danh sách hoặc đoạn chữ", GROUP, cost=DEEP)
def occurrences(values: Value, item: Value) -> int:
    if type(values) is str and (type(item) is not str or not item):
        raise Refusal("Hàm count trong đoạn chữ cần một đoạn chữ khác rỗng.")
    return int((values if type(values) is str else tuple(items_of(values))).count(item))


@library("index(list, x)", "vị trí đầu tiên của x, tính từ 0", GROUP, cost=DEEP)
def place_of(values: Value, item: Value) -> int:
    return int((values if type(values) is str else tuple(items_of(values))).index(item))


@library("first(list, otherwise)", "phần tử đầu tiên, hoặc otherwise nếu danh sách rỗng", GROUP, picks=True)
def first(values: Value, *otherwise: Value) -> Value:
    for value in items_of(values):
        return value
    if not otherwise:
        raise Refusal("Danh sách không có phần tử nào.")
    return otherwise[0]


@library("items(table)", "các bộ (tên, giá trị) của bảng", GROUP)
def items(table: Value) -> tuple[Value, ...]:
    return tuple(_table(table).items())


@library("keys(table)", "các tên của bảng", GROUP)
def keys(table: Value) -> tuple[Value, ...]:
    return tuple(_table(table))


@library("values(table)", "các giá trị của bảng", GROUP)
def values_of(table: Value) -> tuple[Value, ...]:
    return tuple(_table(table).values())


@library("dict(pairs)", "bảng từ các bộ (tên, giá trị)", GROUP, wants_run=True)
def as_table(run: Run, pairs: Value) -> dict[Value, Value]:
    rows = [(name, value) for name, value in items_of(pairs)]
    run.weigh_keys(name for name, _value in rows)
    return dict(rows)


@library("get(table, name, otherwise)", "mục của bảng, hoặc otherwise nếu không có", GROUP, picks=True)
def get(table: Value, name: Value, otherwise: Value) -> Value:
    return _table(table).get(name, otherwise)


def _table(value: Value) -> dict[Value, Value]:
    if type(value) is not dict:
        raise Refusal("Cần một bảng.")
    return value


def _bounded(count: int) -> None:
    if count > MAX_LIST:
        raise Refusal(TOO_LONG)


@library("product(a, b, …)", "mọi bộ gồm một phần tử của mỗi danh sách", GROUP)
def product(*values: Value) -> tuple[Value, ...]:
    lists, count = [tuple(items_of(value)) for value in values], 1
    for row in lists:
        count *= len(row)
        _bounded(count * len(lists))
    return tuple(itertools.product(*lists))


@library("combinations(list, k)", "mọi cách chọn k phần tử của danh sách", GROUP)
def combinations(values: Value, count: int) -> tuple[Value, ...]:
    row = tuple(items_of(values))
    _whole(count)
    if count < 0 or len(row) > MAX_LIST or count > 100:
        raise Refusal(TOO_LONG)
    _bounded(math.comb(len(row), count) * max(count, 1))
    return tuple(itertools.combinations(row, count))


@library(
    "accumulate(f, start, list)",
    "start, f(start, x₁), f(f(start, x₁), x₂), …: các giá trị nối tiếp nhau",
    GROUP,
    wants_run=True,
)
def accumulate(run: Run, step: Value, start: Value, values: Value) -> tuple[Value, ...]:
    if not isinstance(step, Lambda) or step.count != 2:
        raise Refusal("accumulate cần tên một hàm có hai biến, định nghĩa trong câu mẫu.")
    states = [start]
    for value in items_of(values):
        states.append(step(run, [states[-1], value]))
        run.weigh(states[-1])
    return tuple(states)
