"""``kill -9`` of server or worker at any moment loses no acknowledged answer, upload or publication."""

import datetime as dt
import os
import queue
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem
from quizbank.server import PRODUCT
from repository.accounts.actions import create_token
from repository.accounts.queries import actor_of, find_person_by_email
from repository.db import writing
from repository.jobs import Job, JobState, utc_now
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.rules import LectureState
from repository.permissions import Role
from repository.publishing.models import Record
from repository.settings import PROJECT_ROOT
from tests.browser.live import LiveProduct, a_product, email_of
from tests.journeys.writers import Acknowledged, Answerer, Publisher, Uploader, Writer
from tests.quizbank.questions.builders import some_questions

KILLS = 30
LONGEST_SECONDS = 900
STARTING_SECONDS = 90
JOBS_SECONDS = 180
SERVE = "import sys; from quizbank.server import serve_web; serve_web(sys.argv[1], sys.argv[2], int(sys.argv[3]), 1)"


class Family:
    """Web server and worker as two processes, each of which can be killed and started again."""

    def __init__(self, product: LiveProduct) -> None:
        self.product = product
        parts = urlsplit(product.base_url)
        assert parts.hostname and parts.port
        self.commands = {
            "web": [sys.executable, "-c", SERVE, PRODUCT, parts.hostname, str(parts.port)],
            "worker": [sys.executable, "-m", "quizbank.cli", "worker"],
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        with (self.product.settings.data_dir / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self.commands[name],
                env=self.product.environment(),
                cwd=PROJECT_ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a power cut would."""
        process = self.processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTING_SECONDS
        while not self.product.answers():
            assert time.monotonic() < deadline, "the server does not come back"
            time.sleep(0.05)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[LiveProduct]:
    with a_product(tmp_path / "data") as made:
        with made.services.sessions() as session:
            some_questions(writing(session), 12)
            session.commit()
        yield made


def a_token(session: Session, role: Role) -> str:
    person = find_person_by_email(session, email_of(role))
    assert person is not None
    return create_token(session, actor_of(person), person.id, "thử", now=utc_now())[0]


def some_writers(product: LiveProduct, kept: Acknowledged) -> list[Writer]:
    with product.services.sessions() as session:
        writing(session)
        editor, reviewer = a_token(session, Role.EDITOR), a_token(session, Role.REVIEWER)
        session.commit()
    submitted: queue.Queue[int] = queue.Queue()
    url = product.base_url
    return [
        Answerer(url, kept, 1),
        Answerer(url, kept, 2),
        Uploader(url, kept, editor, submitted),
        Publisher(url, kept, reviewer, submitted),
    ]


def kill_again_and_again(family: Family, writers: list[Writer], chance: random.Random) -> int:
    """Kill one process or both at random moments while the writers write; returns how often."""
    deadline = time.monotonic() + LONGEST_SECONDS
    kills = 0
    while kills < KILLS and time.monotonic() < deadline:
        family.wait_until_it_answers()
        time.sleep(chance.uniform(0.05, 0.8))
        victims = chance.choice((["web"], ["web"], ["worker"], ["web", "worker"]))
        for victim in victims:
            family.kill(victim)
            kills += 1
        for victim in victims:
            family.start(victim)
        assert not [writer.error for writer in writers if writer.error]
    return kills


def stop(writers: list[Writer]) -> None:
    for writer in writers:
        writer.stopping.set()
    for writer in writers:
        if writer.ident is not None:
            writer.join(60)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_kill_9(product: LiveProduct) -> None:
    kept = Acknowledged()
    family = Family(product)
    writers = some_writers(product, kept)
    try:
        for name in family.commands:
            family.start(name)
        family.wait_until_it_answers()
        for writer in writers:
            writer.start()
        assert kill_again_and_again(family, writers, random.Random(2026)) >= KILLS
        family.wait_until_it_answers()
        time.sleep(1)
        stop(writers)
        assert undone_jobs(product) == []
    finally:
        stop(writers)
        for name in family.processes:
            family.kill(name)
    assert not [writer.error for writer in writers if writer.error]
    assert kept.broken == []
    assert len(kept.answers) > KILLS and len(kept.uploads) > 5 and kept.publications and kept.pieces
    with product.services.sessions() as session:
        assert lost_answers(session, kept) == []
        assert lost_uploads(session, product, kept) == []
        assert lost_publications(session, kept) == []
    command = [sys.executable, "-m", "quizbank.cli", "check"]
    checked = subprocess.run(command, env=product.environment(), cwd=PROJECT_ROOT, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def undone_jobs(product: LiveProduct) -> list[str]:
    """What the worker could not bring to an end although it had time to; jobs for another day do not count."""
    deadline = time.monotonic() + JOBS_SECONDS
    while True:
        with product.services.sessions() as session:
            waiting = (Job.state != JobState.DONE) & (Job.run_after < utc_now() + dt.timedelta(hours=1))
            undone = session.execute(select(Job.kind, Job.state, Job.error).where(waiting)).all()
        if not undone or time.monotonic() > deadline:
            return [str(job) for job in undone]
        time.sleep(0.2)


def lost_answers(session: Session, kept: Acknowledged) -> list[object]:
    """Acknowledged answers that are not in the database as they were given, translated to canonical letters."""
    rows = session.execute(
        select(Attempt.token, AttemptAnswer.position, AttemptAnswer.revision, AttemptAnswer.response, AttemptItem)
        .join(AttemptAnswer, AttemptAnswer.attempt_id == Attempt.id)
        .join(AttemptItem, (AttemptItem.attempt_id == Attempt.id) & (AttemptItem.position == AttemptAnswer.position))
    ).all()
    stored = {
        (token, position, revision): "ABCD"[item.option_order.index(response)]
        for token, position, revision, response, item in rows
    }
    return [place for place, response in kept.answers.items() if stored.get(place) != response]


def lost_uploads(session: Session, product: LiveProduct, kept: Acknowledged) -> list[int]:
    """Acknowledged lectures without their row, or whose bytes are not those that were sent."""
    query = select(LectureVersion.lecture_id, LectureVersion.file_sha256)
    stored = dict(session.execute(query).all())
    return [
        lecture_id
        for lecture_id, digest in kept.uploads.items()
        if stored.get(lecture_id) != digest
        or sha256(product.services.store.path(digest).read_bytes()).hexdigest() != digest
    ]


def lost_publications(session: Session, kept: Acknowledged) -> list[int]:
    """Acknowledged publications that are not public or have no record."""
    published = set(session.scalars(select(Lecture.id).where(Lecture.state == LectureState.PUBLISHED)))
    recorded = set(session.scalars(select(Record.thing_id).where(Record.kind == "lecture")))
    return sorted(kept.publications - (published & recorded))
