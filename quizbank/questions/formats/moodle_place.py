"""Where Moodle's files say a question belongs: categories and tags, read and written."""

import re
from collections.abc import Iterable
from dataclasses import replace

from quizbank.questions.formats.paper import Said
from quizbank.questions.rules import OPTION_LETTERS, NewQuestion, QuestionContent
from repository.curriculum.queries import curriculum

PASSAGE_CLASS = "hoclieu-passage"
OUR_CATEGORY = "Học Liệu"
"""What the description of a category says that is only the title of an export of ours."""
ANSWER_TAG, ORDER_TAG = "hoclieu-answer", "hoclieu-order"
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
        elif name in {ANSWER_TAG, ORDER_TAG}:
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


def with_order_of(tags: Iterable[str], content: QuestionContent) -> QuestionContent:
    """The content with the locked options that our own export names: ``D``, or ``D;all`` where all keep their place."""
    said = next((tag.partition("=")[2] for tag in tags if tag.startswith(ORDER_TAG + "=")), "")
    letters, _, all_of_them = said.partition(";")
    if not said or not set(letters) <= set(OPTION_LETTERS[: len(content.parts)]):
        return content
    parts = (
        replace(part, is_locked=letter in letters) for letter, part in zip(OPTION_LETTERS, content.parts, strict=False)
    )
    return replace(content, parts=tuple(parts), keeps_order=all_of_them == "all")


def order_tag(content: QuestionContent) -> str:
    """What ``with_order_of`` reads."""
    letters = "".join(letter for letter, part in zip(OPTION_LETTERS, content.parts, strict=False) if part.is_locked)
    return f"{ORDER_TAG}={letters}{';all' if content.keeps_order else ''}"


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
