"""From the database to the material of a paper: what fits each cell, and what of it may be used."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.assembly.material import Material, Profile, minus
from quizbank.quizzes.assembly.targets import Passages, Targets
from quizbank.quizzes.models import Quiz, QuizItem
from quizbank.quizzes.pool import Source, family_keys, fitting, in_use, keys_beside
from quizbank.quizzes.stock import Mask, Numbers, Stock, ranks_of
from quizbank.quizzes.stock_reading import stock_for
from repository.errors import Conflict
from repository.permissions import Actor


@dataclass(frozen=True)
class Locked:
    """A question that stays in its cell while the rest is drawn anew."""

    cell: int
    question_id: int


@dataclass(frozen=True, eq=False)
class Supplies:
    """What the bank has for one person: all that does not depend on the matrix.

    Attributes:
        keys: for each row of the stock the number of its family.
        own: the person whose drafts may be used; None for nobody.
        lately: rows that the person used lately, as the targets count it.
        locked: questions that stay, with the keys of their families.
    """

    stock: Stock
    keys: Numbers
    own: int | None
    lately: Mask
    locked: tuple[Locked, ...] = ()
    locked_keys: Mapping[int, int] | None = None

    def usable(self, targets: Targets) -> Mask:
        """Rows that may be drawn: in use, and as fresh as the targets want."""
        mask = in_use(self.stock, self.own if targets.own_drafts else None) & self.fresh(targets)
        if self.locked:
            mask &= ~np.isin(self.stock.questions, [one.question_id for one in self.locked])
        return mask

    def fresh(self, targets: Targets) -> Mask:
        """Rows not used lately, nor too often."""
        mask = ~self.lately if targets.unused_since or targets.last_quizzes else np.ones(len(self.stock), np.bool_)
        return mask if targets.most_uses is None else mask & (self.stock.uses <= targets.most_uses)


def supplies_of(
    session: Session, actor: Actor, subject: str, targets: Targets, locked: Sequence[Locked] = ()
) -> Supplies:
    stock = stock_for(session, subject)
    keys = family_keys(session, stock)
    ids = [one.question_id for one in locked]
    beside = keys_beside(session, stock, keys, ids) if ids else {}
    lately = np.isin(stock.questions, used_lately(session, actor, targets))
    return Supplies(stock, keys, actor.person_id, lately, tuple(locked), beside)


def used_lately(session: Session, actor: Actor, targets: Targets) -> Numbers:
    """Questions of the actor's own quizzes: of those made or given to a class since a day, and of the newest."""
    if actor.person_id is None or not (targets.unused_since or targets.last_quizzes):
        return np.zeros(0, np.int64)
    own = select(Quiz.id).where(Quiz.created_by_id == actor.person_id, Quiz.deleted_at.is_(None))
    asked = []
    if targets.unused_since:
        since = dt.datetime.combine(targets.unused_since, dt.time(), dt.UTC)
        asked.append(own.where(or_(Quiz.created_at >= since, Quiz.assigned_at >= since)))
    if targets.last_quizzes:
        asked.append(own.order_by(Quiz.id.desc()).limit(targets.last_quizzes))
    quizzes = {id for query in asked for id in session.scalars(query)}
    query = select(QuestionVersion.question_id).join(QuizItem, QuizItem.question_version_id == QuestionVersion.id)
    found = session.scalars(query.where(QuizItem.quiz_id.in_(quizzes)).distinct())
    return np.array(list(found), np.int64)


def material_of(supplies: Supplies, matrix: Matrix, targets: Targets, seed: int) -> Material:
    """What a paper for this matrix is made of."""
    stock, source = supplies.stock, Source(matrix.subject, matrix.grade, matrix.programme)
    usable = supplies.usable(targets)
    rows = tuple(np.flatnonzero(usable & fitting(stock, source, cell)) for cell in matrix.cells)
    whole = whole_rows(stock, matrix.cells, targets)
    material = Material(
        stock=stock,
        cells=matrix.cells,
        rows=rows,
        wanted=tuple(cell.count for cell in matrix.cells),
        statements=tuple(cell.statements for cell in matrix.cells),
        keys=supplies.keys,
        ranks=ranks_of(stock.questions, stock.passages, seed),
        whole=whole,
        mates=mates_of(stock, whole, in_use(stock, supplies.own if targets.own_drafts else None)),
        busy=frozenset((supplies.locked_keys or {}).values()),
        is_spread=targets.is_spread,
    )
    return _less_locked(material, supplies) if supplies.locked else material


def whole_rows(stock: Stock, cells: Sequence[Cell], targets: Targets) -> Mask:
    """Rows that come with all of their passage: of types that the matrix asks for."""
    if targets.passages is Passages.NONE or not stock.passages.any():
        return np.zeros(len(stock), np.bool_)
    types = {cell.type for cell in cells}
    wanted = types if targets.passages is Passages.ALL else types & {QuestionType.ESSAY}
    fits = np.array([place.type in wanted for place in stock.names.names], np.bool_)
    return fits[stock.places] & (stock.passages > 0)


def mates_of(stock: Stock, whole: Mask, usable: Mask) -> dict[int, Numbers]:
    """Passage -> all of its rows in use that come whole."""
    rows = np.flatnonzero(whole & usable)
    order = rows[np.argsort(stock.passages[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(stock.passages[order], prepend=-1))
    return {int(stock.passages[some[0]]): some for some in np.split(order, starts[1:].tolist()) if len(some)}


def _less_locked(material: Material, supplies: Supplies) -> Material:
    """The material of what is still wanted beside locked questions."""
    wanted, statements = list(material.wanted), list(material.statements)
    rows = supplies.stock.rows_of([one.question_id for one in supplies.locked])
    begun = {int(material.stock.passages[row]) for row in rows.values() if material.whole[row]}
    stay = np.array(sorted(rows.values()), np.int64)
    mates = {passage: some[~np.isin(some, stay)] for passage, some in material.mates.items()}
    for one in supplies.locked:
        profile: Profile = material.profile_of(rows[one.question_id]) if one.question_id in rows else ()
        left = minus(statements[one.cell], profile) if statements[one.cell] else ()
        if not wanted[one.cell] or left is None:
            raise Conflict("Các câu đang khoá không còn vừa ma trận của đề.")
        wanted[one.cell] -= 1
        statements[one.cell] = left
    return replace(material, wanted=tuple(wanted), statements=tuple(statements), mates=mates, begun=frozenset(begun))
