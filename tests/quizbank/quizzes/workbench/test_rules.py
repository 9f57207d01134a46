from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.quizzes.workbench.rules import (
    NO_CELL,
    CellStanding,
    Drawn,
    Line,
    Lines,
    changed,
    check_marks,
    difference,
    gathered,
    level_shares,
    moved,
    parts_of,
    redrawn,
    rows_of,
    spread_marks,
    standing_of,
    usual_marks,
    without,
)
from repository.errors import Conflict, Invalid
from tests.quizbank.matrices.builders import a_cell

QUARTER = Decimal("0.25")


def paper(text: str, *, cell: int = 0) -> Lines:
    """Lines named by letters, a capital one's passage after a colon: ``a b x:1 y:1 | c`` has two parts."""
    lines = []
    for part, group in enumerate(text.split("|"), 1):
        for name in group.split():
            letter, _, passage = name.partition(":")
            lines.append(Line(ord(letter), part, cell, QUARTER, False, ord(letter), int(passage) if passage else None))
    return tuple(lines)


def names(lines: Lines) -> str:
    return "".join(chr(line.version_id) for line in lines)


@pytest.mark.parametrize(
    ("before", "position", "by", "after"),
    [
        ("a b c", 1, 1, "bac"),
        ("a b c", 3, -1, "acb"),
        ("a b c", 1, 9, "bca"),
        ("a b c", 3, -2, "cab"),
        ("x:1 y:1 a", 1, 1, "yxa"),
        ("x:1 y:1 a", 2, 1, "axy"),
        ("a x:1 y:1", 2, -1, "xya"),
        ("a x:1 y:1", 1, 1, "xya"),
        ("x:1 y:1 u:2 v:2", 2, 1, "uvxy"),
        ("x:1 y:1 u:2 v:2", 3, -1, "uvxy"),
        ("x:1 y:1 a", 1, 2, "ayx"),
    ],
)
def test_a_question_moves_and_a_passage_moves_whole(before: str, position: int, by: int, after: str) -> None:
    assert names(moved(paper(before), position, by)) == after


@pytest.mark.parametrize(
    ("before", "position", "by"), [("a b", 1, -1), ("a b | c", 2, 1), ("a | b c", 2, -1), ("a", 1, 1)]
)
def test_nothing_moves_out_of_its_part(before: str, position: int, by: int) -> None:
    with pytest.raises(Conflict):
        moved(paper(before), position, by)


LETTERS = st.lists(st.sampled_from("nnn123"), min_size=1, max_size=9)


@given(LETTERS, st.integers(1, 9), st.integers(-9, 9))
def test_moving_keeps_every_question_and_passages_whole(passages: list[str], position: int, by: int) -> None:
    lines = gathered(
        Line(place, 1, 0, QUARTER, False, place, None if name == "n" else int(name))
        for place, name in enumerate(passages)
    )
    try:
        after = moved(lines, min(position, len(lines)), by)
    except Conflict:
        return
    assert sorted(names(after)) == sorted(names(lines))
    assert gathered(after) == after


def test_parts_and_passages_are_gathered() -> None:
    assert names(gathered(paper("a x:1 b y:1 | c"))) == "axybc"
    lines = paper("a b | c")
    assert names(gathered((lines[2], *lines[:2]))) == "abc"


def test_only_what_differs_is_kept_of_a_step() -> None:
    before = paper("a b c")
    after = changed(before, 2, lambda line: replace(line, marks=Decimal(1)))
    gone, come = difference(rows_of(before), rows_of(after))
    assert [(row["position"], row["marks"]) for row in gone] == [(2, "0.25")]
    assert [(row["position"], row["marks"]) for row in come] == [(2, "1.00")]


def test_a_row_more_or_less_is_a_difference() -> None:
    longer, shorter = rows_of(paper("a b")), rows_of(paper("a"))
    assert difference(longer, shorter) == ([longer[1]], [])
    assert difference(shorter, longer) == ([], [longer[1]])


@pytest.mark.parametrize("marks", ["0", "-1", "100.01", "0.125", "NaN", "Infinity"])
def test_marks_that_no_paper_has_are_refused(marks: str) -> None:
    with pytest.raises(Invalid):
        check_marks(Decimal(marks))


def test_marks_are_dealt_out_evenly_the_rest_to_the_first() -> None:
    lines = spread_marks(paper("a b c | d"), 1, Decimal(1))
    assert [str(line.marks) for line in lines] == ["0.34", "0.33", "0.33", "0.25"]


@given(st.integers(1, 60), st.integers(1, 10_000))
def test_dealt_marks_add_up_and_differ_by_a_hundredth_at_most(count: int, cents: int) -> None:
    lines = tuple(Line(number, 1, 0, QUARTER) for number in range(count))
    total = Decimal(cents) / 100
    if cents < count:
        with pytest.raises(Invalid):
            spread_marks(lines, 1, total)
        return
    marks = [line.marks for line in spread_marks(lines, 1, total)]
    assert sum(marks) == total
    assert max(marks) - min(marks) <= Decimal("0.01")


def test_marks_of_a_part_that_is_not_there_are_refused() -> None:
    with pytest.raises(Invalid):
        spread_marks(paper("a"), 2, Decimal(1))


def test_a_new_question_is_worth_what_its_cell_or_its_neighbours_are() -> None:
    lines = paper("a b | c")
    assert usual_marks(lines, 1, a_cell(marks="0.5")) == Decimal("0.5")
    dearer = changed(lines, 3, lambda line: replace(line, marks=Decimal(1)))
    assert usual_marks(dearer, 2, None) == 1
    assert usual_marks(lines, 3, None) == QUARTER


def test_the_last_question_stays_and_a_locked_one_too() -> None:
    assert names(without(paper("a b"), 1)) == "b"
    with pytest.raises(Conflict):
        without(paper("a"), 1)
    with pytest.raises(Conflict):
        without(changed(paper("a b"), 1, lambda line: replace(line, is_locked=True)), 1)


def drawn(letters: str) -> list[Drawn]:
    return [Drawn(ord(letter), ord(letter), None) for letter in letters]


def test_what_is_drawn_anew_takes_the_places_and_marks_of_the_free_ones() -> None:
    lines = changed(paper("a b c"), 2, lambda line: replace(line, is_locked=True))
    lines = changed(lines, 3, lambda line: replace(line, marks=Decimal(1)))
    after = redrawn(lines, [a_cell(count=3)], {0: drawn("xy")})
    assert names(after) == "xby"
    assert [line.marks for line in after] == [QUARTER, QUARTER, 1]


def test_drawing_anew_fills_up_and_cuts_down_to_the_cell() -> None:
    cells = [a_cell(count=2, marks="0.5")]
    grown = redrawn(paper("a"), cells, {0: drawn("xy")})
    assert names(grown) == "xy" and grown[1].marks == Decimal("0.5")
    assert names(redrawn(paper("a b c"), cells, {0: drawn("xy")})) == "xy"


def test_drawing_one_cell_anew_leaves_the_others_and_those_of_none() -> None:
    lines = (*paper("a"), *paper("b", cell=1), *paper("c", cell=NO_CELL))
    assert names(redrawn(lines, [a_cell(), a_cell()], {1: drawn("x")})) == "axc"


def test_a_paper_is_held_against_its_matrix() -> None:
    cells = [a_cell(count=2), a_cell(count=1)]
    kept, lacking, extra = standing_of(cells, (*paper("a b"), *paper("c", cell=NO_CELL)))
    assert kept.is_kept and kept.difference == 0
    assert lacking == CellStanding(1, cells[1], 0, Decimal(0)) and lacking.difference == -1 and not lacking.is_kept
    assert extra == CellStanding(NO_CELL, None, 1, QUARTER) and (extra.wanted, extra.difference) == (0, 1)


def test_a_cell_with_other_marks_is_not_kept_to() -> None:
    [standing] = standing_of([a_cell(count=1, marks="0.5")], paper("a"))
    assert standing.difference == 0 and not standing.is_kept


def test_parts_add_up() -> None:
    assert [(one.part, one.count, one.marks) for one in parts_of(paper("a b | c"))] == [
        (1, 2, Decimal("0.50")),
        (2, 1, QUARTER),
    ]


def test_levels_share_the_marks_statement_by_statement() -> None:
    items = [
        (Decimal(1), "hieu", {"biet": 2, "hieu": 1, "van-dung": 1}),
        (Decimal(3), "hieu", {}),
        (Decimal(0), None, {}),
    ]
    shares = level_shares(items)
    assert shares == {
        "biet": Decimal("0.125"),
        "hieu": Decimal("0.8125"),
        "van-dung": Decimal("0.0625"),
        None: Decimal(0),
    }
    assert level_shares([]) == {}
