"""The counts of a facet as an answer carries them: numbers, made into objects for whoever looks."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import overload

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import FacetCount

a_count = partial(tuple.__new__, FacetCount)
"""A ``FacetCount`` of a pair, in a third of the time: an answer may have hundreds."""


class FacetCounts(Sequence[FacetCount]):
    """What was counted under each of some values, in the order given."""

    __slots__ = ("_counts", "_made", "_names", "_nodes")

    def __init__(self, names: Sequence[str], nodes: NDArray[np.intp], counts: NDArray[np.intp]) -> None:
        """``names[nodes[i]]`` is a value and ``counts[i]`` how often it was met. None of them changes afterwards."""
        self._names = names
        self._nodes = nodes
        self._counts = counts
        self._made: tuple[FacetCount, ...] | None = None

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[FacetCount]:
        return iter(self._all())

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[FacetCount, ...]: ...

    def __getitem__(self, place: int | slice) -> FacetCount | tuple[FacetCount, ...]:
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._all())

    def _all(self) -> tuple[FacetCount, ...]:
        if self._made is None:
            values = map(self._names.__getitem__, self._nodes.tolist())
            self._made = tuple(map(a_count, zip(values, self._counts.tolist(), strict=True)))
        return self._made
