"""What is wrong with a bulk edit, and why it leaves a question alone. Pure."""

from functools import lru_cache

from quizbank.questions.actions import placement_problems
from quizbank.questions.bulk import BulkChange, BulkOutcome, EditableFields, Locking
from quizbank.questions.bulk_texts import replacement_problems
from quizbank.questions.placing import LICENCES
from quizbank.questions.rules import (
    MAX_TEXT,
    AnswerKind,
    Placement,
    QuestionType,
    check_content,
    levels_from,
)
from quizbank.questions.states import QuestionState
from repository.curriculum.queries import curriculum

MAX_SOURCE = 500
MAX_TOLERANCE = 10**9
STATEMENTS = "abcd"
WITHOUT_OPTIONS = (QuestionType.SHORT_ANSWER, QuestionType.ESSAY)


def state_outcome(state: str, *, may_edit: bool) -> BulkOutcome | None:
    """Why a question in this state is left alone by this person, or nothing."""
    if not may_edit:
        return BulkOutcome.NOT_ALLOWED
    if state == QuestionState.IN_REVIEW:
        return BulkOutcome.IN_REVIEW
    return BulkOutcome.WITHDRAWN if state == QuestionState.WITHDRAWN else None


def fitting_outcome(change: BulkChange, old: EditableFields, new: EditableFields) -> BulkOutcome | None:
    """Why a question can't have such a value, or nothing."""
    values = change.values
    keeps = values.get("keeps_order") or values.get("locked") == Locking.LAST
    if keeps and new.type in WITHOUT_OPTIONS:
        return BulkOutcome.BAD_ORDER
    if "statements" in values and new.type != QuestionType.TRUE_FALSE:
        return BulkOutcome.BAD_STATEMENTS
    if "answer_kind" in values and new.type != QuestionType.SHORT_ANSWER:
        return BulkOutcome.BAD_ANSWER_KIND
    is_number = new.type == QuestionType.SHORT_ANSWER and new.answer_kind == AnswerKind.NUMERIC
    has_tolerance = values.get("tolerance") is not None
    if has_tolerance and not is_number:
        return BulkOutcome.BAD_TOLERANCE
    return statements_outcome(old, new) or soundness_outcome(old, new)


def soundness_outcome(old: EditableFields, new: EditableFields) -> BulkOutcome | None:
    """Why the texts can't be what they would become, or nothing. What was unsound before is no reason."""
    if old.content != new.content:
        before = {found.code for found in check_content(old.content)}
        if {found.code for found in check_content(new.content)} - before:
            return BulkOutcome.BAD_CONTENT
    is_longer = len(new.source) > max(MAX_SOURCE, len(old.source))
    return BulkOutcome.BAD_CONTENT if is_longer or len(new.passage) > max(MAX_TEXT, len(old.passage)) else None


def statements_outcome(old: EditableFields, new: EditableFields) -> BulkOutcome | None:
    """Why statements can't stand at their levels in the programme, or nothing."""
    if old.programme == new.programme and old.parts == new.parts:
        return None
    known = {level.id for level in curriculum().levels_of(new.programme)}
    own = {part.level for part in new.parts if part.level}
    if not new.parts:
        own = set(levels_from(old.statement_levels)) - {old.level}
    return None if own <= known else BulkOutcome.BAD_LEVEL


def outcome_of(change: BulkChange, old: EditableFields, new: EditableFields) -> BulkOutcome:
    """Whether a question changes, stays the same, or would stand in a place that doesn't exist."""
    if old != new:
        return _place_outcome(new.placement)
    if change.replacement:
        return BulkOutcome.NOT_FOUND
    return BulkOutcome.FILLED if change.fills_only else BulkOutcome.SAME


@lru_cache(maxsize=4_096)
def _place_outcome(placement: Placement) -> BulkOutcome:
    field = next(iter(placement_problems(placement)), None)
    return BulkOutcome(f"bad-{field}") if field else BulkOutcome.CHANGE


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
    found: dict[str, list[str]] = {}
    if change.is_empty:
        found["subject"] = ["Hãy chọn ít nhất một điều cần đổi."]
    if change.submits and (change.edits or change.moves):
        found["subject"] = ["Gửi thẩm định là một lần riêng: hãy sửa trước, rồi gửi."]
    if change.moves and change.edits:
        found["organisation"] = ["Chuyển đơn vị là một lần riêng: hãy sửa trước, rồi chuyển."]
    if change.replacement and (messages := replacement_problems(change.replacement)):
        found["find"] = messages
    return found | _place_problems(change) | _text_problems(change) | _answer_problems(change)


def _place_problems(change: BulkChange) -> dict[str, list[str]]:
    values, names = change.values, curriculum()
    found: dict[str, list[str]] = {}
    if "subject" in values and names.find_subject(values["subject"]) is None:
        found["subject"] = ["Hãy chọn môn."]
    if "programme" in values and names.find_programme(values["programme"]) is None:
        found["programme"] = ["Hãy chọn chương trình."]
    if values.get("grade") is not None and not 1 <= values["grade"] <= 12:
        found["grade"] = ["Lớp phải từ 1 đến 12."]
    if values.get("topic") and names.find_topic(values["topic"]) is None:
        found["topic"] = ["Chủ đề này không thuộc môn và lớp đã chọn."]
    if values.get("level") and values["level"] not in _levels():
        found["level"] = ["Mức độ này không thuộc chương trình đã chọn."]
    return found


def _text_problems(change: BulkChange) -> dict[str, list[str]]:
    values = change.values
    found: dict[str, list[str]] = {}
    if values.get("licence") and values["licence"] not in LICENCES:
        found["licence"] = ["Không có giấy phép này."]
    if len(values.get("source", "")) > MAX_SOURCE:
        found["source"] = ["Nguồn dài quá 500 kí tự."]
    if len(values.get("explanation", "")) > MAX_TEXT:
        found["explanation"] = ["Lời giải quá dài."]
    if len(values.get("passage", "")) > MAX_TEXT:
        found["passage"] = ["Ngữ liệu quá dài."]
    return found


def _answer_problems(change: BulkChange) -> dict[str, list[str]]:
    values = change.values
    found: dict[str, list[str]] = {}
    tolerance = values.get("tolerance")
    if tolerance is not None and not (tolerance.is_finite() and 0 <= tolerance < MAX_TOLERANCE):
        found["tolerance"] = ["Sai số phải là số không âm."]
    if "answer_kind" in values and values["answer_kind"] not in set(AnswerKind):
        found["answer_kind"] = ["Không có cách so đáp án này."]
    if "locked" in values and values["locked"] not in set(Locking):
        found["locked"] = ["Hãy chọn phương án giữ chỗ."]
    statements = values.get("statements", {})
    if not set(statements) <= set(STATEMENTS) or not {level for level in statements.values() if level} <= _levels():
        found["statements"] = ["Mức độ của một ý không thuộc chương trình đã chọn."]
    return found


def _levels() -> set[str]:
    return {level.id for programme in curriculum().programmes for level in programme.levels}
