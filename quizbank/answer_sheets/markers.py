"""The corner markers: the 4 x 4 markers of ArUco's first dictionary, drawn here cell by cell."""

from functools import lru_cache

import cv2

CELLS = 6


@lru_cache(maxsize=16)
def marker_cells(marker_id: int) -> tuple[tuple[bool, ...], ...]:
    """Row by row, whether a cell is black; the outer ring always is."""
    drawn = cv2.aruco.generateImageMarker(dictionary(), marker_id, CELLS)
    return tuple(tuple(bool(cell == 0) for cell in row) for row in drawn)


def dictionary() -> cv2.aruco.Dictionary:
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
