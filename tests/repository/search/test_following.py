"""The index follows the log of changes, whatever happens to either."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from repository.search import following
from repository.search.actions import schedule_update
from repository.search.documents import DocumentSource, SearchDocument, SearchQuery
from repository.search.following import KEPT, OVERLAP, Follower
from repository.search.models import SearchChange
from repository.search.queries import lag_of
from repository.services import Services
from tests.conftest import IS_POSTGRES
from tests.repository.search.builders import a_document


@dataclass
class Library:
    """What is published; tests change ``documents`` as people would change the library."""

    services: Services
    session: Session
    now: dt.datetime
    documents: dict[int, SearchDocument]

    def read(self, session: Session, ids: Sequence[int]) -> Iterable[SearchDocument]:
        return [self.documents[id] for id in ids if id in self.documents]

    def publish(self, id: int, title: str) -> None:
        self.documents[id] = a_document(title, id=id)
        self.note(id)

    def note(self, *ids: int, kind: str = "question") -> None:
        schedule_update(self.session, kind, ids, now=self.now)
        self.session.commit()

    def titles(self) -> list[str]:
        return sorted(hit.title for hit in self.services.search.find(SearchQuery("", limit=100)).hits)

    def follower(self) -> Follower:
        return Follower(self.services.search, self.services.sessions, self.services.document_sources, lambda: self.now)


@pytest.fixture
def library(services: Services, session: Session, now: dt.datetime) -> Library:
    made = Library(services, session, now, {1: a_document("Một", id=1), 2: a_document("Hai", id=2)})
    services.document_sources["question"] = DocumentSource(lambda session: list(made.documents), made.read)
    return made


def test_every_thing_has_a_line_of_its_own(session: Session, now: dt.datetime) -> None:
    schedule_update(session, "question", [3, 1, 3], now=now)
    rows = session.execute(select(SearchChange.kind, SearchChange.thing_id, SearchChange.at)).all()
    assert rows == [("question", 1, now), ("question", 3, now)]


def test_nothing_changed_needs_no_line(session: Session, now: dt.datetime) -> None:
    schedule_update(session, "question", [], now=now)
    assert session.scalar(select(SearchChange)) is None


def test_without_an_index_all_that_is_published_is_indexed(library: Library) -> None:
    library.follower().catch_up()
    assert library.titles() == ["Hai", "Một"]


def test_what_is_new_comes_in_and_what_is_gone_goes(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    library.publish(3, "Ba")
    del library.documents[1]
    library.note(1)
    assert follower.catch_up() == 2
    assert library.titles() == ["Ba", "Hai"]


def test_a_line_is_taken_in_once(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    library.publish(3, "Ba")
    assert [follower.catch_up(), follower.catch_up()] == [1, 0]


def test_another_follower_goes_on_where_the_first_stopped(library: Library) -> None:
    library.follower().catch_up()
    library.publish(3, "Ba")
    assert library.follower().catch_up() == 1
    assert library.follower().catch_up() == (1 if IS_POSTGRES else 0), "on PostgreSQL the last lines are read again"


def test_changes_during_a_rebuild_are_taken_in_after_it(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    before = library.services.search.position()
    assert before
    library.publish(3, "Ba")
    follower.catch_up()
    library.services.search.rebuild([a_document("Một", id=1)], change_id=before.change_id)
    assert follower.catch_up() == 1
    assert library.titles() == ["Ba", "Một"]


def test_a_position_of_a_generation_that_is_gone_is_not_taken_over(library: Library) -> None:
    index = library.services.search
    index.rebuild([], change_id=5)
    old = index.position()
    assert old
    index.rebuild([], change_id=2)
    index.update([], position=replace(old, change_id=9))
    assert index.position().change_id == 2


def test_a_log_trimmed_past_the_index_means_a_rebuild(library: Library) -> None:
    library.follower().catch_up()
    for number in (3, 4, 5):
        library.publish(number, f"Số {number}")
    library.session.execute(delete(SearchChange).where(SearchChange.thing_id < 5))
    library.session.commit()
    library.follower().catch_up()
    assert library.titles() == ["Hai", "Một", "Số 3", "Số 4", "Số 5"]


def test_an_index_ahead_of_the_log_is_rebuilt(library: Library) -> None:
    library.services.search.rebuild([], change_id=77)
    library.follower().catch_up()
    assert library.titles() == ["Hai", "Một"]


def test_one_thing_that_cannot_be_indexed_holds_nothing_up(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = library.follower()
    follower.catch_up()
    for number in (3, 4, 5):
        library.publish(number, f"Số {number}")
    library.documents[4] = replace(library.documents[4], title=None)  # type: ignore[arg-type]
    assert follower.catch_up() == 3
    assert library.titles() == ["Hai", "Một", "Số 3", "Số 5"]


def test_a_kind_nobody_knows_is_passed_over(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    library.note(7, kind="film")
    assert follower.catch_up() == 1
    assert lag_of(library.session, library.services.search).changes == 0


def test_many_changes_are_taken_in_in_commits_of_some(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "COMMIT_CHANGES", 2)
    follower = library.follower()
    follower.catch_up()
    for number in range(3, 10):
        library.publish(number, f"Số {number}")
    assert follower.catch_up() == 7
    assert len(library.titles()) == 9


@pytest.mark.skipif(not IS_POSTGRES, reason="on SQLite lines appear in the order of their numbers")
def test_a_line_that_appears_below_others_is_taken_in(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    for number, id in ((100, 3), (50, 4)):
        library.documents[id] = a_document(f"Số {id}", id=id)
        library.session.add(SearchChange(id=number, kind="question", thing_id=id, at=library.now))
        library.session.commit()
        assert [follower.catch_up(), follower.catch_up()] == [1, 0]
    assert library.titles() == ["Hai", "Một", "Số 3", "Số 4"]
    assert library.follower().catch_up() == 2


@pytest.mark.skipif(not IS_POSTGRES, reason="on SQLite lines appear in the order of their numbers")
def test_lines_are_forgotten_when_none_can_appear_below_them(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    library.publish(3, "Ba")
    follower.catch_up()
    assert follower._seen
    library.now += OVERLAP + dt.timedelta(seconds=1)
    library.publish(4, "Bốn")
    follower.catch_up()
    assert len(follower._seen) == 1


def test_old_lines_are_trimmed_but_never_the_last(library: Library) -> None:
    follower = library.follower()
    library.note(1, 2)
    library.now += KEPT + dt.timedelta(days=1)
    follower.trim()
    assert library.session.scalars(select(SearchChange.thing_id)).all() == [2]


def test_the_lag_says_how_much_waits_and_since_when(library: Library) -> None:
    library.follower().catch_up()
    library.publish(3, "Ba")
    lag = lag_of(library.session, library.services.search)
    assert (lag.changes, lag.since) == (1, library.now)


def test_a_running_follower_shows_a_change_within_two_seconds(library: Library) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=library.follower().run, args=(stop,))
    thread.start()
    try:
        wait_for(lambda: library.services.search.position() is not None)
        library.publish(3, "Ba")
        started = time.monotonic()
        wait_for(lambda: "Ba" in library.titles())
        assert time.monotonic() - started < 2
    finally:
        stop.set()
        thread.join()


def wait_for(is_so: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_an_index_that_outgrew_its_suggestions_is_rebuilt(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    for id in range(10, 60):
        library.publish(id, f"Dao động điều hoà {id}")
    follower.catch_up()
    assert library.services.search.suggest("dao d") == ()
    follower.learn()
    assert [found.text for found in library.services.search.suggest("dao d")] == ["dao động điều hoà"]
    assert len(library.titles()) == 52


def test_a_small_growth_is_no_reason_to_rebuild(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    before = library.services.search.state().generation
    library.publish(3, "Ba")
    follower.catch_up()
    follower.learn()
    assert library.services.search.state().generation == before
