"""Questions as others see them: the index, the exchange format, the metadata record."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from quizbank.questions.images import MEDIA
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import QuestionRow, published_ids, published_rows
from quizbank.questions.rules import QuestionType
from repository.curriculum.queries import curriculum
from repository.markup import excerpt, plain
from repository.search.documents import DocumentSource, SearchDocument

KIND = "question"
TITLE_LENGTH = 120


def title_of(version: QuestionVersion) -> str:
    """The beginning of the stem, as plain text in one line; it names the question in lists and records."""
    return excerpt(plain(version.stem), TITLE_LENGTH) or f"{KIND} {version.question_id}"


def read_documents(session: Session, ids: Sequence[int]) -> Iterable[SearchDocument]:
    """The search documents of published questions; the key is in none of their fields."""
    return [document_of(row) for row in published_rows(session, ids)]


DOCUMENTS = DocumentSource(list_ids=published_ids, read=read_documents)


def document_of(row: QuestionRow) -> SearchDocument:
    version = row.version
    names = curriculum()
    is_short = version.type == QuestionType.SHORT_ANSWER
    placed = tuple(names.name_of(id_, "vi") for id_ in (version.subject, version.topic) if id_)
    return SearchDocument(
        kind=KIND,
        id=row.question.id,
        title=title_of(version),
        body="\n".join(filter(None, (plain(version.passage.text) if version.passage else "", plain(version.stem)))),
        more="" if is_short else "\n".join(plain(part.text) for part in version.parts),
        keywords=(*placed, *(row.tag for row in version.tags)),
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
        },
        published_at=row.question.published_at,
    )


def images_of(version: QuestionVersion) -> list[str]:
    """The SHA-256 of every picture in the version, each once, in order."""
    passage = version.passage.text if version.passage else ""
    texts = (passage, version.stem, *(part.text for part in version.parts), version.explanation)
    return list(dict.fromkeys(found["sha256"] for text in texts for found in MEDIA.finditer(text)))


def json_of(row: QuestionRow, *, with_key: bool = True) -> dict[str, Any]:
    """The exchange format: one object per question.

    ``options`` are the options or statements in canonical order (none for a short answer); ``key`` is letters
    (``B``, ``AC``), judgements (``TFTF``) or the list of accepted values.
    """
    question, version = row.question, row.version
    is_short = version.type == QuestionType.SHORT_ANSWER
    key: Any = [part.text for part in version.parts] if is_short else version.content.key
    shown = {
        "id": question.id,
        "version": version.number,
        "type": str(version.type),
        "stem": version.stem,
        "options": [] if is_short else [part.text for part in version.parts],
    }
    secret = {"key": key, "explanation": version.explanation} if with_key else {}
    return (
        shown
        | secret
        | {
            "keeps_order": version.keeps_order,
            "answer_kind": str(version.answer_kind) if version.answer_kind else None,
            "subject": version.subject,
            "grade": version.grade,
            "programme": version.programme,
            "topic": version.topic,
            "level": version.level,
            "tags": [tag.tag for tag in version.tags],
            "passage": version.passage.text if version.passage else None,
            "images": images_of(version),
            "source": version.source,
            "source_file": version.source_file,
            "source_place": version.source_place,
            "licence": version.licence,
            "state": str(question.state),
        }
    )
