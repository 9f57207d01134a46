"""From matrix to quiz with a bank of 40,000 in a real database: ``pytest tests/benchmarks --benchmark-enable``."""

from collections.abc import Iterator
from itertools import count, product
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from quizbank.matrices.formats import get_format, matrix_of
from quizbank.matrices.queries import supply_of
from quizbank.matrices.rules import available_for
from quizbank.questions.models import Question, QuestionPart, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.actions import build_quiz
from repository.curriculum.queries import curriculum
from repository.permissions import SYSTEM
from repository.services import Services
from tests.builders import MOMENT

SUBJECTS = ("toan", "vat-li", "hoa-hoc", "sinh-hoc", "lich-su", "dia-li", "tieng-anh", "tin-hoc")
LEVELS = ("biet", "hieu", "van-dung")
TYPES = tuple(QuestionType)
PER_PLACE = 40_000 // (len(SUBJECTS) * 3 * len(LEVELS) * len(TYPES))


def fill(session: Session) -> int:
    """Questions of 8 subjects, 3 grades, 3 levels and 4 types over all topics; returns how many."""
    numbers = count(1)
    questions, versions, parts = [], [], []
    for subject, grade, level, type in product(SUBJECTS, (10, 11, 12), LEVELS, TYPES):
        topics = [topic.id for topic in curriculum().topics_of(subject, grade)]
        for place in range(PER_PLACE):
            id = next(numbers)
            questions.append({"id": id, "state": "published", "created_at": MOMENT, "updated_at": MOMENT})
            versions.append(
                {
                    "id": id,
                    "question_id": id,
                    "number": 1,
                    "type": type,
                    "stem": f"Câu {id}?",
                    "stem_html": f"<p>Câu {id}?</p>",
                    "text": f"Câu {id}?",
                    "subject": subject,
                    "grade": grade,
                    "programme": "gdpt-2018",
                    "topic": topics[place % len(topics)],
                    "level": level,
                    "fingerprint": f"{id:064}",
                    "created_at": MOMENT,
                }
            )
            parts += [
                {"version_id": id, "position": n, "text": str(n), "html": str(n), "is_true": n == 0} for n in range(4)
            ]
    session.execute(insert(Question), questions)
    session.execute(insert(QuestionVersion), versions)
    session.execute(insert(QuestionPart), parts)
    session.execute(update(Question).values(published_version_id=Question.id, current_version_id=Question.id))
    session.commit()
    return len(questions)


@pytest.fixture
def full_bank(session: Session, services: Services) -> Iterator[Session]:
    assert fill(session) > 39_000
    with services.sessions() as fresh:
        yield fresh


def test_a_graduation_paper_is_built(benchmark: Any, full_bank: Session) -> None:
    """Nine cells of any topic: the pool is the whole grade of the subject, about 1,600 questions."""
    matrix = matrix_of(get_format("tot-nghiep-2025-toan"), "Đề thử")
    seeds = count()

    def build() -> int:
        quiz = build_quiz(full_bank, SYSTEM, matrix, seed=next(seeds), now=MOMENT)
        full_bank.commit()
        return len(quiz.items)

    assert benchmark(build) == 22
    assert benchmark.stats is None or benchmark.stats.stats.median < 0.050


def test_availability_of_all_cells_is_counted(benchmark: Any, full_bank: Session) -> None:
    matrix = matrix_of(get_format("tot-nghiep-2025-toan"), "Đề thử")

    def ask() -> tuple[int, ...]:
        return available_for(matrix, supply_of(full_bank, "toan", "gdpt-2018"))

    assert min(benchmark(ask)) > 100
    assert benchmark.stats is None or benchmark.stats.stats.median < 0.050
