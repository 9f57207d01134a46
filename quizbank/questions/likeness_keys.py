"""Whether two questions that are alike ask the same, and whether they then disagree about the answer. Pure.

Of the 301 pairs of real papers that differ anywhere none was chance: each is one question twice, or one with another
name, crop, figure or superlative in its place. Such variants share their options, have other keys, and are no conflict.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from quizbank.questions.likeness_folding import Folded
from quizbank.questions.rules import NUMBER, AnswerKind, QuestionType
from repository.search.text import one_spelling, strip_marks

_LONG_LETTERS = 12
TEXTS_KEPT = 2_000
_PUNCTUATION = ",.;:?!()[]\"“”'‘’"
_APART, _FEW = 3, 4
"""Words left out and added with less than so many between them are another's place; so many in all change nothing."""
_SHORT_WORD = re.compile(r"[BCDĐGHKLMNPQRSTVX][aeiouyàáảãạăâèéẹêìíịòóọôơùúụưừ]\b")
_LONG_TEXT = 4_000
"""In longer texts only what lies between the same beginning and the same end is looked at, and no more than this."""
_DASHES = {"", "-", "–", "—"}
_POINTING = re.compile(r"\b(?:nào )?(?:sau|dưới) đây\b")
_TURNING = {"khong", "chua", "chang", "sai", "tru", "ngoai", "not", "except", "no", "never", "false", "incorrect"}
"""What turns a question round, without marks."""
_DIGITS = re.compile(r"\d+")


def keys_disagree(left: Folded, right: Folded) -> bool:
    """Whether two questions ask the same, and one calls right what the other calls wrong.

    Options are held against each other by what they say, wherever they stand; what only one of them offers says
    nothing. Where one option is right, each must offer the other's and all others but one: the largest of these is not
    that of those. Short answers disagree when they accept no value in common.
    """
    is_worth_a_look = left.type == right.type and _figures(left.stem) == _figures(right.stem)
    return is_worth_a_look and _answers_disagree(left, right) and says_the_same(left.stem, right.stem)


def is_same_question(left: Folded, right: Folded) -> bool:
    """Whether these seem to be one question, its options too; what they call right does not count."""
    if left.type != right.type or not says_the_same(left.stem, right.stem):
        return False
    if left.type is QuestionType.SHORT_ANSWER:
        return True
    ours, theirs = left.values, right.values
    return len(ours) == len(theirs) and all(_twin_of(one, theirs) or _is_said_by(one, theirs) for one in ours)


def says_the_same(one: str, other: str) -> bool:
    """Whether two folded texts differ in nothing but spelling, and in a few words that were added or left out.

    A word in another's place says something else, and so does another order, any figure, sign or "not".
    """
    if _figures(one) != _figures(other):
        return False
    one, other = _without_long_shared(one, other)
    if max(len(one), len(other)) > _LONG_TEXT:
        return False
    ours, theirs = _words(one), _words(other)
    added: list[str] = []
    left_out: list[str] = []
    before, end = "", -_APART
    for change, start, stop, its_start, its_stop in _changes(ours, theirs):
        is_spelling = "".join(ours[start:stop]) == "".join(theirs[its_start:its_stop])
        if not is_spelling:
            if change == "replace" or (change != before and start - end < _APART and before):
                return False
            left_out += ours[start:stop]
            added += theirs[its_start:its_stop]
            before, end = change, stop
    is_moved = not set(added).isdisjoint(left_out)
    return not is_moved and len(added + left_out) <= _FEW and all(map(_changes_nothing, added + left_out))


def _without_long_shared(one: str, other: str) -> tuple[str, str]:
    """Long texts without the words with which both begin and end: questions about one passage, which each repeats."""
    if max(len(one), len(other)) <= _LONG_TEXT:
        return one, other
    start = one.rfind(" ", 0, _same_letters(one, other)) + 1
    one, other = one[start:], other[start:]
    backwards = one[::-1]
    stop = backwards.rfind(" ", 0, _same_letters(backwards, other[::-1])) + 1
    return one[: len(one) - stop], other[: len(other) - stop]


def _same_letters(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(one), len(other)))


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return () if ours == theirs else SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()


def _changes_nothing(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.islower() and word not in _TURNING


@lru_cache(TEXTS_KEPT)
def _figures(text: str) -> list[str]:
    return _DIGITS.findall(text)


@lru_cache(TEXTS_KEPT)
def _words(text: str) -> tuple[str, ...]:
    """Words without marks, punctuation and dashes; capitals that folding left stay but where a short word begins."""
    text = text[:1].lower() + text[1:] if _SHORT_WORD.match(text) else text
    words = (word.strip(_PUNCTUATION) for word in _POINTING.sub(" ", text).split())
    return tuple(one_spelling(strip_marks(word)) for word in words if word not in _DASHES)


def _answers_disagree(left: Folded, right: Folded) -> bool:
    ours, theirs = left.values, right.values
    if left.type is QuestionType.ESSAY:
        return False
    if left.type is QuestionType.SHORT_ANSWER:
        return not any(_is_same_value(one, other, left, right) for one in ours for other in theirs)
    answers = dict(zip(theirs, right.truths, strict=True))
    truths = dict(zip(ours, left.truths, strict=True))
    twins = {one: twin for one in truths if (twin := _twin_of(one, theirs)) is not None}
    against = {truths[one] for one, twin in twins.items() if truths[one] != answers[twin]}
    if left.type is QuestionType.SINGLE_CHOICE:
        return len(against) == 2 and len(twins) >= max(len(truths), len(answers)) - 1
    return bool(against)


def _twin_of(text: str, others: Sequence[str]) -> str | None:
    """The option that says the same; in a long one another spelling is forgiven."""
    if text in others:
        return text
    close = (other for other in others if min(len(text), len(other)) >= _LONG_LETTERS and _is_spelling_of(text, other))
    return next(close, None)


def _is_said_by(text: str, others: Sequence[str]) -> bool:
    return any(min(len(text), len(other)) >= _LONG_LETTERS and says_the_same(text, other) for other in others)


def _is_spelling_of(text: str, other: str) -> bool:
    return _figures(text) == _figures(other) and "".join(_words(text)) == "".join(_words(other))


def _is_same_value(one: str, other: str, left: Folded, right: Folded) -> bool:
    are_numbers = AnswerKind.NUMERIC in (left.answer_kind, right.answer_kind)
    if not (are_numbers and NUMBER.fullmatch(one) and NUMBER.fullmatch(other)):
        return one == other
    allowed = Fraction(max(left.tolerance or 0, right.tolerance or 0))
    return abs(_number(one) - _number(other)) <= allowed


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
