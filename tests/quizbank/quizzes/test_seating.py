from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.quizzes.seating import Clashes, Hall, Seat, clashes_of, deal_seats
from repository.errors import Invalid

EXPECTED = ["104", "103", "102", "105", "101", "105"]


def codes(*counts: int) -> list[list[str]]:
    """The codes of some forms: 101, 102 … for the first, 201 … for the second."""
    return [[f"{form}{number:02}" for number in range(1, count + 1)] for form, count in enumerate(counts, 1)]


def seats_of(*counts: int, rows: int = 6, columns: int = 5, rooms: int = 2, seed: int = 7) -> list[Seat]:
    return deal_seats(Hall(rooms, rows, columns, rooms * rows * columns), codes(*counts), seed)


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    rooms, rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 7)), draw(st.integers(1, 7))
    return Hall(rooms, rows, columns, draw(st.integers(1, rooms * rows * columns)))


@settings(deadline=None)
@given(
    halls(), st.lists(st.integers(0, 6), min_size=1, max_size=6).filter(lambda counts: sum(counts) > 1), st.integers()
)
def test_nobody_sits_beside_or_behind_the_same_code(hall: Hall, counts: list[int], seed: int) -> None:
    seats = deal_seats(hall, codes(*counts), seed)
    assert len(seats) == hall.people == len({(seat.room, seat.row, seat.column) for seat in seats})
    assert clashes_of(seats).beside == 0
    assert all(seat.row <= hall.rows and seat.column <= hall.columns for seat in seats)


@settings(deadline=None)
@given(halls(), st.lists(st.integers(1, 6), min_size=2, max_size=6), st.integers())
def test_forms_alternate(hall: Hall, counts: list[int], seed: int) -> None:
    seats = {(seat.room, seat.row, seat.column): seat for seat in deal_seats(hall, codes(*counts), seed)}
    for (room, row, column), seat in seats.items():
        for near in ((room, row, column + 1), (room, row + 1, column)):
            assert near not in seats or seats[near].form != seat.form


@settings(deadline=None)
@given(halls(), st.integers(4, 24), st.integers())
def test_four_codes_keep_all_eight_neighbours_apart(hall: Hall, count: int, seed: int) -> None:
    assert clashes_of(deal_seats(hall, codes(count), seed)) == Clashes(0, 0)


@settings(deadline=None)
@given(halls(), st.lists(st.integers(2, 6), min_size=2, max_size=3), st.integers())
def test_two_codes_in_each_of_two_forms_do_so_too(hall: Hall, counts: list[int], seed: int) -> None:
    assert clashes_of(deal_seats(hall, codes(*counts), seed)) == Clashes(0, 0)


@pytest.mark.parametrize("counts", [(4,), (6,), (24,), (3, 3), (12, 12)])
def test_codes_are_used_about_equally_often(counts: tuple[int, ...]) -> None:
    used = Counter(seat.code for seat in seats_of(*counts, rooms=4))
    assert max(used.values()) - min(used[code] for form in codes(*counts) for code in form) <= 4


@pytest.mark.recorded
def test_the_same_seed_gives_the_same_seats_on_any_machine() -> None:
    assert [seat.code for seat in seats_of(5, rows=2, columns=3, rooms=1)] == EXPECTED


def test_another_seed_gives_other_seats() -> None:
    assert seats_of(6) != seats_of(6, seed=8)


def test_two_codes_differ_beside_and_behind_and_agree_at_the_corners() -> None:
    assert clashes_of(seats_of(2, rows=2, columns=2, rooms=1)) == Clashes(0, 2)


@pytest.mark.parametrize(
    ("hall", "counts"),
    [
        (Hall(1, 2, 2, 5), (4,)),
        (Hall(1, 2, 2, 0), (4,)),
        (Hall(1, 99, 2, 4), (4,)),
        (Hall(1, 2, 2, 4), (1,)),
        (Hall(1, 2, 2, 4), ()),
    ],
)
def test_what_cannot_be_seated_is_refused(hall: Hall, counts: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        deal_seats(hall, codes(*counts), 7)
