"""Which questions a person may see in the bank, and which of them a filter wants: the one place that says so.

Each rule is written twice, side by side: for the database, and for the shelf in memory that lists and counts. A
property test holds the two together, and both to a plain count.

People who prepare content meet the newest version of a question; others meet the published one, but of their own work
the newest. What only they are told of a question (its doubts, its import) narrows no list of anybody else.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from quizbank.questions.models import Question, QuestionDoubt, QuestionStatistics, QuestionTag, QuestionVersion
from quizbank.questions.shelf import CURRENT, PUBLISHED, UNKNOWN, Shelf
from quizbank.questions.words import has_words
from repository.permissions import Actor, is_staff

NONE = "-"
YES, NO = "yes", "no"
Mask = NDArray[np.bool_]
Sql = ColumnElement[bool]


@dataclass(frozen=True)
class QuestionFilter:
    """What a list is narrowed to; empty values do not narrow. ``topic`` also finds what lies below it.

    ``text``: words of the question, accents and order aside, ``"in a row"`` in quotes. ``-`` for topic, level and
    licence, 0 for the grade: without one. ``doubts``, ``explained`` and ``used`` are ``yes``, ``no`` or empty.
    """

    subject: str = ""
    grade: int | None = None
    topic: str = ""
    level: str = ""
    type: str = ""
    state: str = ""
    text: str = ""
    tag: str = ""
    import_id: int | None = None
    is_own: bool = False
    licence: str = ""
    organisation_id: int | None = None
    doubts: str = ""
    explained: str = ""
    used: str = ""


EVERYTHING = QuestionFilter()


def shown_version_id(actor: Actor) -> ColumnElement[int | None]:
    """Which version of a question this actor meets, as ``queries.shown_version`` says of one."""
    if is_staff(actor):
        return Question.current_version_id.expression
    is_own = _is_own(actor)
    return case((is_own, Question.current_version_id), else_=Question.published_version_id)


def conditions_of(wanted: QuestionFilter, actor: Actor) -> list[Sql]:
    """What a question and the version joined to it must fulfil to be found by this actor under this filter."""
    narrowing = [rule(wanted, actor) for rule in (*_SQL.values(), _sql_text, _sql_tag)]
    return [QuestionVersion.id == shown_version_id(actor), *(one for one in narrowing if one is not None)]


def visible(shelf: Shelf, actor: Actor) -> Mask:
    """The rows of the shelf that this actor may see, each question once."""
    is_current = (shelf.faces & CURRENT) > 0
    if is_staff(actor):
        return is_current
    return np.where(own(shelf, actor), is_current, (shelf.faces & PUBLISHED) > 0)


def own(shelf: Shelf, actor: Actor) -> Mask:
    return np.equal(shelf.owners, actor.person_id or UNKNOWN)


def narrowings(shelf: Shelf, wanted: QuestionFilter, actor: Actor) -> dict[str, Mask]:
    """Name of a facet -> the rows that the filter leaves of it; facets that do not narrow are left out."""
    masks: dict[str, Mask] = {}
    for name, rule in FACETS.items():
        value = rule.value_of(wanted)
        if value:
            masks[name] = shelf.within(name, value) if name == "topic" else shelf.equals(name, value)
            if rule.is_private and not is_staff(actor):
                masks[name] = masks[name] & own(shelf, actor)
    if wanted.is_own:
        masks["own"] = own(shelf, actor)
    return masks


@dataclass(frozen=True)
class FacetRule:
    """``value_of``: what a filter wants of the facet, empty for nothing. ``is_private``: told of own questions only."""

    value_of: Callable[[QuestionFilter], str]
    is_private: bool = False


def _number(value: int | None) -> str:
    return "" if value is None else str(value or NONE)


FACETS = {
    "subject": FacetRule(lambda wanted: wanted.subject),
    "grade": FacetRule(lambda wanted: _number(wanted.grade)),
    "topic": FacetRule(lambda wanted: wanted.topic),
    "level": FacetRule(lambda wanted: wanted.level),
    "type": FacetRule(lambda wanted: wanted.type),
    "state": FacetRule(lambda wanted: wanted.state),
    "doubts": FacetRule(lambda wanted: wanted.doubts, is_private=True),
    "explained": FacetRule(lambda wanted: wanted.explained),
    "used": FacetRule(lambda wanted: wanted.used),
    "licence": FacetRule(lambda wanted: wanted.licence),
    "import": FacetRule(lambda wanted: _number(wanted.import_id), is_private=True),
    "organisation": FacetRule(lambda wanted: _number(wanted.organisation_id)),
}


FALLS_WITH = {"subject": ("topic",), "grade": ("topic",)}
"""What is given up with a facet's value: a topic belongs to a subject and a grade."""


def _is_own(actor: Actor) -> Sql:
    return Question.created_by_id == (actor.person_id or UNKNOWN)


def _is_within(topic: str) -> Sql:
    """A topic, or anything below it: ids are paths with dots."""
    return (QuestionVersion.topic == topic) | QuestionVersion.topic.between(topic + ".", topic + "/")


def _privately(wanted: Sql, actor: Actor) -> Sql:
    return wanted if is_staff(actor) else and_(wanted, _is_own(actor))


def _either(value: str, condition: Sql) -> Sql:
    return condition if value == YES else ~condition if value == NO else condition & ~condition


def _sql_state(state: str, actor: Actor) -> Sql:
    """To others a published question is just that, whatever its next version is up to."""
    if is_staff(actor):
        return Question.state == state
    is_own = _is_own(actor)
    stranger_sees = Question.id.is_not(None) if state == "published" else Question.id.is_(None)
    return or_(
        and_(is_own, Question.state == state), and_(or_(~is_own, Question.created_by_id.is_(None)), stranger_sees)
    )


def _sql_doubts(value: str, actor: Actor) -> Sql:
    has_some = exists().where(QuestionDoubt.version_id == QuestionVersion.id)
    return _privately(_either(value, has_some), actor)


def _sql_used(value: str) -> Sql:
    return _either(value, exists().where(QuestionStatistics.question_id == Question.id, QuestionStatistics.uses > 0))


_version = QuestionVersion
_SQL: dict[str, Callable[[QuestionFilter, Actor], Sql | None]] = {
    "subject": lambda w, _: _version.subject == w.subject if w.subject else None,
    "grade": lambda w, _: None if w.grade is None else _version.grade == (w.grade or None),
    "topic": lambda w, _: _optional(_version.topic, w.topic, _is_within),
    "level": lambda w, _: _optional(_version.level, w.level, lambda level: _version.level == level),
    "type": lambda w, _: _version.type == w.type if w.type else None,
    "state": lambda w, actor: _sql_state(w.state, actor) if w.state else None,
    "doubts": lambda w, actor: _sql_doubts(w.doubts, actor) if w.doubts else None,
    "explained": lambda w, _: _either(w.explained, _version.explanation != "") if w.explained else None,
    "used": lambda w, _: _sql_used(w.used) if w.used else None,
    "licence": lambda w, _: _version.licence == w.licence.removeprefix(NONE) if w.licence else None,
    "import": lambda w, actor: (
        None if w.import_id is None else _privately(Question.import_id == (w.import_id or None), actor)
    ),
    "organisation": lambda w, _: (
        None if w.organisation_id is None else Question.organisation_id == (w.organisation_id or None)
    ),
    "own": lambda w, actor: _is_own(actor) if w.is_own else None,
}


def _optional(column: InstrumentedAttribute[str | None], value: str, rule: Callable[[str], Sql]) -> Sql | None:
    if not value:
        return None
    return column.is_(None) if value == NONE else rule(value)


def _sql_text(wanted: QuestionFilter, _actor: Actor) -> Sql | None:
    return has_words(wanted.text) if wanted.text else None


def _sql_tag(wanted: QuestionFilter, _actor: Actor) -> Sql | None:
    if not wanted.tag:
        return None
    return QuestionVersion.id.in_(select(QuestionTag.version_id).where(QuestionTag.tag == wanted.tag))
