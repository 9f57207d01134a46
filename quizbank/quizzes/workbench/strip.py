"""The strip that shows at a look how hard the questions of a paper are, in order: places in a drawing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 64
BAR, GAP, PART_GAP = 10, 4, 14


@dataclass(frozen=True)
class Bar:
    """A question in the strip; the taller the harder. ``low`` and ``high``: how sure that is, as heights from above."""

    position: int
    x: int
    y: float
    height: float
    low: float
    high: float
    level: str


@dataclass(frozen=True)
class Strip:
    width: int
    height: int
    bars: tuple[Bar, ...]


def strip_of(items: Sequence[tuple[int, int, float, float, str]]) -> Strip:
    """A strip of (position, part, expected share of marks, its standard error, level)."""
    bars: list[Bar] = []
    x, before = 0, None
    for position, part, right, error, level in items:
        if before is not None:
            x += BAR + (PART_GAP if part != before else GAP)
        y = round(right * HEIGHT, 1)
        low, high = (round(min(max(right + step, 0), 1) * HEIGHT, 1) for step in (-error, error))
        bars.append(Bar(position, x, min(y, HEIGHT - 2.0), max(round(HEIGHT - y, 1), 2.0), low, high, level))
        before = part
    return Strip(x + BAR, HEIGHT, tuple(bars))
