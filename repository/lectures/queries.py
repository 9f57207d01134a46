"""Questions about lectures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, lazyload

from repository.accounts.models import Organisation, Person
from repository.errors import NotFound
from repository.lectures.models import (
    Lecture,
    LectureGrade,
    LectureHistory,
    LectureTopic,
    LectureVersion,
    LectureWarning,
)
from repository.lectures.rules import LectureEvent, LectureKind, LectureMetadata, LectureState
from repository.permissions import SEE_LECTURE, Actor

PAGE_SIZE = 24


@dataclass(frozen=True)
class LectureCard:
    """A lecture in a list."""

    id: int
    title: str
    kind: LectureKind
    state: LectureState
    subject: str
    grades: tuple[int, ...]
    duration_minutes: int | None
    thumbnail_sha256: str | None
    is_published: bool


@dataclass(frozen=True)
class LecturePage:
    """``after`` is the key of the next page, None on the last."""

    cards: tuple[LectureCard, ...]
    after: int | None


@dataclass(frozen=True)
class HistoryLine:
    row: LectureHistory
    actor_name: str
    number: int | None


@dataclass(frozen=True)
class LectureFilter:
    """What a list is narrowed to; empty values do not narrow."""

    subject: str = ""
    grade: int | None = None
    topic: str = ""
    kind: str = ""


def find_lecture(session: Session, lecture_id: int) -> Lecture | None:
    return session.get(Lecture, lecture_id)


def get_lecture(session: Session, lecture_id: int) -> Lecture:
    """The lecture, whoever asks: the caller checks permission.

    Raises:
        NotFound: there is none.
    """
    lecture = find_lecture(session, lecture_id)
    if lecture is None:
        raise NotFound("Không có bài giảng này.")
    return lecture


def see_lecture(session: Session, actor: Actor, lecture_id: int) -> Lecture:
    """The lecture, if this actor may know of it.

    Raises:
        NotFound: there is none, or none for this actor.
    """
    lecture = find_lecture(session, lecture_id)
    if lecture is None or not SEE_LECTURE.allows(actor, lecture):
        raise NotFound("Không có bài giảng này.")
    return lecture


def get_version(session: Session, version_id: int | None) -> LectureVersion:
    """One version with its grades, topics and authors.

    Raises:
        NotFound: there is none.
    """
    version = session.get(LectureVersion, version_id) if version_id is not None else None
    if version is None:
        raise NotFound("Không có bản này của bài giảng.")
    return version


def find_version(session: Session, lecture_id: int, number: int) -> LectureVersion | None:
    return session.scalar(select(LectureVersion).filter_by(lecture_id=lecture_id, number=number))


def list_versions(session: Session, lecture_id: int) -> Sequence[LectureVersion]:
    """All versions, the newest first."""
    query = select(LectureVersion).filter_by(lecture_id=lecture_id).order_by(LectureVersion.number.desc())
    return session.scalars(query).all()


def last_number(session: Session, lecture_id: int) -> int:
    return session.scalar(select(func.max(LectureVersion.number)).filter_by(lecture_id=lecture_id)) or 0


def warnings_of(session: Session, version_id: int) -> Sequence[LectureWarning]:
    query = select(LectureWarning).filter_by(version_id=version_id).order_by(LectureWarning.position)
    return session.scalars(query).all()


def list_history(session: Session, lecture_id: int) -> list[HistoryLine]:
    """What happened, the newest first."""
    query = (
        select(LectureHistory, Person.name, LectureVersion.number)
        .outerjoin(Person, Person.id == LectureHistory.actor_id)
        .outerjoin(LectureVersion, LectureVersion.id == LectureHistory.version_id)
        .where(LectureHistory.lecture_id == lecture_id)
        .order_by(LectureHistory.id.desc())
    )
    return [HistoryLine(row, name or "", number) for row, name, number in session.execute(query)]


def organisation_name(session: Session, lecture: Lecture) -> str:
    found = session.get(Organisation, lecture.organisation_id) if lecture.organisation_id else None
    return found.name if found else ""


def metadata_of(version: LectureVersion) -> LectureMetadata:
    """The version's metadata as a person gave it."""
    return LectureMetadata(
        title=version.title,
        subject=version.subject,
        abstract=version.abstract,
        programme=version.programme,
        grades=tuple(row.grade for row in version.grades),
        topics=tuple(row.topic for row in version.topics),
        authors=tuple(row.name for row in version.authors),
        language=version.language,
        licence=version.licence,
        duration_minutes=version.duration_minutes,
        year=version.year,
        link_url=version.link_url,
    )


def list_published(
    session: Session, wanted: LectureFilter = LectureFilter(), *, after: int | None = None, limit: int = PAGE_SIZE
) -> LecturePage:
    """Published lectures, the newest first."""
    query = cards_query(Lecture.published_version_id == LectureVersion.id)
    for condition in conditions_of(wanted):
        query = query.where(condition)
    return page_of(session, query, after, limit)


def list_own(
    session: Session, actor: Actor, *, after: int | None = None, limit: int = PAGE_SIZE, states: tuple[str, ...] = ()
) -> LecturePage:
    """What the actor made, in any state, the newest first."""
    query = cards_query(Lecture.current_version_id == LectureVersion.id).where(Lecture.created_by_id == actor.person_id)
    if states:
        query = query.where(Lecture.state.in_(states))
    return page_of(session, query, after, limit)


def list_in_review(session: Session, *, after: int | None = None, limit: int = PAGE_SIZE) -> LecturePage:
    """What waits for a reviewer, the oldest lecture first."""
    query = cards_query(Lecture.current_version_id == LectureVersion.id).where(Lecture.state == LectureState.IN_REVIEW)
    rows = session.execute(query.where(Lecture.id > (after or 0)).order_by(Lecture.id).limit(limit + 1)).all()
    cards = tuple(card_of(lecture, version) for lecture, version in rows[:limit])
    return LecturePage(cards, cards[-1].id if len(rows) > limit else None)


def list_of_topics(session: Session, topics: Iterable[str], *, limit: int = 6) -> tuple[LectureCard, ...]:
    """Published lectures that teach any of the topics, the newest first."""
    matching = select(LectureTopic.version_id).where(LectureTopic.topic.in_(list(topics)))
    query = cards_query(Lecture.published_version_id == LectureVersion.id).where(LectureVersion.id.in_(matching))
    return page_of(session, query, None, limit).cards


def list_cards(session: Session, lecture_ids: Sequence[int]) -> tuple[LectureCard, ...]:
    """Cards of published lectures in the order of the ids."""
    query = cards_query(Lecture.published_version_id == LectureVersion.id).where(Lecture.id.in_(lecture_ids))
    cards = {card.id: card for card in page_of(session, query, None, len(lecture_ids)).cards}
    return tuple(cards[found] for found in lecture_ids if found in cards)


def count_published_by_subject(session: Session) -> dict[str, int]:
    query = (
        select(LectureVersion.subject, func.count())
        .join(Lecture, Lecture.published_version_id == LectureVersion.id)
        .where(LectureVersion.subject != "")
        .group_by(LectureVersion.subject)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def count_published_by_grade(session: Session, subject: str = "") -> dict[int, int]:
    """Grade -> published lectures for it, of one subject or of all."""
    query = (
        select(LectureGrade.grade, func.count())
        .join(Lecture, Lecture.published_version_id == LectureGrade.version_id)
        .group_by(LectureGrade.grade)
    )
    if subject:
        query = query.join(LectureVersion, LectureVersion.id == LectureGrade.version_id).where(
            LectureVersion.subject == subject
        )
    return {row[0]: row[1] for row in session.execute(query)}


def count_in_review(session: Session) -> int:
    return session.scalar(select(func.count()).where(Lecture.state == LectureState.IN_REVIEW)) or 0


def published_ids(session: Session) -> Iterable[int]:
    query = select(Lecture.id).where(Lecture.published_version_id.is_not(None)).order_by(Lecture.id)
    return session.scalars(query)


def reviewed_ids(session: Session, lecture_ids: Sequence[int]) -> set[int]:
    """Which of these lectures are published in a version that a person approved, not a command."""
    approved = (LectureHistory.event == LectureEvent.APPROVED) & LectureHistory.actor_id.is_not(None)
    query = (
        select(Lecture.id)
        .join(LectureHistory, LectureHistory.version_id == Lecture.published_version_id)
        .where(Lecture.id.in_(lecture_ids), LectureHistory.lecture_id == Lecture.id, approved)
    )
    return set(session.scalars(query))


CardsQuery = Select[Lecture, LectureVersion]


def cards_query(joined: ColumnElement[bool]) -> CardsQuery:
    """Lectures with one version each; a card shows grades, so topics and authors are left where they are."""
    left = (lazyload(LectureVersion.topics), lazyload(LectureVersion.authors))
    return select(Lecture, LectureVersion).join(LectureVersion, joined).options(*left)


def conditions_of(wanted: LectureFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.subject:
        conditions.append(LectureVersion.subject == wanted.subject)
    if wanted.kind:
        conditions.append(LectureVersion.kind == wanted.kind)
    if wanted.grade is not None:
        grades = select(LectureGrade.version_id).where(LectureGrade.grade == wanted.grade)
        conditions.append(LectureVersion.id.in_(grades))
    if wanted.topic:
        below = LectureTopic.topic.startswith(wanted.topic + ".", autoescape=True)
        topics = select(LectureTopic.version_id).where((LectureTopic.topic == wanted.topic) | below)
        conditions.append(LectureVersion.id.in_(topics))
    return conditions


def page_of(session: Session, query: CardsQuery, after: int | None, limit: int) -> LecturePage:
    """One page by key, the newest first: the lectures, then their grades at once."""
    if after is not None:
        query = query.where(Lecture.id < after)
    rows = session.execute(query.order_by(Lecture.id.desc()).limit(limit + 1)).all()
    cards = tuple(card_of(lecture, version) for lecture, version in rows[:limit])
    return LecturePage(cards, cards[-1].id if len(rows) > limit else None)


def card_of(lecture: Lecture, version: LectureVersion) -> LectureCard:
    return LectureCard(
        id=lecture.id,
        title=version.title,
        kind=LectureKind(version.kind),
        state=LectureState(lecture.state),
        subject=version.subject,
        grades=tuple(row.grade for row in version.grades),
        duration_minutes=version.duration_minutes,
        thumbnail_sha256=version.thumbnail_sha256,
        is_published=lecture.published_version_id is not None,
    )
