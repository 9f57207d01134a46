"""From pictures of sheets to marks."""

from decimal import Decimal

from sqlalchemy.orm import Session

from quizbank.scanning.models import ScanBatch
from quizbank.scanning.queries import list_sheets
from repository.services import Services
from tests.quizbank.conftest import Browser
from tests.quizbank.scanning.builders import a_batch, a_paper_quiz, a_sheet_of, read_now


def marks_of(session: Session, batch: ScanBatch) -> dict[str, Decimal | None]:
    return {row.sheet.number: row.marks for row in list_sheets(session, batch)[0]}


def test_sheets_of_two_codes_get_the_marks_they_earned(teacher: Browser, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, teacher[1])
    pages = {
        "lan.jpg": a_sheet_of(session, quiz, "000123", "101"),
        "binh.jpg": a_sheet_of(session, quiz, "000124", "102", wrong=[1, 3]),
    }
    batch = a_batch(session, services, teacher[1], quiz, pages)
    read_now(session, services)
    assert marks_of(session, batch) == {"000123": Decimal(3), "000124": Decimal("2.5")}
