"""Makes scanned sheets for tests: a quiz with codes, and pictures of its answer sheets filled in as wanted."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
from sqlalchemy.orm import Session

from quizbank.answer_sheets.finding import SIZE
from quizbank.answer_sheets.judging import State
from quizbank.answer_sheets.layout import PAGE_MM, SheetLayout, fields_of
from quizbank.quizzes.models import Quiz
from quizbank.scanning.actions import READ_JOB, SentFile, start_batch
from quizbank.scanning.marking import Marker
from quizbank.scanning.models import ScanBatch, ScanFile, ScanSheet
from quizbank.scanning.papers import Papers
from repository.jobs import Worker
from repository.permissions import Actor
from repository.services import Services
from tests.builders import MOMENT
from tests.quizbank.answer_sheets.pens import PENS, Hand
from tests.quizbank.answer_sheets.simulating import jpeg_of, printed
from tests.quizbank.quizzes.builders import a_quiz

CODES = ("101", "102")


def a_marked_page(layout: SheetLayout, marks: Mapping[str, str], *, quiz_id: int, half: Sequence[str] = ()) -> bytes:
    """A JPEG of a sheet whose fields hold these signs (several signs: several rings); those of ``half`` barely."""
    page = printed(layout, quiz_id)
    paper = (page / 255).astype(np.float32)
    scale = page.shape[1] / PAGE_MM[0]
    hand = Hand(paper, scale, PENS[2], np.random.default_rng(3))
    for field in fields_of(layout):
        for bubble in field.bubbles:
            if bubble.value in marks.get(field.name, ""):
                hand.blot(bubble.x, bubble.y, 1.0 if field.name in half else 1.9)
    small = cv2.resize((paper * 255).astype(np.uint8), None, fx=0.667, fy=0.667, interpolation=cv2.INTER_AREA)
    return jpeg_of(small, 85)


def digits(kind: str, text: str) -> dict[str, str]:
    return {f"{kind}.{place}": sign for place, sign in enumerate(text, 1)}


def right_marks(session: Session, quiz: Quiz, number: str, code: str, *, wrong: Sequence[int] = ()) -> dict[str, str]:
    """The marks of a candidate who knows everything, but for the choices ``wrong`` (numbers in part I)."""
    papers = Papers(session, quiz)
    paper = papers.find(code)
    assert paper is not None
    marks = digits("number", number) | (digits("code", code) if papers.has_codes else {})
    for one in paper.items:
        if one.item.part == 1:
            key = next(part for part in one.version.parts if part.is_true)
            letter = "ABCD"[one.option_order.index("ABCD"[list(one.version.parts).index(key)])]
            marks[f"1.{one.number}"] = "ABCD"[("ABCD".index(letter) + (one.number in wrong)) % 4]
        elif one.item.part == 2:
            for place, part in enumerate(one.version.parts):
                marks[f"2.{one.number}.{'abcd'[place]}"] = "Đ" if part.is_true else "S"
        else:
            value = one.version.parts[0].text.replace(".", ",")
            marks |= {f"3.{one.number}.{place}": sign for place, sign in enumerate(value, 1)}
    return marks


def a_paper_quiz(session: Session, actor: Actor, codes: tuple[str, ...] = CODES) -> Quiz:
    """Four choices, one cluster and two short answers: 3 marks."""
    return a_quiz(session, actor, codes=codes)


def a_sheet_in_doubt(session: Session, services: Services, actor: Actor, quiz: Quiz) -> ScanSheet:
    """A sheet as the worker keeps it, of candidate 000123 with code 101, whose first two questions are in doubt."""
    layout = Papers(session, quiz).layout()
    stands = {**digits("number", "000123"), **digits("code", "101"), "1.3": "C"}
    states = {"1.1": State.DOUBTFUL, "1.2": State.DOUBLE}
    guesses = {"1.1": "B", "1.2": "AC"}
    reading: list[list[Any]] = []
    for field in fields_of(layout):
        first, last = field.bubbles[0], field.bubbles[-1]
        box = [round(6 * side) for side in (first.x - 3, first.y - 3, last.x - first.x + 6, last.y - first.y + 6)]
        state = states.get(field.name, State.SURE if field.name in stands else State.EMPTY)
        reading.append([field.name, guesses.get(field.name, stands.get(field.name, "")), str(state), 0.4, box])
    batch = a_batch(session, services, actor, quiz, {"phieu.jpg": a_flat_page(layout)}, "000123 Nguyễn Thị Lan")
    batch.finished_at = MOMENT
    file = session.get_one(ScanFile, (batch.id, 0))
    file.page_count = 1
    sheet = ScanSheet(
        batch_id=batch.id,
        quiz_id=batch.quiz_id,
        file=0,
        page=0,
        picture_sha256=file.sha256,
        reason="",
        reading=reading,
        number="",
        code="",
        waiting_count=0,
        problem="",
        is_discarded=False,
        read_at=MOMENT,
    )
    session.add(sheet)
    session.flush()
    Marker(session, actor, quiz, MOMENT).settle(sheet)
    return sheet


def a_scan(session: Session, services: Services, actor: Actor, quiz_id: int) -> dict[str, int]:
    """A batch with one sheet in doubt, by the names that lists of pages use."""
    sheet = a_sheet_in_doubt(session, services, actor, session.get_one(Quiz, quiz_id))
    return {"scan": sheet.batch_id, "sheet": sheet.id}


def a_flat_page(layout: SheetLayout) -> bytes:
    """A blank sheet as it is kept: laid flat, six pixels a millimetre."""
    return jpeg_of(cv2.resize(printed(layout), SIZE, interpolation=cv2.INTER_AREA), 82)


def sent(services: Services, pages: Mapping[str, bytes]) -> list[SentFile]:
    return [SentFile(name, services.store.put(io.BytesIO(data), limit_bytes=1 << 30)) for name, data in pages.items()]


def a_batch(
    session: Session,
    services: Services,
    actor: Actor,
    quiz: Quiz,
    pages: Mapping[str, bytes],
    candidates: str = "",
    now: dt.datetime = MOMENT,
) -> ScanBatch:
    """A batch that waits to be read."""
    return start_batch(session, actor, quiz.id, sent(services, pages), candidates, store=services.store, now=now)


def read_now(session: Session, services: Services, now: dt.datetime = MOMENT) -> None:
    """Let the worker read what waits; the session begins anew."""
    session.commit()
    Worker(services.sessions, services.job_handlers, services, clock=lambda: now).run_due((READ_JOB,))
    session.expire_all()


def a_sheet_of(
    session: Session,
    quiz: Quiz,
    number: str,
    code: str = "101",
    *,
    wrong: Sequence[int] = (),
    half: Sequence[str] = (),
    marks: Mapping[str, str] | None = None,
    quiz_id: int = 0,
) -> bytes:
    """A picture of the sheet of a candidate who knows everything but the choices ``wrong``.

    ``marks``: what stands otherwise in some fields; ``half``: fields that are barely marked.
    """
    stands = {**right_marks(session, quiz, number, code, wrong=wrong), **(marks or {})}
    return a_marked_page(Papers(session, quiz).layout(len(number)), stands, quiz_id=quiz_id or quiz.id, half=half)
