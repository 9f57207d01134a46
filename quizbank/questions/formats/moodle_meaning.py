"""What Moodle's questions (GIFT, Moodle XML, Aiken, missing word) mean in our model; shared by their readers.

Fractions are percents of the mark. What our model has no place for becomes a note with the values it had.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import (
    NUMBER,
    OPTION_LETTERS,
    AnswerKind,
    Part,
    QuestionContent,
    QuestionType,
    check_content,
)

TRUE_WORDS = frozenset({"đúng", "đ", "true", "t"})
FALSE_WORDS = frozenset({"sai", "s", "false", "f"})
FULL, NOTHING = Decimal(100), Decimal(0)
_NEARLY = Decimal("0.05")
_SAME = Fraction(1, 10**9)
_LEAST_TOLERANCE = Decimal("0.000001")
_WILDCARD = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class Answer:
    """An option or an accepted value; ``text`` in our markup, ``tolerance`` of a number."""

    text: str
    fraction: Decimal
    feedback: str = ""
    tolerance: Decimal | None = None

    @property
    def is_full(self) -> bool:
        return self.fraction >= FULL - _NEARLY


@dataclass
class Meaning:
    """One question on its way into our model; ``problems`` collects every doubt."""

    stem: str
    feedback: str = ""
    problems: list[Problem] = field(default_factory=list)

    def drop(self, what: str) -> None:
        self.problems.append(problem("dropped", what=what))

    def checked(self, content: QuestionContent) -> QuestionContent:
        self.problems += check_content(content)
        return content

    def choices(self, answers: Sequence[Answer], *, is_single: bool, keeps_order: bool = False) -> QuestionContent:
        """Options; where several may be chosen, those with a positive share are the key."""
        self._weights(answers, is_single=is_single)
        parts = tuple(
            Part(answer.text, is_true=answer.is_full if is_single else answer.fraction > 0) for answer in answers
        )
        kind = QuestionType.SINGLE_CHOICE if is_single else QuestionType.MULTIPLE_RESPONSE
        names = [*OPTION_LETTERS, *(str(number) for number in range(9, len(answers) + 1))]
        explanation = self._explanation(list(zip(names, answers, strict=False)))
        return self.checked(QuestionContent(kind, self.stem, parts, explanation, keeps_order=keeps_order))

    def truth(self, is_true: bool, after_true: str = "", after_false: str = "") -> QuestionContent:
        """One statement to be judged: two options that keep their order."""
        self.problems.append(problem("changed", what="Câu đúng/sai một ý", meant="câu hai phương án Đúng, Sai"))
        answers = (
            Answer("Đúng", FULL if is_true else NOTHING, after_true),
            Answer("Sai", NOTHING if is_true else FULL, after_false),
        )
        parts = tuple(Part(answer.text, is_true=answer.is_full) for answer in answers)
        explanation = self._explanation(list(zip("AB", answers, strict=True)))
        content = QuestionContent(QuestionType.SINGLE_CHOICE, self.stem, parts, explanation, keeps_order=True)
        return self.checked(content)

    def values(self, answers: Sequence[Answer]) -> QuestionContent:
        """Accepted texts. Patterns with ``*`` and answers worth less than the full mark are noted."""
        patterns = [answer for answer in answers if _WILDCARD.search(answer.text)]
        plain = [answer for answer in answers if answer not in patterns and answer.is_full]
        for answer in patterns:
            if answer.text.strip() != "*" and answer.fraction > 0:
                self.problems.append(problem("unreadable-part", what=f"mẫu trả lời có dấu *: “{answer.text[:100]}”"))
            elif answer.fraction > 0:
                self.problems.append(problem("unreadable-part", what="mẫu “*”, tức là câu trả lời nào cũng được điểm"))
        self._partial([answer for answer in answers if answer not in plain and answer not in patterns])
        parts = tuple(Part(answer.text.replace("\\*", "*").strip(), is_true=True) for answer in plain)
        return self.checked(
            QuestionContent(
                QuestionType.SHORT_ANSWER, self.stem, parts, self._explanation(_by_text(answers)), AnswerKind.TEXT
            )
        )

    def numbers(self, answers: Sequence[Answer], spelling: str = "") -> QuestionContent:
        """Accepted numbers; one tolerance serves all of them.

        Args:
            answers: the numbers with their tolerances; ``*`` is any other number.
            spelling: how they are spelt with us, where the file is our own export; see ``moodle_writing.answer_tag``.
        """
        kept = [answer for answer in answers if answer.is_full and answer.text != "*"]
        self._partial([answer for answer in answers if answer not in kept and answer.text != "*"])
        kept = _spelt(kept, spelling) if spelling else kept
        if any(answer.text == "*" and answer.fraction > 0 for answer in answers):
            self.problems.append(problem("unreadable-part", what="mẫu “*”, tức là số nào cũng được điểm"))
        tolerances = sorted({answer.tolerance or Decimal(0) for answer in kept})
        if len(tolerances) > 1:
            self.problems.append(
                problem("unreadable-part", what=f"sai số khác nhau của các đáp số: {_join(tolerances)}")
            )
        parts = tuple(Part(answer.text, is_true=True) for answer in kept)
        explanation = self._explanation(_by_text(answers))
        tolerance = tolerances[0] if tolerances and tolerances[0] else None
        kind = AnswerKind.NUMERIC
        if any(not NUMBER.fullmatch(part.text) for part in parts):
            self.problems.append(problem("unreadable-part", what=f"số {_join(part.text for part in parts)}"))
        content = QuestionContent(QuestionType.SHORT_ANSWER, self.stem, parts, explanation, kind, tolerance)
        return self.checked(content)

    def statements(self, pairs: Sequence[tuple[str, str]], *, keeps_order: bool = False) -> QuestionContent | None:
        """A matching of statements with true and false, or None where the right sides are anything else."""
        if any(judged.strip().casefold() not in TRUE_WORDS | FALSE_WORDS for _, judged in pairs):
            return None
        parts = tuple(Part(text, judged.strip().casefold() in TRUE_WORDS) for text, judged in pairs if text.strip())
        if not parts:
            return None
        explanation = self._explanation([])
        return self.checked(
            QuestionContent(QuestionType.TRUE_FALSE, self.stem, parts, explanation, keeps_order=keeps_order)
        )

    def essay(self, guide: str = "") -> QuestionContent:
        """A free text; its marking guide is what the file tells the marker, or what it says afterwards."""
        if guide and self.feedback:
            self.problems.append(problem("changed", what="Phản hồi chung", meant="phần sau của hướng dẫn chấm"))
        explanation = "\n\n".join(filter(None, (guide, self.feedback)))
        return self.checked(QuestionContent(QuestionType.ESSAY, self.stem, (), explanation))

    def unsupported(self, kind: str) -> None:
        self.problems.append(problem("unsupported-type", kind=kind))

    def _weights(self, answers: Sequence[Answer], *, is_single: bool) -> None:
        """Name shares that our model does not keep: all or nothing for one key, equal shares for several.

        Where every wrong option costs the whole mark, nothing is lost: with us a wrong one does too.
        """
        if is_single:
            odd = [answer for answer in answers if answer.fraction and not answer.is_full]
        else:
            shares = [answer.fraction for answer in answers if answer.fraction > 0]
            is_equal = bool(shares) and max(shares) - min(shares) < _NEARLY and abs(sum(shares) - FULL) < 1
            is_strict = all(answer.fraction > 0 or answer.fraction == -FULL for answer in answers)
            odd = [answer for answer in answers if answer.fraction and not (is_equal and answer.fraction > 0)]
            odd = [] if is_equal and is_strict else odd
        if odd:
            letters = dict(zip(map(id, answers), OPTION_LETTERS, strict=False))
            weights = _join(f"{letters.get(id(answer), '…')} {_percent(answer.fraction)}" for answer in odd)
            self.drop(f"điểm riêng của từng phương án: {weights}")

    def _partial(self, answers: Sequence[Answer]) -> None:
        if answers := [answer for answer in answers if answer.fraction > 0 or answer.feedback or answer.text]:
            said = _join(f"“{answer.text[:60]}” {_percent(answer.fraction)}" for answer in answers)
            self.drop(f"câu trả lời không được trọn điểm: {said}")

    def _explanation(self, named: Sequence[tuple[str, Answer]]) -> str:
        """General feedback, then what was said of each answer."""
        lines = [f"{name}: {answer.feedback}" for name, answer in named if answer.feedback.strip()]
        if lines:
            self.problems.append(problem("changed", what="Nhận xét của từng phương án", meant="lời giải"))
        return "\n\n".join(text for text in (self.feedback, "\n".join(lines)) if text.strip())


def _by_text(answers: Sequence[Answer]) -> list[tuple[str, Answer]]:
    return [(answer.text if answer.text != "*" else "Câu trả lời khác", answer) for answer in answers]


def _spelt(answers: list[Answer], spelling: str) -> list[Answer]:
    """The answers spelt as they were before they left, unless somebody has changed the numbers since."""
    spelt, _, tolerance = spelling.partition(";")
    texts = spelt.split("|")
    try:
        said = Decimal(tolerance or 0)
        pairs = [(number_of(text), number_of(answer.text)) for text, answer in zip(texts, answers, strict=True)]
    except (ValueError, ArithmeticError):
        return answers
    is_same = all(abs(ours - theirs) <= _SAME * max(Fraction(1), abs(ours)) for ours, theirs in pairs)
    is_same = is_same and all(abs((answer.tolerance or 0) - said) <= _LEAST_TOLERANCE for answer in answers)
    return [Answer(text, FULL, tolerance=said) for text in texts] if is_same else answers


def number_of(text: str) -> Fraction:
    """The exact value of a number with a decimal point or comma, or of a fraction."""
    return Fraction(text.strip().replace(",", "."))


def _percent(fraction: Decimal) -> str:
    return f"{fraction.normalize():f}%"


def _join(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)[:300]


def without_repeats(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in order."""
    return tuple(found for place, found in enumerate(problems) if found not in problems[:place])
