"""Passages of our own with their reading questions: ``literature/*.toml``."""

import tomllib
from dataclasses import dataclass
from importlib import resources

FILES = ("stories", "poems", "arguments")


@dataclass(frozen=True)
class ReadingQuestion:
    level: str
    stem: str
    guide: str


@dataclass(frozen=True)
class Reading:
    """A passage; its questions stand in the order of a paper: two of Biết, two of Hiểu, one of Vận dụng."""

    title: str
    topic: str
    text: str
    questions: tuple[ReadingQuestion, ...]


def all_readings() -> list[Reading]:
    """Every passage, in the order of the files."""
    return [reading for name in FILES for reading in _readings_in(name)]


def _readings_in(name: str) -> list[Reading]:
    path = resources.files("quizbank.demo.questions").joinpath(f"literature/{name}.toml")
    document = tomllib.loads(path.read_text("utf-8"))
    return [
        Reading(
            title=entry["title"],
            topic=entry.get("topic", document["topic"]),
            text=entry["text"].strip(),
            questions=tuple(ReadingQuestion(*question) for question in entry["questions"]),
        )
        for entry in document["passage"]
    ]
