"""Which published questions a practice gets: by lot, without sorting the bank by chance.

The ids that fit come from the index alone; some are drawn, and only those are asked whether they are the published
version. A bank of 400,000 questions costs a walk through one subject's index entries, and a few dozen rows.
"""

import random
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from quizbank.attempts.rules import Wish
from quizbank.questions.likeness_queries import families_in_bank
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType

DRAWN_PER_QUESTION = 3
MAX_DRAWN = 500
IS_MACHINE_MARKED = QuestionVersion.type != QuestionType.ESSAY
"""Nobody practises an essay: no machine marks it."""


def choose_versions(session: Session, wish: Wish, chance: random.Random) -> list[int]:
    """Ids of published versions that fit, in random order: ``wish.count`` of them, or all there are.

    Of questions that people called the same or variants of each other, one at most. Further questions of one item
    template come last, where nothing else is left: with other numbers they are practice all the same.
    """
    fitting = list(session.scalars(select(QuestionVersion.id).where(*_fits(wish)).order_by(*_INDEX_ORDER)))
    drawn = chance.sample(fitting, min(len(fitting), wish.count * DRAWN_PER_QUESTION))
    taken: set[int] = set()
    relatives: dict[int, int] = {}
    chosen = _published(session, drawn, taken, relatives)
    if len(chosen) < wish.count and len(drawn) < len(fitting):
        known = set(drawn)
        rest = [version for version in fitting if version not in known]
        chance.shuffle(rest)
        for start in range(0, len(rest), MAX_DRAWN):
            if len(chosen) >= wish.count:
                break
            chosen += _published(session, rest[start : start + MAX_DRAWN], taken, relatives)
    for version, name in relatives.items():
        if name not in taken:
            taken.add(name)
            chosen.append(version)
    return chosen[: wish.count]


def _published(session: Session, versions: list[int], taken: set[int], relatives: dict[int, int]) -> list[int]:
    """Those of the versions that readers see, in the order given, none of a family that is ``taken`` already.

    Where only their item template keeps them out, they go to ``relatives``: version -> the family that people gave it.
    """
    columns = (Question.published_version_id, Question.id, Question.family_id)
    found = session.execute(select(*columns).where(Question.published_version_id.in_(versions))).all()
    question_of = {version: question for version, question, _family in found}
    born = {question: -family for _version, question, family in found if family is not None}
    family_of = families_in_bank(session, among=question_of.values())
    chosen = []
    for version in versions:
        question = question_of.get(version)
        if question is None:
            continue
        name, template = family_of.get(question, question), born.get(question, question)
        if name in taken:
            continue
        if template in taken:
            relatives[version] = name
        else:
            taken |= {name, template}
            chosen.append(version)
    return chosen


@dataclass(frozen=True)
class PlaceCount:
    """How many published questions a grade's topic has; either may be unknown."""

    grade: int | None
    topic: str | None
    count: int


def places_to_practise(session: Session, subject: str) -> list[PlaceCount]:
    """What there is to practise in a subject: one grouped query."""
    places = (QuestionVersion.grade, QuestionVersion.topic)
    query = (
        select(*places, func.count())
        .join(Question, Question.published_version_id == QuestionVersion.id)
        .where(QuestionVersion.subject == subject, IS_MACHINE_MARKED)
        .group_by(*places)
    )
    return [PlaceCount(*row) for row in session.execute(query)]


def subjects_to_practise(session: Session) -> dict[str, int]:
    """Subject -> how many published questions it has."""
    query = (
        select(QuestionVersion.subject, func.count())
        .join(Question, Question.published_version_id == QuestionVersion.id)
        .where(IS_MACHINE_MARKED)
        .group_by(QuestionVersion.subject)
    )
    return dict(session.execute(query).all())


_INDEX_ORDER = (QuestionVersion.grade, QuestionVersion.topic, QuestionVersion.level, QuestionVersion.type)


def _fits(wish: Wish) -> list[ColumnElement[bool]]:
    conditions = [QuestionVersion.subject == wish.subject, IS_MACHINE_MARKED]
    if wish.grade is not None:
        conditions.append(QuestionVersion.grade == wish.grade)
    if wish.topic:
        conditions.append(_within(wish.topic))
    if wish.level:
        conditions.append(QuestionVersion.level == wish.level)
    return conditions


def _within(topic: str) -> ColumnElement[bool]:
    """The topic itself or what lies below it, as a range that an index can walk."""
    return or_(QuestionVersion.topic == topic, QuestionVersion.topic.between(topic + ".", topic + "/"))
