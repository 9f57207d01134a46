"""Weights of terms as numbers that PostgreSQL can intersect: 26 bits say which term, 6 bits how much it counts.

``weights & wanted`` (extension intarray) of a document's numbers with all numbers that the query's terms could have
gives back, in one call in C, what the document has of the query. Two terms share their 26 bits once in 67 million
pairs: that touches a score by a little, never what is found.
"""

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LEVELS = 64
LOWEST = -(2**31)
SLOT_BITS = 0xFFFFFFC0
SEEDS = {"folded": 1, "exact": 2, "bigrams": 3, "private": 4}
EMPTY_HEADER, HEADER, PER_NUMBER = 3, 5, 2
"""The binary form of an array in words of four bytes: its head, and two words a number."""


def slot_of(bag: str, term: bytes) -> int:
    """The number of a term at level 0."""
    return (crc32(term, SEEDS[bag]) & SLOT_BITS) + LOWEST


def packed(bags: Mapping[str, Mapping[bytes, float]]) -> list[int]:
    """All weights of a document, ascending; of two terms in one slot both stay."""
    return sorted(
        {slot_of(bag, term) + level_of(weight) for bag, weights in bags.items() for term, weight in weights.items()}
    )


def level_of(weight: float) -> int:
    return min(max(1, round(weight * LEVELS)), LEVELS - 1)


def unpacked(hits: bytes, counts: NDArray[np.int64], slots: Sequence[int]) -> NDArray[np.float32]:
    """What each document has of each term: a row per document, a column per slot, 0 where the term is not there.

    Args:
        hits: the documents' arrays one after the other, each as ``array_send`` writes it.
        counts: how many numbers each of them has.
        slots: the terms' slots, in the order of the columns.
    """
    words = np.frombuffer(hits, ">i4")
    heads = np.where(counts == 0, EMPTY_HEADER, HEADER)
    ends = np.cumsum(heads + PER_NUMBER * counts)
    rows = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    numbers = words[np.repeat(ends - PER_NUMBER * counts, counts) + PER_NUMBER * within + 1].astype(np.int64)
    found = np.zeros((len(counts), len(slots)), np.float32)
    levels = (numbers - LOWEST) % LEVELS
    order = np.argsort(slots)
    places = np.searchsorted(np.asarray(slots)[order], numbers - levels)
    found[rows, order[places]] = levels / LEVELS
    return found


def all_slots(bag: str, terms: Iterable[str]) -> list[int]:
    return [slot_of(bag, term.encode()) for term in terms]
