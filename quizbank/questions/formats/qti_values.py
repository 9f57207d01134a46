"""The values of QTI 2.x and 3.0 response processing, and what an item declares of its variables.

A value is NULL (``None``) or a tuple of simple values: text, numbers (``Fraction``), booleans, pairs, points. Where
the order counts the tuple is an ``Ordered``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Protocol

from lxml import etree

Simple = str | Fraction | bool | frozenset[str] | tuple[str, ...]
Value = tuple[Simple, ...] | None
MAX_DIGITS = 60
MAX_BITS = 10_000
"""Of a number on the way: what multiplies itself again and again is given up."""
MAX_MEMBERS = 1_000
_ASCII_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")


class Unscorable(ValueError):
    """Response processing uses something that is not known here; the message names it."""


class Scores(Protocol):
    """Whatever can score a response, of any version of QTI."""

    def score(self, given: Mapping[str, Value]) -> Fraction:
        """What these answers earn.

        Raises:
            Unscorable: something in the processing is not known.
        """
        ...


class Ordered(tuple[Simple, ...]):
    """A value whose members have an order."""

    __slots__ = ()


@dataclass(frozen=True)
class Mapping_:
    """``mapping`` of a response: what each value is worth."""

    entries: tuple[tuple[Simple, Fraction, bool], ...]
    default: Fraction
    lower: Fraction | None
    upper: Fraction | None


@dataclass(frozen=True)
class Area:
    """A part of a picture, and what a point in it is worth."""

    shape: str
    coordinates: tuple[Fraction, ...]
    worth: Fraction = Fraction(0)


@dataclass(frozen=True)
class AreaMapping:
    """``areaMapping`` of a response: what a point in each area is worth; an area counts once."""

    areas: tuple[Area, ...]
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
    areas: AreaMapping | None = None
    default: Value = None


@dataclass(frozen=True)
class Table:
    """``matchTable`` or ``interpolationTable`` of an outcome."""

    element: etree._Element
    base_type: str


@dataclass
class Scope:
    """What expressions look up: declared responses, the answers given, outcomes so far."""

    declared: Mapping[str, Declared]
    given: Mapping[str, Value]
    outcomes: dict[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    defaults: Mapping[str, Value] = field(default_factory=dict)


def number_of(text: str) -> Fraction | None:
    """The number that a text is, or None."""
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
    if base_type in ("directedPair", "point"):
        return tuple(text.split())
    if base_type in ("identifier", "string", "uri", "intOrIdentifier", ""):
        return text.strip()
    raise Unscorable(base_type)


def in_order(value: Value, cardinality: str) -> Value:
    """The value with the order that its variable gives it."""
    return Ordered(value) if value is not None and cardinality == "ordered" else value


def checked(value: Value) -> Value:
    """The value, if it has not grown beyond all measure.

    Raises:
        Unscorable: it has.
    """
    if value is None:
        return None
    if len(value) > MAX_MEMBERS:
        raise Unscorable("container")
    for single in value:
        if isinstance(single, Fraction) and single.numerator.bit_length() + single.denominator.bit_length() > MAX_BITS:
            raise Unscorable("number")
    return value


def mapped(mapping: Mapping_, value: Value) -> Fraction:
    """What a response is worth: the sum over its different values, within the bounds."""
    total = sum((_worth(mapping, single) for single in dict.fromkeys(value or ())), Fraction(0))
    return bounded(total, mapping.lower, mapping.upper)


def bounded(total: Fraction, lower: Fraction | None, upper: Fraction | None) -> Fraction:
    """The total, or the bound beyond which it lies."""
    if lower is not None:
        total = max(total, lower)
    return total if upper is None else min(total, upper)


def _worth(mapping: Mapping_, single: Simple) -> Fraction:
    for key, worth, is_case_sensitive in mapping.entries:
        same = key == single
        if not same and not is_case_sensitive and isinstance(key, str) and isinstance(single, str):
            same = key.casefold() == single.casefold()
        if same:
            return worth
    return mapping.default
