"""Reading and storing by jobs: stopped anywhere, they go on, and nothing is lost or comes twice."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions import reading
from quizbank.questions.import_items import count_items
from quizbank.questions.import_models import ImportItem
from quizbank.questions.importing import NewImport, begin_storing, start_import
from quizbank.questions.models import Question, QuestionImport
from quizbank.questions.states import ImportState
from quizbank.questions.undoing import undo_import
from repository.db import writing
from repository.jobs import Job, JobState, Worker
from repository.permissions import Role
from repository.services import Services
from tests.builders import MOMENT, an_actor

QUESTIONS = 450
OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"


class Killed(BaseException):
    """The end of a worker in the middle of its work."""


@pytest.fixture
def import_id(session: Session, services: Services) -> int:
    """A file of 450 questions, number 1 and 301 of which are the same, that waits to be read."""
    text = "\n".join(f"Câu {n}. Số {1 if n == 301 else n}?\n{OPTIONS}\nĐáp án: A" for n in range(1, QUESTIONS + 1))
    stored = services.store.put(io.BytesIO(text.encode()), limit_bytes=1 << 20)
    new = NewImport("de.txt", stored, "text", {"subject": "toan"})
    made = start_import(session, an_actor(session, Role.TEACHER), new, store=services.store, now=MOMENT)
    reading.schedule(session, made, reading.READ, now=MOMENT)
    session.commit()
    return made.id


def work(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due((reading.READ, reading.STORE))


def killed_at(monkeypatch: pytest.MonkeyPatch, name: str, calls: int) -> Callable[[], None]:
    """Let a step of the job die at its ``calls``-th call, before it has written anything that lasts."""
    step, seen = getattr(reading, name), [0]

    def dying(*arguments: Any, **more: Any) -> Any:
        seen[0] += 1
        result = step(*arguments, **more)
        if seen[0] == calls:
            raise Killed
        return result

    monkeypatch.setattr(reading, name, dying)
    return lambda: monkeypatch.setattr(reading, name, step)


def release(services: Services) -> None:
    """What a worker does with the job of one that died."""
    with services.sessions() as session:
        for job in writing(session).scalars(select(Job).where(Job.state == JobState.RUNNING)):
            job.state, job.leased_until = JobState.QUEUED, None
        session.commit()


def state_of(services: Services, import_id: int) -> ImportState:
    with services.sessions() as session:
        return ImportState(session.get_one(QuestionImport, import_id).state)


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_reading_that_was_killed_goes_on_behind_what_lies_there(
    services: Services, import_id: int, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(reading, "BATCH_SECONDS", 600.0)
    live_again = killed_at(monkeypatch, "lay_down", batch)
    with pytest.raises(Killed):
        work(services)
    with services.sessions() as session:
        assert count_items(session, import_id).found == (batch - 1) * reading.BATCH
    live_again()
    release(services)
    work(services)
    with services.sessions() as session:
        labels = session.scalars(select(ImportItem.label).order_by(ImportItem.position)).all()
        assert list(labels) == [f"Câu {number}" for number in range(1, QUESTIONS + 1)]
        counts = count_items(session, import_id)
        assert (counts.waiting, counts.duplicates) == (QUESTIONS - 1, 1)
    assert state_of(services, import_id) == ImportState.READY


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_storing_that_was_killed_goes_on_and_stores_nothing_twice(
    services: Services, session: Session, import_id: int, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    work(services)
    made = session.get_one(QuestionImport, import_id)
    begin_storing(writing(session), reading.maker_of(session, made), import_id)
    reading.schedule(session, made, reading.STORE, now=MOMENT)
    session.commit()
    live_again = killed_at(monkeypatch, "store_batch", batch)
    with pytest.raises(Killed):
        work(services)
    live_again()
    release(services)
    work(services)
    session.rollback()
    session.expire_all()
    made = session.get_one(QuestionImport, import_id)
    assert (made.state, made.imported_count, made.duplicate_count) == ("done", QUESTIONS - 1, 1)
    assert session.scalar(select(func.count()).select_from(Question)) == QUESTIONS - 1
    linked = select(func.count(func.distinct(ImportItem.question_id))).where(ImportItem.question_id.is_not(None))
    assert session.scalar(linked) == QUESTIONS - 1


def test_what_the_bank_got_meanwhile_is_not_stored_again(services: Services, session: Session, import_id: int) -> None:
    work(services)
    for _ in range(2):
        made = session.get_one(QuestionImport, import_id)
        maker = reading.maker_of(session, made)
        new = NewImport(
            "de.txt", services.store.put(open_source(services, made), limit_bytes=1 << 20), "text", made.options
        )
        again = start_import(writing(session), maker, new, store=services.store, now=MOMENT)
        reading.schedule(session, again, reading.READ, now=MOMENT)
        session.commit()
    work(services)
    ids = session.scalars(select(QuestionImport.id).order_by(QuestionImport.id)).all()
    for one in ids:
        session.rollback()
        made = session.get_one(QuestionImport, one)
        begin_storing(writing(session), reading.maker_of(session, made), one)
        reading.schedule(session, made, reading.STORE, now=MOMENT)
        session.commit()
        work(services)
    session.rollback()
    session.expire_all()
    rows = session.execute(
        select(QuestionImport.imported_count, QuestionImport.duplicate_count).order_by(QuestionImport.id)
    ).all()
    assert [tuple(row) for row in rows] == [(QUESTIONS - 1, 1), (0, QUESTIONS), (0, QUESTIONS)]


def open_source(services: Services, made: QuestionImport) -> io.BytesIO:
    with services.store.open(made.source_sha256) as stream:
        return io.BytesIO(stream.read())


def test_an_import_undone_while_it_is_read_is_read_no_further(
    services: Services, session: Session, import_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_SECONDS", 600.0)
    killed_at(monkeypatch, "lay_down", 2)
    with pytest.raises(Killed):
        work(services)
    session.rollback()
    made = session.get_one(QuestionImport, import_id)
    undo_import(writing(session), reading.maker_of(session, made), import_id, now=MOMENT)
    session.commit()
    release(services)
    work(services)
    assert state_of(services, import_id) == ImportState.UNDONE
    with services.sessions() as look:
        assert count_items(look, import_id).found == reading.BATCH


def test_a_file_that_breaks_off_keeps_what_was_read(services: Services, session: Session) -> None:
    table = "Câu hỏi,A,B,Đáp án\n" + "".join(f"{n} + 1?,1,2,A\n" for n in range(700)) + '"' + "x" * (2 << 20)
    stored = services.store.put(io.BytesIO(table.encode()), limit_bytes=8 << 20)
    new = NewImport("de.csv", stored, "csv", {"subject": "toan"})
    made = start_import(session, an_actor(session, Role.TEACHER), new, store=services.store, now=MOMENT)
    reading.schedule(session, made, reading.READ, now=MOMENT)
    session.commit()
    work(services)
    session.expire_all()
    made = session.get_one(QuestionImport, made.id)
    assert (made.state, made.found_count, bool(made.trouble)) == ("ready", 700, True)
