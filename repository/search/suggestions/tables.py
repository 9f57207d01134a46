"""Flat tables that load at once: strings in one run of bytes with their ends in an array, prefixes by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
Places = NDArray[np.int32]


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
        start = int(self.ends[number - 1]) if number else 0
        return self.blob[start : int(self.ends[number])].decode()

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

        first = bisect_left(self.starts, wanted, key=beginning)
        return first, bisect_right(self.starts, wanted, lo=first, key=beginning)

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
        return int(self.counts_of(np.array([left << 32 | right], np.uint64))[0])

    def counts_of(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The counts of many keys; 0 where two words never met."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int32)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.counts[places], 0)

    def arrays(self, name: str) -> Arrays:
        return {f"{name}_keys": self.keys, f"{name}_counts": self.counts}

    @classmethod
    def among(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Pairs":
        return cls(arrays[f"{name}_keys"], arrays[f"{name}_counts"])
