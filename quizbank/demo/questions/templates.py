"""What a template is, and the four shapes a question takes.

A template draws its parameters from a seeded ``Random`` and answers a question, or None when the parameters are
unlucky (two options would be alike, the answer does not fit the answer sheet): the caller draws again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from quizbank.demo.questions.writing import Number, is_terminating, plain, rounded
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType

BIET, HIEU, VAN_DUNG = "biet", "hieu", "van-dung"

Draft = QuestionContent | None
Draw = Callable[[Random], Draft]
Wrong = tuple[str, str]
"""An option that is not right, and the mistake that leads to it (empty where the option only fails to answer)."""

SHEET_WIDTH = 4
"""The answer sheet of Part III has four boxes: digits, a minus sign, a comma (QĐ 764/QĐ-BGDĐT)."""


@dataclass(frozen=True)
class Template:
    """``room``: at most that many questions, where more would only repeat the same facts.

    ``makers``: what ``draw`` makes questions with, by which others follow from it (``derived``).
    """

    name: str
    topic: str
    level: str
    draw: Draw
    room: int | None = None
    makers: frozenset[str] = frozenset()

    @property
    def subject(self) -> str:
        return self.topic.split(".")[0]

    @property
    def grade(self) -> int:
        return int(self.topic.split(".")[1].removeprefix("l"))


@dataclass
class Shelf:
    """The templates of one module, in the order written."""

    templates: list[Template] = field(default_factory=list)

    def add(self, topic: str, level: str, room: int | None = None) -> Callable[[Draw], Draw]:
        def register(draw: Draw) -> Draw:
            self.put(draw.__name__, topic, level, draw, room)
            return draw

        return register

    def put(
        self,
        name: str,
        topic: str,
        level: str,
        draw: Draw,
        room: int | None = None,
        makers: frozenset[str] | None = None,
    ) -> None:
        names = frozenset(draw.__code__.co_names) if makers is None else makers
        self.templates.append(Template(name, topic, level, draw, room, names))


def choice(r: Random, stem: str, key: str, wrongs: Sequence[Wrong], because: str) -> Draft:
    """One right option among four. Wrong options that coincide are dropped; fewer than three left is no question."""
    kept = _distinct(key, wrongs)[:3]
    if len(kept) < 3:
        return None
    parts = [Part(key, is_true=True), *(Part(text) for text, _ in kept)]
    r.shuffle(parts)
    return QuestionContent(QuestionType.SINGLE_CHOICE, stem, tuple(parts), because + _slips_of(kept))


def _slips_of(wrongs: Sequence[Wrong]) -> str:
    named = [f"«{text.removesuffix('.')}»: {slip}" for text, slip in wrongs if slip]
    return f"\n\nNhầm lẫn thường gặp – {'; '.join(named)}." if named else ""


def _distinct(key: str, wrongs: Sequence[Wrong]) -> list[Wrong]:
    seen, kept = {key.casefold()}, []
    for text, slip in wrongs:
        if text.casefold() not in seen:
            seen.add(text.casefold())
            kept.append((text, slip))
    return kept


def numbers(
    r: Random,
    stem: str,
    key: Number,
    wrongs: Sequence[tuple[Number, str]],
    because: str,
    show: Callable[[Number], str] = plain,
) -> Draft:
    """A choice among numbers; ``show`` writes them all alike, so that equal numbers are equal texts."""
    return choice(r, stem, show(key), [(show(value), slip) for value, slip in wrongs], because)


def several(r: Random, stem: str, options: Sequence[tuple[str, bool]], because: str) -> Draft:
    """Some of the options are right: at least one is, and at least one is not."""
    truths = [truth for _, truth in options]
    if all(truths) or not any(truths) or len({text.casefold() for text, _ in options}) < len(options):
        return None
    parts = [Part(text, is_true=truth) for text, truth in options]
    r.shuffle(parts)
    return QuestionContent(QuestionType.MULTIPLE_RESPONSE, stem, tuple(parts), because)


def short(stem: str, value: Number, because: str, places: int | None = None) -> Draft:
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


Statement = tuple[str, bool, str]
"""What is claimed, whether it holds, and why."""


def either(r: Random, text: str, right: str, wrong: str, why: str) -> Statement:
    """A statement with ``@`` filled by the right or the wrong value, as chance has it."""
    holds = r.random() < 0.5
    return text.replace("@", right if holds else wrong), holds or right == wrong, why


def cluster(stem: str, statements: Sequence[Statement]) -> Draft:
    """Four statements, each true or false, neither all true nor all false."""
    if len({truth for _, truth, _ in statements}) == 1 or len({text.casefold() for text, _, _ in statements}) < 4:
        return None
    parts = tuple(Part(text, is_true=truth) for text, truth, _ in statements)
    lines = [
        f"{letter}) {'Đúng' if truth else 'Sai'}. {why}"
        for letter, (_, truth, why) in zip("abcd", statements, strict=True)
    ]
    return QuestionContent(QuestionType.TRUE_FALSE, stem, parts, "\n\n".join(lines), keeps_order=True)
