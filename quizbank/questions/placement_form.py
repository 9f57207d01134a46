"""A place in the curriculum as the fields of a form, which questions and item templates share. Pure."""

from typing import Any, Protocol

from quizbank.questions.rules import Placement

NO_GRADE = 0
"""What was typed is no grade: ``placement_problems`` says so."""


class PlaceFields(Protocol):
    """The fields as typed; tags are parted by commas."""

    @property
    def subject(self) -> str: ...
    @property
    def programme(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def tags(self) -> str: ...


def placement_fields(placement: Placement) -> dict[str, Any]:
    """Name of a field -> what the form shows there."""
    return {
        "subject": placement.subject,
        "programme": placement.programme,
        "grade": str(placement.grade or ""),
        "topic": placement.topic or "",
        "level": placement.level or "",
        "tags": ", ".join(placement.tags),
    }


def placement_from(form: PlaceFields) -> Placement:
    return Placement(
        subject=form.subject,
        programme=form.programme,
        grade=grade_from(form.grade),
        topic=form.topic or None,
        level=form.level or None,
        tags=tuple(dict.fromkeys(tag.strip() for tag in form.tags.split(",") if tag.strip())),
    )


def grade_from(text: str) -> int | None:
    """A grade as typed, None for an empty field."""
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 4 else NO_GRADE


def version_number_from(text: str) -> int | None:
    """The number of the version that a form was opened at, None where it says none."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
