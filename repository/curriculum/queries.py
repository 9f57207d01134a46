"""Reading the curriculum. It lives in memory: a data file of the project, not a table."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from repository.curriculum.rules import Confidence, Curriculum, Level, Programme, Strand, Subject, Topic

DATA_FILE = Path(__file__).with_name("programme.json")


@lru_cache(maxsize=1)
def curriculum() -> Curriculum:
    """The curriculum, read once per process."""
    return curriculum_from(json.loads(DATA_FILE.read_text(encoding="utf-8")))


def curriculum_from(data: dict[str, Any]) -> Curriculum:
    """Make a curriculum of the data file's contents; the first programme is the current one."""
    current_grades = data["programmes"][0]["grades"]
    return Curriculum(
        version=data["version"],
        programmes=tuple(_programme(row) for row in data["programmes"]),
        subjects=tuple(_subject(row, current_grades.get(row["slug"], ())) for row in data["subjects"]),
        strands=tuple(_strand(row) for row in data["strands"]),
        topics=tuple(_topic(row) for row in data["topics"]),
    )


def _programme(row: dict[str, Any]) -> Programme:
    levels = tuple(
        Level(level["id"], level["vi"], level["en"], level["code"], row["id"], level.get("maps_to"))
        for level in row["levels"]
    )
    grades = {slug: tuple(grades) for slug, grades in row["grades"].items()}
    return Programme(row["id"], row["vi"], row["en"], levels, grades)


def _subject(row: dict[str, Any], grades: list[int]) -> Subject:
    return Subject(row["slug"], row["vi"], row["en"], row["code"], tuple(row["aliases"]), tuple(grades))


def _strand(row: dict[str, Any]) -> Strand:
    subject, grade, _ = row["id"].split(".")
    return Strand(row["id"], row["vi"], row["en"], subject, int(grade[1:]))


def _topic(row: dict[str, Any]) -> Topic:
    subject, grade, strand, _ = row["id"].split(".")
    strand_id = f"{subject}.{grade}.{strand}"
    return Topic(
        row["id"],
        row["vi"],
        row["en"],
        subject,
        int(grade[1:]),
        strand_id,
        row["seq"],
        Confidence(row["confidence"]),
    )


def part_of(whole: Curriculum, subject: str | None = None, grade: int | None = None) -> Curriculum:
    """The curriculum with the strands and topics of one subject, one grade or both.

    Raises:
        NotFound: there is no such subject.
    """
    if subject is not None:
        whole.get_subject(subject)

    def is_wanted(thing: Strand | Topic) -> bool:
        return subject in (None, thing.subject) and grade in (None, thing.grade)

    return replace(
        whole,
        subjects=tuple(s for s in whole.subjects if subject in (None, s.id)),
        strands=tuple(filter(is_wanted, whole.strands)),
        topics=tuple(filter(is_wanted, whole.topics)),
    )
