"""Join codes, and what makes an assignment a sound one."""

import datetime as dt
import random
from dataclasses import dataclass

from repository.errors import Invalid

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which people mistake for one another on a blackboard."""
CODE_LENGTH = 7
MAX_MEMBERS = 500
MAX_NAME_CHARACTERS = 120
MAX_DURATION_MINUTES = 300
MAX_ATTEMPTS = 10
REVIEW_TIMES = ("submit", "close")


@dataclass(frozen=True)
class NewAssignment:
    """A quiz for a class. Moments are aware UTC; ``review_after``: ``submit`` or ``close``."""

    quiz_id: int
    opens_at: dt.datetime
    closes_at: dt.datetime
    duration_minutes: int
    attempts_allowed: int = 1
    review_after: str = "close"


def new_join_code(chance: random.Random) -> str:
    return "".join(chance.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def join_code_of(text: str) -> str:
    """The code that somebody typed, whatever their case, spaces and dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def check_class_name(name: str) -> str:
    """The name, trimmed.

    Raises:
        Invalid: empty or too long.
    """
    name = " ".join(name.split())
    if not name:
        raise Invalid("Hãy đặt tên cho lớp.", fields={"name": ["Hãy đặt tên cho lớp."]})
    if len(name) > MAX_NAME_CHARACTERS:
        raise Invalid("Tên dài quá {limit} kí tự.", limit=MAX_NAME_CHARACTERS, fields={"name": [name[:20] + "…"]})
    return name


def check_assignment(new: NewAssignment, *, now: dt.datetime) -> None:
    """Refuse an assignment that nobody could sit.

    Raises:
        Invalid: it closes before it opens, or in the past, or its numbers are out of range.
    """
    if new.closes_at <= new.opens_at:
        raise Invalid("Giờ đóng phải sau giờ mở.", fields={"closes_at": ["Giờ đóng phải sau giờ mở."]})
    if new.closes_at <= now:
        raise Invalid("Giờ đóng đã qua.", fields={"closes_at": ["Giờ đóng đã qua."]})
    if not 1 <= new.duration_minutes <= MAX_DURATION_MINUTES:
        raise Invalid("Thời gian làm bài từ 1 đến {limit} phút.", limit=MAX_DURATION_MINUTES)
    if not 1 <= new.attempts_allowed <= MAX_ATTEMPTS:
        raise Invalid("Số lượt làm bài từ 1 đến {limit}.", limit=MAX_ATTEMPTS)
    if new.review_after not in REVIEW_TIMES:
        raise Invalid("Hãy chọn khi nào học sinh được xem lại bài.")
