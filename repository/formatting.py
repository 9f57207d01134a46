"""Dates, numbers, marks and sizes as the reader's language writes them; templates know these as filters."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask_babel import format_date, format_datetime, format_decimal, get_locale


def format_day(value: dt.date | dt.datetime | None) -> str:
    """``20/11/2026``, in Vietnam's time; nothing for None."""
    return str(format_date(value, "dd/MM/yyyy")) if value else ""


def format_moment(value: dt.datetime | None) -> str:
    return str(format_datetime(value, "dd/MM/yyyy HH:mm")) if value else ""


def format_clock(value: dt.datetime | None) -> str:
    return str(format_datetime(value, "HH:mm:ss")) if value else ""


def format_number(value: Decimal | float) -> str:
    return whole_number(value, str(get_locale())) if type(value) is int else str(format_decimal(value))


@lru_cache(maxsize=16_384)
def whole_number(value: int, locale: str) -> str:
    """Counts stand on a page by the hundred: they are written once for each locale."""
    return str(format_decimal(value))


def format_marks(value: Decimal | float | None) -> str:
    """Marks with two decimals and the comma of the reader's language: ``7,25``."""
    return "" if value is None else str(format_decimal(value, "0.00"))


def format_bytes(size_bytes: int | None) -> str:
    """``1,5 MB``: units of a thousand, one decimal below a hundred."""
    size: float = size_bytes or 0
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{format_decimal(round(size, 1 if unit != 'B' and size < 100 else 0))} {unit}"
        size /= 1000
    raise AssertionError("unreachable")


FILTERS: dict[str, Callable[..., Any]] = {
    "date": format_day,
    "datetime": format_moment,
    "clock": format_clock,
    "number": format_number,
    "marks": format_marks,
    "bytes": format_bytes,
}
