"""What a question is: pure data, and the rules that make it a sound one.

Every type is a stem and a list of parts, so that one table, one editor and one card serve all of them:

=================  =====================================================  ========================
type               parts                                                  ``is_true``
=================  =====================================================  ========================
single-choice      2 to 8 options                                         exactly one
multiple-response  2 to 8 options                                         one or more
true-false         four statements (Part II of the 2025 exam)             any
short-answer       the accepted values, the first is the one shown        all
=================  =====================================================  ========================

Texts are sources in the markup of ``repository.markup``: plain text with ``$LaTeX$`` and ``![](media:SHA256)``.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class QuestionType(StrEnum):
    SINGLE_CHOICE = "single-choice"
    MULTIPLE_RESPONSE = "multiple-response"
    TRUE_FALSE = "true-false"
    SHORT_ANSWER = "short-answer"


CHOICE_TYPES = frozenset({QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_RESPONSE})
OPTION_LETTERS = "ABCDEFGH"


class AnswerKind(StrEnum):
    """How a short answer is compared: as a number (decimal comma or point) or as folded text."""

    NUMERIC = "numeric"
    TEXT = "text"


@dataclass(frozen=True)
class Part:
    """An option, a statement or an accepted value. ``is_locked``: keeps its place when options are shuffled."""

    text: str
    is_true: bool = False
    is_locked: bool = False


@dataclass(frozen=True)
class QuestionContent:
    """What is asked and what is right. Immutable: a change makes a new version."""

    type: QuestionType
    stem: str
    parts: tuple[Part, ...]
    explanation: str = ""
    answer_kind: AnswerKind | None = None
    tolerance: Decimal | None = None
    keeps_order: bool = False

    @property
    def key(self) -> str:
        """The key as people write it: ``B``, ``AC``, ``TFTF`` or the first accepted value."""
        if self.type is QuestionType.SHORT_ANSWER:
            return self.parts[0].text if self.parts else ""
        if self.type is QuestionType.TRUE_FALSE:
            return "".join("T" if part.is_true else "F" for part in self.parts)
        return "".join(letter for letter, part in zip(OPTION_LETTERS, self.parts, strict=False) if part.is_true)


@dataclass(frozen=True)
class Placement:
    """Where a question stands in the curriculum. Ids are those of ``repository.curriculum``."""

    subject: str
    programme: str
    grade: int | None = None
    topic: str | None = None
    level: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewQuestion:
    """A question on its way in: content, placement, and where it came from.

    ``passage`` is the text shared by neighbours; questions of one import with equal passages share one.
    ``source_file`` and ``source_place`` (``line 12``, ``Câu 7``) lead back to the original.
    """

    content: QuestionContent
    placement: Placement
    passage: str = ""
    source: str = ""
    source_file: str = ""
    source_place: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Problem:
    """Something in a question that a person must decide. ``code`` is stable; ``message`` a Vietnamese msgid."""

    code: str
    message: str
    facts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.facts)
