import struct

import numpy as np
import pytest

from repository.search.postgres.packing import packed, slot_of, unpacked

INT4 = 23


def sent(numbers: list[int]) -> bytes:
    """As ``array_send`` writes it."""
    if not numbers:
        return struct.pack(">iii", 0, 0, INT4)
    pieces = b"".join(struct.pack(">ii", 4, number) for number in numbers)
    return struct.pack(">iiiii", 1, 0, INT4, len(numbers), 1) + pieces


def test_weights_come_back_as_they_were_packed() -> None:
    one = packed({"folded": {b"song": 0.5, b"bien": 0.25}, "bigrams": {b"song bien": 0.75}})
    two = packed({"folded": {b"bien": 1.0}})
    slots = [slot_of("folded", b"song"), slot_of("folded", b"bien"), slot_of("bigrams", b"song bien")]
    rows = unpacked(sent(one) + sent([]) + sent(two), np.array([3, 0, 1]), slots)
    assert rows.tolist() == [[0.5, 0.25, 0.75], [0, 0, 0], [0, pytest.approx(63 / 64), 0]]


def test_numbers_are_ascending_and_fit_into_four_bytes() -> None:
    numbers = packed({"folded": {f"w{n}".encode(): n / 500 for n in range(500)}})
    assert numbers == sorted(set(numbers))
    assert numbers[0] >= -(2**31)
    assert numbers[-1] < 2**31


def test_the_lightest_weight_is_still_one() -> None:
    (number,) = packed({"folded": {b"song": 0.001}})
    assert number == slot_of("folded", b"song") + 1


def test_one_word_has_another_slot_in_every_bag() -> None:
    assert len({slot_of(bag, b"song") for bag in ("folded", "exact", "bigrams", "private")}) == 4
