from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.quizzes.selection import PoolTooSmall, Short, Want, next_question, rank_questions, select_questions

EXPECTED = (548, 101, 281, 2009, 2008)
SEEDS = st.integers(-(2**70), 2**70)
POOLS = st.dictionaries(st.integers(0, 4), st.sets(st.integers(1, 12), max_size=9), min_size=1)


def wants_of(counts: Mapping[int, int]) -> list[Want]:
    return [Want(cell, count) for cell, count in counts.items()]


def largest_paper(wants: list[Want], pool: Mapping[int, set[int]]) -> int:
    """The most questions any assignment can place (Hall's theorem over all sets of cells)."""
    total = sum(want.count for want in wants)
    losses = [
        sum(want.count for want in some) - len(set().union(*(pool.get(want.cell, set()) for want in some)))
        for size in range(len(wants) + 1)
        for some in combinations(wants, size)
    ]
    return total - max(losses)


@st.composite
def papers(draw: st.DrawFn) -> tuple[list[Want], dict[int, set[int]]]:
    pool = draw(POOLS)
    return [Want(cell, draw(st.integers(0, 4))) for cell in pool], pool


@given(papers(), SEEDS)
def test_a_paper_is_found_whenever_one_exists(paper: tuple[list[Want], dict[int, set[int]]], seed: int) -> None:
    wants, pool = paper
    total = sum(want.count for want in wants)
    try:
        chosen = select_questions(wants, pool, seed)
    except PoolTooSmall as error:
        missing = sum(wanted - available for _, wanted, available in error.short)
        assert missing == total - largest_paper(wants, pool)
    else:
        assert len(chosen) == len(set(chosen)) == total == largest_paper(wants, pool)


@given(papers(), SEEDS)
def test_every_question_belongs_to_its_cell(paper: tuple[list[Want], dict[int, set[int]]], seed: int) -> None:
    wants, pool = paper
    try:
        left = list(select_questions(wants, pool, seed))
    except PoolTooSmall:
        return
    for want in wants:
        mine, left = left[: want.count], left[want.count :]
        assert set(mine) <= pool[want.cell]


@given(papers(), SEEDS)
def test_the_order_of_the_pool_does_not_matter(paper: tuple[list[Want], dict[int, set[int]]], seed: int) -> None:
    wants, pool = paper
    try:
        expected = select_questions(wants, pool, seed)
    except PoolTooSmall:
        return
    assert select_questions(wants, {cell: sorted(ids)[::-1] * 2 for cell, ids in pool.items()}, seed) == expected


@pytest.mark.recorded
def test_the_same_seed_gives_the_same_paper_on_any_machine() -> None:
    assert select_questions([Want(0, 3), Want(1, 2)], {0: range(1, 1000), 1: range(2000, 2010)}, 2026) == EXPECTED


def test_another_seed_gives_another_paper() -> None:
    pool = {0: range(1000)}
    assert select_questions([Want(0, 5)], pool, 1) != select_questions([Want(0, 5)], pool, 2)


def test_editing_one_cell_leaves_the_others_as_they_were() -> None:
    pool = {0: range(100), 1: range(100, 200)}
    before = select_questions([Want(0, 5), Want(1, 5)], pool, 7)
    assert select_questions([Want(0, 9), Want(1, 5)], pool, 7)[9:] == before[5:]


def test_a_cell_that_grows_keeps_what_it_had() -> None:
    pool = {0: range(100)}
    assert select_questions([Want(0, 6)], pool, 7)[:5] == select_questions([Want(0, 5)], pool, 7)


def test_a_question_added_to_the_bank_changes_one_place_at_most() -> None:
    before = select_questions([Want(0, 5)], {0: range(100)}, 7)
    after = select_questions([Want(0, 5)], {0: range(101)}, 7)
    assert len(set(before) - set(after)) <= 1


def test_a_wide_cell_gives_way_to_a_narrow_one() -> None:
    chosen = select_questions([Want(0, 3), Want(1, 1)], {0: {1, 2, 3, 4}, 1: {4}}, 0)
    assert chosen[3] == 4


def test_every_short_cell_is_listed() -> None:
    with pytest.raises(PoolTooSmall) as caught:
        select_questions([Want(0, 5), Want(1, 1), Want(2, 2)], {0: {1, 2, 3}, 1: {4}}, 0)
    assert caught.value.short == (Short(0, 5, 3), Short(2, 2, 0))


def test_cells_that_need_the_same_question_are_short_together() -> None:
    with pytest.raises(PoolTooSmall) as caught:
        select_questions([Want(0, 2), Want(1, 1)], {0: {1, 2}, 1: {2}}, 0)
    assert caught.value.short == (Short(0, 2, 1),)


def test_an_empty_matrix_gives_an_empty_paper() -> None:
    assert select_questions([], {}, 1) == ()


def test_questions_of_a_passage_are_drawn_together() -> None:
    passages = {number: number // 5 for number in range(100)}
    chosen = select_questions([Want(0, 10)], {0: range(100)}, 3, passage_of=passages)
    assert len({passages[one] for one in chosen}) == 2


@given(st.sets(st.integers(0, 2**40), max_size=60), SEEDS, st.integers(0, 70))
def test_looking_less_far_shows_the_same_beginning(ids: set[int], seed: int, at_most: int) -> None:
    assert rank_questions(ids, seed, at_most)[:at_most] == rank_questions(ids, seed, 100)[:at_most]


@st.composite
def families(draw: st.DrawFn) -> dict[int, int]:
    """Questions 1 to 12 in families, each named by its smallest question."""
    names = [draw(st.integers(1, 12)) for _ in range(12)]
    members = {name: [number for number, own in enumerate(names, 1) if own == name] for name in set(names)}
    return {number: min(members[name]) for number, name in enumerate(names, 1) if len(members[name]) > 1}


@given(papers(), families(), SEEDS)
def test_a_paper_has_one_question_of_a_family_and_is_found_whenever_one_exists(
    paper: tuple[list[Want], dict[int, set[int]]], family_of: dict[int, int], seed: int
) -> None:
    wants, pool = paper
    by_family = {cell: {family_of.get(one, one) for one in ids} for cell, ids in pool.items()}
    total = sum(want.count for want in wants)
    try:
        chosen = select_questions(wants, pool, seed, family_of=family_of)
    except PoolTooSmall as error:
        missing = sum(wanted - available for _, wanted, available in error.short)
        assert missing == total - largest_paper(wants, by_family)
    else:
        assert len({family_of.get(one, one) for one in chosen}) == len(chosen) == total
        assert all(one in set().union(*pool.values()) for one in chosen)


def test_families_elsewhere_change_nothing() -> None:
    wants, pool = [Want(0, 3)], {0: set(range(100))}
    assert select_questions(wants, pool, 5, family_of={500: 500, 501: 500}) == select_questions(wants, pool, 5)


def test_a_swap_does_not_bring_in_a_relative_of_another_question() -> None:
    assert next_question({1, 2, 3}, 7, 1, {1, 4}, family_of={2: 2, 4: 2}) == 3
    assert next_question({1, 2}, 7, 1, {1, 4}, family_of={2: 2, 4: 2}) is None
    assert next_question({1, 2}, 7, 1, {1, 4}, family_of={1: 1, 2: 1}) == 2


def test_swapping_goes_round_the_pool_and_skips_what_is_used() -> None:
    ranked = rank_questions(range(4), 5, 4)
    assert next_question(range(4), 5, ranked[2], {ranked[2], ranked[3]}) == ranked[0]


def test_there_is_no_other_question_when_all_are_used() -> None:
    assert next_question({1, 2}, 5, 1, {1, 2}) is None
