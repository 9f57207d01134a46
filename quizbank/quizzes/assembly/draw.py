"""The draw: strata of a matrix take the questions that rank first. Pure.

A stratum is a cell, or the questions of a true/false cell whose statements lie on the same levels. Where the draw finds
no paper, ``exact`` says whether there is one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from quizbank.quizzes.assembly.matching import match
from quizbank.quizzes.assembly.material import Material, Profile, minus
from quizbank.quizzes.stock import Numbers


@dataclass(frozen=True, eq=False)
class Stratum:
    """``count`` questions of one cell, each as good as another; ``rows`` in the order in which it takes them."""

    cell: int
    count: int
    rows: Numbers


@dataclass(frozen=True, eq=False)
class Plan:
    """How a paper is made: passages that come whole are chosen already, the rest is drawn.

    ``fixed``: rows with their cells.
    """

    strata: tuple[Stratum, ...]
    fixed: tuple[tuple[int, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(stratum.count for stratum in self.strata)


@dataclass
class Needs:
    """What the cells of a matrix want beside what was chosen already."""

    counts: list[int]
    statements: list[Profile]
    busy: set[int] = field(default_factory=set)

    def take(self, cell: int, profile: Profile, key: int) -> bool:
        """Count a question into a cell, if there is room for it."""
        left = minus(self.statements[cell], profile) if self.statements[cell] else ()
        if not self.counts[cell] or key in self.busy or left is None:
            return False
        self.counts[cell] -= 1
        self.statements[cell] = left
        self.busy.add(key)
        return True


def needs_of(material: Material) -> Needs:
    return Needs(list(material.wanted), list(material.statements), set(material.busy))


def plan_of(material: Material, forms: int = 1) -> Plan | None:
    """Strata for the draw; None where its short cuts find no way to place whole passages or statements."""
    needs = needs_of(material)
    fixed = whole_passages(material, needs) if material.has_passages else ()
    if fixed and forms > 1:
        return None
    strata: list[Stratum] = []
    for cell, rows in enumerate(material.rows):
        if not needs.counts[cell]:
            continue
        some = rows[~material.whole[rows]] if material.has_passages else rows
        if needs.busy:
            some = some[~np.isin(material.keys[some], list(needs.busy))]
        ordered = material.in_order(some)
        found = [Stratum(cell, needs.counts[cell], ordered)]
        if material.statements[cell]:
            split = by_profile(material, ordered, needs.counts[cell], needs.statements[cell])
            if split is None:
                return None
            found = [Stratum(cell, count, some) for count, some in split]
        strata += found
    return Plan(tuple(strata), fixed)


def drawn(material: Material, plan: Plan, forms: int = 1) -> list[list[int]]:
    """For each stratum its rows, as many as it wants for all forms, or fewer where there are no more."""
    limit = plan.total * forms
    lists = [material.first_of_families(one.rows, forms, limit).tolist() for one in plan.strata]
    rows = sorted({row for some in lists for row in some})
    key_of = dict(zip(rows, material.keys[rows].tolist(), strict=True))
    return match([one.count * forms for one in plan.strata], lists, key_of, forms)


def whole_passages(material: Material, needs: Needs) -> tuple[tuple[int, int], ...]:
    """Passages for the cells that want them, those that rank first and fit: all of their questions at once."""
    cells = [cell for cell, rows in enumerate(material.rows) if bool(material.whole[rows].any())]
    cells_of: dict[int, list[int]] = {}
    for cell in cells:
        for row in material.rows[cell].tolist():
            cells_of.setdefault(row, []).append(cell)
    rows = np.array(sorted(cells_of), np.int64)
    ordered = rows[np.argsort(material.ranks[rows], kind="stable")]
    passages = material.stock.passages[ordered[material.whole[ordered]]].tolist()
    fixed: list[tuple[int, int]] = []
    for passage in dict.fromkeys([*sorted(material.begun & set(passages)), *passages]):
        fixed += fitted(material, needs, material.mates[passage].tolist(), cells_of)
    return tuple(fixed)


def fitted(
    material: Material, needs: Needs, mates: Iterable[int], cells_of: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """The rows of a passage with their cells, counted into the needs; nothing where one of them finds no room."""
    trial = Needs(list(needs.counts), list(needs.statements), set(needs.busy))
    placed = []
    for row in mates:
        key, profile = int(material.keys[row]), material.profile_of(row)
        cell = next((one for one in cells_of.get(row, ()) if trial.take(one, profile, key)), None)
        if cell is None:
            return []
        placed.append((row, cell))
    needs.counts, needs.statements, needs.busy = trial.counts, trial.statements, trial.busy
    return placed


def by_profile(material: Material, ordered: Numbers, count: int, wanted: Profile) -> list[tuple[int, Numbers]] | None:
    """Split a true/false cell by the levels of statements: how many of each kind, and which rows are of the kind.

    Takes what ranks first as long as the rest can still add up; None where that leads nowhere.
    """
    profiles = material.profiles(ordered)
    kinds = tuple(sorted(set(profiles) - {()}))
    can = adds_up(kinds)
    taken: dict[Profile, int] = {}
    used: set[int] = set()
    for profile, key in zip(profiles, material.keys[ordered].tolist(), strict=True):
        left = minus(wanted, profile) if profile and key not in used else None
        if count and left is not None and can(left, count - 1):
            wanted, count = left, count - 1
            taken[profile] = taken.get(profile, 0) + 1
            used.add(key)
    if count:
        return None
    of_kind = np.array([kinds.index(one) if one else -1 for one in profiles], np.int64)
    return [(number, ordered[of_kind == kinds.index(profile)]) for profile, number in sorted(taken.items())]


def adds_up(kinds: Sequence[Profile]) -> Callable[[Profile, int], bool]:
    """Tells whether so many profiles of these kinds add up to a profile."""

    @cache
    def can(left: Profile, number: int) -> bool:
        if not number:
            return not left
        rests = (minus(left, kind) for kind in kinds)
        return any(rest is not None and can(rest, number - 1) for rest in rests)

    return can
