"""Which topic of the curriculum a row of somebody's table means."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from quizbank.matrices.exchange.columns import folded
from repository.curriculum.rules import Curriculum, grade_id_of, is_within

ANY_TOPIC = "Mọi chủ đề"
OWN_ID = re.compile(r"\s*\[([a-z0-9.-]+)\]$")
NUMBERED = re.compile(r"^(?:(?:chu de|chuong|bai|phan|muc) )?(?:[ivxlc]+|\d+(?:\.\d+)*)[.:)\- ]+\s*")
ALIKE, LENGTHS_APART = 0.86, 20


@dataclass(frozen=True)
class FoundTopic:
    """``topic`` None is any. ``unit``: what the row says beside the name of the topic."""

    topic: str | None
    unit: str = ""


class TopicFinder:
    """Finds topics, strands and grades of a subject by their names."""

    def __init__(self, curriculum: Curriculum, subject: str, grade: int | None) -> None:
        self.curriculum, self.subject = curriculum, subject
        self.topics = curriculum.topics_of(subject, grade) or curriculum.topics_of(subject)
        self.strands = curriculum.strands_of(subject, grade) or curriculum.strands_of(subject)
        self.names: dict[str, list[str]] = defaultdict(list)
        for one in self.topics:
            self.names[bare(one.name)].append(one.id)
        self.strand_names: dict[str, list[str]] = defaultdict(list)
        for strand in self.strands:
            self.strand_names[bare(strand.name)].append(strand.id)
        for one_grade in [grade] if grade is not None else curriculum.grades_of(subject):
            grade_id = grade_id_of(subject, one_grade)
            self.strand_names[bare(curriculum.name_of(grade_id))].append(grade_id)

    def find(self, chapter: str, content: str) -> FoundTopic:
        """The topic of a row, by its content, else by its chapter; what is left in words is its unit."""
        if (own := OWN_ID.search(content)) and self.curriculum.has(own[1]) and is_within(own[1], self.subject):
            unit = content[: own.start()].strip()
            topic = self.curriculum.find_topic(own[1])
            return FoundTopic(own[1], "" if topic and topic.name == unit else unit)
        if bare(chapter) == bare(ANY_TOPIC):
            return FoundTopic(None, content)
        strand = self._strand(chapter)
        topic_id = self._among(self.names, content, strand)
        if topic_id is not None:
            return FoundTopic(topic_id)
        inside = self._among(self.names, chapter, None)
        place = inside or strand or self._strand(content)
        return FoundTopic(place, content if place is None or content != chapter else "")

    def written(self, chapter: str, content: str, meant: FoundTopic) -> str:
        """The content as a table has it; the id of the topic stands behind it where the names lead elsewhere."""
        if self.find(chapter, content) == meant:
            return content
        return f"{content} [{meant.topic}]".strip() if meant.topic else content

    def _strand(self, text: str) -> str | None:
        return self._among(self.strand_names, text, None)

    def _among(self, names: dict[str, list[str]], text: str, within: str | None) -> str | None:
        wanted = bare(text)
        if not wanted:
            return None
        for name in (wanted, self._alike(names, wanted)):
            ids = names.get(name, [])
            near = [one for one in ids if within is not None and is_within(one, within)]
            if near or ids:
                return (near or ids)[0]
        return None

    @staticmethod
    def _alike(names: dict[str, list[str]], wanted: str) -> str:
        near = (name for name in names if abs(len(name) - len(wanted)) < LENGTHS_APART)
        score, name = max(((SequenceMatcher(None, wanted, name).ratio(), name) for name in near), default=(0.0, ""))
        return name if score >= ALIKE else ""


def bare(text: str) -> str:
    """A name without its number, marks and case."""
    return NUMBERED.sub("", folded(text)).strip(" .:;")
