"""Counting how often lectures are opened, cheaply, and telling the index now and then."""

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from repository.jobs import Job, JobContext
from repository.lectures.models import LectureOpenings
from repository.lectures.openings import COUNTERS, OpeningCounter, count_opening, tell_openings
from repository.lectures.rules import LectureState
from repository.search.models import SearchChange
from repository.services import Services
from tests.builders import MOMENT
from tests.counting import count_queries
from tests.repository.lectures.builders import a_kept_lecture

LATER = MOMENT + dt.timedelta(minutes=2)


def opened(services: Services, lecture_id: int, times: int) -> None:
    counter = OpeningCounter(run=lambda work: work())
    for _ in range(times - 1):
        counter.count(lecture_id, services.sessions, now=MOMENT)
    counter.count(lecture_id, services.sessions, now=LATER)


def tell(services: Services) -> None:
    with services.sessions() as session:
        tell_openings(session, {}, JobContext(1, services, services.sessions, lambda: LATER))
        session.commit()


def told(services: Services) -> list[int]:
    with services.sessions() as session:
        return list(session.scalars(select(SearchChange.thing_id).where(SearchChange.kind == "lecture")))


def test_openings_are_written_once_a_minute(services: Services) -> None:
    lecture = a_kept_lecture(services)
    counter = OpeningCounter(run=lambda work: work())
    with count_queries(services.engine) as queries:
        for _ in range(50):
            counter.count(lecture.id, services.sessions, now=MOMENT)
    assert queries == []
    counter.count(lecture.id, services.sessions, now=LATER)
    with services.sessions() as session:
        assert session.get_one(LectureOpenings, lecture.id).openings == 51


def test_openings_add_up(services: Services) -> None:
    lecture = a_kept_lecture(services)
    opened(services, lecture.id, 3)
    opened(services, lecture.id, 4)
    with services.sessions() as session:
        assert session.get_one(LectureOpenings, lecture.id).openings == 7


def test_the_index_is_told_by_night_and_only_of_what_grew(services: Services) -> None:
    lecture = a_kept_lecture(services)
    opened(services, lecture.id, 100)
    tell(services)
    opened(services, lecture.id, 5)
    tell(services)
    assert told(services) == [lecture.id]
    opened(services, lecture.id, 20)
    tell(services)
    assert told(services) == [lecture.id, lecture.id]


def test_telling_is_planned_once(services: Services) -> None:
    lecture = a_kept_lecture(services)
    opened(services, lecture.id, 2)
    opened(services, lecture.id, 2)
    with services.sessions() as session:
        assert [job.run_after - LATER for job in session.scalars(select(Job))] == [dt.timedelta(hours=24)]


def test_opening_a_draft_does_not_count(services: Services, client: FlaskClient) -> None:
    draft = a_kept_lecture(services, state=LectureState.DRAFT)
    client.get(f"/lectures/{draft.id}")
    with services.sessions() as session:
        assert session.get(LectureOpenings, draft.id) is None


def test_each_database_has_a_counter_of_its_own(services: Services) -> None:
    elsewhere = sessionmaker(services.engine)
    count_opening(1, services.sessions, now=MOMENT)
    count_opening(2, elsewhere, now=MOMENT)
    assert COUNTERS[services.sessions] is not COUNTERS[elsewhere]
