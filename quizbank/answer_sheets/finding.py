"""Where a sheet lies in a picture: corner markers, then solid squares, then the rings themselves.

Four steps, each finer than the last: the homography of the corner markers (of those that are found; one is enough to
begin with, for the squares next to it are looked for and the map grows over the page), the same through all solid
squares, a thin-plate spline through what is left at them (paper is seldom flat), and a small shift of every group of
neighbouring rings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from quizbank.answer_sheets.layout import MARKER_MM, MARKER_PLACES, PAGE_MM, RADIUS_MM, SQUARE_MM, square_places
from quizbank.answer_sheets.markers import dictionary

Grey = NDArray[Any]
"""A picture in grey: rows of bytes."""
Points = NDArray[np.float64]

PX_PER_MM = 6.0
SIZE = (round(PAGE_MM[0] * PX_PER_MM), round(PAGE_MM[1] * PX_PER_MM))
MARKERS = 16
SEARCH_MM, GROWN_SEARCH_MM = 4.5, 3.0
STIFFNESS = 2.0
RING_SHIFT_PX = 4
RING_ANGLES = 20
RING_DARKNESS = 0.25
VISIBLE, NEARER = 0.012, 0.0008
SQUARES = np.array(square_places())


@dataclass(frozen=True)
class Flat:
    """A page laid flat: ``PX_PER_MM`` pixels a millimetre, and how far its paper still strays from the plan.

    ``marker_ids``: the corner markers that were found; ``squares``: how many solid squares.
    """

    picture: Grey
    darkness: NDArray[np.float32]
    marker_ids: tuple[int, ...]
    squares: int
    plan: Points
    shift: Points

    def place(self, points_mm: Points) -> Points:
        """Where points of the plan lie in the flat picture, in pixels."""
        return points_mm * PX_PER_MM + spline(self.plan, self.shift, points_mm)


def find_markers(picture: Grey) -> dict[int, Points]:
    """Marker number -> its four corners in the picture, clockwise from its own top left."""
    found = _detect(picture, picture.shape)
    if len(found) < 4:
        clearer = cv2.createCLAHE(3.0, (8, 8)).apply(cv2.GaussianBlur(picture, (0, 0), 1.2))
        found = {**_detect(clearer, picture.shape), **found}
    return _of_one_sheet(found)


def _detect(picture: Grey, shape: tuple[int, ...]) -> dict[int, Points]:
    options = cv2.aruco.DetectorParameters()
    options.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    options.adaptiveThreshWinSizeMin, options.adaptiveThreshWinSizeMax = 15, 63
    options.adaptiveThreshWinSizeStep = 24
    options.minMarkerPerimeterRate, options.maxMarkerPerimeterRate = 0.04, 0.4
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary(), options).detectMarkers(picture)
    if ids is None:
        return {}
    return {int(one): np.asarray(four, float).reshape(4, 2) for one, four in zip(ids.ravel(), corners, strict=True)}


def _of_one_sheet(found: dict[int, Points]) -> dict[int, Points]:
    """The markers of the kind of sheet that most of them belong to."""
    kinds = [marker_id // 4 for marker_id in found if marker_id < MARKERS]
    kind = max(sorted(set(kinds)), key=kinds.count, default=-1)
    return {marker_id: corners for marker_id, corners in found.items() if marker_id // 4 == kind}


def lay_flat(picture: Grey, markers: dict[int, Points]) -> Flat | None:
    """The page that these markers stand on, None where they do not lie as on a page."""
    plan, seen = _corner_pairs(markers)
    home = _homography(plan, seen)
    if home is None:
        return None
    if len(markers) < 4:
        grown = _grow(picture, plan, seen, home)
        if grown is None:
            return None
        home = grown
    if not _is_sound(home, picture.shape):
        return None
    flat = cv2.warpPerspective(picture, home, SIZE, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=255)
    dark = darkness_of(np.asarray(flat, np.uint8))
    places, shifts = find_squares(dark)
    known = _known_corners(markers, home)
    plan_all, shift_all = np.vstack([places, known[0]]), np.vstack([shifts, known[1]])
    return Flat(np.asarray(flat, np.uint8), dark, tuple(sorted(markers)), len(places), plan_all, shift_all)


def _corner_pairs(markers: dict[int, Points]) -> tuple[Points, Points]:
    plan, seen = [], []
    for marker_id, corners in sorted(markers.items()):
        left, top = MARKER_PLACES[marker_id % 4]
        square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * MARKER_MM
        plan.append(square + np.array([left, top]))
        seen.append(corners)
    if not plan:
        return np.empty((0, 2)), np.empty((0, 2))
    return np.vstack(plan), np.vstack(seen)


def _homography(plan_mm: Points, seen: Points) -> NDArray[np.float64] | None:
    """From pixels of the flat page to pixels of the picture."""
    if len(plan_mm) < 4:
        return None
    found, _ = cv2.findHomography(plan_mm * PX_PER_MM, seen, 0)
    return None if found is None else np.asarray(found, float)


def _is_sound(home: NDArray[np.float64], shape: tuple[int, ...]) -> bool:
    """Whether the page is a convex quadrilateral of some size in the picture, not mirrored."""
    width, height = SIZE
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    quad = cv2.perspectiveTransform(corners, home)[0].astype(np.float32)
    if not np.isfinite(quad).all() or np.abs(quad).max() > 8 * max(shape):
        return False
    area = cv2.contourArea(quad, True)
    return bool(cv2.isContourConvex(quad)) and area > 0.04 * shape[0] * shape[1]


def _grow(picture: Grey, plan: Points, seen: Points, home: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """A map of the whole page from fewer than four markers: squares beside what is known are looked for."""
    dark = darkness_of(picture)
    plan, seen = plan.copy(), seen.copy()
    waiting = list(range(len(SQUARES)))
    grown = home
    for _ in range(len(SQUARES)):
        if not waiting:
            break
        distance = [float(np.min(np.linalg.norm(plan - SQUARES[place], axis=1))) for place in waiting]
        place = waiting.pop(int(np.argmin(distance)))
        spot = cv2.perspectiveTransform((SQUARES[place] * PX_PER_MM)[None, None], grown)[0, 0]
        scale = _local_scale(grown, SQUARES[place])
        found = _square_near(dark, spot, scale, GROWN_SEARCH_MM)
        if found is not None:
            plan, seen = np.vstack([plan, SQUARES[place]]), np.vstack([seen, found])
            new, _ = cv2.findHomography(plan * PX_PER_MM, seen, cv2.RANSAC, 3.0 * scale / PX_PER_MM + 1.0)
            grown = grown if new is None else np.asarray(new, float)
    return grown if len(SQUARES) - len(plan) < 2 * len(SQUARES) // 3 else None


def _local_scale(home: NDArray[np.float64], point_mm: Points) -> float:
    """Pixels of the picture a millimetre, around a point of the plan."""
    steps = np.array([(0, 0), (1, 0), (0, 1)])
    around = ((point_mm + steps) * PX_PER_MM)[None]
    middle, right, down = cv2.perspectiveTransform(around, home)[0]
    return float(np.hypot(*(right - middle)) + np.hypot(*(down - middle))) / 2


def darkness_of(picture: Grey) -> NDArray[np.float32]:
    """0 for the paper around, 1 for black, whatever the light: the paper is what is left when small dark things go."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    size = max(5, round(6.5 * PX_PER_MM / 4) | 1)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    paper = cv2.GaussianBlur(paper, (0, 0), 2.0)
    paper = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    bright = picture.astype(np.float32) / np.maximum(paper.astype(np.float32), 8.0)
    return np.asarray(np.clip(1.0 - bright, 0.0, 1.0), np.float32)


def find_squares(dark: NDArray[np.float32]) -> tuple[Points, Points]:
    """The solid squares of a flat page: their places in the plan (mm), and how far off they lie (pixels)."""
    places, shifts = [], []
    for place in SQUARES:
        expected = place * PX_PER_MM
        found = _square_near(dark, expected, PX_PER_MM, SEARCH_MM)
        if found is not None:
            places.append(place)
            shifts.append(found - expected)
    return np.array(places).reshape(-1, 2), np.array(shifts).reshape(-1, 2)


def _square_near(dark: NDArray[np.float32], spot: Points, scale: float, search_mm: float) -> Points | None:
    """The middle of a solid square near a spot; None where nothing there is as large and as dark as one."""
    reach = round((search_mm + SQUARE_MM) * scale)
    x, y = round(float(spot[0])), round(float(spot[1]))
    left, top = max(0, x - reach), max(0, y - reach)
    window = dark[top : y + reach + 1, left : x + reach + 1]
    side = max(3, round(SQUARE_MM * scale))
    if min(window.shape, default=0) < side + 4:
        return None
    ink = cv2.GaussianBlur(window, (0, 0), 0.8)
    solid = cv2.boxFilter(ink, -1, (side, side), normalize=True)
    around = cv2.boxFilter(ink, -1, (side + side // 2 * 2, side + side // 2 * 2), normalize=True)
    score = solid - 0.6 * (around - solid * (side / (side + side // 2 * 2)) ** 2)
    _, best, _, (peak_x, peak_y) = cv2.minMaxLoc(score)
    if best < 0.35 or solid[peak_y, peak_x] < 0.4:
        return None
    half = side
    box = ink[max(0, peak_y - half) : peak_y + half + 1, max(0, peak_x - half) : peak_x + half + 1]
    weight = np.clip(box - 0.5 * float(solid[peak_y, peak_x]), 0, None)
    total = float(weight.sum())
    if total <= 0:
        return None
    rows, columns = np.indices(box.shape)
    middle_x = float((weight * columns).sum()) / total + max(0, peak_x - half) + left
    middle_y = float((weight * rows).sum()) / total + max(0, peak_y - half) + top
    return np.array([middle_x, middle_y])


def _known_corners(markers: dict[int, Points], home: NDArray[np.float64]) -> tuple[Points, Points]:
    """The middles of the markers as further points of the spline."""
    plan, seen = _corner_pairs(markers)
    back = cv2.perspectiveTransform(seen[None], np.linalg.inv(home))[0]
    middles_plan = plan.reshape(-1, 4, 2).mean(axis=1)
    middles_seen = back.reshape(-1, 4, 2).mean(axis=1)
    return middles_plan, middles_seen - middles_plan * PX_PER_MM


def spline(plan: Points, shift: Points, wanted: Points) -> Points:
    """A smoothing thin-plate spline through the shifts at points of the plan, at other points."""
    if len(plan) < 4:
        return np.zeros_like(wanted)
    middle, reach = plan.mean(axis=0), 100.0
    source, target = (plan - middle) / reach, (wanted - middle) / reach
    count = len(source)
    kernel = _bend(source, source) + np.eye(count) * STIFFNESS * 1e-3
    flat = np.hstack([np.ones((count, 1)), source])
    system = np.block([[kernel, flat], [flat.T, np.zeros((3, 3))]])
    weights = np.linalg.lstsq(system, np.vstack([shift, np.zeros((3, 2))]), rcond=None)[0]
    found: Points = (
        _bend(target, source) @ weights[:count] + np.hstack([np.ones((len(target), 1)), target]) @ weights[count:]
    )
    return found


def _bend(points: Points, others: Points) -> Points:
    squared = ((points[:, None, :] - others[None, :, :]) ** 2).sum(axis=2)
    bent: Points = squared * np.log(np.maximum(squared, 1e-12)) / 2
    return bent


def settle_on_rings(dark: NDArray[np.float32], spots: Points, groups: Sequence[NDArray[np.int64]]) -> Points:
    """The spots shifted, group by group, to where their printed rings are.

    A group whose rings can't be told from the paper stays where it is.
    """
    steps = np.arange(-RING_SHIFT_PX, RING_SHIFT_PX + 1)
    shifts = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    settled = spots.copy()
    for group in groups:
        points = (spots[group][:, None, :] + circle(RADIUS_MM)[None, :, :]).reshape(-1, 2)
        scores = inked(dark, points[None, :, :] + shifts[:, None, :]).mean(axis=1)
        best = int(np.argmax(scores - NEARER * (shifts**2).sum(axis=1)))
        if scores[best] - np.median(scores) > VISIBLE:
            settled[group] += shifts[best]
    return settled


def ring_contrast(dark: NDArray[np.float32], spots: Points) -> NDArray[np.float64]:
    """How much darker each printed ring is than the paper just inside and outside of it."""
    on_ring, inside, outside = (
        inked(dark, spots[:, None, :] + circle(RADIUS_MM * share)[None, :, :]).mean(axis=1)
        for share in (1.0, 0.72, 1.22)
    )
    return np.asarray(on_ring - np.minimum(inside, outside), float)


def circle(radius_mm: float) -> Points:
    angles = np.arange(RING_ANGLES) * 2 * np.pi / RING_ANGLES
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius_mm * PX_PER_MM


def inked(dark: NDArray[np.float32], points: Points) -> NDArray[np.float32]:
    """The darkness at points (pixels), a pen's mark counting no more than a printed ring."""
    places = np.rint(points).astype(np.int64)
    columns = np.clip(places[..., 0], 0, dark.shape[1] - 1)
    rows = np.clip(places[..., 1], 0, dark.shape[0] - 1)
    found: NDArray[np.float32] = np.minimum(dark[rows, columns], RING_DARKNESS)
    return found
