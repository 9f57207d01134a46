"""Facets put together: documents alike in all of them share one number (a *profile*).

A result is counted once per group of facets, and then only the profiles that occur are taken apart. New documents get
the profile of those before them; only a combination of values that was never met makes another.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from repository.search.embedded.growing import Growing

Docs = NDArray[np.intp]
Keys = NDArray[np.int64]

MOST_PROFILES = 4096
GROWTH = 4
"""A group may come to have so many times as many before all are put together anew."""
MOST_PAIRS = 1 << 20
KEY_BITS = 63


class Grouped(Protocol):
    """A facet, as far as a group needs to know it: ``refs[doc]`` is the number of a document's set of values."""

    @property
    def refs(self) -> NDArray[np.unsignedinteger]: ...

    @property
    def many(self) -> int:
        """How many sets of values there are."""

    def nodes_by_set(self, spare: int) -> NDArray[np.intp]: ...


class Outgrown(Exception):
    """The documents have become too many kinds: the facets must be put together anew."""


class Group:
    """``nodes[profiles[doc]]`` are the numbers of all nodes a document counts under, filled up with a spare one.

    A profile is known by its key: the numbers of its sets of values, each in bits of its own, with room for as many
    sets again.
    """

    def __init__(self, facets: Sequence[Grouped], profiles: NDArray[np.intp], many: int, spare: int) -> None:
        self._facets = facets
        self._widths = [bits_of(facet) for facet in facets]
        self._most = GROWTH * max(MOST_PROFILES, many)
        self._profiles = Growing(np.min_scalar_type(self._most))
        self._profiles.put(0, [profiles])
        examples = np.zeros(many if len(profiles) else 0, np.intp)
        examples[profiles] = np.arange(len(profiles))
        keys = self._keys(examples)
        self._order = keys.argsort()
        self._sorted = keys[self._order]
        self.number_nodes(spare)

    @property
    def profiles(self) -> NDArray[np.unsignedinteger]:
        return self._profiles.values

    def add_to(self, counts: NDArray[np.intp], docs: Docs) -> None:
        """Count the documents by profile, then add the profiles of each node together."""
        if len(self._counted):
            found = np.bincount(self.profiles.take(docs), minlength=len(self._sorted))
            counts[self._counted] += np.add.reduceat(found.take(self._members), self._starts)

    def take_in(self, start: int, spare: int, *, has_new_nodes: bool) -> None:
        """Number the documents from ``start`` on, whose facets are known.

        Raises:
            Outgrown: they don't fit in.
        """
        if any(facet.many > 1 << width for facet, width in zip(self._facets, self._widths, strict=True)):
            raise Outgrown
        keys = self._keys(slice(start, None))
        new = np.unique(keys[~self._knows(keys)])
        if len(new):
            self._learn(new)
        self._profiles.put(start, [self._order.take(self._sorted.searchsorted(keys))])
        if len(new) or has_new_nodes:
            self.number_nodes(spare)

    def number_nodes(self, spare: int) -> None:
        """Find out anew under which nodes each profile counts."""
        keys = np.empty_like(self._sorted)
        keys[self._order] = self._sorted
        rows: list[NDArray[np.intp]] = []
        for facet, width in zip(self._facets, self._widths, strict=True):
            rows.append(facet.nodes_by_set(spare).take(keys & ((1 << width) - 1), axis=0))
            keys >>= width
        nodes = np.hstack(rows)
        members, columns = (nodes != spare).nonzero()
        own = nodes[members, columns]
        order = own.argsort(kind="stable")
        self._members = members[order]
        self._counted, self._starts = np.unique(own[order], return_index=True)

    def _knows(self, keys: Keys) -> NDArray[np.bool_]:
        if not len(self._sorted):
            return np.zeros(len(keys), np.bool_)
        places = np.minimum(self._sorted.searchsorted(keys), len(self._sorted) - 1)
        return np.asarray(self._sorted.take(places) == keys)

    def _learn(self, new: Keys) -> None:
        """Give numbers to profiles that were never met."""
        first = len(self._sorted)
        if first + len(new) > self._most:
            raise Outgrown
        keys = np.concatenate([self._sorted, new])
        numbers = np.concatenate([self._order, np.arange(first, first + len(new))])
        order = keys.argsort()
        self._sorted, self._order = keys[order], numbers[order]

    def _keys(self, docs: Docs | slice) -> Keys:
        keys: Keys = np.zeros(1, np.int64)
        shift = 0
        for facet, width in zip(self._facets, self._widths, strict=True):
            keys = keys | (facet.refs[docs].astype(np.int64) << shift)
            shift += width
        return keys


def groups_of(facets: Sequence[Grouped], spare: int) -> Iterator[Group]:
    """The facets put together, as many as have few profiles; those with fewest values first."""
    together: list[Grouped] = []
    profiles, many, bits = np.empty(0, np.intp), 1, 0
    for facet in sorted(facets, key=lambda one: one.many):
        bits += bits_of(facet)
        joint = joined(profiles, many, facet) if together and bits <= KEY_BITS else None
        if joint is None:
            if together:
                yield Group(together, profiles, many, spare)
            together, profiles, many, bits = [facet], facet.refs.astype(np.intp), facet.many, bits_of(facet)
        else:
            together.append(facet)
            profiles, many = joint
    yield Group(together, profiles, many, spare)


def bits_of(facet: Grouped) -> int:
    """What the numbers of its sets need in a key, were there twice as many."""
    return (2 * facet.many).bit_length()


def joined(profiles: NDArray[np.intp], many: int, facet: Grouped) -> tuple[NDArray[np.intp], int] | None:
    """The profiles told apart by one more facet; None when there would be too many."""
    size = facet.many
    if many * size > MOST_PAIRS:
        return None
    pairs = profiles * size + facet.refs
    occurring = np.bincount(pairs, minlength=many * size).nonzero()[0]
    if len(occurring) > MOST_PROFILES:
        return None
    numbers = np.zeros(many * size, np.intp)
    numbers[occurring] = np.arange(len(occurring))
    return numbers.take(pairs), len(occurring)
