"""Points in the areas of a picture: which they lie in, and what that is worth."""

from fractions import Fraction

from quizbank.questions.formats.qti_values import Area, AreaMapping, Simple, Unscorable, Value, bounded, number_of

_COORDINATES = {"circle": 3, "ellipse": 4, "rect": 4}


def area_of(shape: str, coordinates: str, worth: Fraction = Fraction(0)) -> Area | None:
    """The area as QTI writes it, or None where it is none."""
    numbers = [number_of(part) for part in coordinates.replace(",", " ").split()]
    found = tuple(number for number in numbers if number is not None)
    is_whole = len(found) == len(numbers)
    is_poly = shape == "poly" and len(found) >= 6 and len(found) % 2 == 0
    if shape != "default" and not (is_whole and (is_poly or _COORDINATES.get(shape) == len(found))):
        return None
    return Area(shape, found, worth)


def point_of(single: Simple) -> tuple[Fraction, Fraction]:
    """The two coordinates of a point.

    Raises:
        Unscorable: it is no point.
    """
    numbers = [number_of(part) for part in single] if isinstance(single, tuple) else []
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        raise Unscorable("point")
    return numbers[0], numbers[1]


def is_inside(area: Area, point: tuple[Fraction, Fraction]) -> bool:
    """Whether a point lies in an area or on its edge."""
    (x, y), given = point, area.coordinates
    if area.shape == "default":
        return True
    if area.shape == "circle":
        return (x - given[0]) ** 2 + (y - given[1]) ** 2 <= given[2] ** 2
    if area.shape == "rect":
        return min(given[0], given[2]) <= x <= max(given[0], given[2]) and (
            min(given[1], given[3]) <= y <= max(given[1], given[3])
        )
    if area.shape == "ellipse":
        across, down = given[2], given[3]
        return bool(across and down) and ((x - given[0]) / across) ** 2 + ((y - given[1]) / down) ** 2 <= 1
    return _is_in_polygon(given, x, y)


def _is_in_polygon(given: tuple[Fraction, ...], x: Fraction, y: Fraction) -> bool:
    corners = list(zip(given[::2], given[1::2], strict=True))
    is_within = False
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if not turn and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        if (y1 > y) != (y2 > y) and (turn > 0) == (y2 > y1):
            is_within = not is_within
    return is_within


def worth_of_points(mapping: AreaMapping, value: Value) -> Fraction:
    """What the points of a response are worth: each area once, points outside of all by the default."""
    total, used = Fraction(0), set[int]()
    for single in value or ():
        point = point_of(single)
        place = next((place for place, area in enumerate(mapping.areas) if is_inside(area, point)), None)
        if place is None:
            total += mapping.default
        elif place not in used:
            used.add(place)
            total += mapping.areas[place].worth
    return bounded(total, mapping.lower, mapping.upper)
