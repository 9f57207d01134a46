"""The facets of the whole index in memory: who passes a filter, and how often each value occurs in a result.

Facets with few values are put together: documents alike in all of them share one number (a *profile*), so that a
result is counted once per group of facets, and then only the profiles that occur are taken apart.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import FACETS, FacetCount
from repository.search.embedded.lists import Docs
from repository.search.embedded.schema import ID_STEP, KINDS, SEPARATOR
from repository.search.embedded.segments import SegmentView
from repository.search.text import bare_of

Mask = NDArray[np.bool_]
Values = tuple[str, ...]
Counts = NDArray[np.intp]

NAMES = ("kind", *FACETS)
TREE_FACETS = frozenset({"topic"})
TYPED_FACETS = frozenset({"organisation"})
"""Their values are names that people type; the others are ids."""
MOST_PROFILES = 4096
MOST_PAIRS = 1 << 20
MASKS_KEPT = 32
VALUES_KEPT = 20_000


@dataclass(frozen=True)
class Facet:
    """``sets[refs[doc]]`` are a document's values, often one, sometimes several. Its nodes count from ``first``."""

    name: str
    refs: NDArray[np.unsignedinteger]
    sets: tuple[Values, ...]
    nodes: Values
    first: int

    def nodes_by_set(self, spare: int) -> NDArray[np.intp]:
        """What the documents with each set of values are counted under: a row a set, filled up with ``spare``."""
        places = {node: place for place, node in enumerate(self.nodes, self.first)}
        rows = [[places[node] for node in under(self.name, values)] for values in self.sets]
        width = max(map(len, rows), default=0)
        filled = [row + [spare] * (width - len(row)) for row in rows]
        return np.array(filled, np.intp).reshape(len(rows), width)


@dataclass(frozen=True)
class Group:
    """``nodes[profiles[doc]]`` are the numbers of all nodes a document counts under, filled up with a spare one."""

    profiles: NDArray[np.unsignedinteger]
    nodes: NDArray[np.intp]

    def add_to(self, counts: NDArray[np.float64], docs: Docs) -> None:
        found = np.bincount(self.profiles.take(docs))
        occurring = found.nonzero()[0]
        nodes = self.nodes.take(occurring, axis=0)
        amounts = np.repeat(found.take(occurring), nodes.shape[1])
        counts += np.bincount(nodes.ravel(), amounts, len(counts))


class FacetTable:
    def __init__(self, views: Sequence[SegmentView]) -> None:
        self.count = sum(view.count for view in views)
        self.facets: dict[str, Facet] = {}
        first = 0
        for name in NAMES:
            self.facets[name] = facet_of(name, views, first)
            first += len(self.facets[name].nodes)
        self.spare = first
        self._nodes = [node for facet in self.facets.values() for node in facet.nodes]
        self._facet_of = np.repeat(np.arange(len(NAMES)), [len(facet.nodes) for facet in self.facets.values()])
        self._values: dict[tuple[int, ...], Mapping[str, Values]] = {}
        self._masks: OrderedDict[tuple[str, Values], Mask] = OrderedDict()

    def mask(self, name: str, values: Values) -> Mask:
        """Which documents have one of the values, or on a tree something below one."""
        key = (name, values)
        found = self._masks.get(key)
        if found is None:
            facet, wanted = self.facets[name], frozenset(values)
            accepted = [not wanted.isdisjoint(under(name, had)) for had in facet.sets]
            found = self._masks[key] = np.array(accepted, np.bool_).take(facet.refs)
            if len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
        return found

    def values_meant(self, name: str, typed: Values) -> Values:
        """The values that were typed; of names, those that have what was typed in them."""
        if name not in TYPED_FACETS:
            return typed
        wanted = [bare_of(text) for text in typed]
        return tuple(n for n in self.facets[name].nodes if any(text in bare_of(n) for text in wanted)) or typed

    def values_of(self, doc: int) -> Mapping[str, Values]:
        """All values of a document, those of ``kind`` left out."""
        profile = tuple([int(group.profiles[doc]) for group in self.groups])
        found = self._values.get(profile)
        if found is None:
            had = ((name, facet.sets[facet.refs[doc]]) for name, facet in self.facets.items() if name != "kind")
            found = {name: values for name, values in had if values}
            if len(self._values) < VALUES_KEPT:
                self._values[profile] = found
        return found

    def counts(self, docs: Docs) -> Counts:
        """How many of the documents count under each node."""
        counts = np.zeros(self.spare + 1, np.float64)
        if len(docs):
            for group in self.groups:
                group.add_to(counts, docs)
        return counts.astype(np.intp)

    def nodes_of(self, name: str) -> slice:
        """Where the counts of a facet stand among those of all."""
        facet = self.facets[name]
        return slice(facet.first, facet.first + len(facet.nodes))

    def listed(self, counts: Counts) -> dict[str, tuple[FacetCount, ...]]:
        """The counts of each facet, most frequent first, equal ones by value."""
        order = np.lexsort((-counts[:-1], self._facet_of))
        order = order[counts[order] > 0]
        ends = np.searchsorted(self._facet_of[order], np.arange(len(NAMES)), side="right").tolist()
        nodes = self._nodes
        pairs = zip([nodes[at] for at in order.tolist()], counts[order].tolist(), strict=True)
        listed = tuple(
            [tuple.__new__(FacetCount, pair) for pair in pairs]
        )  # many: a third of the time of FacetCount(*pair)
        return {name: listed[start:end] for name, start, end in zip(NAMES, [0, *ends], ends, strict=False)}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return tuple(groups_of(tuple(self.facets.values()), self.spare))


def facet_of(name: str, views: Sequence[SegmentView], first: int) -> Facet:
    """One facet of all segments, their own numbers of values made common ones."""
    sets: dict[Values, int] = {}
    refs = [np.empty(0, np.uint32)]
    for view in views:
        own, numbers = sets_of(name, view)
        common = np.array([sets.setdefault(values, len(sets)) for values in own], np.uint32)
        refs.append(common.take(numbers))
    nodes = sorted({node for values in sets for node in under(name, values)})
    return Facet(name, narrow(np.concatenate(refs), len(sets)), tuple(sets), tuple(nodes), first)


def narrow(numbers: NDArray[np.integer], many: int) -> NDArray[np.unsignedinteger]:
    """Numbers below ``many`` in as few bytes as they need."""
    return numbers.astype(np.uint16 if many <= 1 << 16 else np.uint32)


def sets_of(name: str, view: SegmentView) -> tuple[list[Values], NDArray[np.integer]]:
    """The distinct sets of values in a segment, and the number of each document's."""
    if name == "kind":
        return [(kind,) for kind in KINDS], view.numbers["ident"] % ID_STEP
    column = view.facets[name]
    return [tuple(filter(None, raw.decode().split(SEPARATOR))) for raw in column.values], column.refs


@lru_cache(maxsize=VALUES_KEPT)
def under(name: str, values: Values) -> frozenset[str]:
    """The values themselves; on a tree also all that they lie below."""
    if name not in TREE_FACETS:
        return frozenset(values)
    return frozenset({node for value in values for node in path_of(value)})


def path_of(value: str) -> Iterator[str]:
    """``a.b.c`` lies in ``a``, ``a.b`` and ``a.b.c``."""
    steps = value.split(".")
    for length in range(1, len(steps) + 1):
        yield ".".join(steps[:length])


def groups_of(facets: Sequence[Facet], spare: int) -> Iterator[Group]:
    """The facets put together, as many as have few profiles; those with fewest values first."""
    together: list[Facet] = []
    profiles, many = np.empty(0, np.intp), 1
    for facet in sorted(facets, key=lambda one: len(one.sets)):
        joint = joined(profiles, many, facet) if together else None
        if joint is None:
            if together:
                yield group_of(together, profiles, many, spare)
            together, profiles, many = [facet], facet.refs.astype(np.intp), len(facet.sets)
        else:
            together.append(facet)
            profiles, many = joint
    yield group_of(together, profiles, many, spare)


def joined(profiles: NDArray[np.intp], many: int, facet: Facet) -> tuple[NDArray[np.intp], int] | None:
    """The profiles told apart by one more facet; None when there would be too many."""
    size = len(facet.sets)
    if many * size > MOST_PAIRS:
        return None
    pairs = profiles * size + facet.refs
    occurring = np.bincount(pairs, minlength=many * size).nonzero()[0]
    if len(occurring) > MOST_PROFILES:
        return None
    numbers = np.zeros(many * size, np.intp)
    numbers[occurring] = np.arange(len(occurring))
    return numbers.take(pairs), len(occurring)


def group_of(together: Sequence[Facet], profiles: NDArray[np.intp], many: int, spare: int) -> Group:
    examples = np.zeros(many, np.intp)
    examples[profiles] = np.arange(len(profiles))
    rows = np.hstack([facet.nodes_by_set(spare).take(facet.refs[examples], axis=0) for facet in together])
    rows.sort(axis=1)
    width = max(1, int((rows < spare).sum(axis=1).max(initial=0)))
    return Group(narrow(profiles, many), rows[:, :width] if rows.shape[1] else np.full((many, 1), spare, np.intp))
