"""Editing many questions at once: what is to change, and what that makes of a question. Pure.

What is wrong with a change, and why a question is left alone, is in ``bulk_checks``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizbank.questions.bulk_texts import Replacement, replacement_from_json, replacement_to_json
from quizbank.questions.rules import (
    OPTION_LETTERS,
    AnswerKind,
    Part,
    Placement,
    QuestionContent,
    QuestionType,
)

SHORT = 60


class BulkState(StrEnum):
    """How far a bulk edit is. ``READY``: planned, so that it can be looked at and applied."""

    CHOOSING = "choosing"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class BulkOutcome(StrEnum):
    """What will become of a question, or became of it; all but the first three are reasons to leave it alone."""

    CHANGE = "change"
    CHANGED = "changed"
    RESTORED = "restored"
    SAME = "same"
    NOT_ALLOWED = "not-allowed"
    IN_REVIEW = "in-review"
    WITHDRAWN = "withdrawn"
    NEWER = "newer"
    BAD_SUBJECT = "bad-subject"
    BAD_PROGRAMME = "bad-programme"
    BAD_GRADE = "bad-grade"
    BAD_TOPIC = "bad-topic"
    BAD_LEVEL = "bad-level"
    BAD_TAGS = "bad-tags"
    BAD_ORDER = "bad-order"
    BAD_TOLERANCE = "bad-tolerance"
    BAD_ANSWER_KIND = "bad-answer-kind"
    BAD_STATEMENTS = "bad-statements"
    BAD_CONTENT = "bad-content"
    FILLED = "filled"
    NOT_FOUND = "not-found"
    PUBLISHED = "published"
    DOUBTFUL = "doubtful"


REASONS = tuple(
    outcome for outcome in BulkOutcome if outcome not in (BulkOutcome.CHANGE, BulkOutcome.CHANGED, BulkOutcome.RESTORED)
)


class Locking(StrEnum):
    """Which options keep their place when the others are shuffled."""

    LAST = "last"
    NONE = "none"


@dataclass(frozen=True)
class EditableFields:
    """What a bulk edit may change of a question: everything but its type, its key and its pictures.

    ``parts`` and ``passage`` are read only where the change needs them; ``statement_levels`` says where the
    statements stand.
    """

    subject: str
    programme: str
    grade: int | None = None
    topic: str | None = None
    level: str | None = None
    tags: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    passage: str = ""
    stem: str = ""
    parts: tuple[Part, ...] = ()
    explanation: str = ""
    keeps_order: bool = False
    answer_kind: str | None = None
    tolerance: Decimal | None = None
    type: str = QuestionType.SINGLE_CHOICE
    statement_levels: str = ""

    @property
    def placement(self) -> Placement:
        return Placement(self.subject, self.programme, self.grade, self.topic, self.level, self.tags)

    @property
    def content(self) -> QuestionContent:
        kind = AnswerKind(self.answer_kind) if self.answer_kind else None
        own = (self.stem, self.parts, self.explanation, kind, self.tolerance, self.keeps_order)
        return QuestionContent(QuestionType(self.type), *own)


OF_PARTS = ("locked", "statements")
"""Values of a change that say something of a question's parts."""


@dataclass(frozen=True)
class BulkChange:
    """``values``: field of ``EditableFields`` -> its new value; a field that isn't named stays as it is.

    Beside these ``locked`` (a ``Locking``) and ``statements``: letter of a statement -> its level, None for that of the
    question. ``fills_only``: values go where there is none yet. ``submits``: nothing is changed, but the drafts go to
    the review desk. ``organisation``: nothing but whose the questions are changes, to the organisation with this code,
    to nobody's where it is empty; None leaves that.
    """

    values: Mapping[str, Any]
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()
    submits: bool = False
    replacement: Replacement | None = None
    fills_only: bool = False
    organisation: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.edits or self.submits or self.moves)

    @property
    def edits(self) -> bool:
        """Whether questions get new versions."""
        return bool(self.values or self.touches_tags or self.replacement)

    @property
    def moves(self) -> bool:
        return self.organisation is not None

    @property
    def touches_tags(self) -> bool:
        return bool(self.added_tags or self.removed_tags)

    @property
    def needs_parts(self) -> bool:
        return "parts" in self._searched or bool({*OF_PARTS, "answer_kind"} & set(self.values))

    @property
    def touches_parts(self) -> bool:
        """Whether writing it takes the parts: they change, or what is made of them does."""
        return self.needs_parts or self.touches_asked or bool({"level", "programme"} & set(self.values))

    @property
    def needs_passage(self) -> bool:
        return "passage" in self._searched or "passage" in self.values

    @property
    def touches_asked(self) -> bool:
        """Whether a question may ask something else afterwards."""
        return bool({"stem", "parts", "passage"} & {*self._searched, *self.values})

    @property
    def _searched(self) -> tuple[str, ...]:
        return self.replacement.fields if self.replacement else ()


NOTHING = BulkChange({})


@dataclass(frozen=True)
class Difference:
    """One field that will read otherwise; ``letter``: of which option or statement."""

    field: str
    old: Any
    new: Any
    letter: str = ""


def change_to_json(change: BulkChange) -> dict[str, Any]:
    tags = {"added_tags": list(change.added_tags), "removed_tags": list(change.removed_tags)}
    values = {name: str(value) if isinstance(value, Decimal) else value for name, value in change.values.items()}
    kinds = {"submits": change.submits, "fills_only": change.fills_only, "organisation": change.organisation}
    return {"values": values, **tags, **kinds, "replacement": replacement_to_json(change.replacement)}


def change_from_json(stored: Mapping[str, Any]) -> BulkChange:
    added, removed = stored.get("added_tags", ()), stored.get("removed_tags", ())
    values = dict(stored.get("values", {}))
    if values.get("tolerance") is not None:
        values["tolerance"] = Decimal(values["tolerance"])
    return BulkChange(
        values,
        tuple(added),
        tuple(removed),
        submits=stored.get("submits", False),
        replacement=replacement_from_json(stored.get("replacement")),
        fills_only=stored.get("fills_only", False),
        organisation=stored.get("organisation"),
    )


def apply_change(change: BulkChange, old: EditableFields) -> EditableFields:
    """The fields after the change. A tag both added and removed is added; a value goes before replaced words."""
    new = _with_words(change.replacement, old) if change.replacement else old
    values = {
        name: value
        for name, value in change.values.items()
        if name not in OF_PARTS and not (change.fills_only and _has_value(getattr(old, name)))
    }
    if values.get("answer_kind") == AnswerKind.TEXT:
        values["tolerance"] = None
    if change.touches_tags:
        kept = [tag for tag in old.tags if tag not in change.removed_tags]
        values["tags"] = tuple(sorted({*kept, *change.added_tags}))
    new = replace(new, **values) if values else new
    if not new.parts or not {*OF_PARTS, "programme"} & set(change.values):
        return new
    return replace(new, parts=tuple(_parts_after(change, old, new)))


def _has_value(value: Any) -> bool:
    return value not in ("", None) and value is not False


def _with_words(replacement: Replacement, old: EditableFields) -> EditableFields:
    texts: dict[str, Any] = {
        name: replacement.within(getattr(old, name)) for name in replacement.fields if name != "parts"
    }
    if "parts" in replacement.fields and old.type != QuestionType.SHORT_ANSWER:
        texts["parts"] = tuple(replace(part, text=replacement.within(part.text)) for part in old.parts)
    return replace(old, **texts)


def _parts_after(change: BulkChange, old: EditableFields, new: EditableFields) -> Iterator[Part]:
    """With the programme a statement that says the old level of its question follows it to the new one."""
    locking, levels = change.values.get("locked"), change.values.get("statements", {})
    if change.fills_only and any(part.is_locked for part in old.parts):
        locking = None
    for place, part in enumerate(new.parts):
        is_last = place == len(new.parts) - 1
        is_locked = part.is_locked if locking is None else locking == Locking.LAST and is_last
        level, letter = part.level, OPTION_LETTERS[place : place + 1].lower()
        if old.programme != new.programme and level == old.level:
            level = None
        if letter in levels and not (change.fills_only and part.level):
            level = levels[letter]
        yield replace(part, is_locked=is_locked, level=level)


def differences(old: EditableFields, new: EditableFields) -> tuple[Difference, ...]:
    """Every field that reads otherwise, in the order of the form."""
    return tuple(_differences(old, new))


def _differences(old: EditableFields, new: EditableFields) -> Iterator[Difference]:
    for field in fields(EditableFields):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name == "parts":
            yield from _part_differences(before, after)
        elif before != after:
            yield Difference(field.name, before, after)


def _part_differences(old: tuple[Part, ...], new: tuple[Part, ...]) -> Iterator[Difference]:
    both = list(zip(OPTION_LETTERS, old, new, strict=False))
    for letter, before, after in both:
        if before.text != after.text:
            yield Difference("part", before.text, after.text, letter)
    locked = [", ".join(letter for letter, *pair in both if pair[place].is_locked) for place in (0, 1)]
    if locked[0] != locked[1]:
        yield Difference("locked", *locked)
    for letter, before, after in both:
        if before.level != after.level:
            yield Difference("statement-level", before.level, after.level, letter.lower())


TEXTS = ("source", "explanation", "passage", "stem", "part")


def counted_as(one: Difference, change: BulkChange) -> Iterator[tuple[str, str, str]]:
    """What a summary counts of a difference: tags one by one, replaced words, long texts by how they begin."""
    if one.field == "tags":
        yield from (("tags", tag, "") for tag in one.old if tag not in one.new)
        yield from (("tags", "", tag) for tag in one.new if tag not in one.old)
        return
    if one.field == "keeps_order":
        yield one.field, "yes" if one.old else "", "yes" if one.new else ""
        return
    is_text = one.field in TEXTS
    if change.replacement and is_text and one.field not in change.values:
        yield one.field, change.replacement.find, change.replacement.put
        return
    yield one.field, _said(one.old, is_text), _said(one.new, is_text)


def _said(value: Any, is_text: bool) -> str:
    text = "" if value is None else str(value)
    return f"{text[:SHORT]}…" if is_text and len(text) > SHORT else text
