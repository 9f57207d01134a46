"""Fills an empty product with a library to show, stage by stage; a killed build goes on where it was."""

import datetime as dt
import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread

from sqlalchemy.orm import Session

from quizbank.demo.content import add_lectures, add_questions, withdraw_some
from quizbank.demo.lecture_files import prepare_lectures
from quizbank.demo.people import add_people, read_cast
from quizbank.demo.questions.library import draw_questions
from quizbank.demo.school_life import add_school_life
from quizbank.demo.sittings import add_sittings
from quizbank.demo.stages import FIRST, LAST, BuildState, DemoSize, mark_done, read_state
from repository.db import writing
from repository.errors import Conflict
from repository.search.reading import rebuild
from repository.services import Services
from repository.settings import available_cores

SEED = 2025
Show = Callable[[str, int, int], None]
"""Called with what is going on, how much of it is done and how much there is."""

MOST_PROCESSES = 4
WORTH_A_PROCESS = 30


def build_demo(services: Services, size: DemoSize, now: dt.datetime, show: Show) -> bool:
    """Build what is still missing of the library; returns False where all of it was there.

    Args:
        services: the product, its database at the newest version.
        size: ``SMALL`` or ``FULL``.
        now: when the build begins; a build that goes on keeps the moment it began.
        show: told of progress.

    Raises:
        Conflict: the database has content of its own, or the beginning of a library of another size.
    """
    with services.sessions() as session:
        state = read_state(session)
    if state.is_complete:
        return False
    check_may_build(state, size)
    began_at = state.began_at or now
    build = Build(services, size, began_at, now, state.done, show)
    build.run()
    return True


def check_may_build(state: BuildState, size: DemoSize) -> None:
    if state.size and state.size != size.name:
        raise Conflict("A {size} demo library was begun here: finish it, or take another data folder.", size=state.size)
    if not state.size and not state.is_empty:
        raise Conflict("This data folder holds content of its own: take an empty one with --data.")


class Build:
    """One run of a build. Every stage is one transaction that ends with its line in the audit trail."""

    def __init__(
        self,
        services: Services,
        size: DemoSize,
        began_at: dt.datetime,
        now: dt.datetime,
        done: frozenset[str],
        show: Show,
    ) -> None:
        self.services, self.size, self.began_at, self.now = services, size, began_at, now
        self.done, self.show = done, show

    def run(self) -> None:
        with self.stage(FIRST) as session:
            if session:
                add_people(session, self.size, SEED, opened_at(self.began_at))
        self.add_content()
        with self.stage("school life") as session:
            if session:
                add_school_life(session, read_cast(session), SEED, self.began_at)
        with self.stage("sittings") as session:
            if session:
                self.show("sittings", 0, 1)
                add_sittings(session, read_cast(session), self.size.practices, SEED, self.began_at)
        with self.stage("withdrawals") as session:
            if session:
                withdraw_some(session, read_cast(session), self.began_at - dt.timedelta(days=1))
        self.index()
        with self.stage(LAST):
            self.show("done", 1, 1)

    @contextmanager
    def stage(self, name: str) -> Iterator[Session | None]:
        """A writing session for the stage, or None where an earlier run has done it."""
        if name in self.done:
            yield None
            return
        with self.services.sessions() as session:
            yield writing(session)
            mark_done(session, name, self.size, self.began_at if name == FIRST else self.now)
            session.commit()

    def add_content(self) -> None:
        """Questions and lectures, a batch for every date in ``moments``."""
        dates = moments(self.began_at, self.size.months)
        questions = cuts(self.size.questions, len(dates))
        lectures = cuts(self.size.lectures, len(dates))
        names = [f"content {place:02d}" for place in range(len(dates))]
        missing = next((place for place, name in enumerate(names) if name not in self.done), None)
        if missing is None:
            return
        stream = itertools.islice(draw_questions(self.size.questions, SEED), questions[missing], None)
        with lecture_pool(self.size.lectures) as pool:
            root = self.services.settings.data_dir / "files"
            files = prepare_lectures(pool, root, self.size.lectures, SEED, skip=lectures[missing])
            for place in range(missing, len(dates)):
                new = list(itertools.islice(stream, questions[place + 1] - questions[place]))
                prepared = list(itertools.islice(files, lectures[place + 1] - lectures[place]))
                with self.stage(names[place]) as session:
                    if session:
                        cast = read_cast(session)
                        add_questions(session, cast, new, questions[place], dates[place])
                        add_lectures(session, cast, prepared, lectures[place], dates[place])
                done = questions[place + 1] + lectures[place + 1]
                self.show("content", done, self.size.questions + self.size.lectures)

    def index(self) -> None:
        """Build the index from what is published; it is a cache, so that doing it twice does no harm."""
        services = self.services

        def show(done: int, total: int, message: str = "") -> None:
            self.show("index", done, total)

        rebuild(services.search, services.sessions, services.document_sources, show)


def lecture_pool(lectures: int) -> ProcessPoolExecutor:
    """Fresh processes that share nothing with this one; each is worth its start from some thirty lectures on."""
    count = max(1, min(MOST_PROCESSES, available_cores(), lectures // WORTH_A_PROCESS))
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=leave_with_parent)


def leave_with_parent() -> None:
    """End this process when the build that started it is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_wait_and_leave, args=(parent.sentinel,), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def cuts(total: int, parts: int) -> list[int]:
    """Where ``parts`` nearly equal batches of ``total`` begin, and the end."""
    return [total * place // parts for place in range(parts + 1)]


def opened_at(began_at: dt.datetime) -> dt.datetime:
    return began_at - dt.timedelta(days=3 * 365 + 60)


def moments(began_at: dt.datetime, months: int) -> list[dt.datetime]:
    """When each batch came in: two thirds at the opening three years ago, the rest month by month until yesterday."""
    opened = opened_at(began_at)
    at_once = months * 2 // 3
    opening = [opened + dt.timedelta(days=50 * place / at_once) for place in range(at_once)]
    rest = months - at_once
    span = began_at - dt.timedelta(days=2) - opening[-1]
    return opening + [opening[-1] + span * (place + 1) / rest for place in range(rest)]
