"""What a question is: pure data, and the rules that make it a sound one.

Every type is a stem and a list of parts, so that one table, one editor and one card serve all of them:

=================  =====================================================  ========================
type               parts                                                  ``is_true``
=================  =====================================================  ========================
single-choice      2 to 8 options                                         exactly one
multiple-response  2 to 8 options                                         one or more
true-false         four statements (Part II of the 2025 exam)             any
short-answer       the accepted values, the first is the one shown        all
essay              none; the explanation is the marking guide             --
=================  =====================================================  ========================

A statement may have a cognitive level of its own; one without stands at the level of its question.

Texts are sources in the markup of ``repository.markup``: plain text with ``$LaTeX$`` and ``![](media:SHA256)``.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from quizbank.questions.problems import Problem, problem


class QuestionType(StrEnum):
    SINGLE_CHOICE = "single-choice"
    MULTIPLE_RESPONSE = "multiple-response"
    TRUE_FALSE = "true-false"
    SHORT_ANSWER = "short-answer"
    ESSAY = "essay"


CHOICE_TYPES = frozenset({QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_RESPONSE})
MACHINE_MARKED = frozenset(QuestionType) - {QuestionType.ESSAY}
"""Types whose answers a machine marks: those that can be sat on screen and practised."""
OPTION_LETTERS = "ABCDEFGH"


class AnswerKind(StrEnum):
    """How a short answer is compared: as a number (decimal comma or point) or as folded text."""

    NUMERIC = "numeric"
    TEXT = "text"


@dataclass(frozen=True)
class Part:
    """An option, a statement or an accepted value.

    ``is_locked``: keeps its place when options are shuffled. ``level``: the cognitive level of a true/false statement,
    None where it is that of the question.
    """

    text: str
    is_true: bool = False
    is_locked: bool = False
    level: str | None = None


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
        """The key as people write it: ``B``, ``AC``, ``TFTF`` or the first accepted value; empty for an essay."""
        if self.type is QuestionType.SHORT_ANSWER:
            return self.parts[0].text if self.parts else ""
        if self.type is QuestionType.TRUE_FALSE:
            return "".join("T" if part.is_true else "F" for part in self.parts)
        return "".join(letter for letter, part in zip(OPTION_LETTERS, self.parts, strict=False) if part.is_true)


def printed_key(kind: QuestionType, key: str) -> str:
    """A key as Vietnamese key tables print it: ``B``, ``ĐSĐS``, ``2,5``."""
    return key.replace("T", "Đ").replace("F", "S") if kind is QuestionType.TRUE_FALSE else key


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


MAX_OPTIONS = len(OPTION_LETTERS)
MAX_TEXT = 20_000
NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|\d+/[1-9]\d*)")


def fold_spaces(text: str) -> str:
    """NFC with every run of white space as one blank; case stays, for ``AaBb`` and ``AABb`` are different."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def check_content(content: QuestionContent) -> tuple[Problem, ...]:
    """What keeps this content from being a sound question; empty when it is one."""
    found = [] if content.stem.strip() else [problem("empty-stem")]
    if max(map(len, (content.stem, content.explanation, *(part.text for part in content.parts)))) > MAX_TEXT:
        found.append(problem("too-long", limit=MAX_TEXT))
    if content.type is QuestionType.SHORT_ANSWER:
        return (*found, *_check_values(content))
    if content.type is QuestionType.ESSAY:
        return (*found, *([problem("essay-with-options")] if content.parts else []))
    found += _check_texts(content)
    if content.type is QuestionType.TRUE_FALSE:
        return (*found, *([] if len(content.parts) == 4 else [problem("wrong-statement-count")]))
    keys = sum(part.is_true for part in content.parts)
    if keys == 0 and content.parts:
        found.append(problem("no-key"))
    if keys > 1 and content.type is QuestionType.SINGLE_CHOICE:
        found.append(problem("two-keys", keys=", ".join(content.key)))
    return tuple(found)


def _check_values(content: QuestionContent) -> list[Problem]:
    if not any(part.text.strip() for part in content.parts):
        return [problem("no-key")]
    if content.answer_kind is not AnswerKind.NUMERIC:
        return []
    return [problem("not-a-number", key=part.text) for part in content.parts if not NUMBER.fullmatch(part.text.strip())]


def _check_texts(content: QuestionContent) -> list[Problem]:
    texts = [fold_spaces(part.text).removesuffix(".") for part in content.parts]
    letters = [letter for letter, _ in zip(OPTION_LETTERS, texts, strict=False)]
    if len(texts) > MAX_OPTIONS:
        return [problem("too-many-options", limit=MAX_OPTIONS)]
    if not texts:
        return [problem("no-options")]
    if len(texts) == 1:
        return [problem("missing-option", letters=OPTION_LETTERS[1])]
    empty = [letter for letter, text in zip(letters, texts, strict=True) if not text]
    same = [letter for letter, text in zip(letters, texts, strict=True) if text and texts.count(text) > 1]
    found = [problem("empty-option", letters=", ".join(empty))] if empty else []
    return [*found, *([problem("identical-options", letters=", ".join(same))] if same else [])]


def fingerprint_of(content: QuestionContent, passage: str = "") -> str:
    """64 hexadecimal digits: 48 of what is asked, 16 of what is right.

    Equal fingerprints are the same question; equal beginnings (``body_of``) with different ends contradict
    each other. Neither the explanation counts nor the levels of statements.
    """
    if content.type is QuestionType.SHORT_ANSWER:
        asked, right = [], sorted(fold_spaces(part.text) for part in content.parts)
    else:
        asked, right = [fold_spaces(part.text) for part in content.parts], [content.key]
    body = "\x1e".join([content.type, fold_spaces(content.stem), *asked, "\x1d", fold_spaces(passage)])
    key = "\x1e".join(right)
    return hashlib.sha256(body.encode()).hexdigest()[:48] + hashlib.sha256(key.encode()).hexdigest()[:16]


def has_own_levels(content: QuestionContent) -> bool:
    """Whether any statement says a level of its own."""
    return any(part.level for part in content.parts)


def levels_text(counts: Mapping[str, int]) -> str:
    """How many statements stand at each level, in one form: ``biet:2 hieu:1 van-dung:1``; empty for none."""
    return " ".join(f"{level}:{count}" for level, count in sorted(counts.items()) if count)


def levels_from(text: str) -> dict[str, int]:
    """The inverse of ``levels_text``."""
    pairs = (pair.rpartition(":") for pair in text.split())
    return {level: int(count) for level, _, count in pairs}


def statement_levels_of(content: QuestionContent, level: str | None) -> str:
    """The levels of a question's true/false statements, as ``levels_text`` writes them.

    Args:
        content: the question.
        level: its own level, which is that of every statement that says none.

    Returns:
        Empty where there are no statements, or one is at no known level.
    """
    levels = [part.level or level for part in content.parts if content.type is QuestionType.TRUE_FALSE]
    return "" if None in levels else levels_text(Counter(filter(None, levels)))


def body_of(fingerprint: str) -> str:
    """The part of a fingerprint that tells what is asked, whatever the key."""
    return fingerprint[:48]
