"""A paper is found whenever there is one; otherwise every shortage is true."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizbank.matrices.rules import Cell
from quizbank.quizzes.assembly.goals import goals_of
from quizbank.quizzes.assembly.papers import TargetsOutOfReach, missing_in, papers_of
from quizbank.quizzes.assembly.targets import Information, Targets
from quizbank.quizzes.selection import PoolTooSmall
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.quizzes.assembly.builders import (
    PROFILES,
    Paper,
    Small,
    a_material,
    a_statement_cell,
    banks,
    every_paper,
    is_sound,
    missing,
)

SEEDS = st.integers(0, 5)
Bank = tuple[list[Small], list[Cell]]
A, B = frozenset({0}), frozenset({1})
BOTH = A | B
RELATIVE_OF_A_PASSAGE = [
    Small(A | {2}, family=1, wrong=0.2),
    Small(A, family=1, passage=1, wrong=0.2),
    *[Small(A, wrong=0.2)] * 2,
    Small(BOTH, passage=1, wrong=0.4),
    Small(BOTH, wrong=0.2),
    Small(frozenset({2}), wrong=0.4),
]
"""Two forms come nearer to each other if a question moves to its relative in a whole passage, which it must not."""


@settings(max_examples=150, deadline=None)
@given(banks(), SEEDS, st.booleans())
@example(([Small(BOTH, family=1), Small(A, family=1), Small(B)], [a_cell(count=1), a_cell(count=1)]), 0, False)
@example(([Small(A, passage=1), Small(A, passage=1), Small(A)], [a_cell(count=1)]), 0, True)
def test_a_paper_is_found_whenever_one_exists_and_shortages_are_true(bank: Bank, seed: int, is_whole: bool) -> None:
    material = a_material(*bank, seed=seed, is_whole=is_whole)
    least = min(missing(material, paper) for paper in every_paper(material))
    try:
        [made] = papers_of(material, ())
    except PoolTooSmall as error:
        assert sum(one.wanted - one.available for one in error.short) == least > 0
        assert all(0 <= one.available < one.wanted for one in error.short)
    else:
        assert least == 0
        assert is_sound(material, made.items)


@settings(max_examples=120, deadline=None)
@given(banks(), SEEDS, st.booleans(), st.sampled_from([0.3, 0.5, 0.6]), st.sampled_from([0.01, 0.05]))
def test_goals_are_met_whenever_some_paper_meets_them(
    bank: Bank, seed: int, is_whole: bool, share: float, tolerance: float
) -> None:
    material = a_material(*bank, seed=seed, is_whole=is_whole)
    goals = goals_of(material.stock, material.cells, Targets(difficulty=share, tolerance=tolerance), ())
    can = any(is_sound(material, paper, goals) for paper in every_paper(material))
    try:
        [made] = papers_of(material, goals)
    except (PoolTooSmall, TargetsOutOfReach):
        assert not can
    else:
        assert can
        assert is_sound(material, made.items, goals)
        assert made.sums == [goal.sum_of(made.items) for goal in goals]


@settings(max_examples=100, deadline=None)
@given(banks(), SEEDS, st.booleans(), st.sets(st.sampled_from([-1, -2, 3, 4]), min_size=1), st.booleans())
@example(([Small(A, family=1), Small(A)], [a_cell(count=1)]), 0, False, {-1}, False)
@example(([Small(A, wrong=0.7), Small(A, family=1), Small(A)], [a_cell(count=1)]), 0, False, {-1}, True)
def test_relatives_of_locked_questions_stay_out(
    bank: Bank, seed: int, is_whole: bool, busy: set[int], has_goal: bool
) -> None:
    material = replace(a_material(*bank, seed=seed, is_whole=is_whole), busy=frozenset(busy))
    targets = Targets(difficulty=0.5 if has_goal else None, tolerance=0.01)
    goals = goals_of(material.stock, material.cells, targets, ())

    def may(paper: Paper) -> bool:
        return is_sound(material, paper, goals) and busy.isdisjoint(int(material.keys[row]) for row, _ in paper)

    try:
        [made] = papers_of(material, goals)
    except (PoolTooSmall, TargetsOutOfReach):
        assert not any(map(may, every_paper(material)))
    else:
        assert may(made.items)


@settings(max_examples=60, deadline=None)
@given(banks(), SEEDS)
def test_the_nearest_that_can_be_had_is_told(bank: Bank, seed: int) -> None:
    material = a_material(*bank, seed=seed)
    [goal] = goals_of(material.stock, material.cells, Targets(difficulty=0.99, tolerance=0.001), ())
    try:
        papers_of(material, [goal])
    except PoolTooSmall:
        return
    except TargetsOutOfReach as error:
        [told] = error.facts["goals"]
        full = [paper for paper in every_paper(material) if not missing(material, paper)]
        assert told["nearest"] == pytest.approx(max(goal.sum_of(paper) for paper in full) / goal.scale)
        assert told["low"] == pytest.approx(0.989, abs=1e-3)
    else:
        pytest.fail("no question of these banks is as easy as that")


@settings(max_examples=80, deadline=None)
@given(banks(questions=10), SEEDS, st.integers(2, 3), st.booleans())
@example((RELATIVE_OF_A_PASSAGE, [a_cell(count=1, level=None)] * 3), 0, 2, True)
def test_forms_share_nothing_and_fill_the_matrix(bank: Bank, seed: int, forms: int, is_whole: bool) -> None:
    material = a_material(*bank, seed=seed, is_whole=is_whole)
    try:
        made = papers_of(material, (), forms)
    except PoolTooSmall as error:
        assert all(0 <= one.available < one.wanted for one in error.short)
        return
    rows = [row for one in made for row, _ in one.items]
    assert len(made) == forms
    assert len(set(rows)) == len(rows)
    assert all(is_sound(material, one.items) for one in made)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), min_size=6, max_size=12), SEEDS, st.floats(0.15, 0.4))
def test_forms_stay_in_their_goals_while_they_exchange_questions(wrongs: list[float], seed: int, least: float) -> None:
    material = a_material([Small(A, wrong=wrong) for wrong in wrongs], [a_cell(count=3, level=None)], seed=seed)
    goals = goals_of(material.stock, material.cells, Targets(information=(Information(0.0, least, 9.0),)), ())
    try:
        made = papers_of(material, goals, 2)
    except TargetsOutOfReach:
        return
    assert all(is_sound(material, one.items, goals) for one in made)


@st.composite
def tight(draw: st.DrawFn) -> tuple[list[Small], list[Cell], int]:
    """A bank of plain questions that holds exactly what so many forms need, if it is dealt well."""
    forms = draw(st.integers(2, 4))
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    cells = [a_cell(count=number, level=None) for number in counts]
    questions = [
        Small(
            frozenset({cell, *draw(st.sets(st.integers(0, len(counts) - 1), max_size=1))}),
            wrong=draw(st.sampled_from([0.3, 0.5])),
        )
        for cell, number in enumerate(counts)
        for _ in range(number * forms)
    ]
    return draw(st.permutations(questions)), cells, forms


@settings(max_examples=80, deadline=None)
@given(tight(), SEEDS)
def test_a_tight_bank_is_dealt_out_to_the_last_question(bank: tuple[list[Small], list[Cell], int], seed: int) -> None:
    questions, cells, forms = bank
    made = papers_of(a_material(questions, cells, seed=seed), (), forms)
    assert sorted(row for one in made for row, _ in one.items) == list(range(len(questions)))


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 4), st.integers(1, 3), st.data())
def test_families_are_dealt_to_different_forms(forms: int, count: int, data: st.DataObject) -> None:
    """Any families of at most as many questions as there are forms can be dealt (König)."""
    families = data.draw(st.lists(st.integers(1, forms), min_size=count, max_size=3 * count))
    questions = [Small(A, family=name) for name, size in enumerate(families, 1) for _ in range(size)]
    material = a_material(questions, [a_cell(count=count, level=None)])
    if len(questions) < forms * count:
        assert missing_in(material, forms) == {0: forms * count - len(questions)}
        return
    assert all(is_sound(material, one.items) for one in papers_of(material, (), forms))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(2, 4), st.integers(0, 3), st.data())
def test_forms_share_no_more_than_they_may(counts: list[int], forms: int, common: int, data: st.DataObject) -> None:
    cells = [a_cell(count=number, level=None) for number in counts]
    sizes = [data.draw(st.integers(number, number * forms)) for number in counts]
    questions = [Small(frozenset({cell})) for cell, size in enumerate(sizes) for _ in range(size)]
    material = a_material(questions, cells)
    try:
        made = [{row for row, _ in one.items} for one in papers_of(material, (), forms, common)]
    except PoolTooSmall:
        assert any(size < number * forms for size, number in zip(sizes, counts, strict=True))
        return
    assert all(len(one & other) <= common for place, one in enumerate(made) for other in made[:place])


@pytest.mark.parametrize("seed", range(12))
def test_swaps_bring_no_two_relatives_and_nothing_of_another_form(seed: int) -> None:
    hard, easy = [Small(A, wrong=0.9)] * 4, [Small(A, wrong=0.1)] * 2
    relatives = [Small(A, family=1, wrong=0.1)] * 3
    material = a_material([*hard, *relatives, *easy], [a_cell(count=2, level=None)], seed=seed)
    goals = goals_of(material.stock, material.cells, Targets(difficulty=0.9, tolerance=0.05), ())
    assert is_sound(material, papers_of(material, goals)[0].items, goals)
    first, second = papers_of(material, goals, 2)
    assert is_sound(material, first.items, goals) and is_sound(material, second.items, goals)
    assert {row for row, _ in first.items}.isdisjoint(row for row, _ in second.items)


def test_statements_add_up_to_the_profile() -> None:
    cell = a_statement_cell(2, (("biet", 5), ("hieu", 3)))
    questions = [Small(A, statements=one) for one in PROFILES]
    material = a_material(questions, [cell])
    [made] = papers_of(material, ())
    assert {row for row, _ in made.items} == {0, 3}


def test_a_passage_comes_whole_where_it_is_wanted_so() -> None:
    questions = [Small(A, passage=1), Small(A, passage=1), Small(B, passage=1), *[Small(A | B, passage=2)] * 2]
    material = a_material(questions, [a_cell(count=2), a_cell(count=1)], is_whole=True)
    [made] = papers_of(material, ())
    assert sorted(made.items) == [(0, 0), (1, 0), (2, 1)]


def test_every_short_cell_is_listed() -> None:
    material = a_material([Small(A), Small(A), Small(B)], [a_cell(count=5), a_cell(count=1), a_cell(count=2)])
    assert missing_in(material) == {0: 3, 2: 2}
