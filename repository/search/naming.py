"""What people call the values of facets: ``lý``, ``Vật lí`` and ``physics`` are all ``vat-li``."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from repository.curriculum.queries import curriculum
from repository.curriculum.rules import Level, Named
from repository.search import vocabulary
from repository.search.text import words_of

MAX_TOPICS = 60
"""More topics than this say nothing: their common word is looked for as a word."""

YEARS = range(1990, 2100)
GRADES = re.compile(r"(?:lớp|lop|khối|khoi|grade)?\s*(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", re.IGNORECASE)
PRESCHOOL = "mam non"
AS_TYPED = frozenset({"organisation", "author"})


def key_of(name: str) -> str:
    """A name without what nobody minds: marks, capitals, punctuation, old spellings, abbreviations."""
    return " ".join(form.folded for form in words_of(name))


def field_of(name: str) -> str | None:
    """The facet (or ``kind``, ``author``) that a filter's name means."""
    return fields_by_name().get(key_of(name).replace(" ", ""))


@lru_cache(maxsize=4_000)
def filters_of(field: str, value: str) -> Mapping[str, tuple[str, ...]]:
    """The facet and the ids that a value typed after a filter's name means; {} for none.

    Mostly the facet is the field itself. After ``loại:`` may come what the thing is, how a lecture is made or what
    type a question is; after ``dạng:`` one of the latter two.
    """
    found = ((facet, ids_of(facet, value)) for facet in (field, *OTHER_FIELDS.get(field, ())))
    return next(({facet: ids} for facet, ids in found if ids), {})


def ids_of(facet: str, value: str) -> tuple[str, ...]:
    resolve = RESOLVERS.get(facet)
    return resolve(value) if resolve else named(facet, value)


def narrowed(topics: tuple[str, ...], subjects: tuple[str, ...], grades: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the topics that lie in the subjects and grades asked for; all of them if none does."""
    numbers = {f"l{int(grade):02d}" for grade in grades}
    steps = {topic: topic.split(".") for topic in topics}
    kept = (
        topic
        for topic, (subject, grade, *_) in steps.items()
        if (not subjects or subject in subjects) and (not numbers or grade in numbers)
    )
    return tuple(kept) or topics


def named(facet: str, value: str) -> tuple[str, ...]:
    found = values_by_name()[facet].get(key_of(value))
    return (found,) if found else ()


def grades_of(value: str) -> tuple[str, ...]:
    """``12``, ``lớp 12``, ``10-12``."""
    if key_of(value) == PRESCHOOL:
        return ("0",)
    match = GRADES.fullmatch(value.strip())
    if not match:
        return ()
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(map(str, range(first, last + 1))) if last <= 12 else ()


def years_of(value: str) -> tuple[str, ...]:
    value = value.strip()
    return (value,) if value.isdecimal() and value.isascii() and int(value[:5]) in YEARS else ()


def subjects_of(value: str) -> tuple[str, ...]:
    found = subjects_by_name().get(key_of(value))
    return (found,) if found else ()


def levels_of(value: str) -> tuple[str, ...]:
    """The level of that name and its equals in the other programmes."""
    return levels_by_name().get(key_of(value), ())


def topics_of(value: str) -> tuple[str, ...]:
    """The topics, strands or grades of that name or id; failing that, the few with the words in their names."""
    key, known = key_of(value), topics_by_name()
    if key in known:
        return known[key]
    if len(key) < 3 or f" {key} " not in all_topic_names():
        return ()
    found = tuple(id for name, ids in known.items() if f" {key} " in f" {name} " for id in ids)
    return found if len(found) <= MAX_TOPICS else ()


OTHER_FIELDS: Mapping[str, tuple[str, ...]] = {"kind": ("media", "type"), "type": ("media",)}
RESOLVERS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "grade": grades_of,
    "year": years_of,
    "subject": subjects_of,
    "level": levels_of,
    "topic": topics_of,
}


@lru_cache(maxsize=1)
def fields_by_name() -> dict[str, str]:
    return {key_of(name).replace(" ", ""): facet for name, facet in vocabulary.fields().items()}


@lru_cache(maxsize=1)
def values_by_name() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {facet: {} for facet in vocabulary.fields().values()}
    for programme in curriculum().programmes:
        found["programme"] |= {key_of(name): programme.id for name in names_of(programme)}
    for facet, id, names in vocabulary.values():
        found[facet] |= {key_of(name): id for name in names}
    return found


@lru_cache(maxsize=1)
def subjects_by_name() -> dict[str, str]:
    """Full names win over short ones."""
    subjects = curriculum().subjects
    short = {key_of(alias): s.id for s in subjects for alias in (*s.aliases, s.code)}
    return short | {key_of(name): s.id for s in subjects for name in names_of(s)}


@lru_cache(maxsize=1)
def levels_by_name() -> dict[str, tuple[str, ...]]:
    levels = [level for programme in curriculum().programmes for level in programme.levels]
    found: dict[str, tuple[str, ...]] = {}
    for level in levels:
        for name in (*names_of(level), level.code):
            ids = dict.fromkeys((*found.get(key_of(name), ()), *equals_of(level, levels)))
            found[key_of(name)] = tuple(ids)
    return found


def equals_of(level: Level, levels: list[Level]) -> Iterator[str]:
    """The level itself, those that map to it, and the one whose first equal it is."""
    yield level.id
    yield from (other.id for other in levels if other.maps_to == level.id)
    if level.maps_to and next(other for other in levels if other.maps_to == level.maps_to) is level:
        yield level.maps_to


@lru_cache(maxsize=1)
def topics_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    things: list[Named] = [*curriculum().strands, *curriculum().topics]
    for thing in things:
        for name in names_of(thing):
            found.setdefault(key_of(name), []).append(thing.id)
    for topic in curriculum().topics:
        grade = ".".join(topic.id.split(".")[:2])
        found.setdefault(key_of(grade), [grade])
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}


@lru_cache(maxsize=1)
def all_topic_names() -> str:
    return " \n ".join(("", *topics_by_name(), ""))


def names_of(thing: Named) -> tuple[str, ...]:
    return thing.name, thing.name_en, thing.id
