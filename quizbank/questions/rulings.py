"""What counts as right since a key was repaired. Pure: nothing is looked up here.

A repair never changes a version. It rules, for the sittings of one version of a question and for whatever prints its
key: the key of another version, a key that is given with it, any answer, or that the question does not count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from html import escape
from typing import Protocol

from quizbank.questions.cards import ShownPart, ShownQuestion
from quizbank.questions.rules import OPTION_LETTERS, AnswerKind, Part, QuestionContent, QuestionType, printed_key

EVERYBODY, NOBODY = "*", "–"
"""What stands for the key where any answer is right, and where the question does not count."""


class Treatment(StrEnum):
    VERSION = "version"
    KEY = "key"
    ALL_RIGHT = "all-right"
    LEFT_OUT = "left-out"
    UNDO = "undo"


CHOOSABLE = (Treatment.KEY, Treatment.VERSION, Treatment.ALL_RIGHT, Treatment.LEFT_OUT)


class KeyedPart(Protocol):
    @property
    def is_true(self) -> bool: ...


class Keyed(Protocol):
    @property
    def parts(self) -> Sequence[KeyedPart]: ...


class Repairable(ShownQuestion, Protocol):
    """A question as it is graded and as it is shown: a stored version is both."""

    @property
    def parts(self) -> Sequence[ShownPart]: ...
    @property
    def answer_kind(self) -> str | None: ...
    @property
    def tolerance(self) -> Decimal | None: ...


@dataclass(frozen=True)
class RepairedPart:
    text: str
    html: str
    is_true: bool
    level: str | None = None


@dataclass(frozen=True)
class RepairedQuestion:
    """A question with another key."""

    type: str
    stem_html: str
    explanation_html: str
    parts: tuple[RepairedPart, ...]
    answer_kind: str | None
    tolerance: Decimal | None


@dataclass(frozen=True)
class Ruling:
    """What counts as right in some sittings since a repair.

    Attributes:
        repair_id: the repair that says so; 0 for one that is only being considered.
        treatment: any but ``UNDO``.
        question: with the key that counts now.
        reason: what the one who repaired wrote.
        explanation: the source of the explanation that goes with that key; empty if it is that of a draft.
        is_finished: whether the sittings of before have all been marked again.
    """

    repair_id: int
    treatment: Treatment
    question: Repairable
    reason: str = ""
    explanation: str = ""
    is_finished: bool = True


Scope = tuple[int, int | None]


@dataclass(frozen=True)
class Rulings:
    """The ruling of each (version, quiz or None); a quiz's own goes before the bank's."""

    standing: Mapping[Scope, Ruling] = field(default_factory=dict)

    def of(self, version_id: int, quiz_id: int | None) -> Ruling | None:
        return self.standing.get((version_id, quiz_id)) or self.standing.get((version_id, None))


NO_RULINGS = Rulings()


def with_key(question: Repairable, key: str) -> RepairedQuestion:
    """The question with a key as ``clean_key`` gives it. Several letters of a single choice: each of them is right."""
    kind = QuestionType(question.type)
    if kind is QuestionType.SHORT_ANSWER:
        parts = tuple(RepairedPart(value, escape(value), True) for value in key.split("\n"))
    elif kind is QuestionType.TRUE_FALSE:
        truths = zip(question.parts, key, strict=True)
        parts = tuple(RepairedPart(part.text, part.html, sign == "T", part.level) for part, sign in truths)
    else:
        lettered = zip(OPTION_LETTERS, question.parts, strict=False)
        parts = tuple(RepairedPart(part.text, part.html, letter in key) for letter, part in lettered)
    return RepairedQuestion(
        question.type, question.stem_html, question.explanation_html, parts, question.answer_kind, question.tolerance
    )


def keyed(version: Repairable, ruling: Ruling | None) -> Repairable:
    """The question as it was asked, with the key that counts now: its own where any answer is right or none counts.

    Of another version only the key is taken: its stem and its options were never shown, and may be a draft's.
    """
    if ruling is None or ruling.treatment not in (Treatment.KEY, Treatment.VERSION):
        return version
    now = ruling.question
    if version.type == QuestionType.SHORT_ANSWER:
        parts = tuple(RepairedPart(part.text, part.html, True) for part in now.parts)
    else:
        pairs = zip(version.parts, now.parts, strict=True)
        parts = tuple(RepairedPart(part.text, part.html, right.is_true, part.level) for part, right in pairs)
    explanation_html = now.explanation_html if ruling.explanation else ""
    return RepairedQuestion(version.type, version.stem_html, explanation_html, parts, now.answer_kind, now.tolerance)


def content_with_key(content: QuestionContent, ruling: Ruling | None) -> QuestionContent:
    """The question as it was asked, with the key that counts now, for whoever writes it down.

    A single choice that takes several answers keeps the first of them; see ``unsaid``. Where any answer is right, or
    none counts, the key stays as it was.
    """
    if ruling is None or ruling.treatment not in (Treatment.KEY, Treatment.VERSION):
        return content
    now = ruling.question
    if content.type is QuestionType.SHORT_ANSWER:
        parts = tuple(Part(part.text, is_true=True) for part in now.parts)
        kind = AnswerKind(now.answer_kind) if now.answer_kind else content.answer_kind
        return replace(content, parts=parts, explanation=ruling.explanation, answer_kind=kind, tolerance=now.tolerance)
    right = right_letters(now)
    kept = right[:1] if content.type is QuestionType.SINGLE_CHOICE else right
    parts = tuple(
        replace(part, is_true=letter in kept) for letter, part in zip(OPTION_LETTERS, content.parts, strict=False)
    )
    return replace(content, parts=parts, explanation=ruling.explanation)


def unsaid(ruling: Ruling | None) -> str:
    """What ``content_with_key`` could not say of a ruling; empty if nothing."""
    if ruling is None:
        return ""
    if ruling.treatment is Treatment.ALL_RIGHT:
        return "lần sửa đáp án: câu được tính đúng cho mọi người; tệp ghi đáp án cũ"
    if ruling.treatment is Treatment.LEFT_OUT:
        return "lần sửa đáp án: câu không được tính điểm; tệp ghi đáp án cũ"
    right = right_letters(ruling.question)
    if ruling.question.type == QuestionType.SINGLE_CHOICE and len(right) > 1:
        return f"lần sửa đáp án: {' / '.join(right)} đều đúng; tệp chỉ ghi {right[0]}"
    return ""


def printed(question: Repairable) -> str:
    """What is right, as people write it: ``B``, ``A hoặc C``, ``ĐSĐS``, ``2,5; 5/2``."""
    kind = QuestionType(question.type)
    if kind is QuestionType.SHORT_ANSWER:
        return "; ".join(part.text for part in question.parts)
    if kind is QuestionType.TRUE_FALSE:
        return printed_key(kind, "".join("T" if part.is_true else "F" for part in question.parts))
    return (" / " if kind is QuestionType.SINGLE_CHOICE else ", ").join(right_letters(question))


def right_letters(question: Keyed) -> list[str]:
    """The canonical letters of what is right."""
    return [letter for letter, part in zip(OPTION_LETTERS, question.parts, strict=False) if part.is_true]
