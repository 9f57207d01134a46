"""Repairing a key: what an answer earns afterwards, and who gains or loses by it. Pure: nothing is looked up here.

What a repair rules is in ``quizbank.questions.rulings``.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from quizbank.attempts.rules import MAX_RESPONSE_CHARACTERS
from quizbank.questions.rules import NUMBER, OPTION_LETTERS, AnswerKind, QuestionType, fold_spaces
from quizbank.questions.rulings import Repairable, Ruling, Treatment, right_letters
from quizbank.quizzes.grading import EVERYTHING, NOTHING, GradedQuestion, fraction_of, marks_of, ten_point_mark
from repository.errors import Invalid

MAX_VALUES = 20
BINS = 10
_JUDGEMENTS = str.maketrans({"Đ": "T", "D": "T", "S": "F"})
_SEPARATORS = re.compile(r"[\s,;./|-]+")


@dataclass(frozen=True)
class Judged:
    """What an answer earns. Of a question that is left out nothing counts: neither its marks nor its worth."""

    marks: Decimal
    fraction: Decimal
    is_left_out: bool = False


def judge(question: GradedQuestion, ruling: Ruling | None, response: str, marks: Decimal) -> Judged:
    """What a canonical response to an item worth ``marks`` earns; without a ruling, by the question's own key."""
    if ruling is None:
        fraction = fraction_of(question, response)
    elif ruling.treatment is Treatment.LEFT_OUT:
        return Judged(NOTHING, NOTHING, is_left_out=True)
    elif ruling.treatment is Treatment.ALL_RIGHT:
        fraction = EVERYTHING
    elif ruling.treatment is Treatment.KEY and ruling.question.type == QuestionType.SINGLE_CHOICE:
        fraction = EVERYTHING if response and response in right_letters(ruling.question) else NOTHING
    else:
        fraction = fraction_of(ruling.question, response)
    return Judged(marks_of(fraction, marks), fraction)


def clean_key(question: GradedQuestion, given: str) -> str:
    """A key in its one form: sorted letters, ``TFTF``, or accepted values, one a line.

    Letters are canonical: those of the bank, not of a paper's code.

    Raises:
        Invalid: the question can't have such a key.
    """
    kind, count = QuestionType(question.type), len(question.parts)
    if kind is QuestionType.SHORT_ANSWER:
        return _clean_values(question, given)
    if kind is QuestionType.ESSAY:
        raise Invalid("Câu tự luận không có đáp án để sửa.", field="key")
    signs = _SEPARATORS.sub("", given.upper())
    if kind is QuestionType.TRUE_FALSE:
        judged = signs.translate(_JUDGEMENTS)
        if len(judged) != count or not set(judged) <= {"T", "F"}:
            raise Invalid("Hãy ghi đủ {count} ý, mỗi ý Đ hoặc S.", count=count, field="key")
        return judged
    letters = "".join(sorted(set(signs)))
    if not letters or not set(letters) <= set(OPTION_LETTERS[:count]):
        raise Invalid(
            "Hãy ghi chữ cái của phương án đúng, từ A đến {last}.", last=OPTION_LETTERS[count - 1], field="key"
        )
    return letters


def is_comparable(old: Repairable, new: Repairable) -> bool:
    """Whether answers to the old version can be marked by the new one's key: same type, options in their places."""
    if old.type != new.type:
        return False
    if old.type == QuestionType.SHORT_ANSWER:
        return True
    before, after = ([fold_spaces(part.text) for part in one.parts] for one in (old, new))
    return len(before) == len(after) and not any(
        text != other and text in after for text, other in zip(before, after, strict=True)
    )


@dataclass(frozen=True)
class Total:
    """The marks of a whole sitting."""

    marks: Decimal
    max_marks: Decimal

    @property
    def mark(self) -> Decimal:
        """On the scale of 0 to 10."""
        return ten_point_mark(self.marks, self.max_marks)

    def with_change(self, old: Judged, new: Judged, worth: Decimal) -> "Total":
        """The sum after an item worth ``worth`` was judged otherwise."""
        max_marks = self.max_marks + worth * (old.is_left_out - new.is_left_out)
        return Total(self.marks - old.marks + new.marks, max_marks)


@dataclass
class Tally:
    """How many sittings gain, lose and stay, and how many marks lie in 0 to under 1 ... 9 to 10 before and after."""

    gains: int = 0
    losses: int = 0
    stays: int = 0
    before: list[int] = field(default_factory=lambda: [0] * BINS)
    after: list[int] = field(default_factory=lambda: [0] * BINS)

    @property
    def count(self) -> int:
        return self.gains + self.losses + self.stays

    def add(self, old: Total, new: Total) -> None:
        self.gains += new.mark > old.mark
        self.losses += new.mark < old.mark
        self.stays += new.mark == old.mark
        for counts, total in ((self.before, old), (self.after, new)):
            counts[min(BINS - 1, int(total.mark))] += 1


def _clean_values(question: GradedQuestion, given: str) -> str:
    values = [value for line in re.split(r"[\n;]", given) if (value := fold_spaces(line))]
    if not values:
        raise Invalid("Hãy ghi ít nhất một đáp án được chấp nhận.", field="key")
    if len(values) > MAX_VALUES or any(len(value) > MAX_RESPONSE_CHARACTERS for value in values):
        raise Invalid(
            "Tối đa {values} đáp án, mỗi đáp án tối đa {limit} kí tự.",
            values=MAX_VALUES,
            limit=MAX_RESPONSE_CHARACTERS,
            field="key",
        )
    if question.answer_kind == AnswerKind.NUMERIC and not all(NUMBER.fullmatch(value) for value in values):
        raise Invalid("Câu này nhận đáp án là số.", field="key")
    return "\n".join(dict.fromkeys(values))
