"""Counts are numbers until somebody looks, and then what they always were."""

import numpy as np
import pytest

from repository.search.documents import FacetCount
from repository.search.embedded.counted import FacetCounts

COUNTED = FacetCounts(["hoá", "toán", "lí"], np.array([1, 0]), np.array([7, 2]))
AS_OBJECTS = (FacetCount("toán", 7), FacetCount("hoá", 2))


def test_counts_are_a_sequence_of_values_and_numbers() -> None:
    assert tuple(COUNTED) == AS_OBJECTS
    assert [(one.value, one.count) for one in COUNTED] == [("toán", 7), ("hoá", 2)]
    assert (len(COUNTED), COUNTED[-1], COUNTED[:1]) == (2, AS_OBJECTS[1], AS_OBJECTS[:1])


def test_counts_equal_the_same_counts_however_they_are_kept() -> None:
    others = FacetCounts(["toán", "hoá"], np.array([0, 1]), np.array([7, 2]))
    assert COUNTED == others == AS_OBJECTS
    assert others != FacetCounts(["toán", "hoá"], np.array([0, 1]), np.array([7, 3]))
    assert AS_OBJECTS[:1] != COUNTED
    assert COUNTED != 2
    assert repr(COUNTED) == repr(AS_OBJECTS)


def test_counts_are_plain_numbers() -> None:
    assert type(COUNTED[0].count) is int


def test_what_can_be_equal_to_a_tuple_of_another_hash_has_none() -> None:
    with pytest.raises(TypeError):
        hash(COUNTED)
