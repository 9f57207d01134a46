"""Write many questions at once: rows by the hundred, HTML rendered once, passages shared.

The ground floor of this feature's actions: who may is asked there, and nothing here commits.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, bindparam, func, insert, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizbank.questions.likeness_search import schedule_comparison
from quizbank.questions.likeness_texts import WrittenOut
from quizbank.questions.models import (
    Passage,
    PassageVersion,
    Question,
    QuestionDoubt,
    QuestionHistory,
    QuestionImport,
    QuestionPart,
    QuestionTag,
    QuestionVersion,
)
from quizbank.questions.problems import Problem
from quizbank.questions.rules import (
    NewQuestion,
    QuestionType,
    body_of,
    fingerprint_of,
    fold_spaces,
    statement_levels_of,
)
from quizbank.questions.states import QuestionEvent, QuestionState
from repository.markup import render
from repository.permissions import Actor

BATCH = 500
KNOWN_BATCH = 200
Row = dict[str, Any]
Asked = tuple[str, str]


@dataclass(frozen=True)
class ToStore:
    """A question with what its reader doubted; a held one stays a draft when the others are published."""

    new: NewQuestion
    doubts: tuple[Problem, ...] = ()
    is_held: bool = False


@dataclass(frozen=True)
class Known:
    """A question already in the bank, found by what it asks. ``question_id`` is 0 for one on its way in."""

    question_id: int
    fingerprint: str
    place: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (f"#{self.question_id}" if self.question_id else "", self.place)))


def store_questions(
    session: Session,
    actor: Actor,
    items: Sequence[ToStore],
    *,
    now: dt.datetime,
    event: QuestionEvent = QuestionEvent.CREATED,
    import_id: int | None = None,
) -> list[int]:
    """Store new questions as drafts with their first versions; returns their ids in the order given."""
    ids = take_ids(session, Question.__table__, len(items))
    version_ids = take_ids(session, QuestionVersion.__table__, len(items))
    passages = store_passages(session, {item.new.passage for item in items if item.new.passage}, now=now)
    session.flush()
    common = {"created_by_id": actor.person_id, "organisation_id": actor.organisation_id, "import_id": import_id}
    times = {"created_at": now, "updated_at": now}
    insert_rows(
        session, Question.__table__, [{"id": id_, "state": QuestionState.DRAFT, **common, **times} for id_ in ids]
    )
    for start in range(0, len(items), BATCH):
        _store_versions(
            session, actor, items[start : start + BATCH], ids[start:], version_ids[start:], passages=passages, now=now
        )
    history = {"actor_id": actor.person_id, "at": now, "event": event, "comment": ""}
    pairs = list(zip(ids, version_ids, strict=True))
    insert_rows(session, QuestionHistory.__table__, [{"question_id": q, "version_id": v, **history} for q, v in pairs])
    set_versions(session, pairs, Question.current_version_id.key)
    schedule_comparison(session, now=now)
    return ids


def store_version(
    session: Session, actor: Actor, question: Question, number: int, new: NewQuestion, *, now: dt.datetime
) -> int:
    """Store one more version of a question; returns its id."""
    [version_id] = take_ids(session, QuestionVersion.__table__, 1)
    passages = store_passages(session, {new.passage} if new.passage else set(), now=now)
    session.flush()
    _store_versions(
        session, actor, [ToStore(new)], [question.id], [version_id], passages=passages, now=now, number=number
    )
    schedule_comparison(session, now=now)
    return version_id


def _store_versions(
    session: Session,
    actor: Actor,
    items: Sequence[ToStore],
    ids: Sequence[int],
    version_ids: Sequence[int],
    *,
    passages: Mapping[str, int],
    now: dt.datetime,
    number: int = 1,
) -> None:
    versions: list[Row] = []
    parts: list[Row] = []
    tags: list[Row] = []
    doubts: list[Row] = []
    for item, question_id, version_id in zip(items, ids, version_ids, strict=False):
        own_parts = _part_rows(item.new, version_id)
        row = version_row(item.new, own_parts)
        row |= {"id": version_id, "question_id": question_id, "number": number, "created_at": now}
        row |= {"created_by_id": actor.person_id, "passage_version_id": passages.get(item.new.passage)}
        versions.append(row)
        parts += [{name: value for name, value in part.items() if name != "plain"} for part in own_parts]
        tags += [{"version_id": version_id, "tag": tag} for tag in sorted(set(item.new.placement.tags))]
        doubts += [
            {"version_id": version_id, "position": position, "code": doubt.code, "facts": doubt.facts}
            for position, doubt in enumerate(item.doubts)
        ]
    for table, rows in (
        (QuestionVersion.__table__, versions),
        (QuestionPart.__table__, parts),
        (QuestionTag.__table__, tags),
        (QuestionDoubt.__table__, doubts),
    ):
        insert_rows(session, table, rows)


def _part_rows(new: NewQuestion, version_id: int) -> list[Row]:
    rows = []
    for position, part in enumerate(new.content.parts):
        rendered = render(part.text)
        row = {"version_id": version_id, "position": position, "text": part.text, "html": rendered.html}
        row |= {"is_true": part.is_true, "is_locked": part.is_locked, "level": part.level}
        rows.append(row | {"plain": rendered.text})
    return rows


def version_row(new: NewQuestion, parts: Iterable[Row]) -> Row:
    """The columns of a version that its content and placement give."""
    content, placement = new.content, new.placement
    stem, explanation = render(content.stem), render(content.explanation)
    shown = [] if content.type is QuestionType.SHORT_ANSWER else [part["plain"] for part in parts]
    return {
        "type": content.type,
        "stem": content.stem,
        "stem_html": stem.html,
        "explanation": content.explanation,
        "explanation_html": explanation.html,
        "answer_kind": content.answer_kind,
        "tolerance": content.tolerance,
        "keeps_order": content.keeps_order,
        "subject": placement.subject,
        "grade": placement.grade,
        "programme": placement.programme,
        "topic": placement.topic,
        "level": placement.level,
        "statement_levels": statement_levels_of(content, placement.level),
        "licence": new.licence,
        "source": new.source,
        "source_file": new.source_file,
        "source_place": new.source_place,
        "fingerprint": fingerprint_of(content, new.passage),
        "text": "\n".join([stem.text, *shown]),
    }


@dataclass(frozen=True)
class PreviewPart:
    text: str
    html: str
    is_true: bool
    level: str | None = None


@dataclass(frozen=True)
class PreviewVersion:
    """A version that is only looked at, never stored."""

    type: str
    stem_html: str
    explanation_html: str
    parts: tuple[PreviewPart, ...]


def preview_version(new: NewQuestion) -> PreviewVersion:
    rows = _part_rows(new, 0)
    row = version_row(new, rows)
    parts = tuple(PreviewPart(part["text"], part["html"], part["is_true"], part["level"]) for part in rows)
    return PreviewVersion(row["type"], row["stem_html"], row["explanation_html"], parts)


def store_passages(session: Session, texts: set[str], *, now: dt.datetime) -> dict[str, int]:
    """The ids of the passages' versions; a passage that is already there, white space aside, is used again."""
    prints = {passage: hashlib.sha256(fold_spaces(passage).encode()).hexdigest() for passage in sorted(texts)}
    rows = session.execute(
        select(PassageVersion.fingerprint, func.max(PassageVersion.id))
        .where(PassageVersion.fingerprint.in_(prints.values()))
        .group_by(PassageVersion.fingerprint)
    )
    known: dict[str, int] = dict(rows.all())
    for passage, fingerprint in prints.items():
        if fingerprint not in known:
            parent = Passage(created_at=now)
            session.add(parent)
            session.flush()
            version = PassageVersion(
                passage_id=parent.id, number=1, text=passage, html=render(passage).html, fingerprint=fingerprint
            )
            session.add(version)
            session.flush()
            known[fingerprint] = version.id
    return {passage: known[fingerprint] for passage, fingerprint in prints.items()}


def set_versions(session: Session, pairs: Iterable[tuple[int, int]], column: str, **values: Any) -> None:
    """Point questions at versions: ``column`` is the current or the published one; ``values`` go along."""
    rows = [{"of": question_id, "to": version_id} for question_id, version_id in pairs]
    if rows:
        query = update(Question.__table__).where(Question.__table__.c.id == bindparam("of"))  # type: ignore[arg-type]
        session.execute(query.values({column: bindparam("to"), **values}), rows)
    session.expire_all()


def add_history(
    session: Session, actor: Actor, pairs: Iterable[tuple[int, int | None]], event: QuestionEvent, *, now: dt.datetime
) -> None:
    common = {"actor_id": actor.person_id, "at": now, "event": event, "comment": ""}
    rows = [{"question_id": question_id, "version_id": version_id, **common} for question_id, version_id in pairs]
    insert_rows(session, QuestionHistory.__table__, rows)


def known_questions(session: Session, asked: Iterable[Asked]) -> dict[Asked, Known]:
    """Which of these the bank asks already. Undone imports don't count.

    Args:
        asked: subjects with bodies of fingerprints.
    """
    wanted = set(asked)
    bodies = sorted({body for _subject, body in wanted})
    found: dict[Asked, Known] = {}
    for start in range(0, len(bodies), KNOWN_BATCH):
        for subject, known in _known_among(session, bodies[start : start + KNOWN_BATCH]):
            found[subject, body_of(known.fingerprint)] = known
    return {key: known for key, known in found.items() if key in wanted}


def _known_among(session: Session, bodies: Sequence[str]) -> Iterator[tuple[str, Known]]:
    version = QuestionVersion
    alike = select(version.id).where(begins_with(version.fingerprint, bodies)).correlate(None)
    query = (
        select(Question.id, version.subject, version.fingerprint, version.source_file, version.source_place)
        .join(version, version.id == Question.current_version_id)
        .outerjoin(QuestionImport, QuestionImport.id == Question.import_id)
        .where(version.id.in_(alike), QuestionImport.undone_at.is_(None))
        .order_by(Question.id)
    )
    for id_, subject, fingerprint, file, place in session.execute(query):
        yield subject, Known(id_, fingerprint, f"{file}, {place}" if file else "")


def begins_with(column: InstrumentedAttribute[str], bodies: Iterable[str], *, within: str = "") -> TextClause:
    """Whether a fingerprint has one of these bodies: ranges that an index serves, for no digit comes after ``g``.

    Written out rather than bound: hundreds of bound pairs take longer to prepare than to look up. Not a column of its
    own: SQLAlchemy would write ``= 1`` behind it for SQLite, and no index would serve that.
    """
    name = f"{column.class_.__tablename__}.{column.key}"
    also = f"{within} AND " if within else ""
    ranges = (f"({also}{name} BETWEEN '{body}' AND '{body}g')" for body in bodies if _HEXADECIMAL.fullmatch(body))
    return WrittenOut(f"({' OR '.join(ranges) or '1 = 0'})")


_HEXADECIMAL = re.compile(r"[0-9a-f]+")


def take_ids(session: Session, table: Any, count: int) -> list[int]:
    """Take ``count`` new ids of a table, ascending. On SQLite the caller's transaction must be a writer's."""
    if count == 0:
        return []
    if session.get_bind().dialect.name == "postgresql":
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return sorted(session.scalars(query, {"name": table.name, "count": count}))
    last = session.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
    return list(range(last + 1, last + count + 1))


def insert_rows(session: Session, table: Any, rows: list[Row]) -> None:
    """Insert rows, some hundred in a statement; all have the same columns."""
    for start in range(0, len(rows), BATCH):
        session.execute(insert(table), rows[start : start + BATCH])
