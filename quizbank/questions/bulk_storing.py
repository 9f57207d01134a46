"""Write versions that are others with a few fields changed: rows by the hundred, nothing rendered anew.

The ground floor of bulk edits: who may is asked above, and nothing here commits.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions.bulk import BulkChange
from quizbank.questions.models import QuestionDoubt, QuestionPart, QuestionTag, QuestionVersion
from quizbank.questions.rules import QuestionType, levels_text
from quizbank.questions.storing import insert_rows, take_ids
from repository.markup import render
from repository.permissions import Actor

Row = dict[str, Any]


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
    own = {"created_by_id": actor.person_id, "created_at": now, **column_values(change)}
    versions = _rows(session, QuestionVersion.__table__, "id", new_ids)
    parts = _rows(session, QuestionPart.__table__, "version_id", new_ids)
    levels = _placed_statements(versions, parts, change)
    copied = [
        row | own | levels.get(row["id"], {}) | {"id": new_ids[row["id"]], "number": numbers[row["question_id"]] + 1}
        for row in versions
    ]
    insert_rows(session, QuestionVersion.__table__, copied)
    doubts = _rows(session, QuestionDoubt.__table__, "version_id", new_ids)
    for table, rows in ((QuestionPart.__table__, parts), (QuestionDoubt.__table__, doubts)):
        insert_rows(session, table, [row | {"version_id": new_ids[row["version_id"]]} for row in rows])
    _copy_tags(session, new_ids, change)
    return ids


def _placed_statements(versions: Sequence[Row], parts: Sequence[Row], change: BulkChange) -> dict[int, Row]:
    """Version -> the levels of its statements once their question stands at another level.

    With the programme a statement that says the old level of its question follows it to the new one.
    """
    if not {"level", "programme"} & set(change.values):
        return {}
    found: dict[int, list[Row]] = {row["id"]: [] for row in versions if row["type"] == QuestionType.TRUE_FALSE}
    for part in parts:
        found.get(part["version_id"], []).append(part)
    levels = {}
    for row in versions:
        own = found.get(row["id"], [])
        for part in own if change.values.get("programme", row["programme"]) != row["programme"] else ():
            part["level"] = None if part["level"] == row["level"] else part["level"]
        said = [part["level"] or change.values.get("level", row["level"]) for part in own]
        levels[row["id"]] = {"statement_levels": "" if None in said else levels_text(Counter(said))}
    return levels


def column_values(change: BulkChange) -> Row:
    """The columns of a version that the change sets."""
    values = dict(change.values)
    if "explanation" in values:
        values["explanation_html"] = render(values["explanation"]).html
    return values


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


def _copy_tags(session: Session, new_ids: Mapping[int, int], change: BulkChange) -> None:
    tags: dict[int, set[str]] = {id_: set(change.added_tags) for id_ in new_ids.values()}
    for row in _rows(session, QuestionTag.__table__, "version_id", new_ids):
        if row["tag"] not in change.removed_tags:
            tags[new_ids[row["version_id"]]].add(row["tag"])
    rows = [{"version_id": version_id, "tag": tag} for version_id, own in tags.items() for tag in sorted(own)]
    insert_rows(session, QuestionTag.__table__, rows)
