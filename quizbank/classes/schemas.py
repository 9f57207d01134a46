"""What comes in from the pages of classes."""

import datetime as dt
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from quizbank.classes.rules import NewAssignment
from repository.errors import Invalid
from repository.web import TIME_ZONE

LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
DEFAULT_DAYS = 7
NUMBER_FIELDS = ("quiz_id", "duration_minutes", "attempts_allowed")
TIME_FIELDS = ("opens_at", "closes_at")


def assignment_in(form: MultiDict[str, str]) -> NewAssignment:
    """An assignment as its form gives it; times are Vietnamese.

    Raises:
        Invalid: a field is missing or no time or number; ``facts["fields"]`` names each.
    """
    quiz_id, duration, allowed = (form.get(name, type=int) for name in NUMBER_FIELDS)
    opens_at, closes_at = (moment_of(form.get(name, "")) for name in TIME_FIELDS)
    if quiz_id is None or duration is None or allowed is None or opens_at is None or closes_at is None:
        given = (quiz_id, duration, allowed, opens_at, closes_at)
        missing = [name for name, value in zip(NUMBER_FIELDS + TIME_FIELDS, given, strict=True) if value is None]
        raise Invalid("Hãy điền những ô còn thiếu.", fields={name: ["Hãy điền ô này."] for name in missing})
    return NewAssignment(quiz_id, opens_at, closes_at, duration, allowed, form.get("review_after", "close"))


def default_form(now: dt.datetime, quiz_id: str, duration_minutes: int) -> dict[str, str]:
    """What a new assignment's form says at first: open now, for a week."""
    return {
        "quiz_id": quiz_id,
        "opens_at": local_text(now),
        "closes_at": local_text(now + dt.timedelta(days=DEFAULT_DAYS)),
        "duration_minutes": str(duration_minutes),
        "attempts_allowed": "1",
        "review_after": "close",
    }


def moment_of(text: str) -> dt.datetime | None:
    """The aware UTC moment of a ``datetime-local`` field, or None."""
    try:
        local = dt.datetime.strptime(text[:16], LOCAL_FORMAT).replace(tzinfo=ZoneInfo(TIME_ZONE))
    except ValueError:
        return None
    return local.astimezone(dt.UTC)


def local_text(moment: dt.datetime) -> str:
    return moment.astimezone(ZoneInfo(TIME_ZONE)).strftime(LOCAL_FORMAT)
