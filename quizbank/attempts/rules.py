"""When answers are taken, when keys may be seen, which variant a student gets. Pure: the moment is an argument."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from repository.errors import Conflict, Forbidden, Invalid

GRACE = dt.timedelta(seconds=10)
MAX_RESPONSE_CHARACTERS = 200
PRACTICE_COUNTS = (5, 10, 20, 30, 40)
DEFAULT_PRACTICE_COUNT = 10
MAX_PRACTICE_COUNT = 40
UNANSWERED = "-"
CLOSE_JOB = "attempts.close"


class Mode(StrEnum):
    """Practice shows the key of each question once it is checked; an assigned sitting when its teacher says.

    One on paper was marked from an answer sheet: nobody goes on with it, and only the quiz's maker learns its marks.
    """

    PRACTICE = "practice"
    ASSIGNED = "assigned"
    PAPER = "paper"


class ReviewAfter(StrEnum):
    """When the students of an assignment may see keys and explanations."""

    SUBMIT = "submit"
    CLOSE = "close"


class AttemptClosed(Forbidden):
    """The sitting is over: nothing is saved any more. ``facts["submitted_at"]`` tells since when."""

    code = "attempt-closed"


class StaleAnswer(Conflict):
    """Another window has saved this question's answer since; ``facts`` hold it in shown letters."""

    code = "stale-answer"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to practise. ``topic`` may be a topic, a strand or a grade id."""

    subject: str
    grade: int | None = None
    topic: str | None = None
    level: str | None = None
    count: int = DEFAULT_PRACTICE_COUNT


def accepts_answers(now: dt.datetime, deadline: dt.datetime | None, submitted_at: dt.datetime | None) -> bool:
    """Whether an answer is still taken: not submitted, and not past the deadline and its few seconds of grace."""
    return submitted_at is None and not is_overdue(now, deadline, submitted_at)


def is_overdue(now: dt.datetime, deadline: dt.datetime | None, submitted_at: dt.datetime | None) -> bool:
    """Whether the sitting ran out of time and waits to be closed."""
    return submitted_at is None and deadline is not None and now > deadline + GRACE


def is_open(now: dt.datetime, opens_at: dt.datetime, closes_at: dt.datetime) -> bool:
    return opens_at <= now < closes_at


def deadline_of(started_at: dt.datetime, duration_minutes: int, closes_at: dt.datetime) -> dt.datetime:
    """When a sitting must end: after its minutes, and never after the assignment closes."""
    return min(started_at + dt.timedelta(minutes=duration_minutes), closes_at)


def earliest(*moments: dt.datetime | None) -> dt.datetime | None:
    """The first of the moments that are set: a teacher who closes early ends every sitting."""
    return min((moment for moment in moments if moment is not None), default=None)


def may_show_key(
    mode: Mode,
    *,
    now: dt.datetime,
    submitted_at: dt.datetime | None,
    is_checked: bool = False,
    review_after: ReviewAfter | None = None,
    closes_at: dt.datetime | None = None,
) -> bool:
    """Whether the one who sits may see the key and the explanation of a question.

    Args:
        mode: practice or assigned.
        now: the moment of asking.
        submitted_at: when the sitting ended.
        is_checked: practice: this question's answer is final.
        review_after: assigned: what the teacher chose.
        closes_at: assigned: when the last one may still sit.
    """
    if mode is Mode.PRACTICE:
        return is_checked or submitted_at is not None
    if submitted_at is None:
        return False
    return review_after == ReviewAfter.SUBMIT or (closes_at is not None and now > closes_at + GRACE)


def variant_of(person_id: int, assignment_id: int, count: int) -> int:
    """Which of ``count`` variants a student gets: the same at every start, spread evenly over a class."""
    digest = sha256(f"{assignment_id}:{person_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def check_wish(wish: Wish) -> None:
    """Refuse a number of questions that is none.

    Raises:
        Invalid: not between 1 and ``MAX_PRACTICE_COUNT``.
    """
    if not 1 <= wish.count <= MAX_PRACTICE_COUNT:
        raise Invalid("Hãy chọn từ 1 đến {limit} câu.", limit=MAX_PRACTICE_COUNT, fields={"count": [str(wish.count)]})


def clean_response(kind: QuestionType, response: str, count: int) -> str:
    """A response in shown letters, in its one form: sorted letters, one sign a statement, or trimmed text.

    Args:
        kind: the question's type.
        response: what came in.
        count: how many options or statements the question has.

    Raises:
        Invalid: letters that the question does not have, or too many characters.
    """
    response = response.strip()
    if len(response) > MAX_RESPONSE_CHARACTERS:
        raise Invalid("Câu trả lời dài quá {limit} kí tự.", limit=MAX_RESPONSE_CHARACTERS)
    if kind is QuestionType.SHORT_ANSWER or not response:
        return response
    if kind is QuestionType.TRUE_FALSE:
        return _clean_judgements(response, count)
    letters = "".join(sorted(set(response)))
    if not set(letters) <= set(OPTION_LETTERS[:count]) or (kind is QuestionType.SINGLE_CHOICE and len(letters) > 1):
        raise Invalid("Câu này không có phương án “{response}”.", response=response)
    return letters


def _clean_judgements(response: str, count: int) -> str:
    if len(response) != count or not set(response) <= {"T", "F", UNANSWERED}:
        raise Invalid("Câu này cần {count} lựa chọn Đúng hoặc Sai.", count=count)
    return response if response.strip(UNANSWERED) else ""
