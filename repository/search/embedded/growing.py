"""Columns in memory that follow the index: what changes at their end leaves the rest where it is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

SPARE_SHARE = 8
LEAST_SPARE = 1_024


class Growing:
    """One number for each document. ``values`` is another array after every change: don't keep it."""

    def __init__(self, dtype: DTypeLike) -> None:
        self._room: NDArray[Any] = np.empty(0, dtype)
        self.values = self._room

    def put(self, start: int, pieces: Sequence[NDArray[Any]]) -> None:
        """``pieces`` one after the other from ``start`` on; what stood there and behind is forgotten."""
        end = start + sum(map(len, pieces))
        if end > len(self._room):
            room = np.empty(end + end // SPARE_SHARE + LEAST_SPARE, self._room.dtype)
            room[:start] = self._room[:start]
            self._room = room
        for piece in pieces:
            self._room[start : start + len(piece)] = piece
            start += len(piece)
        self.values = self._room[:end]

    def widen(self, dtype: DTypeLike) -> None:
        """Numbers of another type, in place of those that have become too small."""
        if self._room.dtype != dtype:
            end = len(self.values)
            self._room = self._room.astype(dtype)
            self.values = self._room[:end]
