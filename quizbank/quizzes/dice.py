"""Chance that is the same on every machine and in every Python: SHA-256 in counter mode, no ``random``."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import count
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of fair throws that depends on nothing but ``facts``.

    >>> Dice(7, "101").shuffled("ABCD") == Dice(7, "101").shuffled("ABCD")
    True
    """

    def __init__(self, *facts: object) -> None:
        self._throws = self._words("\x1f".join(str(fact) for fact in facts).encode())

    @staticmethod
    def _words(key: bytes) -> Iterator[int]:
        """32-bit words without end."""
        for block in count():
            digest = sha256(key + b"\x1f" + block.to_bytes(8, "big")).digest()
            for start in range(0, 32, 4):
                yield int.from_bytes(digest[start : start + 4], "big")

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit - 1``, each equally likely (``limit`` at most 2**32)."""
        fair = 2**32 - 2**32 % limit
        word = next(self._throws)
        while word >= fair:
            word = next(self._throws)
        return word % limit

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """The same things in a random order (Fisher and Yates)."""
        result = list(things)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result
