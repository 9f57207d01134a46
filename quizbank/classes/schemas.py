"""What comes in from the pages and the API of classes, and what goes out."""

import datetime as dt
from zoneinfo import ZoneInfo

from apiflask import Schema
from apiflask.fields import AwareDateTime, Boolean, DateTime, Integer, List, Nested, String
from apiflask.validators import OneOf
from werkzeug.datastructures import MultiDict

from quizbank.classes.rules import REVIEW_TIMES, NewAssignment
from repository.errors import Invalid
from repository.web import TIME_ZONE

LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
DEFAULT_DAYS = 7
NUMBER_FIELDS = ("quiz_id", "duration_minutes", "attempts_allowed")
TIME_FIELDS = ("opens_at", "closes_at")


class PageQuery(Schema):
    after = Integer(metadata={"description": "The `next` of the page before."})


class ClassOut(Schema):
    id = Integer()
    name = String()
    teacher = String()
    is_taught = Boolean()
    join_code = String(allow_none=True, metadata={"description": "Only for the teacher."})
    members = Integer()
    assignments = Integer()


class ClassesOut(Schema):
    classes = List(Nested(ClassOut))
    next = Integer(allow_none=True)


class AssignmentIn(Schema):
    quiz_id = Integer(required=True)
    opens_at = AwareDateTime(required=True, default_timezone=dt.UTC)
    closes_at = AwareDateTime(required=True, default_timezone=dt.UTC)
    duration_minutes = Integer(required=True)
    attempts_allowed = Integer(load_default=1)
    review_after = String(load_default="close", validate=OneOf(REVIEW_TIMES))


class AssignmentOut(Schema):
    id = Integer()
    class_id = Integer()
    quiz_id = Integer()
    opens_at = DateTime()
    closes_at = DateTime()
    duration_minutes = Integer()
    attempts_allowed = Integer()
    review_after = String()


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
