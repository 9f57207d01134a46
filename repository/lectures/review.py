"""The review desk's door: every feature whose things are reviewed plugs in a source, and stays unknown here."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository.accounts.models import Person
from repository.lectures.models import Lecture, LectureHistory, LectureVersion
from repository.lectures.rules import LectureEvent, LectureState
from repository.permissions import REVIEW_LECTURE, Actor

DESK_SIZE = 50


@dataclass(frozen=True)
class ReviewItem:
    """One thing that waits. ``address`` leads to the page where it is approved or returned."""

    id: int
    title: str
    address: str
    subject: str = ""
    detail: str = ""
    maker: str = ""
    submitted_at: dt.datetime | None = None
    is_own: bool = False


@dataclass(frozen=True)
class ReviewSource:
    """What waits in one feature.

    Args:
        label: a msgid, such as ``Bài giảng``.
        count: how many wait.
        read: those after a key, the oldest first: ``(session, actor, after, limit)``. The key is the item's id.
    """

    label: str
    count: Callable[[Session], int]
    read: Callable[[Session, Actor, int | None, int], Sequence[ReviewItem]]


def count_lectures(session: Session) -> int:
    return session.scalar(select(func.count()).where(Lecture.state == LectureState.IN_REVIEW)) or 0


def read_lectures(session: Session, actor: Actor, after: int | None, limit: int) -> list[ReviewItem]:
    """Lectures in review with their makers, in one query and one for when each was submitted."""
    query = (
        select(Lecture, LectureVersion.title, LectureVersion.subject, LectureVersion.number, Person.name)
        .join(LectureVersion, LectureVersion.id == Lecture.current_version_id)
        .outerjoin(Person, Person.id == LectureVersion.created_by_id)
        .where(Lecture.state == LectureState.IN_REVIEW, Lecture.id > (after or 0))
        .order_by(Lecture.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    submitted = submitted_times(session, [row[0].id for row in rows])
    return [
        ReviewItem(
            id=lecture.id,
            title=title,
            address=f"/lectures/{lecture.id}/changes" if number > 1 else f"/lectures/{lecture.id}?version={number}",
            subject=subject,
            detail=str(lecture.kind),
            maker=maker or "",
            submitted_at=submitted.get(lecture.id),
            is_own=not REVIEW_LECTURE.allows(actor, lecture),
        )
        for lecture, title, subject, number, maker in rows
    ]


def submitted_times(session: Session, lecture_ids: Sequence[int]) -> dict[int, dt.datetime]:
    query = (
        select(LectureHistory.lecture_id, func.max(LectureHistory.at))
        .where(LectureHistory.lecture_id.in_(lecture_ids), LectureHistory.event == LectureEvent.SUBMITTED)
        .group_by(LectureHistory.lecture_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


LECTURES = ReviewSource(label="Bài giảng", count=count_lectures, read=read_lectures)
