"""Write versions that are others with a few fields changed: rows by the hundred, rendered only where they differ.

The ground floor of bulk edits: who may is asked above, and nothing here commits.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions.bulk import BulkChange, EditableFields, apply_change
from quizbank.questions.bulk_queries import fields_from, passages_of
from quizbank.questions.models import QuestionDoubt, QuestionPart, QuestionTag, QuestionVersion
from quizbank.questions.rules import Part, QuestionType, fingerprint_of, statement_levels_of
from quizbank.questions.storing import insert_rows, store_passages, take_ids
from repository.markup import plain, render
from repository.permissions import Actor

Row = dict[str, Any]
COLUMNS = (
    *("subject", "programme", "grade", "topic", "level", "licence", "source"),
    *("stem", "explanation", "keeps_order", "answer_kind", "tolerance"),
)
"""Columns of a version that are fields of their own."""


@dataclass(frozen=True)
class Copy:
    """A question that gets a new version, made of one of its versions."""

    question_id: int
    of_version_id: int


def copy_versions(
    session: Session, actor: Actor, copies: Sequence[Copy], change: BulkChange, *, now: dt.datetime
) -> list[int]:
    """Store a new version for each, with the change in it; returns their ids in the order given.

    Doubts of the reader are carried along: nobody has looked at what is asked.
    """
    ids = take_ids(session, QuestionVersion.__table__, len(copies))
    new_ids = {copy.of_version_id: id_ for copy, id_ in zip(copies, ids, strict=True)}
    numbers = _last_numbers(session, copies)
    own = {"created_by_id": actor.person_id, "created_at": now}
    versions = _rows(session, QuestionVersion.__table__, "id", new_ids)
    parts = _rows(session, QuestionPart.__table__, "version_id", new_ids)
    tags = _rows(session, QuestionTag.__table__, "version_id", new_ids)
    if change.edits:
        tags = _change_rows(session, change, versions, parts, tags, now=now)
    copied = [row | own | {"id": new_ids[row["id"]], "number": numbers[row["question_id"]] + 1} for row in versions]
    insert_rows(session, QuestionVersion.__table__, copied)
    doubts = _rows(session, QuestionDoubt.__table__, "version_id", new_ids)
    own_tables = ((QuestionPart.__table__, parts), (QuestionDoubt.__table__, doubts), (QuestionTag.__table__, tags))
    for table, rows in own_tables:
        insert_rows(session, table, [row | {"version_id": new_ids[row["version_id"]]} for row in rows])
    return ids


def _change_rows(
    session: Session,
    change: BulkChange,
    versions: Sequence[Row],
    parts: Sequence[Row],
    tags: Sequence[Row],
    *,
    now: dt.datetime,
) -> list[Row]:
    """Put the change into the rows of versions and parts, which are the old ones; returns the rows of the new tags."""
    parts_by, tags_by = _by_version(parts if change.touches_parts else ()), _by_version(tags)
    asked = {row["passage_version_id"] for row in versions} if change.touches_asked else ()
    passages = passages_of(session, asked)
    news: dict[int, tuple[EditableFields, EditableFields]] = {}
    for row in versions:
        old_parts = {row["id"]: tuple(_part_of(part) for part in parts_by.get(row["id"], ()))}
        old_tags = {row["id"]: tuple(sorted(tag["tag"] for tag in tags_by.get(row["id"], ())))}
        old = fields_from(row, old_tags, old_parts, passages, version_id=row["id"])
        news[row["id"]] = (old, apply_change(change, old))
    other = {new.passage for old, new in news.values() if new.passage not in ("", old.passage)}
    stored = store_passages(session, other, now=now)
    session.flush()
    for row in versions:
        old, new = news[row["id"]]
        if new.passage != old.passage:
            row["passage_version_id"] = stored.get(new.passage)
        _change_row(row, parts_by.get(row["id"], []), old, new)
    return [{"version_id": id_, "tag": tag} for id_, (_, new) in news.items() for tag in new.tags]


def _by_version(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["version_id"], []).append(row)
    return found


def _part_of(row: Row) -> Part:
    return Part(row["text"], row["is_true"], row["is_locked"], row["level"])


def _change_row(row: Row, parts: Sequence[Row], old: EditableFields, new: EditableFields) -> None:
    """Write the new fields into the rows of a version and its parts; only what differs is rendered anew."""
    row |= {name: getattr(new, name) for name in COLUMNS}
    if new.explanation != old.explanation:
        row["explanation_html"] = render(new.explanation).html
    for part, now_is, was in zip(parts, new.parts, old.parts, strict=True):
        part |= {"is_locked": now_is.is_locked, "level": now_is.level}
        if now_is.text != was.text:
            part |= {"text": now_is.text, "html": render(now_is.text).html}
    if (new.level, new.programme, new.parts) != (old.level, old.programme, old.parts):
        row["statement_levels"] = statement_levels_of(new.content, new.level)
    texts = [part.text for part in new.parts]
    is_same = new.stem == old.stem and texts == [part.text for part in old.parts]
    if not is_same or new.passage != old.passage:
        row["fingerprint"] = fingerprint_of(new.content, new.passage)
    if not is_same:
        stem, shown = render(new.stem), () if new.type == QuestionType.SHORT_ANSWER else texts
        row |= {"stem_html": stem.html, "text": "\n".join([stem.text, *map(plain, shown)])}


def _last_numbers(session: Session, copies: Sequence[Copy]) -> dict[int, int]:
    query = (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("last_number"))
        .where(QuestionVersion.question_id.in_([copy.question_id for copy in copies]))
        .group_by(QuestionVersion.question_id)
    )
    return {row.question_id: row.last_number for row in session.execute(query)}


def _rows(session: Session, table: Any, key: str, version_ids: Mapping[int, int]) -> list[Row]:
    query = select(table).where(table.c[key].in_(version_ids))
    return [dict(row) for row in session.execute(query).mappings()]
