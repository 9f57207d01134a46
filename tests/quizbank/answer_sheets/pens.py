"""People filling answer sheets: pens, pencils, habits and slips. Seeded; coordinates in millimetres."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from quizbank.answer_sheets.layout import Bubble, Field, SheetLayout, fields_of

Grey = NDArray[Any]
Chance = np.random.Generator


@dataclass(frozen=True)
class Pen:
    """``ink``: how bright it is on white paper; ``streaks``: how much paper shines through; ``width`` in mm."""

    name: str
    ink: float
    streaks: float
    width: float


PENS = (
    Pen("black ballpoint", 0.12, 0.12, 0.55),
    Pen("blue ballpoint", 0.28, 0.15, 0.55),
    Pen("gel", 0.08, 0.03, 0.7),
    Pen("soft pencil", 0.35, 0.2, 0.8),
    Pen("hard pencil", 0.52, 0.25, 0.7),
)
HABITS = ("full", "full", "full", "full", "full", "full", "loose", "loose", "cross", "tick")


@dataclass(frozen=True)
class Filled:
    """What somebody meant: field name -> sign ("" for nothing, two signs for a slip that stayed)."""

    meant: dict[str, str]
    slips: frozenset[str]


def fill_in(page: Grey, scale: float, layout: SheetLayout, chance: Chance, *, careless: bool) -> tuple[Grey, Filled]:
    """Mark a printed page (grey, ``scale`` pixels a millimetre) as a person would; says what they meant."""
    pen = PENS[int(chance.integers(len(PENS)))]
    habit = HABITS[int(chance.integers(len(HABITS)))] if careless or chance.random() < 0.3 else "full"
    if habit == "tick" and not careless:
        habit = "cross"
    paper = page.astype(np.float32) / 255.0
    meant: dict[str, str] = {}
    slips = set()
    hand = Hand(paper, scale, pen, chance)
    for field in fields_of(layout):
        wanted = choose(field, chance)
        meant[field.name] = wanted
        if not wanted:
            continue
        target = next(bubble for bubble in field.bubbles if bubble.value == wanted)
        hand.mark(target, habit)
        others = [bubble for bubble in field.bubbles if bubble is not target]
        other = others[int(chance.integers(len(others)))] if others else None
        if other is None or field.kind in ("number", "code"):
            continue
        slip = chance.random()
        if slip < 0.015:
            hand.erased(other)
        elif slip < 0.017:
            hand.mark(other, habit)
            meant[field.name] = "".join(sorted((wanted, other.value)))
            slips.add(field.name)
        elif slip < 0.022 and careless:
            hand.stray(other)
    return (np.clip(hand.paper, 0, 1) * 255).astype(np.uint8), Filled(meant, frozenset(slips))


def choose(field: Field, chance: Chance) -> str:
    if field.kind == "3":
        column = int(field.name[-1])
        if chance.random() < (0.1, 0.15, 0.3, 0.45)[column - 1]:
            return ""
    elif field.kind in "12" and chance.random() < 0.03:
        return ""
    return field.values[int(chance.integers(len(field.values)))]


class Hand:
    """A hand with a pen over a page."""

    def __init__(self, paper: NDArray[np.float32], scale: float, pen: Pen, chance: Chance) -> None:
        self.paper, self.scale, self.pen, self.chance = paper, scale, pen, chance

    def mark(self, bubble: Bubble, habit: str) -> None:
        radius = {"full": self.chance.uniform(1.5, 2.1), "loose": self.chance.uniform(1.1, 1.7)}.get(habit)
        x, y = bubble.x + self.chance.normal(0, 0.18), bubble.y + self.chance.normal(0, 0.18)
        if radius is not None:
            self.blot(x, y, radius)
        elif habit == "cross":
            reach = self.chance.uniform(1.4, 2.2)
            self.strokes(x, y, [((-reach, -reach), (reach, reach)), ((-reach, reach), (reach, -reach))])
        else:
            reach = self.chance.uniform(1.4, 2.0)
            self.strokes(x, y, [((-reach, 0), (-0.3 * reach, reach)), ((-0.3 * reach, reach), (reach, -reach))])

    def blot(self, x: float, y: float, radius: float) -> None:
        angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        wobble = radius * (1 + self.chance.normal(0, 0.06, 24))
        outline = np.stack([x + wobble * np.cos(angles), y + wobble * np.sin(angles)], axis=1)
        self.ink(lambda mask, place: cv2.fillPoly(mask, [place(outline)], 1.0, cv2.LINE_AA, 4), x, y, 3.2)

    def strokes(self, x: float, y: float, lines: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
        width = max(1, round(self.pen.width * 1.2 * self.scale))

        def draw(mask: NDArray[np.float32], place: object) -> None:
            for start, end in lines:
                jitter = self.chance.normal(0, 0.15, 4)
                ends = np.array(
                    [
                        (x + start[0] + jitter[0], y + start[1] + jitter[1]),
                        (x + end[0] + jitter[2], y + end[1] + jitter[3]),
                    ]
                )
                cv2.polylines(mask, [place(ends)], False, 1.0, width, cv2.LINE_AA, 4)  # type: ignore[operator]

        self.ink(draw, x, y, 4.0)

    def stray(self, bubble: Bubble) -> None:
        """A short accidental line that touches a ring."""
        reach = self.chance.uniform(0.8, 1.6)
        self.strokes(bubble.x + self.chance.uniform(1.0, 2.0), bubble.y, [((-reach, -0.4), (reach, 0.4))])

    def erased(self, bubble: Bubble) -> None:
        """What a rubber leaves of a filled ring."""
        pen = self.pen
        self.pen = Pen("ghost", self.chance.uniform(0.86, 0.95), 0.3, pen.width)
        self.blot(bubble.x, bubble.y, self.chance.uniform(1.5, 2.1))
        self.pen = pen

    def ink(self, draw: object, x: float, y: float, reach: float) -> None:
        left, top = int((x - reach) * self.scale), int((y - reach) * self.scale)
        side = int(2 * reach * self.scale)
        mask = np.zeros((side, side), np.float32)

        def place(points: NDArray[np.float64]) -> NDArray[np.int32]:
            return np.rint((points * self.scale - (left, top)) * 16).astype(np.int32)

        draw(mask, place)  # type: ignore[operator]
        grain = cv2.GaussianBlur(self.chance.random((side, side)).astype(np.float32), (0, 0), 1.5)
        grain = np.clip((grain - 0.5) * 8 + 0.5, 0, 1) * self.pen.streaks * 2
        cover = np.clip(mask * (1 - grain), 0, 1)
        window = self.paper[top : top + side, left : left + side]
        cover = cover[: window.shape[0], : window.shape[1]]
        window *= 1 - cover * (1 - self.pen.ink)
