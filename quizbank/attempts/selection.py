"""Which published questions a practice gets: by lot, without sorting the whole bank by chance.

A narrow wish (a topic, a level) has few candidates: all are read and some drawn. A wide one (a whole subject of
400,000 questions) is probed: each probe starts at a random id and takes the next question that fits.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from quizbank.attempts.rules import Wish
from quizbank.questions.models import Question, QuestionVersion

NARROW = 2_000
PROBES_PER_QUESTION = 2
MAX_ROUNDS = 4


def choose_versions(session: Session, wish: Wish, chance: random.Random) -> list[int]:
    """Ids of published versions that fit, in random order: ``wish.count`` of them, or all there are."""
    candidates = list(session.scalars(_fitting(wish).limit(NARROW + 1)))
    if len(candidates) <= NARROW:
        return chance.sample(candidates, min(wish.count, len(candidates)))
    chosen = _probed(session, wish, chance)
    spare = [version for version in candidates if version not in chosen]
    missing = max(0, wish.count - len(chosen))
    return chance.sample([*chosen, *chance.sample(spare, missing)], wish.count)


@dataclass(frozen=True)
class Supply:
    """How many published questions a grade's topic has; either may be unknown."""

    grade: int | None
    topic: str | None
    count: int


def supply_of(session: Session, subject: str) -> list[Supply]:
    """What there is to practise in a subject: one grouped query."""
    places = (QuestionVersion.grade, QuestionVersion.topic)
    query = (
        select(*places, func.count())
        .join(Question, Question.published_version_id == QuestionVersion.id)
        .where(QuestionVersion.subject == subject)
        .group_by(*places)
    )
    return [Supply(*row) for row in session.execute(query)]


def subjects_to_practise(session: Session) -> dict[str, int]:
    """Subject -> how many published questions it has."""
    query = (
        select(QuestionVersion.subject, func.count())
        .join(Question, Question.published_version_id == QuestionVersion.id)
        .group_by(QuestionVersion.subject)
    )
    return dict(session.execute(query).all())


def _probed(session: Session, wish: Wish, chance: random.Random) -> list[int]:
    fitting = _fitting(wish).order_by(None).subquery()
    first, last = session.execute(select(func.min(fitting.c.id), func.max(fitting.c.id))).one()
    chosen: dict[int, None] = {}
    for _ in range(MAX_ROUNDS):
        starts = [chance.randint(first, last) for _ in range(wish.count * PROBES_PER_QUESTION)]
        chosen.update(dict.fromkeys(session.scalars(_probes(wish, starts))))
        if len(chosen) >= wish.count:
            break
    return list(chosen)[: wish.count]


def _probes(wish: Wish, starts: Iterable[int]) -> Select[int]:
    """One statement: behind each start the next version that fits."""
    ones = [
        _fitting(wish).where(QuestionVersion.id >= literal(start)).order_by(QuestionVersion.id).limit(1).subquery()
        for start in starts
    ]
    found = union_all(*(select(one.c.id) for one in ones)).subquery()
    return select(found.c.id)


def _fitting(wish: Wish) -> Select[int]:
    query = select(QuestionVersion.id).join(Question, Question.published_version_id == QuestionVersion.id)
    query = query.where(QuestionVersion.subject == wish.subject)
    if wish.grade is not None:
        query = query.where(QuestionVersion.grade == wish.grade)
    if wish.topic:
        query = query.where(_within(wish.topic))
    if wish.level:
        query = query.where(QuestionVersion.level == wish.level)
    return query


def _within(topic: str) -> ColumnElement[bool]:
    """The topic itself or what lies below it, as a range that an index can walk."""
    return or_(
        QuestionVersion.topic == topic,
        QuestionVersion.topic.between(topic + ".", topic + "/", symmetric=False),
    )
