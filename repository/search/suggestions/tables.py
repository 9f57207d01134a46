"""Flat tables that load at once: strings in one run of bytes with their ends in an array, prefixes by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
Places = NDArray[np.int32]
FEW = 12
"""Pairs are looked up one by one; more of them all at once."""


@dataclass(frozen=True)
class Strings:
    """A list of strings that costs its bytes and four more each."""

    blob: bytes
    ends: Places

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Strings":
        encoded = [text.encode() for text in texts]
        return cls(b"".join(encoded), np.cumsum([len(text) for text in encoded], dtype=np.int32))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self.blob[start : self._ends[number]].decode()

    @cached_property
    def _ends(self) -> memoryview:
        return self.ends.data  # gives plain numbers, one at a time, faster than numpy does

    def arrays(self, name: str) -> Arrays:
        return {f"{name}_blob": np.frombuffer(self.blob, np.uint8), f"{name}_ends": self.ends}

    @classmethod
    def among(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Strings":
        return cls(arrays[f"{name}_blob"].tobytes(), arrays[f"{name}_ends"])


@dataclass(frozen=True)
class Prefixes:
    """Places in a run of bytes, in the order of the text that begins there."""

    blob: bytes
    starts: Places

    def found(self, prefix: str) -> tuple[int, int]:
        """The first of the places whose text begins so, and the one after the last."""
        wanted = prefix.encode()
        blob, length = self.blob, len(wanted)

        def beginning(start: int) -> bytes:
            return blob[start : start + length]

        first = bisect_left(self.places, wanted, key=beginning)
        return first, bisect_right(self.places, wanted, lo=first, key=beginning)

    @cached_property
    def places(self) -> memoryview:
        return self.starts.data

    def arrays(self, name: str) -> Arrays:
        return {f"{name}_blob": np.frombuffer(self.blob, np.uint8), f"{name}_starts": self.starts}

    @classmethod
    def among(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Prefixes":
        return cls(arrays[f"{name}_blob"].tobytes(), arrays[f"{name}_starts"])


@dataclass(frozen=True)
class Pairs:
    """How often one numbered word stands before another: ascending keys, left word in the high half."""

    keys: NDArray[np.uint64]
    counts: NDArray[np.int32]

    def count(self, left: int, right: int) -> int:
        """0 where two words never met, or where one is unknown (below 0)."""
        if left < 0 or right < 0:
            return 0
        rows, keys, key = self._rows, self._keys, left << 32 | right
        if left + 1 >= len(rows):
            return 0
        end = rows[left + 1]
        place = bisect_left(keys, key, rows[left], end)
        return self._counts[place] if place < end and keys[place] == key else 0

    def counts_after(self, left: int, words: Sequence[int]) -> list[tuple[int, int]]:
        """Which of the words were met after a known one: the place of each among ``words``, and how often."""
        if len(words) > FEW:
            return self._met(np.array(words, np.uint64) | np.uint64(left << 32))
        rows, keys = self._rows, self._keys
        if left + 1 >= len(rows):
            return []
        first, end, high = rows[left], rows[left + 1], left << 32
        found = ((place, bisect_left(keys, high | word, first, end), high | word) for place, word in enumerate(words))
        return [(place, self._counts[at]) for place, at, key in found if at < end and keys[at] == key]

    def counts_before(self, right: int, words: Sequence[int]) -> list[tuple[int, int]]:
        """The same of the words before a known one."""
        if len(words) > FEW:
            return self._met(np.array(words, np.uint64) << np.uint64(32) | np.uint64(right))
        return [(place, met) for place, word in enumerate(words) if (met := self.count(word, right))]

    def _met(self, keys: NDArray[np.uint64]) -> list[tuple[int, int]]:
        if not len(self.keys):
            return []
        places = self.keys.searchsorted(keys)
        found = (self.keys.take(places, mode="clip") == keys).nonzero()[0].tolist()
        return [(place, self._counts[places[place]]) for place in found]

    @cached_property
    def _rows(self) -> memoryview:
        """Where the pairs of each left word begin."""
        last = int(self.keys[-1] >> np.uint64(32)) if len(self.keys) else -1
        lefts = np.arange(last + 2, dtype=np.uint64) << np.uint64(32)
        return self.keys.searchsorted(lefts).data

    @cached_property
    def _keys(self) -> memoryview:
        return self.keys.data

    @cached_property
    def _counts(self) -> memoryview:
        return self.counts.data

    def arrays(self, name: str) -> Arrays:
        return {f"{name}_keys": self.keys, f"{name}_counts": self.counts}

    @classmethod
    def among(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Pairs":
        return cls(arrays[f"{name}_keys"], arrays[f"{name}_counts"])
