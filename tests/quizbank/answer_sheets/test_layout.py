"""Where everything stands on a sheet."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.answer_sheets.layout import (
    CODE_DIGITS,
    MARKER_MM,
    MARKER_PLACES,
    NUMBER_DIGITS,
    PAGE_MM,
    QR_MM,
    QR_PLACE,
    RADIUS_MM,
    SLOTS,
    SQUARE_MM,
    SheetLayout,
    answer_of,
    digits_of_marker,
    fields_of,
    square_places,
)
from repository.errors import Invalid

LAYOUTS = [SheetLayout(number, code) for number in NUMBER_DIGITS for code in CODE_DIGITS]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_a_sheet_has_the_fields_of_2025(layout: SheetLayout) -> None:
    kinds = [field.kind for field in fields_of(layout)]
    counts = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    assert counts == {"number": layout.number_digits, "code": layout.code_digits, "1": 40, "2": 32, "3": 24}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_no_two_rings_touch_and_none_leaves_the_page(layout: SheetLayout) -> None:
    rings = [(bubble.x, bubble.y) for field in fields_of(layout) for bubble in field.bubbles]
    assert all(15 < x < PAGE_MM[0] - 15 and 15 < y < PAGE_MM[1] - 15 for x, y in rings)
    nearest = min((x - u) ** 2 + (y - v) ** 2 for (x, y), (u, v) in combinations(rings, 2))
    assert nearest > (2 * RADIUS_MM + 0.4) ** 2


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_black_things_keep_clear_of_the_rings_and_of_each_other(layout: SheetLayout) -> None:
    squares = [(x - SQUARE_MM / 2, y - SQUARE_MM / 2, SQUARE_MM) for x, y in square_places()]
    black = [*squares, *((x, y, MARKER_MM) for x, y in MARKER_PLACES), (*QR_PLACE, QR_MM)]
    reach = RADIUS_MM + 0.8
    for field in fields_of(layout):
        for bubble in field.bubbles:
            assert not any(
                x - reach < bubble.x < x + size + reach and y - reach < bubble.y < y + size + reach
                for x, y, size in black
            )
    for (x, y, size), (u, v, other) in combinations(black, 2):
        assert x + size + 2 < u or u + other + 2 < x or y + size + 2 < v or v + other + 2 < y


def test_signs_stand_only_in_the_columns_where_they_may() -> None:
    columns = {field.name: field.values for field in fields_of(SheetLayout()) if field.name.startswith("3.1.")}
    digits = "0123456789"
    assert columns == {"3.1.1": "-" + digits, "3.1.2": "," + digits, "3.1.3": "," + digits, "3.1.4": digits}


@given(st.tuples(*(st.integers(0, slots) for slots in SLOTS)))
def test_a_quiz_uses_the_first_slots_of_each_part(counts: tuple[int, int, int]) -> None:
    names = [field.name for field in fields_of(SheetLayout(counts=counts)) if field.kind in "123"]
    assert len(names) == counts[0] + 4 * counts[1] + 4 * counts[2]
    assert all(int(name.split(".")[1]) <= counts[int(name[0]) - 1] for name in names)


def test_the_markers_tell_how_many_digits_a_sheet_has() -> None:
    seen = [marker_id for layout in LAYOUTS for marker_id in layout.marker_ids]
    assert sorted(seen) == list(range(16))
    for layout in LAYOUTS:
        assert {digits_of_marker(one) for one in layout.marker_ids} == {(layout.number_digits, layout.code_digits)}


@pytest.mark.parametrize(
    ("number", "code", "counts"),
    [(7, 3, SLOTS), (6, 5, SLOTS), (6, 3, (41, 0, 0)), (6, 3, (0, 9, 0)), (6, 3, (0, 0, -1))],
)
def test_other_sheets_do_not_exist(number: int, code: int, counts: tuple[int, int, int]) -> None:
    with pytest.raises(Invalid):
        SheetLayout(number, code, counts)


@pytest.mark.parametrize(
    ("signs", "answer"),
    [
        ("5   ", "5"), ("-3  ", "-3"), ("2,45", "2,45"), ("12,5", "12,5"), ("-1,5", "-1,5"), ("2025", "2025"),
        ("  12", "12"), ("    ", ""), ("12, ", None), ("1 2 ", None), ("-   ", None), ("-,5 ", None), ("1,,2", None),
    ],
)  # fmt: skip
def test_four_columns_spell_an_answer_or_none(signs: str, answer: str | None) -> None:
    assert answer_of(signs) == answer
