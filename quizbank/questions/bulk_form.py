"""The form of a bulk edit: what it shows, and the change that it means. Pure."""

from collections.abc import Mapping
from typing import Any

from quizbank.questions.bulk import BulkChange
from quizbank.questions.formats.text_lines import tidy

EMPTY = "-"
CHOICES = ("subject", "programme", "grade", "topic", "level", "licence")
TEXTS = ("source", "explanation")


def change_from(fields: Mapping[str, str]) -> BulkChange:
    """The change that the form means. An empty field keeps what is; ``-``, or a ticked ``clear-…``, empties it."""
    values: dict[str, Any] = {}
    for name in CHOICES:
        given = fields.get(name, "").strip()
        if given:
            values[name] = _value(name, given)
    for name in TEXTS:
        given = tidy(fields.get(name, "").splitlines())
        if given or fields.get(f"clear-{name}"):
            values[name] = given
    return BulkChange(values, _tags(fields.get("add_tags", "")), _tags(fields.get("remove_tags", "")))


def _value(name: str, given: str) -> Any:
    if given == EMPTY:
        return "" if name == "licence" else None
    if name == "grade":
        return int(given) if given.isdecimal() and len(given) < 4 else 0
    return given


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in text.split(",") if tag.strip()))


def form_of(change: BulkChange) -> dict[str, str]:
    """The form filled with a change."""
    form = {name: str(change.values[name] or EMPTY) for name in CHOICES if name in change.values}
    for name in TEXTS:
        if name in change.values:
            form |= {name: change.values[name], f"clear-{name}": "" if change.values[name] else "yes"}
    return form | {"add_tags": ", ".join(change.added_tags), "remove_tags": ", ".join(change.removed_tags)}
