"""Editing many questions at once: what is to change, what that makes of a question, and why one is left alone. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizbank.questions.placing import LICENCES
from quizbank.questions.rules import MAX_TEXT, AnswerKind, Placement, QuestionType, levels_from
from quizbank.questions.states import QuestionState
from repository.curriculum.queries import curriculum

MAX_SOURCE = 500
SHORT = 60
MAX_TOLERANCE = 10**9


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
    PUBLISHED = "published"
    DOUBTFUL = "doubtful"


REASONS = tuple(
    outcome for outcome in BulkOutcome if outcome not in (BulkOutcome.CHANGE, BulkOutcome.CHANGED, BulkOutcome.RESTORED)
)


@dataclass(frozen=True)
class EditableFields:
    """What a bulk edit may change of a question, never what is asked: place, provenance, explanation, how it is
    shuffled and how near a number must be. ``type`` and ``answer_kind`` say which of these it has,
    ``statement_levels`` where its statements stand."""

    subject: str
    programme: str
    grade: int | None = None
    topic: str | None = None
    level: str | None = None
    tags: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    explanation: str = ""
    keeps_order: bool = False
    tolerance: Decimal | None = None
    type: str = QuestionType.SINGLE_CHOICE
    answer_kind: str | None = None
    statement_levels: str = ""

    @property
    def placement(self) -> Placement:
        return Placement(self.subject, self.programme, self.grade, self.topic, self.level, self.tags)


@dataclass(frozen=True)
class BulkChange:
    """``values``: field of ``EditableFields`` -> its new value; a field that isn't named stays as it is.

    ``submits``: nothing is changed, but the drafts go to the review desk.
    """

    values: Mapping[str, Any]
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()
    submits: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.touches_tags or self.submits)

    @property
    def touches_tags(self) -> bool:
        return bool(self.added_tags or self.removed_tags)


@dataclass(frozen=True)
class Difference:
    """One field that will read otherwise."""

    field: str
    old: Any
    new: Any


def change_to_json(change: BulkChange) -> dict[str, Any]:
    tags = {"added_tags": list(change.added_tags), "removed_tags": list(change.removed_tags)}
    values = {name: str(value) if isinstance(value, Decimal) else value for name, value in change.values.items()}
    return {"values": values, **tags, "submits": change.submits}


def change_from_json(stored: Mapping[str, Any]) -> BulkChange:
    added, removed = stored.get("added_tags", ()), stored.get("removed_tags", ())
    values = dict(stored.get("values", {}))
    if values.get("tolerance") is not None:
        values["tolerance"] = Decimal(values["tolerance"])
    return BulkChange(values, tuple(added), tuple(removed), submits=stored.get("submits", False))


def apply_change(change: BulkChange, old: EditableFields) -> EditableFields:
    """The fields after the change. A tag that is both added and removed is added."""
    kept = [tag for tag in old.tags if tag not in change.removed_tags]
    tags = tuple(sorted({*kept, *change.added_tags}))
    return replace(old, **change.values, tags=tags)


def differences(old: EditableFields, new: EditableFields) -> tuple[Difference, ...]:
    """Every field that reads otherwise, in the order of the form."""
    pairs = [(field.name, getattr(old, field.name), getattr(new, field.name)) for field in fields(EditableFields)]
    return tuple(Difference(name, before, after) for name, before, after in pairs if before != after)


def counted_as(one: Difference) -> Iterator[tuple[str, str, str]]:
    """What a summary counts of a difference: every tag by itself, long texts by how they begin."""
    if one.field == "tags":
        yield from (("tags", tag, "") for tag in one.old if tag not in one.new)
        yield from (("tags", "", tag) for tag in one.new if tag not in one.old)
        return
    if one.field == "keeps_order":
        yield one.field, "yes" if one.old else "", "yes" if one.new else ""
        return
    is_text = one.field in ("source", "explanation")
    yield one.field, _said(one.old, is_text), _said(one.new, is_text)


def _said(value: Any, is_text: bool) -> str:
    text = "" if value is None else str(value)
    return f"{text[:SHORT]}…" if is_text and len(text) > SHORT else text


def state_outcome(state: str, *, may_edit: bool) -> BulkOutcome | None:
    """Why a question in this state is left alone by this person, or nothing."""
    if not may_edit:
        return BulkOutcome.NOT_ALLOWED
    if state == QuestionState.IN_REVIEW:
        return BulkOutcome.IN_REVIEW
    return BulkOutcome.WITHDRAWN if state == QuestionState.WITHDRAWN else None


def fitting_outcome(change: BulkChange, new: EditableFields) -> BulkOutcome | None:
    """Why a question can't have such a value, or nothing."""
    if change.values.get("keeps_order") and new.type in (QuestionType.SHORT_ANSWER, QuestionType.ESSAY):
        return BulkOutcome.BAD_ORDER
    is_number = new.type == QuestionType.SHORT_ANSWER and new.answer_kind == AnswerKind.NUMERIC
    has_tolerance = change.values.get("tolerance") is not None
    return BulkOutcome.BAD_TOLERANCE if has_tolerance and not is_number else None


def statements_outcome(old: EditableFields, new: EditableFields) -> BulkOutcome | None:
    """Why a question can't go over to another programme, or nothing: its statements' levels are not known there."""
    if old.programme == new.programme or not old.statement_levels:
        return None
    own = set(levels_from(old.statement_levels)) - {old.level}
    known = {level.id for level in curriculum().levels_of(new.programme)}
    return None if own <= known else BulkOutcome.BAD_LEVEL


def submit_outcome(state: str, *, may_submit: bool, is_doubtful: bool) -> BulkOutcome | None:
    """Why a question can't be sent to the review desk by this person, or nothing."""
    if not may_submit:
        return BulkOutcome.NOT_ALLOWED
    reasons = {
        QuestionState.IN_REVIEW: BulkOutcome.IN_REVIEW,
        QuestionState.WITHDRAWN: BulkOutcome.WITHDRAWN,
        QuestionState.PUBLISHED: BulkOutcome.PUBLISHED,
    }
    return reasons.get(QuestionState(state)) or (BulkOutcome.DOUBTFUL if is_doubtful else None)


def change_problems(change: BulkChange) -> dict[str, list[str]]:
    """What is wrong with the change itself, whichever question it meets: field -> messages."""
    values, names = change.values, curriculum()
    found: dict[str, list[str]] = {}
    if change.is_empty:
        found["subject"] = ["Hãy chọn ít nhất một điều cần đổi."]
    if change.submits and (values or change.touches_tags):
        found["subject"] = ["Gửi thẩm định là một lần riêng: hãy sửa trước, rồi gửi."]
    tolerance = values.get("tolerance")
    if tolerance is not None and not (tolerance.is_finite() and 0 <= tolerance < MAX_TOLERANCE):
        found["tolerance"] = ["Sai số phải là số không âm."]
    if "subject" in values and names.find_subject(values["subject"]) is None:
        found["subject"] = ["Hãy chọn môn."]
    if "programme" in values and names.find_programme(values["programme"]) is None:
        found["programme"] = ["Hãy chọn chương trình."]
    if values.get("grade") is not None and not 1 <= values["grade"] <= 12:
        found["grade"] = ["Lớp phải từ 1 đến 12."]
    if values.get("topic") and names.find_topic(values["topic"]) is None:
        found["topic"] = ["Chủ đề này không thuộc môn và lớp đã chọn."]
    levels = {level.id for programme in names.programmes for level in programme.levels}
    if values.get("level") and values["level"] not in levels:
        found["level"] = ["Mức độ này không thuộc chương trình đã chọn."]
    if values.get("licence") and values["licence"] not in LICENCES:
        found["licence"] = ["Không có giấy phép này."]
    if len(values.get("source", "")) > MAX_SOURCE:
        found["source"] = ["Nguồn dài quá 500 kí tự."]
    if len(values.get("explanation", "")) > MAX_TEXT:
        found["explanation"] = ["Lời giải quá dài."]
    return found
