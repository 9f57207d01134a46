"""Which letter each key of a paper gets: every letter about equally often, no long runs, unlike the other codes.

Three steps. The *quota*: how often each letter is used, as even as the questions allow (some keys can't move, some
only to certain places). The *dealing*: who gets which letter, by lot. The *arrangement*: two questions exchange their
letters as long as that shortens runs or makes the paper less like those that were dealt before, so that a neighbour's
sheet is worth little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from quizbank.quizzes.dice import Dice

LONGEST_RUN = 3
SWEEPS = 6

Letters = list[int]


@dataclass(frozen=True)
class KeyPlace:
    """A single choice on its way onto the paper.

    Attributes:
        part, number: where it stands; numbers follow each other through a part.
        allowed: the places (from 0) that its key may take, in order; one place if it can't move.
    """

    part: int
    number: int
    allowed: tuple[int, ...]


def deal_letters(
    places: Sequence[KeyPlace],
    others: Sequence[Mapping[tuple[int, int], int]],
    beside: npt.NDArray[np.int64],
    dice: Dice,
) -> Letters:
    """A letter (from 0) for every place.

    Args:
        places: in the order of the paper.
        others: (part, number) -> letter, for every sheet that this one should not be like.
        beside: how much is common with each of the others already.
        dice: chance.
    """
    letters = _dealt(places, dice)
    _break_runs(places, letters)
    _part_from_others(places, letters, others, beside)
    return letters


def _dealt(places: Sequence[KeyPlace], dice: Dice) -> Letters:
    """Letters by lot, as evenly as can be."""
    letters = [place.allowed[0] for place in places]
    used = [0] * (1 + max((letter for place in places for letter in place.allowed), default=0))
    alike: dict[tuple[int, ...], list[int]] = {}
    for index, place in enumerate(places):
        alike.setdefault(place.allowed, []).append(index)
    for allowed, members in sorted(alike.items(), key=lambda pair: (len(pair[0]), pair[0])):
        drawn = []
        for _ in members:
            fewest = min(used[letter] for letter in allowed)
            rarest = [letter for letter in allowed if used[letter] == fewest]
            drawn.append(rarest[dice.below(len(rarest))])
            used[drawn[-1]] += 1
        for index, letter in zip(members, dice.shuffled(drawn), strict=True):
            letters[index] = letter
    _even_out(places, letters, used)
    return letters


def _even_out(places: Sequence[KeyPlace], letters: Letters, used: list[int]) -> None:
    """Move letters along chains from a frequent one to one that is rarer by two or more, until no chain is left.

    Then no other assignment is more even (optimal semi-matchings: Harvey, Ladner, Lovász, Tamir 2006).
    """
    while chain := _chain(places, letters, used):
        for index, letter in chain:
            used[letters[index]] -= 1
            letters[index] = letter
            used[letter] += 1


def _chain(places: Sequence[KeyPlace], letters: Letters, used: Sequence[int]) -> list[tuple[int, int]]:
    """Moves (index, new letter) that lead from a frequent letter to one that is rarer by two; empty if none do."""
    for start in sorted(range(len(used)), key=lambda letter: (-used[letter], letter)):
        came: dict[int, tuple[int, int]] = {start: (-1, -1)}
        queue = [start]
        for letter in queue:
            if used[letter] <= used[start] - 2:
                chain = []
                while letter != start:
                    index, before = came[letter]
                    chain.append((index, letter))
                    letter = before
                return chain
            for index, place in enumerate(places):
                if letters[index] == letter:
                    for other in place.allowed:
                        if other not in came:
                            came[other] = (index, letter)
                            queue.append(other)
    return []


def joints_of(places: Sequence[KeyPlace]) -> list[bool]:
    """For every place but the first whether it comes right after the one before it."""
    return [one.part == other.part and one.number == other.number - 1 for one, other in pairwise(places)]


def excess_of(joints: Sequence[bool], letters: Sequence[int]) -> int:
    """How many places stand in a run beyond the third."""
    excess, run = 0, 1
    for joint, before, letter in zip(joints, letters, letters[1:], strict=False):
        if joint and before == letter:
            run += 1
            if run > LONGEST_RUN:
                excess += 1
        else:
            run = 1
    return excess


def _break_runs(places: Sequence[KeyPlace], letters: Letters) -> None:
    """Exchange letters as long as fewer places stand in long runs."""
    joints = joints_of(places)
    excess = excess_of(joints, letters)
    while excess:
        best = min(_swaps(places, joints, letters), default=None)
        if best is None or best[0] >= excess:
            return
        excess, one, other = best
        letters[one], letters[other] = letters[other], letters[one]


def _swaps(places: Sequence[KeyPlace], joints: Sequence[bool], letters: Letters) -> Iterable[tuple[int, int, int]]:
    """Every exchange of two letters, with the excess that it leaves."""
    for one in range(len(places)):
        for other in range(one + 1, len(places)):
            if _may_swap(places, letters, one, other):
                letters[one], letters[other] = letters[other], letters[one]
                yield excess_of(joints, letters), one, other
                letters[one], letters[other] = letters[other], letters[one]


def _may_swap(places: Sequence[KeyPlace], letters: Sequence[int], one: int, other: int) -> bool:
    return (
        letters[one] != letters[other]
        and letters[other] in places[one].allowed
        and letters[one] in places[other].allowed
    )


def _part_from_others(
    places: Sequence[KeyPlace],
    letters: Letters,
    others: Sequence[Mapping[tuple[int, int], int]],
    beside: npt.NDArray[np.int64],
) -> None:
    """Exchange letters as long as the sum of squares of what is common with the others falls; runs don't grow."""
    if not others or len(places) < 2:
        return
    theirs = np.array([[sheet.get((place.part, place.number), -1) for sheet in others] for place in places])
    ours = np.array(letters)
    may = _allowed_matrix(places)
    common = beside + (theirs == ours[:, None]).sum(axis=0)
    joints = joints_of(places)
    excess = excess_of(joints, letters)
    for _ in range(SWEEPS):
        moved = False
        for one in range(len(places)):
            gains = _gains(theirs, ours, common, one)
            ranked = np.argsort(gains, kind="stable")
            for other in ranked[gains[ranked] < 0][:8].tolist():
                if not (may[one, ours[other]] and may[other, ours[one]]):
                    continue
                letters[one], letters[other] = letters[other], letters[one]
                if (now := excess_of(joints, letters)) > excess:
                    letters[one], letters[other] = letters[other], letters[one]
                    continue
                excess, moved = now, True
                common = common + _change(theirs, ours, one, other)
                ours[one], ours[other] = letters[one], letters[other]
                break
        if not moved:
            return


def _allowed_matrix(places: Sequence[KeyPlace]) -> npt.NDArray[np.bool_]:
    matrix = np.zeros((len(places), 1 + max(max(place.allowed) for place in places)), dtype=np.bool_)
    for index, place in enumerate(places):
        matrix[index, list(place.allowed)] = True
    return matrix


def _gains(
    theirs: npt.NDArray[np.int_], ours: npt.NDArray[np.int_], common: npt.NDArray[np.int_], one: int
) -> npt.NDArray[np.int_]:
    """By how much the sum of squares grows when ``one`` exchanges its letter with each of the others."""
    change = (
        (theirs[one][None, :] == ours[:, None]).astype(np.int64)
        - (theirs[one] == ours[one])[None, :]
        + (theirs == ours[one])
        - (theirs == ours[:, None])
    )
    gains: npt.NDArray[np.int_] = ((2 * common[None, :] + change) * change).sum(axis=1)
    gains[ours == ours[one]] = 0
    return gains


def _change(theirs: npt.NDArray[np.int_], ours: npt.NDArray[np.int_], one: int, other: int) -> npt.NDArray[np.int_]:
    change: npt.NDArray[np.int_] = (
        (theirs[one] == ours[other]).astype(np.int64)
        - (theirs[one] == ours[one])
        + (theirs[other] == ours[one])
        - (theirs[other] == ours[other])
    )
    return change
