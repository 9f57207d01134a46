"""Questions as others see them: the index, the exchange format, the metadata record."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.formats.json_questions import json_of_new
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import (
    QuestionRow,
    QuestionStanding,
    new_question_of,
    published_ids,
    published_rows,
    standings_of,
)
from quizbank.questions.rules import CHOICE_TYPES, QuestionType
from quizbank.questions.states import QuestionState
from repository.accounts.models import Organisation, Person
from repository.curriculum.queries import curriculum
from repository.markup import excerpt, plain
from repository.publishing.rules import RecordContent, RecordSource
from repository.search.documents import DocumentSource, SearchDocument

KIND = "question"
TITLE_LENGTH = 120
ENOUGH_ANSWERS = 20
EASY_BELOW, HARD_ABOVE = 0.3, 0.7
YEAR = re.compile(r"\b20[0-4]\d\b", re.ASCII)
PUBLISHER = "Bộ Giáo dục và Đào tạo"
TYPE_LABELS = {
    QuestionType.SINGLE_CHOICE: "Một lựa chọn",
    QuestionType.MULTIPLE_RESPONSE: "Nhiều lựa chọn",
    QuestionType.TRUE_FALSE: "Đúng/Sai",
    QuestionType.SHORT_ANSWER: "Trả lời ngắn",
    QuestionType.ESSAY: "Tự luận",
}


def title_of(version: QuestionVersion) -> str:
    """The beginning of the stem, as plain text in one line; it names the question in lists and records."""
    return excerpt(plain(version.stem), TITLE_LENGTH) or f"{KIND} {version.question_id}"


def read_documents(session: Session, ids: Sequence[int]) -> Iterable[SearchDocument]:
    """The search documents of published questions, in six queries; the key is in none of their fields."""
    standings = standings_of(session, ids)
    return [document_of(row, standings[row.question.id]) for row in published_rows(session, ids)]


DOCUMENTS = DocumentSource(list_ids=published_ids, read=read_documents)


def document_of(row: QuestionRow, standing: QuestionStanding) -> SearchDocument:
    version = row.version
    names = curriculum()
    is_short = version.type == QuestionType.SHORT_ANSWER
    placed = tuple(names.name_of(id_, "vi") for id_ in (version.subject, version.topic) if id_)
    people = (standing.organisation,) if standing.organisation else ()
    difficulty = standing.wrong_fraction if standing.answers >= ENOUGH_ANSWERS else None
    year = YEAR.search(version.source)
    return SearchDocument(
        kind=KIND,
        id=row.question.id,
        title=title_of(version),
        body="\n".join(filter(None, (plain(version.passage.text) if version.passage else "", plain(version.stem)))),
        more="" if is_short else "\n".join(plain(part.text) for part in version.parts),
        keywords=(*placed, *(row.tag for row in version.tags), *people),
        explanation=plain(version.explanation),
        facets={
            "subject": (version.subject,),
            "grade": (str(version.grade),) if version.grade else (),
            "topic": (version.topic,) if version.topic else (),
            "level": (version.level,) if version.level else (),
            "type": (str(version.type),),
            "programme": (version.programme,),
            "licence": (version.licence,) if version.licence else (),
            "explained": ("yes",) if version.explanation else (),
            "organisation": people,
            "year": (year[0],) if year else (),
            "difficulty": (band_of(difficulty),) if difficulty is not None else (),
        },
        published_at=row.question.published_at,
        people=people,
        uses=standing.uses,
        difficulty=difficulty,
        quality_fraction=quality_of(version, is_reviewed=standing.is_reviewed),
    )


def band_of(wrong_fraction: float) -> str:
    """``easy``, ``medium`` or ``hard``, by the share of wrong answers."""
    return "easy" if wrong_fraction < EASY_BELOW else "hard" if wrong_fraction > HARD_ABOVE else "medium"


def quality_of(version: QuestionVersion, *, is_reviewed: bool) -> float:
    """How far a question was reviewed and described, 0..1: a reviewer's approval is worth two fifths."""
    signs = (
        (is_reviewed, 4),
        (bool(version.explanation), 2),
        (bool(version.topic), 2),
        (bool(version.level), 1),
        (bool(version.source), 1),
    )
    return sum(weight for is_there, weight in signs if is_there) / 10


SECRETS = ("key", "explanation", "tolerance")


def shown_state(row: QuestionRow, *, works_on_it: bool) -> str:
    """The state that a reader is told: to strangers a published version is just that, whatever the next is up to."""
    question, version = row.question, row.version
    is_public = version.id == question.published_version_id and not works_on_it
    return str(QuestionState.PUBLISHED if is_public else question.state)


def json_of(row: QuestionRow, *, with_key: bool = True, works_on_it: bool = True) -> dict[str, Any]:
    """A question for programs: the exchange format (see ``json_questions.json_of_new``) with where it stands."""
    question, version = row.question, row.version
    exchanged = json_of_new("", new_question_of(version))
    shown = {name: value for name, value in exchanged.items() if with_key or name not in SECRETS}
    return shown | {"id": question.id, "version": version.number, "state": shown_state(row, works_on_it=works_on_it)}


def read_records(session: Session, ids: Sequence[int]) -> dict[int, RecordContent]:
    """The metadata records of published questions; neither key nor explanation is in them."""
    rows = published_rows(session, ids, has_parts=False)
    makers = _makers_of(session, rows)
    return {row.question.id: record_of(row, *makers[row.question.id]) for row in rows}


RECORDS = RecordSource(list_ids=published_ids, read=read_records)


def _makers_of(session: Session, rows: Sequence[QuestionRow]) -> dict[int, tuple[str, str]]:
    """Question id -> its maker's and organisation's names, empty where unknown."""
    query = (
        select(Question.id, Person.name, Organisation.name)
        .outerjoin(Person, Person.id == Question.created_by_id)
        .outerjoin(Organisation, Organisation.id == Question.organisation_id)
        .where(Question.id.in_([row.question.id for row in rows]))
    )
    return {id_: (person or "", organisation or "") for id_, person, organisation in session.execute(query)}


def record_of(row: QuestionRow, maker: str, organisation: str) -> RecordContent:
    question, version = row.question, row.version
    names = curriculum().name_of
    about = tuple(names(id_) for id_ in (version.subject, version.topic) if id_)
    level = (f"Lớp {version.grade}",) if version.grade else ()
    published_at = question.published_at or version.created_at
    description = excerpt(plain(version.stem), 500) or title_of(version)
    return RecordContent(
        version_id=version.id,
        path=f"/questions/{question.id}",
        title=title_of(version),
        creators=(maker or organisation or PUBLISHER,),
        date=published_at.date(),
        description=description,
        publisher=organisation or PUBLISHER,
        subjects=about,
        types=("InteractiveResource", TYPE_LABELS[QuestionType(version.type)]),
        formats=("text/html",),
        sources=(version.source,) if version.source else (),
        languages=("vi",),
        coverage=level,
        rights=(version.licence,) if version.licence else (),
        sets=(f"subject:{version.subject}", *((f"grade:{version.grade}",) if version.grade else ())),
        schema_org=schema_org_of(version, description, about, level),
    )


def schema_org_of(
    version: QuestionVersion, description: str, about: Sequence[str], level: Sequence[str]
) -> dict[str, Any]:
    """schema.org metadata with LRMI terms; no answer is in it."""
    return {
        "@context": "https://schema.org",
        "@type": ["LearningResource", "Question"],
        "name": title_of(version),
        "text": description,
        "inLanguage": "vi",
        "about": list(about),
        "educationalLevel": list(level),
        "learningResourceType": TYPE_LABELS[QuestionType(version.type)],
        "eduQuestionType": "Multiple choice" if QuestionType(version.type) in CHOICE_TYPES else "Open ended",
        "version": str(version.number),
        "isAccessibleForFree": True,
    }
