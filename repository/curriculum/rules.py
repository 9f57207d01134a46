"""The curriculum: subject > grade > strand > topic, cognitive levels and programme versions.

Ids are strings that never change: ``toan``, ``toan.l12``, ``toan.l12.dai-so-giai-tich``,
``toan.l12.dai-so-giai-tich.nguyen-ham``. The path in an id says what a thing lies within.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from repository.errors import NotFound


class Confidence(StrEnum):
    """How far a name was checked against the text of the programme."""

    VERIFIED = "verified"
    SEEN = "seen"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Named:
    """Something with an id and a name in Vietnamese and English."""

    id: str
    name: str
    name_en: str

    def name_in(self, locale: str | None) -> str:
        return self.name_en if (locale or "").startswith("en") else self.name


@dataclass(frozen=True)
class Level(Named):
    """A cognitive level; ``maps_to`` is the id of its equal in the current programme."""

    code: str
    programme: str
    maps_to: str | None = None


@dataclass(frozen=True)
class Subject(Named):
    """``grades`` are those of the current programme; ``Programme.grades`` has them for each."""

    code: str
    aliases: tuple[str, ...]
    grades: tuple[int, ...]

    @property
    def slug(self) -> str:
        return self.id


@dataclass(frozen=True)
class Strand(Named):
    subject: str
    grade: int


@dataclass(frozen=True)
class Topic(Named):
    """``seq`` is the order within the grade."""

    subject: str
    grade: int
    strand: str
    seq: int
    confidence: Confidence


@dataclass(frozen=True)
class Programme(Named):
    levels: tuple[Level, ...]
    grades: Mapping[str, tuple[int, ...]]


def is_within(id: str, ancestor_id: str) -> bool:
    """Whether ``id`` is ``ancestor_id`` or lies below it."""
    return id == ancestor_id or id.startswith(ancestor_id + ".")


def ancestors_of(id: str) -> tuple[str, ...]:
    """The id itself and all it lies within, the subject first: what a facet counts."""
    steps = id.split(".")
    return tuple(".".join(steps[:length]) for length in range(1, len(steps) + 1))


def grade_id_of(subject: str, grade: int) -> str:
    return f"{subject}.l{grade:02d}"


@dataclass(frozen=True)
class Curriculum:
    """All of it in memory, made once by ``queries.curriculum()``."""

    version: str
    programmes: tuple[Programme, ...]
    subjects: tuple[Subject, ...]
    strands: tuple[Strand, ...]
    topics: tuple[Topic, ...]
    _named: Mapping[str, Named] = field(init=False, repr=False, compare=False)
    _topics_by_grade: Mapping[str, tuple[Topic, ...]] = field(init=False, repr=False, compare=False)
    _topics_by_subject: Mapping[str, tuple[Topic, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        levels = [level for programme in self.programmes for level in programme.levels]
        things = [*self.programmes, *levels, *self.subjects, *self._grades(), *self.strands, *self.topics]
        named: dict[str, Named] = {thing.id: thing for thing in things}
        by_grade: dict[str, list[Topic]] = {}
        for topic in self.topics:
            by_grade.setdefault(grade_id_of(topic.subject, topic.grade), []).append(topic)
        ordered = {id: tuple(sorted(topics, key=lambda topic: topic.seq)) for id, topics in by_grade.items()}
        by_subject = {
            subject.id: tuple(
                topic for grade in subject.grades for topic in ordered.get(grade_id_of(subject.id, grade), ())
            )
            for subject in self.subjects
        }
        object.__setattr__(self, "_named", MappingProxyType(named))
        object.__setattr__(self, "_topics_by_grade", MappingProxyType(ordered))
        object.__setattr__(self, "_topics_by_subject", MappingProxyType(by_subject))

    def _grades(self) -> list[Named]:
        return [
            Named(grade_id_of(subject.id, grade), f"{subject.name} {grade}", f"{subject.name_en} {grade}")
            for subject in self.subjects
            for grade in sorted(
                {grade for programme in self.programmes for grade in programme.grades.get(subject.id, ())}
            )
        ]

    @property
    def current_programme(self) -> Programme:
        return self.programmes[0]

    def find_programme(self, id: str) -> Programme | None:
        found = self._named.get(id)
        return found if isinstance(found, Programme) else None

    def get_programme(self, id: str) -> Programme:
        found = self.find_programme(id)
        if found is None:
            raise NotFound("Không có chương trình “{id}”.", id=id)
        return found

    def find_subject(self, slug: str) -> Subject | None:
        found = self._named.get(slug)
        return found if isinstance(found, Subject) else None

    def get_subject(self, slug: str) -> Subject:
        found = self.find_subject(slug)
        if found is None:
            raise NotFound("Không có môn “{id}”.", id=slug)
        return found

    def find_strand(self, id: str) -> Strand | None:
        found = self._named.get(id)
        return found if isinstance(found, Strand) else None

    def find_topic(self, id: str) -> Topic | None:
        found = self._named.get(id)
        return found if isinstance(found, Topic) else None

    def get_topic(self, id: str) -> Topic:
        found = self.find_topic(id)
        if found is None:
            raise NotFound("Không có chủ đề “{id}”.", id=id)
        return found

    def find_level(self, id: str) -> Level | None:
        found = self._named.get(id)
        return found if isinstance(found, Level) else None

    def find_subject_named(self, text: str) -> Subject | None:
        """The subject whose slug, code, name or alias is ``text``, whatever its case."""
        wanted = text.strip().casefold()
        for subject in self.subjects:
            names = (subject.id, subject.code, subject.name, subject.name_en, *subject.aliases)
            if wanted in (name.casefold() for name in names):
                return subject
        return None

    def levels_of(self, programme: str) -> tuple[Level, ...]:
        """Levels from the easiest on; none for a programme that does not exist."""
        found = self.find_programme(programme)
        return found.levels if found else ()

    def grades_of(self, subject: str, programme: str | None = None) -> tuple[int, ...]:
        """Grades that teach the subject, in one programme or in any of them."""
        programmes = [p for p in self.programmes if programme in (None, p.id)]
        return tuple(sorted({grade for p in programmes for grade in p.grades.get(subject, ())}))

    def topics_of(self, subject: str, grade: int | None = None) -> tuple[Topic, ...]:
        """Topics in teaching order."""
        if grade is None:
            return self._topics_by_subject.get(subject, ())
        return self._topics_by_grade.get(grade_id_of(subject, grade), ())

    def strands_of(self, subject: str, grade: int | None = None) -> tuple[Strand, ...]:
        return tuple(s for s in self.strands if s.subject == subject and grade in (None, s.grade))

    def has(self, id: str) -> bool:
        """Whether this is the id of any programme, level, subject, grade, strand or topic."""
        return id in self._named

    def name_of(self, id: str, locale: str | None = "vi") -> str:
        """The name in the locale; the id itself for one that nobody knows."""
        named = self._named.get(id)
        return named.name_in(locale) if named else id

    def is_within(self, id: str, ancestor_id: str) -> bool:
        return is_within(id, ancestor_id)
