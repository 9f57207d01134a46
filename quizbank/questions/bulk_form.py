"""The form of a bulk edit: what it shows, and the change that it means. Pure."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from quizbank.questions.bulk import BulkChange
from quizbank.questions.bulk_checks import STATEMENTS
from quizbank.questions.bulk_texts import REPLACED, Replacement
from quizbank.questions.formats.text_lines import tidy
from quizbank.questions.schemas import QuestionsIn, filter_from
from repository.errors import Invalid

EMPTY = "-"
CHOICES = (
    *("subject", "programme", "grade", "topic", "level", "licence"),
    *("keeps_order", "locked", "answer_kind", "tolerance"),
)
TEXTS = ("source", "passage", "explanation")
WAYS = ("ignores_case", "whole_words", "in_formulas")
KNOWN = {one.data_key or name for name, one in QuestionsIn().fields.items()} - {"sort", "after", "limit", "facets"}
"""What a program may filter by, as it is written."""


def change_from(fields: Mapping[str, str]) -> BulkChange:
    """The change that the form means. An empty field keeps what is; ``-``, or a ticked ``clear-…``, empties it."""
    if fields.get("step") == "submit":
        return BulkChange({}, submits=True)
    if fields.get("step") == "move":
        code = fields.get("organisation", "").strip()
        return BulkChange({}, organisation="" if code == EMPTY else code or None)
    values: dict[str, Any] = {}
    for name in CHOICES:
        given = fields.get(name, "").strip()
        if given:
            values[name] = _value(name, given)
    for name in TEXTS:
        given = tidy(fields.get(name, "").splitlines())
        if given or fields.get(f"clear-{name}"):
            values[name] = given
    levels = {letter: fields.get(f"statement-{letter}", "").strip() for letter in STATEMENTS}
    if any(levels.values()):
        values["statements"] = {letter: None if one == EMPTY else one for letter, one in levels.items() if one}
    return BulkChange(
        values,
        _tags(fields.get("add_tags", "")),
        _tags(fields.get("remove_tags", "")),
        replacement=_replacement(fields),
        fills_only=bool(fields.get("fills_only")),
    )


def _replacement(fields: Mapping[str, str]) -> Replacement | None:
    """Blanks around the words are part of them: two may be wanted where one is."""
    find, put = fields.get("find", ""), fields.get("put", "")
    where = tuple(name for name in REPLACED if fields.get(f"find-in-{name}"))
    ways = {name: bool(fields.get(name)) for name in WAYS}
    return Replacement(find, put, where, **ways) if find or put else None


def _value(name: str, given: str) -> Any:
    if given == EMPTY:
        return "" if name == "licence" else None
    if name == "keeps_order":
        return given == "yes"
    if name == "tolerance":
        return tolerance_of(given)
    if name == "grade":
        return int(given) if given.isdecimal() and len(given) < 4 else 0
    return given


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in text.split(",") if tag.strip()))


def tolerance_of(given: str) -> Decimal:
    """What was typed as a tolerance; -1 where it is no number."""
    try:
        return Decimal(given.replace(",", "."))
    except InvalidOperation:
        return Decimal(-1)


def _shown(name: str, value: Any) -> str:
    if name == "keeps_order":
        return "yes" if value else "no"
    if name in ("locked", "answer_kind"):
        return str(value)
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value or EMPTY)


def form_of(change: BulkChange) -> dict[str, str]:
    """The form filled with a change."""
    form = {name: _shown(name, change.values[name]) for name in CHOICES if name in change.values}
    for name in TEXTS:
        if name in change.values:
            form |= {name: change.values[name], f"clear-{name}": "" if change.values[name] else "yes"}
    for letter, level in change.values.get("statements", {}).items():
        form[f"statement-{letter}"] = level or EMPTY
    if change.organisation is not None:
        form["organisation"] = change.organisation or EMPTY
    form |= {"add_tags": ", ".join(change.added_tags), "remove_tags": ", ".join(change.removed_tags)}
    return form | _form_of(change.replacement) | {"fills_only": "yes" if change.fills_only else ""}


def _form_of(replacement: Replacement | None) -> dict[str, str]:
    """Where nothing was looked for yet, the three usual places are ticked."""
    shown = replacement or Replacement("")
    where = {f"find-in-{name}": "yes" for name in shown.fields}
    ways = {name: "yes" for name in WAYS if getattr(shown, name)}
    return {"find": shown.find, "put": shown.put, **where, **ways}


def selection_from(given: Mapping[str, Any]) -> dict[str, Any]:
    """The selection that a program means by ``ids`` or by ``filter``.

    Raises:
        Invalid: both, neither, or a filter that the bank does not know.
    """
    if ("ids" in given) == ("filter" in given):
        raise Invalid("Hãy gửi ids hoặc filter.")
    if "ids" in given:
        return {"ids": list(given["ids"])}
    problems = QuestionsIn().validate(given["filter"])
    unknown = sorted(set(given["filter"]) - KNOWN)
    if problems or unknown:
        raise Invalid("Không lọc được ngân hàng theo {name}.", name=", ".join([*problems, *unknown]))
    return {"filter": asdict(filter_from(QuestionsIn().load(given["filter"])))}
