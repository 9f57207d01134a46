"""The expressions of QTI 2.x and 3.0 that work on numbers. Any NULL among the operands makes the result NULL."""

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce

from lxml import etree

from quizbank.questions.formats.qti_names import attribute
from quizbank.questions.formats.qti_values import MAX_BITS, Simple, Unscorable, Value, checked, number_of

Operator = Callable[[etree._Element, Sequence[Value]], Value]
_Join = Callable[[Fraction, Fraction], Fraction]
_Calculation = Callable[[etree._Element, list[Fraction]], Simple | None]
MAX_FIGURES = 30
MAX_EXPONENT = 1_000
_HALF = Fraction(1, 2)
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "atan2": math.atan2,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "log": math.log10,
    "ln": math.log,
    "exp": math.exp,
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}
CONSTANTS = {"pi": Fraction(math.pi), "e": Fraction(math.e)}


def numbers_in(values: Sequence[Value]) -> list[Fraction] | None:
    """Every number in the operands, those written as text too, or None where one is NULL or no number."""
    found: list[Fraction] = []
    for value in values:
        for single in value or (None,):
            number = number_of(single) if isinstance(single, str) else single
            if isinstance(number, bool) or not isinstance(number, Fraction):
                return None
            found.append(number)
    return found


def _calculating(calculate: _Calculation) -> Operator:
    def calculated(element: etree._Element, values: Sequence[Value]) -> Value:
        numbers = numbers_in(values)
        result = calculate(element, numbers) if numbers else None
        return None if result is None else (result,)

    return calculated


def _of_two(calculate: Callable[[Fraction, Fraction], Simple | None]) -> Operator:
    return _calculating(lambda _, numbers: calculate(*numbers) if len(numbers) == 2 else None)


def _of_one(calculate: Callable[[Fraction], Simple]) -> Operator:
    return _calculating(lambda _, numbers: calculate(numbers[0]) if len(numbers) == 1 else None)


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator == 1 and abs(exponent) <= MAX_EXPONENT and base.numerator.bit_length() <= 64:
        if (base.numerator.bit_length() + base.denominator.bit_length()) * abs(exponent) > MAX_BITS:
            raise Unscorable("number")
        return base**exponent.numerator if base or exponent >= 0 else None
    result = float(base) ** float(exponent)
    return Fraction(result) if isinstance(result, float) and math.isfinite(result) else None


def _whole(number: Fraction) -> int:
    if number.denominator != 1:
        raise Unscorable("integer")
    return number.numerator


def _equal(element: etree._Element, numbers: list[Fraction]) -> bool | None:
    if len(numbers) != 2:
        return None
    first, second = numbers
    mode = attribute(element, "toleranceMode") or "exact"
    if mode == "exact":
        return first == second
    bounds = [number_of(part) for part in attribute(element, "tolerance").split()]
    if not bounds or None in bounds or len(bounds) > 2:
        raise Unscorable("equal tolerance")
    below, above = Fraction(bounds[0] or 0), Fraction(bounds[-1] or 0)
    if mode == "relative":
        below, above = abs(first) * below / 100, abs(first) * above / 100
    lower, upper = first - below, first + above
    is_lower = second > lower or (second == lower and attribute(element, "includeLowerBound") != "false")
    return is_lower and (second < upper or (second == upper and attribute(element, "includeUpperBound") != "false"))


def _rounded(element: etree._Element, number: Fraction) -> Fraction:
    """Halves upward, as many places or figures as the element says."""
    mode, said = attribute(element, "roundingMode") or "significantFigures", attribute(element, "figures")
    if not said.isdecimal() or int(said) > MAX_FIGURES or mode not in ("decimalPlaces", "significantFigures"):
        raise Unscorable("figures")
    places = int(said)
    if mode == "significantFigures":
        if not number:
            return number
        places = int(said) - 1 - math.floor(math.log10(abs(number)))
    step = Fraction(10) ** places
    return Fraction(math.floor(abs(number) * step + _HALF), 1) / step * (1 if number >= 0 else -1)


def _equal_rounded(element: etree._Element, numbers: list[Fraction]) -> bool | None:
    return _rounded(element, numbers[0]) == _rounded(element, numbers[1]) if len(numbers) == 2 else None


def _function(element: etree._Element, numbers: list[Fraction]) -> Fraction | None:
    name = attribute(element, "name")
    if name in ("floor", "ceil"):
        return Fraction(math.floor(numbers[0]) if name == "floor" else math.ceil(numbers[0]))
    if name in ("abs", "signum"):
        return abs(numbers[0]) if name == "abs" else Fraction((numbers[0] > 0) - (numbers[0] < 0))
    if name not in _FUNCTIONS:
        raise Unscorable(f"mathOperator {name}")
    if len(numbers) != (2 if name == "atan2" else 1):
        return None
    result = _FUNCTIONS[name](*map(float, numbers))
    return Fraction(result) if math.isfinite(result) else None


def _total(numbers: Iterable[Fraction]) -> Fraction:
    return reduce(_within_measure(operator.add), numbers, Fraction(0))


def _statistic(element: etree._Element, numbers: list[Fraction]) -> Fraction | None:
    name, count = attribute(element, "name"), len(numbers)
    mean = _total(numbers) / count
    if name == "mean":
        return mean
    squares = _total((number - mean) ** 2 for number in numbers)
    below = count - 1 if name.startswith("sample") else count
    if name not in ("sampleVariance", "popVariance", "sampleSD", "popSD"):
        raise Unscorable(f"statsOperator {name}")
    if not below:
        return None
    return squares / below if name.endswith("Variance") else Fraction(math.sqrt(squares / below))


def _within_measure(join: _Join) -> _Join:
    def joined(first: Fraction, second: Fraction) -> Fraction:
        result = join(first, second)
        checked((result,))
        return result

    return joined


def _folding(join: _Join, start: int) -> Operator:
    """All operands together, given up as soon as the result grows beyond all measure."""
    joined = _within_measure(join)
    return _calculating(lambda _, numbers: reduce(joined, numbers, Fraction(start)))


OPERATORS: Mapping[str, Operator] = {
    "sum": _folding(operator.add, 0),
    "product": _folding(operator.mul, 1),
    "min": _calculating(lambda _, numbers: min(numbers)),
    "max": _calculating(lambda _, numbers: max(numbers)),
    "gcd": _calculating(lambda _, numbers: Fraction(math.gcd(*map(_whole, numbers)))),
    "lcm": _folding(lambda first, second: Fraction(math.lcm(_whole(first), _whole(second))), 1),
    "subtract": _of_two(lambda first, second: first - second),
    "divide": _of_two(lambda first, second: first / second if second else None),
    "integerDivide": _of_two(lambda first, second: Fraction(first // second) if second else None),
    "integerModulus": _of_two(lambda first, second: first % second if second else None),
    "power": _of_two(_power),
    "gt": _of_two(lambda first, second: first > second),
    "gte": _of_two(lambda first, second: first >= second),
    "lt": _of_two(lambda first, second: first < second),
    "lte": _of_two(lambda first, second: first <= second),
    "durationGTE": _of_two(lambda first, second: first >= second),
    "durationLT": _of_two(lambda first, second: first < second),
    "round": _of_one(lambda number: Fraction(math.floor(number + _HALF))),
    "truncate": _of_one(lambda number: Fraction(math.trunc(number))),
    "integerToFloat": _of_one(lambda number: number),
    "equal": _calculating(_equal),
    "equalRounded": _calculating(_equal_rounded),
    "roundTo": _calculating(lambda element, numbers: _rounded(element, numbers[0])),
    "mathOperator": _calculating(_function),
    "statsOperator": _calculating(_statistic),
}
