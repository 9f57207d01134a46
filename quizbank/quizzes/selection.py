"""Which questions a quiz gets: a stratified draw with permanent random numbers.

Cells of a matrix may overlap (a topic and its strand, any level), so the draw is a bipartite matching: a paper is found
whenever one exists, and otherwise every shortage that is reported is a true one.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repository.errors import HocLieuError

NO_PASSAGES: Mapping[int, int] = {}
NO_FAMILIES: Mapping[int, int] = {}


@dataclass(frozen=True)
class Want:
    """One cell of a matrix: its name and how many questions it takes."""

    cell: int
    count: int


class Short(NamedTuple):
    """A cell that can't be filled. ``available``: what is left for it when narrower cells have taken theirs."""

    cell: int
    wanted: int
    available: int


class PoolTooSmall(HocLieuError):
    """The bank can't fill the matrix. ``facts["short"]``: every short cell as ``(cell, wanted, available)``."""

    status = 409
    code = "pool-too-small"

    @property
    def short(self) -> tuple[Short, ...]:
        return tuple(self.facts["short"])


def select_questions(
    wants: Sequence[Want],
    pool: Mapping[int, Collection[int]],
    seed: int,
    *,
    passage_of: Mapping[int, int] = NO_PASSAGES,
    family_of: Mapping[int, int] = NO_FAMILIES,
) -> tuple[int, ...]:
    """Choose questions for every cell of an exam matrix, without repeats.

    Every question has a fixed random rank under a given seed, and a cell takes those that rank
    first: editing one cell leaves the others as they were. Where cells overlap the one with the smaller
    pool chooses first, and gives way only if the paper would fail otherwise.

    Args:
        wants: C cells in exam order; no two share a ``cell``.
        pool: cell -> ids of the questions that may be used there; order does not matter.
        seed: any integer; the same pool and seed give the same paper on any machine.
        passage_of: question id -> passage id. Questions of one passage rank side by side, so that a cell
            that takes one takes its neighbours next.
        family_of: question id -> the smallest id of its family. A paper has at most one question of a family.

    Returns:
        ``sum(want.count)`` question ids, those of the first cell first.

    Raises:
        PoolTooSmall: ``facts["short"]`` lists every short cell as ``(cell, wanted, available)``.

    Source: sampling with permanent random numbers within strata.
    """
    total = sum(want.count for want in wants)
    first = {
        want.cell: _first_of_families(pool.get(want.cell, ()), seed, total, passage_of, family_of) for want in wants
    }
    ranked = {cell: list(families) for cell, families in first.items()}
    narrow_first = sorted(wants, key=lambda want: len(pool.get(want.cell, ())))
    taken = _match(narrow_first, ranked)
    chosen = {
        want.cell: [one for family, one in first[want.cell].items() if taken.get(family) == want.cell] for want in wants
    }
    short = tuple(
        Short(want.cell, want.count, len(chosen[want.cell])) for want in wants if len(chosen[want.cell]) < want.count
    )
    if short:
        raise PoolTooSmall("Ngân hàng chưa đủ câu hỏi cho {cells} ô của ma trận.", cells=len(short), short=short)
    return tuple(one for want in wants for one in chosen[want.cell])


def _first_of_families(
    ids: Collection[int], seed: int, at_most: int, passage_of: Mapping[int, int], family_of: Mapping[int, int]
) -> dict[int, int]:
    """Family -> the question of it that ranks first, first first. A question without a family is one of its own."""
    has_families = not family_of.keys().isdisjoint(ids)
    ranked = rank_questions(ids, seed, len(ids) if has_families else at_most, passage_of=passage_of)
    first: dict[int, int] = {}
    for one in ranked:
        first.setdefault(family_of.get(one, one), one)
    return first


def next_question(
    pool: Collection[int],
    seed: int,
    current: int,
    used: Collection[int],
    *,
    passage_of: Mapping[int, int] = NO_PASSAGES,
    family_of: Mapping[int, int] = NO_FAMILIES,
) -> int | None:
    """The question that follows ``current`` in rank, round the pool, and is not ``used``; None if there is no other.

    Nor is it of the family of another used question.
    """
    ranked = rank_questions({*pool, current}, seed, len(pool) + 1, passage_of=passage_of)
    place = ranked.index(current)
    families = {family_of.get(one, one) for one in used if one != current}
    others = (one for one in ranked[place + 1 :] + ranked[:place] if one not in used)
    return next((one for one in others if family_of.get(one, one) not in families), None)


def rank_questions(
    ids: Iterable[int], seed: int, at_most: int, *, passage_of: Mapping[int, int] = NO_PASSAGES
) -> list[int]:
    """The ``at_most`` ids (and ties of the last) that rank first under ``seed``, first first.

    No cell needs to look further than the size of the paper: beyond that many, one is always free.
    """
    things = np.unique(np.fromiter(ids, dtype=np.int64))
    if at_most < 1 or not len(things):
        return []
    groups = things
    if passage_of:
        groups = np.fromiter((passage_of.get(one, -1 - one) for one in things.tolist()), dtype=np.int64)
    ranks = _random_numbers(groups, seed, "group")
    if at_most < len(things):
        best = ranks <= np.partition(ranks, at_most - 1)[at_most - 1]
        things, ranks = things[best], ranks[best]
    order = np.lexsort((things, _random_numbers(things, seed, "question"), ranks))
    return [int(one) for one in things[order]]


def _random_numbers(numbers: NDArray[np.int64], seed: int, use: str) -> NDArray[np.uint64]:
    """A fixed 64-bit random number for each number (SplitMix64, keyed by seed and use)."""
    digest = sha256(f"{use}\x1f{seed}".encode()).digest()
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(int.from_bytes(digest[:8], "big"))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _match(wants: Iterable[Want], ranked: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """A largest assignment question -> cell, in which a cell takes what ranks first and is still free."""
    taken: dict[int, int] = {}
    for want in wants:
        free = [one for one in ranked[want.cell] if one not in taken][: want.count]
        taken.update(dict.fromkeys(free, want.cell))
        for _ in range(want.count - len(free)):
            if not _augment(want.cell, ranked, taken):
                break
    return taken


def _augment(start: int, ranked: Mapping[int, Sequence[int]], taken: dict[int, int]) -> bool:
    """Give ``start`` one question more by moving others along the shortest chain; False when none exists."""
    came_by: dict[int, tuple[int, int]] = {}
    seen = {start}
    queue = deque([start])
    while queue:
        cell = queue.popleft()
        for question in ranked[cell]:
            owner = taken.get(question)
            if owner is None:
                _shift(start, cell, question, came_by, taken)
                return True
            if owner not in seen:
                seen.add(owner)
                came_by[owner] = (cell, question)
                queue.append(owner)
    return False


def _shift(start: int, cell: int, question: int, came_by: Mapping[int, tuple[int, int]], taken: dict[int, int]) -> None:
    """Hand ``question`` to ``cell``, what ``cell`` gives up to the cell before it, and so on back to ``start``."""
    taken[question] = cell
    while cell != start:
        cell, question = came_by[cell]
        taken[question] = cell
