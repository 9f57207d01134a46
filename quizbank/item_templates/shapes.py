"""The shapes a question takes once its parts are computed: options mixed, slips told, alike ones left out.

Every shape answers None where the draw is unlucky: two options would be alike, the answer does not fit the sheet.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from random import Random
from typing import NamedTuple

from quizbank.item_templates.writing import Number, is_terminating, plain, rounded
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType

Draft = QuestionContent | None
Wrong = tuple[str, str]
"""An option that is not right, and the mistake that leads to it (empty where the option only fails to answer)."""


class Statement(NamedTuple):
    """What is claimed, whether it holds, why, and its level (empty where it is that of the question)."""

    text: str
    is_true: bool
    why: str
    level: str = ""


SHEET_WIDTH = 4
"""The answer sheet of Part III has four boxes: digits, a minus sign, a comma (QĐ 764/QĐ-BGDĐT)."""


def choice(r: Random, stem: str, key: str, wrongs: Iterable[Wrong], because: str) -> Draft:
    """One right option among four. Wrong options that coincide are dropped; fewer than three left is no question."""
    kept = _distinct(key, wrongs)
    if len(kept) < 3:
        return None
    parts = [Part(key, is_true=True), *(Part(text) for text, _ in kept)]
    r.shuffle(parts)
    return QuestionContent(QuestionType.SINGLE_CHOICE, stem, tuple(parts), because + _slips_of(kept))


def _slips_of(wrongs: Sequence[Wrong]) -> str:
    named = [f"«{text.removesuffix('.')}»: {slip}" for text, slip in wrongs if slip]
    return f"\n\nNhầm lẫn thường gặp – {'; '.join(named)}." if named else ""


def _distinct(key: str, wrongs: Iterable[Wrong]) -> list[Wrong]:
    """The first three that differ; no more of ``wrongs`` are asked for than are needed."""
    seen, kept = {key.casefold()}, []
    for text, slip in wrongs:
        if text.casefold() not in seen:
            seen.add(text.casefold())
            kept.append((text, slip))
            if len(kept) == 3:
                break
    return kept


def several(r: Random, stem: str, options: Sequence[tuple[str, bool]], because: str) -> Draft:
    """Some of the options are right: at least one is, and at least one is not."""
    truths = [truth for _, truth in options]
    if all(truths) or not any(truths) or len({text.casefold() for text, _ in options}) < len(options):
        return None
    parts = [Part(text, is_true=truth) for text, truth in options]
    r.shuffle(parts)
    return QuestionContent(QuestionType.MULTIPLE_RESPONSE, stem, tuple(parts), because)


def short(stem: str, value: Number | float, because: str, places: int | None = None) -> Draft:
    """A number that fits the four boxes of the answer sheet; ``places`` when the stem asks to round."""
    exact = Fraction(value) if places is None else rounded(value, places)
    if not is_terminating(exact, 3):
        return None
    text = plain(exact)
    if len(text) > SHEET_WIDTH:
        return None
    explanation = f"{because}\n\nĐáp số: {text}."
    return QuestionContent(
        QuestionType.SHORT_ANSWER, stem, (Part(text, is_true=True),), explanation, AnswerKind.NUMERIC
    )


def worded(stem: str, accepted: Sequence[str], because: str) -> Draft:
    """A short answer in words; the first of the accepted is the one shown."""
    parts = tuple(Part(text, is_true=True) for text in accepted)
    return QuestionContent(QuestionType.SHORT_ANSWER, stem, parts, because, AnswerKind.TEXT)


def essay(stem: str, guide: str) -> Draft:
    """A question answered in one's own words, with the guide by which it is marked."""
    return QuestionContent(QuestionType.ESSAY, stem, (), guide.strip())


def cluster(stem: str, statements: Sequence[Statement]) -> Draft:
    """Four statements, each true or false, neither all true nor all false."""
    if len({one.is_true for one in statements}) == 1 or len({one.text.casefold() for one in statements}) < 4:
        return None
    parts = tuple(Part(one.text, is_true=one.is_true, level=one.level or None) for one in statements)
    lines = [
        f"{letter}) {'Đúng' if one.is_true else 'Sai'}. {one.why}"
        for letter, one in zip("abcd", statements, strict=True)
    ]
    return QuestionContent(QuestionType.TRUE_FALSE, stem, parts, "\n\n".join(lines), keeps_order=True)
