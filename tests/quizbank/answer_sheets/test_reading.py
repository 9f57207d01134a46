"""Reading filled sheets: a small series of the benchmark, and each thing that may happen to a sheet by itself."""

from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from quizbank.answer_sheets.judging import WAITING, FieldReading, State
from quizbank.answer_sheets.layout import MARKER_MM, MARKER_PLACES, PAGE_MM, SheetLayout, fields_of
from quizbank.answer_sheets.reading import NoSheet, SheetReading, read_sheet
from tests.quizbank.answer_sheets import cameras
from tests.quizbank.answer_sheets.pens import PENS, Hand
from tests.quizbank.answer_sheets.simulating import CAMERAS, Score, printed, shot

FULL = SheetLayout(6, 3)
DIGITS = {**{f"number.{place}": "1" for place in range(1, 7)}, **{f"code.{place}": "2" for place in range(1, 4)}}


class Desk:
    """A blank sheet, and a hand that marks it."""

    def __init__(self, **marks: str) -> None:
        page = printed(FULL)
        self.scale = page.shape[1] / PAGE_MM[0]
        self.hand = Hand((page / 255).astype(np.float32), self.scale, PENS[0], np.random.default_rng(5))
        self.fields = {field.name: field for field in fields_of(FULL)}
        for name, sign in {**DIGITS, **{name.replace("_", "."): sign for name, sign in marks.items()}}.items():
            self.mark(name.removeprefix("q"), sign)

    def mark(self, name: str, sign: str, habit: str = "full") -> None:
        self.hand.mark(next(one for one in self.fields[name].bubbles if one.value == sign), habit)

    def blot(self, name: str, sign: str, radius: float) -> None:
        bubble = next(one for one in self.fields[name].bubbles if one.value == sign)
        self.hand.blot(bubble.x, bubble.y, radius)

    def cover(self, left: float, top: float, width: float, height: float, brightness: float = 1.0) -> None:
        """Something lies over a part of the page (millimetres)."""
        x, y, w, h = (round(side * self.scale) for side in (left, top, width, height))
        self.hand.paper[y : y + h, x : x + w] = brightness

    @property
    def picture(self) -> NDArray[Any]:
        page = (np.clip(self.hand.paper, 0, 1) * 255).astype(np.uint8)
        return np.asarray(cv2.resize(page, None, fx=0.667, fy=0.667, interpolation=cv2.INTER_AREA))

    def read(self) -> SheetReading:
        return read_sheet(self.picture)


def field(read: SheetReading, name: str) -> FieldReading:
    return next(one for one in read.fields if one.name == name)


@pytest.mark.parametrize(("camera", "count"), [("scanner", 4), ("good phone", 4), ("careless phone", 6)])
def test_a_series_is_read_without_an_unflagged_mistake(camera: str, count: int) -> None:
    score = Score()
    for number in range(count):
        made = shot(camera, number, seed=11)
        picture = cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_2)
        if camera == "scanner":
            picture = cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
        score.add(made.filled, read_sheet(np.asarray(picture), made.layout.counts).fields)
    assert score.unflagged == []
    assert score.flagged <= 0.04 * score.fields


@pytest.mark.parametrize("camera", CAMERAS)
def test_the_same_seed_gives_the_same_picture(camera: str) -> None:
    assert shot(camera, 1, seed=3).jpeg == shot(camera, 1, seed=3).jpeg


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_sheet_is_read_whichever_way_it_lies(quarters: int) -> None:
    desk = Desk(q1_1="C", q2_1_a="S", q3_1_1="-")
    read = read_sheet(np.ascontiguousarray(np.rot90(desk.picture, quarters)))
    assert read.value("number") == "111111"
    assert [field(read, name).value for name in ("1.1", "2.1.a", "3.1.1", "1.2")] == ["C", "S", "-", ""]
    assert read.label is not None and read.label.quiz_id == 123


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_covered_corner_markers_are_made_up_for_by_the_squares(kept: int) -> None:
    desk = Desk(q1_1="C", q1_40="D", q3_6_4="9")
    for left, top in MARKER_PLACES[kept:]:
        desk.cover(left - 1, top - 1, MARKER_MM + 2, MARKER_MM + 2)
    read = desk.read()
    assert [field(read, name).value for name in ("1.1", "1.40", "3.6.4", "1.20")] == ["C", "D", "9", ""]
    assert read.value("number") == "111111"


def test_crumpled_paper_is_followed_by_its_squares_and_rings() -> None:
    desk = Desk(**{f"q1_{number}": "ABCD"[number % 4] for number in range(1, 41)})
    bent = cameras.crumpled(desk.picture, np.random.default_rng(2), 3.0)
    read = read_sheet(bent)
    assert [field(read, f"1.{number}").value for number in range(1, 41)] == ["ABCD"[n % 4] for n in range(1, 41)]


@pytest.mark.parametrize("picture", [np.full((2000, 1500), 255, np.uint8), np.zeros((900, 900), np.uint8)])
def test_a_picture_without_a_sheet_is_no_sheet(picture: NDArray[Any]) -> None:
    with pytest.raises(NoSheet, match="no-markers"):
        read_sheet(picture)


def test_noise_is_no_sheet() -> None:
    with pytest.raises(NoSheet):
        read_sheet(np.random.default_rng(1).integers(0, 256, (1500, 1100), dtype=np.uint8))


def test_one_corner_of_a_sheet_is_no_sheet() -> None:
    with pytest.raises(NoSheet):
        read_sheet(np.ascontiguousarray(Desk().picture[:400, :500]))


def test_what_lies_under_a_thumb_waits_for_a_person() -> None:
    desk = Desk(q1_1="C", q1_21="A")
    desk.cover(106, 88.5, 40, 54, 0.75)
    read = desk.read()
    assert field(read, "1.1").state is State.SURE
    assert {field(read, f"1.{number}").state for number in range(22, 30)} == {State.DOUBTFUL}


def test_a_scanner_that_drops_light_red_changes_nothing() -> None:
    picture = Desk(q1_1="C").picture
    dropped = np.where(picture > 120, 255, picture).astype(np.uint8)
    read = read_sheet(dropped)
    assert field(read, "1.1").value == "C"
    assert not [one.name for one in read.fields if one.state in WAITING]


def test_two_filled_rings_are_double() -> None:
    read = Desk(q1_1="A", q1_2="B").read()
    desk = Desk(q1_1="A", q1_2="B")
    desk.mark("1.1", "D")
    read = desk.read()
    assert (field(read, "1.1").state, field(read, "1.1").value) == (State.DOUBLE, "AD")
    assert field(read, "1.2").state is State.SURE


def test_an_erased_mark_beside_a_full_one_does_not_count() -> None:
    desk = Desk(q1_1="A")
    desk.hand.pen = PENS[3]
    desk.hand.erased(desk.fields["1.1"].bubbles[2])
    read = desk.read()
    assert field(read, "1.1").value == "A"


def test_a_speck_where_all_others_are_filled_waits_for_a_person() -> None:
    desk = Desk(**{f"q1_{number}": "B" for number in range(2, 20)})
    desk.blot("1.1", "A", 0.75)
    assert field(desk.read(), "1.1").state is State.DOUBTFUL


def test_a_candidate_who_crosses_instead_of_filling_is_understood() -> None:
    desk = Desk()
    for number in range(1, 41):
        desk.mark(f"1.{number}", "ABCD"[number % 4], "cross")
    for name, sign in DIGITS.items():
        desk.mark(name, sign, "cross")
    read = desk.read()
    values = [field(read, f"1.{number}") for number in range(1, 41)]
    assert all(one.value == "ABCD"[n % 4] or one.state in WAITING for n, one in enumerate(values, 1))
    assert sum(one.state is State.SURE for one in values) >= 36


def test_a_digit_that_nobody_filled_waits_but_an_answer_may_stay_empty() -> None:
    desk = Desk()
    desk.cover(*place_of(desk, "number.3"))
    read = Desk(q1_1="A").read()
    assert field(read, "1.2").state is State.EMPTY
    assert field(desk.read(), "number.3").state is State.DOUBTFUL


def place_of(desk: Desk, name: str) -> tuple[float, float, float, float]:
    """Around the filled ring of a field, so that it can be painted over."""
    bubble = next(one for one in desk.fields[name].bubbles if one.value == DIGITS[name])
    return bubble.x - 2.6, bubble.y - 2.4, 5.2, 4.8


def test_an_empty_sheet_is_empty_everywhere() -> None:
    page = cv2.resize(printed(FULL), None, fx=0.667, fy=0.667, interpolation=cv2.INTER_AREA)
    read = read_sheet(np.asarray(page))
    assert {one.state for one in read.fields if one.name[0] in "123"} == {State.EMPTY}
    assert read.value("number") == "??????"
