"""What the columns of a person's tables mean, remembered by their headings."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.permissions import IMPORT_QUESTIONS
from quizbank.questions.formats.catalogue import ending_of, find_format
from quizbank.questions.formats.sandbox import SheetHead
from quizbank.questions.formats.spreadsheet_columns import Column
from quizbank.questions.import_models import ColumnMapping
from repository.errors import Invalid
from repository.permissions import Actor

TABLES = ("xlsx", "csv")
MAX_COLUMNS = 200
OPTIONS = ("mapping", "header_row", "sheet")


def is_table(name: str, form: str) -> bool:
    """Whether a file is taken for a table: said so, or by its ending."""
    formats = (find_format(id_) for id_ in TABLES)
    return form in TABLES or (not form and any(found and ending_of(name) in found.endings for found in formats))


def headings_of(row: Sequence[str]) -> str:
    """What a row of headings is remembered by."""
    return hashlib.sha256("\x1f".join(" ".join(cell.split()).casefold() for cell in row).encode()).hexdigest()


def known_choices(session: Session, actor: Actor, sheets: Iterable[SheetHead]) -> dict[str, str]:
    """The choices this person made for a table with these headings; nothing where there are none."""
    places = {
        headings_of(row): (sheet.name, place) for sheet in sheets for place, row in enumerate(sheet.rows) if any(row)
    }
    query = select(ColumnMapping).where(
        ColumnMapping.person_id == actor.person_id, ColumnMapping.headings.in_(list(places))
    )
    found = session.scalars(query.order_by(ColumnMapping.used_at.desc())).first()
    if found is None:
        return {}
    sheet, place = places[found.headings]
    return {"mapping": found.options["mapping"], "header_row": str(place), "sheet": sheet}


def choices_from(fields: Mapping[str, str]) -> dict[str, str]:
    """The choices for a table that a form carries: ``column-3`` -> meaning, ``header_row`` counted from 1, ``sheet``.

    Raises:
        Invalid: no column holds the questions, or two hold the same where there can be one only.
    """
    meanings = {
        str(place): fields[f"column-{place}"] for place in range(MAX_COLUMNS) if fields.get(f"column-{place}", "")
    }
    if Column.STEM not in meanings.values() or not set(meanings.values()) <= set(Column):
        raise Invalid("Hãy cho biết cột nào là câu hỏi.")
    row = fields.get("header_row", "1")
    header_row = int(row) - 1 if row.isdecimal() and len(row) < 5 and 1 <= int(row) <= 1000 else 0
    return {"mapping": json.dumps(meanings), "header_row": str(header_row), "sheet": fields.get("sheet", "")[:200]}


def remember_columns(
    session: Session, actor: Actor, choices: Mapping[str, str], headings: Sequence[str], *, now: dt.datetime
) -> None:
    """Keep what the columns below these headings mean, for the next table that has them."""
    IMPORT_QUESTIONS.require(actor)
    if actor.person_id is None or not any(headings):
        return
    key = actor.person_id, headings_of(headings)
    found = session.get(ColumnMapping, key)
    if found is None:
        found = ColumnMapping(person_id=key[0], headings=key[1], options={}, used_at=now)
        session.add(found)
    found.options, found.used_at = {"mapping": choices["mapping"]}, now
    session.flush()
