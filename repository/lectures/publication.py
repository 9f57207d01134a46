"""What the world is told when a lecture becomes public, and when it ceases to be: index and records."""

import datetime as dt

from sqlalchemy.orm import Session

from repository.lectures.descriptions import KIND
from repository.lectures.models import Lecture
from repository.lectures.rules import LectureState
from repository.permissions import Actor
from repository.search.actions import schedule_update


def publish(session: Session, actor: Actor, lecture: Lecture, *, now: dt.datetime) -> None:
    """Make the current version the public one, with everything that follows from it in the same transaction."""
    lecture.state = LectureState.PUBLISHED
    lecture.published_version_id, lecture.updated_at = lecture.current_version_id, now
    lecture.published_at, lecture.withdrawn_at = lecture.published_at or now, None
    session.flush()
    schedule_update(session, KIND, [lecture.id], now=now)


def take_back(session: Session, actor: Actor, lecture: Lecture, *, now: dt.datetime) -> None:
    """Hide the published version everywhere; a newer version in the works stays where it is."""
    if lecture.state == LectureState.PUBLISHED:
        lecture.state = LectureState.WITHDRAWN
    lecture.published_version_id, lecture.withdrawn_at, lecture.updated_at = None, now, now
    session.flush()
    schedule_update(session, KIND, [lecture.id], now=now)
