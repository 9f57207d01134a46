"""What the world is told when lectures become public, and when they cease to be: records and index.

All of it stands in the transaction of the change, so that nothing is public here and unknown there.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from repository.lectures.descriptions import KIND
from repository.lectures.models import Lecture
from repository.lectures.records import read_records
from repository.lectures.rules import LectureState
from repository.permissions import Actor
from repository.publishing.actions import publish_records, withdraw_record
from repository.search.actions import schedule_update

BATCH = 300


def publish(session: Session, actor: Actor, lecture: Lecture, *, now: dt.datetime) -> None:
    """Make the current version the public one, with everything that follows from it."""
    lecture.state = LectureState.PUBLISHED
    lecture.published_version_id, lecture.updated_at = lecture.current_version_id, now
    lecture.published_at, lecture.withdrawn_at = lecture.published_at or now, None
    session.flush()
    announce(session, actor, [lecture.id], now=now)


def announce(session: Session, actor: Actor, lecture_ids: Iterable[int], *, now: dt.datetime) -> int:
    """Bring records and index up to what is published of these lectures. Returns how many records changed."""
    chosen, changed = sorted(set(lecture_ids)), 0
    for some in (chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH)):
        changed += publish_records(session, actor, KIND, read_records(session, some), now=now)
    schedule_update(session, KIND, chosen, now=now)
    return changed


def take_back(session: Session, actor: Actor, lecture: Lecture, *, now: dt.datetime) -> None:
    """Hide the published version everywhere; a newer version in the works stays where it is."""
    if lecture.state == LectureState.PUBLISHED:
        lecture.state = LectureState.WITHDRAWN
    lecture.published_version_id, lecture.withdrawn_at, lecture.updated_at = None, now, now
    session.flush()
    withdraw_record(session, actor, KIND, lecture.id, now=now)
    schedule_update(session, KIND, [lecture.id], now=now)
