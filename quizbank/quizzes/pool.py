"""The questions a quiz may be drawn from, for all cells of its matrix at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Supply, is_wanted
from quizbank.questions.families import families_of
from quizbank.questions.likeness_queries import families_in_bank
from quizbank.questions.models import Question
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.arrangement import Candidate
from quizbank.quizzes.stock import Mask, Numbers, Place, Stock
from quizbank.quizzes.stock_reading import stock_for


@dataclass(frozen=True)
class Source:
    """Which part of the bank a quiz is drawn from.

    ``grade`` None is any. ``drafts_of``: a person whose own unpublished questions may be drawn as well.
    """

    subject: str
    grade: int | None
    programme: str
    drafts_of: int | None = None


@dataclass(frozen=True)
class Pool:
    """Cell number -> ids of the questions that fit it; and for each question its version and passage.

    ``family_of``: question -> the family of those that people called the same or variants, or that were made of one
    template, for the questions of the pool and beside it. ``statements``: question -> the levels of its statements,
    as ``levels_text`` writes them.
    """

    ids: Mapping[int, Sequence[int]]
    candidates: Mapping[int, Candidate]
    family_of: Mapping[int, int] = field(default_factory=dict)
    statements: Mapping[int, str] = field(default_factory=dict)

    @property
    def passage_of(self) -> dict[int, int]:
        return {id: one.passage for id, one in self.candidates.items() if one.passage is not None}


def pool_for(session: Session, source: Source, cells: Sequence[Cell], beside: Collection[int] = ()) -> Pool:
    """All questions in use that fit any of the cells; ``beside``: questions whose families are told as well."""
    stock = stock_for(session, source.subject)
    usable = in_use(stock, source.drafts_of)
    rows = [np.flatnonzero(usable & fitting(stock, source, cell)) for cell in cells]
    some = np.unique(np.concatenate(rows)) if rows else np.zeros(0, np.int64)
    keys = family_keys(session, stock)
    families = dict(zip(stock.questions[some].tolist(), keys[some].tolist(), strict=True))
    statements = [stock.names.names[code].statements for code in stock.places[some].tolist()]
    return Pool(
        {number: stock.questions[one].tolist() for number, one in enumerate(rows)},
        {one.question_id: one for one in candidates_of(stock, some)},
        {**families, **keys_beside(session, stock, keys, beside)},
        {id: text for id, text in zip(families, statements, strict=True) if text},
    )


def candidates_of(stock: Stock, rows: Numbers) -> list[Candidate]:
    columns = (stock.questions[rows], stock.versions[rows], stock.passages[rows])
    return [
        Candidate(id, version, passage or None)
        for id, version, passage in zip(*(one.tolist() for one in columns), strict=True)
    ]


def in_use(stock: Stock, drafts_of: int | None) -> Mask:
    """Published questions; of ``drafts_of`` also drafts."""
    return stock.is_published if drafts_of is None else stock.is_published | (stock.owners == drafts_of)


def fitting(stock: Stock, source: Source, cell: Cell) -> Mask:
    """The rows whose place fits a cell. What it says of statements is for the draw."""
    name = (source.programme, source.grade, cell.topic, cell.level, cell.type)

    def fits(place: Place) -> bool:
        placed = Supply(place.topic, place.level, QuestionType(place.type), place.grade, 1)
        return place.programme == source.programme and is_wanted(cell, source.grade, placed)

    known = stock.names.fitting_as(name, fits)
    return known[stock.places] if len(known) else np.zeros(len(stock), np.bool_)


def family_keys(session: Session, stock: Stock) -> Numbers:
    """For each row a number that it shares with its family: those called the same or variants, or of one template."""
    keys = np.where(stock.families > 0, -stock.families, stock.questions)
    decided = families_in_bank(session)
    if not decided:
        return keys
    rows = stock.rows_of(decided)
    key_of = {id: int(keys[row]) for id, row in rows.items()}
    joined = families_of((key_of.get(id, id), key_of.get(root, root)) for id, root in decided.items())
    old = np.array(sorted(joined), np.int64)
    new = np.array([joined[key] for key in old.tolist()], np.int64)
    places = np.minimum(np.searchsorted(old, keys), len(old) - 1)
    return np.where(old[places] == keys, new[places], keys)


def keys_beside(session: Session, stock: Stock, keys: Numbers, question_ids: Collection[int]) -> dict[int, int]:
    """The family keys of some questions, also of those that are no longer in stock."""
    known = {id: int(keys[row]) for id, row in stock.rows_of(question_ids).items()}
    gone = [id for id in question_ids if id not in known]
    if not gone:
        return known
    decided = families_in_bank(session, gone)
    born = {id: family for id, family in session.execute(_born.where(Question.id.in_(gone))) if family is not None}
    relatives = {id: int(keys[row]) for id, row in stock.rows_of(decided).items()}
    for id in gone:
        near = [relatives[other] for other, root in decided.items() if root == decided.get(id) and other in relatives]
        twins = keys[stock.families == born.get(id, UNBORN)][:1].tolist()
        known[id] = next(iter([*near, *twins]), -born[id] if id in born else decided.get(id, id))
    return known


UNBORN = -1
_born = select(Question.id, Question.family_id)
