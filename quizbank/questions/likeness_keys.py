"""Whether two questions that are alike disagree about the answer. Pure."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from quizbank.questions.likeness import grams_of, similarity_of
from quizbank.questions.likeness_folding import Folded
from quizbank.questions.rules import NUMBER, AnswerKind, QuestionType

_CLOSE = 0.85
_LONG_LETTERS = 12
OPTIONS_KEPT = 2_000
_DIGITS = re.compile(r"\d+")


def keys_disagree(left: Folded, right: Folded) -> bool:
    """Whether one question calls right what the other calls wrong.

    Options are held against each other by what they say, wherever they stand; what only one of them offers says
    nothing. Short answers disagree when they accept no value in common.
    """
    kinds = {left.type, right.type}
    if kinds == {QuestionType.SHORT_ANSWER}:
        ours, theirs = left.values, right.values
        return not any(_is_same_value(one, other, left, right) for one in ours for other in theirs)
    if QuestionType.SHORT_ANSWER in kinds:
        return False
    others = right.values
    answers = set(zip(others, right.truths, strict=True))
    for text, is_true in zip(left.values, left.truths, strict=True):
        twin = _twin_of(text, others)
        if twin is not None and (twin, not is_true) in answers:
            return True
    return False


def _twin_of(text: str, others: Sequence[str]) -> str | None:
    """The option that says the same; a slip of the pen is forgiven in a long one, never in a number."""
    if text in others:
        return text
    if len(text) < _LONG_LETTERS:
        return None
    digits, grams = _looked_at(text)
    close = [
        (similarity_of(grams, _looked_at(other)[1]), other)
        for other in others
        if len(other) >= _LONG_LETTERS and digits == _looked_at(other)[0]
    ]
    likeness, twin = max(close, default=(0.0, ""))
    return twin if likeness >= _CLOSE else None


@lru_cache(OPTIONS_KEPT)
def _looked_at(text: str) -> tuple[list[str], frozenset[str]]:
    return _DIGITS.findall(text), grams_of(text)


def _is_same_value(one: str, other: str, left: Folded, right: Folded) -> bool:
    are_numbers = AnswerKind.NUMERIC in (left.answer_kind, right.answer_kind)
    if not (are_numbers and NUMBER.fullmatch(one) and NUMBER.fullmatch(other)):
        return one == other
    allowed = Fraction(max(left.tolerance or 0, right.tolerance or 0))
    return abs(_number(one) - _number(other)) <= allowed


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
