"""``kill -9`` of the worker at any moment: marking again, exports and bulk edits end as if nothing had happened."""

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from quizbank.attempts.actions import repair_key
from quizbank.attempts.actions.repairing import Wish, bank_subject
from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import Mode
from quizbank.questions.bulk import BulkChange, BulkState
from quizbank.questions.bulk_editing import begin_applying, begin_undoing, plan_bulk_edit, start_bulk_edit
from quizbank.questions.bulk_jobs import work_now_or_later
from quizbank.questions.bulk_models import BulkEdit
from quizbank.questions.bulk_texts import Replacement
from quizbank.questions.export_jobs import write_now_or_later
from quizbank.questions.export_models import QuestionExport
from quizbank.questions.exporting import ask_for_export
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import QuestionFilter
from repository.accounts.actions import add_organisation
from repository.accounts.models import OrganisationKind
from repository.accounts.queries import actor_of, find_person_by_email
from repository.db import writing
from repository.jobs import Job, JobState, utc_now
from repository.permissions import SYSTEM, Actor, Role
from repository.publishing.models import RecordEvent
from repository.settings import PROJECT_ROOT
from tests.browser.live import LiveProduct, a_product, email_of
from tests.quizbank.questions.builders import a_choice, a_question, some_questions

QUESTIONS, SITTINGS = 1_500, 6_000
LEAST_KILLS = 4
PATIENCE_SECONDS = 240


@pytest.fixture
def product(tmp_path: Path) -> Iterator[LiveProduct]:
    with a_product(tmp_path / "data") as made:
        yield made


class Killed:
    """A worker that is killed after a while, and started again."""

    def __init__(self, product: LiveProduct, chance: random.Random) -> None:
        self.product, self.chance = product, chance
        self.kills = 0

    def run_until_done(self, kind: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.is_done(kind):
            assert time.monotonic() < deadline, "the job does not end"
            worker = self.start()
            try:
                self.wait_until(kind, JobState.RUNNING, deadline)
                seconds = self.chance.uniform(0.02, 0.6) if self.kills < LEAST_KILLS else PATIENCE_SECONDS
                until = time.monotonic() + seconds
                while time.monotonic() < min(until, deadline) and not self.is_done(kind):
                    time.sleep(0.01)
            finally:
                self.kills += not self.is_done(kind)
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()

    def start(self) -> "subprocess.Popen[bytes]":
        with (self.product.settings.data_dir / "worker.log").open("ab") as log:
            command = [sys.executable, "-m", "quizbank.cli", "worker"]
            environment = self.product.environment()
            return subprocess.Popen(
                command, env=environment, cwd=PROJECT_ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until(self, kind: str, state: JobState, deadline: float) -> None:
        """Until the worker has taken the job up: its row says who, and of a dead worker nobody wonders."""
        before = self.tries(kind)
        while self.tries(kind) == before and not self.is_done(kind):
            assert time.monotonic() < deadline, f"the job is never {state}"
            time.sleep(0.01)

    def tries(self, kind: str) -> int:
        with self.product.services.sessions() as session:
            return session.scalar(newest(Job.tries, kind)) or 0

    def is_done(self, kind: str) -> bool:
        with self.product.services.sessions() as session:
            return bool(session.scalar(newest(Job.state, kind)) == JobState.DONE)


def newest(column: Any, kind: str) -> Any:
    """Of the last job of its kind: undoing is a job of its own."""
    return select(column).where(Job.kind == kind).order_by(Job.id.desc()).limit(1)


def somebody(session: Session, role: Role) -> Actor:
    person = find_person_by_email(session, email_of(role))
    assert person is not None
    return actor_of(person)


def a_bank(product: LiveProduct) -> None:
    with product.services.sessions() as session:
        some_questions(writing(session), QUESTIONS)
        session.commit()


def sat_wrong(session: Session, version_id: int) -> None:
    """Submitted practices that answered C to one question; the odd ones answered B, its key."""
    at = utc_now() - dt.timedelta(days=1)
    ids = range(1, SITTINGS + 1)
    right = {id_: id_ % 2 for id_ in ids}
    one = {"mode": Mode.PRACTICE, "subject": "toan", "started_at": at, "submitted_at": at, "max_marks": 1, "number": 1}
    session.execute(insert(Attempt), [one | {"id": id_, "token": f"t{id_}", "marks": right[id_]} for id_ in ids])
    place = {"position": 1, "question_version_id": version_id, "marks": 1, "option_order": "ABCD"}
    session.execute(insert(AttemptItem), [place | {"attempt_id": id_} for id_ in ids])
    given = {"position": 1, "revision": 1}
    answers = [given | {"attempt_id": id_, "response": "B" if right[id_] else "C", "saved_at": at} for id_ in ids]
    session.execute(insert(AttemptAnswer), answers)
    results = [given | {"attempt_id": id_, "marks": right[id_], "fraction": right[id_], "graded_at": at} for id_ in ids]
    session.execute(insert(AttemptResult), results)


@pytest.mark.slow
def test_every_sitting_is_marked_again_exactly_once(product: LiveProduct) -> None:
    with product.services.sessions() as session:
        question = a_question(writing(session), a_choice(key="B"))
        version_id = question.published_version_id or 0
        sat_wrong(session, version_id)
        reviewer = somebody(session, Role.REVIEWER)
        repair_key(
            session,
            reviewer,
            bank_subject(session, reviewer, question.id, None),
            Wish("key", None, "C"),
            "Sai.",
            now=utc_now(),
        )
        session.commit()
    killed = Killed(product, random.Random(2026))
    killed.run_until_done("attempts.remark")
    assert killed.kills >= LEAST_KILLS
    with product.services.sessions() as session:
        repair = session.scalars(select(KeyRepair)).one()
        counts = (repair.gain_count, repair.loss_count, repair.stay_count)
        assert counts == (SITTINGS // 2, SITTINGS // 2, 0) and repair.finished_at is not None
        remarks = session.execute(select(AttemptRemark.attempt_id, AttemptRemark.number, AttemptRemark.marks)).all()
        assert sorted(remarks) == [(id_, 1, Decimal(1 - id_ % 2)) for id_ in range(1, SITTINGS + 1)]
        kept = dict(session.execute(select(AttemptResult.attempt_id, AttemptResult.marks)).all())
        assert all(kept[id_] == id_ % 2 for id_ in kept) and len(kept) == SITTINGS
        marks = dict(session.execute(select(Attempt.id, Attempt.marks)).all())
        assert all(marks[id_] == 1 - id_ % 2 for id_ in marks)


@pytest.mark.slow
def test_an_export_is_whole_or_not_there(product: LiveProduct) -> None:
    a_bank(product)
    with product.services.sessions() as session:
        teacher, store = somebody(writing(session), Role.EDITOR), product.services.store
        made = ask_for_export(session, teacher, "Kho", "json", QuestionFilter(), now=utc_now())
        write_now_or_later(session, teacher, made, store=store, now=utc_now())
        session.commit()
    killed = Killed(product, random.Random(7))
    killed.run_until_done("questions.export")
    with product.services.sessions() as session:
        export = session.scalars(select(QuestionExport)).one()
        assert export.state(utc_now()) == "ready" and export.file_sha256
        written = json.loads(store.path(export.file_sha256).read_bytes())
    assert [one["id"] for one in written] == [f"q-{number}" for number in range(1, QUESTIONS + 1)]


def bulk_edited(product: LiveProduct, change: BulkChange, chance: random.Random) -> None:
    """Everything changed, by workers that are killed."""
    with product.services.sessions() as session:
        editor = somebody(writing(session), Role.EDITOR)
        edit = start_bulk_edit(session, editor, {"filter": {}}, now=utc_now())
        plan_bulk_edit(session, editor, edit.id, change)
        work_now_or_later(session, editor, begin_applying(session, editor, edit.id, 1, now=utc_now()), now=utc_now())
        session.commit()
    Killed(product, chance).run_until_done("questions.bulk_edit")
    with product.services.sessions() as session:
        assert session.scalars(select(BulkEdit.state)).one() == BulkState.DONE


def bulk_undone(product: LiveProduct, chance: random.Random) -> None:
    """And all of it taken back."""
    with product.services.sessions() as session:
        editor, edit = somebody(writing(session), Role.EDITOR), session.scalars(select(BulkEdit)).one()
        work_now_or_later(session, editor, begin_undoing(session, editor, edit.id, now=utc_now()), now=utc_now())
        session.commit()
    Killed(product, chance).run_until_done("questions.bulk_edit")
    with product.services.sessions() as session:
        assert session.scalars(select(BulkEdit.state)).one() == BulkState.UNDONE


@pytest.mark.slow
def test_a_bulk_edit_makes_one_version_of_each(product: LiveProduct) -> None:
    a_bank(product)
    chance = random.Random(11)
    words = Replacement("thử", "mẫu", ("stem",))
    bulk_edited(product, BulkChange({"licence": "cc-by-sa-4.0"}, replacement=words), chance)
    with product.services.sessions() as session:
        numbers = session.execute(
            select(QuestionVersion.question_id, func.count()).group_by(QuestionVersion.question_id)
        )
        assert Counter(count for _, count in numbers) == {2: QUESTIONS}
        changed = select(func.count()).where(QuestionVersion.number == 2, QuestionVersion.text.contains("Câu mẫu"))
        assert session.scalar(changed) == QUESTIONS
    bulk_undone(product, chance)
    with product.services.sessions() as session:
        restored = select(func.count()).where(Question.state == "published", Question.published_version_id.is_not(None))
        assert session.scalar(restored.where(Question.current_version_id == Question.published_version_id)) == QUESTIONS


@pytest.mark.slow
def test_a_moved_question_is_told_of_exactly_once(product: LiveProduct) -> None:
    a_bank(product)
    chance, department = random.Random(13), OrganisationKind.DEPARTMENT
    with product.services.sessions() as session:
        add_organisation(writing(session), SYSTEM, kind=department, name="Sở", code="so", now=utc_now())
        session.commit()
    for step in (1, 2):
        if step == 1:
            bulk_edited(product, BulkChange({}, organisation="so"), chance)
        else:
            bulk_undone(product, chance)
        with product.services.sessions() as session:
            told = session.execute(select(RecordEvent.record_id, func.count()).group_by(RecordEvent.record_id))
            assert Counter(count for _, count in told) == {step: QUESTIONS}
            owned = select(func.count()).where(Question.organisation_id.is_not(None))
            assert session.scalar(owned) == (QUESTIONS if step == 1 else 0)
