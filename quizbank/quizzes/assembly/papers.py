"""One paper or several forms, from the material: the draw, its repair, the optimiser where these fail. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

import numpy as np

from quizbank.quizzes.assembly.draw import Plan, Stratum, drawn, plan_of
from quizbank.quizzes.assembly.exact import Found, find_paper, fullest_paper, nearest_paper, within_reach
from quizbank.quizzes.assembly.forms import balanced, big_shadow, dealt, exchange
from quizbank.quizzes.assembly.goals import Goal
from quizbank.quizzes.assembly.material import Material, Profile
from quizbank.quizzes.assembly.repair import Paper, Swap, paper_of, repaired
from quizbank.quizzes.selection import PoolTooSmall, Short
from quizbank.quizzes.stock import Numbers, random_numbers
from repository.errors import HocLieuError

TRIES = 5
MESSAGE = "Ngân hàng chưa đủ câu hỏi cho {cells} ô của ma trận."
Item = tuple[int, int]


class TargetsOutOfReach(HocLieuError):
    """Every cell can be filled, but not so that the targets are met.

    ``facts["goals"]``: for each goal that is missed its name, what it wants and the nearest that can be had.
    """

    status = 409
    code = "targets-out-of-reach"


@dataclass(frozen=True, eq=False)
class Made:
    """A form: rows with their cells; what was swapped for the sake of which goal; what the goals came to."""

    items: list[Item]
    swapped: dict[int, str] = field(default_factory=dict)
    sums: list[int] = field(default_factory=list)
    is_optimised: bool = False


def papers_of(material: Material, goals: Sequence[Goal], forms: int = 1, most_common: int = 0) -> list[Made]:
    """As many forms as wanted, each of which fills the matrix and meets the goals.

    Args:
        most_common: how many questions any two forms may share.

    Raises:
        PoolTooSmall: lists every short cell.
        TargetsOutOfReach: the cells can be filled, but the goals can't be met.
    """
    if forms == 1:
        return [_made(*_one_paper(material, goals))]
    plan = plan_of(material, forms)
    if plan is not None:
        shadow = big_shadow(material, plan, forms, most_common)
        if not shadow.missing:
            papers, swaps = balanced(material, plan, goals, dealt(material, plan, shadow, forms))
            if not any(paper.miss() for paper in papers):
                return [_made(paper, made) for paper, made in zip(papers, swaps, strict=True)]
        elif is_plain(material):
            refuse(material, {plan.strata[number].cell: lack for number, lack in shadow.missing.items()}, forms)
    return _one_by_one(material, goals, forms)


def is_plain(material: Material) -> bool:
    """Whether the draw alone says truly what is missing: no statements and no whole passages bind it."""
    return not any(material.statements) and not material.has_passages


def refuse(material: Material, missing: dict[int, int], forms: int = 1) -> NoReturn:
    """Raise an error that lists every short cell with what it wants and what the bank has for it."""
    wanted = {cell: material.cells[cell].count * forms for cell in missing}
    short = tuple(Short(cell, wanted[cell], wanted[cell] - lack) for cell, lack in sorted(missing.items()))
    raise PoolTooSmall(MESSAGE, cells=len(short), short=short)


def missing_in(material: Material, forms: int = 1, most_common: int = 0) -> dict[int, int]:
    """Cell -> how many questions it lacks when the others have theirs; empty where there is a paper."""
    plan = plan_of(material, forms) if is_plain(material) else None
    if plan is not None:
        shadow = big_shadow(material, plan, forms, most_common)
        return {plan.strata[number].cell: lack for number, lack in shadow.missing.items()}
    try:
        papers_of(material, (), forms, most_common)
    except PoolTooSmall as error:
        return {one.cell: one.wanted - one.available for one in error.short}
    return {}


def _one_paper(material: Material, goals: Sequence[Goal]) -> tuple[Paper, list[Swap], bool]:
    plan, rows = _filled(material)
    paper = paper_of(material, plan, goals, rows)
    swaps = repaired(paper)
    if not paper.miss():
        return paper, swaps, False
    can = all(within_reach(material, goal) for goal in goals)
    found = (find_paper(material, goals) if can else None) or nearest_paper(material, goals)
    if found is not None:
        plan, rows = _plan_from(material, found)
        paper = paper_of(material, plan, goals, rows)
    if paper.miss():
        raise TargetsOutOfReach(
            "Ngân hàng đủ câu hỏi nhưng không đề nào đạt được yêu cầu đã chọn.", goals=_missed(goals, paper.sums())
        )
    return paper, [], True


def _missed(goals: Sequence[Goal], sums: Sequence[int]) -> list[dict[str, object]]:
    return [
        {
            "goal": goal.name,
            "low": (goal.low + goal.known) / goal.scale,
            "high": (goal.high + goal.known) / goal.scale,
            "nearest": (total + goal.known) / goal.scale,
        }
        for goal, total in zip(goals, sums, strict=True)
        if goal.miss_of(total)
    ]


def _filled(material: Material) -> tuple[Plan, list[list[int]]]:
    """A plan and rows that fill every cell."""
    plan = plan_of(material)
    if plan is not None:
        rows = drawn(material, plan)
        missing = {one.cell: one.count - len(some) for one, some in zip(plan.strata, rows, strict=True)}
        if not any(missing.values()):
            return plan, rows
        if is_plain(material):
            refuse(material, {cell: lack for cell, lack in missing.items() if lack})
    found = find_paper(material)
    if found is None:
        refuse(material, fullest_paper(material).missing)
    return _plan_from(material, found)


def _plan_from(material: Material, found: Found) -> tuple[Plan, list[list[int]]]:
    """The strata of a paper that the optimiser found, so that it may be repaired and explained like any other."""
    fixed = tuple(item for item in found.chosen if material.whole[item[0]])
    rows_of: dict[tuple[int, Profile], list[int]] = {}
    for row, cell in found.chosen:
        if not material.whole[row]:
            rows_of.setdefault((cell, _kind(material, row, cell)), []).append(row)
    strata = tuple(
        Stratum(cell, len(rows_of[cell, kind]), _alike(material, cell, kind)) for cell, kind in sorted(rows_of)
    )
    return Plan(strata, fixed), [rows_of[name] for name in sorted(rows_of)]


def _kind(material: Material, row: int, cell: int) -> Profile:
    return material.profile_of(row) if material.statements[cell] else ()


def _alike(material: Material, cell: int, kind: Profile) -> Numbers:
    rows = material.rows[cell]
    rows = material.in_order(rows[~material.whole[rows]])
    return rows[[one == kind for one in material.profiles(rows)]] if kind else rows


def _made(paper: Paper, swaps: Sequence[Swap], is_optimised: bool = False) -> Made:
    items = paper.items()
    stay = {row for row, _ in items}
    swapped = {swap.after: swap.goal for swap in swaps if swap.after in stay}
    return Made(sorted(items, key=lambda item: item[1]), swapped, paper.sums(), is_optimised)


def _one_by_one(material: Material, goals: Sequence[Goal], forms: int) -> list[Made]:
    """Form after form from what is left, where whole passages, statements or goals keep the big form from being dealt.

    Raises:
        PoolTooSmall: some form could not be filled, in whichever order questions were tried.
    """
    missing: dict[int, int] = {}
    for trial in range(TRIES):
        ranks = material.ranks if not trial else random_numbers(material.ranks.astype(np.int64), trial, "trial")
        papers = _in_turn(replace(material, ranks=ranks), goals, forms)
        if isinstance(papers, list):
            return [_made(paper, ()) for paper in _near(material, papers)]
        missing = papers
    refuse(material, missing, forms)


def _in_turn(material: Material, goals: Sequence[Goal], forms: int) -> list[Paper] | dict[int, int]:
    """The forms; or what is missing for all of them, by cell, when one can't be filled."""
    papers: list[Paper] = []
    used = np.zeros(len(material.stock), np.bool_)
    for number in range(forms):
        left = replace(
            material,
            rows=tuple(rows[~used[rows]] for rows in material.rows),
            mates={passage: some for passage, some in material.mates.items() if not used[some].any()},
            whole=material.whole & ~used,
        )
        try:
            paper, _, _ = _one_paper(left, goals)
        except PoolTooSmall as error:
            rest = forms - number - 1
            return {one.cell: one.wanted * (rest + 1) - one.available for one in error.short}
        used[[row for some in paper.rows for row in some]] = True
        used[[row for row, _ in paper.plan.fixed]] = True
        papers.append(paper)
    return papers


def _near(material: Material, papers: Sequence[Paper]) -> list[Paper]:
    """The same forms, their predicted marks brought near each other."""
    all_strata = [(paper, number, one.cell) for paper in papers for number, one in enumerate(paper.plan.strata)]
    names = sorted({(cell, _kind_of(paper, number)) for paper, number, cell in all_strata})
    strata = tuple(Stratum(cell, 0, np.zeros(0, np.int64)) for cell, _ in names)
    alike = []
    for paper in papers:
        rows_of: dict[tuple[int, Profile], list[int]] = {}
        for number, one in enumerate(paper.plan.strata):
            rows_of.setdefault((one.cell, _kind_of(paper, number)), []).extend(paper.rows[number])
        rows = [rows_of.get(name, []) for name in names]
        alike.append(paper_of(material, Plan(strata, paper.plan.fixed), paper.goals, rows))
    exchange(alike)
    return alike


def _kind_of(paper: Paper, number: int) -> Profile:
    """The statements that the questions of a stratum have in common, where its cell asks for some."""
    rows = paper.rows[number]
    return _kind(paper.material, rows[0], paper.plan.strata[number].cell) if rows else ()
