"""The expressions of QTI 2.x and 3.0 response processing, with the values they are made of.

A value is NULL (``None``) or a tuple of simple values: text, numbers (``Fraction``), booleans, pairs. What is not
known here (custom operators, points, records) raises ``Unscorable``; nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from lxml import etree

from quizbank.questions.formats.qti_names import attribute, child, children, is_true, name_of, words_of

Simple = str | Fraction | bool | frozenset[str] | tuple[str, ...]
Value = tuple[Simple, ...] | None
ROUNDING_MODES = {"decimalPlaces", "significantFigures"}
MAX_DIGITS = 60
_ASCII_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")


class Unscorable(ValueError):
    """Response processing uses something that is not known here; the message names it."""


@dataclass(frozen=True)
class Mapping_:
    """``mapping`` of a response: what each value is worth."""

    entries: tuple[tuple[Simple, Fraction, bool], ...]
    default: Fraction
    lower: Fraction | None
    upper: Fraction | None


@dataclass(frozen=True)
class Declared:
    """A response variable: how its values are written, the right ones, and what each is worth."""

    identifier: str
    cardinality: str
    base_type: str
    correct: Value
    mapping: Mapping_ | None


@dataclass
class Scope:
    """What expressions look up: declared responses, the answers given, outcomes so far."""

    declared: Mapping[str, Declared]
    given: Mapping[str, Value]
    outcomes: dict[str, Value] = field(default_factory=dict)
    tables: Mapping[str, etree._Element] = field(default_factory=dict)


def number_of(text: str) -> Fraction | None:
    text = text.strip()
    if len(text) > MAX_DIGITS or not _ASCII_NUMBER.fullmatch(text):
        return None
    try:
        return Fraction(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def simple_of(text: str, base_type: str) -> Simple:
    """A value as it is compared.

    Raises:
        Unscorable: it is no value of this type.
    """
    text = text.strip() if base_type != "string" else text
    if base_type in ("integer", "float", "duration"):
        number = number_of(text.replace(",", ".") if base_type == "float" else text)
        if number is None:
            raise Unscorable(f"{base_type} {text[:40]}")
        return number
    if base_type == "boolean":
        return text.lower() in ("true", "1")
    if base_type == "pair":
        return frozenset(text.split())
    if base_type == "directedPair":
        return tuple(text.split())
    if base_type in ("identifier", "string", "uri", "intOrIdentifier", ""):
        return text.strip()
    raise Unscorable(base_type)


def evaluate(element: etree._Element, scope: Scope) -> Value:
    """What an expression comes to.

    Raises:
        Unscorable: something in it is not known.
    """
    name = name_of(element)
    if name in _READERS:
        return _READERS[name](element, scope)
    if name not in _OPERATORS:
        raise Unscorable(name)
    return _OPERATORS[name](element, [evaluate(operand, scope) for operand in children(element)])


def truth_of(value: Value) -> bool:
    return value is not None and value[:1] == (True,)


def _variable(element: etree._Element, scope: Scope) -> Value:
    identifier = attribute(element, "identifier")
    if identifier in scope.declared:
        return scope.given.get(identifier)
    return scope.outcomes.get(identifier)


def _correct(element: etree._Element, scope: Scope) -> Value:
    declared = scope.declared.get(attribute(element, "identifier"))
    return declared.correct if declared else None


def _base_value(element: etree._Element, _scope: Scope) -> Value:
    return (simple_of(element.text or "", attribute(element, "baseType")),)


def _map_response(element: etree._Element, scope: Scope) -> Value:
    identifier = attribute(element, "identifier")
    declared = scope.declared.get(identifier)
    if declared is None or declared.mapping is None:
        raise Unscorable("mapResponse")
    return (mapped(declared.mapping, scope.given.get(identifier)),)


def mapped(mapping: Mapping_, value: Value) -> Fraction:
    """What a response is worth: the sum over its different values, within the bounds."""
    total = sum((_worth(mapping, single) for single in dict.fromkeys(value or ())), Fraction(0))
    if mapping.lower is not None:
        total = max(total, mapping.lower)
    return total if mapping.upper is None else min(total, mapping.upper)


def _worth(mapping: Mapping_, single: Simple) -> Fraction:
    for key, worth, is_case_sensitive in mapping.entries:
        same = key == single
        if not same and not is_case_sensitive and isinstance(key, str) and isinstance(single, str):
            same = key.casefold() == single.casefold()
        if same:
            return worth
    return mapping.default


def _lookup(element: etree._Element, scope: Scope) -> Value:
    value = evaluate(children(element)[0], scope)
    table = scope.tables.get(attribute(element, "identifier"))
    numbers = _numbers([value])
    if table is None or numbers is None:
        raise Unscorable("lookupOutcomeValue")
    for entry in children(table):
        source = number_of(attribute(entry, "sourceValue"))
        target = number_of(attribute(entry, "targetValue"))
        is_match = source is not None and (
            numbers[0] == source if name_of(table) == "matchTable" else numbers[0] >= source
        )
        is_match = is_match or (source is not None and numbers[0] == source and is_true(entry, "includeBoundary"))
        if is_match and target is not None:
            return (target,)
    default = number_of(attribute(table, "defaultValue"))
    return None if default is None else (default,)


def _numbers(values: Sequence[Value]) -> list[Fraction] | None:
    """Every number in the operands, those written as text too, or None where one is NULL or no number."""
    found: list[Fraction] = []
    for value in values:
        for single in value or (None,):
            number = number_of(single) if isinstance(single, str) else single
            if isinstance(number, bool) or not isinstance(number, Fraction):
                return None
            found.append(number)
    return found


def _with_numbers(
    calculate: Callable[[etree._Element, list[Fraction]], Simple | None],
) -> Callable[[etree._Element, Sequence[Value]], Value]:
    def operator(element: etree._Element, values: Sequence[Value]) -> Value:
        numbers = _numbers(values)
        result = calculate(element, numbers) if numbers else None
        return None if result is None else (result,)

    return operator


def _product(_element: etree._Element, numbers: list[Fraction]) -> Fraction:
    total = Fraction(1)
    for number in numbers:
        total *= number
    return total


def _quotient(_element: etree._Element, numbers: list[Fraction]) -> Fraction | None:
    return numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else None


def _equal(element: etree._Element, numbers: list[Fraction]) -> bool:
    if len(numbers) != 2:
        return False
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


def _equal_rounded(element: etree._Element, numbers: list[Fraction]) -> bool:
    mode, figures = attribute(element, "roundingMode") or "significantFigures", attribute(element, "figures")
    if mode not in ROUNDING_MODES or not figures.isdigit() or len(numbers) != 2 or int(figures) > 30:
        raise Unscorable("equalRounded")
    rounded = [
        round(number, int(figures)) if mode == "decimalPlaces" else Fraction(f"{float(number):.{int(figures)}g}")
        for number in numbers
    ]
    return rounded[0] == rounded[1]


def _match(_element: etree._Element, values: Sequence[Value]) -> Value:
    if len(values) != 2 or None in values:
        return None
    first, second = values
    return (sorted(map(str, first or ())) == sorted(map(str, second or ())) if _is_bag(first) else first == second,)


def _is_bag(value: Value) -> bool:
    return value is not None and len(value) != 1


def _string_match(element: etree._Element, values: Sequence[Value]) -> Value:
    if None in values or len(values) != 2:
        return None
    first, second = (str((value or ("",))[0]) for value in values)
    if attribute(element, "caseSensitive").lower() == "false":
        first, second = first.casefold(), second.casefold()
    if is_true(element, "substring"):
        return (second in first,)
    return (first == second,)


def _substring(element: etree._Element, values: Sequence[Value]) -> Value:
    if None in values or len(values) != 2:
        return None
    first, second = (str((value or ("",))[0]) for value in values)
    if attribute(element, "caseSensitive").lower() == "false":
        first, second = first.casefold(), second.casefold()
    return (first in second,)


def _member(_element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    return None if first is None or second is None else (first[0] in second,)


def _contains(_element: etree._Element, values: Sequence[Value]) -> Value:
    first, second = values
    return None if first is None or second is None else (set(second) <= set(first),)


def _and(_element: etree._Element, values: Sequence[Value]) -> Value:
    return (all(truth_of(value) for value in values),)


def _or(_element: etree._Element, values: Sequence[Value]) -> Value:
    return (any(truth_of(value) for value in values),)


def _not(_element: etree._Element, values: Sequence[Value]) -> Value:
    return None if values[0] is None else (not truth_of(values[0]),)


def _is_null(_element: etree._Element, values: Sequence[Value]) -> Value:
    return (values[0] is None or values[0] in ((), ("",)),)


def _container(_element: etree._Element, values: Sequence[Value]) -> Value:
    together = tuple(single for value in values if value is not None for single in value)
    return together or None


def _size(_element: etree._Element, values: Sequence[Value]) -> Value:
    return (Fraction(len(values[0] or ())),)


def _any_n(element: etree._Element, values: Sequence[Value]) -> Value:
    least, most = attribute(element, "min"), attribute(element, "max")
    if not least.isdigit() or not most.isdigit():
        raise Unscorable("anyN")
    return (int(least) <= sum(truth_of(value) for value in values) <= int(most),)


def _null(_element: etree._Element, _scope: Scope) -> Value:
    return None


def _chosen(element: etree._Element) -> str:
    return words_of(child(element, "value"))


_READERS: Mapping[str, Callable[[etree._Element, Scope], Value]] = {
    "variable": _variable,
    "correct": _correct,
    "baseValue": _base_value,
    "mapResponse": _map_response,
    "lookupOutcomeValue": _lookup,
    "null": _null,
}
_OPERATORS: Mapping[str, Callable[[etree._Element, Sequence[Value]], Value]] = {
    "sum": _with_numbers(lambda _, numbers: sum(numbers, Fraction(0))),
    "subtract": _with_numbers(lambda _, numbers: numbers[0] - numbers[1] if len(numbers) == 2 else None),
    "product": _with_numbers(_product),
    "divide": _with_numbers(_quotient),
    "min": _with_numbers(lambda _, numbers: min(numbers)),
    "max": _with_numbers(lambda _, numbers: max(numbers)),
    "round": _with_numbers(lambda _, numbers: Fraction(int(numbers[0] + Fraction(1, 2) // 1))),
    "truncate": _with_numbers(lambda _, numbers: Fraction(int(numbers[0]))),
    "integerToFloat": _with_numbers(lambda _, numbers: numbers[0]),
    "equal": _with_numbers(_equal),
    "equalRounded": _with_numbers(_equal_rounded),
    "gt": _with_numbers(lambda _, numbers: numbers[0] > numbers[1]),
    "gte": _with_numbers(lambda _, numbers: numbers[0] >= numbers[1]),
    "lt": _with_numbers(lambda _, numbers: numbers[0] < numbers[1]),
    "lte": _with_numbers(lambda _, numbers: numbers[0] <= numbers[1]),
    "match": _match,
    "stringMatch": _string_match,
    "substring": _substring,
    "member": _member,
    "contains": _contains,
    "and": _and,
    "or": _or,
    "not": _not,
    "isNull": _is_null,
    "multiple": _container,
    "ordered": _container,
    "containerSize": _size,
    "anyN": _any_n,
}
