"""The questions of the real papers as search documents: what our reader takes in, as the bank would describe it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.rules import QuestionContent, QuestionType
from repository.curriculum.queries import curriculum
from repository.markup import excerpt, plain
from repository.search.documents import SearchDocument
from tests.shared_data import SHARED

EXAMS = SHARED / "exams"
TITLE_CHARS = 120
FIRST_DAY = datetime(2025, 1, 6, tzinfo=UTC)
SUBJECT_OF = {"giao-duc-cong-dan": "gd-kinh-te-phap-luat"}
"""The papers of a subject that grade 12 has under another name now."""


@dataclass(frozen=True)
class RealQuestion:
    """One question of a paper, its texts plain. ``id`` counts from 1 in the order of the papers."""

    id: int
    subject: str
    type: str
    stem: str
    options: tuple[str, ...]
    explanation: str
    passage: str


@cache
def real_questions() -> tuple[RealQuestion, ...]:
    """Every question that our reader takes in, duplicates within the papers included."""
    return tuple(replace(found, id=number) for number, found in enumerate(read_papers(), 1))


def read_papers() -> Iterator[RealQuestion]:
    for path in sorted(EXAMS.glob("*/*.txt")):
        for question in parse_paper(path.read_text(encoding="utf-8")).questions:
            if question.content is not None:
                yield real_question(question.content, path, question.passage)


def real_question(content: QuestionContent, path: Path, passage: str) -> RealQuestion:
    folder = path.parent.name
    is_short = content.type is QuestionType.SHORT_ANSWER
    return RealQuestion(
        id=0,
        subject=SUBJECT_OF.get(folder, folder),
        type=str(content.type),
        stem=plain(content.stem),
        options=() if is_short else tuple(plain(part.text) for part in content.parts),
        explanation=plain(content.explanation),
        passage=plain(passage),
    )


def document_of(question: RealQuestion) -> SearchDocument:
    """As ``quizbank.questions.descriptions`` describes a stored question: the key is in no public field."""
    return SearchDocument(
        kind="question",
        id=question.id,
        title=excerpt(question.stem, TITLE_CHARS) or f"question {question.id}",
        body="\n".join(filter(None, (question.passage, question.stem))),
        more="\n".join(question.options),
        keywords=(curriculum().name_of(question.subject, "vi"),),
        explanation=question.explanation,
        facets={
            "subject": (question.subject,),
            "grade": ("12",),
            "type": (question.type,),
            "programme": ("ct-2006",),
            "explained": ("yes",) if question.explanation else (),
        },
        published_at=FIRST_DAY + timedelta(minutes=question.id),
    )


def real_documents() -> list[SearchDocument]:
    return [document_of(question) for question in real_questions()]
