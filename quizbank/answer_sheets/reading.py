"""Reading one sheet from a picture in grey: where it lies, what its QR code says, what stands in its fields."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from quizbank.answer_sheets.finding import (
    PX_PER_MM,
    SIZE,
    VISIBLE,
    Flat,
    Grey,
    Points,
    find_markers,
    lay_flat,
    ring_contrast,
    settle_on_rings,
)
from quizbank.answer_sheets.judging import FieldReading, Scores, judge_field, measure_of
from quizbank.answer_sheets.labels import SheetLabel, label_from
from quizbank.answer_sheets.layout import (
    QR_MM,
    QR_PLACE,
    RADIUS_MM,
    SLOTS,
    Field,
    SheetLayout,
    digits_of_marker,
    fields_of,
)

INNER_MM = 0.8 * RADIUS_MM
FULL_DARKNESS = 0.55
LEAST_SQUARES, ALL_SQUARES = 8, 22
LOST = 0.006
QR_MARGIN_MM = 3.0
GROUP_MM, GROUP_RINGS = (22.0, 27.0), 10


@dataclass(frozen=True)
class Box:
    """A field in the flat picture, in pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class SheetReading:
    """What was read on a sheet. ``picture`` is the page laid flat; ``boxes`` are the places of its fields there."""

    layout: SheetLayout
    label: SheetLabel | None
    fields: tuple[FieldReading, ...]
    boxes: tuple[Box, ...]
    picture: Grey

    def value(self, kind: str) -> str:
        """The digits of ``number`` or ``code`` in a row, a question mark for one that is in doubt."""
        mine = [one for one in self.fields if one.name.partition(".")[0] == kind]
        return "".join(one.value if len(one.value) == 1 else "?" for one in mine)


class NoSheet(Exception):
    """There is no sheet in the picture, or too little of it; ``reason`` is a word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_sheet(picture: Grey, counts: tuple[int, int, int] | None = None) -> SheetReading:
    """Read the sheet in a picture, whichever way it is turned.

    Args:
        picture: in grey.
        counts: how many slots of each part are used, where that is known better than from the QR code.

    Raises:
        NoSheet: ``no-markers`` or ``not-flat``.
    """
    markers = find_markers(picture)
    if not markers:
        raise NoSheet("no-markers")
    flat = lay_flat(picture, markers)
    if flat is None or flat.squares < LEAST_SQUARES:
        raise NoSheet("not-flat")
    label = read_label(flat)
    digits = digits_of_marker(flat.marker_ids[0])
    layout = SheetLayout(*digits, counts or (counts_of(label) if label else SLOTS))
    fields = fields_of(layout)
    spots = spots_of(flat, layout)
    scores = split(scores_of(flat.darkness, spots, letters_of(fields)), fields)
    measure = measure_of(scores)
    read = tuple(
        judge_field(field, own, measure, may_be_empty=is_seen and field.kind not in ("number", "code"))
        for field, own, is_seen in zip(fields, scores, seen_fields(flat, spots, fields), strict=True)
    )
    return SheetReading(layout, label, read, tuple(boxes_of(fields, spots)), flat.picture)


def counts_of(label: SheetLabel) -> tuple[int, int, int]:
    first, second, third = (
        min(int(count), slots) for count, slots in zip(label.layout.split(".")[1:], SLOTS, strict=True)
    )
    return first, second, third


def read_label(flat: Flat) -> SheetLabel | None:
    """The QR code, looked for where it must be, then twice as large."""
    corner = flat.place(np.array([QR_PLACE]))[0]
    left, top = (round(float(value) - QR_MARGIN_MM * PX_PER_MM) for value in corner)
    side = round((QR_MM + 2 * QR_MARGIN_MM) * PX_PER_MM)
    crop = flat.picture[max(0, top) : top + side, max(0, left) : left + side]
    for factor in (2, 3):
        large = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(large)
        if text and (label := label_from(text)) is not None:
            return label
    return None


@lru_cache(maxsize=64)
def plan_of(layout: SheetLayout) -> tuple[Points, tuple[NDArray[np.int64], ...]]:
    """The middles of all rings (mm), and groups of neighbours that are shifted together."""
    points: list[tuple[float, float]] = []
    groups: defaultdict[tuple[bool, int, int], list[int]] = defaultdict(list)
    for field in fields_of(layout):
        for bubble in field.bubbles:
            is_answer = field.kind in ("1", "2", "3")
            groups[is_answer, int(bubble.x // GROUP_MM[0]), int(bubble.y // GROUP_MM[1])].append(len(points))
            points.append((bubble.x, bubble.y))
    middles = np.array(points)
    return middles, tuple(map(np.array, joined(middles, list(groups.values()))))


def joined(middles: Points, groups: Sequence[list[int]]) -> list[list[int]]:
    """The groups, small ones joined to the nearest: a few filled rings alone hide where they are printed."""
    large = [list(group) for group in groups if len(group) >= GROUP_RINGS]
    if not large:
        return [[place for group in groups for place in group]]
    centres = np.array([middles[group].mean(axis=0) for group in large])
    for group in groups:
        if len(group) < GROUP_RINGS:
            nearest = np.linalg.norm(centres - middles[group].mean(axis=0), axis=1).argmin()
            large[int(nearest)].extend(group)
    return large


def spots_of(flat: Flat, layout: SheetLayout) -> Points:
    """Where the rings are in the flat picture, in pixels."""
    plan, groups = plan_of(layout)
    return settle_on_rings(flat.darkness, flat.place(plan), groups)


def seen_fields(flat: Flat, spots: Points, fields: Sequence[Field]) -> list[bool]:
    """Which fields are in the picture, so that one without a mark is empty: not covered, torn off, or in the dark.

    Where the scanner leaves light red out, no ring is seen anywhere; then all solid squares must be there.
    """
    contrast = [float(np.median(own)) for own in split(ring_contrast(flat.darkness, spots), fields)]
    if float(np.median(contrast)) < VISIBLE:
        return [flat.squares >= ALL_SQUARES] * len(fields)
    return [own >= LOST for own in contrast]


@lru_cache(maxsize=1)
def inner_disc() -> NDArray[np.int64]:
    reach = int(INNER_MM * PX_PER_MM)
    steps = np.arange(-reach, reach + 1)
    around = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    inside: NDArray[np.int64] = around[(around**2).sum(axis=1) <= (INNER_MM * PX_PER_MM) ** 2]
    return inside


def letters_of(fields: Sequence[Field]) -> str:
    return "".join(field.values for field in fields)


def scores_of(dark: NDArray[np.float32], spots: Points, letters: str) -> Scores:
    """How dark each ring is inside, beyond what its printed letter gives: the lower third of rings of that letter."""
    places = np.rint(spots).astype(np.int64)[:, None, :] + inner_disc()[None, :, :]
    columns = np.clip(places[..., 0], 0, SIZE[0] - 1)
    rows = np.clip(places[..., 1], 0, SIZE[1] - 1)
    raw = np.minimum(dark[rows, columns], FULL_DARKNESS).mean(axis=1, dtype=np.float64) / FULL_DARKNESS
    signs = np.array(list(letters))
    printed = np.zeros(len(raw))
    usual = float(np.quantile(raw, 0.3))
    for sign in sorted(set(letters)):
        own = signs == sign
        printed[own] = min(float(np.quantile(raw[own], 0.3)), usual + 0.08)
    return np.asarray(np.clip((raw - printed) / (1 - printed), 0.0, 1.0), float)


def split(scores: Scores, fields: Sequence[Field]) -> list[Scores]:
    ends = np.cumsum([len(field.bubbles) for field in fields])
    return list(np.split(scores, ends[:-1]))


def boxes_of(fields: Sequence[Field], spots: Points) -> list[Box]:
    margin = round(1.6 * RADIUS_MM * PX_PER_MM)
    boxes, start = [], 0
    for field in fields:
        own = spots[start : start + len(field.bubbles)]
        start += len(field.bubbles)
        left, top = (int(value) - margin for value in np.floor(own.min(axis=0)))
        right, bottom = (int(value) + margin for value in np.ceil(own.max(axis=0)))
        boxes.append(Box(max(0, left), max(0, top), right - max(0, left), bottom - max(0, top)))
    return boxes
