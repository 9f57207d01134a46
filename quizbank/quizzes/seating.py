"""Who gets which code: neighbours never share one, forms alternate. Pure.

Neighbours are left, right, front and back; those at the corners too, as far as the number of codes allows:

==================  ====================================================================
codes of one form   who may share a code
==================  ====================================================================
2                   those at the corners
3                   those at two of the four corners
4 and more          none of the eight
==================  ====================================================================

Two or three forms alternate from seat to seat and from row to row; inside a form the codes keep those at the corners
apart. With four forms or more all eight neighbours have other questions. Codes are used about equally often.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.quizzes.dice import Dice
from repository.errors import Invalid

MOST_ROOMS, MOST_ROWS, MOST_COLUMNS, MOST_SEATS = 100, 20, 20, 5_000


@dataclass(frozen=True)
class Hall:
    """Rooms of equal size; ``people`` sit in them row by row, one room after the other."""

    rooms: int
    rows: int
    columns: int
    people: int


@dataclass(frozen=True)
class Seat:
    """A seat and what lies on it; room, row (from the front) and column (from the left) count from 1."""

    room: int
    row: int
    column: int
    form: int
    code: str


@dataclass(frozen=True)
class Clashes:
    """Pairs of seats with one code: side by side or one behind the other, and corner to corner."""

    beside: int
    corner: int


def check_hall(hall: Hall) -> None:
    """Whether there are seats for everybody, and not too many.

    Raises:
        Invalid: says what is wrong.
    """
    within = 1 <= hall.rooms <= MOST_ROOMS and 1 <= hall.rows <= MOST_ROWS and 1 <= hall.columns <= MOST_COLUMNS
    if not within or not 1 <= hall.people <= MOST_SEATS:
        raise Invalid(
            "Tối đa {rooms} phòng, mỗi phòng {rows} hàng và {columns} dãy, cả thảy {people} thí sinh.",
            rooms=MOST_ROOMS,
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
            people=MOST_SEATS,
        )
    if hall.people > (seats := hall.rooms * hall.rows * hall.columns):
        raise Invalid("Có {people} thí sinh mà chỉ có {seats} chỗ.", people=hall.people, seats=seats)


def deal_seats(hall: Hall, forms: Sequence[Sequence[str]], seed: int) -> list[Seat]:
    """A code for every person; the same arguments give the same list on any machine.

    Args:
        hall: where they sit; see ``check_hall``.
        forms: the codes of each form.
        seed: any integer.

    Raises:
        Invalid: the hall is too small or too large, or there are fewer than two codes.
    """
    check_hall(hall)
    if sum(map(len, forms)) < 2:
        raise Invalid("Cần ít nhất hai mã đề để hai chỗ cạnh nhau không trùng mã.")
    dealer = _Dealer([list(codes) for codes in forms if codes], seed)
    seats: list[Seat] = []
    for room in range(1, hall.rooms + 1):
        count = min(hall.people - len(seats), hall.rows * hall.columns)
        seats += dealer.room(room, count, hall.columns)
    return seats


class _Dealer:
    """Deals room after room; what was used often gives way to what was used rarely."""

    def __init__(self, forms: Sequence[Sequence[str]], seed: int) -> None:
        self.forms = forms
        self.seed = seed
        self.used = {code: 0 for codes in forms for code in codes}

    def room(self, room: int, count: int, columns: int) -> list[Seat]:
        dice = Dice("seats", self.seed, room)
        places = [divmod(place, columns) for place in range(count)]
        form_of = _Colours([self._used(codes) for codes in self.forms], places, dice)
        code_of = [_Colours([self.used[code] for code in codes], places, dice) for codes in self.forms]
        found: dict[tuple[int, int], tuple[int, str]] = {}
        for row, column in places:
            around = [found[near] for near in _before(row, column) if near in found]
            used = [self._used(codes) for codes in self.forms]
            form = form_of.pick(row, column, [near[0] for near in around], used)
            codes = self.forms[form]
            taken = [codes.index(code) for near, code in around if near == form]
            code = codes[self._code(code_of[form], row, column, taken, codes)]
            self.used[code] += 1
            found[row, column] = (form, code)
        return [Seat(room, row + 1, column + 1, form + 1, code) for (row, column), (form, code) in found.items()]

    def _used(self, codes: Sequence[str]) -> int:
        return sum(self.used[code] for code in codes)

    def _code(self, colours: "_Colours", row: int, column: int, taken: Sequence[int], codes: Sequence[str]) -> int:
        """A code of a form. With two or three forms those of the same form are at the corners only."""
        used = [self.used[code] for code in codes]
        if 1 < len(self.forms) < 4:
            return colours.pick_apart(row, taken, used)
        return colours.pick(row, column, taken, used)


class _Colours:
    """Colours for the seats of a room, so that neighbours differ. In a pattern the rarest so far get the most seats."""

    def __init__(self, used: Sequence[int], places: Sequence[tuple[int, int]], dice: Dice) -> None:
        self.count = len(used)
        self.dice = dice
        rarest = sorted(dice.shuffled(range(self.count)), key=lambda colour: used[colour])
        sizes = Counter(self._slot(row, column) for row, column in places)
        slots = sorted(range(self.count), key=lambda slot: -sizes[slot])
        self.order = dict(zip(slots, rarest, strict=True))

    def _slot(self, row: int, column: int) -> int:
        """Where a seat stands in the pattern of two, three or four colours."""
        return row % 2 * 2 + column % 2 if self.count == 4 else (row + column) % self.count

    def pick(self, row: int, column: int, taken: Sequence[int], used: Sequence[int]) -> int:
        """A colour unlike those ``taken`` by the neighbours so far; with few colours by a fixed pattern."""
        if self.count <= 4:
            return self.order[self._slot(row, column)]
        return self._rarest([colour for colour in range(self.count) if colour not in taken], used)

    def pick_apart(self, row: int, taken: Sequence[int], used: Sequence[int]) -> int:
        """The same where only those at the corners are neighbours."""
        if self.count <= 2:
            return self.order[row % self.count]
        return self._rarest([colour for colour in range(self.count) if colour not in taken], used)

    def _rarest(self, colours: Sequence[int], used: Sequence[int]) -> int:
        fewest = min(used[colour] for colour in colours)
        rarest = [colour for colour in colours if used[colour] == fewest]
        return rarest[self.dice.below(len(rarest))]


def _before(row: int, column: int) -> list[tuple[int, int]]:
    """The neighbours that were dealt already: left, and the three in front."""
    return [(row, column - 1), (row - 1, column - 1), (row - 1, column), (row - 1, column + 1)]


def clashes_of(seats: Sequence[Seat]) -> Clashes:
    """How many neighbours share a code."""
    codes = {(seat.room, seat.row, seat.column): seat.code for seat in seats}
    beside = corner = 0
    for (room, row, column), code in codes.items():
        beside += codes.get((room, row, column + 1)) == code
        beside += codes.get((room, row + 1, column)) == code
        corner += codes.get((room, row + 1, column + 1)) == code
        corner += codes.get((room, row + 1, column - 1)) == code
    return Clashes(beside, corner)
