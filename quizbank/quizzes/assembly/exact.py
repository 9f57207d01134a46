"""Whether there is a paper at all, and the one whose questions rank first: where the draw and its repair find none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from quizbank.quizzes.assembly.goals import Goal
from quizbank.quizzes.assembly.material import Material, Profile, minus
from quizbank.quizzes.assembly.optimum import Program
from quizbank.quizzes.stock import Numbers

Item = tuple[int, int]
"""A row of the stock in a cell."""
Kind = tuple[tuple[int, ...], Profile]
FEW, MORE = 40, 160
SHORT_COST = 1_000.0


@dataclass(frozen=True)
class Found:
    """The best paper there is: rows with their cells, and for each cell how many questions are missing."""

    chosen: list[Item]
    missing: dict[int, int]


@dataclass
class Model:
    """The questions as unknowns: each is taken for one cell or for none."""

    material: Material
    items: list[Item]
    program: Program = field(default_factory=Program)
    places: dict[Item, int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    misses: list[tuple[int, int]] = field(default_factory=list)

    def build(self, costs: dict[Item, int], *, allows_short: bool) -> None:
        self.places = {item: self.program.number(costs.get(item, 0)) for item in self.items}
        for cell, wanted in enumerate(self.material.wanted):
            mine = [item for item in self.items if item[1] == cell]
            some, weights = [self.places[one] for one in mine], [1.0] * len(mine)
            if allows_short and wanted:
                self.short[cell] = self.program.number(SHORT_COST + cell, wanted)
                some, weights = [*some, self.short[cell]], [*weights, 1.0]
            self.program.band(some, weights, wanted, wanted)
            self._bound_statements(cell, mine)
        self._bound_once()
        self._bound_passages()

    def _bound_statements(self, cell: int, mine: Sequence[Item]) -> None:
        """At most so many statements of each level: since every question has four, that many exactly."""
        profiles = {item: dict(self.material.profile_of(item[0])) for item in mine}
        for level, count in self.material.statements[cell]:
            having = [item for item in mine if level in profiles[item]]
            weights = [float(profiles[item][level]) for item in having]
            self.program.band([self.places[item] for item in having], weights, 0, count)

    def _bound_once(self) -> None:
        """A question stands once, and of a family one."""
        families: dict[int, list[int]] = {}
        for item, place in self.places.items():
            families.setdefault(int(self.material.keys[item[0]]), []).append(place)
        for some in families.values():
            if len(some) > 1:
                self.program.band(some, [1.0] * len(some), 0, 1)

    def _bound_passages(self) -> None:
        by_row: dict[int, list[int]] = {}
        for (row, _), place in self.places.items():
            by_row.setdefault(row, []).append(place)
        passages = {int(self.material.stock.passages[row]) for row in by_row if self.material.whole[row]}
        for passage in sorted(passages):
            is_taken = self.program.number()
            for row in self.material.mates[passage].tolist():
                some = by_row.get(row, [])
                self.program.band([*some, is_taken], [*[1.0] * len(some), -1.0], 0, 0)

    def bound(self, goal: Goal, *, allows_miss: bool) -> None:
        """Hold a goal; its sum is told in units of a thousandth of its band."""
        unit = max((goal.high - goal.low) / 1000, 1.0)
        counted = [item for item in self.places if goal.weights[item[1]]]
        some = [self.places[item] for item in counted]
        weights = [float(goal.values[row]) * goal.weights[cell] / unit for row, cell in counted]
        low, high = goal.low / unit, goal.high / unit
        if allows_miss:
            under = self.program.number(1.0, 1e9, is_whole=False)
            over = self.program.number(1.0, 1e9, is_whole=False)
            some, weights = [*some, under, over], [*weights, 1.0, -1.0]
        self.program.band(some, weights, low, high)

    def found(self) -> Found | None:
        numbers = self.program.solve()
        if numbers is None:
            return None
        chosen = [item for item, place in self.places.items() if numbers[place] > 0.5]
        missing = {cell: round(numbers[place]) for cell, place in self.short.items() if numbers[place] > 0.5}
        return Found(sorted(chosen, key=lambda item: (item[1], item[0])), missing)


def find_paper(material: Material, goals: Sequence[Goal] = ()) -> Found | None:
    """A paper that fills every cell and meets every goal; None where there is none.

    Of all such papers among the questions that rank first in their cells, the one whose questions rank first.
    """
    orders = [material.in_order(rows) for rows in usable_rows(material)]
    ranks = {(row, cell): place for cell, rows in enumerate(orders) for place, row in enumerate(rows.tolist())}
    sizes = (FEW, MORE, len(material.stock)) if goals else (None,)
    done = 0
    for size in sizes:
        items = items_of(material, orders, size)
        if len(items) == done:
            continue
        done = len(items)
        model = Model(material, items)
        model.build({item: _cost(material, item, ranks[item]) for item in items}, allows_short=False)
        for goal in goals:
            model.bound(goal, allows_miss=False)
        found = model.found()
        if found is not None:
            return found
    return None


def _cost(material: Material, item: Item, rank: int) -> int:
    """What taking a question costs: its rank, and a little chance, so that one paper is the best."""
    return rank * 256 + int(material.ranks[item[0]]) % 256


def fullest_paper(material: Material) -> Found:
    """A paper that fills as much as can be filled: what it misses is missing."""
    items = items_of(material, [material.in_order(rows) for rows in usable_rows(material)], None)
    model = Model(material, items)
    model.build({}, allows_short=True)
    found = model.found()
    return found if found is not None else Found([], {c: n for c, n in enumerate(material.wanted) if n})


def nearest_paper(material: Material, goals: Sequence[Goal]) -> Found | None:
    """A paper that misses its goals by as little as can be; None where the cells can't be filled."""
    orders = [material.in_order(rows) for rows in usable_rows(material)]
    is_one = len(goals) == 1 and not within_reach(material, goals[0])
    if is_one and not any(material.statements) and not material.has_passages:
        orders = [extremes(material, rows, goals[0]) for rows in orders]
    model = Model(material, items_of(material, orders, len(material.stock)))
    model.build({}, allows_short=False)
    for goal in goals:
        model.bound(goal, allows_miss=True)
    return model.found()


def within_reach(material: Material, goal: Goal) -> bool:
    """Whether the goal could be met if every cell had its questions for itself: if not, no paper meets it."""
    least, most = reach(material, goal)
    return least <= goal.high and most >= goal.low


def reach(material: Material, goal: Goal) -> tuple[int, int]:
    """The least and the most that the sum could be if every cell had its questions for itself."""
    least = most = 0
    for cell, rows in enumerate(material.rows):
        values = np.sort(goal.values[rows]) * goal.weights[cell]
        wanted = material.wanted[cell]
        least += int(values[:wanted].sum())
        most += int(values[::-1][:wanted].sum())
    return least, most


def extremes(material: Material, rows: Numbers, goal: Goal) -> Numbers:
    """The rows of a cell that come nearest to a goal beyond reach: as many families as a paper has questions.

    No paper needs another: one of these is always free, and it is as near or nearer.
    """
    sign = 1 if reach(material, goal)[0] > goal.high else -1
    by_value = rows[np.argsort(sign * goal.values[rows], kind="stable")]
    return material.first_of_families(by_value, 1, material.total)


def usable_rows(material: Material) -> list[Numbers]:
    """For each cell the rows that may stand in it: of statement cells those whose levels it wants."""
    usable = []
    for cell, rows in enumerate(material.rows):
        if material.busy:
            rows = rows[~np.isin(material.keys[rows], list(material.busy))]
        if wanted := material.statements[cell]:
            profiles: list[Profile] = material.profiles(rows)
            rows = rows[[bool(profile) and minus(wanted, profile) is not None for profile in profiles]]
        usable.append(rows if material.wanted[cell] else rows[:0])
    return usable


def items_of(material: Material, orders: Sequence[Numbers], size: int | None) -> list[Item]:
    """The questions to choose from, each with its cell.

    Args:
        size: so many of each cell; None for as many as can matter where there are no goals: of questions that are
            alike (the same cells, the same statements, no relatives) nobody needs more than the cells take.
    """
    if size is not None:
        return [(row, cell) for cell, rows in enumerate(orders) for row in _first(material, rows, size)]
    cells_of: dict[int, list[int]] = {}
    for cell, rows in enumerate(orders):
        for row in rows.tolist():
            cells_of.setdefault(row, []).append(cell)
    kind_of = {row: (tuple(cells), material.profile_of(row)) for row, cells in cells_of.items()}
    homes: dict[int, set[Kind]] = {}
    for row, kind in kind_of.items():
        homes.setdefault(int(material.keys[row]), set()).add(kind)
    kept: dict[Kind, set[int]] = {}
    items: list[Item] = []
    for row, cells in cells_of.items():
        key, same = int(material.keys[row]), kept.setdefault(kind_of[row], set())
        is_bound = len(homes[key]) > 1 or bool(material.whole[row])
        if is_bound or (key not in same and len(same) < sum(material.wanted[cell] for cell in cells)):
            items += [(row, cell) for cell in cells]
            same |= set() if is_bound else {key}
    return items


def _first(material: Material, rows: Numbers, size: int) -> list[int]:
    """The first of a cell, and beside them as many that are spread evenly over what is easy and hard."""
    if len(rows) <= 2 * size:
        return [int(row) for row in rows]
    rest = rows[size:]
    by_share = rest[np.lexsort((material.ranks[rest], material.stock.shares[rest]))]
    places = np.unique(np.linspace(0, len(by_share) - 1, size).astype(np.int64))
    some = set(rows[:size].tolist()) | set(by_share[places].tolist())
    if material.has_passages:
        some |= set(rows[material.whole[rows]].tolist())
    return [int(row) for row in rows if int(row) in some]
