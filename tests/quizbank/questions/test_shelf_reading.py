"""The shelf follows the bank: every change is seen once it is committed, and not before."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, delete
from sqlalchemy.orm import Session

from quizbank.questions import bulk_editing, shelf_reading
from quizbank.questions.actions import (
    approve_question,
    return_question,
    revise_question,
    submit_question,
    withdraw_question,
)
from quizbank.questions.bulk import BulkChange
from quizbank.questions.descriptions import KIND
from quizbank.questions.models import QuestionHistory, QuestionStatistics
from quizbank.questions.shelf import CURRENT, SMALL_FACETS, Shelf
from quizbank.questions.shelf_reading import Ages, Keeper, LogReader
from quizbank.questions.states import QuestionState
from repository.permissions import SYSTEM, Actor, Role
from repository.search.actions import schedule_update
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question, some_questions


@pytest.fixture
def keeper(services: Services) -> Keeper:
    return Keeper(services.engine)


def facet(shelf: Shelf, name: str) -> list[str]:
    """The values of a facet over the newest versions, by question."""
    place = SMALL_FACETS.index(name)
    codes = shelf.small[(shelf.faces & CURRENT) > 0]
    return [shelf.names.small.names[code][place] for code in codes]


def same(one: Shelf, other: Shelf) -> bool:
    """Whether two shelves say the same of every question."""
    masks = [np.ones(len(shelf), np.bool_) for shelf in (one, other)]
    columns = ("questions", "versions", "faces", "owners", "uses", "wrong", "changed_at")
    return all(getattr(one, name).tolist() == getattr(other, name).tolist() for name in columns) and one.counts(
        masks[0]
    ) == other.counts(masks[1])


def test_every_step_of_a_question_is_followed(session: Session, services: Services, keeper: Keeper) -> None:
    maker = an_actor(session, Role.TEACHER)
    session.commit()
    assert len(keeper.current()) == 0
    for states in steps(session, maker):
        session.commit()
        assert facet(keeper.current(), "state") == states
        assert same(keeper.current(), Keeper(services.engine).current())


def steps(session: Session, maker: Actor) -> Iterator[list[str]]:
    id = a_question(session, state=QuestionState.DRAFT, by=maker).id
    yield ["draft"]
    submit_question(session, maker, id, now=MOMENT)
    yield ["in-review"]
    return_question(session, SYSTEM, id, now=MOMENT, comment="Sửa lại.")
    yield ["draft"]
    submit_question(session, maker, id, now=MOMENT)
    approve_question(session, SYSTEM, id, now=MOMENT)
    yield ["published"]
    revise_question(session, maker, id, a_new_question(level="biet", licence=""), now=MOMENT)
    yield ["draft"]
    submit_question(session, maker, id, now=MOMENT)
    approve_question(session, SYSTEM, id, now=MOMENT)
    yield ["published"]
    withdraw_question(session, SYSTEM, id, now=MOMENT)
    yield ["withdrawn"]
    a_question(session)
    yield ["withdrawn", "published"]


def test_bulk_edits_are_followed(session: Session, keeper: Keeper) -> None:
    editor = an_actor(session, Role.EDITOR)
    some_questions(session, 3, level="biet")
    session.commit()
    assert facet(keeper.current(), "level") == ["biet"] * 3
    edit = bulk_editing.start_bulk_edit(session, editor, {"filter": {"level": "biet"}}, now=MOMENT)
    bulk_editing.plan_bulk_edit(session, editor, edit.id, BulkChange({"level": "hieu"}))
    bulk_editing.begin_applying(session, editor, edit.id, edit.plan_number, now=MOMENT)
    bulk_editing.apply_batch(session, editor, edit, limit=10, now=MOMENT)
    session.commit()
    assert facet(keeper.current(), "level") == ["hieu"] * 3


def test_figures_counted_by_night_are_followed(session: Session, keeper: Keeper) -> None:
    question = a_question(session)
    session.commit()
    assert facet(keeper.current(), "used") == ["no"]
    session.add(QuestionStatistics(question_id=question.id, uses=3, answers=40, wrong_fraction=0.25))
    schedule_update(session, KIND, [question.id], now=MOMENT)
    session.commit()
    shelf = keeper.current()
    assert (facet(shelf, "used"), shelf.uses.tolist(), shelf.wrong.tolist()) == (["yes"], [3], [250])


def test_what_is_not_committed_is_on_no_shelf(session: Session, keeper: Keeper) -> None:
    a_question(session)
    assert len(keeper.current()) == 0
    session.rollback()
    a_question(session, a_choice("Câu khác?"))
    session.commit()
    assert len(keeper.current()) == 1


def test_a_quiet_bank_costs_two_lines_to_follow(session: Session, services: Services, keeper: Keeper) -> None:
    some_questions(session, 3)
    session.commit()
    shelf = keeper.current()
    keeper.current()
    with count_queries(services.engine) as queries:
        assert keeper.current() is shelf
    assert sum(query.startswith("SELECT") for query in queries) <= 3


def test_more_changes_than_fit_one_question_to_the_database_are_read(
    session: Session, services: Services, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_reading, "AT_ONCE", 2)
    monkeypatch.setattr(shelf_reading, "WINDOW", 3)
    keeper.current()
    some_questions(session, 7)
    session.commit()
    assert len(keeper.current()) == 7
    assert same(keeper.current(), Keeper(services.engine).current())


def test_after_a_day_of_silence_everything_is_read_again(session: Session, services: Services) -> None:
    now = [0.0]
    keeper = Keeper(services.engine, clock=lambda: now[0])
    question = a_question(session)
    session.commit()
    keeper.current()
    session.add(QuestionStatistics(question_id=question.id, uses=1, answers=0, wrong_fraction=0))
    session.commit()
    assert facet(keeper.current(), "used") == ["no"]
    now[0] += shelf_reading.GOOD_FOR_SECONDS + 1
    assert facet(keeper.current(), "used") == ["yes"]


def test_a_change_that_could_not_be_read_is_read_the_next_time(
    session: Session, services: Services, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.current()
    a_question(session)
    session.commit()
    with monkeypatch.context() as broken, pytest.raises(OSError, match="gone"):
        broken.setattr(shelf_reading, "read_rows", a_broken_line)
        keeper.current()
    assert same(keeper.current(), Keeper(services.engine).current()) and len(keeper.current()) == 1


def a_broken_line(*_: object) -> Iterator[None]:
    raise OSError("gone")


@pytest.mark.parametrize("is_first", [True, False])
def test_a_question_is_read_as_of_one_moment(
    session: Session, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    """Another process writes a version after the versions were read and before the questions are."""
    question_id = a_question(session, level="biet").id
    session.commit()
    if not is_first:
        keeper.current()
        withdraw_question(session, SYSTEM, question_id, now=MOMENT)
        session.commit()
    read, written = shelf_reading._all, list[int]()

    def read_slowly(connection: Connection, query: Any) -> Any:
        found = read(connection, query)
        if not written:
            written.append(question_id)
            revise_question(session, SYSTEM, question_id, a_new_question(level="hieu"), now=MOMENT)
            session.commit()
        return found

    monkeypatch.setattr(shelf_reading, "_all", read_slowly)
    assert facet(keeper.current(), "level") == ["biet"]
    assert facet(keeper.current(), "level") == ["hieu"]


def test_a_transaction_may_write_as_many_lines_as_an_import_has(session: Session, services: Services) -> None:
    a_question(session)
    session.commit()
    keeper = Keeper(services.engine)
    keeper.current()
    is_postgresql = services.engine.dialect.name == "postgresql"
    assert (keeper.logs[0].settled == 0) is is_postgresql and shelf_reading.LOOK_BACK > 2 * 40_000


class Log:
    """A log whose lines are committed out of order, as PostgreSQL may."""

    def __init__(self) -> None:
        self.lines: dict[int, int] = {}
        self.reader = LogReader(None, None)  # type: ignore[arg-type]
        self.reader._new = lambda _: [(id, thing) for id, thing in self.lines.items() if id > self.reader.settled]  # type: ignore[method-assign,assignment]

    def read(self, finished: int, begun: int) -> set[int]:
        return self.reader.read(None, Ages(finished, begun))  # type: ignore[arg-type]


def test_a_line_that_is_committed_late_is_read() -> None:
    log = Log()
    log.lines = {1: 10, 3: 30}
    assert log.read(5, 8) == {10, 30}
    assert log.read(5, 8) == set()
    assert log.read(5, 9) == set()
    log.lines[2] = 20
    assert log.read(7, 9) == {20}


def test_lines_are_given_up_once_nothing_before_them_can_come() -> None:
    log = Log()
    log.lines = {1: 10, 3: 30}
    log.read(5, 8)
    log.read(5, 8)
    assert log.reader.settled == 0
    log.read(8, 9)
    assert (log.reader.settled, log.reader.seen) == (3, set())
    log.lines[4] = 40
    assert log.read(9, 9) == {40}


def test_a_log_is_only_added_to(session: Session, keeper: Keeper) -> None:
    """Nothing is made of lines that are gone: the shelf keeps what it knew."""
    a_question(session)
    session.commit()
    before = keeper.current()
    session.execute(delete(QuestionHistory))
    session.commit()
    assert keeper.current() is before
