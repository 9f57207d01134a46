"""Several forms of one paper: different questions, the same cells, marks predicted alike. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from quizbank.quizzes.assembly.draw import Plan, Stratum, drawn
from quizbank.quizzes.assembly.goals import CENTS, Goal
from quizbank.quizzes.assembly.matching import deal
from quizbank.quizzes.assembly.material import Material
from quizbank.quizzes.assembly.repair import Paper, Swap, paper_of, repaired
from quizbank.quizzes.stock import SHARE_UNIT

CLOSE = 0.05
"""Forms are brought as near to each other as this, in marks of 10, where the bank allows."""
MOST_EXCHANGES = 2_000


@dataclass(frozen=True, eq=False)
class Shadow:
    """The big form: what all forms take together, before it is dealt to them.

    ``shared``: for each stratum rows that stand in every form. ``missing``: stratum -> how many are missing.
    """

    shared: list[list[int]]
    rows: list[list[int]]
    missing: dict[int, int]


def big_shadow(material: Material, plan: Plan, forms: int, most_common: int) -> Shadow:
    """Draw for all forms at once, so that no form takes what a later one needs.

    Where the bank has too few, as many questions of a stratum as must be stand in every form, while these are not more
    than ``most_common`` in all.

    Source: van der Linden and Adema (1998), simultaneous assembly of multiple test forms.
    """
    nothing: list[list[int]] = [[] for _ in plan.strata]
    rows = drawn(material, plan, forms)
    lacks = {n: one.count * forms - len(rows[n]) for n, one in enumerate(plan.strata)}
    lacks = {n: lack for n, lack in lacks.items() if lack}
    common = {n: ceil(lack / (forms - 1)) for n, lack in lacks.items()} if forms > 1 else {}
    if not lacks or sum(common.values()) > most_common or any(common[n] > len(rows[n]) for n in common):
        return Shadow(nothing, rows, lacks)
    shared = [rows[n][: common.get(n, 0)] for n in range(len(plan.strata))]
    rest = without(material, plan, shared)
    others = drawn(material, rest, forms)
    left = {
        n: one.count * forms - len(others[n]) for n, one in enumerate(rest.strata) if one.count * forms > len(others[n])
    }
    return Shadow(nothing, rows, lacks) if left else Shadow(shared, others, {})


def without(material: Material, plan: Plan, shared: Sequence[Sequence[int]]) -> Plan:
    """The plan of what is still to be drawn beside questions that all forms share."""
    keys = [int(material.keys[row]) for some in shared for row in some]
    strata = tuple(
        Stratum(one.cell, one.count - len(some), one.rows[~np.isin(material.keys[one.rows], keys)])
        for one, some in zip(plan.strata, shared, strict=True)
    )
    return Plan(strata, plan.fixed)


def dealt(material: Material, plan: Plan, shadow: Shadow, forms: int) -> list[list[list[int]]]:
    """For each form and stratum its rows. A form gets one question of each band of difficulty."""
    slots: list[list[int]] = []
    homes: list[int] = []
    for number, rows in enumerate(shadow.rows):
        by_share = sorted(rows, key=lambda row: (int(material.stock.shares[row]), int(material.ranks[row])))
        bands = [by_share[start : start + forms] for start in range(0, len(by_share), forms)]
        slots += [band if len(slots) % 2 == 0 else band[::-1] for band in bands]
        homes += [number] * len(bands)
    key_of = {row: int(material.keys[row]) for slot in slots for row in slot}
    papers = []
    for hand in deal(slots, key_of, forms):
        rows_of: list[list[int]] = [list(shadow.shared[number]) for number in range(len(plan.strata))]
        for home, row in zip(homes, hand, strict=True):
            rows_of[home].append(row)
        papers.append(rows_of)
    return papers


def balanced(
    material: Material, plan: Plan, goals: Sequence[Goal], forms: list[list[list[int]]]
) -> tuple[list[Paper], list[list[Swap]]]:
    """Bring every form into its goals with questions that no form has, then the forms near to each other."""
    used = np.zeros(len(material.stock), np.bool_)
    used[[row for form in forms for some in form for row in some]] = True
    papers = [paper_of(material, plan, goals, form, used) for form in forms]
    swaps = []
    for paper in papers:
        swaps.append(repaired(paper))
        used[[swap.after for swap in swaps[-1]]] = True
    exchange(papers)
    return papers, swaps


def marks_of(paper: Paper) -> int:
    """The marks predicted for a form, in hundredths of ten-thousandths."""
    cells, shares = paper.material.cells, paper.material.stock.shares
    return sum(int(shares[row]) * int(cells[cell].marks * CENTS) for row, cell in paper.items())


def exchange(papers: Sequence[Paper]) -> None:
    """Exchange questions between the form that is easiest and the one that is hardest until all are near.

    An exchange must not take a form out of its goals, nor bring two of a family together.
    """
    if len(papers) < 2:
        return
    material = papers[0].material
    close = int(CLOSE / 10 * sum(int(one.marks * CENTS) * one.count for one in material.cells) * SHARE_UNIT)
    marks = [marks_of(paper) for paper in papers]
    for _ in range(MOST_EXCHANGES):
        easy, hard = marks.index(max(marks)), marks.index(min(marks))
        gap = marks[easy] - marks[hard]
        if gap <= close:
            return
        change = _exchange(papers[easy], papers[hard], gap)
        if not change:
            return
        marks[easy] -= change
        marks[hard] += change


def _exchange(easy: Paper, hard: Paper, gap: int) -> int:
    """Make the exchange that brings the two nearest; by how much the easier one became harder, 0 for none."""
    found = []
    for number, stratum in enumerate(easy.plan.strata):
        weight = int(easy.material.cells[stratum.cell].marks * CENTS)
        shares = easy.material.stock.shares
        for place, row in enumerate(easy.rows[number]):
            for other, its in enumerate(hard.rows[number]):
                change = (int(shares[row]) - int(shares[its])) * weight
                if 0 < change < gap:
                    found.append((abs(gap - 2 * change), number, place, other, change))
    for _, number, place, other, change in sorted(found):
        if _is_allowed(easy, hard, number, place, other):
            row, its = easy.rows[number][place], hard.rows[number][other]
            easy.rows[number][place], hard.rows[number][other] = its, row
            if easy.miss() == hard.miss() == 0:
                return change
            easy.rows[number][place], hard.rows[number][other] = row, its
    return 0


def _is_allowed(easy: Paper, hard: Paper, number: int, place: int, other: int) -> bool:
    """Whether neither form gets a question that it has already, or a relative of one, in a whole passage or not."""
    keys = easy.material.keys
    row, its = easy.rows[number][place], hard.rows[number][other]
    return all(
        int(keys[comes]) not in {int(keys[one]) for one, _ in paper.items() if one != goes}
        for paper, goes, comes in ((easy, row, its), (hard, its, row))
    )
