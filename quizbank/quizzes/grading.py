"""How much of a question a response earns, by the rules of the graduation exam since 2025.

=================  ============================================================================
single choice      all or nothing
multiple response  all or nothing: exactly the right options
true/false         by the number of right judgements of four: 0, 0.1, 0.25, 0.5, 1
short answer       right or wrong: an equal number (comma or point), or an equal text
=================  ============================================================================

A statement without a judgement counts as wrong. Responses are canonical (see ``quizbank.questions.cards``).

Source: Quyết định 764/QĐ-BGDĐT (8 March 2024).
"""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Protocol

from quizbank.questions.rules import OPTION_LETTERS, AnswerKind, QuestionType
from repository.markup import nfc

NOTHING, EVERYTHING = Decimal(0), Decimal(1)
STATEMENT_FRACTIONS = (Decimal(0), Decimal("0.1"), Decimal("0.25"), Decimal("0.5"), Decimal(1))
CENT = Decimal("0.01")

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_RATIO = re.compile(r"([+-]?\d+)/(\d+)")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-", "\u2010": "-", "\u2011": "-"})
_CASE_MATTERS = re.compile(r"\w[^\W\d_a-zà-ỹ]")
_OLD_TONES = dict(
    zip(
        ("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy").split(),  # noqa: SIM905 - pairs read better in rows
        ("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ").split(),  # noqa: SIM905
        strict=True,
    )
)
_OLD_TONE = re.compile("|".join(_OLD_TONES))


class GradedPart(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def is_true(self) -> bool: ...


class GradedQuestion(Protocol):
    """What grading needs of a question: ``QuestionContent`` has it, and so has a stored version."""

    @property
    def type(self) -> str: ...
    @property
    def parts(self) -> Sequence[GradedPart]: ...
    @property
    def answer_kind(self) -> str | None: ...
    @property
    def tolerance(self) -> Decimal | None: ...


def fraction_of(question: GradedQuestion, response: str) -> Decimal:
    """How much of the question the canonical response earns, 0 to 1."""
    match QuestionType(question.type):
        case QuestionType.TRUE_FALSE:
            return _fraction_of_statements(question.parts, response)
        case QuestionType.SHORT_ANSWER:
            return EVERYTHING if is_accepted(question, response) else NOTHING
        case _:
            right = {letter for letter, part in zip(OPTION_LETTERS, question.parts, strict=False) if part.is_true}
            return EVERYTHING if right and set(response) == right else NOTHING


def marks_of(fraction: Decimal, marks: Decimal) -> Decimal:
    """What an item worth ``marks`` gives, to two decimals, halves upward."""
    return (fraction * marks).quantize(CENT, ROUND_HALF_UP)


def ten_point_mark(marks: Decimal, max_marks: Decimal) -> Decimal:
    """Marks on the scale of 0 to 10, to two decimals."""
    return (marks * 10 / max_marks).quantize(CENT, ROUND_HALF_UP) if max_marks else NOTHING


def is_accepted(question: GradedQuestion, response: str) -> bool:
    """Whether a short answer equals one of the accepted values."""
    if not response.strip():
        return False
    if question.answer_kind == AnswerKind.NUMERIC:
        return _is_near(response, (part.text for part in question.parts), question.tolerance or NOTHING)
    return any(_folded(response, part.text) == _folded(part.text, part.text) for part in question.parts)


def numbers_of(text: str) -> set[Fraction]:
    """Every number that a text may mean: ``1.000`` is one, and a thousand.

    Comma and point both part decimals, as people type them; groups of three digits may be parted too. ``1/3`` is
    a third. Anything else is no number.
    """
    digits = re.sub(r"\s", "", nfc(text)).translate(_MINUS).rstrip(".")
    readings = set()
    if _NUMBER.fullmatch(digits):
        readings.add(Fraction(digits.replace(",", ".")))
    if grouped := _GROUPED.fullmatch(digits):
        readings.add(Fraction(digits.replace(grouped[1], "").replace(",", ".")))
    if (ratio := _RATIO.fullmatch(digits)) and int(ratio[2]):
        readings.add(Fraction(int(ratio[1]), int(ratio[2])))
    return readings


def _is_near(response: str, accepted: Iterable[str], tolerance: Decimal) -> bool:
    given = numbers_of(response)
    reach = Fraction(tolerance)
    return any(abs(number - wanted) <= reach for text in accepted for wanted in numbers_of(text) for number in given)


def _fraction_of_statements(parts: Sequence[GradedPart], response: str) -> Decimal:
    judged = zip(parts, response, strict=False)
    right = sum(judgement == ("T" if part.is_true else "F") for part, judgement in judged)
    if len(parts) == len(STATEMENT_FRACTIONS) - 1:
        return STATEMENT_FRACTIONS[right]
    return EVERYTHING if parts and right == len(parts) else NOTHING


def _folded(text: str, accepted: str) -> str:
    """A text as it is compared. Capitals count only where the accepted value has them inside a word: AaBb, NaOH."""
    text = " ".join(nfc(text).split()).strip(" .;,").translate(_MINUS)
    text = text if _CASE_MATTERS.search(accepted) else text.casefold()
    return _OLD_TONE.sub(lambda tone: _OLD_TONES[tone[0]], text)
