"""Where Moodle's files say a question belongs: categories and tags, read and written."""

import re
from collections.abc import Iterable

from quizbank.questions.formats.paper import Said
from quizbank.questions.rules import NewQuestion
from repository.curriculum.queries import curriculum

PASSAGE_CLASS = "hoclieu-passage"
ANSWER_TAG = "hoclieu-answer"
LEVEL_CODES = frozenset({"NB", "TH", "VD", "VDC"})
_NAMELESS = re.compile(r"\$[a-z0-9]+\$|top|default for .*|mặc định cho .*", re.IGNORECASE)
_FIELDS = ("subject", "programme", "grade", "topic", "level", "licence", "source")
_SLASH = re.compile(r"(?<!/)/(?!/)")


def category_names(path: str) -> tuple[str, ...]:
    """The names of a category's path that mean something; ``//`` in a path is a slash in a name."""
    names = (name.strip().replace("//", "/") for name in _SLASH.split(path))
    return tuple(name for name in names if name and not _NAMELESS.fullmatch(name))


def said_of(category: tuple[str, ...], tags: Iterable[str]) -> Said:
    """What categories and tags say; a tag ``topic=toan-12-…`` is one of ours, every other one stays a tag."""
    fields: dict[str, str] = {}
    others: list[str] = []
    level_code = ""
    for tag in tags:
        name, equals, value = tag.partition("=")
        if equals and name in _FIELDS and value:
            fields[name] = value
        elif name == ANSWER_TAG:
            continue
        elif tag in LEVEL_CODES:
            level_code = tag
        else:
            others.append(tag)
    for name in category:
        if curriculum().find_topic(name):
            fields.setdefault("topic", name)
        elif name not in others:
            others.append(name)
    grade = fields.pop("grade", "")
    return Said(
        subject=fields.get("subject", ""),
        programme=fields.get("programme", ""),
        grade=int(grade) if grade.isascii() and grade.isdigit() and len(grade) < 4 else None,
        topic=fields.get("topic", ""),
        level=fields.get("level", ""),
        level_code=level_code,
        tags=tuple(others),
        licence=fields.get("licence", ""),
        source=fields.get("source", ""),
    )


def spelling_in(tags: Iterable[str]) -> str:
    """How our own export says the accepted numbers are spelt: ``2,5|1/3;0.01``, or nothing."""
    return next((tag.partition("=")[2] for tag in tags if tag.startswith(ANSWER_TAG + "=")), "")


def tags_of(new: NewQuestion) -> list[str]:
    """The tags that say where a question stands, so that ``said_of`` finds it again."""
    place = new.placement
    values = {
        "subject": place.subject,
        "programme": place.programme,
        "grade": str(place.grade) if place.grade is not None else "",
        "topic": place.topic or "",
        "level": place.level or "",
        "licence": new.licence,
        "source": new.source,
    }
    return [*(f"{name}={value}" for name, value in values.items() if value), *place.tags]
