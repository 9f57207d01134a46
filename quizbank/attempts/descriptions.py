"""A sitting as its pages show it. What may not be seen yet is not in here, so no template can send it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from quizbank.attempts.queries import Sitting, SittingItem
from quizbank.attempts.repair import Judged
from quizbank.attempts.selection import places_to_practise, subjects_to_practise
from quizbank.questions.cards import QuestionCard, answer_card, review_card
from quizbank.questions.descriptions import KIND
from quizbank.questions.rulings import Treatment, keyed
from repository.curriculum.queries import curriculum
from repository.curriculum.rules import grade_id_of
from repository.errors import HocLieuError
from repository.search.documents import FacetCount, SearchHit, SearchQuery, SearchResults
from repository.search.engine import SearchIndex
from repository.search.queries import related_or_nothing

LECTURES_PER_TOPIC = 3
MAX_LESSONS = 8


class Index(Protocol):
    def find(self, query: SearchQuery, /) -> SearchResults: ...


@dataclass(frozen=True)
class RepairNote:
    """What one who sat is told of a repair. ``old``, ``new`` and ``at`` where their answer was marked again."""

    treatment: str
    reason: str
    is_finished: bool
    old: Judged | None = None
    new: Judged | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True)
class ItemView:
    """One question of the page.

    Attributes:
        card: what may be shown of it.
        mode: ``answer``, ``read`` or ``review``: the mode of the question card.
        revision: of the current answer; 0 for none.
        saved_at: when the current answer was saved.
        topic: the question's topic where lectures about it may help; empty otherwise.
        question_id: where lectures may help, None otherwise.
        note: what to tell of a repair of the key, once it may be seen.
    """

    card: QuestionCard
    mode: str
    revision: int
    saved_at: dt.datetime | None
    topic: str = ""
    question_id: int | None = None
    note: RepairNote | None = None

    @property
    def position(self) -> int:
        return self.card.number or 0

    @property
    def lessons_key(self) -> str:
        """Questions of one topic share their lectures; one without a topic has its own."""
        return self.topic or f"question-{self.question_id}"


def views_of(sitting: Sitting, now: dt.datetime) -> list[ItemView]:
    """The questions in order, each with what the one who sits may see now."""
    passage_before: int | None = None
    views = []
    for one in sitting.items:
        passage = one.version.passage_version_id
        passage_html = one.version.passage_html if passage is not None and passage != passage_before else ""
        views.append(_view_of(sitting, one, passage_html, now))
        passage_before = passage
    return views


def _view_of(sitting: Sitting, one: SittingItem, passage_html: str, now: dt.datetime) -> ItemView:
    saved_at = one.answer.saved_at if one.answer else None
    number, order = one.item.position, one.item.option_order
    if sitting.place.shows_key(now, is_checked=one.result is not None):
        card = review_card(
            keyed(one.version, one.ruling),
            number=number,
            option_order=order,
            response=one.response,
            passage_html=passage_html,
            marks=None if _is_left_out(one) else one.marks,
            max_marks=one.item.marks,
        )
        topic, note = one.version.topic or "", _note_of(one)
        return ItemView(card, "review", one.revision, saved_at, topic, one.version.question_id, note)
    card = answer_card(
        one.version,
        number=number,
        option_order=order,
        response=one.response,
        passage_html=passage_html,
        max_marks=one.item.marks,
    )
    return ItemView(card, "answer" if sitting.place.is_open(now) else "read", one.revision, saved_at)


def _is_left_out(one: SittingItem) -> bool:
    return one.remark is not None and one.remark.is_left_out


def _note_of(one: SittingItem) -> RepairNote | None:
    """A repair that stands, or one that was taken back after it had marked this answer again."""
    if one.ruling is None and one.remark is None:
        return None
    treatment = one.ruling.treatment if one.ruling else Treatment.UNDO
    reason, is_finished = (one.ruling.reason, one.ruling.is_finished) if one.ruling else ("", True)
    if one.remark is None or one.result is None:
        return RepairNote(treatment, reason, is_finished)
    old = Judged(one.result.marks, one.result.fraction)
    new = Judged(one.remark.marks, one.remark.fraction, one.remark.is_left_out)
    return RepairNote(treatment, reason, is_finished, old, new, one.remark.graded_at)


def lectures_for(index: SearchIndex | None, views: Iterable[ItemView]) -> Mapping[str, Sequence[SearchHit]]:
    """``lessons_key`` -> published lectures that may help, for the questions that were answered wrong.

    They are those related to the first question missed, else those of its topic.
    """
    missed: dict[str, ItemView] = {}
    for view in views:
        if view.question_id is not None and view.card.is_right is False:
            missed.setdefault(view.lessons_key, view)
    if index is None:
        return {}
    chosen = list(missed.items())[:MAX_LESSONS]
    return {key: related_lectures(index, view) or lectures_about(index, view.topic) for key, view in chosen}


def related_lectures(index: SearchIndex, view: ItemView) -> Sequence[SearchHit]:
    return related_or_nothing(index, KIND, view.question_id or 0, "lecture", limit=LECTURES_PER_TOPIC)


def lectures_about(index: Index, topic: str) -> Sequence[SearchHit]:
    """Lectures about a topic; none while the index can't be read, for a result must not wait for it."""
    if not topic:
        return ()
    filters = {"topic": (topic,)}
    query = SearchQuery(kind="lecture", filters=filters, limit=LECTURES_PER_TOPIC, wants_highlights=False)
    try:
        return index.find(query).hits
    except HocLieuError:
        return ()


@dataclass(frozen=True)
class Scope:
    """A grade with its topics, each as (id, name, count)."""

    id: str
    grade: int
    count: int
    topics: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Supply:
    """How many published questions there are to practise, by place. From the index, or else from the database."""

    subjects: Mapping[str, int]
    grades: Mapping[int, int]
    topics: Mapping[str, int]


def supply_to_practise(session: Session, index: Index | None, subject: str) -> Supply:
    """What there is in all subjects, and in the grades and topics of ``subject``, if it is not empty."""
    counted = _counted(index, "")
    if counted is None:
        return _supply_in_database(session, subject)
    subjects = {value.value: value.count for value in counted.get("subject", ())}
    places = _counted(index, subject) if subject in subjects else None
    return Supply(
        subjects,
        {int(value.value): value.count for value in (places or {}).get("grade", ())},
        {value.value: value.count for value in (places or {}).get("topic", ())},
    )


def _counted(index: Index | None, subject: str) -> Mapping[str, Sequence[FacetCount]] | None:
    """The index's counts; None where it can't tell, or knows of no question yet."""
    filters = {"subject": (subject,)} if subject else {}
    query = SearchQuery(kind="question", filters=filters, limit=0, wants_facets=True, wants_highlights=False)
    try:
        found = index.find(query) if index else None
    except HocLieuError:
        return None
    return found.facets if found and found.total else None


def _supply_in_database(session: Session, subject: str) -> Supply:
    subjects = subjects_to_practise(session)
    places = places_to_practise(session, subject) if subject in subjects else []
    grades: Counter[int] = Counter()
    topics: Counter[str] = Counter()
    for one in places:
        if one.grade is not None:
            grades[one.grade] += one.count
        if one.topic:
            topics[one.topic] += one.count
    return Supply(subjects, grades, topics)


def practice_scopes(supply: Supply, subject: str, locale: str) -> list[Scope]:
    """The grades that have questions, the highest first, with their topics in teaching order."""
    return [
        Scope(
            grade_id_of(subject, grade),
            grade,
            count,
            tuple(
                (topic.id, topic.name_in(locale), supply.topics[topic.id])
                for topic in curriculum().topics_of(subject, grade)
                if supply.topics.get(topic.id)
            ),
        )
        for grade, count in sorted(supply.grades.items(), reverse=True)
    ]
