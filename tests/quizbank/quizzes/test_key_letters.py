"""How keys get their letters: as evenly as can be, without long runs, unlike the other codes."""

from collections import Counter
from itertools import product

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizbank.quizzes.dice import Dice
from quizbank.quizzes.key_letters import KeyPlace, deal_letters, excess_of, joints_of

ALL = (0, 1, 2, 3)
allowed_places = st.sets(st.integers(0, 3), min_size=1).map(lambda places: tuple(sorted(places)))


def places_of(allowed: list[tuple[int, ...]], part: int = 1) -> list[KeyPlace]:
    return [KeyPlace(part, number, places) for number, places in enumerate(allowed, 1)]


def deal(places: list[KeyPlace], seed: int = 7, others: list[list[int]] | None = None) -> list[int]:
    sheets = [
        {(place.part, place.number): letter for place, letter in zip(places, other, strict=True)}
        for other in others or []
    ]
    return deal_letters(places, sheets, np.zeros(len(sheets), dtype=np.int64), Dice("test", seed))


def loads(letters: list[int] | tuple[int, ...], count: int) -> list[int]:
    used = Counter(letters)
    return sorted(used[letter] for letter in range(count))


@settings(deadline=None)
@given(st.lists(allowed_places, min_size=1, max_size=6), st.integers())
@example([(1, 2, 3), (1, 3), (0, 3), (2, 3), (1, 2, 3)], 0)
@example([(3,), (3,), (3,), (3,), (0, 2, 3)], 6)
def test_no_assignment_is_more_even(allowed: list[tuple[int, ...]], seed: int) -> None:
    letters = deal(places_of(allowed), seed)
    assert all(letter in places for letter, places in zip(letters, allowed, strict=True))
    count = 1 + max(letter for places in allowed for letter in places)
    squares = [sum(load * load for load in loads(other, count)) for other in product(*allowed)]
    assert sum(load * load for load in loads(letters, count)) == min(squares)


@settings(deadline=None)
@given(st.lists(st.just(ALL) | st.sampled_from(ALL).map(lambda one: (one,)), min_size=1, max_size=50), st.integers())
def test_letters_differ_by_one_at_most_where_keys_can_move_enough(allowed: list[tuple[int, ...]], seed: int) -> None:
    fixed = Counter(places[0] for places in allowed if len(places) == 1)
    used = loads(deal(places_of(allowed), seed), 4) if any(len(places) > 1 for places in allowed) else [0]
    if max(fixed.values(), default=0) <= len(allowed) // 4:
        assert used[-1] - used[0] <= 1


@settings(deadline=None)
@given(st.integers(1, 60), st.integers())
def test_movable_keys_never_run_beyond_three(count: int, seed: int) -> None:
    places = places_of([ALL] * count)
    assert excess_of(joints_of(places), deal(places, seed)) == 0


@settings(deadline=None)
@given(st.lists(allowed_places, min_size=4, max_size=6), st.integers())
def test_a_run_is_left_only_where_as_even_a_paper_has_none_shorter(allowed: list[tuple[int, ...]], seed: int) -> None:
    places = places_of(allowed)
    joints, letters = joints_of(places), deal(places, seed)
    same_quota = [other for other in product(*allowed) if Counter(other) == Counter(letters)]
    assert excess_of(joints, letters) == min(excess_of(joints, list(other)) for other in same_quota)


def test_a_run_ends_with_its_part() -> None:
    places = [*places_of([(0,)] * 3), *places_of([(0,)] * 3, part=2)]
    assert excess_of(joints_of(places), [0] * 6) == 0
    assert excess_of(joints_of(places_of([(0,)] * 6)), [0] * 6) == 3


def test_a_paper_is_unlike_those_before_it() -> None:
    places = places_of([ALL] * 40)
    sheets: list[list[int]] = []
    for seed in range(24):
        sheets.append(deal(places, seed, sheets))
    common = [
        sum(one == other for one, other in zip(ours, theirs, strict=True))
        for place, ours in enumerate(sheets)
        for theirs in sheets[:place]
    ]
    assert max(common) <= 13
    assert sum(common) / len(common) < 9
