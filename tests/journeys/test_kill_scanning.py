"""``kill -9`` of the worker while it reads answer sheets: every page is read once and marked once."""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quizbank.answer_sheets.drawing import Sheet, SheetHead, answer_sheet_pdf
from quizbank.attempts.models import Attempt
from quizbank.scanning.actions import READ_JOB, SentFile, start_batch
from quizbank.scanning.models import ScanBatch, ScanMark, ScanSheet
from quizbank.scanning.papers import Papers
from repository.accounts.queries import actor_of, find_person_by_email
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import Role
from tests.browser.live import LiveProduct, a_product, email_of
from tests.journeys.test_kill_jobs import LEAST_KILLS, Killed
from tests.quizbank.quizzes.builders import a_quiz

PAGES = 40


@pytest.fixture
def product(tmp_path: Path) -> Iterator[LiveProduct]:
    with a_product(tmp_path / "data") as made:
        yield made


@pytest.mark.slow
def test_a_killed_worker_reads_and_marks_every_sheet_once(product: LiveProduct) -> None:
    numbers = [f"{number:06}" for number in range(1, PAGES + 1)]
    with product.services.sessions() as session:
        person = find_person_by_email(writing(session), email_of(Role.TEACHER))
        assert person is not None
        teacher, store = actor_of(person), product.services.store
        quiz = a_quiz(session, teacher, codes=("101",))
        sheets = [Sheet("", number, "101") for number in numbers]
        pdf = answer_sheet_pdf(Papers(session, quiz).layout(), SheetHead(quiz.id), sheets)
        file = SentFile("phieu.pdf", store.put(io.BytesIO(pdf), limit_bytes=1 << 30))
        start_batch(session, teacher, quiz.id, [file], store=store, now=utc_now())
        session.commit()
    killed = Killed(product, random.Random(5))
    killed.run_until_done(READ_JOB)
    assert killed.kills >= LEAST_KILLS
    with product.services.sessions() as session:
        assert session.scalars(select(ScanBatch.finished_at)).one() is not None
        assert sorted(session.scalars(select(ScanSheet.number))) == numbers
        assert sorted(name or "" for name in session.scalars(select(Attempt.candidate))) == numbers
        assert session.scalar(select(func.count()).select_from(ScanMark)) == PAGES
