"""What the form that builds a quiz carries, and the same for other programs."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from quizbank.quizzes.assembly.targets import Passages, Targets, checked
from repository.errors import Invalid

FULL_MARKS = 10
PERCENT = 100


def targets_in(form: Mapping[str, str]) -> Targets:
    """The targets that a form carries; a form without them has none.

    Difficulty and its tolerance are written as marks of ten, what forms may share in percent.

    Raises:
        Invalid: ``facts["fields"]`` names what can't be read.
    """
    if "has_targets" not in form:
        return Targets(own_drafts="own_drafts" in form)
    difficulty = _read(form, "difficulty", decimal)
    tolerance = _read(form, "tolerance", decimal)
    common = _read(form, "most_common", decimal)
    values: dict[str, Any] = {
        "difficulty": None if difficulty is None else difficulty / FULL_MARKS,
        "tolerance": None if tolerance is None else tolerance / FULL_MARKS,
        "unused_since": _read(form, "unused_since", dt.date.fromisoformat),
        "last_quizzes": _read(form, "last_quizzes", int),
        "most_uses": _read(form, "most_uses", int),
        "most_common": None if common is None else common / PERCENT,
        "passages": _read(form, "passages", Passages),
    }
    told = {name: value for name, value in values.items() if value is not None}
    return checked(Targets(**told, is_spread="is_spread" in form, own_drafts="own_drafts" in form))


def whole_in(form: Mapping[str, str], name: str, default: int | None = None) -> int:
    """A whole number of the form.

    Raises:
        Invalid: there is none.
    """
    found = _read(form, name, int)
    if found is None and default is None:
        raise _unread(name)
    return found if found is not None else int(default or 0)


def decimal(text: str) -> float:
    """A number as people write it: ``6,5``."""
    return float(text.replace(",", "."))


def _read(form: Mapping[str, str], name: str, read: Callable[[str], Any]) -> Any:
    text = form.get(name, "").strip()
    try:
        return read(text) if text else None
    except ValueError as error:
        raise _unread(name) from error


def _unread(name: str) -> Invalid:
    return Invalid("Yêu cầu của đề chưa đúng ở mục {name}.", name=name, fields={name: ["giá trị không dùng được"]})
