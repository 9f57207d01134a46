"""Whether a matrix can be filled; where not, every short cell with true amounts, and the fewest changes that help."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Matrix
from quizbank.permissions import MAKE_QUIZ
from quizbank.quizzes.assembly.assemble import common_of, goals_in
from quizbank.quizzes.assembly.exact import fullest_paper
from quizbank.quizzes.assembly.material import Material, minus, plus, profile_of
from quizbank.quizzes.assembly.papers import TargetsOutOfReach, missing_in, papers_of
from quizbank.quizzes.assembly.relaxations import (
    ANY,
    MARK,
    Relaxation,
    Request,
    applied,
    for_all,
    for_cell,
    relaxation_of,
)
from quizbank.quizzes.assembly.supplies import Supplies, material_of, supplies_of
from quizbank.quizzes.assembly.targets import NO_TARGETS, Targets
from quizbank.quizzes.pool import in_use
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.stock import Numbers, Place, Stock
from repository.curriculum.queries import curriculum
from repository.curriculum.rules import is_within
from repository.errors import Invalid
from repository.permissions import Actor

SEED = 0
SHARES = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0)
MOST_TRIED = 3
"""Changes that help everywhere are tried together up to so many; there are no more than four of them."""


class Funnel(NamedTuple):
    """Questions of the bank for one cell, each step narrower than the one before.

    ``reviewed``: published, or one's own where drafts may be drawn; of a cell that wants statements, those whose levels
    fit.
    """

    topic: int
    level: int
    type: int
    unused: int
    reviewed: int


@dataclass(frozen=True)
class CellSupply:
    """What the bank has for a cell. ``available``: what is left for it when the other cells have theirs."""

    number: int
    cell: Cell
    wanted: int
    available: int
    funnel: Funnel

    @property
    def missing(self) -> int:
        return self.wanted - self.available


@dataclass(frozen=True)
class Report:
    """The answer for people and machines.

    Attributes:
        cells: every cell with its funnel.
        goals: the targets that no paper meets although every cell can be filled, as ``TargetsOutOfReach`` tells them.
        relaxations: the fewest changes after which there is a paper; each helps, and all together are enough. None
            where the bank has nothing at all for the matrix.
        relaxed: what all of them lead to.
    """

    cells: tuple[CellSupply, ...]
    goals: tuple[dict[str, Any], ...]
    relaxations: tuple[Relaxation, ...]
    relaxed: Request

    @property
    def shortages(self) -> tuple[CellSupply, ...]:
        return tuple(one for one in self.cells if one.missing)

    @property
    def is_feasible(self) -> bool:
        return not self.shortages and not self.goals

    def to_data(self) -> dict[str, Any]:
        """For JSON; cells count from 0 as in the matrix file."""
        return {
            "is_feasible": self.is_feasible,
            "cells": [_cell_data(one) for one in self.cells],
            "goals": list(self.goals),
            "relaxations": [
                {
                    "key": one.key,
                    "code": one.code,
                    "cell": one.cell,
                    "message": one.message.format(**one.facts),
                }
                for one in self.relaxations
            ],
        }


def _cell_data(one: CellSupply) -> dict[str, Any]:
    return {
        "cell": one.number,
        "topic": one.cell.topic,
        "level": one.cell.level,
        "type": one.cell.type.value,
        "statements": dict(one.cell.statements),
        "wanted": one.wanted,
        "available": one.available,
        "funnel": one.funnel._asdict(),
    }


def check_feasible(
    session: Session, actor: Actor, matrix: Matrix, targets: Targets = NO_TARGETS, *, forms: int = 1
) -> Report:
    """Whether papers can be made for a matrix, and what would have to give where they can't."""
    MAKE_QUIZ.require(actor)
    supplies = supplies_of(session, actor, matrix.subject, targets)
    return report_of(supplies, Request(matrix, targets, forms))


def report_of(supplies: Supplies, request: Request) -> Report:
    search = Search(supplies, request)
    missing = search.missing(request)
    found = search.smallest(missing)
    keys = found or []
    relaxed = applied(request, keys)
    goals: list[dict[str, Any]] = search.missed_goals(request) if not missing else []
    missed = goals if not keys else search.missed_goals(relaxed)
    if found is not None and missed:
        keys.append(_goal_key(relaxed, missed))
        relaxed = applied(request, keys)
    made = [relaxation_of(request, key, curriculum()) for key in keys]
    counts = counts_of(supplies, request.matrix, request.targets)
    cells = tuple(
        CellSupply(number, cell, wanted, wanted - missing.get(number, 0), counts.funnel(cell))
        for number, cell in enumerate(request.matrix.cells)
        for wanted in [cell.count * request.forms]
    )
    return Report(cells, tuple(goals), tuple(made), relaxed)


def _goal_key(request: Request, missed: Sequence[dict[str, Any]]) -> str:
    """A tolerance that is wide enough where only shares of marks are missed, or no goals at all."""
    if any(str(one["goal"]).startswith("information") for one in missed):
        return "goals"
    beyond = max(max(one["low"] - one["nearest"], one["nearest"] - one["high"]) for one in missed)
    return f"tolerance{MARK}{np.ceil((request.targets.tolerance + beyond) * 1000 + 1) / 1000:g}"


def _weight(keys: Sequence[str]) -> tuple[int, int]:
    return len(keys), sum(key.startswith("fewer") for key in keys)


@dataclass
class Search:
    """Tries relaxations of one request. Papers are looked for without goals, which come last.

    Ways cross: what was found of a request, and the material of a matrix, which no number of forms changes, is kept.
    """

    supplies: Supplies
    request: Request
    found: dict[Request, dict[int, int]] = field(default_factory=dict)
    materials: dict[tuple[Matrix, Targets], Material] = field(default_factory=dict)

    def material(self, request: Request) -> Material:
        asked = request.matrix, request.targets
        if asked not in self.materials:
            self.materials[asked] = material_of(self.supplies, *asked, SEED)
        return self.materials[asked]

    def missing(self, request: Request) -> dict[int, int]:
        """Cell -> how many questions it lacks over all forms."""
        if request not in self.found:
            common = common_of(request.matrix, request.targets)
            self.found[request] = missing_in(self.material(request), request.forms, common)
        return self.found[request]

    def missed_goals(self, request: Request) -> list[dict[str, Any]]:
        goals = goals_in(self.supplies, request.matrix, request.targets)
        if not goals:
            return []
        try:
            papers_of(self.material(request), goals, request.forms, common_of(request.matrix, request.targets))
        except TargetsOutOfReach as error:
            return list(error.facts["goals"])
        except PoolTooSmall:
            return []
        return []

    def smallest(self, missing: dict[int, int]) -> list[str] | None:
        """The fewest keys after which nothing is missing: some that help everywhere, and one for each cell still short.

        Of equally many, those that ask for fewer questions the least, then those that change single cells, in the order
        of ``for_cell``. None where only an empty matrix would do.
        """
        if not missing:
            return []
        everywhere = for_all(self.request, has_drafts=self.has_drafts())
        best = self.fewest([*self.of_forms(), *everywhere], self.of_cells(self.request, missing))
        return best if best is not None else self.fewest([*self.all_of_forms(), *everywhere], None)

    def fewest(self, everywhere: Sequence[str], best: list[str] | None) -> list[str] | None:
        """Some of these keys and what cells then need, if that is less than the best known."""
        for size in range(1, MOST_TRIED + 1):
            for some in combinations(everywhere, size):
                if best is not None and size > len(best):
                    return best
                changed = applied(self.request, some)
                left = self.missing(changed)
                more = self.of_cells(changed, left) if best is None or size + len(left) <= len(best) else None
                if more is not None and (best is None or _weight([*some, *more]) < _weight(best)):
                    best = [*some, *more]
        return best

    def has_drafts(self) -> bool:
        stock = self.supplies.stock
        return self.supplies.own is not None and bool((~stock.is_published & (stock.owners == self.supplies.own)).any())

    def of_forms(self) -> list[str]:
        """Fewer forms, or forms that share more: as little as is enough."""
        if self.request.forms == 1:
            return []
        keys = [f"common{MARK}{share}" for share in SHARES if share > self.request.targets.most_common]
        enough = [next((key for key in keys if not self.missing(applied(self.request, [key]))), "")]
        fewer = [f"forms{MARK}{number}" for number in range(self.request.forms - 1, 0, -1)]
        low, high = 0, len(fewer)
        while low < high:
            middle = (low + high) // 2
            if self.missing(applied(self.request, [fewer[middle]])):
                low = middle + 1
            else:
                high = middle
        return [key for key in [*enough, *fewer[low : low + 1]] if key]

    def all_of_forms(self) -> list[str]:
        """All that forms can give, for requests that need changes of cells beside it."""
        if self.request.forms == 1:
            return []
        return [*([f"common{MARK}1.0"] if self.request.targets.most_common < 1 else []), f"forms{MARK}1"]

    def of_cells(self, request: Request, missing: dict[int, int]) -> list[str] | None:
        """A key for each short cell, from the last to the first, so that numbers stay true while they are applied.

        None where nothing would be left of the matrix.
        """
        keys: list[str] = []
        while missing:
            number = max(missing)
            try:
                key, request, missing = self.of_cell(request, number, missing)
            except Invalid:
                return None
            keys.append(key)
        return keys

    def of_cell(self, request: Request, number: int, missing: dict[int, int]) -> tuple[str, Request, dict[int, int]]:
        """The gentlest change of one cell that gives it all it lacks and takes nothing from the others."""
        lack, total = missing[number], sum(missing.values())
        each = -(-lack // request.forms)
        levels = [level.id for level in curriculum().levels_of(request.matrix.programme)]
        for key in for_cell(request, number, each, curriculum(), levels):
            if not self.may_help(request, key, each):
                continue
            changed = applied(request, [key])
            left = self.missing(changed)
            if sum(left.values()) <= total - lack and max(left, default=-1) < number:
                return key, changed, left
        key = self.fewer(request, number, each)
        changed = applied(request, [key])
        return key, changed, self.missing(changed)

    def may_help(self, request: Request, key: str, each: int) -> bool:
        """Whether there are enough questions where a key looks, whoever else wants them."""
        code, number, *values = key.split(MARK)
        cell = request.matrix.cells[int(number)]
        if cell.statements:
            return True
        level = values[1] if code == "level" else None if code in ("any-level", "anything") else cell.level
        topic = cell.topic if code in ("level", "any-level") else None if values[-1] == ANY else values[-1]
        wider = Cell(topic, level, cell.type, 1, cell.marks)
        counts = counts_of(self.supplies, request.matrix, request.targets)
        return counts.funnel(wider).reviewed >= each * request.forms

    def fewer(self, request: Request, number: int, each: int) -> str:
        """Ask for fewer: what is left can be filled, statements and all."""
        cell = request.matrix.cells[number]
        if not cell.statements:
            return f"fewer{MARK}{number}{MARK}{min(each, cell.count)}"
        material = self.material(request)
        chosen = [row for row, own in fullest_paper(material).chosen if own == number]
        levels = " ".join(f"{level}:{many}" for level, many in plus([material.profile_of(row) for row in chosen]))
        return f"fewer{MARK}{number}{MARK}{cell.count - len(chosen)}{MARK}{levels}"


@dataclass(frozen=True, eq=False)
class Counts:
    """How many questions each place of a stock has: of all, of those not used lately, and of those that may be drawn.

    A funnel adds up some hundred numbers, whatever the size of the bank.
    """

    stock: Stock
    matrix: Matrix
    all: Numbers
    fresh: Numbers
    usable: Numbers

    def funnel(self, cell: Cell) -> Funnel:
        where = (self.matrix.programme, self.matrix.grade, cell.topic)
        fitting = self.stock.names.fitting_as
        at = fitting(("at", *where), lambda place: _is_at(place, cell, self.matrix))
        level = at & fitting(("level", cell.level), lambda place: cell.level in (None, place.level))
        type = level & fitting(("type", cell.type), lambda place: place.type == cell.type)
        last = type & fitting(("statements", cell.statements), lambda place: _has_levels(place, cell))
        steps = ((self.all, at), (self.all, level), (self.all, type), (self.fresh, type), (self.usable, last))
        return Funnel(*(int(counts[mask].sum()) for counts, mask in steps))


def counts_of(supplies: Supplies, matrix: Matrix, targets: Targets) -> Counts:
    stock, fresh = supplies.stock, supplies.fresh(targets)
    base = in_use(stock, supplies.own)
    usable = in_use(stock, supplies.own if targets.own_drafts else None) & fresh
    size = len(stock.names.names)
    steps = (np.bincount(stock.places[mask], minlength=size) for mask in (base, base & fresh, usable))
    return Counts(stock, matrix, *steps)


def _is_at(place: Place, cell: Cell, matrix: Matrix) -> bool:
    if place.programme != matrix.programme:
        return False
    if cell.topic is None:
        return matrix.grade in (None, place.grade)
    return place.topic is not None and is_within(place.topic, cell.topic)


def _has_levels(place: Place, cell: Cell) -> bool:
    if not cell.statements:
        return True
    profile = profile_of(place)
    return bool(profile) and minus(cell.statements, profile) is not None
